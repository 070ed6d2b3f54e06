"""SF009: advice that belongs to another condition than the page's."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.advice import foreign

_FEWEST = 2


def check(page: Page) -> Iterator[Hit]:
    """Two different pieces of advice for one other family of conditions, on a page about none."""
    for family, clues in foreign(page):
        kinds = {clue for *_, clue in clues}
        if len(kinds) < page.settings.option("SF009", "fewest", _FEWEST):
            continue
        told: set[int] = set()
        for passage, *_ in clues:
            if passage.start in told:
                continue
            told.add(passage.start)
            yield Hit(
                passage.start,
                passage.end,
                f"this is advice for {family.name}, and the page is about {page.title.strip()}",
                "take it out, or give advice that a source gives for this condition",
            )


RULE = Rule(
    "SF009",
    "advice-for-another-condition",
    Severity.ERROR,
    "A page gives advice that belongs to another condition.",
    "Who has cancer in the linings of the spine and reads of posture and pain tablets loses days.",
    "PIF TICK criteria: information is based on reliable, up-to-date evidence, https://piftick.org.uk/",
    Example(
        "# Leptomeningeal metastases\n\n## Safe first steps\n\n- Avoid heavy lifting and sudden "
        "bending.\n- Use comfortable posture.\n- Discuss physiotherapy, X-ray or MRI.\n"
    ),
    Example(
        "# Low back pain\n\n## Safe first steps\n\n- Avoid heavy lifting and sudden bending.\n"
        "- Use comfortable posture.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="16 read of 16: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
    options=(("fewest", _FEWEST, "pieces of foreign advice before they are told"),),
)
