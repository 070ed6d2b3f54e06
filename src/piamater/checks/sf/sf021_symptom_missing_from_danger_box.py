"""SF021: an emergency sign among the page's symptoms that its danger box leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import (
    Box,
    boxes,
    covered,
    for_patients,
    label,
    listed_signs,
    most,
    signs,
)
from piamater.text import Form
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Signs that the page lists as symptoms and its main danger box does not name."""
    main = _main(page)
    if main is None or not for_patients(page):
        return
    asked = {one.id for one in signs() if one.box}
    named = covered(main) | _same_heading(page, main)
    missing = [one for one in listed_signs(page) if one in asked and one not in named]
    if missing:
        at = listed_signs(page)[missing[0]]
        few = "sign is" if len(missing) == 1 else "signs are"
        yield Hit(
            at.start,
            at.end,
            f"{most(page, missing)}: the {few} listed as a symptom of this condition, "
            "but the page's danger box leaves it out",
            f"name {label(missing[0], page.language)} in the danger box, "
            "or say when it is no emergency",
            Severity.INFO if len(missing) == 1 else None,
        )


def _main(page: Page) -> Box | None:
    """The first emergency box under a heading of its own that names a sign; else the first list."""
    found = [one for one in boxes(page) if one.emergency and one.listed and _names(page, one)]
    return next((one for one in found if one.heading), found[0] if found else None)


def _names(page: Page, box: Box) -> bool:
    """Whether a box names signs: in an item, or two in its sentences."""
    items = [one for one in box.passages if one.form is Form.ITEM]
    if not items:
        return len(covered(box)) > 1
    said = [fold(page.said(one)) for one in items]
    return any(sign.words.search(each) for sign in signs() for each in said)


def _same_heading(page: Page, main: Box) -> frozenset[str]:
    """What lists of the same section name beside the main one."""
    section = main.passages[0].section
    some = [one for one in boxes(page) if one.passages[0].section == section]
    return frozenset(sign for one in some for sign in covered(one))


RULE = Rule(
    "SF021",
    "symptom-missing-from-danger-box",
    Severity.WARNING,
    "A symptom of the page that needs help at once is not in its danger box.",
    "A reader trusts the box to be complete: what it leaves out is taken for harmless.",
    "NHS inform style guide: include the symptoms in the care card itself, "
    "https://www.nhsinform.scot/style-guide/components/",
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 112 for:\n\n- new confusion\n\n## Symptoms\n\n"
        "- confusion\n- seizures\n\n## Living with it\n\nYou may feel tired. You can rest when you "
        "like. Your nurse can help you. Your doctor knows your case. You may need a scan.\n"
    ),
    Example(
        "# Brain tumour\n\n## Emergency\n\nCall 112 for:\n\n- new confusion\n- a first seizure\n\n"
        "## Symptoms\n\n- confusion\n- seizures\n"
    ),
    page=check,
    precision=1.0,
    reviewed="3 read of 3: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
