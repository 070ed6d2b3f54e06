from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.errors import InputError
from piamater.sources import Kind, Original, Reading, read_original
from piamater.text import Form, Mark


def read(body: str, head: str = "", attributes: str = 'lang="en"') -> Reading:
    page = f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"
    return read_original(Original("a.html", "a.html", data=page.encode()))[0]


def marked(reading: Reading, mark: Mark = Mark.CONTENT) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is mark]


@pytest.mark.parametrize(
    "block",
    [
        '<div class="site-nav"><p>Words of a site.</p></div>',
        '<div id="cookie-banner"><p>Words of a site.</p></div>',
        '<div role="complementary"><p>Words of a site.</p></div>',
        "<aside><p>Words of a site.</p></aside>",
        "<form><p>Words of a site.</p></form>",
        '<div style="display: none"><p>Words of a site.</p></div>',
        '<div aria-hidden="true"><p>Words of a site.</p></div>',
        '<p><a href="/x">Words of a site.</a></p>',
        '<ul><li><a href="/x">Words of a site.</a></li></ul>',
        "<h2>Related articles</h2><p>Words of a site.</p>",
    ],
)
def test_furniture(block: str) -> None:
    reading = read(f"<h1>Stroke</h1><p>Stroke is an emergency of the brain.</p>{block}")
    assert marked(reading) == ["Stroke is an emergency of the brain."]
    assert marked(reading, Mark.FURNITURE) == ["Words of a site."]


@pytest.mark.parametrize(
    "block",
    [
        '<div class="page-with-sidebar nav-open"><h1>Fear</h1><p>Fear is common.</p></div>',
        '<h1>Fear</h1><section id="social-anxiety"><p>Fear is common.</p></section>',
        '<h1>Fear</h1><section id="related-disorders"><p>Fear is common.</p></section>',
        "<article><header><h1>Fear</h1><p>Fear is common.</p></header></article>",
        "<table role='presentation'><tr><td><h1>Fear</h1><p>Fear is common.</p></td></tr></table>",
    ],
)
def test_what_only_looks_like_furniture(block: str) -> None:
    assert marked(read(block)) == ["Fear is common."]


def test_what_stands_outside_the_main_part_is_furniture() -> None:
    reading = read(
        "<div><p>Menu words.</p></div><div><main><h1>Gout</h1><p>Gout hurts the joints of the foot."
        "</p></main></div><div><p>Bottom words.</p></div>"
    )
    assert marked(reading) == ["Gout hurts the joints of the foot."]


def test_links_that_a_line_leads_are_items_unless_they_lead_away() -> None:
    items = '<ul><li><a href="/h">headache</a></li><li><a href="/n">nausea</a></li></ul>'
    reading = read(f"<h1>Migraine</h1><p>Symptoms include:</p>{items}")
    assert marked(reading) == ["Symptoms include:", "headache", "nausea"]
    away = read(f"<h1>Migraine</h1><p>It comes back.</p><p>See the following pages:</p>{items}")
    assert "headache" not in marked(away)


def test_hidden_words_and_citation_marks_are_no_text() -> None:
    reading = read(
        '<p>Rest<span hidden> never</span> helps most people.<sup><a href="#r1">1</a></sup> '
        "Give 5 mg/m<sup>2</sup>.</p>"
    )
    assert marked(reading) == ["Rest helps most people.", "Give 5 mg/m2."]


def test_definitions_stand_with_their_terms() -> None:
    reading = read("<dl><dt>Aura</dt><dd>Signs before it.</dd><dd>Often sight.</dd></dl>")
    assert marked(reading) == ["Aura: Signs before it.", "Aura: Often sight."]


def test_tables_with_spans_heads_and_feet() -> None:
    reading = read(
        "<table><caption>Doses of the drug</caption><thead><tr><th>Group</th><th colspan=2>Dose"
        "</th></tr></thead><tfoot><tr><td colspan=3>mg a day</td></tr></tfoot><tbody><tr>"
        "<td rowspan=2>Adults</td><td>low</td><td>5</td></tr><tr><td>high</td><td>10</td></tr>"
        "</tbody></table>"
    )
    assert marked(reading) == [
        "Doses of the drug",
        "Group | Dose | Dose",
        "Adults | low | 5",
        "Adults | high | 10",
        "mg a day",
    ]
    rows = [p for p in reading.document.passages if p.form is Form.ROW]
    assert [p.lead for p in rows] == [-1, 1, 1]


