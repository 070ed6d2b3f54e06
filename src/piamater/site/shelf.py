"""Shelf: the newest editions of a library's guides, and looking them up."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from piamater.errors import PiamaterError
from piamater.guides import LANGUAGES, Edition, EditionStore, Guide, GuideType

log = logging.getLogger("piamater.site")


@dataclass(frozen=True)
class Shelf:
    """The newest edition of each guide; ``damaged`` are the ids of those that cannot be shown."""

    editions: tuple[Edition, ...]
    damaged: frozenset[str] = frozenset()

    @classmethod
    def of(cls, store: EditionStore) -> Shelf:
        """The shelf of a store; a guide that cannot be read keeps no other one from its readers."""
        sound, damaged = [], set()
        for id_ in store.ids():
            try:
                edition = store.latest(id_)
                _ = edition.versions
            except PiamaterError as error:
                log.error("guide %s is not shown: %s", id_, error)
                damaged.add(id_)
            else:
                sound.append(edition)
        return cls(tuple(sound), frozenset(damaged))

    @cached_property
    def by_id(self) -> dict[str, Edition]:
        """Editions by the guide's id."""
        return {one.guide: one for one in self.editions}

    def guide(self, id_: str, language: str) -> Guide | None:
        """A guide in a language; in its original's where there is no such version."""
        edition = self.by_id.get(id_)
        if edition is None:
            return None
        return edition.versions.get(language, edition.original)

    def of_type(self, type_: GuideType, language: str) -> list[Guide]:
        """The guides of a type in a language, by the title that lists show."""
        found = (self.guide(one.guide, language) for one in self.editions)
        return sorted(
            (one for one in found if one and one.type == type_),
            key=lambda one: one.plain_title.casefold(),
        )

    def all(self, language: str) -> Iterator[Guide]:
        """Every guide in a language."""
        for one in self.editions:
            if found := self.guide(one.guide, language):
                yield found

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that guides are published in."""
        have = {name for one in self.editions for name in one.versions}
        return tuple(one for one in LANGUAGES if one in have) or ("en",)
