"""Proof of a library's reviews: the chain, the editions it tells of, the evidence under them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from piamater.corpus import Library
from piamater.errors import LibraryError, PiamaterError
from piamater.guides.editions import Edition, EditionStore, staged_path
from piamater.guides.review.book import APPROVING, Book
from piamater.guides.review.entry import Entry
from piamater.guides.review.keys import PUBLIC_FILE, public_from_pem
from piamater.guides.review.ledger import FILE, HEAD, Ledger, verify_ledger
from piamater.guides.review.pin import holds_head, kept_head, kept_key
from piamater.guides.review.policy import FILE as POLICY
from piamater.guides.review.policy import load_policy
from piamater.guides.review.recorded import edition_files, recorded_files


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not what was signed: where it is, and what is wrong."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proven: the number of entries, editions and pieces of evidence, and the faults."""

    entries: int
    editions: int
    evidence: int
    head: str
    unfinished: bool
    pinned: bool
    faults: tuple[Fault, ...]


def verify(library: Library, key: str | None = None, heads: Sequence[str] = ()) -> Verified:
    """Check the ledger, every edition and every quote; nothing is asked of the network.

    ``key``: as in ``verify_ledger``. ``heads`` are hashes of heads that were kept: the ledger must
    still hold the entries that they name.

    Raises:
        LibraryError: the key or a head is not one.
    """
    pinned = bool(kept_key(key))
    ledger = Ledger.of(library.folder)
    proof = verify_ledger(ledger.folder, key)
    faults = []
    if proof.broken:
        name = f"entry {proof.broken.entry}" if proof.broken.entry else HEAD
        faults.append(Fault(f"review/{FILE}, {name}", proof.broken.what))
    for head in map(kept_head, heads):
        if not holds_head(proof.entries, head):
            what = f"no entry is the one that the kept head names, {head[:16]}…: "
            what += "the ledger was put back to an earlier day, or written anew"
            faults.append(Fault(f"review/{FILE}", what))
    faults += _public_key(ledger.folder / PUBLIC_FILE, proof.entries)
    faults += _policy(ledger.folder, proof.entries)
    files = recorded_files(proof.entries)
    faults += _files(library.folder, files)
    evidence = _Evidence(library)
    unopened = tuple(_unopened(library))
    faults += unopened or (*evidence.faults(proof.entries), *_records(library))
    return Verified(
        len(proof.entries),
        len(files),
        evidence.count,
        proof.head,
        proof.unfinished,
        pinned,
        tuple(dict.fromkeys(faults)),
    )


def _unopened(library: Library) -> Iterator[Fault]:
    """Why the corpus cannot be opened: told once, not for every text in it."""
    try:
        _ = library.corpus
    except PiamaterError as error:
        yield Fault(error.where, f"{error.what} ({error.todo})")


def _records(library: Library) -> Iterator[Fault]:
    """Records, notices and decisions of the corpus that are not what was kept."""
    try:
        for one in library.corpus.faults():
            yield Fault(one.where, one.what)
    except PiamaterError as error:
        yield Fault(error.where, error.what)


def _public_key(path: Path, entries: tuple[Entry, ...]) -> Iterator[Fault]:
    """The public key beside the ledger is what readers download to verify with."""
    if not path.is_file():
        return
    if not entries:  # a broken first entry is told already
        if not Ledger(path.parent).exists:
            yield Fault(f"review/{FILE}", "the ledger is gone, and its key is here")
        return
    try:
        same = public_from_pem(path.read_bytes()) == entries[0].body.get("public")
    except LibraryError:
        same = False
    if not same:
        yield Fault(f"review/{PUBLIC_FILE}", "it is not the key that the ledger was founded with")


def _policy(folder: Path, entries: tuple[Entry, ...]) -> Iterator[Fault]:
    recorded = Book(entries).policy
    try:
        same = not recorded or recorded == load_policy(folder).hash
        what = "the policy is not the one that was recorded"
    except LibraryError as error:
        same, what = False, error.what
    if not same:
        yield Fault(f"review/{POLICY}", what)


def _files(folder: Path, recorded: dict[str, str]) -> Iterator[Fault]:
    for name, digest in recorded.items():
        path = folder / name
        path = path if path.is_file() else staged_path(path)
        if not path.is_file():
            yield Fault(name, "the edition is gone")
        elif sha256(path.read_bytes()).hexdigest() != digest:
            yield Fault(name, "the edition is not the file that was published")
    for name in edition_files(folder) if Ledger.of(folder).exists else ():
        if name not in recorded:
            yield Fault(name, "the ledger does not know this edition")
    for path in sorted((folder / "editions").glob("*/figures/*")):
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != path.stem:
            yield Fault(
                path.relative_to(folder).as_posix(), "the picture is not what was published"
            )


class _Evidence:
    """The texts and quotes under editions and signatures; each text is read once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.count = 0
        self._texts: dict[tuple[str, str], str | None] = {}

    def faults(self, entries: tuple[Entry, ...]) -> Iterator[Fault]:
        store = EditionStore(self.library.folder / "editions")
        for id_ in store.ids():
            try:
                history = store.history(id_)
            except PiamaterError as error:
                yield Fault(error.where, error.what)
                continue
            except RecursionError as error:
                yield Fault(f"editions/{id_}", f"it cannot be read: {error}")
                continue
            for edition in history:
                yield from self._pictures(edition)
                for one in edition.content["evidence"]:
                    self.count += 1
                    yield from self._quote(one, edition.path.name)
        for entry in entries:
            if entry.act in APPROVING:
                for source, held in entry.body.get("evidence", {}).items():
                    self.count += 1
                    yield from self._text(source, held[0])

    def _pictures(self, edition: Edition) -> Iterator[Fault]:
        """Pictures that are gone; what stands in one is looked at where it lies."""
        for name, digest in edition.figures.items():
            path = edition.folder / "figures" / (digest + Path(name).suffix)
            if not path.is_file():
                where = path.relative_to(self.library.folder).as_posix()
                yield Fault(where, f"{edition.path.name} shows it, and it is gone")

    def _quote(self, one: dict[str, object], name: str) -> Iterator[Fault]:
        try:
            source, version = str(one["source"]), str(one["version"])
            start, end, quote = int(str(one["start"])), int(str(one["end"])), str(one["quote"])
        except (KeyError, ValueError, TypeError):
            yield Fault(name, f"a citation cannot be read: {json.dumps(one)[:80]}")
            return
        yield from self._text(source, version)
        text = self._texts[source, version]
        if text is not None and text[start:end] != quote:
            yield Fault(
                f"{source}, version {version[:12]}", f"a quote of {name} does not stand there"
            )

    def _text(self, source: str, version: str) -> Iterator[Fault]:
        if (source, version) in self._texts:
            return
        try:
            text: str | None = self.library.corpus.text(source, version)
        except PiamaterError as error:
            text = None
            yield Fault(f"{source}, version {version[:12]}", error.what)
        self._texts[source, version] = text
        if text is None:
            return
        if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != version:
            self._texts[source, version] = None
            yield Fault(f"{source}, version {version[:12]}", "its text is not what was taken in")
