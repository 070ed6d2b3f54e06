"""Places in a clean page's Markdown where faults are planted."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[str, random.Random], "str | None"]


def sentences(page: str) -> list[str]:
    """The lines of running text of a page, without headings, items, tables and references."""
    body = re.split(r"^## (?:References|Referencias|তথ্যসূত্র)", page, flags=re.MULTILINE)[0]
    kept = [
        line
        for line in body.split("\n")
        if len(line) > 60 and not line.startswith(("#", "-", "|", "1.", "2.", "By ", "Por "))
    ]
    return [one for one in kept if not one.startswith("লেখক")]


def items(page: str) -> list[str]:
    """The list items of a page, references apart."""
    body = re.split(r"^## (?:References|Referencias|তথ্যসূত্র)", page, flags=re.MULTILINE)[0]
    return [line for line in body.split("\n") if line.startswith("- ") and len(line) > 30]


def in_sentence(change: Callable[[str, random.Random], str | None]) -> Change:
    """A fault in one line of running text, or in an item where the page has none."""

    def apply(page: str, chance: random.Random) -> str | None:
        some = sentences(page) + items(page)
        chance.shuffle(some)
        for line in some:
            changed = change(line, chance)
            if changed and changed != line:
                return page.replace(line, changed, 1)
        return None

    return apply


def replaced(pattern: str, *new: str) -> Change:
    """The first match of a pattern in the page replaced by one of these."""

    def apply(page: str, chance: random.Random) -> str | None:
        changed = re.sub(pattern, lambda _: chance.choice(new), page, count=1, flags=re.MULTILINE)
        return changed if changed != page else None

    return apply


def between(line: str, chance: random.Random, insert: str) -> str | None:
    """A line with something put between two of its words."""
    spaces = [one.start() for one in re.finditer(r"(?<=\w) (?=\w)", line)]
    if not spaces:
        return None
    at = chance.choice(spaces)
    return line[:at] + insert + line[at + 1 :]


def paragraph(*texts: str) -> Change:
    """A paragraph of its own, put in front of a random heading."""

    def apply(page: str, chance: random.Random) -> str | None:
        places = [one.start() for one in re.finditer(r"^## ", page, re.MULTILINE)]
        places = places[1:-1] or places
        if not places:
            return None
        at = chance.choice(places)
        return f"{page[:at]}{chance.choice(texts)}\n\n{page[at:]}"

    return apply


def section(*texts: str) -> Change:
    """A section with its heading, put in front of a random one, the references apart."""
    return paragraph(*texts)
