"""How much a document is about a topic: title, passages, kinds, company."""

from __future__ import annotations

from collections import Counter

import pytest

from piamater.vocabulary import Vocabulary
from piamater.watch.score import LEAST, Opening, score
from piamater.watch.topic import Topic, on_part

VOCABULARY = Vocabulary.load()


def topic(
    own: str, *, broader: str = "", beside: str = "", company: str = "", name: str = ""
) -> Topic:
    """A topic of concepts in vocabulary ids, several with a space between."""
    mine, wide = frozenset(own.split()), frozenset(broader.split())
    low = {one for each in mine for one in VOCABULARY.descendants(each)}
    parents = {up for one in mine if (held := VOCABULARY.get(one)) for up in held.parents}
    others = company.split()
    weights = {one: len(others) ** -0.5 for one in others}
    return Topic(
        "guide",
        mine | wide,
        wide,
        frozenset(low),
        frozenset(parents) - wide,
        on_part(beside.split(), low, VOCABULARY),
        weights,
        (name,) if name else (),
        {},
        {},
        {},
        (),
    )


def opening(title: str, *passages: str) -> Opening:
    counts = Counter(one for text in passages for one in VOCABULARY.concept_ids(text))
    concepts = frozenset(VOCABULARY.concept_ids(title))
    return Opening(title.lower(), concepts, counts, len(passages))


KNEE = ("The knee was looked at.",) * 8


@pytest.mark.parametrize(
    ("title", "passages"),
    [
        ("Seizures in adults", ("A seizure was seen.", *KNEE)),
        ("Convulsiones en adultos", ("Hubo una convulsión.", *KNEE)),
        ("A study of ours", ("A seizure was seen.",) * 9),
        (
            "Febrile seizures in children",
            ("A febrile seizure was seen.", "A seizure.", "It ended."),
        ),
    ],
)
def test_it_is_on_the_topic(title: str, passages: tuple[str, ...]) -> None:
    assert score(topic("seizure", company="fever"), opening(title, *passages)) >= LEAST


@pytest.mark.parametrize(
    ("title", "passages"),
    [
        ("The knee", KNEE),
        ("The knee", ("A seizure was seen.", *KNEE)),
        ("The knee", ()),
        ("", ()),
    ],
)
def test_it_is_not(title: str, passages: tuple[str, ...]) -> None:
    assert score(topic("seizure", company="fever"), opening(title, *passages)) < LEAST


def test_a_guide_on_a_part_of_its_concept_wants_that_part() -> None:
    mri = topic("mri", beside="brain")
    assert score(mri, opening("MRI of the brain", "MRI of the brain was done.")) >= LEAST
    assert score(mri, opening("MRI in headache", "Brain and spine were seen by MRI.")) >= LEAST
    assert score(mri, opening("MRI of the knee", "MRI of the knee was done.")) < LEAST


def test_a_broader_concept_needs_the_narrower_one_or_much_of_its_company() -> None:
    guide = topic("tuberculous-meningitis", broader="tuberculosis", company="headache fever")
    general = "Tuberculosis control in a city", "Tuberculosis was counted.", "Clinics were asked."
    assert score(guide, opening(*general)) < LEAST
    both = (*general, "Tuberculous meningitis was found in 4, with headache and fever.")
    assert score(guide, opening(*both)) >= LEAST


def test_a_title_that_nothing_in_the_text_bears_out_counts_less() -> None:
    """It may be an abbreviation of something else."""
    guide = topic("nerve-conduction-study")
    alone = opening("NCS-1 in the frontal lobe", *KNEE)
    borne_out = opening("NCS in the hand", "Nerve conduction studies were done.", *KNEE)
    assert score(guide, alone) < score(guide, borne_out)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Three wexford fevers", True),
        ("On wexford fever", True),
        ("On wexford feverishness", False),
        ("On newexford fever", False),
    ],
)
def test_a_name_is_found_as_whole_words(title: str, found: bool) -> None:
    guide = topic("", name="wexford fever")
    assert (score(guide, opening(title)) > 0) == found


def test_a_bangla_name_may_have_an_ending() -> None:
    guide = topic("", name="ওয়েক্সফোর্ড জ্বর")
    assert score(guide, opening("ওয়েক্সফোর্ড জ্বরের চিকিৎসা")) > 0
