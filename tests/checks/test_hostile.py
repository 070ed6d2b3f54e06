"""Long inputs that no person wrote: every rule comes to an end, in time that grows with them."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from piamater.checks import CheckSettings, Page, Rule, check_page, page_from_text, rules
from piamater.checks.report import FORMATS

LENGTH = 30_000
PIECES = {
    "digits": "1", "digits with commas": "1,", "digits with dots": "1.", "ranges": "5-",
    "figures": "12,345 ", "shares": "5% ", "part": "1 in ", "brackets": "(", "square": "[",
    "markers": "[1, ", "letters": "a", "capitals": "A", "hyphens": "a-", "spaces": " ",
    "hard spaces": "\u00a0 ", "quotes": '"', "curled quotes": "“", "apostrophes": "'",
    "dots": ".", "ellipses": "... ", "dashes": "-", "underlines": "_", "stars": "*",
    "pipes": "|", "entities": "&", "tags": "&lt;a ", "Bangla digits": "১",
    "Bangla digits with commas": "১,", "Bangla letters": "রোগ", "Bangla words": "রোগ ",
    "accents": "é", "addresses": "http://a.b/", "doses": "5 mg ", "words": "asthma ",
    "initials": "A. ", "names": "Dr Smith ", "changes": "from 5% to ", "of every": "of every 100 ",
}  # fmt: skip
"""What is written over and over, by what it is."""
EVERY_DAY = (
    "digits", "digits with commas", "ranges", "brackets", "square", "letters", "capitals",
    "spaces", "quotes", "Bangla digits", "Bangla letters",
)  # fmt: skip
RAW = ("<!-- ", "<a ", "<script>", "<style ", "](", "<", "&#12", "<!-- piamater: ignore TX010 ")
"""Markup that never ends, as it may stand in an original."""
SLOWEST = 4 * 3.5
"""Four times the text may take so many times as long; where time grows as its square, 16."""
NOTHING = 0.15
"""Seconds below which a time says nothing."""


def page(piece: str, length: int) -> Page:
    """A page for patients with a paragraph of so many characters."""
    body = (piece * (length // len(piece) + 1))[:length]
    return page_from_text(
        '<html lang="en"><body><h1>Asthma</h1><p>Asthma is a disease of the lungs.</p>'
        f"<h2>Symptoms</h2><p>{body} mg asthma</p></body></html>",
        "page.html",
        CheckSettings(audience="patient", country="GB", select=("ALL",)),
    )


def checked_and_told() -> None:
    """Every rule over every input of every day, and every report of it."""
    for name in EVERY_DAY:
        result = check_page(page(PIECES[name], LENGTH))
        assert result.rules_run
        for form in FORMATS.values():
            form([result])


def checked_as_written() -> None:
    """Markup that never ends, in each of the formats that have any."""
    for piece in RAW:
        for name, before in (("page.html", "<h1>Asthma</h1><p>It is the the worst.</p>"),
                             ("page.md", "# Asthma\n\nIt is the the worst.\n\n")):  # fmt: skip
            text = before + piece * (LENGTH // len(piece))
            result = check_page(page_from_text(text, name, CheckSettings(select=("TX010", "PM"))))
            for form in FORMATS.values():
                form([result])


def test_markup_that_never_ends_is_walked_through_once() -> None:
    call = f"import sys; sys.path[:0] = {sys.path!r}; from tests.checks import test_hostile as t; "
    done = subprocess.run(
        [sys.executable, "-c", f"{call}t.checked_as_written()"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_rule_comes_to_an_end() -> None:
    call = f"import sys; sys.path[:0] = {sys.path!r}; from tests.checks import test_hostile as t; "
    done = subprocess.run(
        [sys.executable, "-c", f"{call}t.checked_and_told()"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def seconds(rule: Rule, one: Page) -> float:
    """The shorter of two times that a rule takes over a page."""
    times = []
    for _ in range(2):
        begun = time.perf_counter()
        list(rule.page(one)) if rule.page else []
        times.append(time.perf_counter() - begun)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("name", PIECES)
def test_time_grows_with_the_text(name: str) -> None:
    short, long = page(PIECES[name], LENGTH // 2), page(PIECES[name], 2 * LENGTH)
    for rule in rules().values():
        if (took := seconds(rule, long)) > NOTHING:
            assert took / max(seconds(rule, short), NOTHING / 4) < SLOWEST, rule.id
