from __future__ import annotations

from datetime import date

import pytest

from piamater.answers.answer import Citation
from piamater.answers.as_guide import (
    Outline,
    Told,
    make_guide,
    outline_of_answer,
    outline_of_question,
)
from piamater.answers.inbox import Inbox
from piamater.answers.reply import quotes_of
from piamater.corpus import Deposit, Library
from piamater.errors import InputError, QuoteError
from piamater.guides import GuideFolder, library_texts, publish
from piamater.guides.lint import each_statement
from tests.answers.conftest import Make, page

DAY = date(2026, 11, 21)
TITLE = "Is a headache normal after a lumbar puncture?"
TEXT = "My name is Zebedee, is the zebra-headache after my puncture normal?"
LEAFLET = """
Headache after a lumbar puncture
# Symptoms
Headache after a lumbar puncture is common and lasts for 3 days. It goes away when lying down.
# Treatment
Drink *enough*, rest, and take paracetamol <500 mg> [as told] on 1. and 2. days_of_rest.
"""


def outline(library: Library, *texts: str, **more: object) -> Outline:
    """An outline whose sentences quote themselves from the one source."""
    stored = library.corpus.text("leaflet")
    version = library.corpus.version("leaflet").version
    told = []
    for text in texts:
        start = stored.index(text)
        cited = Citation(1, "leaflet", version, start, start + len(text), text)
        told.append(Told(text, (cited,)))
    return Outline("en", str(more.get("view", "")), ("Ann Lee",), (("", tuple(told)),))


@pytest.fixture
def library(make: Make) -> Library:
    return make(page(LEAFLET, "leaflet")).library


def test_from_the_question_to_the_edition(make: Make) -> None:
    asker = make(page(LEAFLET, "leaflet"))
    library = asker.library
    inbox = Inbox(library.folder, DAY)
    inbox.add(TEXT, "en", DAY, reader="patient")
    found = asker.ask("Is headache common after a lumbar puncture?")
    inbox.draft(1, "a draft", quotes_of(found))
    mark = next(one.number for one in quotes_of(found) if "3 days" in one.quote)
    answer = f"Dear Zebedee, you need not worry. It is common and lasts for 3 days [{mark}]."
    inbox.answer(1, answer, "Ann Lee", DAY)
    with pytest.raises(InputError, match="no signed answer"):
        outline_of_question(inbox.get(1))
    inbox.sign(1, "R. Haque", DAY)
    made = make_guide(library, "puncture-headache", TITLE, outline_of_question(inbox.get(1)))
    text = made.path.read_text("utf-8")
    assert (made.taken, len(made.left_out)) == (1, 1)
    assert not any(word in text for word in ("Zebedee", "zebra", "worry"))
    guides = GuideFolder(library.folder / "guides")
    assert guides.lint(library_texts(library)) == []
    with library.writing():
        [done] = publish(library, guides)
    assert done.edition.original.type == "question"
    assert done.edition.original.authors == ("Ann Lee", "R. Haque")
    [block] = done.edition.original.blocks
    assert [str(one.audience) for one in block.parts] == ["patient"]
    inbox.delete(1)
    with pytest.raises(InputError, match="such a guide already"):
        make_guide(library, "puncture-headache", TITLE, outline(library, "It goes away"))


def test_from_a_kept_answer(make: Make) -> None:
    asker = make(page(LEAFLET, "leaflet"))
    form = asker.ask("Is headache common after a lumbar puncture?").to_json()
    form["question"] = TEXT
    made = make_guide(asker.library, "headache", TITLE, outline_of_answer(form, []))
    text = made.path.read_text("utf-8")
    assert made.taken > 0
    assert "zebra" not in text
    guides = GuideFolder(asker.library.folder / "guides")
    assert not [one for one in guides.lint(library_texts(asker.library)) if one.severity == "error"]


