"""Names: people's names in a reader's text, found by what stands before them and by what they are.

After a word that tells of a person ("my wife", "mi cuñado", "Dr", "আমার বোন") any word with a
capital is taken for a name unless it is known to be something else, and a word without one where
it is a known name. Known given names count anywhere. A name that was found is looked for again in
the rest of the text. Words, names and cues are data: ``data/names.toml``, ``data/name_cues.toml``.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

Span = tuple[int, int]

_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*")
_GAP = regex.compile(r"\.? +|, (?=\p{Lu})")
_PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "van", "von", "der", "bin", "al", "el", "y", "e", "da", "do")
)
_ANOTHER = regex.compile(r"(?:,? (?:and|y|e|&) |, )(?=\p{Lu})")
_BANGLA_WORD = regex.compile(r" ?([\u0980-\u09ff.]+)")
_LONGEST = 5
"""Tokens of a name at most."""


def names(text: str) -> Iterator[Span]:
    """The places of people's names in a text, in no order; they may overlap."""
    found = sorted({*_after_cues(text), *_alone(text), *_bangla(text)})
    yield from found
    yield from _again(text, found)


@dataclass(frozen=True, slots=True)
class _Known:
    """Folded names and words, and the patterns of what stands before and after names."""

    given: frozenset[str]
    family: frozenset[str]
    bangla: frozenset[str]
    never: frozenset[str]
    acronyms: frozenset[str]
    cues: tuple[tuple[regex.Pattern[str], str], ...]
    before: regex.Pattern[str]
    after: regex.Pattern[str]
    bangla_cues: regex.Pattern[str]
    bangla_after: regex.Pattern[str]
    bangla_never: regex.Pattern[str]


@cache
def _known() -> _Known:
    folder = files("piamater.answers") / "data"
    some = tomllib.loads((folder / "names.toml").read_text("utf-8"))
    cues = tomllib.loads((folder / "name_cues.toml").read_text("utf-8"))
    lists = tomllib.loads((folder / "identifiers.toml").read_text("utf-8"))["words"]
    given = [*some["given"].split(), *some["short"].split(), *lists["given"], *lists["hispanic"]]
    never = frozenset(fold(one) for one in cues["never"].split())
    return _Known(
        frozenset(fold(one) for one in given) - never,
        frozenset(fold(one) for one in some["family"].split()) - never,
        frozenset(
            nfc(one)
            for one in [*some["bangla"].split(), *some["bangla_own"].split(), *lists["bangla"]]
        ),
        never,
        frozenset(cues["acronyms"].split()),
        tuple(
            (regex.compile(one), name)
            for name in ("cues", "cues_title", "cues_known")
            for one in cues[name]
        ),
        regex.compile(cues["before"]),
        regex.compile(cues["after"]),
        regex.compile(nfc(cues["bangla"]["cues"])),
        regex.compile(nfc(cues["bangla"]["after"])),
        regex.compile(nfc(cues["bangla"]["never"])),
    )


def fold(word: str) -> str:
    """A word without capitals and accents."""
    plain = unicodedata.normalize("NFD", word.replace("’", "'"))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def nfc(text: str) -> str:
    """Bangla letters as Unicode composes them; the letters it never composes stay two."""
    return unicodedata.normalize("NFC", text)


def _after_cues(text: str) -> Iterator[Span]:
    for cue, which in _known().cues:
        for match in cue.finditer(text, overlapped=True):
            span = _name_at(text, match.end(), which)
            while span:
                yield span
                more = _ANOTHER.match(text, span[1])
                span = _name_at(text, more.end(), which) if more else None


def _name_at(text: str, at: int, which: str) -> Span | None:
    """The name that begins at a place after a cue of such a kind, if one does."""
    first = _TOKEN.match(text, at)
    if first is None or _never(first[0]):
        return None
    family = which == "cues_title" and first[0].islower() and fold(first[0]) in _known().family
    if not (_capital(first[0]) or _small(first[0]) or family):
        return None
    if which == "cues_known" and fold(first[0]) not in _known().given:
        return None
    end = _end_of(text, first.end(), first[0].islower())
    if end is None or _known().after.match(text, first.end()):
        return None
    return first.start(), end


