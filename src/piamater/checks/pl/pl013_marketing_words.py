"""PL013: words that sell, on a page that should inform."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.denied import is_denied
from piamater.checks.page import Page
from piamater.checks.pl.phrases import find_phrases
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import SHOWN, folded


def check(page: Page) -> Iterator[Hit]:
    """Words of the list that the sentence does not deny, in the page's text and in what its site
    writes around it.
    """
    text = folded(page.text)
    for one in find_phrases(page, "marketing", *SHOWN):
        if is_denied(text, one.start, one.end, promise=True):
            continue
        yield Hit(
            one.start,
            one.end,
            f"“{page.text[one.start : one.end]}” is the language of advertising: {one.note}",
            "leave it out, or say the fact behind it with its source",
        )


RULE = Rule(
    "PL013",
    "marketing-words",
    Severity.WARNING,
    "A page about health praises, promises or presses like an advertisement.",
    "Readers who are ill take praise for evidence; what is said must be factual and neutral.",
    "NHS service manual, how we write: factual, neutral and unambiguous, "
    "https://service-manual.nhs.uk/content/how-we-write",
    Example("# Back pain\n\nBoost your knowledge and stay ahead in your health journey.\n"),
    Example("# Back pain\n\nMost back pain gets better within a few weeks.\n"),
    page=check,
    precision=1.0,
    reviewed="all 11 findings on five library pages; none in 701 MedQuAD answers, 60 PDQ pages, "
    "75 articles",
)
