"""What guides stand on: the texts of a library's sources."""

from __future__ import annotations

from functools import cache

from piamater.corpus import Library
from piamater.errors import UnknownNameError
from piamater.guides.lint import TextOf


def library_texts(library: Library) -> TextOf:
    """A look-up of the current text of the library's sources."""

    @cache
    def text_of(source: str) -> str | None:
        try:
            return library.corpus.text(source)
        except UnknownNameError:
            return None

    return text_of
