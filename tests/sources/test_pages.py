"""HTML, Markdown, evidence notes, PDF and Word: inline pages, and the real collections pinned."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.errors import EmptySourceError, InputError
from piamater.sources import Kind, NoticeKind, Original, Reading, read_original
from piamater.starter import notes_folder
from piamater.text import Form, Mark


def read(name: str, data: bytes | str) -> Reading:
    held = data.encode() if isinstance(data, str) else data
    return read_original(Original(name, name, data=held))[0]


def marked(reading: Reading, mark: Mark = Mark.CONTENT) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is mark]


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Lumbar puncture</title>
<meta name="dc.modified" content="2024-03-05"><link rel="canonical" href="https://x.org/lp">
<script type="application/ld+json">{"@type": "MedicalWebPage", "lastReviewed": "2024-02-01"}</script></head>
<body><nav><ul><li>Home</li></ul></nav><div class="cookie-banner"><p>We need your consent here.</p></div>
<main><h1>Lumbar puncture</h1><p>A needle takes <b>fluid</b>.<br>It is safe.</p>
<h2>Side effects</h2><p>You may have:</p><ul><li>headache<ul><li>mild</li><li>severe</li></ul></li><li>back pain</li></ul>
<table><caption>How often</caption><thead><tr><th>Effect</th><th>Of 100</th></tr></thead><tr><td>Headache</td><td>10</td></tr></table>
<p hidden>Secret words.</p><script>var x = "script words";</script><p style="display:none">None shown.</p>
<h2>Related links</h2><ul><li><a href="/a">Another page</a></li></ul>
<h2>References</h2><ol><li>A paper. <a href="https://pubmed.ncbi.nlm.nih.gov/123456/">PubMed</a></li></ol></main>
<aside>Advert words.</aside><footer>Last reviewed: 1 February 2024. Next review due: 1 February 2027.</footer></body></html>"""


def test_html_keeps_content_and_furniture_apart() -> None:
    reading = read("a.html", PAGE)
    told = marked(reading)
    assert told == [
        "A needle takes fluid.", "It is safe.", "You may have:", "headache", "mild", "severe",
        "back pain", "How often", "Effect | Of 100", "Headache | 10",
    ]  # fmt: skip
    furniture = " ".join(marked(reading, Mark.FURNITURE))
    for words in ("Home", "consent", "Secret words", "None shown", "Another page", "Advert words"):
        assert words in furniture
    assert "script words" not in reading.document.text
    record = reading.record
    assert (record.updated, record.reviewed, record.review_due) == (
        "2024-03-05", "2024-02-01", "2027-02-01",
    )  # fmt: skip
    assert record.url == "https://x.org/lp"
    assert [one.pmid for one in reading.references] == ["123456"]


def test_html_nested_deeply() -> None:
    text = "<html><body>{}<p>Deep words here.</p>"
    assert "Deep words here." in read("a.html", text.format("<div>" * 200)).document.text
    with pytest.raises(EmptySourceError):
        read("a.html", text.format("<div>" * 10_000))


def test_html_of_script_alone_is_told() -> None:
    with pytest.raises(EmptySourceError):
        read("a.html", "<html><body><script>alert(1)</script></body></html>")


