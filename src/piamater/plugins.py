"""Plugins: what packages register under an entry-point group, keyed by name and loaded when asked.

See the Python Packaging User Guide, "Entry points specification".
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from piamater.errors import UnknownNameError

Plugin = TypeVar("Plugin")


class Plugins(Generic[Plugin]):
    """The plugins of one group; ``kind`` is what one of them is called in an error."""

    def __init__(self, group: str, kind: str) -> None:
        self.group = group
        self.kind = kind
        self._made: dict[str, Plugin] = {}

    @cached_property
    def points(self) -> dict[str, EntryPoint]:
        """Where they are, by name; nothing is loaded."""
        return {point.name: point for point in entry_points(group=self.group)}

    def named(self, name: str) -> Plugin:
        """The plugin of that name, made once.

        Raises:
            UnknownNameError: none has it; the known ones are listed.
        """
        if name not in self.points:
            raise UnknownNameError(
                f"there is no {self.kind} {name!r}",
                todo=f"known: {', '.join(sorted(self.points)) or 'none'}",
            )
        if name not in self._made:
            self._made[name] = self.points[name].load()()
        return self._made[name]
