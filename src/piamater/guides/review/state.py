"""The review state of an edition, computed when it is read.

It follows from the ledger, the content, the standing of the evidence and the clock; no job sets
it. An approval binds word for word: what changed since the signature lapses it, and so do evidence
that moved, a date that passed and a reviewer who withdrew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from piamater.corpus import Library
from piamater.corpus.sql_reader import identifiers
from piamater.corpus.standing import BY_NOTICE, Standing
from piamater.errors import UnknownNameError
from piamater.guides.editions import Edition
from piamater.guides.review.book import UNTOLD, Book, Decision, GuideBook, NoticeKey, notice_key
from piamater.guides.review.cells import FRONT, VIEWS, Cell, cells
from piamater.guides.review.entry import Entry
from piamater.guides.review.people import bare_name
from piamater.guides.review.policy import Policy
from piamater.sources import NoticeKind

APPROVED, LAPSED, UNDER_REVIEW, SUBMITTED = "approved", "lapsed", "under-review", "submitted"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an approval is missing or has lapsed.

    ``kind``: ``unsigned``, ``content``, ``evidence`` (a cited source has a newer version, or lost
    an identifier by which notices find it),
    ``source`` (there is a notice about it that nobody had seen who signed), ``overdue``,
    ``withdrawn``, ``behind`` (the original changed), ``changes-asked``, ``form`` (signed under
    another form of digests), ``policy`` (its file is not the one recorded), ``ledger`` (it does
    not verify), ``key`` (it is signed with another key than the one that is kept apart).
    ``blocks`` are the headings concerned; ``source`` and ``detail`` tell of what, ``on`` since
    when, where that is known.
    """

    kind: str
    blocks: tuple[str, ...] = ()
    source: str = ""
    detail: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What can be said today of an edition's review, in one language and one view or both.

    ``by`` names the people whose signatures it rests on, ``on`` the day of the last of them;
    ``next_due`` is the day by which it must be looked at, ``overdue`` whether that has passed.
    ``notes`` are the editors' notes that readers see. Dates are ISO 8601.
    """

    state: str
    by: str | None
    on: str | None
    next_due: str
    overdue: bool
    submitted: str
    reasons: tuple[Reason, ...] = ()
    signatures: tuple[Entry, ...] = ()
    notes: tuple[Entry, ...] = ()
    checked: Entry | None = None


class _Fault(NamedTuple):
    """What is wrong with one cell; equal faults of several cells are told once."""

    kind: str
    source: str = ""
    detail: str = ""
    on: str = ""


class _Known(NamedTuple):
    """The notices about a source today, and the names under which they find it."""

    notices: Counter[NoticeKey]
    names: frozenset[str]


def review_of(
    edition: Edition,
    library: Library,
    book: Book,
    policy: Policy,
    language: str = "",
    view: str = "",
) -> Review:
    """The review state of an edition today.

    ``language`` is the original's by default; ``view`` is ``patient``, ``clinical``, or both.
    """
    language = language or edition.original.language
    held = book.guide(edition.guide)
    judge = _Judge(edition, library, held, policy)
    wanted = [
        one for one in judge.cells
        if one.language == language and view in ("", one.view)
    ]  # fmt: skip
    faults = {(one.block, one.view): judge.faults(one) for one in wanted}
    reasons = _told(wanted, faults)
    used = judge.used
    due = min([*(one.next_review for one in used), edition.original.review_due or "9999"])
    if used and due < library.today.isoformat() and not any(r.kind == "overdue" for r in reasons):
        reasons = (*reasons, Reason("overdue", on=due))
    if not wanted:
        reasons = (Reason("unsigned"),)
    if book.policy and book.policy != policy.hash:
        reasons = (Reason("policy"),)
    if broken := book.broken:
        kind = "key" if broken.key else "ledger"
        reasons = (Reason(kind, detail=f"entry {broken.entry}: {broken.what}"),)
    return Review(
        _state(held, language, reasons),
        ", ".join(dict.fromkeys(one.person.shown for one in used)) or None,
        max((one.entry.day for one in used), default=None),
        due if due != "9999" else "",
        due < library.today.isoformat(),
        edition.original.submitted,
        reasons,
        tuple(one.entry for one in used),
        tuple(held.notes),
        held.checked[-1] if held.checked else None,
    )


def _state(held: GuideBook, language: str, reasons: Sequence[Reason]) -> str:
    if not reasons:
        return APPROVED
    if reasons[0].kind in ("ledger", "key", "policy") or held.completed(language):
        return LAPSED
    return UNDER_REVIEW if held.starts or held.approvals or held.rejections else SUBMITTED


def _told(
    wanted: Sequence[Cell], faults: dict[tuple[str, str], tuple[_Fault, ...]]
) -> tuple[Reason, ...]:
    """The faults of all cells as reasons, each with the headings it concerns."""
    found: dict[_Fault, dict[str, None]] = {}
    for one in wanted:
        for fault in faults[(one.block, one.view)]:
            found.setdefault(fault, {})[one.heading] = None
    return tuple(
        Reason(fault.kind, tuple(blocks), fault.source, fault.detail, fault.on)
        for fault, blocks in found.items()
    )


class _Judge:
    """What stands against each cell of an edition; keeps the approvals that it rests on."""

    def __init__(self, edition: Edition, library: Library, held: GuideBook, policy: Policy) -> None:
        self.edition = edition
        self.library = library
        self.held = held
        self.policy = policy
        self.cells = cells(edition)
        self._by_place = {(one.language, one.block, one.view): one for one in self.cells}
        self._authors = set(map(bare_name, edition.original.authors))
        self._used: dict[int, Decision] = {}
        self._sources: dict[str, _Fault | _Known] = {}

    @property
    def used(self) -> list[Decision]:
        """The approvals that were found to hold the words of some cell, by number."""
        return [self._used[one] for one in sorted(self._used)]

    def faults(self, cell: Cell) -> tuple[_Fault, ...]:
        """What stands against a cell; nothing where it is approved."""
        if cell.language == self.edition.original.language:
            return self._original(cell)
        own = self._signed(cell, 1, lambda one: f"language:{cell.language}" in one.roles)
        return tuple(dict.fromkeys([*own, *self._from_original(cell)]))

    def _original(self, cell: Cell) -> tuple[_Fault, ...]:
        if self.clinical(cell):
            return self._signed(cell, self.policy.clinical, lambda one: "clinical" in one.roles)
        return self._signed(
            cell,
            1,
            lambda one: bool(one.roles & {"clinical", "reviewer", f"language:{cell.language}"}),
        )

    def clinical(self, cell: Cell) -> bool:
        """Whether a cell needs a clinical reviewer."""
        return cell.block != FRONT and (cell.view == VIEWS[1] or cell.kind in self.policy.kinds)

    def _from_original(self, cell: Cell) -> tuple[_Fault, ...]:
        """A translation stands on its original: approved itself, and unchanged since."""
        first = self._by_place.get((self.edition.original.language, cell.block, cell.view))
        theirs = self.edition.original.block(cell.block)
        if cell.block != FRONT and (first is None or theirs is None or theirs.hash != cell.of):
            return (_Fault("behind"),)
        return self._original(first) if first else ()

    def _signed(
        self, cell: Cell, persons: int, fits: Callable[[Decision], bool]
    ) -> tuple[_Fault, ...]:
        """What keeps a cell from having the signatures of so many fitting persons."""
        writers = self.held.writers(cell)
        original = cell.language == self.edition.original.language
        latest = {
            one.person.id: one
            for one in self.held.approvals
            if fits(one)
            and self._digests(one, cell)
            and one.person.id not in writers
            and not (original and bare_name(one.person.name) in self._authors)
        }
        for one in latest.values():
            if self._digests(one, cell) == (cell.text, cell.evidence):
                self._keep(one)
        against = {id_: self._against(one, cell) for id_, one in latest.items()}
        if asked := self._asked(cell, [latest[id_] for id_, fault in against.items() if not fault]):
            return (asked,)
        told = [
            (fault,) if fault else tuple(self._moved(latest[id_], cell))
            for id_, fault in against.items()
        ]
        bad = [one for one in told if one]
        wanting = persons - (len(told) - len(bad))
        faults = [fault for one in bad[: max(0, wanting)] for fault in one]
        if wanting > len(bad):
            faults.append(_Fault("unsigned"))
        return tuple(dict.fromkeys(faults))

    def _digests(self, one: Decision, cell: Cell) -> tuple[str, str] | None:
        return one.digests(cell, self.edition.hash)

    def _keep(self, one: Decision) -> None:
        if one.entry.number not in self.held.withdrawn:
            self._used[one.entry.number] = one

    def _against(self, one: Decision, cell: Cell) -> _Fault | None:
        """Why an approval does not hold for a cell, whatever its sources are worth."""
        withdrawn = self.held.withdrawn.get(one.entry.number)
        if withdrawn:
            return _Fault("withdrawn", detail=one.person.name, on=withdrawn.day)
        signed = self._digests(one, cell) or UNTOLD
        if signed == UNTOLD:
            return _Fault("form", on=one.entry.day)
        if signed[0] != cell.text:
            return _Fault("content", on=one.entry.day)
        if signed[1] != cell.evidence:
            return _Fault("evidence", on=one.entry.day)
        if one.next_review < self.library.today.isoformat():
            return _Fault("overdue", on=one.next_review)
        return None

    def _asked(self, cell: Cell, good: Sequence[Decision]) -> _Fault | None:
        """A rejection of these very words that its signer has not taken back."""
        for one in self.held.rejections:
            later = any(
                each.person.id == one.person.id and each.entry.number > one.entry.number
                for each in good
            )
            if (
                (self._digests(one, cell) or UNTOLD)[0] == cell.text
                and one.entry.number not in self.held.withdrawn
                and not later
            ):
                return _Fault("changes-asked", detail=one.person.name, on=one.entry.day)
        return None

    def _moved(self, one: Decision, cell: Cell) -> Iterator[_Fault]:
        """What became of the sources under a cell since an approval was signed."""
        for source in cell.sources:
            if source not in self._sources:
                self._sources[source] = self._source(source)
            now = self._sources[source]
            if isinstance(now, _Fault):
                yield now
                continue
            if one.identifiers(source) - now.names:
                yield _Fault("evidence", source, "identifier gone")
            for notice in now.notices - one.notices(source):
                standing = BY_NOTICE[NoticeKind(notice[0])]
                if standing in self.policy.lapses:
                    yield _Fault("source", source, standing.value, notice[1])

    def _source(self, source: str) -> _Fault | _Known:
        """What is known of a cited source today, or what is wrong with it for everybody."""
        pinned = next(one.version for one in self.edition.evidence.values() if one.source == source)
        try:
            held = self.library.corpus.version(source, pinned)
        except UnknownNameError:
            return _Fault("source", source, "missing")
        notices = Counter(map(notice_key, self.library.corpus.notices(held.record, source)))
        worst = self.library.judge(held).standing
        if not held.current and worst is Standing.SUPERSEDED and not self._still_said(source):
            return _Fault("evidence", source, "new version")
        return _Known(notices, frozenset(identifiers(held.record)))

    def _still_said(self, source: str) -> bool:
        """Whether a newer version says what is quoted, where the policy asks for no more."""
        if self.policy.evidence != "quote":
            return False
        text = self.library.corpus.text(source)
        return all(
            one.quote in text for one in self.edition.evidence.values() if one.source == source
        )
