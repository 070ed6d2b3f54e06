"""The guides of a folder: ``<id>/<language>.md``, pictures in ``<id>/figures/``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from piamater.errors import InputError, UnknownNameError
from piamater.guides.lint import Finding, TextOf, lint_guide
from piamater.guides.model import LANGUAGES, Guide
from piamater.guides.parse import parse_guide
from piamater.guides.triage import triage_conflicts


@dataclass(frozen=True)
class GuideSet:
    """A guide in all its languages; ``original`` is the one that the others are made from."""

    folder: Path
    original: Guide
    versions: dict[str, Guide]

    @property
    def id(self) -> str:
        """The guide's id."""
        return self.original.id


class GuideFolder:
    """Reads the guides under one folder; nothing is cached."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> list[str]:
        """The ids of the guides, sorted."""
        if not self.folder.is_dir():
            return []
        return sorted(one.name for one in self.folder.iterdir() if any(one.glob("*.md")))

    def load(self, id_: str) -> GuideSet:
        """One guide in all its languages.

        Raises:
            UnknownNameError: there is no such guide.
            InputError: one of its files is not in order.
        """
        place = self.folder / id_
        files = {one.stem: one for one in sorted(place.glob("*.md")) if one.stem in LANGUAGES}
        if not files or "/" in id_ or id_.startswith("."):
            raise UnknownNameError(
                f"there is no guide {id_}",
                where=str(self.folder),
                todo=f"guides here: {', '.join(self.ids()) or 'none'}",
            )
        first = next((each for each in LANGUAGES if each in files), LANGUAGES[0])
        original = self._read(files.pop(first))
        versions = {original.language: original}
        for language, file in files.items():
            versions[language] = self._read(file, original)
        return GuideSet(place, original, versions)

    def _read(self, file: Path, original: Guide | None = None) -> Guide:
        name = f"{file.parent.name}/{file.name}"
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"the guide is not UTF-8 (byte {error.start})", where=name, todo="save it as UTF-8"
            ) from error
        guide = parse_guide(text, name=name, original=original)
        if (guide.id, guide.language) != (file.parent.name, file.stem):
            raise InputError(
                f"the guide calls itself {guide.id}, {guide.language}",
                where=name,
                todo="the folder is named after the id, the file after the language",
            )
        return guide

    def all(self) -> Iterator[GuideSet]:
        """Every guide, by id.

        Raises:
            InputError: a file is not in order.
        """
        for id_ in self.ids():
            yield self.load(id_)

    def lint(self, text_of: TextOf, ids: list[str] | None = None) -> list[Finding]:
        """The findings of these guides, or of all; a file that cannot be read is one finding."""
        found: list[Finding] = []
        known = self.ids()
        for id_ in ids or known:
            try:
                guides = self.load(id_)
            except InputError as error:
                found.append(Finding("format", "error", error.where, 0, error.what))
                continue
            for guide in guides.versions.values():
                found += lint_guide(guide, text_of, original=guides.original, known=known)
                found += _missing_figures(guides.folder, guide)
        conflicts = triage_conflicts(self._readable_originals())
        return found + [one for one in conflicts if one.name.split("/")[0] in (ids or known)]

    def _readable_originals(self) -> Iterator[Guide]:
        for id_ in self.ids():
            with suppress(InputError):
                yield self.load(id_).original


def _missing_figures(folder: Path, guide: Guide) -> Iterator[Finding]:
    from piamater.guides.figures import figures

    for block in guide.blocks:
        for part in block.parts:
            for one in figures(part):
                if not (folder / "figures" / one.file).is_file():
                    yield Finding(
                        "figure", "error", guide.name, part.line, f"figures/{one.file} is not there"
                    )
