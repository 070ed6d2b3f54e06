"""People: one human is one person, and a name is what a reader sees."""

from __future__ import annotations

import pytest

from piamater.errors import InputError
from piamater.guides.review import person
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.wexford import ORIGINAL


@pytest.mark.parametrize("name", ["Ada Writer", "Dr. ADA  WRITER", "Ada Writer, MD"])
def test_a_second_record_of_one_human_is_refused(desk: Desk, name: str) -> None:
    again = person("ada2", name, ["clinical"], "physician", "register")
    with pytest.raises(InputError, match="registered already, as ada"):
        desk.reviews.register(desk.key, again)
    desk.reviews.end(desk.key, "ada")
    with pytest.raises(InputError, match="registered already, as ada"):
        desk.reviews.register(desk.key, again)
    desk.reviews.register(desk.key, person("ada", name, ["reviewer"]))  # the same record, changed


@pytest.mark.parametrize("name", ["\u0410da Writer", "Ada Wr\u03b9ter", "\u0405am"])
def test_letters_that_look_alike_make_no_other_name(name: str) -> None:
    with pytest.raises(InputError, match="several alphabets"):
        person("ada2", name, ["reviewer"])


@pytest.mark.parametrize(
    "name", ["Ada Writer", "রহিমা খাতুন", "José Núñez-O'Brien", "Анна Иванова", "Dr. রহিমা 2"]
)
def test_names_of_all_alphabets_are_taken(name: str) -> None:
    assert person("x", name, ["reviewer"]).name == name


@pytest.mark.parametrize("name", ["\u3164", "\u2800", "A\u034fda", "A\u2028B"])
def test_a_name_that_cannot_be_seen_is_none(name: str) -> None:
    with pytest.raises(InputError, match=r"invisible|missing"):
        person("x", name + "\u2800", ["reviewer"])


def test_a_name_and_a_credential_are_one_line_each() -> None:
    one = person("x", "R. Haque\nthe Minister", ["reviewer"], "nurse\n\nprofessor", "a\tb")
    assert (one.name, one.credential, one.checked) == (
        "R. Haque the Minister", "nurse professor", "a b",
    )  # fmt: skip


def test_who_becomes_an_author_after_signing_has_not_approved(desk: Desk) -> None:
    desk.submit()
    desk.sign()
    place = desk.library.folder / "guides" / GUIDE / "en.md"
    place.write_text(ORIGINAL.replace("A. Writer", "Dr. R. Haque"), "utf-8")
    desk.submit()
    desk.sign("root", blocks=("(front)",))
    desk.publish()
    assert desk.review().state == "lapsed"
    assert "Haque" not in (desk.review().by or "")
