"""Citations: the markers in a text, and the entries of its reference lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from piamater.checks.page import Citation, Entry
from piamater.sources import Marker, Reference
from piamater.text import Document, Form, Mark

_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_PINNED = (
    r"(?:,\s?(?:pp?|page|p[aá]gs?|chapter|ch|cap|section|sec|table|fig|tabla|পৃ)\.?\s?[\w–-]{1,12})?"
)
_BRACKETED = re.compile(rf"\[\s?({_NUMBERS}){_PINNED}\s?\]|\^({_NUMBERS})\^")
_ROUND = re.compile(rf"(?<=\w)\s?\(({_NUMBERS})\)(?=\s*(?:[.,;:।]|$))", re.MULTILINE)
_ROUND_BEHIND = re.compile(rf"(?<=[.!?।%\"”’])\s?\(({_NUMBERS})\)(?=\s|$)", re.MULTILINE)
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
_STEP = re.compile(r"[:;.!?)]\s\d{1,3}\.", re.ASCII)
"""A number that counts a step: behind a stop or a colon, and with a stop of its own."""
_BEFORE_RAISED = re.compile(r"(?:[.,;:)\]\"'”’»।%]|[^\W\d_\u0300-\u036f][\w\u0980-\u09ff]{2,})$")
_UNITS = re.compile(
    r"(?:\d|[/·×*]\w{1,3}|\b(?:cm|mm|km|min|sec|mol|log|kcal|cells?|copies|metres?|meters?))$"
)
_NAMED = re.compile(
    r"[\[(](?:(?:see|e\.g\.|véase|ver)\s)?[^\W\d_a-z][^()\[\]\n]{1,120}?,?\s(?:1[89]|20)\d\d[a-z]?"
    r"(?:[,;][^()\[\]\n]{0,160})?[)\]]"
    r"|\b[A-Z\u00c0-\u00de][\w'’-]+(?:\set al\.?|\s(?:and|&|y|e)\s[A-Z\u00c0-\u00de][\w'’-]+)?"
    r"\s\((?:1[89]|20)\d\d[a-z]?\)"
)
_NO_NAMES = frozenset({"See", "Ver", "The", "In", "Véase"})
_HEAD = 160
"""Characters of an entry in which its authors stand."""
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,\"<>]+[^\s;,\"<>.)\]]")
_PMID = re.compile(
    r"(?:PMID:?\s?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})"
)
_URL = re.compile(r"\bhttps?://[^\s<>\"]+")
_LABEL = re.compile(r"^\W*(\d{1,3})[.)\]:]?\s")
_FOOTNOTE = re.compile(r"(?:^|(?<=\s))\[\^([\w-]+)\]:\s", re.MULTILINE)
FURTHEST = 30
"""The longest range of labels that is written out ([3–12])."""


def find_citations(
    document: Document,
    *,
    bare: bool,
    entries: Sequence[Entry] = (),
    markers: Sequence[Marker] = (),
) -> tuple[Citation, ...]:
    """The citation markers of the content, in order.

    ``bare``: numbers at the end of sentences without brackets are markers too. ``markers`` are
    those that the reader found. What only the list can tell from other words, ``(1)`` or
    ``(Archer 2021)``, is a marker where every number or name of it is in ``entries``.
    """
    text = document.text
    lists = [(one.start, one.end) for one in document.passages if one.mark is Mark.REFERENCE]
    found = [
        *_handed_over(text, entries, markers),
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
            and not _STEP.match(text, max(0, one.start - 2))
        ]
    starts = [start for start, _ in lists]

    def listed(at: int) -> bool:
        before = bisect_right(starts, at) - 1
        return before >= 0 and at < lists[before][1]

    inside = [one for one in found if not listed(one.start)]
    if entries and not inside:
        inside = [one for one in _in_round(text, entries) if not listed(one.start)]
    if entries:
        inside += [one for one in by_name(text, entries) if not listed(one.start)]
    return _apart(inside)


def _apart(found: Sequence[Citation]) -> tuple[Citation, ...]:
    """The markers in order, of those that overlap the longest, of equals the one found first."""
    kept: dict[int, Citation] = {}
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: one.start - one.end):
        places = set(range(one.start, max(one.end, one.start + 1)))
        if not places & taken:
            taken |= places
            kept[one.start] = one
    return tuple(kept[start] for start in sorted(kept))


def _handed_over(
    text: str, entries: Sequence[Entry], markers: Sequence[Marker]
) -> Iterator[Citation]:
    """The reader's marks: links always; raised numbers where they stand as citations do."""
    known = {one.label for one in entries}
    raised = [one for one in markers if one.kind == "raised" and _cites_raised(text, one)]
    proven = not entries or any(set(one.labels) <= known for one in raised)
    for one in markers:
        if one.kind == "linked":
            yield Citation(one.start, one.end, one.labels)
        elif one.kind == "outward":
            yield Citation(one.start, one.end, one.labels if set(one.labels) <= known else ())
    for one in raised:
        if proven:
            yield Citation(one.start, one.end, one.labels)


