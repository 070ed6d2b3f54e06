"""EV017: newer evidence, of the library or of a page beside, says the contrary of a claim."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from piamater.checks.bibliography import names_of, source_named, written, years
from piamater.checks.ev.contrary import LIKE, contrary, said
from piamater.checks.page import Entry, Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.corpus import Library
from piamater.sources import Kind, Record
from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

if TYPE_CHECKING:
    from piamater.search import Retriever

MOST = 8
"""Passages of the library that a claim is held against."""
_RANKS = {
    Kind.GUIDELINE: 0,
    Kind.SYSTEMATIC_REVIEW: 0,
    Kind.TRIAL: 1,
    Kind.DRUG_LABEL: 1,
    Kind.COHORT: 2,
    Kind.NARRATIVE_REVIEW: 3,
    Kind.REFERENCE: 3,
    Kind.PATIENT_INFORMATION: 3,
    Kind.CASE_REPORT: 4,
    Kind.ANSWER_PAGE: 5,
}
"""How strong a kind of source is; a smaller number is stronger."""
_UNKNOWN = 1
"""The rank of a cited work that nothing is known of: as strong as a trial."""
_TYPES = frozenset(
    {"disease", "cancer", "drug", "test", "procedure", "organism", "symptom", "sign",
     "danger-sign"}
)  # fmt: skip
_THINGS = 2
"""Things that a relation is between, at least."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a claim rests on: the day of the newest of it (ISO 8601, may be partial), its rank."""

    day: str
    rank: int


def check(page: Page) -> Iterator[Hit]:
    """Claims against the passages that the page's library finds for them."""
    library = page.library
    retriever = _retriever(library) if library is not None else None
    if library is None or retriever is None:
        return
    for passage, _ in page.claims:
        text = page.said(passage)
        basis = _basis(page, passage)
        if not basis.day or said(text, passage.language) is None:
            continue
        query = retriever.query(text, passage.language)
        for found in retriever.find(replace(query, languages=(passage.language,)), MOST):
            record = found.version.record
            why = contrary(text, found.passage.text, passage.language)
            if why and _outweighs(record, basis) and _alike(text, found.passage.text):
                yield _hit(passage, found.passage.text, record, found.version.source, why)
                break


def check_beside(pages: Sequence[Page]) -> Iterator[tuple[Page, Hit]]:
    """Claims against the newer pages on the same topic that are checked with them."""
    held: dict[int, _Sentences] = {}
    for page in pages:
        others = [one for one in pages if _day(one.record) and _same_topic(page, one)]
        latest = max((_day(one.record) for one in others), default="")
        for passage in page.content() if others else ():
            text, basis = page.said(passage), _basis(page, passage)
            length = min(len(latest), len(basis.day))
            if latest[:length] <= basis.day[:length]:
                continue  # none of the others is newer
            newer = [one for one in others if _outweighs(one.record, basis)]
            mine = said(text, passage.language) if newer else None
            for other in newer if mine is not None else ():
                if id(other) not in held:
                    held[id(other)] = _Sentences(other)
                found = next(held[id(other)].contrary_to(text, passage.language), None)
                if found is not None and page.claim(passage):  # the costly question comes last
                    yield page, _hit(passage, found[0], other.record, other.name, found[1])
                    break


class _Sentences:
    """The sentences of a page, to be found by their words."""

    def __init__(self, page: Page) -> None:
        self._texts: list[str] = []
        self._places: dict[str, list[int]] = {}
        for one in page.content(Form.SENTENCE, Form.ITEM):
            text = page.said(one)
            taken = said(text, one.language) if one.language == page.language else None
            for word in taken.words if taken is not None else ():
                self._places.setdefault(word, []).append(len(self._texts))
            self._texts.append(text)

    def contrary_to(self, text: str, language: str) -> Iterator[tuple[str, str]]:
        """The sentences that say the contrary of one, and in what; only like ones are looked at."""
        taken = said(text, language)
        words = taken.words if taken is not None else frozenset()
        rare = sorted(words, key=lambda one: len(self._places.get(one, ())))
        some = {
            place
            for word in rare[: int(len(rare) * (1 - LIKE)) + 1]
            for place in self._places.get(word, ())
        }
        for place in sorted(some):
            why = contrary(text, self._texts[place], language)
            if why and _alike(text, self._texts[place]):
                yield self._texts[place], why


def _same_topic(one: Page, other: Page) -> bool:
    if one is other or one.language != other.language:
        return False
    if set(one.topic) & set(other.topic):
        return True
    return fold(one.title) == fold(other.title)


