"""NCI: the cancer terms of the US National Cancer Institute, English and Spanish.

The term list is in small letters throughout. A short term in small letters would match ordinary
words ("aids", "met"), so the dictionary's spelling is taken where it is given; of the rest, terms
of up to four letters that do not look like a word are put in capitals, and match in capitals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from piamater.errors import InputError
from piamater.vocabulary.concept import Concept
from piamater.vocabulary.importers.gather import Entry, concepts
from piamater.vocabulary.importers.obo import read_text

_LANGUAGES = ("en", "es")
_WORDLIKE = re.compile(r"(?=.*[áéíóúñ])\w+|\w*[aeiou][^aeiou]+[aeio]")
_SHORT = 4


class NciImporter:
    """Reads the NCI term list, and the NCI dictionary for spelling and definitions."""

    name = "nci"
    describes = "the term list (term -> id -> language) and the dictionary (term, definition), JSON"
    licence = "US public domain, National Cancer Institute, cancer.gov"

    def read(self, paths: list[Path]) -> Iterator[Concept]:
        """The terms; a dictionary entry that the list lacks is a concept too, under its own name.

        Raises:
            InputError: a file is neither the list nor the dictionary.
        """
        lists: list[dict[str, Any]] = []
        dictionary: dict[str, tuple[str, str]] = {}
        for path in paths:
            data = _json(path)
            if isinstance(data, dict):
                lists.append(data)
            else:
                for row in data:
                    term = row["term"].strip()
                    dictionary[term.casefold()] = (term, row["plain_alternative"].strip())
        entries: dict[str, Entry] = {}
        seen: set[str] = set()
        for terms in lists:
            self._list(terms, dictionary, entries, seen)
        for key in sorted(dictionary.keys() - seen):
            self._alone(*dictionary[key], entries)
        return concepts(entries, self.name)

    def _list(
        self,
        terms: dict[str, Any],
        dictionary: dict[str, tuple[str, str]],
        entries: dict[str, Entry],
        seen: set[str],
    ) -> None:
        for term, ids in terms.items():
            spelling, definition = dictionary.get(term.casefold(), (_spelling(term), ""))
            for number, languages in ids.items():
                entry = entries.setdefault(f"NCI:{number}", Entry(f"NCI:{number}", "term"))
                for language in _LANGUAGES:
                    if language in languages:
                        entry.add(spelling, language)
                if "en" in languages and definition:
                    entry.definition = entry.definition or definition
                    seen.add(term.casefold())

    def _alone(self, term: str, definition: str, entries: dict[str, Entry]) -> None:
        identifier = "NCI:" + re.sub(r"\W+", "-", term.casefold()).strip("-")
        if identifier in entries:
            return
        entry = entries.setdefault(identifier, Entry(identifier, "term"))
        entry.add(term, "en", preferred=True)
        entry.definition = definition


def _json(path: Path) -> Any:
    try:
        data = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(f"it is not JSON: {error}", where=str(path)) from error
    if not data or not isinstance(data, (dict, list)):
        raise InputError("it holds no terms", where=str(path))
    return data


def _spelling(term: str) -> str:
    """A short term that is no word in capitals; any other as it is."""
    if len(term) > _SHORT or not term.isalnum() or _WORDLIKE.fullmatch(term):
        return term
    return term.upper()
