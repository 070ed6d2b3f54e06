"""Editions: published, frozen, content-addressed versions of guides.

An edition is one JSON file, ``editions/<guide>/<number>-<hash>.json``, that holds the guide's
text in all languages and, for each citation, where its quote stood in which version of the
source on the day of publication. It is written once and never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from piamater.corpus import CorpusStore
from piamater.corpus.library import write_whole
from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.guides.figures import figures
from piamater.guides.folder import GuideSet
from piamater.guides.model import Guide
from piamater.guides.parse import parse_guide

FORMAT = "piamater-edition/1"
_NAME = re.compile(r"^(\d{4,})-([0-9a-f]{12})\.json$")


Record = Callable[["Edition", str], object]
"""What is told of an edition and the SHA-256 of its file before it can be seen."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a citation's quote stands: source, full version hash, span in code points."""

    label: str
    source: str
    version: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Edition:
    """One edition of a guide; ``hash`` is the SHA-256 of its content in canonical JSON."""

    guide: str
    number: int
    published: str
    note: str
    previous: str
    hash: str
    content: dict[str, Any]
    folder: Path

    @cached_property
    def versions(self) -> dict[str, Guide]:
        """The guide by language, the original first."""
        texts: dict[str, str] = self.content["languages"]
        first = self.content["original"]
        original = parse_guide(texts[first], name=f"{self.guide}/{first}.md")
        return {first: original} | {
            language: parse_guide(text, name=f"{self.guide}/{language}.md", original=original)
            for language, text in texts.items()
            if language != first
        }

    @property
    def original(self) -> Guide:
        """The version that the others are translations of."""
        return self.versions[self.content["original"]]

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """The citations by label, pinned to the versions of the day of publication."""
        return {one["label"]: Evidence(**one) for one in self.content["evidence"]}

    @property
    def path(self) -> Path:
        """The file that holds it, once it is published."""
        return self.folder / f"{self.number:04d}-{self.hash[:12]}.json"

    @property
    def figures(self) -> dict[str, str]:
        """The pictures by name: the SHA-256 of each."""
        return dict(self.content["figures"])

    def figure(self, name: str) -> bytes:
        """The bytes of a picture.

        Raises:
            UnknownNameError: the edition has no such picture.
            LibraryError: the picture is missing or was changed.
        """
        digest = self.figures.get(name)
        if digest is None:
            raise UnknownNameError(
                f"no picture {name}", where=self.guide, todo=f"pictures: {', '.join(self.figures)}"
            )
        path = self.folder / "figures" / (digest + Path(name).suffix)
        data = path.read_bytes() if path.is_file() else b""
        if sha256(data).hexdigest() != digest:
            raise LibraryError(
                f"the picture {name} is not what was published",
                where=str(path),
                todo="take the library back from a copy",
            )
        return data


