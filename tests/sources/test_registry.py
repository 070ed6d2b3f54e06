from __future__ import annotations

from collections.abc import Iterator

import pytest

from piamater.errors import (
    EmptySourceError,
    InputError,
    UnknownNameError,
    UnsupportedFormatError,
)
from piamater.sources import Kind, Original, Reading, Record, read_original, readers, registry
from piamater.sources.registry import CONNECTORS, READERS, reader_for
from piamater.text import DocumentBuilder, Mark

PAGE = b"Meningitis\n\nMeningitis causes fever.\n"


class Odd:
    """A reader that does what it is told."""

    name = "odd"
    suffixes = (".odd",)

    def __init__(self, raised: Exception | None = None, mark: Mark = Mark.CONTENT) -> None:
        self.raised = raised
        self.mark = mark

    def recognises(self, head: bytes, suffix: str) -> bool:
        return suffix == ".odd"

    def read(self, original: Original) -> Iterator[Reading]:
        if self.raised:
            raise self.raised
        builder = DocumentBuilder("en")
        builder.paragraph("Rest helps with headache.", mark=self.mark)
        yield Reading(Record("", "Rest", Kind.COHORT, "because"), builder.build())


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Odd]]:
    """The registry with one reader more: the first of the list."""
    held = [Odd()]
    known = readers()
    monkeypatch.setattr(registry, "readers", lambda: {"odd": held[0], **known})
    registry._suffixes.cache_clear()
    yield held
    registry._suffixes.cache_clear()


def odd() -> Original:
    return Original("a.odd", "/here/a.odd", data=PAGE)


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.xml", b'<?xml version="1.0"?><article article-type="other"><front/>', "jats"),
        ("a.nxml", b"<!DOCTYPE article PUBLIC 'x'><article>", "jats"),
        ("a.xml", b"<PubmedArticleSet><PubmedArticle>", "pubmed"),
        ("a.xml", b'<Document id="1" source="CDC"><Focus>x</Focus>', "medquad"),
        ("a.json", b'{"1": {"QUESTION": "a?", "CONTEXTS": ["b"]', "pubmedqa"),
        ("a.htm", b"<!doctype html><html>", "html"),
        ("a.txt", PAGE, "plain"),
        ("a.md", b"---\nnote: piamater-evidence-note/1\nid: x\n---\n# A\n", "note"),
        ("a.md", b"# A\n\nText.\n", "markdown"),
        ("noname", b"%PDF-1.7\n", "pdf"),
        ("a.dat", b"<!doctype html><html><body>", "html"),
    ],
)
def test_suffix_and_content_choose_the_reader(name: str, data: bytes, reader: str) -> None:
    assert reader_for(Original(name, name, data=data)).name == reader


def test_a_suffix_that_lies_is_told() -> None:
    with pytest.raises(UnsupportedFormatError, match=r"named \.pdf and does not begin as"):
        read_original(Original("a.pdf", "a.pdf", data=PAGE))


def test_a_reader_by_name() -> None:
    original = Original("a.xyz", "a.xyz", data=PAGE)
    assert read_original(original, reader="plain")[0].document.text.endswith("fever.")
    with pytest.raises(UnknownNameError, match=r"'rumour'.*known: docx, html, .*pubmedqa"):
        read_original(original, reader="rumour")
    assert READERS.named("plain") is readers()["plain"]


def test_there_is_a_place_for_connectors() -> None:
    assert CONNECTORS.points == {}


def test_the_kind_that_a_user_gives_goes_before_all() -> None:
    record = read_original(Original("a.txt", "a.txt", data=PAGE), kind=Kind.GUIDELINE)[0].record
    assert (record.kind, record.kind_reason) == (Kind.GUIDELINE, "given with --kind")


def test_a_plug_in_is_asked_first(plugged: list[Odd]) -> None:
    assert read_original(odd())[0].record.title == "Rest"


@pytest.mark.parametrize(
    "raised", [RuntimeError("boom"), RecursionError("deep"), KeyError("k"), AssertionError("no")]
)
def test_a_reader_that_fails_is_named_with_the_file(plugged: list[Odd], raised: Exception) -> None:
    plugged[0] = Odd(raised)
    with pytest.raises(InputError, match=r"/here/a\.odd.*odd reader failed.*report it"):
        read_original(odd())


def test_an_error_without_a_place_gets_one(plugged: list[Odd]) -> None:
    plugged[0] = Odd(InputError("it is torn", todo="glue it"))
    with pytest.raises(InputError, match=r"/here/a\.odd.*it is torn.*glue it"):
        read_original(odd())


def test_furniture_alone_is_no_evidence(plugged: list[Odd]) -> None:
    plugged[0] = Odd(mark=Mark.FURNITURE)
    with pytest.raises(EmptySourceError, match="no text that could serve as evidence"):
        read_original(odd())
