"""The guides of a library as rows of evidence: review, edition, statements, sources, reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from piamater.checks.page import Page
from piamater.checks.pl.reading import Difficulty, difficulty
from piamater.checks.shown import patient_passages
from piamater.corpus import Library
from piamater.errors import PiamaterError, UnknownNameError
from piamater.guides import Edition, Guide, Reason, Review, Reviews, block_kinds, statements
from piamater.text import Form, Mark

UNPUBLISHED = "not published"
_SHORTEST = 4
"""Words of a sentence that is measured, as in the check of the reading level."""
_CAPITAL = 0.6
"""A line of which more words than this are capital is a name, as in the same check."""
SCALES = {
    "grade": "years of school, fewer are easier",
    "inflesz": "INFLESZ, 0 to 100, more is easier",
    "index": "index for Bangla, 0 to 100, less is easier",
}
WHY = {
    "unsigned": "not signed",
    "content": "changed after the signature",
    "evidence": "a cited source has a newer version",
    "source": "there is a notice about a cited source that no signer had seen",
    "overdue": "the review date has passed",
    "withdrawn": "the signature was taken back",
    "behind": "the original changed after the translation",
    "changes-asked": "a reviewer asked for changes",
    "form": "signed under an older form of digests, and something has changed since",
    "policy": "the policy's file is not the one that was recorded",
    "ledger": "the review ledger does not verify",
    "key": "the review ledger is signed with another key than the one kept apart",
}
"""Reasons in words; see ``guides.review.state.Reason``."""

GUIDES = (
    "guide", "language", "title", "type", "original or translation", "review state", "reasons",
    "signed by", "edition", "published", "next due", "overdue", "statements",
    "statements of fact", "of them without a citation", "citations", "sources",
    "sources by kind", "reading measure", "scale",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A guide in one language: its edition and review today, none where it is a draft."""

    guide: Guide
    edition: Edition | None = None
    review: Review | None = None
    statements: int = 0
    facts: int = 0
    uncited: int = 0
    citations: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    reading: Difficulty | None = None

    @property
    def state(self) -> str:
        """The review state today."""
        return self.review.state if self.review else UNPUBLISHED

    def row(self) -> tuple[object, ...]:
        """The row of ``guides.csv``."""
        review, edition, reading = self.review, self.edition, self.reading
        return (
            self.guide.id,
            self.guide.language,
            self.guide.title,
            self.guide.type,
            "translation" if self.guide.is_translation else "original",
            self.state,
            "; ".join(map(in_words, review.reasons)) if review else "",
            (review.by or "") if review else "",
            edition.number if edition else "",
            edition.published if edition else "",
            review.next_due if review else self.guide.review_due,
            ("yes" if review.overdue else "no") if review else "",
            self.statements,
            self.facts,
            self.uncited,
            self.citations,
            self.kinds.total(),
            "; ".join(f"{kind} {count}" for kind, count in sorted(self.kinds.items())),
            f"{reading.score:.1f}" if reading else "",
            SCALES[reading.scale] if reading else "",
        )


def in_words(reason: Reason) -> str:
    """A reason why an approval is missing or lapsed, in words."""
    count = len(reason.blocks)
    where = f" ({count} sections)" if count > 3 else f" ({', '.join(reason.blocks)})"
    about = " ".join(one for one in (reason.source, reason.detail) if one)
    return (
        WHY.get(reason.kind, reason.kind)
        + (where if count else "")
        + (f": {about}" if about else "")
        + (f", {reason.on}" if reason.on else "")
    )


def shown(reviews: Reviews, problems: list[str]) -> Iterator[Shown]:
    """Every published guide in every language, then the drafts; what cannot be read is told."""
    published = reviews.editions.ids()
    for id_ in published:
        try:
            edition = reviews.editions.latest(id_)
            for language, guide in edition.versions.items():
                yield _shown(guide, edition, reviews, language)
        except PiamaterError as error:
            problems.append(f"guide {id_}: {error.what}")
    for id_ in reviews.guides.ids():
        if id_ in published:
            continue
        try:
            for guide in reviews.guides.load(id_).versions.values():
                yield Shown(guide)
        except PiamaterError as error:
            problems.append(f"draft {id_}: {error.what}")


def _shown(guide: Guide, edition: Edition, reviews: Reviews, language: str) -> Shown:
    total = facts = uncited = citations = 0
    labels: set[str] = set()
    known = block_kinds()
    for block in guide.blocks:
        told = [one for part in block.parts for one in statements(part, language)]
        asserts = block.kind not in known or known[block.kind].claims
        claims = [one for one in told if one.claim and asserts]
        total += len(told)
        facts += len(claims)
        uncited += sum(not one.labels for one in claims)
        citations += sum(len(one.labels) for one in told)
        labels |= {label for one in told for label in one.labels}
    sources = {
        (one.source, one.version) for label, one in edition.evidence.items() if label in labels
    }
    kinds = Counter(_kind(reviews.library, *one) for one in sources)
    return Shown(
        guide,
        edition,
        reviews.of(edition, language),
        total,
        facts,
        uncited,
        citations,
        kinds,
        measured(guide),
    )


def _kind(library: Library, source: str, version: str) -> str:
    try:
        return library.corpus.version(source, version).record.kind.value
    except UnknownNameError:
        return "missing"


def measured(guide: Guide) -> Difficulty | None:
    """How hard the patient's view is to read; none for a case report or where nothing is said."""
    from piamater.checks.opening import page_from_guide

    if guide.type == "case-report":
        return None
    page = page_from_guide(guide)
    found = difficulty(_sentences(page), guide.language, guide.title)
    return found if found.words else None


def _sentences(page: Page) -> list[str]:
    """What the check of the reading level reads too: sentences and items, names left out."""
    said = (
        page.said(one)
        for one in patient_passages(page, Mark.CONTENT)
        if one.form in (Form.SENTENCE, Form.ITEM) and one.language == page.language
    )
    return [one for one in said if len(one.split()) >= _SHORTEST and not _is_name(one)]


def _is_name(said: str) -> bool:
    words = [one for one in said.split() if one[:1].isalpha() and len(one) > 3]
    return sum(one[0].isupper() for one in words) > _CAPITAL * len(words)
