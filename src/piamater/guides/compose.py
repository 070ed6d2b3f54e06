"""Composing: a guide's file taken apart into fields that people edit, and put together again.

What nobody changed is given back byte for byte: each part keeps the text it was read from, and is
written anew only where its fields say something else.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from piamater.errors import InputError
from piamater.guides.kinds import block_kinds
from piamater.guides.parse import BLOCK, CITE, PART

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block as its writer sees it: heading and text for both views, for patients, for clinicians.

    ``id`` is empty where it is the kind's own. ``of`` pins a translated block to its original. A
    block that repeats a part (``### patient`` twice) is ``whole``: all its Markdown stands in
    ``both``. ``raw`` is the text it was read from, empty for a new block.
    """

    kind: str
    heading: str = ""
    id: str = ""
    category: str = ""
    of: str = ""
    both: str = ""
    patient: str = ""
    clinical: str = ""
    whole: bool = False
    raw: str = ""

    @property
    def name(self) -> str:
        """The block's id within its guide."""
        return self.id or self.kind


@dataclass(frozen=True, slots=True)
class CiteText:
    """A citation as its writer sees it."""

    label: str
    source: str
    quote: str

    @property
    def line(self) -> str:
        """The definition, without the end of the line."""
        return f'[^{self.label}]: @{self.source} "{self.quote}"'


@dataclass(frozen=True, slots=True)
class GuideText:
    """A guide's file in parts: ``text`` puts it together.

    ``front`` is the front matter with its fences, ``lead`` what stands before the first block,
    ``tail`` the citations after the last one; all three as they stand in the file. ``end`` is the
    file's way to end a line.
    """

    front: str
    lead: str
    blocks: tuple[BlockText, ...]
    tail: str
    end: str = "\n"

    @property
    def text(self) -> str:
        """The whole file."""
        body = [one.raw if _same(one) else self._anew(one) for one in self.blocks]
        if body and not self.tail:
            body[-1] = body[-1] if _same(self.blocks[-1]) else body[-1].rstrip() + self.end
        return "".join([self.front, self.lead, *body, self.tail])

    @property
    def fields(self) -> dict[str, Any]:
        """The front matter's fields; dates and the like as text."""
        found = yaml.safe_load(_inside(self.front)) or {}
        return {str(key): value for key, value in found.items()}

    @property
    def cites(self) -> tuple[CiteText, ...]:
        """The citations that stand at the end."""
        return tuple(
            CiteText(*found.groups())
            for line in self.tail.splitlines()
            if (found := CITE.match(line))
        )

    def with_field(self, key: str, value: str | list[str]) -> GuideText:
        """The guide with another value in its front matter; the other lines stay as they are."""
        held = self.fields.get(key)
        if held == value or (not isinstance(held, list | type(None)) and str(held) == value):
            return self
        written = f"{key}: {json.dumps(value, ensure_ascii=False)}{self.end}"
        lines = _LINES.findall(self.front)
        start = next((n for n, one in enumerate(lines) if one.startswith(f"{key}:")), None)
        if start is None:
            close = max(n for n, one in enumerate(lines) if one.strip() == _FENCE)
            lines.insert(close, written)
        else:
            stop = start + 1
            while lines[stop].startswith((" ", "\t", "- ")):
                stop += 1
            lines[start:stop] = [written]
        return replace(self, front="".join(lines))

    def with_cites(self, cites: tuple[CiteText, ...]) -> GuideText:
        """The guide with these citations; lines of those it had already stay as they are."""
        if cites == self.cites:
            return self
        left = dict.fromkeys(cites)
        lines = []
        for line in _LINES.findall(self.tail):
            found = CITE.match(line.rstrip("\r\n"))
            one = CiteText(*found.groups()) if found else None
            if one is None or one in left:
                lines.append(line)
                left.pop(one, None) if one else None
        if lines and not lines[-1].endswith(("\r", "\n")):
            lines[-1] += self.end
        return replace(self, tail="".join([*lines, *(one.line + self.end for one in left)]))

    def _anew(self, one: BlockText) -> str:
        attributes = [
            *([f"#{one.id}"] if one.id else []),
            *([f"category={one.category}"] if one.category else []),
            *([f"of={one.of}"] if one.of else []),
        ]
        heading = f"## {one.kind}" + (f": {one.heading}" if one.heading else "")
        if attributes:
            heading += ("" if one.heading else ":") + f" {{{' '.join(attributes)}}}"
        parts = [
            heading,
            one.both,
            *(["### patient", one.patient] if one.patient.strip() else []),
            *(["### clinical", one.clinical] if one.clinical.strip() else []),
        ]
        text = "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n\n"
        return text.replace("\n", self.end)


