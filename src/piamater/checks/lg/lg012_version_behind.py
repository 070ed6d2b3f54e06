"""LG012: a version is much older than its original."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from piamater.checks.lg.examples import TRANSLATION_ERRORS
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

DAYS = 180.0


def check(original: Page, version: Page) -> Iterator[Hit]:
    """A version whose last change lies more than half a year before the original's."""
    first, second = _changed(original), _changed(version)
    most = version.settings.option("LG012", "days", DAYS)
    if first and second and (first - second).days > most:
        yield Hit(
            0,
            0,
            f"this version is of {second.isoformat()}, the original of {first.isoformat()}: "
            f"{(first - second).days} days later",
            "bring the version up to date, or say at its top that it is of an older text",
        )


def _changed(page: Page) -> date | None:
    written = page.record.updated or page.record.reviewed
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _html(language: str, changed: str, title: str, text: str) -> str:
    return (
        f'<html lang="{language}"><head><title>{title}</title>'
        f'<meta name="date_updated" content="{changed}"></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )


_ENGLISH = _html("en", "2026-06-01", "Wexford fever", "Doxycycline cures the fever.")
RULE = Rule(
    "LG012",
    "version-behind",
    Severity.WARNING,
    "A language version is much older than its original.",
    "What changed in between is missing from it, and nothing tells its readers.",
    TRANSLATION_ERRORS,
    Example(
        _ENGLISH,
        "page.en.html",
        (
            Example(
                _html("es", "2025-01-10", "Fiebre de Wexford", "La doxiciclina cura la fiebre."),
                "page.es.html",
            ),
        ),
    ),
    Example(
        _ENGLISH,
        "page.en.html",
        (
            Example(
                _html("es", "2026-05-10", "Fiebre de Wexford", "La doxiciclina cura la fiebre."),
                "page.es.html",
            ),
        ),
    ),
    versions=check,
    options=(("days", DAYS, "how many days a version may be behind"),),
    precision=1.0,
    reviewed=("the one finding on 26 pairs of PDQ summaries was read"),
)