def test_signs_of_markdown_stay_words_and_quotes_stand(library: Library) -> None:
    line = (
        "Drink *enough*, rest, and take paracetamol <500 mg> [as told] on 1. and 2. days_of_rest."
    )
    made = make_guide(library, "rest", TITLE, outline(library, line))
    guide = GuideFolder(library.folder / "guides").load("rest").original
    assert made.taken == len(list(each_statement(guide)))
    assert " ".join(one.text for _, _, one in each_statement(guide)) == line
    assert [one.quote for one in guide.cites.values()] == [line]


@pytest.mark.parametrize(
    "text", ["1. Rest", "- Rest", "# Rest", "a\\b `c` | d", "[^x] ~~y~~ &amp;"]
)
def test_every_text_comes_back(library: Library, text: str) -> None:
    about = outline(library, "It goes away when lying down.").sections[0][1][0].citations
    told = Outline("en", "clinical", ("A",), (("A *head*", (Told(f"{text}.", about),)),))
    make_guide(library, "rest", TITLE, told)
    guide = GuideFolder(library.folder / "guides").load("rest").original
    assert [one.text.replace(" ", "") for _, _, one in each_statement(guide)] == [
        f"{text}.".replace(" ", "").replace("[^x]", "")
    ]
    assert [one.labels for _, _, one in each_statement(guide)] == [("quote-1",)]


def test_a_short_quote_is_widened_to_its_line_and_a_long_one_is_one_quote_a_line(
    make: Make,
) -> None:
    library = make(page("Signs\n- Nausea\n- Stiffness of the neck", "leaflet")).library
    stored = library.corpus.text("leaflet")
    version = library.corpus.version("leaflet").version
    start, end = stored.index("Nausea"), len(stored.rstrip())
    told = (
        Told("Nausea.", (Citation(1, "leaflet", version, start, start + 3, "Nau"),)),
        Told("Both.", (Citation(1, "leaflet", version, start, end, stored[start:end]),)),
    )
    make_guide(library, "signs", TITLE, Outline("en", "", ("A",), (("", told),)))
    guide = GuideFolder(library.folder / "guides").load("signs").original
    assert all(one.quote in stored for one in guide.cites.values())
    assert any("Stiffness" in one.quote for one in guide.cites.values())


def test_what_is_refused(library: Library) -> None:
    told = outline(library, "It goes away when lying down.")
    for id_, title, match in (
        ("../out", TITLE, "cannot be a guide's id"),
        ("rest", " ", "needs a title"),
        ("rest", "My name is Anna Whitmore, is it normal?", "tells who somebody is"),
    ):
        with pytest.raises(InputError, match=match):
            make_guide(library, id_, title, told)
    with pytest.raises(InputError, match="no sentence"):
        make_guide(library, "rest", TITLE, Outline("en", "", (), (("", (Told("Yes.", ()),)),)))
    bad = Citation(1, "leaflet", "0" * 64, 0, 8, "anything")
    with pytest.raises(QuoteError):
        make_guide(library, "rest", TITLE, Outline("en", "", (), (("", (Told("Yes.", (bad,)),)),)))
    assert not (library.folder / "guides" / "rest").exists()


def test_a_person_named_in_the_answer_is_not_taken_over(library: Library) -> None:
    cited = outline(library, "It goes away when lying down.").sections[0][1][0].citations
    told = (Told("My name is Anna Whitmore, call +44 20 7946 0958.", cited), Told("Rest.", cited))
    made = make_guide(library, "rest", TITLE, Outline("en", "", ("A",), (("", told),)))
    assert (made.taken, len(made.left_out)) == (1, 1)
    assert "Whitmore" not in made.path.read_text("utf-8")


def test_a_newer_version_of_the_source_is_told_by_the_linter(library: Library) -> None:
    told = outline(library, "It goes away when lying down.")
    newer = page("Headache\nIt stays for weeks now.", "leaflet")
    library.corpus.deposit([Deposit(newer, "1" * 64, "leaflet", "leaflet")])
    make_guide(library, "rest", TITLE, told)
    found = GuideFolder(library.folder / "guides").lint(library_texts(library))
    assert {one.rule for one in found} == {"quote"}
