"""OBO: the flat-file format 1.2/1.4 of the open biomedical ontologies, as far as terms need it.

Read here rather than by a library: a stanza is a few ``tag: value`` lines, and the two libraries
there are bring a compiled parser or an ontology model that nothing else in Piamater would use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from piamater.errors import InputError

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*([A-Z]*)')
_ESCAPE = re.compile(r"\\(.)")


@dataclass(slots=True)
class OboTerm:
    """A ``[Term]`` stanza; ``synonyms`` are pairs of a text and its scope (``EXACT`` and so on)."""

    id: str
    name: str = ""
    definition: str = ""
    parents: list[str] = field(default_factory=list)
    synonyms: list[tuple[str, str]] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    obsolete: bool = False

    def exact(self) -> list[str]:
        """The synonyms that mean just the same."""
        return [text for text, scope in self.synonyms if scope == "EXACT"]


def read_obo(path: Path) -> Iterator[OboTerm]:
    """The terms of an OBO file in its order, obsolete ones left out.

    Raises:
        InputError: the file is not OBO, or not UTF-8.
    """
    text = read_text(path)
    if not text.startswith("format-version:"):
        raise InputError("it does not begin as an OBO file does", where=str(path))
    for stanza in text.split("\n[")[1:]:
        lines = stanza.splitlines()
        if lines[0].strip() == "Term]":
            term = _term(lines[1:])
            if term.id and term.name and not term.obsolete:
                yield term


def _term(lines: list[str]) -> OboTerm:
    term = OboTerm("")
    for line in lines:
        tag, _, value = line.partition(": ")
        value = value.strip()
        if tag == "id":
            term.id = value
        elif tag == "name":
            term.name = _plain(value)
        elif tag == "def" and (match := _QUOTED.match(value)):
            term.definition = _plain(match.group(1))
        elif tag == "synonym" and (match := _QUOTED.match(value)):
            term.synonyms.append((_plain(match.group(1)), match.group(2)))
        elif tag == "is_a":
            term.parents.append(value.split(" ", 1)[0])
        elif tag == "xref":
            term.xrefs.append(value.split(" ", 1)[0])
        elif tag == "alt_id":
            term.alternatives.append(value)
        elif tag == "is_obsolete":
            term.obsolete = value.startswith("true")
    return term


def _plain(value: str) -> str:
    return " ".join(_ESCAPE.sub(r"\1", value).split())


def read_text(path: Path) -> str:
    """The text of a vocabulary file, with or without a byte order mark.

    Raises:
        InputError: it cannot be opened, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"it is not UTF-8: {error}", where=str(path)) from error
    except OSError as error:
        raise InputError(f"it cannot be opened: {error.strerror}", where=str(path)) from error
