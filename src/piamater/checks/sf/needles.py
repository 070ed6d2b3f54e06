"""Needles: plain letters of which a text must hold some before a regular expression can fit.

Looking for plain letters is a hundred times faster than running the expression, and most pages
hold none of them. Only what is sure is taken: letters outside every optional or repeated part, or
the choices of a group that must be there and holds nothing but letters.
"""

from __future__ import annotations

import re

_SPECIAL = frozenset("\\.^$*+?{}[]|()")
_ESCAPE = re.compile(r"\\.|\[(?:\\.|[^\]])+\]")
_OPTIONAL = re.compile(r"[?*]|\{0|\{,")
_PLAIN = re.compile(r"[^\\.^$*+?{}\[\]()]+")


def needles(expression: str) -> tuple[str, ...]:
    """Strings of which every text that the expression fits holds at least one; none if unsure."""
    found: list[tuple[str, ...]] = []
    run, at = "", 0
    while at < len(expression):
        char = expression[at]
        if char == "|":
            return ()
        if char not in _SPECIAL:
            if _OPTIONAL.match(expression, at + 1):
                found.append((run,))
                run = ""
            else:
                run += char
            at += 1
            continue
        found.append((run,))
        run = ""
        if char == "(":
            end = _close(expression, at)
            if not _OPTIONAL.match(expression, end):
                found.append(_choices(expression[at:end]))
            at = end
        elif escape := _ESCAPE.match(expression, at):
            at = escape.end()
        elif char == "{":
            at = expression.index("}", at) + 1
        else:
            at += 1
    found.append((run,))
    return (
        max(found, key=lambda some: min(map(len, some), default=0))
        if any(min(map(len, some), default=0) >= 2 for some in found)
        else ()
    )


def _choices(group: str) -> tuple[str, ...]:
    """The choices of ``(?:one|two)`` where they are plain letters."""
    if not group.startswith("(?:"):
        return ("",)
    inner = group[3:-1]
    return tuple(inner.split("|")) if _PLAIN.fullmatch(inner) else ("",)


def _close(expression: str, start: int) -> int:
    """Where the group that starts here ends."""
    depth, at = 0, start
    while at < len(expression):
        if escape := _ESCAPE.match(expression, at):
            at = escape.end()
            continue
        depth += {"(": 1, ")": -1}.get(expression[at], 0)
        at += 1
        if depth == 0:
            break
    return at
