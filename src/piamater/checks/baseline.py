"""Baseline: findings that are known already are left out, so that only new ones are told.

The file holds fingerprints, not offsets: a known finding stays known when lines move.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from piamater.checks.engine import Checked
from piamater.checks.fingerprint import fingerprints
from piamater.checks.page import Page
from piamater.checks.settings import relative
from piamater.corpus.library import write_whole
from piamater.errors import InputError

FORMAT = "piamater-check-baseline/2"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The fingerprints of known findings by page; files are named from ``folder`` on."""

    folder: Path
    pages: Mapping[str, frozenset[str]]

    def of(self, page: Page) -> frozenset[str]:
        """What is known of a page."""
        return self.pages.get(_named(page, self.folder), frozenset())


def _named(page: Page, folder: Path) -> str:
    """A page's file from a folder on, with its number in an archive; else where it came from."""
    if not page.path:
        return page.place
    number = page.place.removeprefix(page.path) if page.place.startswith(page.path) else ""
    return relative(page.path, folder) + number


def write_baseline(path: Path, results: Sequence[Checked]) -> int:
    """Write the findings of these pages as known; gives how many.

    Raises:
        InputError: the file cannot be written.
    """
    pages: dict[str, list[str]] = {}
    for one in results:
        if one.findings:
            marks = pages.setdefault(_named(one.page, path.parent), [])
            marks.extend(fingerprints(one.page, one.findings))
    pages = {name: sorted(marks) for name, marks in pages.items()}
    form = {"format": FORMAT, "pages": dict(sorted(pages.items()))}
    try:
        write_whole(path, (json.dumps(form, indent=1, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise InputError(
            f"the baseline cannot be written: {error.strerror}", where=str(path)
        ) from error
    return sum(map(len, pages.values()))


def read_baseline(path: Path) -> Baseline:
    """The fingerprints of a baseline.

    Raises:
        InputError: it cannot be read, or is not one.
    """
    try:
        form = json.loads(path.read_bytes())
        if form["format"] != FORMAT:
            raise ValueError("another format")
        pages = {name: frozenset(map(str, some)) for name, some in form["pages"].items()}
        return Baseline(path.parent, pages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"it is no baseline: {error}", where=str(path), todo="make one with --write-baseline"
        ) from error


def without_known(results: Sequence[Checked], known: Baseline) -> tuple[list[Checked], int]:
    """The results without known findings, and how many were left out."""
    out, left = [], 0
    for one in results:
        marks = fingerprints(one.page, one.findings)
        old = known.of(one.page)
        new = tuple(f for f, mark in zip(one.findings, marks, strict=True) if mark not in old)
        left += len(one.findings) - len(new)
        out.append(replace(one, findings=new))
    return out, left
