"""Checks of the editions: each is what was published, in an unbroken chain, with its evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from piamater.errors import PiamaterError
from piamater.guides import Edition
from piamater.keeping.checkup.database import RESTORE
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.keeping.parts import NEW, STAGED

_NAME = re.compile(r"(\d{4,})-[0-9a-f]{12}\.json")
_PICTURE = re.compile(r"([0-9a-f]{64})\.\w+")


def editions(state: LibraryState) -> Iterator[Finding]:
    """Every edition and picture is what was published, and none is missing between two."""
    for guide in _guides(state):
        previous: Edition | None = None
        for path in _files(guide):
            edition, problem = _read(state, path)
            state.progress(1)
            if problem:
                yield _error("editions", state.path(path), problem)
            if edition is None:
                previous = None
                continue
            if previous is not None and (
                edition.number != previous.number + 1 or edition.previous != previous.hash
            ):
                yield _error("editions", state.path(path), "it does not follow the one before it")
            if previous is None and path == _files(guide)[0] and edition.number != 1:
                yield _error("editions", state.path(path), "the editions before it are missing")
            previous = edition
            yield from _pictures(state, edition, path)
        yield from _changed_pictures(state, guide)


def quotes(state: LibraryState) -> Iterator[Finding]:
    """Every quote stands, character for character, in the version that the edition names."""
    if state.corpus is None:
        return
    for guide in _guides(state):
        for path in _files(guide):
            edition, _ = _read(state, path)
            if edition is None:
                continue  # the check of the editions tells it
            for one in edition.content["evidence"]:
                state.progress(1)
                if what := quote_problem(state, one):
                    yield _error("quotes", f"{state.path(path)}, [^{one.get('label')}]", what)


def quote_problem(state: LibraryState, one: dict[str, object]) -> str:
    """What is wrong with a citation of ``source``, ``version``, ``start``, ``end``, ``quote``."""
    try:
        source, version = str(one["source"]), str(one["version"])
        start, end, quote = int(str(one["start"])), int(str(one["end"])), str(one["quote"])
    except (KeyError, ValueError):
        return "the citation cannot be read"
    text = state.text_of(source, version)
    if text is None:
        return f"the corpus does not hold {source}, version {version[:12]}"
    if not quote or text[start:end] != quote:
        return f"its quote does not stand in {source}, version {version[:12]}, at {start}-{end}"
    return ""


def _guides(state: LibraryState) -> list[Path]:
    folder = state.editions.folder
    return sorted(one for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []


def _files(guide: Path) -> list[Path]:
    return sorted(
        one for one in guide.iterdir() if one.is_file() and not one.name.startswith((NEW, STAGED))
    )


def _read(state: LibraryState, path: Path) -> tuple[Edition | None, str]:
    """An edition by its file, and what is wrong with the file."""
    name = _NAME.fullmatch(path.name)
    if name is None:
        return None, "this is not an edition"
    numbers = [one for one in _files(path.parent) if one.name.startswith(f"{name[1]}-")]
    if len(numbers) > 1:
        return None, f"{len(numbers)} editions have the number {int(name[1])}"
    try:
        edition = state.editions.edition(path.parent.name, int(name[1]))
        data = path.read_bytes()
        written = json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"
    except PiamaterError as error:
        return None, error.what
    except (ValueError, OSError, RecursionError) as error:
        return None, f"it cannot be read: {error}"
    if edition.guide != path.parent.name:
        return None, f"it is an edition of {edition.guide}"
    # the hash is over the meaning; white space and repeated keys would be missed by it
    same = written.encode("utf-8", "surrogatepass") == data
    return edition, "" if same else "its file is not as it was written"


def _pictures(state: LibraryState, edition: Edition, path: Path) -> Iterator[Finding]:
    for name in edition.figures:
        try:
            edition.figure(name)
        except PiamaterError as error:
            yield _error("editions", f"{state.path(path)}, {name}", error.what)


def _changed_pictures(state: LibraryState, guide: Path) -> Iterator[Finding]:
    """Pictures that are not what their name tells, also those that no edition shows any more."""
    for path in sorted((guide / "figures").glob("*")):
        if path.name.startswith(NEW):
            continue
        name = _PICTURE.fullmatch(path.name)
        if name is None or sha256(path.read_bytes()).hexdigest() != name[1]:
            yield _error("editions", state.path(path), "the picture is not what was published")


def _error(check: str, where: str, what: str) -> Finding:
    return Finding(check, Severity.ERROR, where, what, RESTORE)


EDITIONS = Check("editions", "every edition and picture is what was published", editions)
QUOTES = Check("quotes", "every quote stands in its source, to the letter", quotes, unit="quotes")
