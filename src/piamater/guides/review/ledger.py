"""Ledger: the append-only file of a library's reviews, and the proof that nothing in it changed.

``review/ledger.jsonl`` holds one entry a line; each names the hash of the line before and is
signed. ``review/head.json``, signed too, tells how many there are and the hash of the last, so
that lines cut from the end are missed. What neither shows is another ledger with another key, or
both files put back together to an earlier day: ``pin`` holds what is kept elsewhere against that.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from piamater.corpus.library import write_whole
from piamater.errors import LibraryError
from piamater.guides.review.entry import ACTS, START, Entry, canonical, entry_from_line
from piamater.guides.review.keys import Key, fingerprint, signed_by
from piamater.guides.review.pin import VARIABLE, kept_key

FOLDER = "review"
FILE = "ledger.jsonl"
HEAD = "head.json"
TRIES = 20
"""How often ledger and head are read while others sign, until they fit each other."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing wrong with a ledger: the number of the entry, 0 for the head.

    ``key``: it is whole, but not signed with the key that is kept apart from it.
    """

    entry: int
    what: str
    key: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What a check of the chain found.

    ``entries`` are those before the first broken one; ``unfinished`` is whether a line was begun
    at the end and never acknowledged, as when the power fails: it counts for nothing.
    """

    entries: tuple[Entry, ...]
    broken: Broken | None
    unfinished: bool
    head: str

    @property
    def sound(self) -> bool:
        """Whether the whole ledger stands."""
        return self.broken is None


class Ledger:
    """The ledger of a library, in its folder ``review``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._proof: tuple[Any, Proof] | None = None

    @classmethod
    def of(cls, library_folder: Path) -> Ledger:
        """The ledger of the library in this folder."""
        return cls(library_folder / FOLDER)

    @property
    def exists(self) -> bool:
        """Whether one was begun, or must have been: its key is kept apart."""
        files = (self.path, self.folder / HEAD)
        return any(one.is_file() for one in files) or bool(os.environ.get(VARIABLE, "").strip())

    @property
    def stamp(self) -> tuple[object, ...]:
        """Something that changes when an entry is added or a byte is touched."""
        files = (self.path, self.folder / HEAD)
        return *(_stat(one) for one in files), os.environ.get(VARIABLE)

    def proof(self) -> Proof:
        """The whole ledger, checked; read anew when a file changed."""
        stamp = self.stamp
        if self._proof is None or self._proof[0] != stamp:
            self._proof = (stamp, verify_ledger(self.folder))
        return self._proof[1]

    def entries(self) -> tuple[Entry, ...]:
        """All entries.

        Raises:
            LibraryError: one of them, or the head, is not what was signed.
        """
        proof = self.proof()
        if proof.broken:
            raise LibraryError(
                f"the review ledger is broken at entry {proof.broken.entry}: {proof.broken.what}",
                where=str(self.path),
                todo="piamater review verify tells more; take the file back from a copy",
            )
        return proof.entries

    def append(
        self, key: Key, act: str, by: str, body: Mapping[str, Any], at: datetime | None = None
    ) -> Entry:
        """Add an entry; the library must be held for writing. It is on the disk when this returns.

        Raises:
            LibraryError: the ledger is broken, the key is not its own, or the disk is full.
        """
        if act not in ACTS:
            raise ValueError(act)
        entries = self.entries() if self.exists else ()
        self.check_key(key, act)
        entry = Entry(
            len(entries) + 1,
            entries[-1].hash if entries else START,
            _moment(at, entries),
            act,
            by,
            dict(body),
            key.fingerprint,
        )
        signed = Entry(
            **{
                name: getattr(entry, name)
                for name in ("number", "previous", "at", "act", "by", "body", "key")
            },
            signature=key.sign(entry.signed_bytes),
        )
        if entry_from_line(signed.line) != signed:
            raise ValueError("the body does not survive JSON")
        try:
            if entries and self._head_is_late(len(entries)):  # by one: two would not be believed
                self._write_head(entries[-1], key)
            self._write(signed, key)
        except OSError as error:
            raise LibraryError(
                f"the entry could not be written: {error.strerror}",
                where=str(self.path),
                todo="free some space or check permissions; nothing was recorded",
            ) from error
        return signed

    def check_key(self, key: Key, act: str = "") -> None:
        """See that the next entry may be signed with this key.

        Raises:
            LibraryError: it is another one, or the ledger is broken or was never begun.
        """
        entries = self.entries() if self.exists else ()
        if (act == "found") != (not entries):
            raise LibraryError(
                "a ledger begins with one founding entry",
                where=str(self.path),
                todo="piamater review init",
            )
        if entries and key.fingerprint != entries[0].key:
            raise LibraryError(
                "this key is not the one that the ledger is signed with",
                where=str(self.folder),
                todo="take the right key.pem back from a copy",
            )

    def _write(self, entry: Entry, key: Key) -> None:
        """Append the line, after whatever was begun and never finished is cut off, then the head.

        Where the head cannot be written the line is taken back: it was acknowledged to nobody.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            size = os.fstat(descriptor).st_size
            whole = _whole_lines(os.pread(descriptor, size, 0))
            os.ftruncate(descriptor, whole)
            line = entry.line + b"\n"
            try:
                if os.pwrite(descriptor, line, whole) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(descriptor)
                self._write_head(entry, key)
            except OSError:
                os.ftruncate(descriptor, whole)
                os.fsync(descriptor)
                raise
        finally:
            os.close(descriptor)

    def _head_is_late(self, count: int) -> bool:
        """Whether the head, which is believed, counts fewer entries: the power failed between."""
        head = _bytes(self.folder / HEAD)
        return not head or int(json.loads(head)["count"]) < count

    def _write_head(self, entry: Entry, key: Key) -> None:
        form = {"count": entry.number, "hash": entry.hash, "key": key.fingerprint}
        data = canonical({**form, "signature": key.sign(canonical(form))})
        write_whole(self.folder / HEAD, data + b"\n", mode=0o644)


