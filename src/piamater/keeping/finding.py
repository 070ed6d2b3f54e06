"""Finding: what a check of a library reports; Check: one such check, and how to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from piamater.keeping.library_state import LibraryState


class Severity(StrEnum):
    """How bad a finding is. Only ``INFO`` leaves a library sound."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    ``where`` is a file of the library, with the source and version or the line where it is
    known; ``todo`` the next step; ``mendable`` whether ``doctor --mend`` takes it.
    """

    check: str
    severity: Severity
    where: str
    what: str
    todo: str
    mendable: bool = False

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its name. ``about`` says what it proves, in a line.

    ``find`` yields what is wrong and changes nothing; ``mend`` rebuilds what can be from the
    rest, and tells each thing it did. ``unit`` is what its progress counts.
    """

    name: str
    about: str
    find: Callable[[LibraryState], Iterator[Finding]]
    mend: Callable[[LibraryState], Iterator[str]] | None = None
    unit: str = "files"
