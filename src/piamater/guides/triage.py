"""Triage: one sign has one urgency in the whole library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from piamater.guides.lint import Finding, each_statement
from piamater.guides.model import Guide

EMERGENCY, SOON = "danger-emergency", "danger-soon"


def triage_conflicts(guides: Iterable[Guide]) -> Iterator[Finding]:
    """Quotes that stand under emergencies in one guide and under "see a doctor soon" in another.

    A reader who opens the wrong one of the two would wait. The finding is given for the calmer one.
    """
    urgent: dict[tuple[str, str], str] = {}
    calm: list[tuple[tuple[str, str], Guide, int]] = []
    for guide in guides:
        for block, _, statement in each_statement(guide):
            for label in statement.labels:
                if label not in guide.cites or block.kind not in (EMERGENCY, SOON):
                    continue
                cite = guide.cites[label]
                key = cite.source, cite.quote
                if block.kind == EMERGENCY:
                    urgent.setdefault(key, guide.name)
                else:
                    calm.append((key, guide, statement.line))
    for key, guide, line in calm:
        if key in urgent:
            message = f"“{key[1][:60]}” is an emergency in {urgent[key]} and only soon here"
            yield Finding("triage", "error", guide.name, line, message)
