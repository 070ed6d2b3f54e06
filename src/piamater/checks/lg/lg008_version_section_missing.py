"""LG008: a section of the original is missing from the version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piamater.checks.align import Pair, aligned
from piamater.checks.lg.compare import quoted
from piamater.checks.lg.examples import TRANSLATION_ERRORS
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_ALONE = 0.7
"""Share of a section's passages that must correspond to nothing."""


_REWRITTEN = 3
"""Headings of its own from which a version is another text, whose sections stand elsewhere."""


def check(original: Page, version: Page) -> Iterator[Hit]:
    """Headings of the original that correspond to none, with most of what stands under them."""
    pairs = aligned(original, version)
    if sum(one.heading and not one.original for one in pairs) > _REWRITTEN:
        return
    for place, one in enumerate(pairs):
        if not one.heading or one.version:
            continue
        under = _under(pairs, place)
        alone = [each for each in under if not each.version]
        if under and len(alone) >= _ALONE * len(under):
            before = next((each for each in reversed(pairs[:place]) if each.version), None)
            start, end = (before.version[0].start, before.end) if before else (0, 0)
            yield Hit(
                start,
                end,
                f"the original's section {quoted(one.original)} is missing behind this",
                "translate the section, or say that this version is shorter and why",
            )


def _under(pairs: Sequence[Pair], place: int) -> list[Pair]:
    """What stands under a heading of the original, up to the next heading."""
    found = []
    for one in pairs[place + 1 :]:
        if one.heading and one.original:
            break
        if one.original:
            found.append(one)
    return found


_ENGLISH = (
    "# Wexford fever\n\n## Symptoms\n\nThe fever starts with a headache.\n\n"
    "## Side effects of doxycycline\n\nDoxycycline can cause nausea and vomiting.\n\n"
    "Sunlight burns the skin of people who take it.\n\n## Outlook\n\nMost people recover.\n"
)
_SPANISH = (
    "# Fiebre de Wexford\n\n## Síntomas\n\nLa fiebre empieza con dolor de cabeza.\n\n{}"
    "## Pronóstico\n\nLa mayoría de las personas se recupera.\n"
)
RULE = Rule(
    "LG008",
    "version-section-missing",
    Severity.WARNING,
    "A section of a page is missing from its version in another language.",
    "Readers of the version never learn that there was more to know.",
    TRANSLATION_ERRORS,
    Example(_ENGLISH, "page.en.md", (Example(_SPANISH.format(""), "page.es.md"),)),
    Example(
        _ENGLISH,
        "page.en.md",
        (
            Example(
                _SPANISH.format(
                    "## Efectos secundarios de la doxiciclina\n\n"
                    "La doxiciclina puede causar náuseas y vómitos.\n\n"
                    "El sol quema la piel de quienes la toman.\n\n"
                ),
                "page.es.md",
            ),
        ),
    ),
    versions=check,
    precision=1.0,
    reviewed=(
        "both findings on 26 unchanged pairs of PDQ summaries were read; none on the clean guides"
    ),
)
