"""EV001: a claim without any citation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.claims import ClaimKind
from piamater.checks.ev.cover import cites_by_name, covered
from piamater.checks.ev.papers import is_paper
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

_TOLD_ELSEWHERE = frozenset(
    {"summary", "takeaways", "conclusion", "questions", "danger", "see-doctor", "types"}
)
"""Sections that tell the page's own case, or again what its body tells with citations."""
_NEED_ONE = frozenset(
    {ClaimKind.DOSE, ClaimKind.FREQUENCY, ClaimKind.OUTLOOK, ClaimKind.ACCURACY, ClaimKind.EFFECT,
     ClaimKind.CAUSE}
)  # fmt: skip
_OWN_STORY = re.compile(
    r"\b(?:we|our|us|(?:the|this) patient|she|he|her|his|this case|fig(?:ure)?s?|\d+-year-old)\b"
    r"|\b(?:presentamos|nuestr[oa]s?|(?:el|la|una?) paciente|este caso|figuras?)\b"
    r"|রোগী(?:র|কে|টি)\b"
)
_WORDS = 6
_LOOSE = 0.25
"""The share of uncited claims from which a page is told as a whole."""
_FEW = 3
_MANY = 12
_FRAGMENT = 12
"""Words of a list item without a figure that may still be a heading of what follows."""
_POINTS = re.compile(
    r"^(?:table|figure|box|tabla|figura|cuadro)\b|\b(?:see|refer to) the\b|\bpdq\b"
    r"|\b(?:discussed|described|summari[sz]ed) (?:in|below|above)\b|\bsumarios?\b"
)


def check(page: Page) -> Iterator[Hit]:
    """The page as a whole where nothing is cited, else its claims that no marker speaks for."""
    claims = page.claims
    if not claims or cites_by_name(page) or (is_paper(page) and page.type != "case-report"):
        return
    done = covered(page)
    if not any(one.start in done for one, _ in claims):
        listed = page.entries and not page.citations
        yield Hit(
            0,
            0,
            f"no citation mark was recognised in the text, which makes {len(claims)} claims, "
            f"though the page lists {len(page.entries)} references"
            if listed
            else f"none of the {len(claims)} claims of this page carries a citation",
            "put the source's number behind each sentence that says something about health, or "
            "say where the page's sources can be had",
        )
        return
    told = {page.section(one).start for one, _ in claims if one.start in done}
    need = [(one, kind) for one, kind in claims if kind in _NEED_ONE and not _own(page, one, told)]
    bare = [(one, kind) for one, kind in need if one.start not in done]
    if len(bare) > _MANY or (len(bare) > _LOOSE * len(need) and len(bare) > _FEW):
        yield _loose(bare[0][0], len(bare), len(need))
        return
    for one, kind in bare:
        yield Hit(
            one.start,
            one.end,
            f"this claim ({kind}) carries no citation, while others on the page do",
            "cite the source that says this, or leave the sentence out",
        )


def _loose(first: Passage, bare: int, of: int) -> Hit:
    """One hit for a page that cites here and there."""
    return Hit(
        first.start,
        first.end,
        f"{bare} of the {of} claims about doses, effects, causes, frequency or outlook have no "
        "citation in their sentence, paragraph or list; this is the first",
        "cite each claim where it stands, not only the first of a section",
    )


def _own(page: Page, passage: Passage, told: set[int]) -> bool:
    """Whether a claim is told in its page's own right: a case's story, a fragment, a summary.

    ``told`` are the starts of the sections that cite somewhere.
    """
    kind = page.kind(passage)
    if kind == "case" or (kind in _TOLD_ELSEWHERE and page.section(passage).start not in told):
        return True
    said = fold(page.said(passage))
    words = len(said.split())
    if words < _WORDS or _POINTS.search(said):
        return True
    if passage.form is Form.ITEM and words < _FRAGMENT and not re.search(r"\d|[.।!?]\W*$", said):
        return True
    own = is_paper(page) or page.type == "case-report"
    return own and bool(_OWN_STORY.search(said))


RULE = Rule(
    "EV001",
    "claim-without-citation",
    Severity.INFO,
    "A claim about health carries no citation.",
    "A reader cannot check, and an editor cannot keep true, what names no source.",
    "PIF TICK criteria: information is based on reliable, up-to-date evidence, https://piftick.org.uk/",
    Example("# Wexford fever\n\n## Treatment\n\nDoxycycline cures the fever in most patients.\n"),
    Example(
        "# Wexford fever\n\n## Treatment\n\nDoxycycline cures the fever in most patients.[1]\n\n"
        "## References\n\n1. Archer B. Doxycycline in meningitis. https://doi.org/10.1000/182\n"
    ),
    page=check,
    precision=0.95,
    reviewed="5 findings on five seed pages, 30 of 76 on PDQ, 20 of 398 on MedQuAD answers",
)
