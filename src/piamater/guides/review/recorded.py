"""Recorded: the files of editions that the ledger tells of, and those that are there."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from piamater.guides.editions import staged_path
from piamater.guides.review.entry import Entry


def recorded_files(entries: Iterable[Entry]) -> dict[str, str]:
    """The files of editions that the ledger names, each with its SHA-256."""
    found: dict[str, str] = {}
    for one in entries:
        if one.act == "found":
            found |= one.body.get("editions", {})
        elif one.act == "publish":
            found[str(one.body["file"])] = str(one.body["sha256"])
    return found


def edition_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every edition's file, by its path within the library."""
    return {
        one.relative_to(folder).as_posix(): sha256(one.read_bytes()).hexdigest()
        for one in sorted((folder / "editions").glob("*/[0-9]*.json"))
        if one.is_file()
    }


def show_staged(folder: Path, entries: Iterable[Entry]) -> list[str]:
    """Show editions that were recorded and then not shown, as when the power failed."""
    done = []
    for name, digest in recorded_files(entries).items():
        path = folder / name
        staged = staged_path(path)
        if path.exists() or not staged.is_file():
            continue
        if sha256(staged.read_bytes()).hexdigest() == digest:
            staged.replace(path)
            done.append(name)
    return done
