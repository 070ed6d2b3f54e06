"""Manifest: the list of what an archive holds, with the proof of each file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

FORMAT = "piamater-backup/1"


@dataclass(slots=True)
class Manifest:
    """What an archive holds. ``files`` has (size, SHA-256) by path, ``folders`` permissions."""

    piamater: str
    created: str
    library: str
    holds: dict[str, bool]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How large the files are together."""
        return sum(size for size, _ in self.files.values())

    def to_bytes(self) -> bytes:
        """The manifest as it stands in the archive."""
        form = {
            "format": FORMAT,
            "piamater": self.piamater,
            "created": self.created,
            "library": self.library,
            "holds": self.holds,
            "left_out": self.left_out,
            "folders": self.folders,
            "files": [
                {"path": path, "bytes": size, "sha256": digest}
                for path, (size, digest) in self.files.items()
            ],
        }
        return json.dumps(form, indent=1).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """The manifest back from its bytes; ValueError, KeyError or TypeError where it is none."""
        form = json.loads(data)
        if form["format"] != FORMAT:
            raise ValueError(f"format {form['format']!r}")
        return cls(
            form["piamater"],
            form["created"],
            form["library"],
            {str(key): bool(value) for key, value in form["holds"].items()},
            {one["path"]: (int(one["bytes"]), str(one["sha256"])) for one in form["files"]},
            {str(key): int(value) for key, value in form["folders"].items()},
            {str(key): str(value) for key, value in form["left_out"].items()},
        )
