"""The vocabulary's own format: one concept a line, tab-separated, terms by language.

Columns: ``id type parents en es bn xrefs checked date``, and ``definition`` in imported ones.
Lists are separated by ``|``; the first term of a language is its preferred label; ``~`` before a
term marks a patient's word. Lines that begin with ``#`` are comments, before the header line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from piamater.errors import InputError
from piamater.vocabulary.concept import Concept, Term

COLUMNS = ("id", "type", "parents", "en", "es", "bn", "xrefs", "checked", "date", "definition")
LANGUAGES = ("en", "es", "bn")
_NEEDED = 6


class ConceptFile(Mapping[str, Concept]):
    """The concepts of a file by id. Lines are checked when it is opened, concepts made when asked.

    A vocabulary may hold 100,000 concepts of which a question needs three.
    """

    def __init__(self, path: Path, source: str = "", text: str | None = None) -> None:
        """Open a file; ``text`` is its content where that is read already.

        Raises:
            InputError: it cannot be read, a column is missing, a line is short, has no id or no
                term, or an id stands twice; it says on which line.
        """
        self.path = path
        self.source = source or path.stem
        self._made: dict[str, Concept] = {}
        self._rows: dict[str, str] = {}
        self._header: list[str] = []
        for number, line in enumerate((text or _read(path)).split("\n"), 1):
            if self._header:
                if line.strip():
                    self._take(line, number)
            elif line.strip() and not line.startswith("#"):
                self._header = line.rstrip("\r").split("\t")
                self._check_header(number)
        if not self._header:
            raise InputError("it has no header line", where=str(path), todo=_TODO)

    def _check_header(self, number: int) -> None:
        if missing := [name for name in COLUMNS[:_NEEDED] if name not in self._header]:
            raise InputError(
                f"the header line lacks {', '.join(missing)}",
                where=f"{self.path}:{number}",
                todo=_TODO,
            )

    def _take(self, line: str, number: int) -> None:
        place = f"{self.path}:{number}"
        cells = line.split("\t", _NEEDED)
        if len(cells) < _NEEDED:
            raise InputError(
                f"the line has {len(cells)} columns, not {len(self._header)}",
                where=place,
                todo=_TODO,
            )
        if not cells[0].strip() or not any(cells[3:_NEEDED]):
            raise InputError("a concept has no id or no term", where=place)
        if cells[0] in self._rows:
            raise InputError(f"the id {cells[0]} stands twice", where=place, todo="rename one")
        self._rows[cells[0]] = line

    def __getitem__(self, identifier: str) -> Concept:
        concept = self._made.get(identifier)
        if concept is None:
            cells = self._rows[identifier].rstrip("\r").split("\t")
            row = dict(zip(self._header, cells, strict=False))
            concept = self._made[identifier] = _concept(row, self.source)
        return concept

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def types(self) -> Iterator[tuple[str, str]]:
        """Each concept's id and type, without making the concept."""
        place = self._header.index("type")
        for identifier, line in self._rows.items():
            yield identifier, line.split("\t", place + 1)[place]


_TODO = f"the columns are {' '.join(COLUMNS[:-1])}, separated by tabs"


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"it is not UTF-8: {error}", where=str(path)) from error
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", where=str(path)) from error


def read_concepts(path: Path, source: str = "") -> Iterator[Concept]:
    """The concepts of a file, in its order.

    Raises:
        InputError: see ``ConceptFile``.
    """
    yield from ConceptFile(path, source).values()


def _concept(row: dict[str, str], source: str) -> Concept:
    return Concept(
        row["id"],
        row["type"],
        tuple(term for language in LANGUAGES for term in _terms(row[language], language)),
        _list(row["parents"]),
        _list(row.get("xrefs", "")),
        source,
        row.get("definition", ""),
    )


def _terms(cell: str, language: str) -> Iterator[Term]:
    for place, text in enumerate(_list(cell)):
        lay = text.startswith("~")
        yield Term(text.lstrip("~").strip(), language, place == 0, lay)


def _list(cell: str) -> tuple[str, ...]:
    return tuple([part.strip() for part in cell.split("|") if part.strip()]) if cell else ()


def write_concepts(path: Path, concepts: Iterable[Concept], comment: str, date: str) -> int:
    """Write concepts so that the file is there whole or not at all; gives how many."""
    new = path.with_suffix(".new")
    count = 0
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"# {line}\n" for line in comment.splitlines())
        file.write("\t".join(COLUMNS) + "\n")
        for concept in concepts:
            count += 1
            file.write("\t".join((*_cells(concept), "", date, _clean(concept.definition))) + "\n")
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
    lists = "|".join(concept.parents), "|".join(map(_clean, concept.xrefs))
    return [concept.id, concept.type, lists[0], *by_language, lists[1]]


def _clean(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def lint(files: Iterable[ConceptFile], languages: Iterable[str] = LANGUAGES) -> list[str]:
    """What is wrong with vocabularies that belong together, a line each; empty when nothing is.

    Every concept needs a term in each language; ids are unique over all files; parents exist and
    do not lead back to their child; no term holds a character that the format cannot carry.
    """
    concepts: dict[str, Concept] = {}
    faults: list[str] = []
    for file in files:
        for identifier, concept in file.items():
            if identifier in concepts:
                faults.append(f"{file.path.name}: {identifier} stands in another file too")
            concepts[identifier] = concept
            held = {term.language for term in concept.terms}
            faults += (
                f"{file.path.name}: {identifier} has no term in {language}"
                for language in languages
                if language not in held
            )
    for concept in concepts.values():
        faults += (
            f"{concept.source}: {concept.id} has the unknown parent {parent}"
            for parent in concept.parents
            if parent not in concepts
        )
        if concept.id in _above(concept, concepts):
            faults.append(f"{concept.source}: {concept.id} is among its own ancestors")
    return faults


def _above(concept: Concept, concepts: Mapping[str, Concept]) -> set[str]:
    found: set[str] = set()
    waiting = list(concept.parents)
    while waiting:
        one = waiting.pop()
        if one not in found and one in concepts:
            found.add(one)
            waiting += concepts[one].parents
    return found
