"""Looking references up at PubMed and Crossref, when a person asks for it.

NCBI E-utilities (https://www.ncbi.nlm.nih.gov/books/NBK25501/) and the Crossref REST API
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/). Only identifiers that stand
on the page are sent; each is asked for once in a run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from piamater.checks.bibliography import Known
from piamater.errors import InputError

PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&id="
CROSSREF = "https://api.crossref.org/works/"
Get = Callable[[str], bytes]


def online(get: Get | None = None) -> Callable[[str], Known | None]:
    """A lookup of ``pmid:…`` and ``doi:…``; ``get`` gives the bytes at an address.

    A work that the services do not know, or that cannot be reached, is none.
    """
    fetched = get or _get

    @lru_cache(maxsize=10_000)
    def known(identifier: str) -> Known | None:
        kind, _, number = identifier.partition(":")
        try:
            if kind == "pmid" and number.isdigit():
                return _pubmed(json.loads(fetched(PUBMED + number)), identifier)
            if kind == "doi":
                return _crossref(
                    json.loads(fetched(CROSSREF + quote(number, safe="/"))), identifier
                )
        except (InputError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None
        return None

    return known


def _get(address: str) -> bytes:
    from piamater.checks.fetch import fetch

    return fetch(address).read()


def _pubmed(answer: dict[str, Any], identifier: str) -> Known | None:
    item = answer["result"][identifier.partition(":")[2]]
    if "error" in item or not item.get("title"):
        return None
    authors = tuple(one["name"].rsplit(" ", 1)[0] for one in item.get("authors", []))
    return Known(identifier, item["title"].rstrip("."), authors, _year(item.get("pubdate", "")))


def _crossref(answer: dict[str, Any], identifier: str) -> Known | None:
    work = answer["message"]
    authors = tuple(one["family"] for one in work.get("author", []) if one.get("family"))
    issued = work.get("issued", {}).get("date-parts", [[""]])[0]
    return Known(identifier, work["title"][0], authors, _year(str(issued[0]) if issued else ""))


def _year(written: str) -> int:
    return int(written[:4]) if written[:4].isdigit() else 0
