"""JATS below the paragraph: running text, tables' cells, and entries of the reference list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from piamater.sources.xml import text_of

XLINK = "{http://www.w3.org/1999/xlink}href"
_MATH = "{http://www.w3.org/1998/Math/MathML}"

BLOCKS = frozenset(
    {
        *("list", "def-list", "table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text"),
        *("disp-quote", "disp-formula", "disp-formula-group", "statement", "verse-group"),
    }
)
"""What stands within a paragraph in the file, and is written behind it."""

_UNSEEN = frozenset(
    {
        *("tex-math", "graphic", "media", "object-id", "fn", "index-term", "email"),
        *("inline-supplementary-material", f"{_MATH}annotation", f"{_MATH}annotation-xml"),
    }
)
_PICTURE = "[…]"
"""What stands for a formula or sign that the file holds as a picture alone."""
_APART = frozenset(("break", "p", "title", "label", "sec", "list-item", "def", "term"))
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISES = frozenset("0123456789+-−=()n ")


def inline(element: Any) -> str:
    """The text of an element without the blocks in it.

    Citation numbers that are told from words by their height alone stand in brackets; other
    raised numbers are written as such, so that 10⁹ does not become 109.
    """
    parts: list[str] = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag in BLOCKS or tag in _UNSEEN or not isinstance(tag, str):
            pass
        elif tag == "sup":
            parts.append(_raised(child))
        elif tag == "xref":
            parts.append(_cited(child, parts))
        elif tag in ("inline-formula", "inline-graphic"):
            parts.append(inline(child).strip() or _PICTURE)
        elif tag in _APART:
            parts.append(f" {inline(child)} ")
        elif tag == f"{_MATH}math":
            parts.append(formula(child))
        else:
            parts.append(inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _raised(element: Any) -> str:
    """A superscript: of citations and notes in brackets, of numbers in raised figures."""
    text = inline(element)
    if any(True for _ in element.iter("xref")):
        return f"[{text.strip().strip('[]')}]" if text.strip() else ""
    if text and set(text) <= _RAISES:
        return text.translate(_RAISED)
    return text


def _cited(element: Any, before: list[str]) -> str:
    """A cross-reference; a citation number that would stick to the word before it is bracketed."""
    text = inline(element)
    bare = text.replace(",", "").replace("–", "").replace("-", "").strip()
    behind = "".join(before[-2:])[-1:]
    if element.get("ref-type") == "bibr" and bare.isdigit() and (behind.isalpha() or behind == "."):
        return f" [{text.strip()}]"
    return text


def formula(element: Any) -> str:
    """A formula in one line: fractions with a stroke, powers raised, indices as they stand."""
    tag = str(element.tag).removeprefix(_MATH)
    parts = [formula(child) for child in element if child.tag not in _UNSEEN]
    text = (element.text or "").strip()
    if tag == "mfrac" and len(parts) == 2:
        return f"({parts[0]})/({parts[1]})"
    if tag == "msup" and len(parts) == 2:
        power = parts[1].strip()
        raised = set(power) <= _RAISES and bool(power)
        return parts[0] + (power.translate(_RAISED) if raised else f"^({power})")
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    if tag == "mo" and text in ("=", "<", ">", "≤", "≥", "≈", "±", "+", "−", "-", "×"):
        return f" {text} "
    return text + "".join(parts)


def rows(table: Any) -> Iterator[tuple[list[str], bool]]:
    """The rows of a table and whether each is of its head; a cell over several rows is in each."""
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        head = row.getparent().tag == "thead"
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _hang(cells, hanging)
            text = " ".join(inline(cell).split())
            deep, wide = _span(cell, "rowspan"), _span(cell, "colspan")
            for number in range(wide):
                if deep > 1:
                    hanging[len(cells)] = (deep - 1, text)
                cells.append(text if head or not number else "")
        _hang(cells, hanging)
        yield _folded(cells), head


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells that hang down from rows above, as far as they come next."""
    while len(cells) in hanging:
        left, text = hanging[len(cells)]
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        else:
            del hanging[len(cells)]
        cells.append(text)


def _folded(cells: list[str]) -> list[str]:
    """A row without what a wide cell repeats, and without empty cells at its end."""
    one = {cell for cell in cells if cell}
    if len(one) == 1 and len(cells) > 1:
        return [one.pop()]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _span(cell: Any, name: str) -> int:
    said = cell.get(name) or "1"
    return min(int(said), 60) if said.isdigit() and said != "0" else 1


_PERSONS = ("name", "string-name", "collab", "etal", "anonymous")
_SKIPPED = frozenset(("pub-id", "label", "ext-link", "object-id", "person-group", *_PERSONS))


def citation(entry: Any) -> str:
    """An entry of the reference list as one line of text.

    Where the file gives parts with words and stops between them, these are kept; where it gives
    parts alone, they are set as Vancouver style does.
    """
    held = next((one for one in entry.iter() if "citation" in str(one.tag)), entry)
    if held is entry or _is_punctuated(held):
        return " ".join(_spaced(held).split())
    persons = ", ".join(_person(one) for one in held.iter(*_PERSONS))
    found = {one.tag: text_of(one) for one in held if one.tag not in _SKIPPED}
    volume = found.pop("volume", "") + (f"({found.pop('issue')})" if "issue" in found else "")
    pages = found.pop("fpage", "") + (f"–{found.pop('lpage')}" if "lpage" in found else "")
    where = ":".join(part for part in (volume, pages or found.pop("elocation-id", "")) if part)
    when = found.pop("year", "")
    title = next((found.pop(one) for one in _TITLES if one in found), "")
    source = found.pop("source", "")
    parts = (persons, title, source, ";".join(one for one in (when, where) if one))
    return ". ".join(one.rstrip(".") for one in (*parts, *found.values()) if one) + "."


_TITLES = ("article-title", "chapter-title", "part-title", "trans-title")


def _is_punctuated(held: Any) -> bool:
    """Whether words or stops stand between the parts of a citation."""
    between = (held.text or "") + "".join(child.tail or "" for child in held)
    return bool(between.strip()) or len(held) == 0


def _spaced(element: Any) -> str:
    """The text of a citation; names and parts that nothing divides are set apart."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            text = _person(child) if child.tag == "name" else _spaced(child)
            glued = parts[-1][-1:].isalnum() and text[:1].isalnum() and child.tag not in _LETTERS
            parts.append(f" {text}" if glued else text)
        parts.append(child.tail or "")
    return "".join(parts)


_LETTERS = frozenset(("italic", "bold", "sup", "sub", "sc", "named-content", "underline"))


def _person(element: Any) -> str:
    """One author as printed in a list of references."""
    if element.tag == "etal":
        return "et al"
    if element.tag != "name":
        return " ".join(_spaced(element).split())
    words = (text_of(element.find(part)) for part in ("surname", "given-names", "suffix"))
    return " ".join(word for word in words if word)
