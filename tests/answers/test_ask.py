from __future__ import annotations

from datetime import date

import pytest

from piamater.answers import Answer, Asker
from piamater.corpus import Library, SqliteCorpus
from piamater.errors import QuestionError, QuoteError
from piamater.sources import Kind, Notice, NoticeKind
from tests.answers.conftest import Make, page

BORRELIOSIS = """
Wexford fever
# Overview
Wexford fever is an infection that ticks carry.
It is most common in spring.
# Symptoms
Symptoms of Wexford fever include:
- rash around the bite
- swollen joints
- tiredness
# Treatment
Wexford fever is treated with doxycycline for 10 days.
! Share this page about Wexford fever treatment with a friend.
~ Wexford fever is treated with" data-term="honey">honey.
"""
REVIEW = """
Treatment of Wexford fever: a systematic review
# Results
Doxycycline cured 95% of patients with Wexford fever in five trials.
Wexford fever was not improved by steroids in any trial.
"""


def texts(answer: Answer) -> list[str]:
    return [one.text for one in answer.statements]


@pytest.fixture
def asker(make: Make) -> Asker:
    return make(
        page(BORRELIOSIS, "page:1"),
        page(REVIEW, "pmid:7", Kind.SYSTEMATIC_REVIEW, published="2020"),
    )


def test_every_statement_stands_at_its_quote(asker: Asker) -> None:
    for question in ("What is Wexford fever?", "How is Wexford fever treated?"):
        answer = asker.ask(question)
        assert answer.statements
        for statement in answer.statements:
            for one in statement.citations:
                text = asker.library.corpus.text(one.source, one.version)
                assert text[one.start : one.end] == one.quote
            assert statement.text == statement.citations[0].quote


def test_groups_by_kind_under_the_headings_of_the_contract(asker: Asker) -> None:
    answer = asker.ask("How is Wexford fever treated?")
    assert [one.heading for one in answer.sections] == [
        "From the research",
        "From patient information",
    ]
    assert any("95%" in text for text in texts(answer))
    assert "Wexford fever is treated with doxycycline for 10 days." in texts(answer)


def test_furniture_and_damage_are_never_told(asker: Asker) -> None:
    told = " ".join(texts(asker.ask("How is Wexford fever treated?")))
    assert "friend" not in told
    assert "honey" not in told


def test_a_list_is_told_whole_with_what_it_belongs_to(asker: Asker) -> None:
    answer = asker.ask("What are the symptoms of Wexford fever?")
    assert [*texts(answer)][:3] == ["rash around the bite", "swollen joints", "tiredness"]
    assert "Symptoms of Wexford fever include:" in answer.statements[0].context


def test_a_sentence_that_cannot_stand_alone_has_its_section(asker: Asker) -> None:
    for statement in asker.ask("What is Wexford fever?").statements:
        if statement.text.startswith("It "):
            assert "Wexford fever" in statement.context