def _outweighs(record: Record, basis: _Basis) -> bool:
    """Whether a source is newer than what a claim rests on, and as strong at least."""
    day = _day(record)
    length = min(len(day), len(basis.day))
    return bool(length) and day[:length] > basis.day[:length] and _rank(record) <= basis.rank


def _alike(first: str, second: str) -> bool:
    """Whether two sentences tell a relation between the same things."""
    mine = _concepts(first)
    return len(mine) >= _THINGS and mine == _concepts(second)


def _concepts(text: str) -> frozenset[str]:
    known = vocabulary()
    found = (known.get(one) for one in known.concept_ids(text))
    return frozenset(one.id for one in found if one is not None and one.type in _TYPES)


def _basis(page: Page, passage: Passage) -> _Basis:
    """The newest day and the strongest kind of what is cited for a claim, or the page's own."""
    labels = [label for one in page.cited(passage) for label in one.labels]
    entries = [one for label in labels if (one := page.entry(label, passage.start)) is not None]
    if not entries:
        return _Basis(_day(page.record), _rank(page.record))
    records = [_record(page.library, one) for one in entries]
    days = [_day(one) for one in records if one is not None]
    days += [str(max(told)) for one in entries if written(one.text) and (told := years(one.text))]
    ranks = [_rank(one) if one is not None else _UNKNOWN for one in records]
    return _Basis(max(filter(None, days), default=""), min(ranks))


def _record(library: Library | None, entry: Entry) -> Record | None:
    if library is None:
        return None
    names = [entry.source] if entry.source else list(names_of(entry))
    source = next((found for one in names if (found := source_named(library, one))), "")
    return library.corpus.version(source).record if source else None


def _day(record: Record) -> str:
    return max(record.published, record.updated, record.reviewed)


def _rank(record: Record) -> int:
    return _RANKS.get(record.kind, _RANKS[Kind.REFERENCE])


def _hit(passage: Passage, quote: str, record: Record, source: str, why: str) -> Hit:
    plain = " ".join(quote.split())
    return Hit(
        passage.start,
        passage.end,
        f"a newer {str(record.kind).replace('-', ' ')} says the contrary: “{plain[:200]}” "
        f"({record.title or source}, {source}, {_day(record)}): {why}",
        "read both; say what the newer evidence says, or why it does not count here",
    )


def _retriever(library: Library) -> Retriever | None:
    """The search of a library; none where it has no index or an empty one."""
    folder, number = str(library.folder), library.corpus.last_number()
    last = getattr(_LOCAL, "last", None)
    if last is not None and last[0] == (folder, number):
        held: Retriever | None = last[1]
        return held
    found: Retriever | None = None
    if library.index_folder.is_dir():
        from piamater.search import Retriever, TantivyIndex
        from piamater.vocabulary import Vocabulary

        known = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, known.fingerprint)
        found = Retriever(library, index, known) if index.count() else None
    _LOCAL.last = ((folder, number), found)
    return found


_LOCAL = threading.local()
"""The search used last, by thread: a database connection belongs to one."""


def _page(kind: str, day: str, said: str) -> str:
    front = f"---\ntitle: Steroids in bacterial meningitis\nkind: {kind}\npublished: {day}\n---\n"
    return f"{front}# Steroids in bacterial meningitis\n\n{said}\n"


_OLD = "Dexamethasone is recommended for bacterial meningitis."
_NEW = "Dexamethasone is not recommended for bacterial meningitis."

RULE = Rule(
    "EV017",
    "newer-evidence-contradicts",
    Severity.WARNING,
    "Newer evidence, as strong at least, says the contrary of a claim.",
    "Of the practices in use that a large journal tested again in ten years, 40% proved wrong; a "
    "page that was right when it was written goes on advising them.",
    "Prasad et al., A Decade of Reversal: An Analysis of 146 Contradicted Medical Practices, Mayo "
    "Clin Proc 2013, https://www.mayoclinicproceedings.org/article/S0025-6196(13)00405-9/fulltext",
    Example(
        _page("guideline", "2015", _OLD),
        "old.md",
        (Example(_page("guideline", "2024", _NEW), "new.md"),),
    ),
    Example(
        _page("guideline", "2015", _OLD),
        "old.md",
        (Example(_page("case-report", "2024", _NEW), "new.md"),),
    ),
    page=check,
    library=check_beside,
    precision=1.0,
    reviewed=(
        "4 of 4 pairs among the 807 training claims of SciFact, 30 of 32 before the same diseases "
        "and medicines were asked for; none among 60,000 sentences of MedQuAD, PDQ and SciFact, "
        "whatever their dates: it finds little"
    ),
)
