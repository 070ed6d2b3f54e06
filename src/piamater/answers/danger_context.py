"""What takes a danger sign back: it is denied, over, supposed, asked in general, or of nobody near.

The words that do so are meanings of ``data/danger_words.toml`` like all others.
"""

from __future__ import annotations

from piamater.answers.danger_words import BY_SOUND, Hit, Said

ACUTE = ("now", "sudden", "worse", "help", "lasting")
"""What says that a thing happens and is not only spoken of."""


def live(said: Said) -> Said:
    """What a sentence tells of today: not what is over, may be some day, or is of nobody near."""
    gone = gone_places(said)
    hits = {
        name: tuple(one for one in each if one.start not in gone)
        for name, each in said.hits.items()
    }
    return Said(said.words, said.clauses, {name: each for name, each in hits.items() if each})


def gone_places(said: Said) -> frozenset[int]:
    """The places of the words that tell nothing of today.

    A year or a time long past takes back its own clause, "fine now" all before it, an "if" all
    after it, each up to a "but"; a film or a text takes back the sentence. Nothing does where
    something is said to be so again or today.
    """
    if said.has("again"):
        return frozenset()
    gone: set[int] = set()
    for one in said.hits.get("past", ()):
        gone.update(range(_clause_start(said, one), _until(said, one)))
    for one in said.hits.get("over", ()):
        gone.update(range(_until(said, one)))
    for one in said.hits.get("someday", ()):
        gone.update(range(max(0, one.start - BEFORE_IF), len(said.words)))
    if said.has("elsewhere") and not _of_their_own(said):
        gone.update(range(len(said.words)))
    return frozenset(gone)


BEFORE_IF = 2
"""Words before an "if" that are of what may be: in Bangla it stands behind them."""

SHORT = 4
"""Words of a clause that only says when, so that the next is of then too ("in 2019, ...")."""


def _clause_start(said: Said, hit: Hit) -> int:
    return said.clauses.index(said.clauses[hit.start])


def _until(said: Said, hit: Hit) -> int:
    """Where the clause of a hit ends, or the "but" behind it stands."""
    first = _clause_start(said, hit)
    end = _clause_end(said, hit.end - 1)
    if end - first <= SHORT and first == 0 and end < len(said.words):
        end = _clause_end(said, end)
    turns = [one.start for one in said.hits.get("turn", ()) if hit.start < one.start < end]
    return turns[0] if turns else end


def _clause_end(said: Said, place: int) -> int:
    number = said.clauses[place]
    return len(said.clauses) - said.clauses[::-1].index(number)


def _of_their_own(said: Said) -> bool:
    """Whether somebody near is spoken of beside the text, film or animal."""
    last = said.hits["elsewhere"][-1]
    return any(one.start >= last.end for one in said.hits.get("somebody", ()))


def in_general(said: Said) -> bool:
    """Whether a sentence only asks about things, of nobody and of nothing that is so now."""
    if said.has(*ACUTE):
        return False
    return asks(said, said.clauses[-1] if said.clauses else 0) and not said.has("somebody")


def asks(said: Said, clause: int) -> bool:
    """Whether a clause is a question, by its first words or its mark."""
    at = [place for place, number in enumerate(said.clauses) if number == clause]
    if not at or said.has("help"):
        return False
    if said.words[-1][0] == "?" and said.clauses[-1] == clause:
        return True
    return any(
        one.start == at[0]
        or (one.start == at[0] + 1 and said.words[at[0]][0] in _GREETING)
        or _bangla(said, one)
        for one in said.hits.get("asking", ())
        if said.clauses[one.start] == clause
    )


_GREETING = frozenset(
    ["and", "so", "hi", "hello", "hey", "please", "but", "also", "y", "pero", "hola", "doctor"]
)
"""Words that may stand before the one that asks."""


def _bangla(said: Said, hit: Hit) -> bool:
    """Whether a hit is in Bangla, where the word that asks stands anywhere."""
    word = said.words[hit.start]
    return "\u0980" <= word[0][0] <= "\u09ff" or word[-1].startswith(BY_SOUND)


def not_denied(said: Said) -> Said:
    """A sentence without the meanings that it denies, as far as an "or" carries the denial."""
    gone: set[Hit] = set()
    every = [one for name, hits in said.hits.items() if name not in _GRAMMAR for one in hits]
    wordy = {
        at for name in ("no_goes_on",) for one in said.hits.get(name, ()) for at in _places(one)
    }
    for no in said.hits.get("no", ()):
        if any(one.start <= no.start < one.end and one.end - one.start > 1 for one in every):
            continue
        at = no.end
        while at < len(said.words) and said.clauses[at] - said.clauses[at - 1] < HARD:
            here = [one for one in every if one.start == at]
            if here:
                gone.update(here)
                at = max(one.end for one in here)
            elif at in wordy:
                at += 1
            else:
                break
    for no in said.hits.get("no_after", ()):
        if any(one.start <= no.start < one.end and one.end - one.start > 1 for one in every):
            continue
        gone.update(one for one in every if 0 <= no.start - one.end < 2)
    hits = {name: tuple(one for one in each if one not in gone) for name, each in said.hits.items()}
    return Said(said.words, said.clauses, {name: each for name, each in hits.items() if each})


HARD = 3
"""Clauses whose numbers are so far apart are parted by more than a comma."""

_GRAMMAR = frozenset(
    ["no", "no_goes_on", "no_after", "somebody", "other", "asking", "maybe", "now", "turn", "help",
     "sudden", "worse", "very", "lasting", "again", "severe", "past", "over", "hypothetical"]
)  # fmt: skip
"""Meanings that are no happenings: nothing denies them."""


def _places(hit: Hit) -> range:
    return range(hit.start, hit.end)
