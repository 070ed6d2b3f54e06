"""Tables of the evidence: CSV that a spreadsheet opens rightly and cannot be made to run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV (RFC 4180), UTF-8 with the mark that spreadsheets need to know it by."""
    out = StringIO()
    write = csv.writer(out)
    write.writerow(header)
    for row in rows:
        write.writerow([guarded(str(one)) for one in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def guarded(cell: str) -> str:
    """A cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    dangerous = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if dangerous else cell
