from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.errors import InputError
from piamater.sources import Kind, NoticeKind, Original, Reading, read_original
from piamater.text import Form, Mark

LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:m="http://www.w3.org/1998/Math/MathML"'
IDS = '<article-id pub-id-type="doi">10.1/ABC</article-id>'


def article(
    body: str = "", meta: str = "", title: str = "Meninges", sort: str = "", back: str = ""
) -> Reading:
    text = (
        f'<article {LINK} article-type="{sort or "research-article"}" xml:lang="en"><front>'
        f"<article-meta>{IDS}<title-group><article-title>{title}</article-title></title-group>"
        f"{meta}</article-meta></front><body>{body or '<p>Some text.</p>'}</body>"
        f"<back>{back}</back></article>"
    )
    (reading,) = read_original(Original("a.nxml", "a.nxml", data=text.encode()))
    return reading


def told(reading: Reading, mark: Mark = Mark.CONTENT) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is mark]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("10<sup>9</sup>/L in 5 m<sup>2</sup>", "10⁹/L in 5 m²"),
        ('fell<sup><xref ref-type="bibr">3</xref>,<xref>4</xref></sup> fast', "fell[3,4] fast"),
        ('fell [<xref ref-type="bibr">3</xref>]', "fell [3]"),
        ('fell.<xref ref-type="bibr">12</xref> It', "fell. [12] It"),
        ('as <xref ref-type="fig">Fig. 2</xref> shows', "as Fig. 2 shows"),
        ("CO<sub>2</sub> and <italic>M. bovis</italic>", "CO2 and M. bovis"),
        ("of <inline-formula><inline-graphic/></inline-formula> in", "of […] in"),
        (
            "if <m:math><m:mfrac><m:mi>a</m:mi><m:mi>b</m:mi></m:mfrac><m:mo>=</m:mo><m:msup>"
            "<m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math> holds",
            "if (a)/(b) = x² holds",
        ),
        ("one<break/>two<fn><p>unseen</p></fn>", "one two"),
    ],
)
def test_running_text(inside: str, text: str) -> None:
    assert article(f"<p>{inside}</p>").document.text == text


def test_a_cell_over_rows_stands_in_each_of_them() -> None:
    table = (
        '<table-wrap id="t"><label>Table 1</label><table><thead><tr><th>Sex</th><th>Age</th>'
        '<th>n</th></tr></thead><tbody><tr><td rowspan="2">Men</td><td>old</td><td>1</td></tr>'
        '<tr><td>young</td><td>2</td></tr><tr><td colspan="3">Women</td></tr></tbody></table>'
        "<table-wrap-foot><p>n is a count.</p></table-wrap-foot></table-wrap>"
    )
    reading = article(f"<sec><title>Results</title>{table}</sec>")
    assert told(reading) == [
        "Table 1",
        "Sex | Age | n",
        "Men | old | 1",
        "Men | young | 2",
        "Women",
        "n is a count.",
    ]
    row = reading.document.passages[3]
    assert row.form is Form.ROW
    assert reading.document.passages[row.lead].start == reading.document.passages[1].start


def test_blocks_of_every_sort() -> None:
    body = (
        "<sec><title>Care</title><p>Signs are:<list><list-item><p>fever</p></list-item></list></p>"
        "<boxed-text><p>What this adds.</p></boxed-text>"
        "<def-list><def-item><term>CSF</term><def><p>the fluid</p></def></def-item></def-list>"
        "<disp-formula><m:math><m:mi>x</m:mi><m:mo>=</m:mo><m:mn>1</m:mn></m:math></disp-formula>"
        "<fig><label>Fig. 1</label><caption><title>A scan of</title><p>the brain.</p></caption></fig>"
        "<sec><title>Drugs</title><p>One helps.</p></sec></sec>"
    )
    reading = article(body)
    assert told(reading) == [
        "Signs are:", "fever", "What this adds.", "CSF: the fluid", "x = 1",
        "Fig. 1 A scan of the brain.", "One helps.",
    ]  # fmt: skip
    assert reading.document.sections[-1].path == ("Care", "Drugs")


@pytest.mark.parametrize(
    "heading",
    [
        "Authors’ contributions",
        "Acknowledgments",
        "Conflict of Interest Statement",
        "Supporting Information",
        "Data Availability",
        "Abbreviations",
        "6. Funding",
    ],
)
def test_what_is_about_the_authors_is_furniture(heading: str) -> None:
    body = (
        f"<sec><title>{heading}</title><p>AB wrote it.</p></sec>"
        "<sec><title>Conflicts in families</title><p>They harm.</p></sec>"
    )
    assert told(article(body)) == ["They harm."]
    assert told(article(body), Mark.FURNITURE) == ["AB wrote it."]