@pytest.mark.parametrize(
    "question",
    [
        "What is Marlow's palsy?",
        "How is Wexford dementia treated?",
        "What are the symptoms of Lassa fever?",
        "Who won the cup in 1966?",
    ],
)
def test_silence_is_an_answer(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.outcome == "not-in-library"
    assert answer.sections == ()
    assert answer.gaps == ("Nothing in this library answers this question.",)
    assert answer.searched == {"sources": 2, "passages": 9}


def test_a_retracted_source_is_not_told_but_still_resolves(make: Make) -> None:
    notice = Notice(NoticeKind.RETRACTION, about="pmid:7", date="2024-05-01")
    asker = make(
        page(REVIEW, "pmid:7", Kind.SYSTEMATIC_REVIEW),
        page("A notice\nThis notice retracts an article.", "pmid:8", notices=(notice,)),  # type: ignore[arg-type]
    )
    answer = asker.ask("How is Wexford fever treated?")
    assert answer.outcome == "not-in-library"
    held = asker.library.corpus.version("pmid:7")
    assert asker.library.judge(held).standing == "retracted"
    assert "Doxycycline" in asker.library.corpus.text("pmid:7", held.version)


def test_a_withdrawn_source_leaves_and_comes_back(asker: Asker) -> None:
    corpus = asker.library.corpus
    for source in ("page:1", "pmid:7"):
        corpus.decide(source, "withdraw", "wrong dose", "2026-01-01")
    assert asker.ask("How is Wexford fever treated?").outcome == "not-in-library"
    corpus.decide("page:1", "restore", "", "2026-01-02")
    assert asker.ask("How is Wexford fever treated?").outcome == "answered"


def test_an_overdue_source_says_so(make: Make) -> None:
    asker = make(page(BORRELIOSIS, "page:1", reviewed="2020-01-01", review_due="2023-01-01"))
    asker.library._today = date(2026, 11, 20)
    answer = asker.ask("How is Wexford fever treated?")
    assert answer.references[0].standing == "review-overdue"
    assert "Review is overdue for 1 of the 1 sources cited." in answer.gaps


def test_what_says_the_same_is_merged_with_all_its_citations(make: Make) -> None:
    other = BORRELIOSIS.replace("Wexford fever\n#", "Wexford fever, leaflet\n#", 1)
    answer = make(page(BORRELIOSIS, "page:1"), page(other, "page:2")).ask(
        "How is Wexford fever treated?"
    )
    told = [one for one in answer.statements if "10 days" in one.text]
    assert len(told) == 1
    assert {one.source for one in told[0].citations} == {"page:1", "page:2"}


def test_opposite_findings_are_not_merged_and_are_shown(make: Make) -> None:
    yes = "Steroid trial\n# Results\nSteroids improved survival of patients with Wexford fever."
    no = (
        "Second trial\n# Results\nSteroids did not improve survival of patients with Wexford fever."
    )
    answer = make(page(yes, "pmid:1", Kind.TRIAL), page(no, "pmid:2", Kind.TRIAL)).ask(
        "Do steroids improve survival of patients with Wexford fever?"
    )
    assert len(answer.disagreements) == 1
    sources = {c.source for p in answer.disagreements[0].positions for c in p.citations}
    assert sources == {"pmid:1", "pmid:2"}


def test_references_are_numbered_in_the_order_they_are_cited(asker: Asker) -> None:
    answer = asker.ask("How is Wexford fever treated?")
    numbers = [c.number for s in answer.statements for c in s.citations]
    assert list(dict.fromkeys(numbers)) == [one.number for one in answer.references]


def test_related_questions_have_sections_behind_them(asker: Asker) -> None:
    related = asker.ask("How is Wexford fever treated?").related_questions
    assert "What are the symptoms of Wexford fever?" in related
    assert not any("inherited" in one for one in related)


def test_the_machine_form_has_the_fields_of_the_contract(asker: Asker) -> None:
    form = asker.ask("How is Wexford fever treated?").to_json()
    assert set(form) == {
        "question", "language", "reader", "outcome", "urgent", "sections", "disagreements", "gaps",
        "related_questions", "references", "review", "searched", "notice",
    }  # fmt: skip
    assert set(form["sections"][0]["statements"][0]) == {"text", "support", "citations", "context"}
    assert set(form["sections"][0]["statements"][0]["citations"][0]) == {
        "number", "source", "version", "start", "end", "quote",
    }  # fmt: skip
    assert set(form["references"][0]) == {
        "number", "source", "version", "title", "kind", "authors", "published", "url", "standing",
        "review_due", "evidence_note",
    }  # fmt: skip
    assert form["review"] == {"state": "submitted", "by": None, "on": None, "next_due": None}


def test_a_damaged_store_is_told_not_quoted(asker: Asker) -> None:
    corpus = asker.library.corpus
    assert isinstance(corpus, SqliteCorpus)
    corpus._db.execute("UPDATE texts SET text = replace(text, 'fever', 'fevers')")
    with pytest.raises(QuoteError, match="damaged"):
        asker.ask("How is Wexford fever treated?")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "empty"),
        ("  ?!  ", "empty"),
        ("\u200b\u202e\x00", "empty"),
        ("what " * 4_000, "over the limit"),
        ("Quels sont les symptômes de la méningite et pourquoi ?", "language"),
        ("Was ist eine Hirnhautentzündung und wie wird sie behandelt?", "language"),
        ("मेनिन्जाइटिस क्या है?", "language"),
        ("Что такое менингит?", "language"),
    ],
)
def test_questions_that_cannot_be_taken(asker: Asker, question: str, reason: str) -> None:
    with pytest.raises(QuestionError, match=reason):
        asker.ask(question)


def test_hidden_characters_in_a_question_do_no_harm(asker: Asker) -> None:
    answer = asker.ask("How is \u202eWex\u200bford fever\u202c treated\x00?")
    assert answer.question == "How is Wexford fever treated?"
    assert answer.outcome == "answered"


def test_a_newer_version_takes_the_place_of_the_old(make: Make, asker: Asker) -> None:
    library = Library(asker.library.folder)
    old = library.corpus.version("page:1")
    assert library.judge(old).standing == "current"


@pytest.mark.parametrize(
    ("denial", "question"),
    [
        ("Wexford fever is not caused by vaccination in any of the studies.", "What causes Wexford fever?"),
        ("Headache is absent in Wexford fever.", "What are the symptoms of Wexford fever?"),
        ("Wexford fever should not be treated with prednisolone at home.", "How is Wexford fever treated?"),
    ],
)  # fmt: skip
def test_a_denial_is_no_positive_answer(make: Make, denial: str, question: str) -> None:
    asker = make(page(f"Wexford fever\n# About\n{denial}", "page:9"))
    assert denial not in texts(asker.ask(question))


def test_a_lead_without_its_list_is_not_told(make: Make) -> None:
    text = "Wexford fever\n# Symptoms\nSymptoms of Wexford fever include:\n# Treatment\nRest helps."
    assert texts(make(page(text, "page:9")).ask("What are the symptoms of Wexford fever?")) == []


def test_a_group_of_which_nothing_can_be_told_has_no_heading_and_counts_as_missing(
    make: Make,
) -> None:
    only_a_list = "A study\n# Wexford fever\nDoctors saw:\n- Wexford fever is an infection"
    asker = make(page(BORRELIOSIS, "page:1"), page(only_a_list, "pmid:8", Kind.SYSTEMATIC_REVIEW))
    answer = asker.ask("Is Wexford fever an infection?")
    assert [one.heading for one in answer.sections] == ["From patient information"]
    assert "No research study in this library answers this." in answer.gaps


def test_what_a_note_says_of_its_own_limits_is_never_told(make: Make) -> None:
    said = "A headache after a lumbar puncture is normal."
    limit = "The page on normal headache after lumbar puncture gives no sources."
    text = f"Headache after lumbar puncture\n# Summary\n{said}\n# Limits of the evidence\n{limit}"
    told = texts(make(page(text, "a")).ask("Is a headache normal after a lumbar puncture?"))
    assert told == [said]
