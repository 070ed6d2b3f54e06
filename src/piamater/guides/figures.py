"""Figures of a guide: image files beside it, each with an alternative text and a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from piamater.guides.model import Guide, Part

FIGURE = re.compile(r"^!\[([^\]]*)\]\(figures/([^)\s]+)\)\s*$", re.MULTILINE)
SUFFIXES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
}
_ANY_IMAGE = re.compile(r"!\[")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: the file's name in the guide's ``figures`` folder, its alternative, its caption."""

    file: str
    alternative: str
    caption: str


def figures(part: Part) -> list[Figure]:
    """The figures of a part; the paragraph after an image is its caption."""
    found = []
    for match in FIGURE.finditer(part.source):
        rest = part.source[match.end() :].lstrip("\n")
        found.append(Figure(match.group(2), match.group(1).strip(), rest.split("\n\n")[0].strip()))
    return found


def figure_faults(guide: Guide) -> Iterator[tuple[int, str]]:
    """What is wrong with a guide's figures: line and message."""
    for block in guide.blocks:
        for part in block.parts:
            if len(_ANY_IMAGE.findall(part.source)) != len(FIGURE.findall(part.source)):
                yield (
                    part.line,
                    "an image is written ![alternative](figures/name.svg), on its own line",
                )
            for one in figures(part):
                name = PurePosixPath(one.file)
                if len(name.parts) != 1 or name.suffix not in SUFFIXES:
                    yield part.line, f"{one.file} is not a picture in the folder figures"
                if not one.alternative:
                    yield part.line, f"{one.file} has no alternative text"
                if not one.caption:
                    yield part.line, f"{one.file} has no caption below it"
