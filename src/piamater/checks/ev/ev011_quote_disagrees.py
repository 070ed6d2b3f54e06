"""EV011: a citation whose quote or text does not say what the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.bibliography import names_of, source_named
from piamater.checks.ev.support import disagreement, judged
from piamater.checks.page import Citation, Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.guides.numbers import unsupported_numbers
from piamater.text import Passage

_WHOLE = 3000
"""Letters from which a text that a library holds is more than an abstract."""
_MARKERS = re.compile(r"\[[\d,;\s\u2013-]+\]|\[\^[\w-]+\]")


def check(page: Page) -> Iterator[Hit]:
    """Statements against their quotes, or against the texts that the page's library holds."""
    if not page.citations:
        return
    for passage in page.content():
        cites = page.cited(passage)
        if not cites:
            continue
        quotes = _quotes(page, passage, cites)
        if quotes:
            yield from _against_quotes(page, passage, quotes)
        elif page.library is not None and page.form == "page":
            yield from _against_texts(page, passage, cites)


def _quotes(page: Page, passage: Passage, cites: tuple[Citation, ...]) -> list[str]:
    """What is quoted for a statement: by the citation itself, or by the reference."""
    found = [one for each in cites for one in each.quotes if one]
    if not found:
        entries = (page.entry(label, passage.start) for each in cites for label in each.labels)
        found = [one.quote for one in entries if one and one.quote]
    return found


def _against_quotes(page: Page, passage: Passage, quotes: list[str]) -> Iterator[Hit]:
    said = page.said(passage)
    if bad := unsupported_numbers(_MARKERS.sub(" ", said), quotes):
        yield Hit(
            passage.start,
            passage.end,
            f"none of the quotes behind this statement has {', '.join(bad)}",
            "give the figures of the quote, or quote the place that has these",
        )
        return
    for quote in quotes:
        if reason := disagreement(said, quote):
            if any(judged(said, one).verdict == "supports" for one in quotes if one != quote):
                continue
            yield Hit(
                passage.start,
                passage.end,
                f"the quote “{_short(quote)}” seems to say the contrary: {reason}",
                "read both side by side; say what the quote says, or quote what says this",
            )
            return


def _against_texts(page: Page, passage: Passage, cites: tuple[Citation, ...]) -> Iterator[Hit]:
    """Figures that stand in none of the cited texts, where the library holds all of them whole."""
    library = page.library
    assert library is not None
    said = _MARKERS.sub(" ", page.said(passage))
    if not re.search(r"\d", said):
        return
    texts = []
    for label in dict.fromkeys(label for each in cites for label in each.labels):
        entry = page.entry(label, passage.start)
        names = names_of(entry) if entry else ()
        source = next((one for name in names if (one := source_named(library, name))), "")
        if not source or library.corpus.version(source).record.looked_up:
            return
        texts.append(library.corpus.text(source))
    if min(map(len, texts), default=0) < _WHOLE:
        return
    if bad := unsupported_numbers(said, texts):
        yield Hit(
            passage.start,
            passage.end,
            f"the cited text, as the library holds it, nowhere has {', '.join(bad)}",
            "look the figure up in the source, and cite the one that has it",
        )


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= 120 else plain[:117] + "…"


_ANSWER = (
    '{{"question": "Does doxycycline cure it?", "language": "en", "outcome": "answered", '
    '"sections": [{{"heading": "Treatment", "statements": [{{"text": "{said}", "citations": '
    '[{{"number": 1, "quote": "Doxycycline cured the fever in 90% of patients."}}]}}]}}], '
    '"gaps": [], "references": [{{"number": 1, "title": "Doxycycline in Wexford fever", '
    '"url": "https://doi.org/10.1000/182", "source": "doi:10.1000/182"}}], "notice": "", '
    '"review": {{"state": "submitted", "on": "", "next_due": ""}}}}'
)

RULE = Rule(
    "EV011",
    "quote-disagrees",
    Severity.WARNING,
    "A citation's quote does not bear out the sentence, or says the contrary.",
    "One in four quotations of medical articles is wrong in some way, one in eight seriously; "
    "whoever trusts the number is misled.",
    "Jergas and Baethge, Quotation accuracy in medical journal articles, PeerJ 2015, "
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC4627914/table/table-2",
    Example(_ANSWER.format(said="Doxycycline cures the fever in 70% of patients."), "answer.json"),
    Example(_ANSWER.format(said="Doxycycline cures the fever in 90% of patients."), "answer.json"),
    page=check,
)
