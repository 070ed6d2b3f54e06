"""Facts: the figures that the cover tells, and what is lacking, each computed from the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from piamater.checks.engine import Checked
from piamater.corpus import Library
from piamater.exchange.quality.results import Proven
from piamater.exchange.quality.shelf import SCALES, Shown
from piamater.exchange.quality.sources import Held
from piamater.guides.review import Book, Policy
from piamater.guides.review.book import APPROVING


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was read from the library for one export."""

    library: Library
    book: Book
    policy: Policy
    guides: Sequence[Shown]
    sources: Sequence[Held]
    questions: Sequence[tuple[str, str, int]]
    checked: Sequence[Checked]
    proof: Proven
    doctor: Mapping[str, Any]
    problems: list[str] = field(default_factory=list)
    answered: str = ""

    @property
    def published(self) -> list[Shown]:
        """The guides that readers have, in each language."""
        return [one for one in self.guides if one.edition]

    @property
    def cited(self) -> list[Held]:
        """The sources that published guides cite."""
        return [one for one in self.sources if one.cited_by]

    def acts(self, *names: str) -> int:
        """How many entries of the ledger are of these acts."""
        return sum(one.act in names for one in self.book.entries)


def counted(some: Mapping[str, int]) -> str:
    """Counts in words, the highest first: ``3 trial, 1 cohort``."""
    ranked = sorted(some.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count:,} {name}" for name, count in ranked)


def figures(it: Evidence) -> dict[str, str]:
    """The figures by key, each a sentence or two."""
    return {**_of_reviews(it), **_of_guides(it), **_of_sources(it), **_of_readers(it)}


def _of_reviews(it: Evidence) -> dict[str, str]:
    book = it.book
    signers = {one.by for one in book.entries if one.act in APPROVING}
    decided = [one for one in book.entries if one.act in (*APPROVING, "reject")]
    declared = sum(bool(one.body.get("interests")) for one in decided)
    clinical = sum("clinical" in one.roles for one in book.people.values())
    return {
        "policy": f"The next review lies at most {it.policy.months} months ahead; the policy in "
        f"force is {it.policy.hash[:12]}.",
        "ledger": f"Entries of the ledger: {len(book.entries):,}. Put forward: "
        f"{it.acts('submit')}; approvals: {it.acts(*APPROVING)}, by different persons: "
        f"{len(signers)}; rejections: {it.acts('reject')}; taken back: {it.acts('withdraw')}.",
        "people": f"Persons registered: {len(book.people)}; clinical reviewers among them, with a "
        f"credential and a word on how it was checked: {clinical}.",
        "interests": f"Decisions with a declaration of interests: {declared} of {len(decided)}.",
        "watched": f"Decisions on new literature in the ledger: {it.acts('checked')}.",
        "doctor": "The check of the whole library finds it sound."
        if it.doctor["sound"]
        else "The check of the whole library finds faults; see doctor.json.",
    }


def _of_guides(it: Evidence) -> dict[str, str]:
    published = it.published
    states = Counter(one.state for one in published)
    languages = Counter(one.guide.language for one in published)
    translated = [one for one in published if one.guide.is_translation]
    approved = sum(one.state == "approved" for one in translated)
    works = {one.guide.id: one.edition.number for one in published if one.edition}
    dated = sum(bool(one.review and one.review.next_due) for one in published)
    return {
        "publisher": f"The library calls itself {it.library.settings.name}.",
        "guides": f"Guides: {len(works)}; with their translations {len(published)}: "
        f"{counted(states) or 'none'}.",
        "editions": f"Editions of the guides, each frozen: {sum(works.values()):,}.",
        "dates": f"Pages that show the day of their next review: {dated} of {len(published)}; "
        f"for {_overdue(published)} it has passed.",
        "languages": f"Pages by language: {counted(languages) or 'none'}; translations: "
        f"{len(translated)}, approved: {approved}.",
        "reading": " ".join(_reading(published)) or "Nothing to measure.",
        "findings": _findings(it),
    }


def _of_sources(it: Evidence) -> dict[str, str]:
    published, cited = it.published, it.cited
    facts, uncited = sum(one.facts for one in published), sum(one.uncited for one in published)
    citations = sum(one.citations for one in published)
    kinds = Counter(one.version.record.kind.value for one in cited)
    licences = sum(bool(one.version.record.licence) for one in cited)
    notes = sum(bool(one.version.record.looked_up) for one in cited)
    return {
        "evidence": f"Statements of fact: {facts:,}, with a citation {facts - uncited:,}. "
        f"Citations: {citations:,}, of sources: {len(cited):,}. Evidence notes among these: "
        f"{notes:,}; what is quoted of such a note is this library's own summary of a work.",
        "kinds": f"Cited sources by kind: {counted(kinds) or 'none'}.",
        "standing": "Cited sources by standing today: "
        f"{counted(Counter(one.standing for one in cited)) or 'none'}.",
        "licences": f"Cited sources with their licence on record: {licences:,} of {len(cited):,}.",
    }


