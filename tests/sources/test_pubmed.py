from __future__ import annotations

import pytest

from piamater.errors import EmptySourceError, InputError
from piamater.sources import Kind, NoticeKind, Original, Reading, Record, read_original
from piamater.sources.pubmed_entry import bare_title
from piamater.text import Mark


def read(text: str, name: str = "a.xml") -> list[Reading]:
    return read_original(Original(name, name, data=text.encode()))


def citation(inner: str = "", types: str = "", title: str = "Of rest.", links: str = "") -> Record:
    kinds = "".join(f"<PublicationType>{one}</PublicationType>" for one in types.split("|") if one)
    text = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>Rest helps.</AbstractText>"
        f"</Abstract>{inner}<PublicationTypeList>{kinds}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{links}</CommentsCorrectionsList></MedlineCitation>"
        '<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1/X</ArticleId>'
        '<ArticleId IdType="pmc">PMC5</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
        "</PubmedArticleSet>"
    )
    return read(text)[0].record


def paths(reading: Reading) -> list[tuple[str, ...]]:
    return [one.path for one in reading.document.sections]


STRUCTURED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">11</PMID><Article>
<Journal><JournalIssue><Volume>3</Volume><PubDate><Year>2019</Year><Month>Feb</Month><Day>7</Day></PubDate></JournalIssue><Title>J Test</Title></Journal>
<ArticleTitle>[El reposo y el <i>M. bovis</i>].</ArticleTitle><VernacularTitle>El reposo.</VernacularTitle>
<Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">Counts were 5&#xd7;10<sup>9</sup>/L.</AbstractText>
<AbstractText Label="RESULTS">It helped 30 of 40.</AbstractText></Abstract>
<AuthorList><Author><LastName>Roy</LastName><ForeName>Asha B</ForeName></Author><Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>
<Language>spa</Language></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Rest</DescriptorName><QualifierName>methods</QualifierName></MeshHeading></MeshHeadingList>
<OtherAbstract Type="Publisher" Language="spa"><AbstractText>El reposo ayuda a los pacientes con meningitis.</AbstractText></OtherAbstract>
<KeywordList><Keyword>bed</Keyword></KeywordList></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def test_a_structured_record() -> None:
    (reading,) = read(STRUCTURED)
    record = reading.record
    assert (record.id, record.title, record.published) == (
        "pmid:11",
        "El reposo y el M. bovis",
        "2019-02-07",
    )
    assert record.authors == ("Roy Asha B", "The Group")
    assert record.csl["custom"] == {"mesh": ["Rest"]}
    assert (record.csl["keyword"], record.csl["language"]) == ("bed", "es")
    assert record.csl["original-title"] == "El reposo."
    assert paths(reading) == [("Methods",), ("Results",), ("Abstract (es)",)]
    assert "5×10⁹/L" in reading.document.text
    assert set(reading.document.languages) == {"en", "es"}


def test_identifiers_and_an_abstract_without_labels() -> None:
    record = citation()
    assert (record.doi, record.csl["PMCID"]) == ("10.1/x", "PMC5")
    assert record.url == "https://pubmed.ncbi.nlm.nih.gov/1/"


@pytest.mark.parametrize(
    ("types", "kind", "said"),
    [
        ("Journal Article|Review|Systematic Review", Kind.SYSTEMATIC_REVIEW, "Systematic Review"),
        ("Journal Article|Randomized Controlled Trial", Kind.TRIAL, "Randomized Controlled Trial"),
        ("Case Reports|Review", Kind.CASE_REPORT, "Case Reports"),
        ("Practice Guideline", Kind.GUIDELINE, "Practice Guideline"),
        ("Editorial", Kind.NARRATIVE_REVIEW, "Editorial"),
        ("Retraction of Publication", Kind.REFERENCE, "a notice about another"),
        ("Journal Article", Kind.COHORT, "names no design"),
    ],
)
def test_the_most_telling_publication_type_decides(types: str, kind: Kind, said: str) -> None:
    record = citation(types=types)
    assert record.kind is kind
    assert said in record.kind_reason


@pytest.mark.parametrize(
    ("sort", "kind", "about", "by"),
    [
        ("RetractionIn", NoticeKind.RETRACTION, "", "pmid:9"),
        ("ErratumIn", NoticeKind.CORRECTION, "", "pmid:9"),
        ("ExpressionOfConcernIn", NoticeKind.CONCERN, "", "pmid:9"),
        ("UpdateIn", NoticeKind.SUPERSESSION, "", "pmid:9"),
        ("RetractionOf", NoticeKind.RETRACTION, "pmid:9", "pmid:1"),
        ("ExpressionOfConcernFor", NoticeKind.CONCERN, "pmid:9", "pmid:1"),
    ],
)
def test_notices(sort: str, kind: NoticeKind, about: str, by: str) -> None:
    link = f'<CommentsCorrections RefType="{sort}"><RefSource>J</RefSource><PMID>9</PMID></CommentsCorrections>'
    (notice,) = citation(links=link).notices
    assert (notice.kind, notice.about, notice.by) == (kind, about, by)


