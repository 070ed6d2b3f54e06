"""Fixing: what can be mended without changing what is said, written into the original."""

from __future__ import annotations

from pathlib import Path

from piamater.checks.engine import Checked
from piamater.checks.places import Places
from piamater.corpus.library import write_whole

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".xhtml")


def fixed(checked: Checked) -> tuple[str, int]:
    """The original with its fixes, and how many there are.

    A fix is left out where the original does not have, at its place, the very characters that it
    replaces, or where another fix has been made already.
    """
    raw = checked.page.raw
    places = Places(checked.page)
    edits = []
    for fix in checked.fixes:
        place = places.edit(fix.start, fix.end)
        if place is not None:
            edits.append((place.start, place.end, fix.new))
    done, last = 0, len(raw) + 1
    for start, end, new in sorted(set(edits), reverse=True):
        if end <= last and raw[start:end] != new:
            raw, done, last = raw[:start] + new + raw[end:], done + 1, start
    return raw, done


def fix_file(path: Path, checked: Checked) -> int:
    """Write the fixes of a page into its file, whole or not at all; gives how many were made.

    The rest of the file keeps its bytes; a file that is not UTF-8 text is left as it is, and so
    is a guide, whose approval a change would end.
    """
    if checked.page.form != "page" or path.suffix.lower() not in SUFFIXES or not checked.fixes:
        return 0
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    if data != mark + checked.page.raw.encode("utf-8", "surrogatepass"):
        return 0
    text, done = fixed(checked)
    if done:
        write_whole(path, mark + text.encode("utf-8", "surrogatepass"))
    return done
