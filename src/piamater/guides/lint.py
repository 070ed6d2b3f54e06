"""Linting guides: structure, citations, quotes and the parity of languages.

Each check yields findings; a finding of severity ``error`` keeps a guide from being published.
The content checks of the `checks` room come on top of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from piamater.guides.figures import figure_faults
from piamater.guides.kinds import block_kinds, treatment_categories
from piamater.guides.model import Block, Guide, Part, Statement
from piamater.guides.numbers import unsupported_numbers
from piamater.guides.statements import CITE_MARK, code_lines, statements

TextOf = Callable[[str], str | None]
"""The current text of a source of the library by its id; none where it is not held."""

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX|(?i:lorem ipsum|coming soon|not yet added|click here))\b"
)
_GUIDE_LINK = re.compile(r"\]\(guide:([^)#\s]*)")
_OTHER_LINK = re.compile(r"\]\((?!guide:|figures/)([^)]*)\)")
_SCRIPTS = {
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "en": re.compile("[A-Za-z]"),
    "es": re.compile("[A-Za-z]"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports, in the file ``name`` at ``line`` (from 1; 0: the file as a whole)."""

    rule: str
    severity: str
    name: str
    line: int
    message: str


SHORTEST_QUOTE = 8
"""Code points that a quote has at least; an item of a list may be one word."""


def lint_guide(
    guide: Guide,
    text_of: TextOf,
    *,
    original: Guide | None = None,
    known: Iterable[str] = (),
) -> list[Finding]:
    """All findings of one language's guide; ``known`` are the ids of guides it may link to."""
    found = [
        *_structure(guide),
        *_citations(guide),
        *_quotes(guide, text_of),
        *_claims(guide),
        *_texts(guide, set(known) | {guide.id}),
        *(
            Finding("figure", "error", guide.name, line, text)
            for line, text in figure_faults(guide)
        ),
    ]
    if original is not None and guide.is_translation:
        found += _parity(guide, original)
    return sorted(found, key=lambda one: (one.line, one.rule))


def _structure(guide: Guide) -> Iterator[Finding]:
    seen: set[str] = set()
    for block in guide.blocks:
        kind = block_kinds()[block.kind]
        if not kind.fits(guide.type):
            yield _error(
                "block", guide, block.line, f"a {guide.type} guide has no block {block.kind}"
            )
        if block.kind in seen and not kind.many:
            yield _error("block", guide, block.line, f"there may be only one block {block.kind}")
        seen.add(block.kind)
        if block.kind == "treatments" and block.category not in treatment_categories():
            names = ", ".join(treatment_categories())
            yield _error(
                "category", guide, block.line, f"treatments name a {{category=…}} among: {names}"
            )
    for kind in block_kinds().values():
        if guide.type in kind.required and kind.name not in seen:
            yield _error("block", guide, 0, f"a {guide.type} guide must have a block {kind.name}")


def _citations(guide: Guide) -> Iterator[Finding]:
    used: set[str] = set()
    for _, _, statement in each_statement(guide):
        used.update(statement.labels)
        for label in statement.labels:
            if label not in guide.cites:
                yield _error("citation", guide, statement.line, f"[^{label}] is not defined")
    for label in sorted(guide.own_labels - used):
        line = guide.cites[label].line
        yield _error("citation", guide, line, f"[^{label}] is defined and never cited")


def _quotes(guide: Guide, text_of: TextOf) -> Iterator[Finding]:
    for cite in guide.cites.values():
        if cite.label not in guide.own_labels:
            continue
        text = text_of(cite.source)
        if text is None:
            yield _error("quote", guide, cite.line, f"the library holds no source {cite.source}")
        elif cite.quote not in text:
            message = f"“{_short(cite.quote)}” does not stand in {cite.source}"
            yield _error("quote", guide, cite.line, message)
        elif len(cite.quote) < SHORTEST_QUOTE:
            yield _error("quote", guide, cite.line, f"“{cite.quote}” is too short to show anything")


def _claims(guide: Guide) -> Iterator[Finding]:
    for block, _, statement in each_statement(guide):
        if not block_kinds()[block.kind].claims or not statement.claim:
            continue
        if not statement.labels:
            message = f"“{_short(statement.text)}” carries no citation"
            yield _error("claim", guide, statement.line, message)
            continue
        quotes = [guide.cites[one].quote for one in statement.labels if one in guide.cites]
        for number in unsupported_numbers(statement.text, quotes):
            message = f"{number} in “{_short(statement.text)}” stands in none of its quotes"
            yield _error("number", guide, statement.line, message)


def _texts(guide: Guide, known: set[str]) -> Iterator[Finding]:
    script = _SCRIPTS[guide.language]
    for block in guide.blocks:
        for part in block.parts:
            if match := _PLACEHOLDER.search(part.source):
                yield _error(
                    "placeholder", guide, part.line, f"“{match.group()}” is left in the text"
                )
            if not script.search(CITE_MARK.sub("", part.source)):
                yield _error("language", guide, part.line, f"the text is not in {guide.language}")
            for line in code_lines(part):
                yield _error("code", guide, line, "indented or fenced text is shown as code")
            for target in _GUIDE_LINK.findall(part.source):
                if target not in known:
                    yield _warning(
                        "link", guide, part.line, f"there is no guide {target}; no link is shown"
                    )
            for target in _OTHER_LINK.findall(part.source):
                yield _error(
                    "link", guide, part.line, f"{target}: a guide links guides only; cite a source"
                )


def _parity(guide: Guide, original: Guide) -> Iterator[Finding]:
    theirs = {one.id: one for one in original.blocks}
    ours = {one.id: one for one in guide.blocks}
    for name in theirs.keys() - ours.keys():
        yield _error("parity", guide, 0, f"the block {name} of the original is missing")
    for name, block in ours.items():
        if name not in theirs:
            yield _error("parity", guide, block.line, f"the original has no block {name}")
            continue
        if not block.of:
            yield _error("parity", guide, block.line, f"{name} is not pinned: run guides pin")
        elif block.of != theirs[name].hash:
            yield Finding(
                "behind", "warning", guide.name, block.line, f"{name} is behind the original"
            )
        yield from _block_parity(guide, block, theirs[name])


def _block_parity(guide: Guide, block: Block, theirs: Block) -> Iterator[Finding]:
    wanted = {one.audience: _labels(one, "en") for one in theirs.parts}
    given = {one.audience: _labels(one, guide.language) for one in block.parts}
    if wanted.keys() != given.keys():
        yield _error("parity", guide, block.line, f"{block.id} has other views than the original")
    for audience in wanted.keys() & given.keys():
        lost, extra = wanted[audience] - given[audience], given[audience] - wanted[audience]
        if lost or extra:
            names = ", ".join(
                [*(f"-{one}" for one in sorted(lost)), *(f"+{one}" for one in sorted(extra))]
            )
            yield _error(
                "parity", guide, block.line, f"{block.id} ({audience}) cites otherwise: {names}"
            )


def _labels(part: Part, language: str) -> set[str]:
    return {label for one in statements(part, language) for label in one.labels}


def each_statement(guide: Guide) -> Iterator[tuple[Block, Part, Statement]]:
    """Every statement of a guide with its block and part."""
    for block in guide.blocks:
        for part in block.parts:
            for statement in statements(part, guide.language):
                yield block, part, statement


def _warning(rule: str, guide: Guide, line: int, message: str) -> Finding:
    return Finding(rule, "warning", guide.name, line, message)


def _error(rule: str, guide: Guide, line: int, message: str) -> Finding:
    return Finding(rule, "error", guide.name, line, message)


def _short(text: str, length: int = 70) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
