"""NU011: a frequency told as 1 in so many."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.nu.figures import page_frequencies
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import for_patients

_ROUND = frozenset({10.0, 100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0})


def check(page: Page) -> Iterator[Hit]:
    """Frequencies of patient pages that are one out of a number that is no power of ten."""
    if page.audience != "patient":
        return
    for passage, share in page_frequencies(page):
        alone = share.low == share.high and abs(share.low * share.whole - 100) < 1e-6
        if alone and share.whole not in _ROUND and for_patients(page, passage):
            told = f"about {share.low:.0f} out of every 100" if share.low >= 1 else "1 out of 1,000"
            yield Hit(
                share.start,
                share.end,
                f"“{page.text[share.start : share.end]}” is 1 in so many",
                f"tell it out of a power of ten: {told}",
            )


RULE = Rule(
    "NU011",
    "one-in-many",
    Severity.INFO,
    "A frequency is told as 1 in so many.",
    "Readers think a risk told as 1 in X is higher, and compare the X the wrong way round.",
    "Patient Information Forum: use the same number, such as out of 100, "
    "https://pifonline.org.uk/resources/how-to-guides/translated-health-information-a-quick-guide/communicating-benefits-risks-and-uncertainties/",
    Example("---\nkind: patient-information\n---\n# Meningitis\n\n1 in 6 people dies of it.\n"),
    Example(
        "---\nkind: patient-information\n---\n# Meningitis\n\n17 out of every 100 people die of "
        "it.\n"
    ),
    page=check,
    default=False,
    precision=0.6,
    reviewed="20 of 91 findings in 701 MedQuAD answers: rare diseases are better told as 1 in "
    "50,000",
)
