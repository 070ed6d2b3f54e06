"""Writers: who wrote the words of a cell, through all that was put forward of its guide.

Each time a guide is put forward, the ledger keeps which phrases were new in each block: three words
in a row, each as a short hash. So words keep their writers when somebody else puts them forward
with a comma changed, or under another block's name, and lose them when they are written anew.

Somebody is a writer of a cell who

- put forward a change after which it read exactly like this;
- put something into its block of which a third or more still stands there; or
- wrote a fifth or more of its phrases, in this block or in another one of the guide; or
- was the first of all to write half or more of its phrases, in another guide (``FirstHands``).

To ask for a change makes nobody a writer; to put one forward does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b

import regex

from piamater.guides.review.cells import FORM, Cell, digests, form_of
from piamater.guides.review.entry import Entry

PHRASE = 3
"""Words of a phrase: one changed word makes three new ones, where two others stand beside it."""

KEPT = 3
"""One part in so many of what somebody put in must stand still to be called theirs."""

SHARE = 5
"""One part in so many of a cell makes whoever wrote it a writer of the whole."""

SHARE_ELSEWHERE = 2
"""The same for words of another guide, where some phrases are everybody's."""

FEWEST = 8
"""Phrases that a cell shares with another guide at least, before they are somebody's there."""

MARK = 8
"""Hexadecimal digits of a phrase's hash: two of a guide's phrases hardly ever share one."""

_WORD = regex.compile(r"\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\u200c\u200d]+")


@lru_cache(4_096)
def phrases(texts: tuple[str, ...], quotes: tuple[str, ...] = ()) -> frozenset[str]:
    """The phrases of some texts, as hashes; the ends of a text count as words, a quote as a phrase.

    Capitals and signs do not count, but those within a number do: 1.5 is not 15.
    """
    found = {f"@{one}" for one in quotes}
    for text in texts:
        words = ["", *_WORD.findall(text.casefold()), ""]
        for at in range(max(1, len(words) - PHRASE + 1)):
            found.add(" ".join(words[at : at + PHRASE]))
    return frozenset(
        blake2b(one.encode("utf-8", "surrogatepass"), digest_size=MARK // 2).hexdigest()
        for one in found
    )


def brought(submits: Iterable[Entry], draft: Iterable[Cell]) -> dict[str, dict[str, str]]:
    """The phrases of a draft that its blocks never had before, by language and block."""
    now: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cell in draft:
        now[cell.language, cell.block] |= phrases(cell.texts, cell.quotes)
    for one in submits:
        for language, blocks in _words(one).items():
            for block, written in blocks.items():
                now[language, block] -= _marks(written)
    form: dict[str, dict[str, str]] = {}
    for (language, block), new in now.items():
        if new:
            form.setdefault(language, {})[block] = "".join(sorted(new))
    return form


def writers(
    submits: Iterable[Entry], cell: Cell, taken_back: Container[int] = ()
) -> frozenset[str]:
    """The ids of all who wrote a cell's words, in what was put forward of its guide.

    Who is named in what was taken back counts as well, and so does who is named when the same
    words are put forward anew. What was put forward under an older form tells nothing of words:
    whoever is named there counts.
    """
    stands = phrases(cell.texts, cell.quotes)
    found: set[str] = set()
    shares: dict[str, set[str]] = defaultdict(set)
    before = ""
    for one in submits:
        named = _named(one, cell.language)
        if form_of(one.body) != FORM:
            found |= named
            continue
        put = (digests(one.body, cell) or ("",))[0]
        if put == cell.text != before:
            found |= named
        if one.number not in taken_back:
            before = put
        for block, written in _words(one).get(cell.language, {}).items():
            theirs = stands & _marks(written)
            if block == cell.block and len(theirs) * KEPT * MARK >= len(written):
                found |= named
            for each in named:
                shares[each] |= theirs
    return frozenset(
        found | {who for who, own in shares.items() if len(own) * SHARE >= len(stands)}
    )


class FirstHands:
    """Who was the first to put each phrase forward, in whichever guide; read when first asked."""

    def __init__(self, submits: Sequence[Entry]) -> None:
        self._submits = submits

    @cached_property
    def _first(self) -> dict[str, dict[str, frozenset[str]]]:
        found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        for one in self._submits:
            if form_of(one.body) != FORM:
                continue
            for language, blocks in _words(one).items():
                named = _named(one, language)
                for written in blocks.values():
                    for mark in _marks(written):
                        found[language].setdefault(mark, named)
        return found

    def writers(self, cell: Cell) -> frozenset[str]:
        """The ids of all who wrote most of a cell's words before anybody else did."""
        stands = phrases(cell.texts)
        first = self._first.get(cell.language, {})
        count = Counter(who for mark in stands for who in first.get(mark, ()))
        least = max(FEWEST, len(stands) / SHARE_ELSEWHERE)
        return frozenset(who for who, own in count.items() if own >= least)


def _named(submit: Entry, language: str) -> frozenset[str]:
    return frozenset({submit.by, *submit.body.get("writers", {}).get(language, ())})


def _words(submit: Entry) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = submit.body.get("words", {})
    return found


@lru_cache(4_096)
def _marks(written: str) -> frozenset[str]:
    return frozenset(written[at : at + MARK] for at in range(0, len(written), MARK))
