"""Citations: the markers in a text, and the entries of its reference lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from piamater.checks.page import Citation, Entry
from piamater.sources import Reference
from piamater.text import Document, Form, Mark

_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_BRACKETED = re.compile(rf"\[\s?({_NUMBERS})\s?\]")
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,˒⁻][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_LABELS = re.compile(r"\[\^([\w-]+)\]")
_BARE = re.compile(
    rf"(?<=[^\d\s])\s({_NUMBERS})(?=\s*(?:\.?\s*$|\.?\n|\.\s|\s[A-Z]\w+ ))", re.MULTILINE
)
_COUNTED = re.compile(
    r"(?:type|grade|stage|phase|figure|fig\.?|table|chapter|step|day|week|level|version|part|no\.?|"
    r"number|tipo|grado|estadio|fase|figura|tabla|dia|semana)\s*$",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,\"<>]+[^\s;,\"<>.)\]]")
_PMID = re.compile(
    r"(?:PMID:?\s?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})"
)
_URL = re.compile(r"\bhttps?://[^\s<>\"]+")
_LABEL = re.compile(r"^\W*(\d{1,3})[.)\]:]?\s")
FURTHEST = 30
"""The longest range of labels that is written out ([3–12])."""


def find_citations(document: Document, *, bare: bool) -> tuple[Citation, ...]:
    """The citation markers of the content, in order.

    ``bare``: numbers at the end of sentences without brackets are markers too.
    """
    text = document.text
    lists = [(one.start, one.end) for one in document.passages if one.mark is Mark.REFERENCE]
    found = [
        *_numbered(_BRACKETED, text),
        *(
            Citation(match.start(), match.end(), _range(match.group().translate(_DIGITS)))
            for match in _SUPERSCRIPT.finditer(text)
            if match.start() and text[match.start() - 1] not in "0123456789mck"
        ),
        *(Citation(match.start(), match.end(), (match[1],)) for match in _LABELS.finditer(text)),
    ]
    if bare:
        found += [
            one
            for one in _numbered(_BARE, text)
            if not _COUNTED.search(text[max(0, one.start - 20) : one.start])
        ]
    starts = [start for start, _ in lists]

    def listed(at: int) -> bool:
        before = bisect_right(starts, at) - 1
        return before >= 0 and at < lists[before][1]

    inside = (one for one in found if not listed(one.start))
    return tuple(sorted(inside, key=lambda one: one.start))


def _numbered(pattern: re.Pattern[str], text: str) -> Iterator[Citation]:
    for match in pattern.finditer(text):
        yield Citation(
            match.start(1) if pattern is _BARE else match.start(), match.end(), _range(match[1])
        )


def _range(written: str) -> tuple[str, ...]:
    """``1,3-5`` as ``1 3 4 5``."""
    out: list[str] = []
    for part in re.split(r"\s?[,;˒]\s?", written):
        ends = [int(one) for one in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + FURTHEST:
            out += [str(one) for one in range(ends[0], ends[1] + 1)]
        else:
            out += [str(one) for one in ends]
    return tuple(out)


def cites_bare(document: Document) -> bool:
    """Whether a text cites by bare numbers at the ends of sentences: two of them, from 1 up."""
    ends = [
        match[1]
        for one in document.passages
        if one.mark is Mark.CONTENT and one.form in (Form.SENTENCE, Form.ITEM)
        for match in [_BARE.search(document.text[one.start : one.end + 8].rstrip())]
        if match and not _COUNTED.search(document.text[one.start : one.start + match.start()])
    ]
    numbers = {int(n) for one in ends for n in _range(one)}
    return len(ends) >= 3 and 1 in numbers and max(numbers) <= len(ends) + 5


def find_entries(document: Document, references: Sequence[Reference]) -> tuple[Entry, ...]:
    """The entries of the reference lists: those that the reader found, and those marked so."""
    text = document.text
    out: list[Entry] = []
    number, last = 0, None
    known = {(one.start, one.end): one for one in references}
    spans = {(one.start, one.end) for one in document.passages if one.mark is Mark.REFERENCE} | set(
        known
    )
    whole = sorted(known) or sorted(spans)
    for start, end in whole:
        said = text[start:end]
        one = known.get((start, end))
        if last is not None and re.search(r"\S", text[last:start]):
            number += 1
        last = end
        label = one.label if one and one.label else ""
        if not label:
            match = _LABEL.match(said)
            label = match[1] if match else str(len([e for e in out if e.list == number]) + 1)
        out.append(_entry(label, start, end, said, one, number))
    return tuple(out)


def _entry(
    label: str, start: int, end: int, said: str, one: Reference | None, number: int
) -> Entry:
    doi = (one.doi if one else "") or (match[0] if (match := _DOI.search(said)) else "")
    pmid = (one.pmid if one else "") or (match[1] if (match := _PMID.search(said)) else "")
    url = (one.url if one else "") or (match[0] if (match := _URL.search(said)) else "")
    return Entry(label, start, end, said, url.rstrip(".,"), doi.lower(), pmid, number)
