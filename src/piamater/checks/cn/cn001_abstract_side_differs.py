"""CN001: the abstract puts something on another side than the text."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.cn.parts import abstract
from piamater.checks.cn.sides import sided
from piamater.checks.cn.statements import short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form

ABSTRACTS = (
    "Pitkin et al. 1999, JAMA 281:1110: data in the abstract that the article does not bear out, "
    "https://scilit.net/publications/1a6bd4941f0081249aff3f70f30ece37"
)
"""Where the faults of abstracts are published."""


def check(page: Page) -> Iterator[Hit]:
    """Things on a side in the abstract that the text always puts on another."""
    if page.type != "case-report":
        return
    head, body = abstract(page)
    told: dict[str, dict[str, str]] = {}
    for one in body:
        if one.form is not Form.CAPTION:
            text = page.said(one)
            for each in sided(text, page.language):
                told.setdefault(each.thing, {}).setdefault(each.side, text)
    for one in head:
        text = page.said(one)
        for each in sided(text, page.language):
            sides = told.get(each.thing)
            if sides and each.side not in sides:
                other, where = next(iter(sides.items()))
                yield Hit(
                    one.start + each.start,
                    one.start + each.end,
                    f"the abstract says {each.side}, the text says {other}: {short(where)}",
                    "compare both with the patient's record and let them say the same",
                )


RULE = Rule(
    "CN001",
    "abstract-side-differs",
    Severity.ERROR,
    "The abstract puts a finding on another side than the text does.",
    "Most readers read the abstract alone and take the wrong side away.",
    ABSTRACTS,
    Example(
        "# Facial palsy in Wexford fever: a case report\n\n## Abstract\n\nA woman had a palsy "
        "of the bilateral facial and left peroneal nerves.\n\n## Case report\n\nExamination "
        "confirmed neuropathy of the left facial and both peroneal nerves.\n"
    ),
    Example(
        "# Facial palsy in Wexford fever: a case report\n\n## Abstract\n\nA woman had a palsy "
        "of the left facial and both peroneal nerves.\n\n## Case report\n\nExamination "
        "confirmed neuropathy of the left facial and both peroneal nerves.\n"
    ),
    page=check,
    precision=1.0,
    reviewed=(
        "both findings on the five seed pages were read; none on 60 PDQ summaries, 401 "
        "MedQuAD answers, 80 journal articles and the clean pages"
    ),
)
