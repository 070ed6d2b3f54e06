"""Fingerprints: what a finding is known by when lines move and offsets change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from piamater.checks.page import Page
from piamater.checks.rule import Finding

_NEAR = 40
_NOT_WORD = re.compile(r"[\W_]+")


def fingerprints(page: Page, findings: Sequence[Finding]) -> list[str]:
    """One fingerprint for each finding, in their order; each stands once.

    It is made of the rule, the words it objects to and the words about them, without case,
    punctuation and white space, and of a number where the same stands more than once. What is
    said elsewhere on the page, or on which line, has no part in it.
    """
    seen: Counter[str] = Counter()
    out = []
    for one in findings:
        base = sha256("\0".join(_parts(page, one)).encode("utf-8", "surrogatepass")).hexdigest()
        key = f"{one.rule}:{base[:24]}"
        seen[key] += 1
        out.append(f"{key}:{seen[key]}")
    return out


def _parts(page: Page, one: Finding) -> tuple[str, str, str, str]:
    if one.start >= one.end:
        return one.rule, "", "", ""
    before = _plain(page.text[max(0, one.start - 4 * _NEAR) : one.start])[-_NEAR:]
    behind = _plain(page.text[one.end : one.end + 4 * _NEAR])[:_NEAR]
    return one.rule, _plain(one.quote) or one.quote, before, behind


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())


__all__ = ["fingerprints"]
