"""Exporters: the registered ways to give a library out, keyed by name.

An exporter is registered under ``piamater.exporters``; it reads a library and writes one file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from piamater.corpus import Library
from piamater.errors import InputError
from piamater.plugins import Plugins

Told = Callable[[str], None]
"""Told in a few words which step begins."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote: ``files`` in it, ``size`` in bytes.

    ``missing`` says what it ought to hold and the library does not have; ``problems`` what is
    wrong with the library, or could not be read.
    """

    files: int
    size: int
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The machine form."""
        return asdict(self)


class Exporter(Protocol):
    """Gives a library out in one format; ``describes`` says in a line what that is."""

    name: str
    describes: str

    def export(self, library: Library, out: Path, told: Told) -> ExportReport:
        """Write the file ``out``, whole or not at all.

        Raises:
            PiamaterError: the library cannot be read.
            OSError: the file cannot be written.
        """
        ...


EXPORTERS: Plugins[Exporter] = Plugins("piamater.exporters", "export format")
"""The registered exporters."""


def export(
    name: str,
    library: Library,
    out: Path,
    *,
    force: bool = False,
    told: Told = lambda step: None,
) -> ExportReport:
    """Give a library out as the file ``out``; ``force`` replaces a file that is there.

    Raises:
        UnknownNameError: there is no such format.
        InputError: the file is there already, or cannot be written.
        PiamaterError: the library cannot be read.
    """
    exporter = EXPORTERS.named(name)
    if out.is_dir() or (out.exists() and not force):
        raise InputError(
            "it is there already", where=str(out), todo="name another file, or use --force"
        )
    if not out.absolute().parent.is_dir():
        raise InputError(
            "the folder is not there", where=str(out), todo="name a file in a folder that is there"
        )
    try:
        return exporter.export(library, out, told)
    except OSError as error:
        raise InputError(
            f"the export could not be written: {error.strerror or error}",
            where=str(out),
            todo="see to room and permissions",
        ) from error
