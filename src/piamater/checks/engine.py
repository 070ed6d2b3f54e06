"""Engine: runs the chosen rules over pages and gives their findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from piamater.checks.page import Page
from piamater.checks.registry import rules
from piamater.checks.rule import Finding, Fix, Hit, Rule
from piamater.checks.settings import CheckSettings
from piamater.checks.silence import silenced_by

ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Checked:
    """A page with its findings, in the order of its text, and the ids of the rules that ran."""

    page: Page
    findings: tuple[Finding, ...]
    fixes: tuple[Fix, ...] = ()
    rules_run: tuple[str, ...] = ()
    suppressed: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The machine form of the contract."""
        return {
            "checked": self.page.place,
            "findings": [one.to_json() for one in self.findings],
            "rules_run": list(self.rules_run),
        }


def chosen(settings: CheckSettings, name: str = "") -> list[Rule]:
    """The rules that run on a file."""
    off = settings.ignored(name)
    return [
        one
        for one in rules().values()
        if settings.chooses(one.id, default=one.default, ignored=off)
    ]


def check_page(page: Page) -> Checked:
    """What the rules for single pages find; the page's settings say which run."""
    some = [one for one in chosen(page.settings, page.path or page.place) if one.page]
    hits = [(rule, hit) for rule in some for hit in rule.page(page)]  # type: ignore[misc]
    return _afterwards(_checked(page, hits, [one.id for one in some]))


def check_versions(original: Page, others: Sequence[Page]) -> list[Checked]:
    """What the rules find between a page and its versions in other languages, by version."""
    out = []
    for page in others:
        some = [one for one in chosen(page.settings, page.path or page.place) if one.versions]
        hits = [(rule, hit) for rule in some for hit in rule.versions(original, page)]  # type: ignore[misc]
        out.append(_checked(page, hits, [one.id for one in some]))
    return out


def check_library(pages: Sequence[Page]) -> list[Checked]:
    """What the rules find between pages that must agree, by page."""
    if not pages:
        return []
    hits: dict[int, list[tuple[Rule, Hit]]] = {id(page): [] for page in pages}
    runs = {
        id(page): [one.id for one in chosen(page.settings, page.path or page.place) if one.library]
        for page in pages
    }
    wanted = {one for some in runs.values() for one in some}
    for rule in (one for one in rules().values() if one.id in wanted):
        for page, hit in rule.library(pages):  # type: ignore[misc]
            if rule.id in runs[id(page)]:
                hits[id(page)].append((rule, hit))
    return [_checked(page, hits[id(page)], runs[id(page)]) for page in pages]


def merged(some: Iterable[Checked]) -> Checked:
    """The results of one page as one."""
    first, *rest = some
    if not rest:
        return first
    for one in rest:
        first = replace(
            first,
            findings=tuple(sorted({*first.findings, *one.findings}, key=_place)),
            fixes=(*first.fixes, *one.fixes),
            rules_run=tuple(dict.fromkeys((*first.rules_run, *one.rules_run))),
            suppressed=(*first.suppressed, *one.suppressed),
        )
    return _afterwards(first)


def _afterwards(checked: Checked) -> Checked:
    """A result with what the rules find that judge it as it is now, in place of what they found."""
    page = checked.page
    last = [one for one in chosen(page.settings, page.path or page.place) if one.after]
    ids = [one.id for one in last]
    run = [one for one in checked.rules_run if one not in ids]
    silent = [one for one in checked.suppressed if one.rule not in ids]
    hits = [(rule, hit) for rule in last for hit in rule.after(page, silent, run)]  # type: ignore[misc]
    more = _checked(page, hits, ids)
    kept = [one for one in checked.findings if one.rule not in ids]
    return replace(
        checked,
        findings=tuple(sorted({*kept, *more.findings}, key=_place)),
        rules_run=(*run, *ids),
        suppressed=(*silent, *more.suppressed),
    )


def _checked(page: Page, hits: Iterable[tuple[Rule, Hit]], run: list[str]) -> Checked:
    kept: dict[Finding, Fix | None] = {}
    silent: list[Finding] = []
    for rule, hit in hits:
        finding = _finding(page, rule, hit)
        if silenced_by(page, finding):
            silent.append(finding)
        else:
            kept.setdefault(finding, hit.fix)
    found = sorted(kept, key=_place)
    fixes = tuple(fix for one in found if (fix := kept[one]))
    return Checked(page, tuple(found), fixes, tuple(run), tuple(silent))


def _finding(page: Page, rule: Rule, hit: Hit) -> Finding:
    start, end = max(0, hit.start), min(hit.end, len(page.text))
    return Finding(
        rule.id,
        rule.name,
        str(hit.severity or rule.severity),
        start,
        end,
        page.text[start:end],
        hit.message,
        hit.suggestion,
    )


def _place(one: Finding) -> tuple[int, int, str, int, str]:
    return one.start, ORDER[one.severity], one.rule, one.end, one.message