def _of_readers(it: Evidence) -> dict[str, str]:
    months = {month for month, _, _ in it.questions}
    states = Counter[str]()
    for _, state, count in it.questions:
        states[state] += count
    return {
        "questions": f"Readers' questions kept: {states.total():,} ({counted(states) or 'none'}), "
        f"from different months: {len(months)}. Those deleted are not counted."
        + (f" {it.answered}" if it.answered else "")
    }


def _findings(it: Evidence) -> str:
    severities = Counter(each.severity for one in it.checked for each in one.findings)
    rules = {rule for one in it.checked for rule in one.rules_run}
    return (
        f"Findings of {len(rules)} rules on {len(it.checked)} pages: "
        f"{counted(severities) or 'none'}."
    )


def _overdue(published: Sequence[Shown]) -> int:
    return sum(bool(one.review and one.review.overdue) for one in published)


def _reading(published: Sequence[Shown]) -> Iterator[str]:
    """The reading measure of the patients' view on each scale: lowest, middle, highest."""
    for scale, told in SCALES.items():
        some = [
            one.reading.score for one in published if one.reading and one.reading.scale == scale
        ]
        if some:
            yield (
                f"Reading measure ({told}): {min(some):.1f} to {max(some):.1f}, median "
                f"{median(some):.1f}, over {len(some)} views for patients."
            )


def gaps(it: Evidence) -> dict[str, str]:
    """What is lacking, by key: only what is, each in a sentence."""
    return {key: told for key, told in every_gap(it).items() if told}


def every_gap(it: Evidence) -> dict[str, str]:
    """Each gap that is looked for, by key; empty where nothing is lacking."""
    return {
        "samples": "" if it.published else "No guide is published.",
        **_review_gaps(it),
        **_text_gaps(it),
        "questions": "" if it.questions else "No reader's question is kept.",
    }


def _review_gaps(it: Evidence) -> dict[str, str]:
    originals = [one for one in it.published if not one.guide.is_translation]
    approved = sum(one.state == "approved" for one in originals)
    people = it.book.people.values()
    clinical = any("clinical" in one.roles and not one.ended for one in people)
    faults, overdue = len(it.proof.verified.faults), _overdue(it.published)
    return {
        "approved": _approved(approved, len(originals)),
        "ledger": ""
        if it.proof.begun
        else "No review ledger was begun: nobody has signed anything.",
        "proof": f"Faults in the proof of the reviews: {faults}; see proof.txt." if faults else "",
        "clinical": "" if clinical else "No clinical reviewer is registered.",
        "overdue": f"Pages whose review date has passed: {overdue}." if overdue else "",
        "doctor": "" if it.doctor["sound"] else "The library is not sound; see doctor.json.",
        "watched": "" if it.acts("checked") else "Nobody has yet decided on new literature.",
    }


def _text_gaps(it: Evidence) -> dict[str, str]:
    translated = [one for one in it.published if one.guide.is_translation]
    unsigned = sum(one.state != "approved" for one in translated)
    uncited = sum(one.uncited for one in it.published)
    worse = Counter(one.standing for one in it.cited if one.standing != "current")
    errors = sum(each.severity == "error" for one in it.checked for each in one.findings)
    unlicensed = sum(not one.version.record.licence for one in it.cited)
    return {
        "languages": f"Translations that are not approved: {unsigned} of {len(translated)}."
        if unsigned
        else ("" if translated else "There is no translation."),
        "uncited": f"Statements of fact without a citation: {uncited}." if uncited else "",
        "standing": f"Cited sources that are not current: {counted(worse)}." if worse else "",
        "findings": f"Errors that the checks find in published guides: {errors}." if errors else "",
        "licences": f"Cited sources whose licence is not on record: {unlicensed}."
        if unlicensed
        else "",
    }


def _approved(approved: int, every: int) -> str:
    if every and not approved:
        return (
            f"No guide is approved (0 of {every}): signatures that the policy asks for are missing."
        )
    if approved < every:
        return f"Guides that are not approved: {every - approved} of {every}."
    return ""
