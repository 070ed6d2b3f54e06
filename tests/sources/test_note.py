from __future__ import annotations

import pytest

from piamater.errors import EmptySourceError, InputError
from piamater.sources import Kind, NoticeKind, Original, Reading, read_original
from piamater.text import Mark

FRONT = {
    "note": "piamater-evidence-note/1",
    "id": "gout-rest-2020",
    "language": "es",
    "kind": "trial",
    "title": "Rest in gout",
    "author": "[{family: Uno, given: A.}, {literal: A Group}]",
    "container-title": "J Pain",
    "issued": '"2020-05"',
    "updated": "2021-01-02",
    "reviewed": "2022",
    "next-review": '"2025-01-02"',
    "DOI": "10.1000/AbC",
    "PMID": '"12345"',
    "URL": "https://x.org/a",
    "licence": "CC-BY-4.0",
    "design": "randomised trial",
    "population": "40 adults",
    "translation-of": "gout-rest-2020",
    "looked-up": "2026-11-20",
}
BODY = "# Gota\n\n## Resumen\n\nEl reposo ayudó a 30 de 40 adultos con gota.\n"


def read(body: str = BODY, **changes: str) -> Reading:
    fields = {**FRONT, **{name.replace("_", "-"): value for name, value in changes.items()}}
    front = "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    data = f"---\n{front}\n---\n{body}".encode()
    return read_original(Original("a.md", "a.md", data=data))[0]


def test_the_record() -> None:
    record = read().record
    assert record.id == "note:gout-rest-2020:es"
    assert (record.kind, record.kind_reason) == (Kind.TRIAL, "stated by the evidence note")
    assert (record.published, record.updated) == ("2020-05", "2021-01-02")
    assert (record.reviewed, record.review_due) == ("2022", "2025-01-02")
    assert record.authors == ("Uno A.", "A Group")
    assert (record.doi, record.pmid, record.url) == ("10.1000/abc", "12345", "https://x.org/a")
    assert record.csl["type"] == "article-journal"
    assert record.csl["issued"] == {"date-parts": [[2020, 5]]}
    custom = record.csl["custom"]
    assert (custom["translation-of"], custom["population"]) == ("gout-rest-2020", "40 adults")


def test_the_text() -> None:
    document = read().document
    (passage,) = document.passages
    assert document.text[passage.start : passage.end].startswith("El reposo ayudó")
    assert (passage.language, passage.mark) == ("es", Mark.CONTENT)
    assert document.sections[passage.section].path == ("Gota", "Resumen")


def test_headings_of_a_note_are_never_furniture() -> None:
    reading = read(body="# Gout\n\n## More information\n\nCold helps in gout.\n", language="en")
    assert [one.mark for one in reading.document.passages] == [Mark.CONTENT]


def test_notices() -> None:
    record = read(supersedes="gout-rest-2010", retracted="2023-04-05").record
    assert [(one.kind, one.about, one.date) for one in record.notices] == [
        (NoticeKind.SUPERSESSION, "note:gout-rest-2010:es", "2020-05"),
        (NoticeKind.RETRACTION, "", "2023-04-05"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": ""}, "missing: id"),
        ({"colour": "red"}, "unknown: colour"),
        ({"note": "piamater-evidence-note/9"}, "note is 'piamater-evidence-note/9'"),
        ({"language": "fr"}, "language is 'fr', not one of en, es, bn"),
        ({"author": "Uno"}, "author is not a list"),
        ({"author": "[{given: A.}]"}, "author is not a list"),
        ({"issued": "spring 2020"}, "issued is 'spring 2020', not a date"),
        ({"reviewed": '"2020-13"'}, "reviewed is '2020-13'"),
        ({"id": "Gout Rest"}, "id is 'Gout Rest'"),
        ({"DOI": "https://doi.org/10.1000/a"}, "DOI is 'https://doi.org/10.1000/a'"),
        ({"PMID": "PMID 5"}, "PMID is 'PMID 5'"),
        ({"URL": "x.org"}, "URL is 'x.org'"),
    ],
)
def test_what_is_wrong_is_told(changes: dict[str, str], words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(**changes)
    assert words in str(caught.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read(kind="rumour", licence="", PMCID="5")
    for words in ("kind is 'rumour'", "missing: licence", "PMCID is '5'"):
        assert words in str(caught.value)


def test_a_note_without_text_is_told() -> None:
    with pytest.raises(EmptySourceError):
        read(body="# Gota\n")
