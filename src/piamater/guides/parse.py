"""Reading a guide's Markdown file; the format is documented in docs/reference/guide-format.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from piamater.errors import InputError
from piamater.guides.kinds import block_kinds
from piamater.guides.model import LANGUAGES, Audience, Block, Cite, Guide, GuideType, Part
from piamater.sources.markdown import split_front

FORMAT = "piamater-guide/1"
REQUIRED = ("guide", "id", "language", "title", "description")
ORIGINAL = ("type", "concepts", "authors", "submitted", "review-due")
"""What an original must say and a translation takes over from it."""
OPTIONAL = (
    "plain-title", "groups", "original", "translators", "keywords", "doi", "pmid", "licence",
    "categories", "published", "received", "accepted", "example", "affiliations",
)  # fmt: skip
BLOCK = re.compile(r"^## +([a-z][a-z-]*) *(?::[ \t]*(.*?))?[ \t]*(?:\{([^{}]*)\})?[ \t]*$")
PART = re.compile(r"^### +(patient|clinical) *$")
CITE = re.compile(r'^\[\^([a-z0-9][a-z0-9-]*)\]:[ \t]*@(\S+)[ \t]+"(.+)"[ \t]*$')
_NEAR_CITE = re.compile(r"^\[\^[^\]]*\]:")
_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
HASH_LENGTH = 12


def parse_guide(text: str, *, name: str = "guide", original: Guide | None = None) -> Guide:
    """Read one guide; a translation needs its ``original``, whose facts and citations it shares.

    Raises:
        InputError: the front matter or a directive is not in order; all faults are listed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    front, body = split_front(text)
    problems = list(_front_problems(front, original))
    first = text.count("\n", 0, len(text) - len(body)) + 1
    blocks, cites, faults = _Body(body, first, str(front.get("language", "en"))).read()
    problems += faults
    if problems:
        raise InputError(
            f"the guide is not in order: {'; '.join(problems)}",
            where=name,
            todo="see the page on the guide format in the documentation",
        )
    return _guide(front, text, name, blocks, cites, original)


def _guide(
    front: Mapping[str, Any],
    text: str,
    name: str,
    blocks: list[Block],
    cites: dict[str, Cite],
    original: Guide | None,
) -> Guide:
    base = original or _Nothing
    return Guide(
        id=str(front["id"]),
        type=original.type if original else GuideType(front["type"]),
        language=str(front["language"]),
        original=original.language if original else str(front["language"]),
        title=str(front["title"]).strip(),
        plain_title=str(front.get("plain-title", front["title"])).strip(),
        description=str(front["description"]).strip(),
        concepts=tuple(map(str, front.get("concepts", base.concepts))),
        groups=tuple(map(str, front.get("groups", base.groups))),
        authors=tuple(map(str, front.get("authors", base.authors))),
        submitted=str(front.get("submitted", base.submitted)),
        review_due=str(front.get("review-due", base.review_due)),
        blocks=tuple(blocks),
        cites={**base.cites, **cites},
        own_labels=frozenset(cites),
        front={**base.front, **{key: front[key] for key in OPTIONAL if key in front}},
        text=text,
        name=name,
    )


class _Nothing:
    """What a guide without an original starts from."""

    concepts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    submitted = ""
    review_due = ""
    cites: dict[str, Cite] = {}  # noqa: RUF012
    front: dict[str, Any] = {}  # noqa: RUF012


def _front_problems(front: Mapping[str, Any], original: Guide | None) -> Iterator[str]:
    if front.get("guide") != FORMAT:
        yield f"the front matter must begin with `guide: {FORMAT}`"
    wanted = REQUIRED if original else (*REQUIRED, *ORIGINAL)
    for key in wanted:
        if not front.get(key) and key != "concepts":
            yield f"`{key}` is missing"
    for key in front:
        if key not in (*REQUIRED, *ORIGINAL, *OPTIONAL):
            yield f"`{key}` is not a field of a guide"
    if front.get("language") not in LANGUAGES:
        yield f"`language` must be one of {', '.join(LANGUAGES)}"
    if front.get("id") and not _ID.match(str(front["id"])):
        yield "`id` may hold small letters, digits and single hyphens"
    known = [str(one) for one in GuideType]
    if "type" in front and front["type"] not in known:
        yield f"`type` must be one of {', '.join(known)}"
    if original and front.get("id") != original.id:
        yield f"`id` must be the original's, {original.id}"
    for key in ("submitted", "review-due", "published", "received", "accepted"):
        if key in front and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(front[key])):
            yield f"`{key}` must be a date such as 2026-11-21"
    for key in ("concepts", "groups", "authors"):
        if key in front and not isinstance(front[key], list):
            yield f"`{key}` must be a list"


