from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from piamater.errors import EmptySourceError, InputError, UnsupportedFormatError
from piamater.sources import Original, Reading, Refusal, read_original, readers, walk

PAGE = b"Meningitis\n\nMeningitis causes fever.\n"


def names(what: Path, limit: int = 10_000_000) -> list[tuple[str, bool]]:
    """Every name found and whether it can be read."""
    return [(one.name, isinstance(one, Original)) for one in walk(what, limit)]


def tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def refusals(what: Path, limit: int = 10_000_000) -> list[str]:
    return [str(one.error) for one in walk(what, limit) if isinstance(one, Refusal)]


def test_a_folder_in_the_order_of_its_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    for name in ("z.txt", "a.txt", "b/c.txt", ".hidden", "b/.git"):
        (folder / name).write_bytes(PAGE)
    assert names(folder) == [("in/a.txt", True), ("in/z.txt", True), ("in/b/c.txt", True)]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_tar_archives(tmp_path: Path, mode: str) -> None:
    suffix = {"w": ".tar", "w:gz": ".tar.gz", "w:xz": ".tar.xz", "w:bz2": ".tar.bz2"}[mode]
    path = tar(tmp_path / f"a{suffix}", {"x/one.txt": PAGE, "__MACOSX/no": b"x"}, mode)
    (found,) = walk(path)
    assert isinstance(found, Original)
    assert (found.name, found.read()) == ("x/one.txt", PAGE)
    assert found.location == f"{path}!x/one.txt"


def test_a_path_that_climbs_out_is_left_out(tmp_path: Path) -> None:
    members = {"../evil.txt": PAGE, "/abs.txt": PAGE, "a/../../b.txt": PAGE, "good.txt": PAGE}
    path = tar(tmp_path / "a.tar.gz", members)
    assert [name for name, fine in names(path) if fine] == ["good.txt"]
    assert all("climbs out" in reason for reason in refusals(path))
    assert not (tmp_path.parent / "evil.txt").exists()
    zipped = tmp_path / "a.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert [name for name, fine in names(zipped) if fine] == ["good.txt"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("link.txt")
        info.type = tarfile.SYMTYPE
        info.linkname = "/etc/passwd"
        archive.addfile(info)
    assert "a link" in refusals(path)[0]


def test_a_truncated_archive_gives_what_came_before(tmp_path: Path) -> None:
    members = {f"{n}.txt": PAGE + bytes(str(n) * 5_000, "ascii") for n in range(40)}
    for path in (tar(tmp_path / "a.tar", members, "w"), tar(tmp_path / "b.tar.gz", members)):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        found = names(path)
        assert found[-1] == (path.name, False)
        assert "cut short" in refusals(path)[-1]
    assert sum(fine for _, fine in names(tmp_path / "a.tar")) >= 15
    broken = tmp_path / "c.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert "damaged" in refusals(broken)[0]


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    assert "unpack it" in refusals(tar(tmp_path / "a.tar", {"b.zip": b"PK", "c.txt": PAGE}, "w"))[0]


def test_a_member_over_the_limit_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tar(tmp_path / "a.tar.gz", {"big.txt": b"x" * 5_000, "good.txt": PAGE})
    assert names(path, 1_000) == [("big.txt", False), ("good.txt", True)]
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"0" * 50_000_000)
    assert "over the limit" in refusals(bomb, 1_000_000)[0]


def test_a_300_mb_text_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    (found,) = walk(path)
    assert isinstance(found, Original)
    with pytest.raises(InputError, match=r"314,572,800 bytes, over the limit .*max_bytes"):
        read_original(found)


@pytest.mark.parametrize(
    "what", ["pmid:123", "doi:10.1/x", "pmcid:PMC1", 'pubmed:"meningitis"', "https://example.org"]
)
def test_a_form_of_a_later_release_says_so(what: str) -> None:
    with pytest.raises(InputError, match="later release"):
        list(walk(what))


def test_a_folder_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE)
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    found = names(tmp_path)
    assert [name for name, fine in found if fine] == [f"{tmp_path.name}/a.txt"]
    refused = [one.error.what for one in walk(tmp_path) if isinstance(one, Refusal)]
    assert refused == ["it is a link to a folder", "it is not a regular file"]


def test_names_with_odd_characters(tmp_path: Path) -> None:
    for name in ("wow! 100%.txt", "ñandú বাংলা.txt", "two\nlines.txt", "-rf.txt"):
        (tmp_path / name).write_bytes(PAGE)
    raw = bytes(tmp_path) + b"/latin\xe9.txt"
    Path(os.fsdecode(raw)).write_bytes(PAGE)
    found = [one for one in walk(tmp_path) if isinstance(one, Original)]
    assert len(found) == 5
    for one in found:
        assert one.read() == PAGE
        assert one.name.encode()
        assert "\n" not in one.location


def test_a_missing_path_is_told() -> None:
    with pytest.raises(InputError, match="no such file"):
        list(walk("/nowhere/at/all"))


def read(name: str, data: bytes) -> list[Reading]:
    return read_original(Original(name, name, data=data))


def test_an_unknown_suffix_lists_the_known() -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.xyz.*\.docx.*\.html.*\.pdf"):
        read("a.xyz", b"\x00\x01\x02 nothing known")


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.xml", "a.docx", "a.html", "a.md"])
def test_an_empty_file_is_told(name: str) -> None:
    for data in (b"", b" \n\t "):
        with pytest.raises(EmptySourceError, match="empty"):
            read(name, data)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
    "<article><body><p>&y;</p></body></article>"
)
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><p>&x;</p></article>'


@pytest.mark.parametrize("text", [BOMB, FILE])
def test_entities_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="entities"):
        read("a.xml", text.encode())


def test_broken_xml_is_told() -> None:
    with pytest.raises(InputError, match="XML is broken"):
        read("a.xml", b"<article><body><p>Cut sho")


def test_binary_rubbish_is_not_text() -> None:
    with pytest.raises(InputError, match="not text"):
        read("a.txt", bytes(range(256)) * 50)


def test_hidden_and_bidirectional_characters_leave_the_text() -> None:
    data = "Meningitis\n\nMeningitis \u202ecauses\u202c fe\u200bver\x07 often.\n".encode()
    (reading,) = read("a.txt", data)
    assert "Meningitis causes fever often." in reading.document.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    data = "Meningitis tuberculosa\n\nLa meningitis es una infección de las meninges.\n".encode(
        encoding
    )
    (reading,) = read("a.txt", data)
    assert "infección" in reading.document.text


def test_every_reader_has_its_name() -> None:
    assert set(readers()) == {
        "docx", "html", "jats", "markdown", "medquad", "note", "pdf", "plain", "pubmed", "pubmedqa",
    }  # fmt: skip
    for name, reader in readers().items():
        assert reader.name == name
        assert reader.suffixes
