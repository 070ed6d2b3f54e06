"""The kinds of block and the categories of treatment, read from data files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from piamater.guides.model import GuideType


@dataclass(frozen=True, slots=True)
class BlockKind:
    """What a kind of block may do; ``order`` is its place on the page, ``headings`` by language."""

    name: str
    order: int
    guides: tuple[str, ...]
    required: tuple[str, ...]
    many: bool
    claims: bool
    headings: dict[str, str]

    def fits(self, type_: GuideType) -> bool:
        """Whether a guide of this type may carry it."""
        return "*" in self.guides or type_ in self.guides


@cache
def block_kinds() -> dict[str, BlockKind]:
    """All kinds of block by name, in the order a page shows them."""
    text = (files("piamater.guides") / "data" / "blocks.toml").read_text("utf-8")
    return {
        name: BlockKind(
            name,
            order,
            tuple(entry["guides"]),
            tuple(entry.get("required", ())),
            bool(entry.get("many", False)),
            bool(entry.get("claims", True)),
            dict(entry["heading"]),
        )
        for order, (name, entry) in enumerate(tomllib.loads(text).items())
    }


@cache
def treatment_categories() -> dict[str, dict[str, str]]:
    """The true categories of treatment: name to heading by language, in the page's order."""
    text = (files("piamater.guides") / "data" / "treatments.toml").read_text("utf-8")
    return tomllib.loads(text)
