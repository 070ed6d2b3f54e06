"""The one small family of errors: each says what happened, where, and what to do."""

from __future__ import annotations


class PiamaterError(Exception):
    """A failure told to the person who can mend it.

    ``what`` is the fact, ``where`` the file, source or setting it concerns, ``todo`` the next
    step. ``str(error)`` joins them on one line, for the command line and for reports.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(what, where, todo)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        step = f" ({self.todo})" if self.todo else ""
        return " ".join(f"{place}{self.what}{step}".split())

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (_rebuild, (type(self), self.what, self.where, self.todo))


def _rebuild(kind: type[PiamaterError], what: str, where: str, todo: str) -> PiamaterError:
    """Make the error again on the other side of a process border."""
    return kind(what, where=where, todo=todo)


class InputError(PiamaterError):
    """A file or text given to Piamater cannot be used as it is."""


class UnsupportedFormatError(InputError):
    """No reader knows this kind of file."""


class EmptySourceError(InputError):
    """A file holds no text that could be read."""


class LibraryError(PiamaterError):
    """The library folder is missing, damaged, or in use by another writer."""


class QuoteError(PiamaterError):
    """A quote does not stand at its place in the stored text."""


class UnknownNameError(PiamaterError):
    """A name (source, version, reader, engine, suite) is not known; the known ones are listed."""


class QuestionError(PiamaterError):
    """A question is empty, too long, or in a language the library does not speak."""