def taken_apart(text: str, name: str = "guide") -> GuideText:
    """A guide's file in parts; ``taken_apart(text).text == text``.

    Raises:
        InputError: it has no front matter, or a block of an unknown kind.
    """
    lines = _LINES.findall(text)
    front = _front_end(lines, name)
    starts = [n for n in range(front, len(lines)) if lines[n].startswith("## ")]
    first = starts[0] if starts else len(lines)
    tail = _tail(lines, starts[-1]) if starts else len(lines)
    blocks = tuple(
        block_text("".join(lines[start:stop]), f"{name}:{start + 1}")
        for start, stop in zip(starts, [*starts[1:], tail][: len(starts)], strict=True)
    )
    return GuideText(
        "".join(lines[:front]),
        "".join(lines[front:first]),
        blocks,
        "".join(lines[tail:]),
        "\r\n" if lines and lines[0].endswith("\r\n") else "\n",
    )


def block_text(raw: str, where: str = "") -> BlockText:
    """The fields of a block's Markdown.

    Raises:
        InputError: its first line is not a block's, or of an unknown kind.
    """
    lines = re.sub(r"\r\n|\r", "\n", raw).split("\n")
    found = BLOCK.match(lines[0])
    if found is None or found[1] not in block_kinds():
        raise InputError(
            f"{lines[0][:60]!r} begins no block",
            where=where,
            todo=f"a block begins `## kind: Heading`; kinds: {', '.join(block_kinds())}",
        )
    id_, category, of, known = _attributes(found[3] or "")
    parts: dict[str, list[str]] = {"both": []}
    now, whole = "both", not known
    for line in lines[1:]:
        if part := PART.match(line):
            now = part[1]
            whole = whole or now in parts
            parts.setdefault(now, [])
        else:
            parts[now].append(line)
    made = BlockText(found[1], (found[2] or "").strip(), id_, category, of, raw=raw)
    if whole:
        return replace(made, both="\n".join(lines[1:]).strip("\n"), whole=True)
    both, patient, clinical = (
        "\n".join(parts.get(key, ())).strip("\n") for key in ("both", "patient", "clinical")
    )
    return replace(made, both=both, patient=patient, clinical=clinical)


def _attributes(written: str) -> tuple[str, str, str, bool]:
    """Id, category and pin of a heading's braces, and whether that is all it holds."""
    found = {"#": "", "category": "", "of": ""}
    known = True
    for one in written.split():
        key, sign, value = ("#", "#", one[1:]) if one.startswith("#") else one.partition("=")
        known = known and key in found and bool(sign and value) and not found[key]
        if key in found:
            found[key] = value
    return found["#"], found["category"], found["of"], known


def _same(one: BlockText) -> bool:
    """Whether a block still says what it was read from."""
    return bool(one.raw) and block_text(one.raw) == one


def _front_end(lines: list[str], name: str) -> int:
    """The number of lines of the front matter, fences included."""
    fences = [n for n, one in enumerate(lines) if one.strip().lstrip("\ufeff") == _FENCE]
    if len(fences) < 2 or fences[0] != 0:
        raise InputError(
            "the guide has no front matter", where=name, todo="it begins and ends with a line ---"
        )
    return fences[1] + 1


def _tail(lines: list[str], last: int) -> int:
    """Where the citations at the end of the file begin."""
    stop = len(lines)
    for number in range(len(lines) - 1, last, -1):
        line = lines[number].rstrip("\r\n")
        if CITE.match(line):
            stop = number
        elif line.strip():
            break
    return stop


def _inside(front: str) -> str:
    lines = front.splitlines()
    return "\n".join(lines[1:-1])
