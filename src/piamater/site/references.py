"""The sources behind a page: numbered as they are first cited, with today's standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from piamater.corpus import Library
from piamater.errors import UnknownNameError
from piamater.guides import Evidence
from piamater.site.messages import words
from piamater.site.tags import digits


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as a page lists it; ``standing`` and ``citable`` are today's."""

    number: int
    source: str
    version: str
    title: str
    kind: str
    authors: tuple[str, ...]
    container: str
    published: str
    url: str
    doi: str
    pmid: str
    standing: str
    reason: str
    review_due: str
    citable: bool
    language: str
    looked_up: str = ""
    """For an evidence note: the day on which the work that it sums up was read."""


def reference(library: Library, number: int, source: str, version: str) -> Reference:
    """A source as a page lists it.

    Raises:
        UnknownNameError: the library does not hold this version.
    """
    stored = library.corpus.version(source, version)
    judged = library.judge(stored)
    record = stored.record
    return Reference(
        number,
        source,
        stored.version,
        record.title,
        str(record.kind),
        record.authors,
        str(record.csl.get("container-title", "") or record.csl.get("publisher", "")),
        record.published,
        record.url,
        record.doi,
        record.pmid,
        str(judged.standing),
        judged.reason,
        judged.review_due,
        judged.standing.citable,
        (stored.languages or ("und",))[0],
        record.looked_up,
    )


def passage_address(language: str, source: str, version: str, start: int, end: int) -> str:
    """The address of a passage in its place in the source."""
    return f"/{language}/sources/{quote(source, safe=':')}/{version[:12]}/{start}-{end}"


@dataclass
class References:
    """Numbers sources as they are cited on one page; ``evidence`` pins the labels of a guide."""

    library: Library
    language: str
    evidence: dict[str, Evidence] = field(default_factory=dict)
    listed: dict[tuple[str, str], Reference] = field(default_factory=dict)

    def number(self, source: str, version: str) -> Reference:
        """The reference of a source version, numbered at its first citation."""
        key = (source, version)
        if key not in self.listed:
            try:
                one = reference(self.library, len(self.listed) + 1, source, version)
            except UnknownNameError:
                one = Reference(
                    len(self.listed) + 1, source, version, source, "", (), "", "", "", "", "",
                    "missing", "", "", False, "und",
                )  # fmt: skip
            self.listed[key] = one
        return self.listed[key]

    def marks(self, labels: Sequence[str]) -> str:
        """The citation numbers behind a sentence, each leading to its passage."""
        return self.links([self.evidence[one] for one in labels if one in self.evidence])

    def links(self, cited: Sequence[Evidence]) -> str:
        """The HTML of citation numbers for these passages."""
        t = words(self.language)
        out = []
        for one in cited:
            found = self.number(one.source, one.version)
            address = passage_address(self.language, one.source, one.version, one.start, one.end)
            name = f"{t['source']} {digits(found.number, self.language)}"
            stale = "" if found.citable else f" {t['standing_' + found.standing]}"
            mark = "" if found.citable else " stale"
            out.append(
                f'<a class="cite{mark}" href="{escape(address)}" '
                f'aria-label="{escape(name + stale)}">'
                f"{digits(found.number, self.language)}{'⚠' if stale else ''}</a>"
            )
        return f'&NoBreak;<sup class="cites">{" ".join(out)}</sup>' if out else ""

    @property
    def list(self) -> list[Reference]:
        """The references in the order of their numbers."""
        return list(self.listed.values())
