"""Hidden: what a web page shows only after a click, beyond ``<details>``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from piamater.checks.page import Page

_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COLLAPSED = re.compile(r"(?<![\w-])(?:collapse|accordion-collapse|tab-pane)(?![\w-])")
_SHOWN = re.compile(r"(?<![\w-])(?:show|in|active)(?![\w-])")
_MARKUP = re.compile(r"<(?:html|body|div|p|section|main)\b", re.IGNORECASE)
_LEAST = 15
"""Characters of a hidden piece of text; a shorter one is a label."""


def hidden_spans(page: Page) -> tuple[tuple[int, int], ...]:
    """Spans of the page's text that its markup hides: ``hidden``, ``display: none``, a collapsed
    panel, or the panel of a button with ``aria-expanded="false"``.
    """
    if not page.raw or not _MARKUP.search(page.raw[:20_000]):
        return ()
    return tuple(sorted(set(_spans(page))))


def _spans(page: Page) -> Iterator[tuple[int, int]]:
    from lxml import etree, html

    try:
        root: Any = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", page.raw.replace("\x00", ""))
        )
    except (etree.LxmlError, ValueError):
        return
    closed = {
        name
        for one in root.iter()
        if one.get("aria-expanded") == "false" and one.get("aria-controls")
        for name in one.get("aria-controls").split()
    }
    for element in root.iter():
        if not isinstance(element.tag, str) or not _is_hidden(element, closed):
            continue
        pieces = [" ".join(one.split()) for one in element.itertext()]
        some = [one for one in pieces if len(one) >= _LEAST]
        if some and (start := page.text.find(some[0])) >= 0:
            last = page.text.find(some[-1], start)
            if last >= 0:
                yield start, last + len(some[-1])


def _is_hidden(element: Any, closed: set[str]) -> bool:
    name = element.get("class") or ""
    return (
        element.get("hidden") is not None
        or bool(_STYLE.search(element.get("style") or ""))
        or element.get("id") in closed
        or bool(_COLLAPSED.search(name) and not _SHOWN.search(name))
    )
