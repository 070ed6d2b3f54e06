"""SARIF 2.1.0: the OASIS format in which code hosts and editors read findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from piamater.checks.engine import Checked
from piamater.checks.fingerprint import fingerprints
from piamater.checks.places import Place, Places
from piamater.checks.registry import rules
from piamater.checks.report.common import named, paired, rule_page
from piamater.checks.rule import Finding, Fix, Rule
from piamater.checks.silence import silenced_by

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT = "piamaterFinding/v1"


def sarif_report(some: Sequence[Checked]) -> str:
    """One run over all the pages. Columns and offsets count code points of the originals."""
    ids = sorted({rule for one in some for rule in one.rules_run} | _found(some))
    artifacts: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    numbers = {rule: number for number, rule in enumerate(ids)}
    for one in some:
        artifacts.append({"location": {"uri": _uri(named(one.page))}, "properties": _read_as(one)})
        results += _results(one, numbers, len(artifacts) - 1)
    run = {
        "tool": {"driver": _driver(ids)},
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "results": results,
    }
    form = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def _read_as(checked: Checked) -> dict[str, Any]:
    """For whom a page was checked, and whether that is only assumed."""
    page = checked.page
    return {
        "audience": page.audience,
        "audienceAssumed": not page.audience_is_told,
        "language": page.language,
        "country": page.settings.country,
    }


def _found(some: Sequence[Checked]) -> set[str]:
    return {each.rule for one in some for each in (*one.findings, *one.suppressed)}


def _driver(ids: Sequence[str]) -> dict[str, Any]:
    known = rules()
    return {
        "name": "piamater",
        "semanticVersion": version("piamater"),
        "rules": [_rule(known[one]) if one in known else {"id": one} for one in ids],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    text = f"{rule.summary} {rule.reason} Source: {rule.source}"
    markdown = (
        f"{rule.summary}\n\n{rule.reason}\n\nSource: {rule.source}\n\n"
        f"Not so:\n\n{_fenced(rule.bad.text)}\n\nBut so:\n\n{_fenced(rule.good.text)}\n"
    )
    form: dict[str, Any] = {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.reason}"},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": ["health-information", rule.group]},
    }
    if address := rule_page(rule):
        form["helpUri"] = address
    return form


def _fenced(text: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}\n{text.rstrip()}\n{fence}"


def _results(checked: Checked, numbers: dict[str, int], artifact: int) -> list[dict[str, Any]]:
    if not checked.findings and not checked.suppressed:
        return []
    places = Places(checked.page)
    both = (*checked.findings, *checked.suppressed)
    prints = fingerprints(checked.page, both)
    fixes = dict(enumerate(fix for _, fix in paired(checked)))
    out = []
    for number, one in enumerate(both):
        form = _result(places, one, artifact)
        form["ruleIndex"] = numbers[one.rule]
        form["partialFingerprints"] = {FINGERPRINT: prints[number]}
        form["suppressions"] = []
        if number >= len(checked.findings):
            form["suppressions"] = [_suppression(checked, one)]
        elif (fix := fixes[number]) and (mended := _fix(places, fix, artifact)):
            form["fixes"] = [mended]
        out.append(form)
    return out


def _result(places: Places, one: Finding, artifact: int) -> dict[str, Any]:
    more = f" {_sentence(one.suggestion)}" if one.suggestion else ""
    where = {"artifactLocation": _location(places, artifact), "region": _region(places, one)}
    return {
        "ruleId": one.rule,
        "level": LEVELS[one.severity],
        "message": {"text": _plain(_sentence(one.message) + more)},
        "locations": [{"physicalLocation": where}],
        "properties": {"start": one.start, "end": one.end, "quote": one.quote},
    }


def _sentence(text: str) -> str:
    said = text.strip()
    said = said[:1].upper() + said[1:]
    return said if said.endswith((".", "!", "?", "।")) else f"{said}."


def _plain(text: str) -> str:
    """A message in which braces are no placeholders and brackets no link (section 3.11)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _suppression(checked: Checked, one: Finding) -> dict[str, Any]:
    comment = silenced_by(checked.page, one)
    reason = comment.reason if comment is not None else ""
    return {"kind": "inSource", **({"justification": reason} if reason else {})}


def _location(places: Places, artifact: int) -> dict[str, Any]:
    return {"uri": _uri(named(places.page)), "index": artifact}


def _region(places: Places, one: Finding) -> dict[str, Any]:
    place = places.find(one.start, one.end)
    if place is None:
        return {"startLine": places.line(one.start)}
    return {**_span(place), "snippet": {"text": places.raw[place.start : place.end]}}


def _span(place: Place) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }


def _fix(places: Places, fix: Fix, artifact: int) -> dict[str, Any] | None:
    place = places.edit(fix.start, fix.end)
    if place is None:
        return None
    replacement = {"deletedRegion": _span(place), "insertedContent": {"text": fix.new}}
    change = {"artifactLocation": _location(places, artifact), "replacements": [replacement]}
    said = f"write {fix.new!r}" if fix.new else "leave it out"
    return {"description": {"text": _plain(_sentence(said))}, "artifactChanges": [change]}


def _uri(name: str) -> str:
    """A name as a URI reference: an address as it is, a path with its characters escaped."""
    if name.startswith(("http://", "https://")):
        return quote(name, safe="/:?#[]@!$&'()*+,;=%~-._")
    path = PurePath(name)
    if path.is_absolute():
        return Path(name).as_uri()
    return quote(path.as_posix().encode("utf-8", "surrogateescape"), safe="/~-._()+")
