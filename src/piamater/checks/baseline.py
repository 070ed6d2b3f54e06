"""Baseline: findings that are known already are left out, so that only new ones are told.

The file holds fingerprints, not offsets: a known finding stays known when lines move.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from piamater.checks.engine import Checked
from piamater.checks.fingerprint import fingerprints
from piamater.corpus.library import write_whole
from piamater.errors import InputError

FORMAT = "piamater-check-baseline/1"


def write_baseline(path: Path, results: Sequence[Checked]) -> int:
    """Write the findings of these pages as known; gives how many.

    Raises:
        InputError: the file cannot be written.
    """
    pages = {
        one.page.name: sorted(fingerprints(one.page, one.findings))
        for one in results
        if one.findings
    }
    form = {"format": FORMAT, "pages": dict(sorted(pages.items()))}
    try:
        write_whole(path, (json.dumps(form, indent=1, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise InputError(
            f"the baseline cannot be written: {error.strerror}", where=str(path)
        ) from error
    return sum(map(len, pages.values()))


def read_baseline(path: Path) -> dict[str, frozenset[str]]:
    """The fingerprints of a baseline by page.

    Raises:
        InputError: it cannot be read, or is not one.
    """
    try:
        form = json.loads(path.read_bytes())
        if form["format"] != FORMAT:
            raise ValueError("another format")
        return {name: frozenset(map(str, some)) for name, some in form["pages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"it is no baseline: {error}", where=str(path), todo="make one with --write-baseline"
        ) from error


def without_known(
    results: Sequence[Checked], known: dict[str, frozenset[str]]
) -> tuple[list[Checked], int]:
    """The results without known findings, and how many were left out."""
    out, left = [], 0
    for one in results:
        marks = fingerprints(one.page, one.findings)
        old = known.get(one.page.name, frozenset())
        new = tuple(f for f, mark in zip(one.findings, marks, strict=True) if mark not in old)
        left += len(one.findings) - len(new)
        out.append(replace(one, findings=new))
    return out, left
