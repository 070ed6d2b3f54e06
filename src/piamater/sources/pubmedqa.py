"""PubMedQA: abstracts with the research question in their title (Jin et al. 2019), as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
        for pmid, entry in held.items():
            try:
                yield _reading(str(pmid), entry)
            except KeyError as error:
                raise InputError(f"entry {pmid} lacks {error}", where=original.location) from error


def _reading(pmid: str, entry: dict[str, Any]) -> Reading:
    builder = DocumentBuilder("en")
    for label, text in zip(entry["LABELS"], entry["CONTEXTS"], strict=False):
        builder.heading(str(label).capitalize(), 1)
        builder.paragraph(str(text))
    if entry.get("LONG_ANSWER"):
        builder.heading("Conclusions", 1)
        builder.paragraph(str(entry["LONG_ANSWER"]))
    document = builder.build()
    title = str(entry["QUESTION"])
    kind, why = guess_kind(
        title=title, text=document.text, fallback=Kind.COHORT,
        why="a research abstract that names no design",
    )  # fmt: skip
    published = parse_date(str(entry.get("YEAR") or ""))
    csl: dict[str, Any] = {
        "type": "article-journal",
        "title": title,
        "PMID": pmid,
        "URL": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        "language": "en",
        "custom": {"mesh": entry.get("MESHES", [])},
    }
    if published:
        csl["issued"] = date_parts(published)
    return Reading(
        Record(f"pmid:{pmid}", title, kind, why, csl, published=published, audience="clinician"),
        document,
    )
