"""Rules on damage of text and templates: what their examples cannot show."""

from __future__ import annotations

import pytest

from piamater.checks import CheckSettings, check_page, page_from_text
from piamater.checks.page import vocabulary
from piamater.checks.tx.tx021_misspelled_term import slips
from piamater.vocabulary.fold import fold
from tests.checks.seeds import ON, found


def findings(text: str, name: str = "page.md") -> list[tuple[str, str]]:
    page = page_from_text(text, name, CheckSettings(select=("TX",), today=ON))
    return [(one.rule, one.quote) for one in check_page(page).findings]


def mended(text: str, name: str = "page.md") -> str:
    page = page_from_text(text, name, CheckSettings(select=("TX",), today=ON))
    out = page.text
    for fix in sorted(check_page(page).fixes, key=lambda one: -one.start):
        out = out[: fix.start] + fix.new + out[fix.end :]
    return out.split("\n\n", 1)[1]


@pytest.mark.parametrize(
    "words",
    [
        "Search PubMed and MedlinePlus, or ask on HealthUnlocked, for mRNA and OxyContin.",
        "Calcium acetate (PhosLo) binds it; see www.example.org/HeartFailure or a@b.Com.",
        "Dr.Oracle and e.g.Some abbreviations.",
        "The bacteria are E. coli. They grow in S.Aureus broth.",
    ],
)
def test_names_with_a_capital_inside_are_not_joined_words(words: str) -> None:
    assert [one for one in findings(f"# Fever\n\n{words}\n") if one[0] == "TX003"] == []


@pytest.mark.parametrize(
    "words",
    [
        "মাথাব্যথা হলে সঙ্গে সঙ্গে ফোন করুন, ধীরে ধীরে হাঁটুন, ঘুমঘুম লাগলে বলুন।",
        "He had had a fever, and that that was mild was known to all of them.",
        "Es muy muy rara, y casi casi no se ve en los adultos de la ciudad.",
        "The Walla Walla clinic saw it in beri beri and in cha cha dancers.",
    ],
)
def test_words_that_are_doubled_for_their_meaning(words: str) -> None:
    assert findings(f"# Fever\n\n{words}\n") == []


@pytest.mark.parametrize(
    "words",
    [
        "a) rash, b) fever and c) cough are its signs, as (i) and (ii) show in the text.",
        "Take it at 8 (with food) and [1] again at 20 :) as you were told by the nurse.",
        "The interval is (2, 5] in the study, and “mild” is what they called it there.",
        "Hepatitis A, vitamin A. Then come the rest of them; and so on, etc., too.",
        "Wait for the result... then ask: is it mild? Yes! No. 5 was at 2.5 and 3:1.",
    ],
)
def test_marks_that_have_their_reason(words: str) -> None:
    assert findings(f"# Fever\n\n{words}\n") == []


@pytest.mark.parametrize(
    "words",
    [
        "It is hard to deal with. Nobody is to blame for it, and it can be lived with.",
        "What they hope for may not come, and what you hear of should be asked about.",
        "Lo que se puede hacer es mucho, y de lo que no se debe hablar se habla.",
        "Where it comes from must be found out; whom to turn to could be asked there.",
    ],
)
def test_prepositions_at_the_end_miss_nothing(words: str) -> None:
    quiet = [one for one in findings(f"# Fever\n\n{words}\n") if one[0] == "TX007"]
    assert len(quiet) <= (2 if "must be" in words or "may not" in words else 0)


@pytest.mark.parametrize(
    "words",
    [
        "Read [the leaflet](https://example.org/a) and the section [Signs](#signs).",
        "Ask about the insert that comes with the box, and the sample text of the form.",
        "A null result is no result; the drug was added to the list, and not yet withdrawn.",
        "Placebo was added. Nothing has not been tried by the editors of this page.",
    ],
)
def test_words_that_are_no_placeholders(words: str) -> None:
    assert [one for one in findings(f"# Fever\n\n{words}\n") if one[0] == "TX005"] == []


def test_a_plural_or_a_bangla_ending_may_follow_a_link() -> None:
    text = "# জ্বর\n\nএটি [সারকয়ডোসিস](https://example.org/a)ও বলে, আর [tumour](https://example.org/b)s.\n"
    assert [one for one in findings(text) if one[0] == "TX004"] == []


def test_joiners_belong_to_bangla() -> None:
    assert findings("# জ্বর\n\nর\u200d্যাশ হলো জ্বরের একটি লক্ষণ, যা দেখা যায় না।\n") == []


