"""Original and Reader: what is read, and who reads it, found by entry point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from piamater.errors import InputError
from piamater.sources.record import Reading

MAX_BYTES = 64 * 1024 * 1024
"""The largest original that is read whole, in bytes; ``[sources] max_bytes`` overrides it."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came: on disk (``path``) or from inside an archive (``data``).

    ``name`` is its path relative to what was added, with forward slashes; ``location`` says
    where it is for error messages (``archive.zip!inner/file.xml`` for a member, whose
    ``archive`` is the path of the archive).
    """

    name: str
    location: str
    path: Path | None = None
    data: bytes | None = None
    archive: Path | None = None

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """The bytes of the original.

        Raises:
            InputError: it is larger than ``limit`` bytes or cannot be opened.
        """
        if self.data is not None:
            return self.data
        if self.path is None:
            raise InputError("it has neither a path nor data", where=self.location)
        try:
            size = self.path.stat().st_size
            if size > limit:
                raise InputError(
                    f"the file is {size:,} bytes, over the limit of {limit:,}",
                    where=self.location,
                    todo="split it, or raise max_bytes under [sources] in piamater.toml",
                )
            return self.path.read_bytes()
        except OSError as error:
            raise InputError(
                f"it cannot be opened: {error.strerror}", where=self.location, todo="check the path"
            ) from error

    @property
    def suffix(self) -> str:
        """The file name's last suffix in lower case, with its dot."""
        return Path(self.name).suffix.lower()


class Reader(Protocol):
    """Reads one format. Registered under the entry-point group ``piamater.readers``."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the first 4 KiB (``head``) are of this reader's format, whatever the suffix."""
        ...

    def read(self, original: Original) -> Iterator[Reading]:
        """Read the original: one or several works.

        Raises:
            InputError: the file is damaged, empty, encrypted, too large, or not of this format.
        """
        ...
