from __future__ import annotations

import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from piamater.sources import Original, Refusal, archive, walk

PAGE = b"Meningitis\n\nMeningitis causes fever.\n"
MEMBERS = {f"x/{number}.txt": PAGE * (number + 1) * 7 for number in range(6)}
MODES = {".tar": "w", ".tar.gz": "w:gz", ".tar.xz": "w:xz", ".tar.bz2": "w:bz2"}


def packed(folder: Path, suffix: str) -> Path:
    path = folder / f"whole{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, data in MEMBERS.items():
                bundle.writestr(name, data)
        return path
    with tarfile.open(path, MODES[suffix]) as tar:  # type: ignore[call-overload]
        for name, data in MEMBERS.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def held(path: Path) -> tuple[dict[str, bytes], list[str]]:
    found = list(walk(path, 10_000_000))
    files = {one.name: one.read() for one in found if isinstance(one, Original)}
    return files, [str(one.error) for one in found if isinstance(one, Refusal)]


@pytest.mark.parametrize("suffix", [*MODES, ".zip"])
def test_a_cut_archive_gives_what_is_whole_and_says_so(tmp_path: Path, suffix: str) -> None:
    path = packed(tmp_path, suffix)
    whole = path.read_bytes()
    assert held(path) == (MEMBERS, [])
    for cut in range(40, len(whole), max(len(whole) // 60, 1)):
        path.write_bytes(whole[:cut])
        files, refused = held(path)
        assert files.items() <= MEMBERS.items()
        if len(files) < len(MEMBERS):
            assert len(refused) == 1
            assert "cut short" in refused[0]


def test_a_cut_zip_gives_its_first_members(tmp_path: Path) -> None:
    path = packed(tmp_path, ".zip")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"PK\x01\x02")])
    assert held(path)[0] == MEMBERS


@pytest.mark.parametrize("suffix", [*MODES, ".zip"])
def test_no_damaged_byte_breaks_the_walk(tmp_path: Path, suffix: str) -> None:
    path = packed(tmp_path, suffix)
    whole = path.read_bytes()
    chance = random.Random(7)
    for _ in range(120):
        spoiled = bytearray(whole)
        spoiled[chance.randrange(len(spoiled))] ^= 0xFF
        path.write_bytes(spoiled)
        held(path)


def test_an_encrypted_member_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = packed(tmp_path, ".zip")
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    files, refused = held(path)
    assert len(files) == len(MEMBERS) - 1
    assert "encrypted" in refused[0]


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr(info, "/etc/passwd")
    assert "a link" in held(path)[1][0]


def test_an_archive_that_unpacks_to_too_much_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(archive, "MOST_RATIO", 10)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number in range(50):
            bundle.writestr(f"{number}.txt", b"0" * 100_000)
    files, refused = held(path)
    assert len(files) == 10
    assert "unpacks to over" in refused[0]


def test_a_member_knows_its_archive_and_its_name_fits_one_line(tmp_path: Path) -> None:
    path = tmp_path / "wow! such.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("a\nb!\u202e.txt", PAGE)
    (found,) = walk(path)
    assert isinstance(found, Original)
    assert found.archive == path
    assert found.name == "a\ufffdb!\ufffd.txt"
    assert found.read() == PAGE
