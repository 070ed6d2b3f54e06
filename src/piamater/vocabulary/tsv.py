"""The vocabulary's own format: one concept a line, tab-separated, terms by language.

Columns: ``id type parents en es bn xrefs checked date``. Lists are separated by ``|``; the first
term of a language is its preferred label; ``~`` before a term marks a patient's word. Lines that
begin with ``#`` are comments, and stand before the header line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from piamater.errors import InputError
from piamater.vocabulary.concept import Concept, Term

COLUMNS = ("id", "type", "parents", "en", "es", "bn", "xrefs", "checked", "date")
LANGUAGES = ("en", "es", "bn")


def read_concepts(path: Path, source: str = "") -> Iterator[Concept]:
    """The concepts of a file.

    Raises:
        InputError: a column is missing, or a line has too few or no term at all.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"it cannot be read: {error}", where=str(path)) from error
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or (line.startswith("#") and header is None):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if missing := [name for name in COLUMNS[:6] if name not in header]:
                raise InputError(
                    f"the header line lacks {', '.join(missing)}", where=f"{path}:{number}"
                )
            continue
        if len(cells) < 6:
            raise InputError(
                f"the line has {len(cells)} columns, not {len(header)}", where=f"{path}:{number}"
            )
        yield _concept(dict(zip(header, cells, strict=False)), source or path.stem, path, number)


def _concept(row: dict[str, str], source: str, path: Path, number: int) -> Concept:
    terms = tuple(term for language in LANGUAGES for term in _terms(row[language], language))
    if not row["id"] or not terms:
        raise InputError("a concept has no id or no term", where=f"{path}:{number}")
    return Concept(
        row["id"],
        row["type"],
        terms,
        _list(row["parents"]),
        _list(row.get("xrefs", "")),
        source,
    )


def _terms(cell: str, language: str) -> Iterator[Term]:
    for place, text in enumerate(_list(cell)):
        lay = text.startswith("~")
        yield Term(text.lstrip("~").strip(), language, place == 0, lay)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def write_concepts(path: Path, concepts: Iterable[Concept], comment: str, date: str) -> int:
    """Write concepts so that the file is there whole or not at all; gives how many."""
    new = path.with_suffix(".new")
    count = 0
    with new.open("w", encoding="utf-8") as file:
        file.writelines(f"# {line}\n" for line in comment.splitlines())
        file.write("\t".join(COLUMNS) + "\n")
        for concept in concepts:
            count += 1
            file.write("\t".join((*_cells(concept), "", date)) + "\n")
    new.replace(path)
    return count


def _cells(concept: Concept) -> list[str]:
    by_language = [
        "|".join(
            ("~" if term.lay else "") + _clean(term.text)
            for term in sorted(concept.terms, key=lambda one: not one.preferred)
            if term.language == language
        )
        for language in LANGUAGES
    ]
    return [concept.id, concept.type, "|".join(concept.parents), *by_language, "|".join(concept.xrefs)]


def _clean(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
