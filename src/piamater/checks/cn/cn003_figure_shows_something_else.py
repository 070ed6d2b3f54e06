"""CN003: a figure is made by another method than the sentence that points to it says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.cn.parts import captions
from piamater.checks.cn.statements import short
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form
from piamater.vocabulary.fold import fold

_POINTER = re.compile(
    r"[(\[]\s*(?:see )?(?:fig(?:ure|ura)?s?\.?|চিত্র)\s*(\d+)\s?[a-zA-Z]?\s*[)\]]", re.IGNORECASE
)


def check(page: Page) -> Iterator[Hit]:
    """Sentences on tissue that point to a scan alone, and the other way round."""
    shown = captions(page)
    if not shown:
        return
    for one in page.content(Form.SENTENCE, Form.ITEM):
        text = page.said(one)
        for found in _POINTER.finditer(text):
            caption = shown.get(int(found[1]))
            if caption is None or caption.startswith(text):
                continue
            told, seen = _methods(text[: found.start()]), _methods(caption)
            if len(told) == 1 and len(seen) == 1 and told != seen:
                yield Hit(
                    one.start + found.start(),
                    one.start + found.end(),
                    f"the sentence speaks of {_name(told)}, but the figure shows {_name(seen)}: "
                    f"{short(caption)}",
                    "point to the figure that shows it, or move the pointer to its own sentence",
                )


def _methods(text: str) -> frozenset[str]:
    low = fold(text)
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(low))


def _name(methods: frozenset[str]) -> str:
    return {"scan": "a scan", "tissue": "a tissue sample"}[next(iter(methods))]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = (files("piamater.checks") / "data" / "figure_methods.toml").read_text("utf-8")
    methods = tomllib.loads(text)["methods"]
    return {name: re.compile("|".join(some)) for name, some in methods.items()}


RULE = Rule(
    "CN003",
    "figure-shows-something-else",
    Severity.WARNING,
    "A sentence points to a figure that shows something else.",
    "The reader looks for the proof of a finding and is shown another.",
    "CARE guidelines for case reports (Gagnier et al. 2013): diagnostic methods and findings, "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3844611",
    Example(
        "# Wexford fever\n\nA biopsy showed infiltration by monocytes (Fig. 1).\n\n"
        "Figure 1. MRI with a contrast-enhancing mass of the neck.\n"
    ),
    Example(
        "# Wexford fever\n\nAn MRI showed a mass of the neck (Fig. 1).\n\n"
        "Figure 1. MRI with a contrast-enhancing mass of the neck.\n"
    ),
    page=check,
    precision=1.0,
    reviewed=(
        "the one finding on the five seed pages, and none on 80 journal articles and 60 PDQ "
        "summaries, were read"
    ),
)