def test_references_by_heading_and_by_class() -> None:
    entries = (
        '<li>Uno A. J Pain. <a href="https://pubmed.ncbi.nlm.nih.gov/123456/">PubMed</a></li>'
        '<li>Dos B. doi:10.1000/AbC.</li><li><a href="https://x.org/a">A page</a></li>'
    )
    for block in (
        f"<h2>References</h2><ol>{entries}</ol>",
        f'<ol class="references">{entries}</ol>',
    ):
        reading = read(f"<h1>Gout</h1><p>Gout hurts.</p>{block}")
        assert marked(reading) == ["Gout hurts."]
        assert [(r.label, r.pmid, r.doi, r.url) for r in reading.references] == [
            ("1", "123456", "", "https://pubmed.ncbi.nlm.nih.gov/123456/"),
            ("2", "", "10.1000/abc", ""),
            ("3", "", "", "https://x.org/a"),
        ]
        second, text = reading.references[1], reading.document.text
        assert text[second.start : second.end] == "Dos B. doi:10.1000/AbC."


def test_parts_in_another_language() -> None:
    reading = read(
        '<h1>Gout</h1><p>Gout hurts a lot.</p><div lang="es"><p>La gota duele.</p></div>'
    )
    assert [p.language for p in reading.document.passages] == ["en", "es"]


HEAD = """<meta name="citation_title" content="On gout"><meta name="citation_author" content="Uno, A">
<meta name="citation_author" content="Dos, B"><meta name="citation_journal_title" content="J Pain">
<meta name="citation_doi" content="10.1000/AbC"><meta name="citation_publication_date" content="2020/05/04">
<meta name="citation_volume" content="7"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "dateModified": "1999-01-01"},
{"@type": ["MedicalWebPage"], "dateModified": "2021-06-07T08:09:10Z", "lastReviewed": "2022-01-02"}]}</script>"""


def test_the_record_of_a_journal_page() -> None:
    record = read("<h1>Other</h1><p>We report a randomised trial.</p>", HEAD).record
    assert (record.id, record.title) == ("doi:10.1000/abc", "On gout")
    assert record.authors == ("Uno, A", "Dos, B")
    assert (record.published, record.updated, record.reviewed) == (
        "2020-05-04",
        "2021-06-07",
        "2022-01-02",
    )
    assert record.licence == "CC-BY-4.0"
    assert (record.csl["type"], record.csl["volume"]) == ("article-journal", "7")


def test_the_record_of_a_patient_page() -> None:
    record = read(
        "<main><h1>Gout</h1><p>Talk to your doctor about gout.</p></main>"
        "<footer><p>Page last reviewed: 5/6/2022 Next review due: 5/6/2025</p></footer>",
        '<title>Gout - A site</title><link rel="canonical" href="https://x.org/gout">',
        'lang="en-GB"',
    ).record
    assert (record.title, record.url, record.audience) == ("Gout", "https://x.org/gout", "patient")
    assert record.kind is Kind.PATIENT_INFORMATION
    assert "your doctor" in record.kind_reason
    assert (record.reviewed, record.csl["language"]) == ("2022-06-05", "en")


def test_a_page_that_says_nothing_of_its_kind() -> None:
    record = read("<h1>Gout</h1><p>Gout hurts.</p>").record
    assert (record.kind, record.kind_reason) == (
        Kind.REFERENCE,
        "a web page that states no kind",
    )


def test_binary_is_refused_and_depth_is_told() -> None:
    with pytest.raises(InputError):
        read_original(Original("a.html", "a.html", data=b"<html>" + b"\x00\x01\x02" * 400))
    deep = read("<p>First words.</p>" + "<div>" * 5_000 + "<p>Deep words.</p>")
    assert deep.warnings == ("it is nested too deeply, and was read only in part",)
    table = "<table><tr><td colspan=999999999 rowspan=x>" * 30 + "One cell of words."
    assert any("One cell of words." in text for text in marked(read(table)))


def test_the_pdq_collection(data: Callable[[str], Path]) -> None:
    paths = sorted(data("nci_pdq").glob("*.html"))
    readings = [read_original(Original(p.name, str(p), p))[0] for p in paths]
    kinds = Counter(one.record.kind for one in readings)
    assert kinds == {Kind.REFERENCE: 31, Kind.PATIENT_INFORMATION: 29}
    assert [
        (
            one.record.id,
            one.record.title,
            one.record.published,
            one.record.updated,
            len(one.references),
        )
        for one in (readings[0], readings[30], readings[-1])
    ] == PDQ
    for reading in readings:
        record = reading.record
        assert record.csl["publisher"] == "National Cancer Institute"
        assert record.csl["language"] == record.id[-2:] == reading.document.languages[0]
        told = marked(reading)
        assert len(told) > 30
        assert not [text for text in told if "PUBMED Abstract" in text or text.startswith("Posted")]


PDQ = [
    (
        "pdq:CDR0000062734:en",
        "Fatigue (PDQ®)–Health Professional Version",
        "2019-03-11",
        "2017-06-29",
        192,
    ),
    (
        "pdq:CDR0000257995:en",
        "Breast Cancer Screening (PDQ®)–Patient Version",
        "2019-03-11",
        "2018-10-26",
        0,
    ),
    (
        "pdq:CDR0000789592:es",
        "Cartílago (bovino y de tiburón) (PDQ®)–Versión para pacientes",
        "2017-07-10",
        "2017-09-15",
        0,
    ),
]
