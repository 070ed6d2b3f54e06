"""Reports: what was found, for people, editors, build servers and code hosts.

A report takes the checked pages and gives its text. ``FORMATS`` has them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from piamater.checks.engine import Checked
from piamater.checks.report.common import counted, summary
from piamater.checks.report.github import github_report
from piamater.checks.report.html import html_report
from piamater.checks.report.junit import junit_report
from piamater.checks.report.machine import json_report
from piamater.checks.report.sarif import sarif_report
from piamater.checks.report.text import text_report

Report = Callable[[Sequence[Checked]], str]
FORMATS: Mapping[str, Report] = MappingProxyType(
    {
        "text": text_report,
        "json": json_report,
        "sarif": sarif_report,
        "junit": junit_report,
        "html": html_report,
        "github": github_report,
    }
)

__all__ = [
    "FORMATS",
    "Report",
    "counted",
    "github_report",
    "html_report",
    "json_report",
    "junit_report",
    "sarif_report",
    "summary",
    "text_report",
]