def test_references_are_set_apart_from_each_other() -> None:
    back = (
        '<ref-list><ref id="r1"><label>1.</label><citation><person-group><name><surname>Roy'
        "</surname><given-names>AB</given-names></name><name><surname>Diaz</surname></name><etal/>"
        "</person-group><article-title>Of fluid</article-title><source>J Test</source><year>2001"
        "</year><volume>9</volume><issue>2</issue><fpage>4</fpage><lpage>8</lpage>"
        '<pub-id pub-id-type="pmid">7</pub-id></citation></ref><ref id="r2"><mixed-citation>'
        "<name><surname>Roy</surname><given-names>A</given-names></name> (2002) Of <italic>M"
        '</italic>. <pub-id pub-id-type="doi">10.1/X</pub-id></mixed-citation></ref></ref-list>'
    )
    reading = article(back=back)
    text = reading.document.text
    entries = [text[one.start : one.end] for one in reading.references]
    assert entries == [
        "Roy AB, Diaz, et al. Of fluid. J Test. 2001;9(2):4–8.",
        "Roy A (2002) Of M. 10.1/X",
    ]
    assert [(one.label, one.pmid, one.doi) for one in reading.references] == [
        ("1", "7", ""),
        ("2", "", "10.1/x"),
    ]
    assert not any(entry in told(reading) for entry in entries)


def test_the_record() -> None:
    meta = (
        '<article-id pub-id-type="pmc">123</article-id>'
        "<contrib-group><contrib><collab>The Group<contrib-group/></collab></contrib>"
        '<contrib contrib-type="editor"><name><surname>No</surname></name></contrib></contrib-group>'
        "<pub-date><day>3</day><month>Feb</month><year>2019</year></pub-date>"
        "<pub-date><year>2020</year></pub-date><volume>4</volume><elocation-id>e7</elocation-id>"
        '<permissions><license xlink:href="http://creativecommons.org/licenses/by/3/"/></permissions>'
        "<kwd-group><kwd>fluid</kwd></kwd-group>"
    )
    record = article(
        meta=meta, title='Of fluid<xref ref-type="fn">*</xref></article-title><subtitle>A study</subtitle><article-title>'
    ).record  # fmt: skip
    assert record.title == "Of fluid: A study"
    assert (record.id, record.published, record.licence) == (
        "doi:10.1/abc",
        "2019-02-03",
        "CC-BY-3.0",
    )
    assert record.authors == ("The Group",)
    assert record.csl["PMCID"] == "PMC123"
    assert (record.csl["page"], record.csl["keyword"]) == ("e7", "fluid")


@pytest.mark.parametrize(
    ("sort", "title", "kind"),
    [
        ("research-article", "Rest: a randomised trial", Kind.TRIAL),
        ("research-article", "Rest: a systematic review", Kind.SYSTEMATIC_REVIEW),
        ("case-report", "A patient", Kind.CASE_REPORT),
        ("review-article", "Rest", Kind.NARRATIVE_REVIEW),
        ("editorial", "Rest", Kind.NARRATIVE_REVIEW),
        ("retraction", "Retraction: Rest", Kind.REFERENCE),
        ("research-article", "Rest", Kind.COHORT),
    ],
)
def test_kinds_have_their_reason(sort: str, title: str, kind: Kind) -> None:
    record = article(sort=sort, title=title).record
    assert record.kind is kind
    assert record.kind_reason


def test_several_articles_in_one_file() -> None:
    one = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        "</article-meta></front><body><p>Text stands here.</p></body></article>"
    )
    data = f"<pmc-articleset>{one}{one}</pmc-articleset>".encode()
    assert len(read_original(Original("a.xml", "a.xml", data=data))) == 2


@pytest.mark.parametrize("text", ["<article><body/></article>", "<x><article/></x>"])
def test_an_article_without_front_matter_is_told(text: str) -> None:
    with pytest.raises(InputError, match="front matter"):
        read_original(Original("a.xml", "a.xml", data=text.encode()))


def test_the_real_articles(data: Callable[[str], Path]) -> None:
    paths = sorted(one for one in data("jats").iterdir() if one.suffix in (".xml", ".nxml"))
    assert len(paths) == 269
    found = {}
    for path in paths:
        (found[path.name],) = read_original(Original(path.name, str(path), path))
    picked = [found[paths[place].name].record for place in (0, 134, 268)]
    assert [(one.id, one.title[:40], one.kind, one.published) for one in picked] == PICKED
    notices = {r.record.id: r.record.notices for r in found.values() if r.record.notices}
    assert {
        key: [(one.kind, one.about) for one in value] for key, value in notices.items()
    } == {
        "doi:10.1371/journal.pcbi.0030158": [(NoticeKind.RETRACTION, "doi:10.1371/journal.pcbi.0030051")],
        "doi:10.1371/journal.ppat.1005207": [(NoticeKind.RETRACTION, "doi:10.1371/journal.ppat.1003435")],
        "doi:10.1371/journal.pone.0097541": [(NoticeKind.CORRECTION, "doi:10.1371/journal.pone.0086816")],
        "doi:10.1371/journal.pone.0108198": [(NoticeKind.CORRECTION, "doi:10.1371/journal.pone.0103411")],
    }  # fmt: skip


PICKED = [
    ("pmid:15566594", "Effects of lornoxicam on the physiology ", Kind.TRIAL, "2004-10-27"),
    ("pmid:28088218", "Spinal versus general anaesthesia in sur", Kind.TRIAL, "2017-01-14"),
    (
        "doi:10.1371/journal.ppat.1005207",
        "Retraction: Extreme Resistance as a Host",
        Kind.REFERENCE,
        "2015-09-22",
    ),
]
