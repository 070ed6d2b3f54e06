"""CN014: a sign is an emergency on one page and a matter for the doctor on another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piamater.checks.cn.statements import CONFLICTING, short
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Passage

_TYPES = frozenset({"danger-sign", "symptom", "sign"})


_COVERED = 0.7
"""Share of an item that the names of its one sign must take up."""


def check(pages: Sequence[Page]) -> Iterator[tuple[Page, Hit]]:
    """Items that name one sign and nothing else, under danger here and see-a-doctor there."""
    urgent: dict[tuple[str, str], tuple[Page, str]] = {}
    for page in pages:
        for concept, one in _signs(page, "danger"):
            urgent.setdefault((page.language, concept), (page, page.said(one)))
    for page in pages:
        own = {concept for concept, _ in _signs(page, "danger")}
        for concept, one in _signs(page, "see-doctor"):
            found = urgent.get((page.language, concept))
            if found and found[0] is not page and concept not in own:
                yield (
                    page,
                    Hit(
                        one.start,
                        one.end,
                        f"on {found[0].name} this is an emergency: {short(found[1])}",
                        "give one sign one urgency, or say what makes the difference",
                    ),
                )


def _signs(page: Page, kind: str) -> Iterator[tuple[str, Passage]]:
    known = vocabulary()
    for one in page.of_kind(kind):
        if one.form is not Form.ITEM or len(page.said(one)) > 60:
            continue
        named = {
            each.concept
            for each in page.mentions(one)
            if (concept := known.get(each.concept)) and concept.type in _TYPES
        }
        said = "".join(re.findall(r"[^\s\d\[\](),.;]{4,}", page.said(one)))
        broad = {each for each in named if any(each in known.ancestors(two) for two in named)}
        narrow = named - broad
        covered = sum(
            each.end - each.start for each in page.mentions(one) if each.concept in narrow
        )
        if len(narrow) == 1 and covered >= _COVERED * len(said):
            yield next(iter(narrow)), one


RULE = Rule(
    "CN014",
    "library-urgency-differs",
    Severity.WARNING,
    "A sign is an emergency on one page and a matter for the doctor on another.",
    "The reader of the second page waits for an appointment.",
    CONFLICTING,
    Example(
        "# Wexford fever\n\n## When to see a doctor\n\n- headache\n- seizures\n",
        "a.md",
        (Example("# Meningitis\n\n## Emergency\n\nCall 112 for:\n\n- seizures\n", "b.md"),),
    ),
    Example(
        "# Wexford fever\n\n## When to see a doctor\n\n- headache\n",
        "a.md",
        (Example("# Meningitis\n\n## Emergency\n\nCall 112 for:\n\n- seizures\n", "b.md"),),
    ),
    library=check,
    reviewed=(
        "no finding between the seed pages, the clean pages of a language, 60 PDQ summaries "
        "and 500 MedQuAD pages; known by its planted faults only"
    ),
)