def test_a_comment_is_no_notice() -> None:
    link = '<CommentsCorrections RefType="CommentIn"><PMID>9</PMID></CommentsCorrections>'
    assert citation(links=link).notices == ()


def test_a_retracted_publication_says_so_once() -> None:
    link = '<CommentsCorrections RefType="RetractionIn"><PMID>9</PMID></CommentsCorrections>'
    kinds = "Retracted Publication"
    assert [one.by for one in citation(types=kinds, links=link).notices] == ["pmid:9"]
    assert [one.kind for one in citation(types=kinds).notices] == [NoticeKind.RETRACTION]


def test_dates_of_every_form() -> None:
    for given, iso in (
        ("<Year>2019</Year><Month>Feb</Month>", "2019-02"),
        ("<Year>2019</Year><Month>4</Month><Day>5</Day>", "2019-04-05"),
        ("<Year>2019</Year><Season>Winter</Season>", "2019"),
        ("<MedlineDate>2018 Dec-2019 Jan</MedlineDate>", "2018"),
    ):
        inner = f"<Journal><JournalIssue><PubDate>{given}</PubDate></JournalIssue></Journal>"
        assert citation(inner).published == iso


BOOK = """<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>20</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>U Press</PublisherName></Publisher><BookTitle>Of Genes</BookTitle><PubDate><Year>1993</Year></PubDate></Book>
<ArticleTitle>Of one gene</ArticleTitle><AuthorList><Author><LastName>Roy</LastName><ForeName>A</ForeName></Author></AuthorList>
<Abstract><AbstractText Label="CLINICAL CHARACTERISTICS">It shortens the steps.</AbstractText></Abstract>
</BookDocument></PubmedBookArticle></PubmedArticleSet>"""


def test_a_chapter_of_a_book() -> None:
    (reading,) = read(BOOK)
    record = reading.record
    assert (record.id, record.title, record.kind) == (
        "pmid:20",
        "Of one gene",
        Kind.NARRATIVE_REVIEW,
    )
    assert (record.csl["type"], record.csl["container-title"]) == ("chapter", "Of Genes")
    assert (record.published, paths(reading)) == ("1993", [("Clinical characteristics",)])


MEDLINE = """
PMID- 31
LID - 10.1/ABC [doi]
TI  - Of rest: a randomized
      controlled trial.
AB  - BACKGROUND: Rest is old. We ask: does it help? RESULTS: It helped 30 of
      40 people.
FAU - Roy, Asha B
AU  - Roy AB
LA  - eng
PT  - Randomized Controlled Trial
DP  - 2019 Feb 3
JT  - Journal of tests
MH  - *Rest/methods
RIN - J Test. 2020 Jan;1:2. PMID: 32

PMID- 33
TI  - No abstract.
"""


def test_medline_text() -> None:
    for name in ("a.nbib", "a.txt"):
        (reading,) = read(MEDLINE, name)
        record = reading.record
        assert record.title == "Of rest: a randomized controlled trial"
        assert (record.id, record.doi, record.published) == ("pmid:31", "10.1/abc", "2019-02-03")
        assert (record.kind, record.authors) == (Kind.TRIAL, ("Roy Asha B",))
        assert record.csl["custom"] == {"mesh": ["Rest"]}
        assert [(one.kind, one.by) for one in record.notices] == [
            (NoticeKind.RETRACTION, "pmid:32")
        ]
        assert paths(reading) == [("Background",), ("Results",)]
        assert "We ask: does it help?" in reading.document.text
        assert reading.warnings == ("without an abstract, left out: PMID 33",)
        assert all(one.mark is Mark.CONTENT for one in reading.document.passages)


def test_without_any_abstract_is_told() -> None:
    with pytest.raises(EmptySourceError, match="no article in it has an abstract"):
        read("PMID- 33\nTI  - No abstract.\n", "a.nbib")


def test_a_cut_set_is_told() -> None:
    with pytest.raises(InputError, match="XML is broken"):
        read(STRUCTURED[:700])


@pytest.mark.parametrize(
    ("title", "bare"),
    [("[Of rest].", "Of rest"), ("Of [11C] rest.", "Of [11C] rest"), ("", "Untitled article")],
)
def test_titles(title: str, bare: str) -> None:
    assert bare_title(title) == bare
