"""Publishing: guides that pass the linter become editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from piamater.corpus import Library
from piamater.errors import InputError
from piamater.guides.editions import Edition, EditionStore
from piamater.guides.folder import GuideFolder
from piamater.guides.sources import library_texts

SHOWN = 10
"""Findings that an error message names."""


@dataclass(frozen=True, slots=True)
class Published:
    """A guide's newest edition; ``new`` is false where nothing had changed."""

    edition: Edition
    new: bool


def publish(
    library: Library, guides: GuideFolder, ids: Sequence[str] = (), note: str = ""
) -> list[Published]:
    """Freeze guides, all of them where none is named; the library must be held for writing.

    Raises:
        InputError: the linter finds an error in one of them; nothing is published then.
        UnknownNameError: there is no guide of that name.
    """
    chosen = list(ids) or guides.ids()
    errors = [one for one in guides.lint(library_texts(library), chosen) if one.severity == "error"]
    if errors:
        told = "".join(
            f"\n  {one.name}:{one.line}: [{one.rule}] {one.message}" for one in errors[:SHOWN]
        )
        raise InputError(
            f"{len(errors)} errors, so nothing was published:{told}",
            where=str(guides.folder),
            todo="mend them; piamater guides lint lists all",
        )
    store = EditionStore(library.folder / "editions")
    made = [store.publish(guides.load(id_), library.corpus, library.today, note) for id_ in chosen]
    return [
        Published(one or store.latest(id_), one is not None)
        for id_, one in zip(chosen, made, strict=True)
    ]
