"""NU002: a risk in numbers that does not say over what time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import page_frequencies, page_percentages
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, for_patients

_RISK = re.compile(r"\b(?:risk|chance|likelihood|probability|riesgo|probabilidad)\b|ঝুঁকি|সম্ভাবনা")
_TIME = re.compile(
    r"\b(?:year|month|week|day|hour|lifetime|life|age|ever|annual|pregnan|birth|carrier|daughter|sons?\b|decreas|reduc|child|inherit"
    r"|parent|each time|at once|during|after"
    r"|within|before|by the|surger|operation|procedure|dose|ano|mes|semana|dia|vida|edad|embaraz"
    r"|despues|durante|hij)"
    r"|বছর|মাস|সপ্তাহ|দিন|জীবন|বয়স|গর্ভ|পরে|সময়"
)


def check(page: Page) -> Iterator[Hit]:
    """Risks told as a share of people in sentences that name no time."""
    if page.audience != "patient":
        return
    text = folded(page.text)
    open_: dict[int, bool] = {}
    for passage, share in [*page_percentages(page), *page_frequencies(page)]:
        if passage.start not in open_:
            said = text[passage.start : passage.end]
            timeless = _RISK.search(said) is not None and _TIME.search(said) is None
            open_[passage.start] = timeless and for_patients(page, passage)
        if open_[passage.start]:
            yield Hit(
                share.start,
                share.end,
                f"“{page.text[share.start : share.end]}” does not say over what time",
                "say in whom and over how many years, for example “in the next 10 years”",
            )


RULE = Rule(
    "NU002",
    "risk-without-time",
    Severity.INFO,
    "A risk in numbers does not say over what time.",
    "A risk of 1 in 100 a year and one over a lifetime are different risks.",
    "NICE patient experience guideline as told by NASGP: present the risk over a period of time, "
    "https://www.nasgp.org.uk/resource/patient-experience-in-adult-nhs-services/",
    Example("---\nkind: patient-information\n---\n# Stroke\n\nThe risk of a stroke is 4%.\n"),
    Example(
        "---\nkind: patient-information\n---\n# Stroke\n\nThe risk of a stroke is 4% over the next "
        "10 years.\n"
    ),
    page=check,
    default=False,
    precision=0.3,
    reviewed="8 findings in 701 MedQuAD answers were wrong (chances of inheritance, now left out)",
)
