"""Who counts as a writer: words keep their writers through other hands, until written anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piamater.errors import InputError
from piamater.guides.review import Scope, cells
from piamater.guides.review.writers import MARK, PHRASE, phrases
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.review.test_state import rewrite
from tests.guides.wexford import ORIGINAL

CAUSES = "Ticks carry it.[^ticks]"
LONG = (
    "The germ lives in ticks that feed on deer and on small animals of the wood. "
    "Who walks through long grass in summer meets them most often. "
    "They hold on for a day or more before the germ passes over."
)
"""What a person once wrote under causes."""


def with_causes(text: str) -> str:
    assert CAUSES in ORIGINAL
    return ORIGINAL.replace(CAUSES, text + "[^ticks]")


def put(desk: Desk, by: str, text: str) -> None:
    """Other words under causes, put forward by a person."""
    rewrite(desk, with_causes(text))
    desk.submit(by)


def writers_of(desk: Desk, block: str = "causes") -> set[str]:
    draft = desk.reviews.draft(GUIDE)
    held = desk.reviews.book.guide(GUIDE)
    chosen = [one for one in cells(draft) if (one.language, one.block) == ("en", block)]
    return {who for one in chosen for who in held.writers(one)}


@pytest.mark.parametrize(
    "copy",
    [
        LONG + " ",
        LONG.replace("wood.", "wood;").replace("summer", "summer,"),
        LONG.upper(),
        LONG.replace("deer", "roe"),
        LONG.replace(" a day or more ", " about two days "),
        LONG + " Pull them off at once, and wash the place with soap.",
        "Here is what is known. " + LONG,
    ],
)
def test_words_keep_their_writer_when_another_puts_a_near_copy_forward(
    desk: Desk, copy: str
) -> None:
    put(desk, "root", LONG)
    rewrite(desk, with_causes(copy).replace("It is an infection", "This is an infection"))
    desk.submit("ada")
    assert "root" in writers_of(desk)
    with pytest.raises(InputError, match="wrote Causes, and nobody approves"):
        desk.sign("root", blocks=("causes",))


def test_words_keep_their_writer_through_a_text_between(desk: Desk) -> None:
    put(desk, "root", LONG)
    put(desk, "ada", "Something else stood here for a while, about nothing in particular.")
    put(desk, "ada", LONG.replace("deer", "roe"))
    assert writers_of(desk) == {"root", "ada"}


def test_words_keep_their_writer_under_another_block(desk: Desk) -> None:
    put(desk, "root", LONG)
    moved = ORIGINAL.replace(
        "A blood test finds it.[^ticks]", "A blood test finds it.[^ticks] " + LONG
    )
    rewrite(desk, moved)
    desk.submit("ada")
    assert {"root", "ada"} <= writers_of(desk, "tests")
    renamed = with_causes(LONG).replace("## causes:", "## causes: Causes {#where-from}")
    rewrite(desk, renamed)
    desk.submit("ada")
    assert "root" in writers_of(desk, "where-from")


def test_one_changed_number_makes_a_writer_and_a_comma_after_it_does_not_hide_that(
    desk: Desk,
) -> None:
    put(desk, "ada", LONG + " Take 10 mg a day for 1.5 weeks.")
    put(desk, "root", LONG + " Take 100 mg a day for 1.5 weeks.")
    assert writers_of(desk) == {"ada", "root"}
    put(desk, "ada", LONG + " Take 100 mg a day, for 1.5 weeks.")
    assert writers_of(desk) == {"ada", "root"}
    put(desk, "ada", LONG + " Take 10 mg a day, for 1.5 weeks.")
    assert writers_of(desk) == {"ada"}  # nothing of the other's stands any more


def test_a_sentence_taken_away_makes_a_writer(desk: Desk) -> None:
    put(desk, "ada", LONG)
    put(desk, "root", LONG[: LONG.index("They hold")])
    assert writers_of(desk) == {"ada", "root"}


def test_what_is_written_anew_is_no_longer_the_first_writers(desk: Desk) -> None:
    put(desk, "root", LONG)
    put(desk, "ada", "A small bacterium is behind it; an insect's bite brings it under the skin.")
    assert writers_of(desk) == {"ada"}
    desk.sign("root", blocks=("causes",))


def test_who_asks_for_a_change_becomes_no_writer_nor_who_puts_unchanged_words_forward(
    desk: Desk,
) -> None:
    put(desk, "ada", LONG)
    desk.sign("haque", "reject", changes={"causes": "say roe instead of deer"}, blocks=("causes",))
    put(desk, "ada", LONG.replace("deer", "roe"))
    assert writers_of(desk) == {"ada"}
    desk.sign("haque")
    rewrite(desk, with_causes(LONG.replace("deer", "roe")).replace("It is an", "This is an"))
    desk.submit("root")  # another block was changed: the causes stay as they were
    assert writers_of(desk) == {"ada"}
    assert "root" in writers_of(desk, "definition")


def test_who_changes_a_quote_is_a_writer_of_what_stands_on_it(desk: Desk) -> None:
    desk.submit()
    other = '"Wexford fever is treated with doxycycline"'
    rewrite(desk, ORIGINAL.replace('"Wexford fever is an infection that ticks carry."', other))
    desk.submit("root")
    assert "root" in writers_of(desk)


WORDS = st.lists(st.sampled_from(["ticks", "১০", "জ্বর", "fiebre", "1.5", "ñu", "a"]), max_size=12)


@settings(max_examples=60)
@given(WORDS, st.sampled_from([", ", " — ", "; ", "  "]))
def test_signs_and_capitals_make_no_other_phrases(words: list[str], sign: str) -> None:
    plain = phrases((" ".join(words),))
    assert plain == phrases((sign.join(words).upper(),))
    assert all(len(one) == MARK for one in plain)
    assert len(plain) <= max(1, len(words) + 2 - PHRASE + 1)


def test_a_sign_within_a_number_counts() -> None:
    assert phrases(("take 1.5 mg",)) != phrases(("take 15 mg",))
    assert phrases(("জ্বর হলে",)) != phrases(("জ্বরে হলে",))


@pytest.mark.parametrize("copy", [LONG, LONG.replace("wood.", "wood;").replace("deer", "roe")])
def test_words_keep_their_writer_in_another_guide(desk: Desk, copy: str) -> None:
    put(desk, "root", LONG)
    other(desk, with_causes(copy))
    with desk.library.writing():
        desk.reviews.submit(desk.key, "other-fever", "ada")
        with pytest.raises(InputError, match="nobody approves"):
            sign_other(desk, "root", "causes")
        sign_other(desk, "haque", "causes")


def test_who_copies_words_into_another_guide_is_no_writer_of_the_first(desk: Desk) -> None:
    put(desk, "ada", LONG)
    desk.sign("root")
    other(desk, with_causes(LONG))
    with desk.library.writing():
        desk.reviews.submit(desk.key, "other-fever", "root")
    draft = desk.reviews.draft(GUIDE)
    assert "root" not in writers_of(desk)
    assert desk.reviews.of(draft).state == "approved"


def other(desk: Desk, english: str) -> None:
    """A second guide, with these words."""
    place = desk.library.folder / "guides" / "other-fever"
    place.mkdir()
    (place / "en.md").write_text(english.replace("id: wexford-fever", "id: other-fever"), "utf-8")


def sign_other(desk: Desk, by: str, block: str) -> None:
    scope = Scope(blocks=(block,))
    desk.reviews.sign(desk.key, "other-fever", by, "approve", interests="none", scope=scope)
