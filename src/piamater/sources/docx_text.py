"""The text of a Word paragraph as a reader sees it, and the raised numbers in it that may cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from piamater.sources.html_cites import written_labels
from piamater.sources.record import Marker
from piamater.text.normalise import clean

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W = NAMESPACE
_UNSEEN = {f"{_W}{one}" for one in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")}
_NOTES = {f"{_W}footnoteReference", f"{_W}endnoteReference"}


@dataclass(frozen=True, slots=True)
class Raised:
    """A raised number, or the mark of a note, by its offsets in the paragraph's text."""

    start: int
    end: int
    labels: tuple[str, ...] = ()

    def marker(self, text: str, at: int) -> Marker:
        """The mark in a document that has the paragraph at ``at``; a note is in no list."""
        before = len(clean(text[: self.start] + "|")) - 1
        if self.start == self.end:
            before = len(clean(text[: self.start]))
        end = before + len(clean(text[self.start : self.end]))
        return Marker(at + before, at + end, self.labels, "raised" if self.labels else "linked")


def text_of(element: Any) -> str:
    """The text that a reader sees in a paragraph: with what was inserted, without the deleted."""
    return "".join(said for said, _ in _pieces(element, False))


def spelled(element: Any) -> tuple[str, list[Raised]]:
    """The text of a paragraph, and the raised numbers and marks of notes in it, in order."""
    parts: list[str] = []
    found: list[Raised] = []
    begun, at = -1, 0
    for said, kind in [*_pieces(element, False), ("", "")]:
        if kind == "raised" and begun < 0:
            begun = at
        if kind != "raised" and begun >= 0:
            raised = "".join(parts)[begun:at]
            if begun and (labels := written_labels(raised)):
                found.append(Raised(begun, at, labels))
            begun = -1
        if kind == "note" and at:
            found.append(Raised(at, at))
        parts.append(said)
        at += len(said)
    return "".join(parts), found


def _pieces(element: Any, raised: bool) -> Iterator[tuple[str, str]]:
    """The pieces of text of an element, each with ``raised``, ``note`` or nothing."""
    kind = "raised" if raised else ""
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}t":
            yield child.text or "", kind
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " ", kind
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-", kind
        elif child.tag in _NOTES:
            yield "", "note"
        elif child.tag.endswith("}AlternateContent"):
            for one in child:
                if one.tag.endswith("}Choice"):
                    yield from _pieces(one, raised)
        elif isinstance(child.tag, str):
            yield from _pieces(child, raised or _is_raised(child))


def _is_raised(run: Any) -> bool:
    """Whether a run is set as superscript by its own setting."""
    own = run.find(f"{_W}rPr/{_W}vertAlign") if run.tag == f"{_W}r" else None
    return own is not None and own.get(f"{_W}val") == "superscript"