def test_a_mark_that_turns_the_writing_is_an_error() -> None:
    page = page_from_text(
        "# Fever\n\nTake \u202e05\u202c mg a day.\n", settings=CheckSettings(select=("TX009",))
    )
    assert {one.severity for one in check_page(page).findings} >= {"error"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("The rash is in the the face.", "The rash is in the face."),
        ("The rash is flat,, and red.", "The rash is flat, and red."),
        ("It is GuÃ©rin fever here.", "It is Guérin fever here."),
        ("The rash is mild.Some need drugs, though.", "The rash is mild. Some need drugs, though."),
    ],
)
def test_a_safe_fix_mends_and_changes_nothing_else(wrong: str, right: str) -> None:
    assert mended(f"# Fever\n\n{wrong}\n") == right


def test_an_entity_is_mended_to_its_character() -> None:
    assert (
        mended("Fever\n\nAbove 39&nbsp;°C, &amp;gt; 38 is mild.\n", "a.txt")
        == "Above 39 °C, > 38 is mild."
    )


class TestSeeds:
    def test_the_glossary_that_writes_its_markup_into_the_text(self) -> None:
        assert len(found("001", "TX001")) == 5
        assert len(found("001", "TX002")) == 5

    def test_boxes_that_run_into_each_other(self) -> None:
        assert found("000", "TX003") == ["BoardAll", "2025View"]
        assert found("001", "TX003") == ["guideWritten", "workflowUse", "firstUrgent"]
        assert found("004", "TX003")

    def test_notes_to_editors(self) -> None:
        assert len(found("001", "TX005")) == 5
        assert len(found("002", "TX005")) == 3

    def test_a_noun_is_missing(self) -> None:
        assert found("003", "TX007") == ["with might"]
        assert found("003", "TX008") == ["spreads"]

    def test_a_conclusion_that_ran_into_the_last_item(self) -> None:
        assert found("000", "TX018") == ["Diagnosis"]

    def test_headings_in_the_summary(self) -> None:
        assert found("001", "TX019") == ["Types of Leptomeningeal Neurosarcoidosis"]
        assert found("002", "TX019") == ["Types of Leptomeningeal Cancer"]

    def test_an_identifier_without_a_number(self) -> None:
        assert found("004", "TX015") == ["DOI:"]

    def test_spanish_words_in_the_english_report(self) -> None:
        assert set(found("004", "TX016")) == {
            "affectation", "mielomonoblastic", "varicela", "hypercaptation"
        }  # fmt: skip

    def test_numbers_that_lost_their_headings(self) -> None:
        assert found("001", "TX017") == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("TX001", 'It is very rare.class="glossary"> They are ill.'),
        ("TX005", "??? Check with Dr Jones before publishing"),
        ("TX005", "Take it twice. [NB: check dose with pharmacy]"),
        ("TX005", "Take XX mg of ibuprofen."),
        ("TX005", "Insert image here."),
        ("TX005", "The date is TBC."),
        ("TX010", "The rash is is red."),
        ("TX014", "The four steps are: 1. Call. 2. Wait. 4. Treat."),
        ("TX021", "It has bad efects."),
        ("TX021", "It leads to adrenal supression."),
        ("TX021", "Some have diarrhoae."),
    ],
)
def test_what_a_reader_found_missing_is_found(rule: str, sentence: str) -> None:
    page = page_from_text(
        f"# Wexford fever\n\n{sentence}\n", "page.md", CheckSettings(select=(rule,))
    )
    assert [one.rule for one in check_page(page).findings] == [rule]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("TX001", 'Ask for class 1 or "class 2" care.'),
        ("TX005", "TBC (tick-borne complex) is spread by ticks. TBC is rare."),
        ("TX005", "The tick-borne complex (TBC) is rare. Ticks carry TBC."),
        ("TX005", "Women have XX chromosomes; 46,XX girls are well."),
        ("TX005", "Check with your doctor before you travel."),
        ("TX010", "We saw that what it is is clear."),
        ("TX014", "The steps are: 1. Call. 2. Wait. 3. Treat."),
        ("TX014", "See table 1. Then wait. Give 4. Treat."),
        ("TX021", "It has bad effects."),
    ],
)
def test_what_a_reader_found_wrongly_accused_is_left(rule: str, sentence: str) -> None:
    page = page_from_text(
        f"# Wexford fever\n\n{sentence}\n", "page.md", CheckSettings(select=(rule,))
    )
    assert not check_page(page).findings


def test_a_common_slip_is_never_a_true_word_or_a_term() -> None:
    told = {word for concept in vocabulary() for one in concept.terms
            if one.language == "en" for word in fold(one.text).split()}  # fmt: skip
    for slip, meant in slips().items():
        assert slip == fold(slip)
        assert meant
        assert slip != fold(meant)
        assert slip not in told