class _Body:
    """The blocks and citations of a guide's body."""

    def __init__(self, body: str, first: int, language: str) -> None:
        self.lines = body.split("\n")
        self.first = first
        self.language = language
        self.faults: list[str] = []
        self.cites: dict[str, Cite] = {}

    def read(self) -> tuple[list[Block], dict[str, Cite], list[str]]:
        blocks: list[Block] = []
        start = None
        for number, line in enumerate([*self.lines, "## end"]):
            if line.startswith("## "):
                if start is not None and (block := self._block(start, number)):
                    blocks.append(block)
                start = number
            elif start is None and line.strip() and not self._definition(number):
                self.fault(number, "text stands before the first block")
        ids = [one.id for one in blocks]
        for one in sorted({each for each in ids if ids.count(each) > 1}):
            self.faults.append(f"two blocks are called {one}: give each a {{#name}} of its own")
        return blocks, self.cites, self.faults

    def fault(self, number: int, message: str) -> None:
        self.faults.append(f"line {self.first + number}: {message}")

    def _definition(self, number: int) -> bool:
        line = self.lines[number]
        if match := CITE.match(line):
            label, source, quote = match.groups()
            if label in self.cites:
                self.fault(number, f"the citation [^{label}] is defined twice")
            self.cites[label] = Cite(label, source, quote, self.first + number)
            return True
        if _NEAR_CITE.match(line):
            self.fault(number, 'a citation is written [^label]: @source-id "exact words"')
            return True
        return False

    def _block(self, start: int, end: int) -> Block | None:
        match = BLOCK.match(self.lines[start])
        kind = block_kinds().get(match.group(1)) if match else None
        if match is None or kind is None:
            self.fault(
                start, f"a block begins `## kind: Heading`; kinds: {', '.join(block_kinds())}"
            )
            return None
        attributes = self._attributes(start, match.group(3) or "")
        heading = (match.group(2) or "").strip() or kind.headings[self.language]
        parts = tuple(self._parts(start + 1, end))
        if not parts:
            self.fault(start, f"the block {match.group(1)} is empty")
        content = "\n".join(
            [f"{kind.name}: {heading}", *(f"{p.audience}\n{p.source}" for p in parts)]
        )
        return Block(
            kind=kind.name,
            id=attributes.get("id", kind.name),
            heading=heading,
            parts=parts,
            hash=sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH],
            of=attributes.get("of", ""),
            category=attributes.get("category", ""),
            line=self.first + start,
        )

    def _attributes(self, number: int, written: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in written.split():
            key, _, value = one.partition("=")
            if one.startswith("#") and _ID.match(one[1:]):
                found["id"] = one[1:]
            elif key in ("of", "category") and value:
                found[key] = value
            else:
                self.fault(number, f"`{one}` is none of {{#id of=hash category=name}}")
        return found

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        audience, lines, first = Audience.BOTH, list[str](), start
        for number in range(start, end):
            if self._definition(number):
                continue
            line = self.lines[number]
            if match := PART.match(line):
                yield from self._part(audience, lines, first)
                audience, lines, first = Audience(match.group(1)), [], number + 1
            elif re.match(r"#{1,3} ", line):
                self.fault(
                    number, "inside a block a heading has four signs (####) or is patient/clinical"
                )
            else:
                lines.append(line.rstrip())
        yield from self._part(audience, lines, first)

    def _part(self, audience: Audience, lines: list[str], first: int) -> Iterator[Part]:
        while lines and not lines[0]:
            lines, first = lines[1:], first + 1
        source = "\n".join(lines).rstrip()
        if source:
            yield Part(audience, source, self.first + first)


def pin(text: str, original: Guide) -> str:
    """A translation's text with each block pinned to the hash of the original's block today."""
    hashes = {one.id: one.hash for one in original.blocks}
    lines = []
    for line in text.split("\n"):
        match = BLOCK.match(line)
        if match and line.startswith("## "):
            attributes = [
                one for one in (match.group(3) or "").split() if not one.startswith("of=")
            ]
            name = next((one[1:] for one in attributes if one.startswith("#")), match.group(1))
            if name in hashes:
                attributes.append(f"of={hashes[name]}")
            heading = f": {match.group(2)}" if match.group(2) else ""
            line = f"## {match.group(1)}{heading}" + (
                f" {{{' '.join(attributes)}}}" if attributes else ""
            )
        lines.append(line)
    return "\n".join(lines)


def with_blocks(guide: Guide, blocks: tuple[Block, ...]) -> Guide:
    """The same guide with other blocks."""
    return replace(guide, blocks=blocks)
