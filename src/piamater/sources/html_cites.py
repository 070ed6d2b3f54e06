"""What a page's marks and its reference list say of each other: marks, entries and their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from piamater.sources.html_text import Cite, Spelled
from piamater.sources.record import Marker, Reference

_PMID = re.compile(r"(?:pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/|list_uids=|term=)(\d{4,9})")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,\"<>]+")
_FURTHEST = 30
"""The longest range of labels that is written out (3–12)."""

Span = tuple[int, int]


class Cites:
    """The marks and the entries of a page, as they are met in reading order."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self._marks: list[Cite] = []
        self._labels: dict[str, str] = {}

    def block(self, said: Spelled, span: Span, before: int = 0) -> None:
        """Note the marks of a block: ``before`` code points of the span stand before its text."""
        if span[0] < span[1]:
            self._marks += [one.moved(span[0] + before) for one in said.cites]

    def row(self, cells: Iterable[Spelled], span: Span) -> None:
        """Note the marks of a table row, whose cells are joined as the builder joins them."""
        cells = list(cells)
        joined = " | ".join(one.text for one in cells)
        at = len(joined.lstrip()) - len(joined)
        for one in cells:
            self.block(one, span, at)
            at += len(one.text) + len(" | ")

    def refer(self, element: Any, text: str, span: Span, number: int) -> None:
        """Note an entry of a reference list, with what its links say of it."""
        links = [one.get("href") or "" for one in element.iter("a")]
        said = " ".join([*links, text])
        pmid, doi = _PMID.search(said), _DOI.search(said)
        url = next((one for one in links if one.startswith(("http://", "https://"))), "")
        for one in element.iter():
            for place in (one.get("id"), one.get("name") if one.tag == "a" else None):
                if place:
                    self._labels.setdefault(place, str(number))
        self.references.append(
            Reference(
                str(number),
                *span,
                doi=doi.group().lower().rstrip(".)") if doi else "",
                pmid=pmid[1] if pmid else "",
                url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid[1]}/" if pmid else url,
            )
        )

    def markers(self, root: Any) -> tuple[Marker, ...]:
        """The marks with the labels that they name; a link to no entry and no number is none."""
        places = set(root.xpath("//@id")) | set(root.xpath("//a/@name"))
        return tuple(sorted(self._markers(places), key=lambda one: (one.start, one.end)))

    def _markers(self, places: set[str]) -> Iterator[Marker]:
        for one in self._marks:
            inward = [target[1:] for target in one.targets if target.startswith("#")]
            labels = [self._labels[target] for target in inward if target in self._labels]
            numbers = written_labels(one.said)
            if labels:
                named = tuple(dict.fromkeys(labels))
                whole = numbers if set(named) < set(numbers) else named  # a range links its ends
                yield Marker(one.start, one.end, whole)
            elif inward and (numbers or one.start == one.end):
                leads = any(target in places for target in inward)
                yield Marker(one.start, one.end, () if leads else numbers)
            elif numbers:
                yield Marker(one.start, one.end, numbers, "outward" if one.targets else "raised")


def written_labels(said: str) -> tuple[str, ...]:
    """The labels that a mark writes: ``[1,3-5]`` as ``1 3 4 5``; none where it is no number."""
    bare = said.strip().strip("[]() ")
    if not re.fullmatch(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*", bare):
        return ()
    out: list[str] = []
    for part in re.split(r"\s?[,;]\s?", bare):
        ends = [int(one) for one in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + _FURTHEST:
            out += [str(one) for one in range(ends[0], ends[1] + 1)]
        else:
            out += [str(one) for one in ends]
    return tuple(out)
