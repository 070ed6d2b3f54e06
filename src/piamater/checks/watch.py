"""Watching files, and doing something again whenever one of them changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from piamater.checks.run import files_in
from piamater.errors import InputError

EVERY = 0.5
"""Seconds between two looks."""


def watch(
    paths: Sequence[Path],
    do: Callable[[], object],
    *,
    every: float = EVERY,
    looks: int | None = None,
) -> None:
    """Do something now, and again after each change, until Ctrl-C or after so many looks."""
    seen = None
    try:
        while looks is None or looks > 0:
            now = _state(paths)
            if now != seen:
                seen = now
                do()
            looks = looks - 1 if looks is not None else None
            time.sleep(every)
    except KeyboardInterrupt:
        return


def _state(paths: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """The files with their times of change and sizes; what is gone is left out."""
    out = {}
    for path in paths:
        try:
            for file in files_in(path):
                stat = file.stat()
                out[str(file)] = (stat.st_mtime_ns, stat.st_size)
        except (InputError, OSError):
            continue
    return out
