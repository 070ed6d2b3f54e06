"""Check of the search index against the corpus; whatever is wrong with it, it is made anew."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from piamater.corpus import CorpusStore
from piamater.errors import PiamaterError
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.keeping.rebuild import rebuild_index
from piamater.search.tantivy_index import FORMAT
from piamater.text import Mark
from piamater.vocabulary import Vocabulary

_STATE = "piamater-index.json"
_FOOTER = struct.Struct("<II")
_MAGIC = 1337
_TODO = "piamater doctor --mend makes it anew from the corpus"


def index(state: LibraryState) -> Iterator[Finding]:
    """The index is whole, and holds the passages of all current versions and no others."""
    corpus = state.corpus
    if corpus is None or not corpus.last_number():
        return
    folder = state.library.index_folder
    if not (folder / _STATE).is_file():
        yield _finding(folder, Severity.INFO, "there is no index yet; the next question makes it")
        return
    problems = list(_files(folder)) or list(_state(state, corpus, folder))
    for severity, where, what in problems:
        yield _finding(where, severity, what)
    if not problems:
        yield from _compared(state, corpus, folder)


def mend(state: LibraryState) -> Iterator[str]:
    """Make it anew."""
    folder = state.library.index_folder
    yield f"{folder.name}: made anew, {rebuild_index(state.library):,} documents"


def _files(folder: Path) -> Iterator[tuple[Severity, Path, str]]:
    """Files whose checksum, which the engine wrote at their end, is not theirs."""
    for path in sorted(folder.iterdir()):
        try:
            data = path.read_bytes() if path.is_file() else b""
            if path.suffix == ".json":
                json.loads(data)
            elif path.suffix != ".lock" and path.is_file() and not _checksum(data):
                yield Severity.ERROR, path, "its checksum differs"
        except (OSError, ValueError) as error:
            yield Severity.ERROR, path, f"it cannot be read: {error}"


def _checksum(data: bytes) -> bool:
    """Whether the CRC-32 in the footer of an index file is that of what stands before it."""
    length, magic = _FOOTER.unpack(data[-_FOOTER.size :])
    body = len(data) - _FOOTER.size - length
    if magic != _MAGIC or body < 0:
        return False
    footer: dict[str, Any] = json.loads(data[body : body + length])
    return zlib.crc32(memoryview(data)[:body]) == footer.get("crc")


def _state(
    state: LibraryState, corpus: CorpusStore, folder: Path
) -> Iterator[tuple[Severity, Path, str]]:
    """What the index says of itself: its format, its vocabulary, how far it has kept up."""
    try:
        told = json.loads((folder / _STATE).read_bytes())
        upto, form, fingerprint = int(told["upto"]), told["format"], told["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Severity.ERROR, folder / _STATE, f"it cannot be read: {error}"
        return
    last = corpus.last_number()
    if form != FORMAT:
        yield Severity.INFO, folder, f"it has the format {form}; the next question makes it anew"
    elif upto > last:
        yield Severity.ERROR, folder, f"it is of change {upto}, and the corpus is at {last}"
    elif upto < last:
        yield Severity.INFO, folder, f"it lacks {last - upto} changes; the next command adds them"
    else:
        try:
            now = Vocabulary.load(state.library.vocabulary_folder).fingerprint
        except PiamaterError:
            return  # the check of the vocabulary tells it
        if fingerprint != now:
            yield Severity.INFO, folder, "its vocabulary changed; the next command makes it anew"


def _compared(state: LibraryState, corpus: CorpusStore, folder: Path) -> Iterator[Finding]:
    """The entries of the index against the passages of the corpus."""
    try:
        found = _entries(folder)
    except (ValueError, OSError) as error:
        yield _finding(folder, Severity.ERROR, f"it cannot be opened: {error}")
        return
    expected: set[tuple[int, int]] = set()
    for version in corpus.sources():
        passages = corpus.document(version.number).passages
        expected.update(
            (version.number, at) for at, one in enumerate(passages) if one.mark is Mark.CONTENT
        )
        state.progress(1)
    for keys, what in ((expected - found, "lacks"), (found - expected, "holds what is not in")):
        if keys:
            number, position = min(keys)
            yield _finding(
                folder,
                Severity.ERROR,
                f"it {what} the corpus: {len(keys):,} passages, the first of them"
                f" {position} of version number {number}",
            )


def _entries(folder: Path) -> set[tuple[int, int]]:
    """The keys of all entries."""
    import tantivy

    searcher = tantivy.Index.open(str(folder)).searcher()
    if not searcher.num_docs:
        return set()
    hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
    entries = (searcher.doc(address) for _, address in hits)
    return {(one["number"][0], one["position"][0]) for one in entries}


def _finding(where: Path, severity: Severity, what: str) -> Finding:
    name = where.name if where.parent.name[:5] != "index" else f"{where.parent.name}/{where.name}"
    return Finding("index", severity, name, what, _TODO, mendable=True)


INDEX = Check("index", "the search index holds what the corpus holds", index, mend, "sources")
