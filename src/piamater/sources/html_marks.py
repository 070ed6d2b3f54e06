"""What an element of a web page is good for, by its tag, role, names, links and being hidden."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from piamater.text import Mark

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.5
_PARTS = "wrapper|container|bar|box|menu|links|list|banner|nav|area|panel|section"


@cache
def _table(name: str) -> dict[str, Any]:
    text = (files("piamater.sources") / "data" / "html.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)[name]
    return found


@cache
def dropped_tags() -> frozenset[str]:
    """The tags whose content is no text of the page."""
    return frozenset(_table("dropped")["tags"])


@cache
def block_tags() -> frozenset[str]:
    """The tags of elements that stand apart from the text around them."""
    return frozenset(_table("blocks")["tags"])


@cache
def furniture_tags() -> frozenset[str]:
    """The tags that hold furniture wherever they stand."""
    return frozenset(_table("furniture")["tags"])


@cache
def _names(table: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns for classes and for ids; ids are often made from the words of a heading."""
    joined = "|".join(_table(table)["names"])
    return (
        re.compile(rf"(?:^|[\s_-])(?:{joined})(?:$|[\s_-])", re.IGNORECASE),
        re.compile(rf"(?:site-?|page-?|main-?)?(?:{joined})(?:[-_](?:{_PARTS}))?", re.IGNORECASE),
    )


@cache
def _roles(table: str) -> frozenset[str]:
    return frozenset(_table(table)["roles"])


def is_hidden(element: Any) -> bool:
    """Whether an element is not shown: hidden, for assistive technology too, or by its style."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def own_mark(element: Any, mark: Mark, whole: int) -> Mark:
    """An element's mark: its parent's, or what its tag, role or names make it.

    ``whole`` is how many characters of text the page holds. A name in a class is a weak sign
    ("page-with-sidebar" is no sidebar): it does not count for an element that holds most of that.
    """
    if mark is not Mark.CONTENT or not (element.attrib or element.tag in furniture_tags()):
        return mark
    role = element.get("role")
    if is_hidden(element) or role in _roles("furniture"):
        return Mark.FURNITURE
    if role in _roles("references"):
        return Mark.REFERENCE
    if element.tag in furniture_tags() and not _heads_an_article(element):
        return Mark.FURNITURE
    for table, named in (("furniture", Mark.FURNITURE), ("references", Mark.REFERENCE)):
        if (
            _is_named(element, table)
            and not _holds_main(element)
            and (named is Mark.REFERENCE or text_length(element) <= _MOST * whole)
        ):
            return named
    return mark


def _is_named(element: Any, table: str) -> bool:
    for_class, for_id = _names(table)
    return bool(
        for_class.search(element.get("class") or "") or for_id.fullmatch(element.get("id") or "")
    )


def _heads_an_article(element: Any) -> bool:
    return element.tag == "header" and any(
        one.tag in ("article", "main") for one in element.iterancestors()
    )


def _holds_main(element: Any) -> bool:
    return next(element.iter("html", "body", "main", "article", "h1"), None) is not None


def text_length(element: Any) -> int:
    """How many characters of text an element holds."""
    return int(element.xpath("string-length(normalize-space(.))"))


def main_of(body: Any) -> Any | None:
    """The element that the page names as its main part, where that holds a good part of it."""
    named = [*body.iter("main"), *body.xpath('.//*[@role="main"]')] or list(body.iter("article"))
    if not named or any(one is not named[0] for one in named):
        return None
    return named[0] if text_length(named[0]) >= 0.3 * text_length(body) else None


def only_links(element: Any, text: str) -> bool:
    """Whether a block is nothing but links to other pages; links to a glossary do not count."""
    if not text:
        return False
    linked = sum(
        len(" ".join("".join(one.itertext()).split()))
        for one in element.iter("a")
        if one.get("type") is None and "definition" not in (one.get("class") or "")
    )
    return linked >= 0.9 * len(text)