def _never(word: str) -> bool:
    """Whether a word is known to be no name; "I've" and "Mum's" are as "I" and "Mum"."""
    before, _, ending = word.replace("’", "'").partition("'")
    contracted = ending.lower() in ("", "s", "m", "ve", "d", "ll", "re", "t")
    return contracted and fold(before) in _known().never


def _end_of(text: str, end: int, small: bool) -> int | None:
    """Where a name ends that has begun: with family names, particles between them or not.

    None where the whole is what an illness or a place is called.
    """
    at = end
    for _ in range(_LONGEST - 1):
        gap = _GAP.match(text, at)
        token = _TOKEN.match(text, gap.end()) if gap else None
        if gap is None or token is None or gap[0].startswith((".", ",")):
            break
        at = token.end()
        word = fold(token[0])
        if token[0] in _PARTICLES and not small:
            continue
        known = word in _known().family or word in _known().given
        if _capital(token[0]) and _known().after.match(text, at):
            return None
        if _never(token[0]):
            break
        if (token[0].islower() and known and small) or (_capital(token[0]) and not small):
            end = at
        else:
            break
    return end


def _capital(word: str) -> bool:
    """Whether a word is written as a name is, or is a known name in capitals alone."""
    if word.isupper():
        return len(word) > 3 and word not in _known().acronyms and fold(word) in _known().given
    inner = word[1:].replace("-", "").replace("’", "").replace("'", "")
    return word[:1].isupper() and (inner[:1].islower() or inner[1:2].islower())


def _small(word: str) -> bool:
    """Whether a word in small letters is a known given name."""
    return word.islower() and len(word) > 2 and fold(word) in _known().given


def _alone(text: str) -> Iterator[Span]:
    """Known given names with a capital, with what follows; not what is called after them."""
    known = _known()
    for token in _TOKEN.finditer(text):
        word = token[0]
        if not _capital(word) or len(word) < 3 or fold(word) not in known.given:
            continue
        if known.before.search(text, max(0, token.start() - 30), token.start()):
            continue
        end = _end_of(text, token.end(), small=False)
        if end is None or known.after.match(text, token.end()):
            continue
        yield token.start(), end


def _bangla(text: str) -> Iterator[Span]:
    """A word after "my sister" and its like that is a known name, or is followed as names are."""
    known = _known()
    for match in known.bangla_cues.finditer(text):
        at, end = match.end(), match.end()
        for _ in range(3):
            token = _BANGLA_WORD.match(text, end)
            if token is None:
                break
            stem = _stem(nfc(token[1]), known.bangla)
            following = _BANGLA_WORD.match(text, token.end())
            likely = end == at and (
                known.bangla_after.match(text, token.end())
                or (following and _follows_as_a_name(text, following, known))
            )
            likely = likely or (end > at and known.bangla_after.match(text, token.end()))
            if known.bangla_never.fullmatch(nfc(token[1])) or not (stem or likely):
                break
            end = token.end()
        if end > at:
            yield at, end


def _follows_as_a_name(text: str, word: regex.Match[str], known: _Known) -> bool:
    """Whether the word after a first one is a known name, or ends what is followed as names are."""
    bare = nfc(word[1])
    if bare in known.bangla:
        return True
    ended = known.bangla_after.match(text, word.end())
    return bool(ended) and not known.bangla_never.fullmatch(bare)


def _stem(word: str, known: frozenset[str]) -> str:
    """The known name that a word is, with a case ending or without; empty where it is none."""
    for ending in ("", "র", "ের", "কে", "য়ের", "ও"):
        if word.endswith(ending) and word.removesuffix(ending) in known:
            return word.removesuffix(ending)
    return ""


def _again(text: str, found: list[Span]) -> Iterator[Span]:
    """Where a word of a name that was found stands once more, with a capital as before."""
    known = _known()
    words = {
        token[0]
        for start, end in found
        for token in _TOKEN.finditer(text, start, end)
        if len(token[0]) > 2 and token[0][0].isupper() and not _never(token[0])
    }
    for token in _TOKEN.finditer(text):
        whole = token[0].removesuffix("'s").removesuffix("’s")
        if whole in words and not known.after.match(text, token.end()):
            yield token.start(), token.start() + len(whole)
