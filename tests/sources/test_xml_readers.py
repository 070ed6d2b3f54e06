"""JATS, PubMed, MedQuAD and PubMedQA: inline files, and the real collections pinned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.errors import EmptySourceError, InputError
from piamater.sources import Kind, NoticeKind, Original, Reading, read_original, walk
from piamater.text import Form, Mark


def read(text: str, name: str = "a.xml") -> list[Reading]:
    return read_original(Original(name, name, data=text.encode()))


def content(reading: Reading) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is Mark.CONTENT]


ARTICLE = """<?xml version="1.0"?>
<article article-type="research-article" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink">
<front><journal-meta><journal-title-group><journal-title>J Test</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">111</article-id><article-id pub-id-type="doi">10.1/ABC</article-id>
<title-group><article-title>Steroids in meningitis: a randomized trial</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Roy</surname><given-names>A</given-names></name></contrib></contrib-group>
<pub-date><year>2020</year><month>5</month></pub-date>
<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>x</license-p></license></permissions>
{related}
<abstract><sec><title>Methods</title><p>We treated 500 patients.</p></sec></abstract>
<trans-abstract xml:lang="es"><p>Tratamos a 500 pacientes con meningitis en el hospital.</p></trans-abstract>
</article-meta></front>
<body><p>Opening words stand here.</p><sec><title>Results</title>
<p>Death fell<sup><xref ref-type="bibr">3</xref></sup> by half (Fig. 2). <list><list-item><p>fever fell</p></list-item></list></p>
<table-wrap id="t1"><label>Table 1</label><caption><p>Outcome by arm.</p></caption>
<table><thead><tr><th>Arm</th><th>Deaths</th></tr></thead><tbody><tr><td>Steroid</td><td>10</td></tr></tbody></table></table-wrap>
</sec><sec><title>Competing interests</title><p>None were declared.</p></sec></body>
<back><ack><p>We thank all.</p></ack><ref-list><ref><label>1</label><element-citation>A book.<pub-id pub-id-type="pmid">9</pub-id></element-citation></ref></ref-list></back>
</article>"""


def test_jats_sections_tables_lists_and_references() -> None:
    (reading,) = read(ARTICLE.format(related=""))
    record = reading.record
    assert (record.id, record.kind, record.published) == ("pmid:111", Kind.TRIAL, "2020-05")
    assert (record.doi, record.licence) == ("10.1/abc", "CC-BY-4.0")
    assert record.authors == ("Roy A",)
    told = content(reading)
    assert "We treated 500 patients." in told
    assert "Opening words stand here." in told
    assert "Death fell[3] by half (Fig. 2)." in told
    assert {"fever fell", "Table 1 Outcome by arm.", "Arm | Deaths", "Steroid | 10"} <= set(told)
    assert not any("declared" in text or "thank" in text or "book" in text for text in told)
    assert reading.references[0].pmid == "9"
    assert reading.document.languages == ("en", "es")


@pytest.mark.parametrize(
    ("related", "kind", "about"),
    [
        ('<related-article related-article-type="retracted-article" xlink:href="10.1234/OLD"/>', NoticeKind.RETRACTION, "doi:10.1234/old"),
        ('<related-article related-article-type="corrected-article" xlink:href="info:doi/10.1234/old"/>', NoticeKind.CORRECTION, "doi:10.1234/old"),
        ('<related-article related-article-type="object-of-concern" ext-link-type="pmid" xlink:href="77"/>', NoticeKind.CONCERN, "pmid:77"),
        ('<related-article related-article-type="retraction-forward" xlink:href="10.1/note"/>', NoticeKind.RETRACTION, ""),
    ],
)  # fmt: skip
def test_jats_notices(related: str, kind: NoticeKind, about: str) -> None:
    (reading,) = read(ARTICLE.format(related=related))
    assert [(one.kind, one.about) for one in reading.record.notices] == [(kind, about)]


def test_a_retracted_title_is_a_notice() -> None:
    text = ARTICLE.format(related="").replace("Steroids in", "RETRACTED: Steroids in")
    assert [one.kind for one in read(text)[0].record.notices] == [NoticeKind.RETRACTION]


def test_the_real_articles(data: Callable[[str], Path]) -> None:
    paths = sorted(one for one in data("jats").iterdir() if one.suffix in (".xml", ".nxml"))
    assert len(paths) == 269
    titles = []
    for path in (paths[0], paths[134], paths[-1]):
        (reading,) = read_original(Original(path.name, str(path), path))
        titles.append(reading.record.title)
        assert reading.record.id.startswith(("pmid:", "doi:", "pmcid:"))
    assert all(titles)


PUBMED = """<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><Title>J Test</Title><JournalIssue><PubDate><Year>2019</Year><Month>Feb</Month></PubDate></JournalIssue></Journal>
<ArticleTitle>A trial of rest.</ArticleTitle><Abstract><AbstractText Label="METHODS">We asked 40 people.</AbstractText><AbstractText Label="RESULTS">Rest helped 30 of them.</AbstractText></Abstract>
<AuthorList><Author><LastName>Roy</LastName><ForeName>A B</ForeName></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Test</RefSource><PMID>2</PMID></CommentsCorrections></CommentsCorrectionsList>
<MeshHeadingList><MeshHeading><DescriptorName>Rest</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>3</PMID><Article><ArticleTitle>No abstract.</ArticleTitle><Language>eng</Language></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>4</PMID><Article><ArticleTitle>Expression of concern.</ArticleTitle><Language>eng</Language></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="ExpressionOfConcernFor"><PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>
</PubmedArticleSet>"""


def test_pubmed_records() -> None:
    first, second = read(PUBMED)
    assert (first.record.id, first.record.kind) == ("pmid:1", Kind.TRIAL)
    assert first.record.published == "2019-02"
    assert [s.heading for s in first.document.sections] == ["Methods", "Results"]
    assert [(n.kind, n.about) for n in first.record.notices] == [(NoticeKind.RETRACTION, "")]
    assert first.warnings == ("without an abstract, left out: PMID 3",)
    assert [(n.kind, n.about) for n in second.record.notices] == [(NoticeKind.CONCERN, "pmid:9")]


def test_pubmed_without_any_abstract_is_told() -> None:
    text = "<PubmedArticleSet><MedlineCitation><PMID>3</PMID><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticleSet>"
    with pytest.raises(EmptySourceError, match="abstract"):
        read(text)


MEDQUAD = """<Document id="1" source="NINDS" url="http://x"><Focus>Gait fever</Focus><QAPairs>
<QAPair pid="1"><Question qid="1-1" qtype="symptoms">What are the symptoms of Gait fever ?</Question>
<Answer>Symptoms include - bone pain  - short steps  - fever.  bone pain short steps fever. Children recover.</Answer></QAPair>
<QAPair pid="2"><Question qid="1-2" qtype="treatment">What are the treatments for Gait fever ?</Question>
<Answer>{answer}</Answer></QAPair></QAPairs></Document>"""


def test_medquad_lists_are_lists_and_repeats_are_damage() -> None:
    (reading,) = read(MEDQUAD.format(answer="Rest helps."))
    assert reading.record.id == "medquad:NINDS:a"
    document = reading.document
    items = [document.text[p.start : p.end] for p in document.passages if p.form is Form.ITEM]
    assert items == ["bone pain", "short steps", "fever."]
    damaged = [document.text[p.start : p.end] for p in document.passages if p.mark is Mark.DAMAGE]
    assert damaged == ["bone pain short steps fever."]
    assert "Children recover." in content(reading)
    assert document.sections[0].heading == "What are the symptoms of Gait fever?"


def test_medquad_link_lists_are_furniture() -> None:
    (reading,) = read(MEDQUAD.format(answer="These resources address the management: see there."))
    assert not any("resources" in text for text in content(reading))


def test_medquad_without_answers_is_told() -> None:
    text = '<Document id="1" source="ADAM"><Focus>X</Focus><QAPairs><QAPair><Question>Q?</Question><Answer/></QAPair></QAPairs></Document>'
    with pytest.raises(EmptySourceError, match="questions without answers"):
        read(text)


@pytest.mark.slow
def test_the_real_medquad(data: Callable[[str], Path]) -> None:
    titles, refused = [], 0
    for one in walk(data("medquad")):
        assert isinstance(one, Original)
        if one.suffix != ".xml" or "LiveQA" in one.name:
            continue
        try:
            titles.append(read_original(one)[0].record.title)
        except InputError:
            refused += 1
    assert (len(titles), refused) == (5490, 5784)


def test_the_real_pubmedqa(data: Callable[[str], Path]) -> None:
    (original,) = walk(data("pubmedqa"))
    assert isinstance(original, Original)
    readings = read_original(original)
    assert len(readings) == 1000
    assert readings[0].record.id == "pmid:21645374"
    assert readings[0].record.published == "2011"
    assert [s.heading for s in readings[0].document.sections] == [
        "Background",
        "Results",
        "Conclusions",
    ]
    assert all(
        one.record.title.rstrip().endswith(("?", ".")) for one in (readings[500], readings[-1])
    )


def test_broken_json_is_told() -> None:
    with pytest.raises(InputError, match="not JSON"):
        read('{"1": {"QUESTION": "x", "CONTEXTS": [', "a.json")
