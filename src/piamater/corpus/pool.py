"""ReaderPool: worker processes that read files, and outlive neither a crash nor their parent."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import connection
from types import TracebackType

from piamater.errors import InputError, PiamaterError
from piamater.sources import Kind, Original, Reading, read_original

SECONDS = 120
"""A file that takes longer than this to read is refused."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file on its way: the original, its key, what was kept of it, and what reading gave."""

    original: Original
    key: str
    kept: str
    kind: Kind | None
    size: int
    readings: tuple[Reading, ...] = ()
    error: PiamaterError | None = None


def read_file(file: ReadFile) -> ReadFile:
    """Read one file; a refusal is kept as its error."""
    try:
        return replace(file, readings=tuple(read_original(file.original, kind=file.kind)))
    except PiamaterError as error:
        return replace(file, error=error)


def _read_chunk(chunk: list[ReadFile]) -> list[ReadFile]:
    """What a worker does; it sends back the readings without the bytes they came from."""
    return [replace(read_file(one), original=_without_data(one.original)) for one in chunk]


def _without_data(original: Original) -> Original:
    return Original(original.name, original.location)


class ReaderPool:
    """Reads chunks of files in ``workers`` processes; a crashed or hanging reader is replaced."""

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)
        self._pool = self._start()

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.workers, multiprocessing.get_context("spawn"), initializer=_die_with_parent
        )

    def submit(self, chunk: list[ReadFile]) -> Future[list[ReadFile]]:
        """Queue a chunk."""
        try:
            return self._pool.submit(_read_chunk, chunk)
        except BrokenProcessPool:
            self._renew()
            return self._pool.submit(_read_chunk, chunk)

    def result(self, chunk: list[ReadFile], future: Future[list[ReadFile]]) -> list[ReadFile]:
        """The chunk's readings; after a crash its files are read again, one at a time."""
        try:
            return future.result(timeout=SECONDS + len(chunk))
        except (BrokenProcessPool, TimeoutError):
            return [self._alone(one) for one in chunk]

    def _alone(self, file: ReadFile) -> ReadFile:
        """Read one file in a pool of its own kind; what kills its reader again is refused."""
        pool = ProcessPoolExecutor(
            1, multiprocessing.get_context("spawn"), initializer=_die_with_parent
        )
        try:
            return pool.submit(_read_chunk, [file]).result(timeout=SECONDS)[0]
        except BrokenProcessPool:
            return replace(file, error=_refused(file, "its reader crashed"))
        except TimeoutError:
            _kill(pool)
            return replace(file, error=_refused(file, f"reading took over {SECONDS} seconds"))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _renew(self) -> None:
        _kill(self._pool)
        self._pool = self._start()


def _refused(file: ReadFile, what: str) -> InputError:
    return InputError(
        what, where=file.original.location, todo="leave the file out, or save it in another format"
    )


def _kill(pool: ProcessPoolExecutor) -> None:
    """End a pool's processes at once."""
    processes: Sequence[multiprocessing.Process] = list((pool._processes or {}).values())
    for process in processes:
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def _die_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
