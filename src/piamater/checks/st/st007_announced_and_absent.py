"""ST007: a page that announces parts that it does not have."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from piamater.checks.blocks import blocks, folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Form, Mark
from piamater.vocabulary.fold import fold

_ITSELF = re.compile(
    r"\b(?:in|use|on) (?:this|our) (?:article|guide|page|leaflet|post)\b"
    r"|\bthis (?:article|guide|page|leaflet) (?:will )?(?:explains?|covers?|describes?"
    r"|tells?|gives?)\b"
    r"|\b(?:here,? )?we(?: will|'ll|’ll)? (?:explain|cover|describe|discuss|look at|break "
    r"down|explore)\b"
    r"|\bread this (?:topic|article|guide|page)\b"
    r"|\b(?:en|use) (?:este|esta|nuestra) (?:articulo|guia|pagina|hoja)\b"
    r"|\b(?:este|esta) (?:articulo|guia|pagina|hoja) (?:explica|describe|trata)\b"
    r"|এই (?:নিবন্ধে|নির্দেশিকায়|নির্দেশিকায়|পাতায়|পাতায়|লেখায়|লেখায়)"
)
LEAST = 3
"""So many parts in one sentence are an announcement; fewer may be by the way."""


_WHAT = "table|chart|figure|diagram|picture|image|photo|photograph|illustration|graph|infographic"
_POINTS = re.compile(
    rf"(?P<what>{_WHAT}|video|tabla|figura|imagen|grafico) "
    r"(?:below|above|opposite|on the (?:left|right)|siguiente|de abajo)\b"
    rf"|\bthe following (?P<what2>{_WHAT}|video)\b"
    r"|(?:নিচের|নীচের|উপরের|ওপরের) (?P<what3>ছক|সারণি|টেবিল|ছবি|চিত্র)"
)
_TABLES = frozenset({"table", "tabla", "chart", "ছক", "সারণি", "টেবিল"})
_SEEN = re.compile(
    r"<(?:img|svg|picture|figure|video|iframe|object|canvas|embed)\b|!\[", re.IGNORECASE
)
_ROWS = re.compile(r"<table\b|^\s*\|.*\|\s*$|\t\S+\t", re.IGNORECASE | re.MULTILINE)


def check(page: Page) -> Iterator[Hit]:
    """Parts of the page that a sentence lists and no heading has, and tables and pictures that a
    sentence points to and that are nowhere.
    """
    yield from _pointed(page)
    yield from _listed(page)


def _pointed(page: Page) -> Iterator[Hit]:
    """The table below, the picture above, on a page that has none."""
    if not page.raw or not any(one in folded(page) for one in _POINTING):
        return
    rows = any(one.form is Form.ROW for one in page.document.passages)
    found = list(_POINTS.finditer(folded(page)))
    if not found:
        return
    drawn = rows or _SEEN.search(page.raw) is not None or _ROWS.search(page.raw) is not None
    for match in found:
        what = match["what"] or match["what2"] or match["what3"]
        passage = page.passage_at(match.start())
        if drawn or passage is None or passage.mark is not Mark.CONTENT:
            continue
        if what in _TABLES and _lies_flat(page.text[passage.end : passage.end + _REACH]):
            continue
        yield Hit(
            match.start(),
            match.end(),
            f"the page points to this {'table' if what in _TABLES else what} and does not have it",
            "put it in, or write out what it was to show",
            Severity.INFO,
        )


def _lies_flat(behind: str) -> bool:
    """Whether the text behind looks like a table's cells that lost their lines."""
    lines = [one for one in behind.split("\n") if one.strip()]
    short = sum(len(one) < _CELL and one.rstrip()[-1] not in ".?!:" for one in lines)
    return short >= _CELLS or _CELL_MARK.search(behind) is not None


_CELL_MARK = re.compile(r" - | \| |\t|\d ?%")
_REACH, _CELL, _CELLS = 600, 60, 3
_POINTING = ("below", "above", "following", "opposite", "on the ", "siguiente", "abajo", "র ")


def _listed(page: Page) -> Iterator[Hit]:
    """Sentences that list what the page will tell, with the parts that no heading has."""
    some = blocks(page)
    headings = fold("\n".join(one.text for one in some if one.heading))
    if headings.count("\n") < LEAST:
        return
    plain = folded(page)
    starts = [one.start for one in page.document.passages]
    places = (start for start, _ in windows(plain, _HINTS, 0, 1))
    for number in dict.fromkeys(bisect_right(starts, place) - 1 for place in places):
        passage = page.document.passages[max(number, 0)]
        if passage.mark in (Mark.REFERENCE, Mark.DAMAGE):
            continue
        said = plain[passage.start : passage.end]
        if len(said) > _LONGEST or not _ITSELF.search(said):
            continue
        named = [
            (name, match, heads) for name, sign, heads in _signs() if (match := sign.search(said))
        ]
        if len(named) < LEAST:
            continue
        missing = [(name, match) for name, match, heads in named if not heads.search(headings)]
        if missing:
            first = missing[0][1]
            yield Hit(
                passage.start + first.start(),
                passage.start + first.end(),
                f"the page announces {' and '.join(name for name, _ in missing)}, and no section "
                "has it",
                "write the section, or take it out of the announcement",
            )


_HINTS = (
    "article", "guide", "page", "leaflet", "post ", " we ", "we will", "we'll", "this topic",
    "articulo", "guia", "pagina", "hoja", "এই ",
)  # fmt: skip
_LONGEST = 600


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    text = (files("piamater.checks") / "data" / "announced_parts.toml").read_text("utf-8")
    return tuple(
        (one["name"], re.compile(fold(one["sign"])), re.compile(fold(one["heading"])))
        for one in tomllib.loads(text)["part"]
    )


RULE = Rule(
    "ST007",
    "announced-and-absent",
    Severity.WARNING,
    "The page announces a part that it does not have.",
    "A reader who came for that part looks for it in vain, or takes silence for an answer.",
    "CDC Clear Communication Index, information design and main message, "
    "https://cdc.gov/ccindex/widget.html",
    Example(
        "# Wexford fever\n\nIn this guide we explain its causes, symptoms, treatment and outlook."
        "\n\n## Causes\n\nA tick.\n\n## Symptoms\n\nA rash.\n\n## Treatment\n\nRest.\n"
    ),
    Example(
        "# Wexford fever\n\nIn this guide we explain its causes, symptoms, treatment and outlook."
        "\n\n## Causes\n\nA tick.\n\n## Symptoms\n\nA rash.\n\n## Treatment\n\nRest.\n\n"
        "## Outlook\n\nGood.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 findings on five real pages; 7 on 6,060 PDQ pages and MedQuAD answers, whose text "
    "had lost its pictures and tables, 2026-11-21",
)
