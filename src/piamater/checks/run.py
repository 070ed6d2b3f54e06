"""Running a check over many things: files, folders, addresses, guides and answers of a library."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from piamater.checks.engine import Checked, check_library, check_page, check_versions, merged
from piamater.checks.opening import (
    open_page,
    page_from_answer,
    page_from_guide,
    pages_from,
    versions,
)
from piamater.checks.page import Page
from piamater.checks.settings import CheckSettings
from piamater.corpus import Library
from piamater.errors import InputError, PiamaterError, UnknownNameError
from piamater.guides import GuideFolder
from piamater.sources import Original

SUFFIXES = (".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".pdf", ".docx", ".xml")
"""What is checked in a folder; a file that is named is checked whatever it is called."""

Fetch = Callable[[str], Original]
Progress = Callable[[int, int], None]
PARALLEL_FROM = 8
"""Files from which on two processes are worth their start."""


_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class File:
    """A file to open, with the settings that hold for it."""

    path: Path
    settings: CheckSettings


Thing = Page | Path | File
"""What can be checked: a page at hand, or a file (a path with the settings of the run)."""


def files_in(what: Path) -> list[Path]:
    """The files of a folder that can be checked, hidden ones left out; a file itself.

    Raises:
        InputError: there is nothing of that name, or nothing in it.
    """
    if what.is_dir():
        found = sorted(
            one
            for one in what.rglob("*")
            if one.suffix.lower() in SUFFIXES
            and one.is_file()
            and not any(part.startswith(".") for part in one.relative_to(what).parts)
        )
        if not found:
            raise InputError(
                "the folder holds nothing that can be checked",
                where=str(what),
                todo=f"known: {', '.join(SUFFIXES)}; any file can be named",
            )
        return found
    if not what.exists():
        raise InputError("there is no such file or folder", where=str(what), todo="check the name")
    return [what]


def gather(
    whats: Sequence[str],
    settings: CheckSettings,
    library: Library | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Page | File]:
    """What the words of a command line name: pages that are at hand, and files to open.

    ``guide:ID`` and ``answer:ID`` are of the library; ``http(s)://…`` is fetched.

    Raises:
        InputError: one of them names nothing.
        UnknownNameError: the library has no such guide.
    """
    for what in whats:
        if what.startswith(("http://", "https://")):
            if fetch is None:
                raise InputError("addresses are not fetched here", where=what)
            yield from pages_from(fetch(what), settings, library)
        elif what.startswith(("guide:", "answer:")) and not Path(what).exists():
            if library is None:
                raise InputError(
                    "it is of a library, and none is named", where=what, todo="give --library DIR"
                )
            yield from _of_library(what, settings, library)
        elif _SCHEME.match(what):
            raise InputError(
                "it is no web address", where=what, todo="give one that begins with https://"
            )
        else:
            yield from (File(one, settings) for one in files_in(Path(what)))


def _of_library(what: str, settings: CheckSettings, library: Library) -> Iterator[Page]:
    kind, _, id_ = what.partition(":")
    if kind == "guide":
        found = GuideFolder(library.folder / "guides").load(id_)
        for one in found.versions.values():
            yield page_from_guide(one, settings, library)
        return
    file = library.folder / "answers" / f"{id_}.json"
    if not id_.isalnum() or not file.is_file():
        raise UnknownNameError(f"no answer {id_} is kept", where=str(library.folder))
    yield page_from_answer(json.loads(file.read_bytes())["answer"], what, settings, library)


def run(
    things: Sequence[Thing],
    settings: CheckSettings,
    library: Library | None = None,
    *,
    as_versions: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
    failed: Callable[[PiamaterError], None] | None = None,
) -> list[Checked]:
    """Check pages one by one, against their language versions, and against each other.

    ``as_versions``: all that is given is one work in several languages. ``failed`` is told of a
    file that cannot be read, and the others go on; without it the error is raised.

    Raises:
        InputError: a file cannot be read.
    """
    results: list[Checked] = []
    for number, some in enumerate(_single(things, settings, library, jobs), 1):
        if isinstance(some, PiamaterError):
            if failed is None:
                raise some
            failed(some)
        else:
            results += some
        if progress:
            progress(number, len(things))
    if as_versions:
        results = [replace(one, page=replace(one.page, group="versions")) for one in results]
    by_page: dict[int, list[Checked]] = {id(one.page): [one] for one in results}
    pages = [one.page for one in results]
    for original, others in versions(pages):
        for more in check_versions(original, others):
            by_page[id(more.page)].append(more)
    if len(pages) > 1:
        for more in check_library(pages):
            by_page[id(more.page)].append(more)
    return [merged(by_page[id(page)]) for page in pages]


Single = list[Checked] | PiamaterError


def _single(
    things: Sequence[Thing], settings: CheckSettings, library: Library | None, jobs: int
) -> Iterator[Single]:
    if jobs < 2 or library is not None or len(things) < PARALLEL_FROM:
        for one in things:
            yield _checked(one, settings, library)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("forkserver")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=seldom_collect) as pool:
        yield from pool.map(_checked, things, [settings] * len(things), chunksize=1)


def seldom_collect() -> None:
    """Look for garbage seldom: pages are large, live long and hold few cycles."""
    gc.set_threshold(200_000, 50, 50)


def _checked(thing: Thing, settings: CheckSettings, library: Library | None = None) -> Single:
    path = thing.path if isinstance(thing, File) else thing if isinstance(thing, Path) else None
    own = thing.settings if isinstance(thing, File) else settings
    try:
        pages = [thing] if isinstance(thing, Page) else open_page(path or Path(), own, library)
        return [check_page(one) for one in pages]
    except PiamaterError as error:
        if error.where or path is None:
            return error
        return type(error)(error.what, where=str(path), todo=error.todo)
