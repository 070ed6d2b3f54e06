"""The sources as rows of evidence, and readers' questions as counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from piamater.answers.inbox import FILE, STATES, Inbox
from piamater.corpus import Library, StoredVersion
from piamater.errors import UnknownNameError
from piamater.guides import Edition

SOURCES = (
    "source", "title", "kind", "published", "standing", "why", "review due", "licence",
    "version", "cited by guides", "address", "own note, looked up",
)  # fmt: skip
QUESTIONS = ("month", "state", "count")


@dataclass(frozen=True, slots=True)
class Held:
    """A version of a source: its standing today, and the published guides that cite it."""

    version: StoredVersion
    standing: str
    why: str
    review_due: str
    cited_by: tuple[str, ...]

    def row(self) -> tuple[object, ...]:
        """The row of ``sources.csv``."""
        record = self.version.record
        return (
            self.version.source,
            record.title,
            record.kind.value,
            record.published,
            self.standing,
            self.why,
            self.review_due,
            record.licence,
            self.version.version[:12],
            " ".join(self.cited_by),
            record.url,
            record.looked_up,
        )


def held_sources(
    library: Library, editions: Iterable[Edition], problems: list[str]
) -> Iterator[Held]:
    """What published guides cite, in the version that they cite, then every other source."""
    cited: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edition in editions:
        for one in edition.evidence.values():
            cited[one.source, one.version].add(edition.guide)
    for (source, version), guides in sorted(cited.items()):
        try:
            yield _held(library, library.corpus.version(source, version), guides)
        except UnknownNameError:
            problems.append(f"{source}, version {version[:12]}: cited, and not in the library")
    for stored in library.corpus.sources():
        if (stored.source, stored.version) not in cited:
            yield _held(library, stored, ())


def _held(library: Library, version: StoredVersion, guides: Iterable[str]) -> Held:
    judged = library.judge(version)
    return Held(
        version, judged.standing.value, judged.reason, judged.review_due, tuple(sorted(guides))
    )


def question_counts(library: Library) -> list[tuple[str, str, int]]:
    """How many readers' questions came in, by month and state; nothing else of them."""
    if not (library.folder / FILE).is_file():
        return []
    held = Inbox(library.folder, library.today, library.settings).list()
    found = Counter((one.received[:7], one.state) for one in held)
    order = {state: place for place, state in enumerate(STATES)}
    return sorted(
        ((month, state, count) for (month, state), count in found.items()),
        key=lambda one: (one[0], order.get(one[1], len(order)), one[1]),
    )
