"""Doctor: every check of a library, and the mending of what can be rebuilt from the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from piamater.errors import LibraryError
from piamater.keeping.checkup import CHECKS
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState

Watch = Callable[[Check], Callable[[int], None]]
"""Told which check begins; gives what is told how many things more were looked at."""


@dataclass(slots=True)
class DoctorReport:
    """What the doctor found: ``looked_at`` counts things by check; ``mended`` what was done."""

    library: Path
    looked_at: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; what the next command sets right by itself is not wrong."""
        return all(one.severity is Severity.INFO for one in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return {
            "library": str(self.library),
            "sound": self.sound,
            "checks": [
                {"name": one.name, "about": one.about, "looked_at": self.looked_at[one.name]}
                for one in CHECKS
                if one.name in self.looked_at
            ],
            "findings": [one.to_json() for one in self.findings],
            "mended": self.mended,
        }


def examine(
    folder: Path,
    *,
    mend: bool = False,
    watch: Watch = lambda check: lambda more: None,
    checks: Sequence[Check] = CHECKS,
) -> DoctorReport:
    """Check a library, and with ``mend`` rebuild what can be; nothing else is ever changed.

    Others may write meanwhile: what seems wrong is looked at twice.

    Raises:
        LibraryError: there is no library in ``folder``.
    """
    state = LibraryState(folder)
    report = DoctorReport(folder)
    try:
        for check in checks:
            found = _look(state, check, report, watch)
            if any(one.severity is not Severity.INFO for one in found):
                found = _look_again(state, check, found, report, watch)
            if mend and check.mend and any(one.mendable for one in found):
                found = _mend(state, check, found, report, watch)
            report.findings += found
    finally:
        state.forget()
    return report


def _look(state: LibraryState, check: Check, report: DoctorReport, watch: Watch) -> list[Finding]:
    """The findings of a check. One that fails is itself a finding, and the others go on."""
    told = watch(check)
    count = 0

    def advance(more: int) -> None:
        nonlocal count
        count += more
        told(more)

    state.progress = advance
    found = []
    try:
        for one in check.find(state):
            found.append(one)
    except Exception as error:  # a damaged library fails in ways that nobody foresaw
        found.append(
            Finding(
                check.name,
                Severity.ERROR,
                ".",
                f"the check could not be finished: {error or type(error).__name__}",
                "see to the findings above first",
            )
        )
    report.looked_at[check.name] = count
    return found


def _look_again(
    state: LibraryState, check: Check, found: list[Finding], report: DoctorReport, watch: Watch
) -> list[Finding]:
    """Look a second time, and keep what is there both times.

    Damage stays. What only seemed wrong because somebody was writing is gone, or stands
    elsewhere; and no writer has to be held up to know it.
    """
    state.forget()
    again = _look(state, check, report, watch)
    return [one for one in again if one in found or one.severity is Severity.INFO]


def _mend(
    state: LibraryState,
    check: Check,
    found: list[Finding],
    report: DoctorReport,
    watch: Watch,
) -> list[Finding]:
    """Mend, and say what is left."""
    try:
        for done in check.mend(state) if check.mend else ():
            report.mended.append(done)
    except (LibraryError, OSError) as error:
        kept = [one for one in found if not one.mendable]
        what = f"it could not be mended: {error}"
        return [
            *kept,
            Finding(check.name, Severity.ERROR, ".", what, "see to that, then try again"),
        ]
    state.forget()
    return _look(state, check, report, watch)
