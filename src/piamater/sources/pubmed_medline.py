"""The MEDLINE text format of PubMed (``PMID- …``, files named .nbib): one tag a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from piamater.sources.dates import parse_date
from piamater.sources.pubmed_entry import LANGUAGES, Abstract, Entry, bare_title

_TAG = re.compile(r"^([A-Z0-9]{2,4}) *- ?(.*)$")
_LABEL = re.compile(r"(?:^|(?<=[.?!)\]] ))([A-Z][A-Z ,/&'-]{3,60}): ")
_PMID = re.compile(r"PMID: (\d+)")
_LINKS = {
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "EIN": "ErratumIn",
    "EFR": "ErratumFor",
    "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
}


def entries_of(text: str) -> Iterator[Entry]:
    """The records of a text, in their order."""
    held: dict[str, list[str]] = {}
    last = ""
    for line in text.splitlines():
        tag = _TAG.match(line)
        if tag:
            last, value = tag.groups()
            if last == "PMID" and held:
                yield _entry(held)
                held = {}
            held.setdefault(last, []).append(value.strip())
        elif line.startswith("      ") and last:
            held[last][-1] += f" {line.strip()}"
    if held:
        yield _entry(held)


def _entry(held: dict[str, list[str]]) -> Entry:
    def first(tag: str) -> str:
        return held.get(tag, [""])[0]

    ids = [*held.get("LID", []), *held.get("AID", [])]
    doi = next((one[: -len(" [doi]")] for one in ids if one.endswith(" [doi]")), "")
    language = first("LA").lower()
    names = zip_longest(held.get("FAU", []), held.get("AU", []), fillvalue="")
    return Entry(
        pmid=first("PMID"),
        title=bare_title(first("TI") or first("BTI")),
        abstracts=tuple(
            Abstract(tuple(_parts(text)), "en" if tag == "AB" else "")
            for tag in ("AB", "OAB")
            for text in held.get(tag, [])
        ),
        published=parse_date(_turned(first("DP"))),
        types=tuple(held.get("PT", [])),
        links=tuple(
            (sort, pmid.group(1) if (pmid := _PMID.search(value)) else "", value)
            for tag, sort in _LINKS.items()
            for value in held.get(tag, [])
        ),
        csl={
            "author": [_author(full or short) for full, short in names]
            + [{"literal": one} for one in held.get("CN", [])],
            "container-title": first("JT") or first("TA"),
            "volume": first("VI"),
            "issue": first("IP"),
            "page": first("PG"),
            "DOI": doi.lower(),
            "PMCID": first("PMC"),
            "language": LANGUAGES.get(language, language[:2]),
            "original-title": first("TT"),
            "keyword": ", ".join(one.lstrip("*") for one in held.get("OT", [])),
        },
        custom={"mesh": [one.split("/")[0].lstrip("*") for one in held.get("MH", [])]},
    )


def _author(name: str) -> dict[str, str]:
    """``Roy, Asha B`` as family and given name; a short form has no comma."""
    family, comma, given = name.partition(", ")
    if not comma:
        family, _, given = name.rpartition(" ")
        family, given = (family, given) if family else (given, "")
    return {"family": family, "given": given}


def _turned(when: str) -> str:
    """``2019 Feb 3`` with the day first, as dates are written elsewhere."""
    return " ".join(reversed(when.split()[:3]))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts of an abstract by their labels, which stand in capitals before a colon."""
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() > 0:
        yield "", text[: labels[0].start()].strip() if labels else text
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        yield label.group(1), text[label.end() : end].strip()