class EditionStore:
    """The editions of a library, under its folder ``editions``.

    ``recorded`` are the files that the library's ledger tells of, ``editions/<guide>/<file>`` with
    its SHA-256; where it is given, a file that is not among them is no edition, and one of other
    bytes is damaged.
    """

    def __init__(self, folder: Path, recorded: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.recorded = recorded

    def ids(self) -> list[str]:
        """The guides that have an edition, sorted."""
        if not self.folder.is_dir():
            return []
        return sorted(
            one.name for one in self.folder.iterdir() if one.is_dir() and self._files(one)
        )

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Something that changes when an edition is added, or its file is."""
        files = [file for one in self.ids() for file in self._files(self.folder / one)]
        seen = ((str(one), one.lstat()) for one in files)
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in seen)

    def latest(self, guide: str) -> Edition:
        """The newest edition of a guide; errors as in ``edition``."""
        return self.edition(guide, 0)

    def history(self, guide: str) -> list[Edition]:
        """All editions of a guide, newest first; errors as in ``edition``."""
        return [self._read(one) for one in reversed(self._files(self._place(guide)))]

    def edition(self, guide: str, number: int) -> Edition:
        """One edition by its number, the newest for 0.

        Raises:
            UnknownNameError: there is no such guide or number.
            LibraryError: the file was changed or is damaged.
        """
        files = self._files(self._place(guide))
        chosen = (
            [one for one in files if int(one.name.split("-")[0]) == number]
            if number
            else files[-1:]
        )
        if not chosen:
            raise UnknownNameError(
                f"there is no edition {number or ''} of {guide}".replace("  ", " "),
                where=str(self.folder),
                todo=f"guides with editions: {', '.join(self.ids()) or 'none'}",
            )
        return self._read(chosen[0])

    def _files(self, place: Path) -> list[Path]:
        known = self.recorded
        return [one for one in _files(place) if known is None or _place_of(one) in known]

    def _read(self, path: Path) -> Edition:
        edition = _read(path)
        digest = self.recorded[_place_of(path)] if self.recorded is not None else ""
        if digest and sha256(path.read_bytes()).hexdigest() != digest:
            raise _not_as_published(path)
        return edition

    def _place(self, guide: str) -> Path:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", guide):
            return self.folder / "-"
        return self.folder / guide

    def propose(self, guides: GuideSet, corpus: CorpusStore, on: date, note: str = "") -> Edition:
        """The edition that a guide would become now, not yet frozen.

        Raises:
            InputError: a citation does not stand in the library's sources.
        """
        content: dict[str, Any] = {
            "original": guides.original.language,
            "languages": {name: one.text for name, one in sorted(guides.versions.items())},
            "evidence": [_as_json(one) for one in _evidence(guides, corpus)],
            "figures": {
                name: sha256(data).hexdigest() for name, data in pictures_of(guides).items()
            },
        }
        return self._next(guides.id, content, on, note)

    def publish_again(
        self, guide: str, number: int, on: date, note: str = "", record: Record | None = None
    ) -> Edition | None:
        """Freeze an older edition's content as the newest; none where it is the newest already.

        Raises:
            UnknownNameError, LibraryError: as ``edition``.
        """
        old = self.edition(guide, number)
        pictures = {name: old.figure(name) for name in old.figures}
        return self.freeze(self._next(guide, old.content, on, note), pictures, record)

    def _next(self, guide: str, content: dict[str, Any], on: date, note: str) -> Edition:
        files = self._files(self._place(guide))
        last = self._read(files[-1]) if files else None
        return Edition(
            guide,
            last.number + 1 if last else 1,
            on.isoformat(),
            note,
            last.hash if last else "",
            _digest(guide, content),
            content,
            self._place(guide),
        )

    def freeze(
        self, edition: Edition, pictures: Mapping[str, bytes], record: Record | None = None
    ) -> Edition | None:
        """Publish what was proposed; none where nothing changed since the last edition.

        ``record`` is told of the edition and of its file's SHA-256 before readers can see it.

        Raises:
            InputError: a picture is not the one that was proposed.
        """
        if edition.hash == edition.previous:
            return None
        place = edition.folder
        for name, digest in edition.figures.items():
            if sha256(pictures[name]).hexdigest() != digest:
                raise InputError(
                    f"the picture {name} was changed while the guide was being published",
                    where=edition.guide,
                    todo="publish it again",
                )
        (place / "figures").mkdir(parents=True, exist_ok=True)
        for name, data in pictures.items():
            write_whole(place / "figures" / (edition.figures[name] + Path(name).suffix), data)
        data = _to_bytes(edition)
        staged = staged_path(edition.path)
        write_whole(staged, data)
        if record:
            record(edition, sha256(data).hexdigest())
        staged.replace(edition.path)
        return edition


def staged_path(path: Path) -> Path:
    """Where an edition waits until it is recorded; a reader does not see it there."""
    return path.with_name(f".staged-{path.name}")


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return sorted(one for one in place.iterdir() if _NAME.match(one.name))


def _place_of(path: Path) -> str:
    return f"editions/{path.parent.name}/{path.name}"


def _not_as_published(path: Path) -> LibraryError:
    return LibraryError(
        "the edition is not what was published",
        where=str(path),
        todo="take the library back from a copy",
    )


def _digest(guide: str, content: dict[str, Any]) -> str:
    canonical = json.dumps(
        {"guide": guide, **content}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _to_bytes(edition: Edition) -> bytes:
    form = {
        "edition": FORMAT,
        "guide": edition.guide,
        "number": edition.number,
        "published": edition.published,
        "note": edition.note,
        "previous": edition.previous,
        "hash": edition.hash,
        **edition.content,
    }
    return (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _read(path: Path) -> Edition:
    try:
        form = json.loads(path.read_text("utf-8") if path.is_file() else "")
        content = {key: form[key] for key in ("original", "languages", "evidence", "figures")}
        edition = Edition(
            **{
                key: form[key]
                for key in ("guide", "number", "published", "note", "previous", "hash")
            },
            content=content,
            folder=path.parent,
        )
        sound = form["edition"] == FORMAT and _digest(edition.guide, content) == edition.hash
    except (ValueError, KeyError, TypeError, OSError, RecursionError):
        sound = False
    named = f"{edition.guide}/{edition.number:04d}-{edition.hash[:12]}.json" if sound else ""
    if f"{path.parent.name}/{path.name}" != named:
        raise _not_as_published(path)
    return edition


def _evidence(guides: GuideSet, corpus: CorpusStore) -> Iterator[Evidence]:
    """Each citation pinned to its place in the current version of its source."""
    seen: dict[str, tuple[str, str]] = {}
    for guide in guides.versions.values():
        for label in sorted(guide.own_labels):
            cite = guide.cites[label]
            if seen.setdefault(label, (cite.source, cite.quote)) != (cite.source, cite.quote):
                raise InputError(
                    f"[^{label}] cites otherwise than in another language",
                    where=f"{guide.name}:{cite.line}",
                    todo="give the translation's citation a label of its own",
                )
            try:
                version = corpus.version(cite.source).version
            except UnknownNameError as error:
                raise InputError(
                    f"the library holds no source {cite.source}",
                    where=f"{guide.name}:{cite.line}",
                    todo="add the source, or cite another",
                ) from error
            start = corpus.text(cite.source, version).find(cite.quote)
            if start < 0:
                raise InputError(
                    f"the quote of [^{label}] does not stand in {cite.source}",
                    where=f"{guide.name}:{cite.line}",
                    todo="run: piamater guides lint",
                )
            yield Evidence(label, cite.source, version, start, start + len(cite.quote), cite.quote)


def _as_json(one: Evidence) -> dict[str, Any]:
    return {
        key: getattr(one, key) for key in ("label", "source", "version", "start", "end", "quote")
    }


def pictures_of(guides: GuideSet) -> dict[str, bytes]:
    """The pictures that a guide of the folder shows, by name.

    Raises:
        InputError: one is not there.
    """
    names = {
        one.file
        for guide in guides.versions.values()
        for block in guide.blocks
        for part in block.parts
        for one in figures(part)
    }
    found = {}
    for name in sorted(names):
        path = guides.folder / "figures" / name
        if not path.is_file():
            raise InputError(
                "the picture is not there", where=str(path), todo="put it in its place"
            )
        found[name] = path.read_bytes()
    return found