def _cites_raised(text: str, one: Marker) -> bool:
    """Whether a raised number stands behind a word or a stop, and is no power and no isotope."""
    before = _BEFORE_RAISED.search(text, max(0, one.start - 20), one.start)
    if before is None or _UNITS.search(text, max(0, one.start - 20), one.start):
        return False
    stop = not before[0][-1].isalpha()
    return stop or not text[one.end : one.end + 1].isalpha()


def _in_round(text: str, entries: Sequence[Entry]) -> list[Citation]:
    """Numbers in round brackets, where the list has every one of them and 1 is among them."""
    known = {one.label for one in entries}
    behind = list(_ROUND_BEHIND.finditer(text))
    if not any(text[one.end() : one.end() + 1] in ("", "\n") for one in behind):
        behind = []  # steps, "(1) Call. (2) Wait.", end in words
    some = [
        Citation(match.start(1) - 1, match.end(), labels)
        for match in (*_ROUND.finditer(text), *behind)
        if set(labels := _range(match[1])) <= known
        and not _COUNTED.search(text[max(0, match.start(1) - 21) : match.start(1) - 1].rstrip(" "))
    ]
    return some if any("1" in one.labels for one in some) else []


def by_name(text: str, entries: Sequence[Entry]) -> Iterator[Citation]:
    """Citations by author and year whose author and year an entry of the list begins with."""
    for match in _NAMED.finditer(text):
        labels = [
            label
            for part in re.split(r";", match[0])
            for year in re.findall(r"\b(?:1[89]|20)\d\d\b", part)
            if (label := _entry_of(part, year, entries))
        ]
        if labels:
            yield Citation(match.start(), match.end(), tuple(dict.fromkeys(labels)))


def _entry_of(said: str, year: str, entries: Sequence[Entry]) -> str:
    """The label of the entry that a name and a year mean; empty where none does."""
    names = re.findall(r"[^\W\d_][\w'’-]+", said)
    name = next((one for one in names if one[0].isupper() and one not in _NO_NAMES), "")
    for one in entries:
        if not name or year not in one.text:
            continue
        head = one.text[:_HEAD]
        initials = "".join(word[0] for word in re.findall(r"\b[A-Z][\w'’-]+", head))
        acronym = name.isupper() and initials.startswith(name)
        if acronym or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", head):
            return one.label
    return ""


def _numbered(pattern: re.Pattern[str], text: str) -> Iterator[Citation]:
    for match in pattern.finditer(text):
        said = match[1] or match[match.lastindex or 1]
        yield Citation(
            match.start(1) if pattern is _BARE else match.start(), match.end(), _range(said)
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
        if match
        and not _COUNTED.search(document.text[one.start : one.start + match.start()])
        and not _STEP.match(document.text, one.start + max(0, match.start(1) - 2))
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
    for start, end in _footnotes_apart(text, whole):
        said = text[start:end]
        one = known.get((start, end))
        if last is not None and re.search(r"\S", text[last:start]):
            number += 1
        last = end
        label = one.label if one and one.label else ""
        if not label:
            match = _FOOTNOTE.match(said) or _LABEL.match(said)
            label = match[1] if match else str(len([e for e in out if e.list == number]) + 1)
        out.append(_entry(label, start, end, said, one, number))
    return tuple(out)


def _footnotes_apart(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of entries; footnotes of Markdown that stand in one paragraph are apart."""
    for start, end in spans:
        begun = [one.start() for one in _FOOTNOTE.finditer(text, start, end)]
        if not begun or begun[0] > start + 1:
            yield start, end
            continue
        yield from pairwise([start, *begun[1:], end])


def _entry(
    label: str, start: int, end: int, said: str, one: Reference | None, number: int
) -> Entry:
    doi = (one.doi if one else "") or (match[0] if (match := _DOI.search(said)) else "")
    pmid = (one.pmid if one else "") or (match[1] if (match := _PMID.search(said)) else "")
    url = (one.url if one else "") or (match[0] if (match := _URL.search(said)) else "")
    return Entry(label, start, end, said, url.rstrip(".,"), doi.lower(), pmid, number)
