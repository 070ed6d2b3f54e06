"""CN004: in one case, a finding is on the left in one sentence and on the right in another."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.cn.parts import abstract
from piamater.checks.cn.sides import Sided, sided
from piamater.checks.cn.statements import short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form


def check(page: Page) -> Iterator[Hit]:
    """Things that a case report puts on one side once and otherwise always on the other."""
    if page.type != "case-report":
        return
    head = {one.start for one in abstract(page)[0]}
    told: dict[str, list[tuple[Sided, str, int]]] = {}
    for one in page.content(Form.SENTENCE, Form.ITEM):
        if one.start in head:
            continue
        text = page.said(one)
        for each in sided(text, page.language):
            told.setdefault(each.thing, []).append((each, text, one.start))
    for thing, some in told.items():
        sides = [each.side for each, _, _ in some]
        rare = next((s for s in ("left", "right") if sides.count(s) == 1), "")
        other = {"left": "right", "right": "left"}.get(rare, "")
        if rare and sides.count(other) >= 2 and "both" not in sides:
            each, text, start = next(one for one in some if one[0].side == rare)
            where = next(text for one, text, _ in some if one.side == other)
            yield Hit(
                start + each.start,
                start + each.end,
                f"{rare} here, {other} elsewhere ({sides.count(other)} times “{thing}”): "
                f"{short(where)}",
                "compare with the patient's record; say so if both sides were affected",
            )


RULE = Rule(
    "CN004",
    "case-side-changes",
    Severity.WARNING,
    "In one case, a finding changes its side.",
    "One of the two is a slip, and readers cannot tell which.",
    "CARE guidelines for case reports (Gagnier et al. 2013): relevant findings, "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3844611",
    Example(
        "# Wexford fever: a case report\n\n## Case report\n\nA 40-year-old man had a left facial "
        "palsy. MRI showed a thick left facial nerve. The right facial palsy improved.\n"
    ),
    Example(
        "# Wexford fever: a case report\n\n## Case report\n\nA 40-year-old man had a left facial "
        "palsy. MRI showed a thick left facial nerve. The left facial palsy improved.\n"
    ),
    page=check,
    reviewed=(
        "no finding on 60 PDQ summaries, 401 MedQuAD answers, 80 journal articles, the seed "
        "pages and the clean pages; known by its planted faults only"
    ),
)
