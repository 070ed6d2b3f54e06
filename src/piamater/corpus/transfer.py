"""Transfer: all that one store holds into another, empty one, whichever databases they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from piamater.corpus.sql_proof import Rows
from piamater.corpus.sql_store import SqlCorpus
from piamater.corpus.tables import TABLES, Row, columns
from piamater.errors import LibraryError

_ORDER = {"sections": " ORDER BY number, position", "passages": " ORDER BY number, position"}


def transfer(
    source: SqlCorpus, target: SqlCorpus, progress: Callable[[int], None] = lambda more: None
) -> int:
    """Copy every row of ``source``, as of one moment, into ``target``; gives how many there were.

    Numbers, seals and notes of what was decided stay as they are, damage too: ``faults`` finds
    it in the copy as in the original. It is one transaction: after a kill the target is empty.
    ``progress`` is told characters of texts.

    Raises:
        LibraryError: the target holds something, one of them fails, or a text is so damaged
            that the other database cannot hold it.
    """
    total = 0
    with source.moment() as rows, target.filling():
        for table in TABLES:
            count = [0]
            try:
                target.fill(table, _counted(table, rows, count, progress))
            except UnicodeError as error:
                raise LibraryError(
                    f"row {count[0]:,} of table {table} is damaged: it is no text in UTF-8",
                    where=source.where,
                    todo="piamater doctor tells more; take the library back from an older copy",
                ) from error
            total += count[0]
    return total


def _counted(
    table: str, rows: Rows, count: list[int], progress: Callable[[int], None]
) -> Iterator[Row]:
    """The rows of a table in the order in which they are filled in."""
    for row in rows(f"SELECT {columns(table)} FROM {table}{_ORDER.get(table, '')}"):  # noqa: S608
        count[0] += 1
        if table == "texts":
            progress(len(row[1]))
        yield row
