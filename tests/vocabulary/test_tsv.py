from __future__ import annotations

from pathlib import Path

import pytest

from piamater.errors import InputError
from piamater.vocabulary.tsv import ConceptFile, lint, read_concepts, write_concepts
from tests.vocabulary.conftest import concept

HEADER = "id\ttype\tparents\ten\tes\tbn\txrefs\tchecked\tdate\n"


def file(folder: Path, *lines: str, header: str = HEADER, name: str = "a.tsv") -> Path:
    path = folder / name
    path.write_text("# a comment\n" + header + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_concept(tmp_path: Path) -> None:
    path = file(tmp_path, "fits\tsign\tsign|brain\tseizure|~fit\tcrisis\tখিঁচুনি\tHP:1|SYMP:2\town\t")
    (one,) = read_concepts(path)
    assert (one.id, one.type, one.parents) == ("fits", "sign", ("sign", "brain"))
    assert [(t.text, t.language, t.preferred, t.lay) for t in one.terms] == [
        ("seizure", "en", True, False),
        ("fit", "en", False, True),
        ("crisis", "es", True, False),
        ("খিঁচুনি", "bn", True, False),
    ]
    assert one.xrefs == ("HP:1", "SYMP:2")
    assert one.source == "a"


@pytest.mark.parametrize(
    ("lines", "header", "says"),
    [
        ([], "id\ttype\tparents\ten\tes\n", ":2: the header line lacks bn"),
        (["a\tsign\t\tone"], HEADER, ":3: the line has 4 columns"),
        (["a\tsign\t\t\t\t\t\t\t"], HEADER, ":3: a concept has no id or no term"),
        (["\tsign\t\tone\t\t\t\t\t"], HEADER, ":3: a concept has no id or no term"),
        (["a\tsign\t\tone\t\t", "a\tsign\t\ttwo\t\t"], HEADER, ":4: the id a stands twice"),
        ([], "", "it has no header line"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, lines: list[str], header: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        ConceptFile(file(tmp_path, *lines, header=header))


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.tsv"
    path.write_bytes((HEADER + "a\tsign\t\tniño\t\t").encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        ConceptFile(path)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    one = concept(
        "a", "seizure|~fit", "crisis", "খিঁচুনি", parents=("b",), xrefs=("HP:1",), source="x"
    )
    path = tmp_path / "x.tsv"
    assert write_concepts(path, [one], "a comment\nof two lines", "2026-11-20") == 1
    assert list(read_concepts(path)) == [one]
    assert path.read_text("utf-8").startswith("# a comment\n# of two lines\nid\t")
    assert [other.name for other in tmp_path.iterdir()] == ["x.tsv"]


def test_lint_names_every_fault(tmp_path: Path) -> None:
    first = file(tmp_path, "a\tsign\tb\tone\tuno\tএক", "b\tsign\ta\ttwo\t\tদুই", name="first.tsv")
    second = file(tmp_path, "a\tsign\tnone\tone\tuno\tএক", name="second.tsv")
    faults = lint([ConceptFile(first), ConceptFile(second)])
    assert "second.tsv: a stands in another file too" in faults
    assert "first.tsv: b has no term in es" in faults
    assert "second: a has the unknown parent none" in faults
    assert lint([ConceptFile(first)], ("en",)) == [
        "first: a is among its own ancestors",
        "first: b is among its own ancestors",
    ]
