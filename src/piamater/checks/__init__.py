"""Checks: a linter for medical content, over any page, guide or answer.

A rule is a small file with its id, its reason and where that is published, a bad and a good
example, and a function from a page to hits. ``check_page`` runs rules over one page,
``check_versions`` over a page and its versions in other languages, ``check_library`` over pages
that must agree.
"""

from piamater.checks.engine import Checked, check_library, check_page, check_versions
from piamater.checks.opening import open_page, page_from_guide, page_from_text
from piamater.checks.page import Citation, Entry, Link, Page
from piamater.checks.registry import rule_named, rules
from piamater.checks.rule import Example, Finding, Fix, Hit, Rule, Severity
from piamater.checks.settings import CheckSettings

__all__ = [
    "CheckSettings",
    "Checked",
    "Citation",
    "Entry",
    "Example",
    "Finding",
    "Fix",
    "Hit",
    "Link",
    "Page",
    "Rule",
    "Severity",
    "check_library",
    "check_page",
    "check_versions",
    "open_page",
    "page_from_guide",
    "page_from_text",
    "rule_named",
    "rules",
]
