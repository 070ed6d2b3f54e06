"""Adding: from files, folders and archives to deposits, in parallel, resumable after any kill.

The calling process walks, hashes and writes; worker processes read. Results are taken in the
order of the walk, so that a library does not depend on which worker was quick.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path

from piamater.corpus.library import Library
from piamater.corpus.pool import ReaderPool, ReadFile, read_file
from piamater.corpus.store import Deposit
from piamater.errors import InputError, LibraryError, PiamaterError
from piamater.sources import READERS_REVISION, Kind, Original, Refusal, walk

FEW = 12
"""Up to this many files are read in the calling process: starting workers would take longer."""

CHUNK_FILES = 48
CHUNK_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class AddReport:
    """What an add did: works by outcome, files refused with their reasons, readers' warnings."""

    added: int = 0
    unchanged: int = 0
    new_version: int = 0
    record_updated: int = 0
    passages: int = 0
    refused: list[Refused] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def files_refused(self) -> int:
        """How many files were refused."""
        return len(self.refused)


Progress = Callable[[int], None]
"""Called with how many more files are done."""


def add(
    library: Library,
    what: Sequence[str],
    kind: Kind | None = None,
    progress: Progress = lambda files: None,
    workers: int = 2,
) -> AddReport:
    """Take everything named in ``what`` into the library; the caller holds the writer lock.

    What was taken in before is skipped. A file that cannot be read is refused with its reason
    and harms nothing beside it.

    Raises:
        LibraryError: the library cannot be written (disk full, permissions).
    """
    report = AddReport()
    files = _Intake(library, kind, report, progress).fresh(what)
    first = list(islice(files, FEW))
    if len(first) < FEW:
        _store(library, (read_file(one) for one in first), report, progress)
        return report
    with ReaderPool(workers) as pool:
        _store(library, _in_parallel(pool, _chain(first, files)), report, progress)
    return report


@dataclass(slots=True)
class _Intake:
    """The walk: tells what is refused at once and what is held already, gives the rest."""

    library: Library
    kind: Kind | None
    report: AddReport
    progress: Progress
    kept: dict[str, str] = field(default_factory=dict)

    def fresh(self, what: Iterable[str]) -> Iterator[ReadFile]:
        for one in what:
            try:
                for found in walk(one, self.library.settings.max_bytes):
                    if isinstance(found, Refusal):
                        self._refuse(found.name, found.error)
                    else:
                        yield from self._unless_known(found)
            except LibraryError:
                raise  # of the library, not of this file
            except PiamaterError as error:
                self._refuse(str(one), error)

    def _unless_known(self, original: Original) -> Iterator[ReadFile]:
        try:
            data = original.read(self.library.settings.max_bytes)
        except InputError as error:
            self._refuse(original.name, error)
            return
        digest = sha256(data).hexdigest()
        key = f"{digest}:{self.kind or ''}:{READERS_REVISION}"
        known = self.library.corpus.known_files([key])
        if key in known:
            self.report.unchanged += known[key]
            self.progress(1)
            return
        kept = self._keep(original, data, digest)
        yield ReadFile(original, key, kept, self.kind, len(data))

    def _keep(self, original: Original, data: bytes, digest: str) -> str:
        """Keep the file, or once the archive it is in; gives the SHA-256 of what was kept."""
        container, inside, _ = original.location.partition("!")
        if not inside:
            self.library.keep_original(data, digest, original.suffix)
            return digest
        if container not in self.kept:
            path = Path(container)
            with path.open("rb") as file:
                hasher = sha256()
                while block := file.read(1 << 20):
                    hasher.update(block)
            self.kept[container] = hasher.hexdigest()
            self.library.keep_original(path, self.kept[container], "".join(path.suffixes[-2:]))
        return self.kept[container]

    def _refuse(self, name: str, error: PiamaterError) -> None:
        self.report.refused.append(Refused(name, str(error)))
        self.progress(1)


def _chain(first: list[ReadFile], rest: Iterator[ReadFile]) -> Iterator[ReadFile]:
    yield from first
    yield from rest


def _in_parallel(pool: ReaderPool, files: Iterator[ReadFile]) -> Iterator[ReadFile]:
    """The files with their readings, in order, a bounded number of chunks ahead."""
    ahead: deque[tuple[list[ReadFile], Future[list[ReadFile]]]] = deque()
    for chunk in _chunks(files):
        ahead.append((chunk, pool.submit(chunk)))
        if len(ahead) > 3 * pool.workers:
            yield from pool.result(*ahead.popleft())
    while ahead:
        yield from pool.result(*ahead.popleft())


def _chunks(files: Iterator[ReadFile]) -> Iterator[list[ReadFile]]:
    chunk: list[ReadFile] = []
    size = 0
    for one in files:
        chunk.append(one)
        size += one.size
        if len(chunk) >= CHUNK_FILES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _store(
    library: Library, results: Iterator[ReadFile], report: AddReport, progress: Progress
) -> None:
    """Deposit what was read, one transaction for every so many files."""
    while batch := list(islice(results, 64)):
        deposits = [
            Deposit(reading, one.kept, one.original.name, one.original.location)
            for one in batch
            for reading in one.readings
        ]
        done = [(one.key, len(one.readings)) for one in batch if one.error is None]
        for outcome in library.corpus.deposit(deposits, done):
            field_name = outcome.result.replace("-", "_")
            setattr(report, field_name, getattr(report, field_name) + 1)
        for one in batch:
            if one.error is not None:
                report.refused.append(Refused(one.original.name, str(one.error)))
            for reading in one.readings:
                report.passages += len(reading.document.passages)
                report.warnings += [f"{one.original.name}: {text}" for text in reading.warnings]
        progress(len(batch))
