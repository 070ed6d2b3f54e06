"""Progress: how far long work is, on standard error, and only where a person watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType


class Progress:
    """A line that tells how many of how many (0: unknown) are done, and how fast."""

    def __init__(self, doing: str, unit: str, total: int = 0) -> None:
        self._doing = doing
        self._unit = unit
        self._total = total
        self._done = 0
        self._start = time.monotonic()
        self._shown = 0.0
        self._watched = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._watched and self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def advance(self, more: int) -> None:
        """Count ``more`` as done."""
        self._done += more
        now = time.monotonic()
        if self._watched and now - self._shown > 0.1:
            self._shown = now
            sys.stderr.write(f"\r\x1b[K{self._line(now)}")
            sys.stderr.flush()

    def _line(self, now: float) -> str:
        rate = self._done / max(now - self._start, 1e-3)
        if not self._total:
            return f"{self._doing}: {self._done:,} {self._unit}, {rate:,.0f} a second"
        share = min(self._done / self._total, 1.0)
        bar = ("█" * round(share * 24)).ljust(24, "░")
        left = (self._total - self._done) / rate if rate else 0
        return (
            f"{self._doing} {bar} {share:4.0%} {self._done:,} of {self._total:,} {self._unit}, "
            f"{left:,.0f} s left"
        )
