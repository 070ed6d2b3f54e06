"""An archive that was changed, cut off or made with ill will is refused, and nothing is touched."""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piamater.errors import InputError, LibraryError, PiamaterError
from piamater.keeping import backup, declared, examine, restore
from piamater.keeping.archive import safe_path
from tests.keeping.shelf import contents


@pytest.fixture(scope="module")
def copy(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backup(shelf, tmp_path_factory.mktemp("copy") / "copy.tar.gz").file


Members = list[tuple[tarfile.TarInfo, bytes]]


def members(file: Path) -> Members:
    with tarfile.open(file) as tar:
        held = [(one, tar.extractfile(one)) for one in tar]
        return [(one, file.read() if file else b"") for one, file in held]


def written(file: Path, held: Members) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for one, data in held:
            tar.addfile(one, io.BytesIO(data))
    return file


def resealed(held: Members, change: Callable[[dict[str, Any]], None] | None = None) -> Members:
    """The members with a manifest and a seal that agree with them: what a forger would write."""
    files = [
        {"path": one.name[8:], "bytes": len(data), "sha256": sha256(data).hexdigest()}
        for one, data in held
        if one.name.startswith("library/")
    ]
    found: Members = []
    for one, data in held:
        if one.name == "manifest.json":
            form = json.loads(data) | {"files": files}
            if change:
                change(form)
            data = json.dumps(form).encode()
            digest = sha256(data).hexdigest()
        elif one.name == "manifest.sha256":
            data = f"{digest}  manifest.json\n".encode()
        one.size = len(data)
        found.append((one, data))
    return found


def member(name: str, data: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> Any:
    one = tarfile.TarInfo(name)
    one.type, one.size = kind, len(data) if kind == tarfile.REGTYPE else 0
    one.linkname = "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    return one, data if kind == tarfile.REGTYPE else b""


def refused(file: Path, place: Path) -> str:
    """The message with which an archive is refused; nothing may be left."""
    target = place / "back"
    with pytest.raises(InputError) as caught:
        restore(file, target)
    assert not target.exists()
    assert not list(place.glob(".new-*"))
    assert str(file) in str(caught.value)
    return caught.value.what


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (member("library/../escaped"), "../escaped is not a path within a library"),
        (member("library//etc/escaped"), "/etc/escaped is not a path"),
        (member("library/guides/../../escaped"), "is not a path"),
        (member("library/guides/./escaped"), "is not a path"),
        (member("library/"), "is not a path"),
        (member("library/" + "x" * 300), "is not a path"),
        (member("library/.lock"), ".lock is not a path within a library"),
        (member("library/guides/.new-x"), "is not a path within a library"),
        (member("/etc/escaped"), "does not belong into a backup"),
        (member("../escaped"), "does not belong into a backup"),
        (member("library/piamater.toml"), "piamater.toml stands in it twice"),
        (member("library/piamater.toml/below"), "stands in the way of another file"),
        (member("library/guides"), "stands in the way of another file"),
        (member("library/link", kind=tarfile.SYMTYPE), "library/link is a link"),
        (member("library/link", kind=tarfile.LNKTYPE), "library/link is a link"),
        (member("library/device", kind=tarfile.CHRTYPE), "is a link, a device"),
        (member("library/pipe", kind=tarfile.FIFOTYPE), "is a link, a device"),
        (member("library/folder", kind=tarfile.DIRTYPE), "is a link, a device"),
    ],
)
def test_a_member_of_ill_will_is_refused_and_named(
    copy: Path, tmp_path: Path, entry: Any, what: str
) -> None:
    held = members(copy)
    forged = written(tmp_path / "forged.tar.gz", resealed([*held[:-2], entry, *held[-2:]]))
    assert what in refused(forged, tmp_path)
    assert not (tmp_path / "escaped").exists()


