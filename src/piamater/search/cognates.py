"""Cognates: the English form of a Spanish word of Greek or Latin origin, where the index has it.

"infección" finds "infection" and "neumonía" does not: only regular endings are changed, and a
form counts only if some passage holds it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from piamater.vocabulary.fold import fold

_SHORTEST = 5


def english_cognates(text: str, held: Callable[[str], int]) -> list[str]:
    """The English cognates of the words of a Spanish text; ``held`` counts a word's passages."""
    found: list[str] = []
    for word in re.findall(r"[^\W\d_]+", fold(text)):
        if len(word) >= _SHORTEST:
            best = next((form for form in _forms(word) if held(form)), "")
            if best:
                found.append(best)
    return list(dict.fromkeys(found))


def _forms(word: str) -> Iterator[str]:
    """Possible English forms of a word, the likeliest first."""
    endings, within = _rules()
    bases = [word[: -len(old)] + new for old, new in endings if word.endswith(old)]
    yield from (*bases, word)
    for base in bases:
        for old, new in within:
            for match in re.finditer(old, base):
                yield base[: match.start()] + new + base[match.end() :]


@cache
def _rules() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    text = (files("piamater.search") / "data" / "cognates.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    return (
        tuple((old, new) for old, new in tables["endings"]),
        tuple((old, new) for old, new in tables["within"]),
    )
