"""Bibliography: is a written reference the work that its identifier names?

The words of an entry (title, authors, year) are compared with a record of the work behind its DOI
or PMID. Records come from the library that a page belongs to, from a bibliography file (CSL-JSON,
RIS, BibTeX), or from any function that looks an identifier up, such as one that asks PubMed or
Crossref; the caller gives it with `looking_up`, nothing here opens a connection.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from piamater.checks.page import Entry, Page
from piamater.corpus import Library
from piamater.errors import InputError, UnknownNameError
from piamater.vocabulary.fold import fold

_LIMITS = (60.0, 86.0, 97.0)
"""How like a title must be (0 to 100) by how many of first author and year speak against it."""
_ALONE = 62.0
"""The same where neither is known."""
_MAIN = 90.0
"""What the main part of a title, without its subtitle, counts for."""
_FRONT = 3
"""Words at the front of a reference among which its first author stands."""
_LETTERS = 80
"""How like a name must be to be that name."""
SHORT = 12
"""Letters of a title too short to tell titles apart."""
_IDENTIFIERS = re.compile(
    r"https?://\S+|\bdoi:?\s*10\.\S+|\b10\.\d{4,9}/\S+|\bPMC?ID:?\s*(?:PMC)?\d+"
    r"|\[?PubMed\]?(?: Abstract)?\]?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*(?:\d{1,3}[.)\]:]?\s+)?")
_ACCESSED = re.compile(
    r"(?:last |date )?(?:accessed|retrieved|cited|consultado|visto)\b[^.;\]]*", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d/.-])(1[89]\d\d|20\d\d)(?!\d|[-–]\d{3}\d*\b(?<!\d{4}))")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a work: its title, its authors' family names, its year; any may be empty."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    year: int = 0


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a written reference and a record differ; ``certain`` where they are two works."""

    known: Known
    title: float
    author: bool
    year: bool
    certain: bool

    @property
    def parts(self) -> str:
        """What differs, in words."""
        named = (
            ("title", self.title < _LIMITS[1]),
            ("authors", self.author),
            ("year", self.year),
        )
        return ", ".join(name for name, differs in named if differs)


Lookup = Callable[[str], Known | None]
"""From ``doi:…`` or ``pmid:…`` (small letters) to what is known of that work."""

_LOOKUPS: ContextVar[tuple[Lookup, ...]] = ContextVar("lookups", default=())


@contextmanager
def looking_up(*lookups: Lookup) -> Iterator[None]:
    """Check references with these lookups, the first that knows a work counting."""
    token = _LOOKUPS.set(lookups)
    try:
        yield
    finally:
        _LOOKUPS.reset(token)


def known_work(page: Page, identifier: str) -> Known | None:
    """What is known of the work behind an identifier: by the library, then by the lookups."""
    if page.library is not None and (found := _held(page.library, identifier)):
        return found
    return next((known for one in _LOOKUPS.get() if (known := one(identifier))), None)


def names_of(entry: Entry) -> tuple[str, ...]:
    """The identifiers of an entry: ``doi:…``, ``pmid:…``."""
    named = (("doi", entry.doi.lower()), ("pmid", entry.pmid))
    return tuple(f"{kind}:{value}" for kind, value in named if value)


@lru_cache(maxsize=4096)
def written(text: str) -> str:
    """The words of a reference: without label, address, identifier and day of access."""
    plain = _IDENTIFIERS.sub(" ", text)
    plain = _ACCESSED.sub(" ", plain)
    return re.sub(r"\s+", " ", _LABEL.sub("", plain)).strip(" .,;[]()")


def years(text: str) -> tuple[int, ...]:
    """The years that a reference names, days of access aside."""
    return tuple(int(one) for one in _YEAR.findall(written(text)))


def compare(text: str, known: Known) -> Mismatch | None:
    """How a written reference differs from a record; none where it is the same work.

    How like the titles must be depends on whether the first author and the year agree: with both
    of them a title may be cut short or loosely written, against both it must be the same to a
    letter or two.
    """
    said, title = _bare(written(text)), _bare(known.title)
    if len(said) < SHORT or not title:
        return None
    author = _named(known.authors[0], said) if known.authors else None
    told = years(text)
    year = any(abs(one - known.year) <= 1 for one in told) if known.year and told else None
    against = (author, year).count(False)
    likeness = _likeness(title, _bare(re.split(r"[:?] ", known.title)[0]), said)
    if len(title) < SHORT and against < len((author, year)):
        return None
    limit = _LIMITS[against] if author or year or against else _ALONE
    if likeness >= limit and not (len(title) < SHORT and against == len((author, year))):
        return None
    return Mismatch(known, likeness, author is False, year is False, certain=against > 0)


def _likeness(title: str, main: str, said: str) -> float:
    """How much of a title, or of its main part, stands in the words of a reference: 0 to 100."""
    from rapidfuzz import fuzz

    found = max(fuzz.partial_ratio(title, said), fuzz.token_set_ratio(title, said))
    if main != title and f" {main} " in f" {said} ":
        return max(found, _MAIN if len(main) >= SHORT else _LIMITS[0])
    return found


