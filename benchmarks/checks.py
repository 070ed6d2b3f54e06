"""`piamater check` over 100 PDQ pages (the longest there are), and over one short page."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.data import data

PAGES = 100
SHORT = "# Fever\n\nFever is a body temperature above 38 °C.\n"


def run() -> dict[str, float]:
    """The figures by name; seconds."""
    files = sorted(data("nci_pdq").glob("**/*.html"), key=lambda one: -one.stat().st_size)
    chosen = [files[number % len(files)] for number in range(PAGES)]
    short = Path("build") / "short.md"
    short.parent.mkdir(exist_ok=True)
    short.write_text(SHORT, "utf-8")
    return {
        "megabytes": sum(one.stat().st_size for one in chosen) / 1e6,
        "100 PDQ pages, start included": timed([*map(str, chosen)]),
        "short page, start included": median(timed([str(short)]) for _ in range(7)),
        "short page, after start": median(inside() for _ in range(7)),
    }


def timed(what: list[str]) -> float:
    """Seconds of the command over files."""
    start = time.perf_counter()
    options = ["--isolated", "--exit-zero", "--format", "json"]
    subprocess.run(
        [sys.executable, "-m", "piamater", "check", *options, *what],
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def inside() -> float:
    """Seconds of one short page in this process."""
    from piamater.checks import check_page, page_from_text

    start = time.perf_counter()
    check_page(page_from_text(SHORT, "short.md"))
    return time.perf_counter() - start