@pytest.mark.parametrize(
    ("encoding", "declared"), [("latin-1", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-16", "")]
)
def test_html_encodings(encoding: str, declared: str) -> None:
    text = f'<html><head><meta charset="{declared}"></head><body><p>La punción es rápida.</p></body></html>'
    assert "punción" in read("a.html", text.encode(encoding)).document.text


def test_the_real_pdq_pages(data: Callable[[str], Path]) -> None:
    paths = sorted(data("nci_pdq").glob("*.html"))
    assert len(paths) == 60
    ids: list[str] = []
    found: list[int] = []
    for path in (paths[0], paths[30], paths[-1]):
        reading = read_original(Original(path.name, str(path), path))[0]
        ids.append(reading.record.id)
        assert reading.record.updated > "2010"
        assert not any("Lancet" in text and "): " in text for text in marked(reading))
        found.append(len(reading.references))
    assert max(found) > 50
    assert all(one.startswith("pdq:CDR0000") and one[-2:] in ("en", "es") for one in ids)


def test_pdq_audiences_are_kinds(data: Callable[[str], Path]) -> None:
    path = data("nci_pdq") / "CDR0000062787.en.html"
    reading = read_original(Original(path.name, str(path), path))[0]
    assert (reading.record.kind, reading.record.audience) == (Kind.REFERENCE, "clinician")
    assert not any(
        "About This PDQ" in " ".join(s.path) and s.mark == "content"
        for s in reading.document.sections
    )


MARKDOWN = """---
title: Neck stiffness
issued: 2021-02
---
# Neck stiffness

It has *many* causes:

- [meningitis](https://x)
- injury

| Sign | Share |
|---|---|
| fever | 80% |

<script>alert(1)</script>
"""


def test_markdown() -> None:
    reading = read("a.md", MARKDOWN)
    assert marked(reading) == [
        "It has many causes:",
        "meningitis",
        "injury",
        "Sign | Share",
        "fever | 80%",
    ]
    assert (reading.record.title, reading.record.published) == ("Neck stiffness", "2021-02")
    assert "alert" not in reading.document.text


def test_markdown_with_broken_front_matter_is_told() -> None:
    with pytest.raises(InputError, match="YAML"):
        read("a.md", "---\ntitle: [a\n---\nText here.\n")


NOTE = """---
note: piamater-evidence-note/1
id: a
language: en
kind: trial
title: T
licence: CC-BY-4.0
looked-up: "2026-11-20"
{more}
---
# T

Rest helped 30 of 40 people with meningitis.
"""


def test_a_note_supersedes_another() -> None:
    record = read("a.md", NOTE.format(more="supersedes: b\nDOI: 10.1/X")).record
    assert (record.id, record.kind, record.doi) == ("note:a:en", Kind.TRIAL, "10.1/x")
    assert [(n.kind, n.about) for n in record.notices] == [(NoticeKind.SUPERSESSION, "note:b:en")]


def test_a_note_out_of_order_is_told_all_that_is_wrong() -> None:
    bad = NOTE.replace("kind: trial", "kind: rumour").replace("title: T\n", "")
    with pytest.raises(InputError) as caught:
        read("a.md", bad.format(more="colour: red\nissued: soon"))
    for words in ("missing: title", "unknown: colour", "kind is 'rumour'", "issued is 'soon'"):
        assert words in str(caught.value)


def test_every_shipped_note_reads() -> None:
    paths = sorted(notes_folder().glob("*.md"))
    english = [one for one in paths if one.stem.count(".") == 0]
    assert len(english) >= 40
    assert len(paths) - len(english) >= 10
    seen: dict[str, str] = {}
    for path in paths:
        record = read_original(Original(path.name, str(path), path))[0].record
        assert record.csl.get("URL"), path.name
        if path in english and record.doi:
            assert record.doi not in seen, f"{path.name} and {seen[record.doi]}"
            seen[record.doi] = path.name


def pdf(lines: list[str], extra: str = "") -> bytes:
    """A small PDF of one page, with these lines as its text layer."""
    drawn = " ".join(f"1 0 0 1 50 {760 - 20 * n} Tm ({line}) Tj" for n, line in enumerate(lines))
    stream = f"BT /F1 12 Tf {drawn} ET" if lines else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{data}xref\n0 6\n0000000000 65535 f \n{table}"
        f"trailer<</Size 6/Root 1 0 R{extra}>>\nstartxref\n{len(data)}\n%%EOF"
    ).encode("latin-1")


def test_pdf_with_a_text_layer() -> None:
    reading = read(
        "a.pdf",
        pdf(
            [
                "Lumbar puncture",
                "A needle takes fluid from the lower back to test it and the fluid is",
                "looked at for cancer cells in the labora-",
                "tory.",
            ]
        ),
    )
    assert "looked at for cancer cells in the laboratory." in reading.document.text
    assert reading.document.origins[0].locator == "page 1"


def test_pdf_without_a_text_layer_is_told() -> None:
    with pytest.raises(EmptySourceError, match=r"no text layer.*ocrmypdf"):
        read("a.pdf", pdf([]))


def test_an_encrypted_pdf_is_told() -> None:
    extra = (
        "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O("
        + "a" * 32
        + ")/U("
        + "b" * 32
        + ")>>/ID[(x)(x)]"
    )
    with pytest.raises(InputError, match="encrypted"):
        read("a.pdf", pdf(["Secret text of some length"], extra))


def test_a_truncated_pdf_is_told() -> None:
    with pytest.raises(InputError, match=r"broken|no text"):
        read("a.pdf", pdf(["Some text of some length here"])[:120])


def docx(*blocks: tuple[str, str]) -> bytes:
    import docx as library

    document = library.Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Sign", "Share", "Fever", "80%"), strict=True
    ):
        cell.text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_word_documents() -> None:
    data = docx(
        ("Heading 1", "Meningitis"),
        ("Normal", "It is serious. Signs are:"),
        ("List Bullet", "fever"),
    )
    reading = read("a.docx", data)
    assert marked(reading) == [
        "It is serious.",
        "Signs are:",
        "fever",
        "Sign | Share",
        "Fever | 80%",
    ]
    assert reading.document.passages[2].form is Form.ITEM
    assert reading.document.sections[0].heading == "Meningitis"


def test_a_broken_word_document_is_told() -> None:
    for data in (b"PK\x03\x04 no more", docx(("Normal", "Text."))[:2_000]):
        with pytest.raises(InputError, match="broken"):
            read("a.docx", data)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a/>')
    with pytest.raises(InputError, match="entities"):
        read("a.docx", held.getvalue())
