"""SF002: danger signs that fit every illness and so tell nothing of this one."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import Box, boxes, covered, listed_signs, most, words
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold


def check(page: Page) -> Iterator[Hit]:
    """Danger boxes whose signs are general, where the page's own symptoms hold better ones."""
    own = set(listed_signs(page))
    for box in boxes(page):
        if not box.listed or not box.emergency:
            continue
        vague = _vague(page, box)
        if not vague:
            continue
        named = covered(box)
        disowned = words("disowned").search(box.words)
        if named and not disowned and (not own or 2 * len(own & named) >= len(own)):
            continue
        left = [one for one in listed_signs(page) if one not in named]
        yield Hit(
            vague[0].start,
            vague[0].end,
            "this danger box speaks in generalities"
            + (
                f" and leaves out {most(page, left)}, which the page's symptoms hold"
                if left
                else ""
            ),
            "name the signs of this very topic that need help at once, one a line",
        )


def _vague(page: Page, box: Box) -> list[Passage]:
    items = [one for one in box.passages if one.form is Form.ITEM] or list(box.passages)
    return [one for one in items if words("generic").search(fold(page.said(one)))]


RULE = Rule(
    "SF002",
    "generic-danger-signs",
    Severity.WARNING,
    "A danger box names only signs that fit every illness.",
    '"Severe symptoms" tells a frightened reader nothing; the signs of this illness would.',
    "NHS inform style guide: include the symptoms in the care card itself, "
    "https://www.nhsinform.scot/style-guide/components/",
    Example(
        "# Leptomeningeal disease\n\n## Seek urgent medical care if you notice\n\n"
        "- Severe symptoms or rapidly worsening illness.\n- Any symptom that feels urgent.\n\n"
        "## Symptoms\n\n- seizures\n- facial palsy\n"
    ),
    Example(
        "# Leptomeningeal disease\n\n## Seek urgent medical care if you notice\n\n"
        "- a seizure\n- a face that droops\n- any other severe symptom\n\n"
        "## Symptoms\n\n- seizures\n- facial palsy\n"
    ),
    page=check,
    precision=1.0,
    reviewed="6 read of 6: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
