"""SF004: danger signs that come only near the end of a page."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import boxes, for_patients
from piamater.checks.sf.words import read

_SHARE = 0.6
_SHORTEST = 1500


def check(page: Page) -> Iterator[Hit]:
    """Pages for patients whose first danger box starts behind most of the text.

    The site shows a guide's danger signs before its text, wherever the file has them.
    """
    if page.form == "guide":
        return
    found = [one for one in boxes(page) if one.emergency and one.listed]
    if not found or not for_patients(page):
        return
    before = sum(one.end - one.start for one, _ in read(page) if one.end <= found[0].start)
    whole = sum(one.end - one.start for one, _ in read(page))
    limit = page.settings.option("SF004", "share", _SHARE)
    if whole < page.settings.option("SF004", "shortest", _SHORTEST) or before <= limit * whole:
        return
    one = found[0]
    yield Hit(
        one.passages[0].start,
        one.passages[0].end,
        f"the danger signs come only after {round(100 * before / whole)} % of the page",
        "put the danger signs and the number to call first on the page",
    )


RULE = Rule(
    "SF004",
    "danger-signs-late",
    Severity.WARNING,
    "The danger signs stand behind most of the page's text.",
    "Who needs help at once does not read to the end; what is urgent stands first.",
    "NHS service manual: care cards, "
    "https://service-manual.nhs.uk/design-system/patterns/help-users-decide-when-and-where-to-get-care",
    Example(
        "---\naudience: patient\n---\n# Brain tumour\n\n## What it is\n\n"
        + "You may have heard that a tumour is a growth of cells in your brain.\n\n" * 30
        + "## Emergency\n\nCall 112 for a seizure or confusion.\n"
    ),
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 112 for a seizure or confusion.\n\n"
        "## What it is\n\n"
        + "You may have heard that a tumour is a growth of cells in your brain.\n\n"
        * 30
    ),
    page=check,
    options=(
        ("share", _SHARE, "share of the text that may stand before the danger signs"),
        ("shortest", _SHORTEST, "characters of a page that is held to it"),
    ),
)
