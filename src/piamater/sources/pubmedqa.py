"""PubMedQA: abstracts with the research question in their title (Jin et al. 2019), as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from piamater.errors import InputError
from piamater.sources.dates import date_parts, parse_date
from piamater.sources.decoding import decode
from piamater.sources.kinds import guess_kind
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Reading, Record
from piamater.text import DocumentBuilder


class PubmedqaReader:
    """Reads the labelled set of PubMedQA."""

    name = "pubmedqa"
    suffixes = (".json",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as the set does."""
        return b'"QUESTION"' in head and b'"CONTEXTS"' in head

    def read(self, original: Original) -> Iterator[Reading]:
        """The abstracts, in the order of the file.

        Raises:
            InputError: it is not JSON, or an entry lacks its question or contexts.
        """
        try:
            held = json.loads(decode(original.read()))
        except json.JSONDecodeError as error:
            raise InputError(f"it is not JSON: {error}", where=original.location) from error
        entries = held.items() if isinstance(held, dict) else ()
        if not entries:
            raise InputError(
                "it is not a set of abstracts by their PubMed identifiers",
                where=original.location,
                todo="add ori_pqal.json, or a file made as it is",
            )
        for pmid, entry in entries:
            problem = _problem(entry)
            if problem:
                raise InputError(f"entry {pmid} {problem}", where=original.location)
            yield _reading(str(pmid), entry)


def _problem(entry: Any) -> str:
    """What is wrong with an entry; empty where nothing is."""
    if not isinstance(entry, dict):
        return "is not an object"
    lacking = [one for one in ("QUESTION", "CONTEXTS") if not entry.get(one)]
    if lacking:
        return f"lacks {' and '.join(lacking)}"
    lists = all(isinstance(entry.get(one, []), list) for one in ("CONTEXTS", "LABELS", "MESHES"))
    return "" if lists else "has text where a list should stand"


def _reading(pmid: str, entry: dict[str, Any]) -> Reading:
    builder = DocumentBuilder("en")
    for label, text in zip_longest(entry.get("LABELS", []), entry["CONTEXTS"], fillvalue=""):
        if label and text:
            builder.heading(str(label).capitalize(), 1)
        builder.paragraph(str(text))
    if entry.get("LONG_ANSWER"):
        builder.heading("Conclusions", 1)
        builder.paragraph(str(entry["LONG_ANSWER"]))
    document = builder.build()
    title = " ".join(str(entry["QUESTION"]).split())
    kind, why = guess_kind(
        title="" if title.endswith("?") else title, text=document.text, fallback=Kind.COHORT,
        why="a research abstract that names no design",
    )  # fmt: skip
    published = parse_date(str(entry.get("YEAR") or ""))
    csl: dict[str, Any] = {
        "type": "article-journal",
        "title": title,
        "PMID": pmid,
        "URL": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        "language": "en",
        "custom": {"mesh": [str(one) for one in entry.get("MESHES", [])]},
    }
    if published:
        csl["issued"] = date_parts(published)
    return Reading(
        Record(f"pmid:{pmid}", title, kind, why, csl, published=published, audience="clinician"),
        document,
    )