def _moment(at: datetime | None, entries: tuple[Entry, ...]) -> str:
    """The moment in UTC, never before the entry before: clocks are set back now and then."""
    now = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    return max(now, entries[-1].at) if entries else now


def verify_ledger(folder: Path, key: str | None = None) -> Proof:
    """Check every link: form, order, hashes, signatures, and the head.

    ``key``: the fingerprint or the file of the key that it must have been begun with; who has kept
    it knows then that the ledger was not replaced as a whole. Where none is given, it is the one
    that ``PIAMATER_LEDGER_KEY`` names; see ``pin.kept_key``.
    """
    data, head = _both(folder)
    whole = _whole_lines(data)
    entries: list[Entry] = []
    known = ""
    broken = None
    for number, line in enumerate(data[:whole].split(b"\n")[:-1], start=1):
        what, known = _link(line, number, entries, known)
        if what:
            broken = Broken(number, what)
            break
    found = tuple(entries)
    broken = broken or _head_problem(head, found) or _key_problem(key, found)
    if broken and broken.key:
        found = ()  # whoever began it, nothing in it binds here
    last = found[-1].hash if found else START
    return Proof(found, broken, whole < len(data), last)


def _key_problem(key: str | None, entries: tuple[Entry, ...]) -> Broken | None:
    """What the key that is kept apart tells against the entries."""
    try:
        kept = kept_key(key)
    except LibraryError as error:
        return Broken(1, f"{error.where}: {error.what}", key=True)
    if not kept or (entries and kept in (entries[0].key, entries[0].body["public"])):
        return None
    if not entries:
        return Broken(1, "there is no ledger, and its key is kept elsewhere", key=True)
    return Broken(1, f"it was founded with another key than the one kept, {kept[:16]}…", key=True)


def _link(line: bytes, number: int, entries: list[Entry], known: str) -> tuple[str, str]:
    """What is wrong with the next line (empty where nothing is), and the key after it."""
    try:
        entry = entry_from_line(line)
        if number == 1:
            known = str(entry.body["public"])
        named = fingerprint(known)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return f"it cannot be read: {error}", known
    previous = entries[-1].hash if entries else START
    for wrong, what in (
        (entry.number != number, f"it calls itself entry {entry.number}"),
        (entry.previous != previous, "it does not follow the entry before it"),
        ((entry.act == "found") != (number == 1), "a ledger has one founding entry, its first"),
        (entry.key != named, "it is signed with another key"),
        (not signed_by(known, entry.signed_bytes, entry.signature), "its signature is not right"),
        (bool(entries) and entry.at < entries[-1].at, "it is dated before the entry before it"),
    ):
        if wrong:
            return what, known
    entries.append(entry)
    return "", known


def _head_problem(data: bytes, entries: tuple[Entry, ...]) -> Broken | None:
    """What the head tells against the entries; one entry more than it counts is a late head."""
    if not entries:
        return Broken(1, "its head is there, and no entry is") if data else None
    try:
        form = json.loads(data)
        signature = form.pop("signature")
        count, last = int(form["count"]), str(form["hash"])
        written = canonical({**form, "signature": signature}) + b"\n"
        keys = {
            fingerprint(one.body["public"]): one.body["public"]
            for one in entries
            if one.act == "found"
        }
        if written != data or not signed_by(keys[form["key"]], canonical(form), signature):
            raise ValueError("its signature is not right")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # the very first entry may be on the disk and its head not yet
        if len(entries) == 1 and not data:
            return None
        return Broken(0, f"the head of the ledger cannot be believed: {error}")
    if count > len(entries):
        return Broken(
            len(entries) + 1, f"the head counts {count} entries, and {len(entries)} are there"
        )
    if count < len(entries) - 1 or count < 1:
        return Broken(0, f"the head counts {count} entries, and {len(entries)} are there")
    if entries[count - 1].hash != last:
        return Broken(count, "the head names another hash for it")
    return None


def _whole_lines(data: bytes) -> int:
    return data.rfind(b"\n") + 1


def _both(folder: Path) -> tuple[bytes, bytes]:
    """Ledger and head as they fit each other: read anew where somebody signed between."""
    for _ in range(TRIES):
        head = _bytes(folder / HEAD)
        data = _bytes(folder / FILE)
        if _bytes(folder / HEAD) == head:
            break
    return data, head


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