def test_a_forged_manifest_can_do_no_harm_either(copy: Path, tmp_path: Path) -> None:
    def outside(form: dict[str, Any]) -> None:
        form["folders"] = {"../outside": 0o777, "/tmp/outside-of-all": 0o777, "guides": 0o4777}

    forged = written(tmp_path / "forged.tar.gz", resealed(members(copy), outside))
    back = restore(forged, tmp_path / "back").folder
    assert not (tmp_path / "outside").exists()
    assert not Path("/tmp/outside-of-all").exists()
    assert (back / "guides").stat().st_mode & 0o7777 == 0o775


def test_a_bomb_is_refused_by_what_it_declares(copy: Path, tmp_path: Path) -> None:
    held = members(copy)
    plain = tmp_path / "bomb"
    with tarfile.open(plain, "w") as tar:
        for one, data in held[:-2]:
            tar.addfile(one, io.BytesIO(data))
        huge = tarfile.TarInfo("library/originals/huge")
        huge.size = 10**15
        tar.fileobj.write(huge.tobuf(tarfile.PAX_FORMAT))
    file = tmp_path / "bomb.tar.gz"
    file.write_bytes(gzip.compress(plain.read_bytes()))
    assert "originals/huge declares 1,000,000,000,000,000 bytes" in refused(file, tmp_path)


def test_a_header_that_declares_gigabytes_fills_no_memory(copy: Path, tmp_path: Path) -> None:
    huge = tarfile.TarInfo("pax")
    huge.type, huge.size = tarfile.XHDTYPE, 4 << 30
    head = gzip.decompress(copy.read_bytes())[:1024]
    file = tmp_path / "bomb.tar.gz"
    file.write_bytes(gzip.compress(head + huge.tobuf(tarfile.PAX_FORMAT) + bytes(1 << 21)))
    assert "a header declares" in refused(file, tmp_path)


def test_a_changed_file_is_named(copy: Path, tmp_path: Path) -> None:
    held = [
        (one, data.replace(b"doxycycline", b"doxycyclone")) if one.name.endswith("/en.md") else
        (one, data) for one, data in members(copy)
    ]  # fmt: skip
    what = refused(written(tmp_path / "changed.tar.gz", held), tmp_path)
    assert what == "guides/wexford-fever/en.md is not what was backed up: its SHA-256 differs"


def test_a_missing_and_an_added_file_are_named(copy: Path, tmp_path: Path) -> None:
    held = members(copy)
    gone = [one for one in held if one[0].name != "library/review/head.json"]
    assert "head.json is missing" in refused(written(tmp_path / "a", gone), tmp_path)
    more = [*held[:-2], member("library/more.txt"), *held[-2:]]
    assert "more.txt is not in the manifest" in refused(written(tmp_path / "b", more), tmp_path)
    behind = [*held[:-1], member("library/more.txt"), held[-1]]
    assert "stands behind the manifest" in refused(written(tmp_path / "c", behind), tmp_path)
    assert "has no seal" in refused(written(tmp_path / "d", held[:-1]), tmp_path)
    assert "without its manifest" in refused(written(tmp_path / "e", held[:-2]), tmp_path)
    assert "is not a backup" in refused(written(tmp_path / "f", held[1:]), tmp_path)
    assert "is not a backup" in refused(written(tmp_path / "g", []), tmp_path)


def test_a_changed_manifest_is_told(copy: Path, tmp_path: Path) -> None:
    held = members(copy)
    one, data = held[-2]
    held[-2] = one, data.replace(b'"holds"', b'"Holds"')
    assert "cannot be read" in refused(written(tmp_path / "a", held), tmp_path)
    held[-2] = one, data.replace(b"index", b"jndex")
    assert "the manifest was changed" in refused(written(tmp_path / "b", held), tmp_path)


