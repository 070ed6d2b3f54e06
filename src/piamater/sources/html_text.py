"""The text of an HTML element as it reads on the page."""

from __future__ import annotations

from typing import Any

from piamater.sources.html_marks import block_tags, dropped_tags, is_hidden


def text_of(element: Any, without: tuple[str, ...] = ()) -> str:
    """The text of an element on one line, without hidden parts and citation marks.

    ``without`` names tags whose content is left out. A superscript that links within the page is
    a citation mark; it belongs to no sentence.
    """
    parts: list[str] = []
    blocks = block_tags()
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        one, done = waiting.pop()
        if done:
            parts.append(one.tail or "")
            continue
        if one is not element:
            waiting.append((one, True))
            if _is_left_out(one, without):
                continue
        if one.tag in blocks or one.tag == "br":
            parts.append(" ")
        parts.append(one.text or "")
        waiting.extend((child, False) for child in reversed(one))
    return " ".join("".join(parts).split())


def _is_left_out(one: Any, without: tuple[str, ...]) -> bool:
    if not isinstance(one.tag, str) or one.tag in dropped_tags() or one.tag in without:
        return True
    if one.tag == "sup":
        links = list(one.iter("a"))
        if links and all((link.get("href") or "").startswith("#") for link in links):
            return True
    return bool(one.attrib) and is_hidden(one)
