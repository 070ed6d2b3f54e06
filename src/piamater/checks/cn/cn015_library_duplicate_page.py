"""CN015: two pages of a library say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from piamater.checks.cn.statements import CONFLICTING
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_SHARE = 0.6
_LEAST = 4
_LONG = 30
"""Characters from which a sentence is not repeated by chance."""


def check(pages: Sequence[Page]) -> Iterator[tuple[Page, Hit]]:
    """Pages most of whose sentences stand, word for word, in another page."""
    held: dict[str, list[int]] = {}
    sizes: list[int] = []
    for place, page in enumerate(pages):
        said = {
            " ".join(page.said(one).lower().split())
            for one in page.content()
            if one.end - one.start >= _LONG
        }
        sizes.append(len(said))
        common = Counter(other for one in said for other in held.get(one, ()))
        for other, shared in common.most_common(1):
            if shared >= _LEAST and shared >= _SHARE * max(sizes[place], sizes[other]):
                yield (
                    page,
                    Hit(
                        0,
                        0,
                        f"{shared} of its {sizes[place]} statements stand word for word in "
                        f"{pages[other].name}",
                        "keep one page and lead the other's address to it",
                    ),
                )
        for one in said:
            held.setdefault(one, []).append(place)


_TEXT = (
    "Wexford fever is an infection of the meninges.\n\nTicks carry the bacteria that cause it.\n\n"
    "Doxycycline cures it within two weeks.\n\nMost people recover without any lasting harm.\n"
)
RULE = Rule(
    "CN015",
    "library-duplicate-page",
    Severity.WARNING,
    "Two pages of a library say the same.",
    "One of the two will be brought up to date and the other forgotten.",
    CONFLICTING,
    Example(f"# Wexford fever\n\n{_TEXT}", "a.md", (Example(f"# Tick fever\n\n{_TEXT}", "b.md"),)),
    Example(
        f"# Wexford fever\n\n{_TEXT}",
        "a.md",
        (
            Example(
                "# Tick bites\n\nDoxycycline cures it within two weeks.\n\n"
                "A tick is pulled out with tweezers.\n\nThe skin is cleaned with soap.\n",
                "b.md",
            ),
        ),
    ),
    library=check,
)