def test_a_newer_format_says_what_to_do(copy: Path, tmp_path: Path) -> None:
    held = members(copy)
    one, data = held[0]
    held[0] = one, data.replace(b"backup/1", b"backup/2")
    written(tmp_path / "new", held)
    with pytest.raises(InputError, match="the release that wrote it"):
        restore(tmp_path / "new", tmp_path / "back")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_copy_that_is_cut_off_is_told(copy: Path, tmp_path: Path, share: float) -> None:
    data = copy.read_bytes()
    file = tmp_path / "cut.tar.gz"
    file.write_bytes(data[: int(len(data) * share)])
    what = refused(file, tmp_path)
    assert "cut off" in what or (share == 0.0 and "not a backup" in what)


@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"\x1f\x8b", gzip.compress(b"no tar at all" * 99, mtime=0)],
    ids=["empty", "words", "a gzip's first bytes", "a gzip that holds no tar"],
)
def test_what_is_no_backup_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    assert "not a backup" in refused(tmp_path / "file", tmp_path) or data == b"\x1f\x8b"
    assert declared(tmp_path / "file") == 0


def test_changed_bytes_of_the_archive(copy: Path, tmp_path: Path, shelf: Path) -> None:
    changed(copy, tmp_path, shelf, 60)


@pytest.mark.slow
def test_a_thousand_changed_bytes_of_the_archive(copy: Path, tmp_path: Path, shelf: Path) -> None:
    changed(copy, tmp_path, shelf, 1000)


def changed(copy: Path, tmp_path: Path, shelf: Path, times: int) -> None:
    """A byte is changed somewhere: it is refused, or was of no account and all comes back."""
    whole, chance = copy.read_bytes(), random.Random(7)
    file, target = tmp_path / "changed.tar.gz", tmp_path / "back"
    found = 0
    expected = None
    for _ in range(times):
        at = chance.randrange(len(whole))
        byte = bytes([whole[at] ^ chance.randrange(1, 256)])
        file.write_bytes(whole[:at] + byte + whole[at + 1 :])
        try:
            restore(file, target)
        except InputError as error:
            found += str(file) in str(error)
        else:
            assert at < 10, f"byte {at} is no part of the gzip header"
            expected = expected or contents(restore(copy, tmp_path / "whole").folder)
            assert contents(target) == expected
            shutil.rmtree(target)
        assert not target.exists()
    assert found >= times - 2


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_a_path_that_is_taken_stays_within(path: str) -> None:
    base = Path("/base")
    if safe_path(path):
        assert (base / path).is_relative_to(base)
        assert (base / path) != base
        assert ".." not in (base / path).parts


@given(st.lists(st.sampled_from(["..", ".", "", "a", "é", "\0", "x" * 260, "\ud800"]), max_size=5))
def test_a_path_with_a_trick_in_it_is_not_taken(pieces: list[str]) -> None:
    tricky = any(one in ("..", ".", "", "\0", "\ud800") or len(one) > 255 for one in pieces)
    assert safe_path("/".join(pieces)) is (bool(pieces) and not tricky)


def test_nothing_is_restored_over_something_else(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    with pytest.raises(LibraryError, match="not empty"):
        restore(copy, tmp_path / "full")
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["mine"]
    (tmp_path / "link").symlink_to(tmp_path / "full")
    with pytest.raises(LibraryError, match="not a folder"):
        restore(copy, tmp_path / "link")
    with pytest.raises(LibraryError, match="does not exist"):
        restore(copy, tmp_path / "no" / "such")


def test_an_empty_folder_is_filled_and_a_disk_of_its_own_too(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir(mode=0o700)
    restore(copy, tmp_path / "empty")
    assert examine(tmp_path / "empty").sound
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o700
    disk = tmp_path / "disk"
    (disk / "lost+found").mkdir(parents=True)
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == disk)
    restore(copy, disk)
    assert examine(disk).sound
    assert not list(disk.glob(".new-*"))


def test_a_full_disk_leaves_nothing(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fchmod", full)
    with pytest.raises(PiamaterError, match="the disk is full"):
        restore(copy, tmp_path / "back")
    assert list(tmp_path.iterdir()) == []