def _named(author: str, said: str) -> bool:
    """Whether an author stands among the first words of a reference, to a letter or two."""
    from rapidfuzz import fuzz

    parts = _bare(author).split()
    words = said.split()[: _FRONT + len(parts)]
    if not parts or " ".join(parts) in " ".join(words):
        return True
    longest = max(parts, key=len)
    return len(longest) > 3 and any(fuzz.ratio(longest, word) >= _LETTERS for word in words)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def known_from_csl(item: Mapping[str, Any], identifier: str = "") -> Known:
    """What a CSL-JSON item says of a work."""
    names = [
        str(one.get("family") or one.get("literal") or "") if isinstance(one, Mapping) else str(one)
        for one in _listed(item.get("author"))
    ]
    issued = item.get("issued")
    text = json.dumps(issued) if isinstance(issued, Mapping) else str(issued or "")
    found = re.search(r"\b(1[89]\d\d|20\d\d)", text)
    return Known(
        identifier or str(item.get("id", "")),
        re.sub(r"<[^>]+>", "", str(item.get("title", ""))),
        tuple(one for one in names if one),
        int(found[1]) if found else 0,
    )


def _listed(value: object) -> Iterable[Any]:
    """A list as it is, nothing as none, anything else as the one that it is."""
    return value if isinstance(value, list | tuple) else () if value is None else (value,)


def read_bibliography(path: Path) -> Lookup:
    """A lookup in a bibliography file: CSL-JSON (``.json``), RIS (``.ris``) or BibTeX (``.bib``).

    Raises:
        InputError: the file cannot be read, is in none of these formats, or names no work.
    """
    readers = {".json": _from_json, ".ris": _from_ris, ".bib": _from_bibtex}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            "it is no bibliography", where=str(path), todo=f"known: {', '.join(readers)}"
        )
    if path.exists() and not path.is_file():
        raise InputError("it is no file that has an end", where=str(path))
    try:
        items = list(reader(path.read_text("utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"the bibliography cannot be read: {error}", where=str(path), todo="mend the file"
        ) from error
    if not all(isinstance(one, Mapping) for one in items):
        raise InputError("it is no bibliography", where=str(path), todo="give CSL-JSON items")
    if not any(item.get("DOI") or item.get("PMID") for item in items):
        raise InputError(
            "the bibliography names no work by a DOI or PMID",
            where=str(path),
            todo="references are found in it by these: export it with them",
        )
    return lookup_in(items)


def lookup_in(items: Iterable[Mapping[str, Any]]) -> Lookup:
    """A lookup in CSL-JSON items, by their DOI and PMID."""
    held: dict[str, Known] = {}
    for item in items:
        for kind in ("DOI", "PMID"):
            if value := str(item.get(kind) or "").strip().lower():
                name = f"{kind.lower()}:{value.removeprefix('https://doi.org/')}"
                held.setdefault(name, known_from_csl(item, name))
    return held.get


def _from_json(text: str) -> Iterator[Mapping[str, Any]]:
    items = json.loads(text)
    yield from items if isinstance(items, list) else items["items"]


def _from_ris(text: str) -> Iterator[Mapping[str, Any]]:
    import rispy

    for one in rispy.loads(text, skip_unknown_tags=True):
        names = one.get("authors") or one.get("first_authors") or []
        yield {
            "title": one.get("title") or one.get("primary_title") or "",
            "author": [{"family": name.split(",")[0]} for name in names],
            "issued": str(one.get("year") or one.get("date") or ""),
            "DOI": one.get("doi", ""),
            "PMID": one.get("accession_number", "") if "pubmed" in _of(one).lower() else "",
        }


def _of(one: Mapping[str, Any]) -> str:
    return str(one.get("name_of_database") or one.get("database_provider") or "")


def _from_bibtex(text: str) -> Iterator[Mapping[str, Any]]:
    from bibtexparser.entrypoint import parse_string

    for one in parse_string(text).entries:
        fields = {key.lower(): str(field.value) for key, field in one.fields_dict.items()}
        names = re.split(r"\s+and\s+", fields.get("author", ""))
        yield {
            "title": re.sub(r"[{}]", "", fields.get("title", "")),
            "author": [{"family": _family(name)} for name in names if name],
            "issued": fields.get("year") or fields.get("date", ""),
            "DOI": fields.get("doi", ""),
            "PMID": fields.get("pmid", ""),
        }


def _family(name: str) -> str:
    plain = re.sub(r"[{}]", "", name).strip()
    return plain.split(",")[0] if "," in plain else plain.split()[-1] if plain else ""


def _held(library: Library, identifier: str) -> Known | None:
    """What the library's own record of a work says."""
    source = source_named(library, identifier)
    if not source:
        return None
    record = library.corpus.version(source).record
    return known_from_csl({"title": record.title, "issued": record.published, **record.csl}, source)


def source_named(library: Library, identifier: str) -> str:
    """The id of the library's source that an identifier names; empty where there is none."""
    try:
        return library.corpus.version(identifier).source
    except UnknownNameError:
        return _identified(str(library.folder), library).get(identifier, "")


_NAMED: dict[str, tuple[int, dict[str, str]]] = {}


def _identified(folder: str, library: Library) -> dict[str, str]:
    """The sources of a library by DOI and PMID, read anew when the corpus has changed."""
    number = library.corpus.last_number()
    held = _NAMED.get(folder)
    if held is None or held[0] != number:
        found: dict[str, str] = {}
        for one in library.corpus.sources():
            for name in (f"doi:{one.record.doi}", f"pmid:{one.record.pmid}"):
                if not name.endswith(":"):
                    found.setdefault(name, one.source)
        held = _NAMED[folder] = (number, found)
    return held[1]
