"""Letters written by somebody who had read neither the masking nor its data: what is masked of them.

Set 1 (150 letters and 60 harmless lines, 201 identifiers) found whole, before the masking was read:
en 53 of 69, es 53 of 71, bn 39 of 61 (47, 47 and 33 as first marked, with "Dr" and its like inside the
marks, which the sets before leave outside); 3, 2 and 0 masks touched nothing that is anybody's. Set 2
(45 letters, 15 harmless lines), written then too, measured only after the mending on set 1: en 15 of
19, es 16 of 18, bn 12 of 18 with the masking as it had been, 19, 18 and 17 with the mended one; this
is the figure that says most. What is still missed: a bank's name beside its account, and Bangla names
that no list knows where nothing stands before or after them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from piamater.answers.masking import identifiers, mask
from tests.answers.test_masking_heldout import parts

REACHED = {
    ("heldout_independent_en", "en"): (68, 69), ("heldout_independent_es", "es"): (70, 71),
    ("heldout_independent_bn", "bn"): (57, 61), ("heldout_independent_2", "en"): (19, 19),
    ("heldout_independent_2", "es"): (18, 18), ("heldout_independent_2", "bn"): (17, 18),
}  # fmt: skip
"""By set and language: identifiers masked whole at the least, and how many there are."""


@pytest.mark.parametrize(("name", "language"), REACHED)
def test_letters_of_somebody_who_had_not_read_the_masking(name: str, language: str) -> None:
    whole = there = 0
    for line in (Path(__file__).parent / f"{name}.tsv").read_text("utf-8").splitlines():
        if not line.startswith(f"{language}\t"):
            continue
        text, must, may = parts(line.split("\t")[1])
        found = identifiers(text)
        covered = {at for one in found for at in range(one.start, one.end)}
        allowed = {at for each in must + may for at in each}
        for one in found:
            assert allowed & {*range(one.start, one.end)}, text[one.start : one.end]
        there += len(must)
        whole += sum(all(at in covered or not text[at].isalnum() for at in one) for one in must)
    assert there == REACHED[name, language][1]
    assert whole >= REACHED[name, language][0]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("She is 92 and frail", "She is [age over 89] and frail"),
        ("his oxygen: he is 95% at rest", "his oxygen: he is 95% at rest"),
        ("patients aged 90 and over", "patients aged 90 and over"),
        ("She is 89 and frail", "She is 89 and frail"),
        ("a 94-year-old aunt", "a [age over 89] aunt"),
        ("EuroQol 90 years of follow-up data", "EuroQol 90 years of follow-up data"),
    ],
)
def test_ages_over_89_go_and_other_numbers_stay(text: str, masked: str) -> None:
    assert mask(text, "en").text == masked


def test_a_bank_account_needs_right_check_digits_or_the_word_for_one() -> None:
    assert mask("GB82 WEST 1234 5698 7654 32", "en").text == "[id number]"
    assert mask("GB83 WEST 1234 5698 7654 32", "en").found == ()
    assert mask("account 31926819", "en").text == "account [id number]"


def test_a_payment_address_has_an_at_and_no_dot() -> None:
    assert mask("sent by shyamal.d@ybl yesterday", "en").text == "sent by [account] yesterday"
