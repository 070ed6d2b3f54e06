"""From the bytes of an HTML page to its elements, scripts and styles left out."""

from __future__ import annotations

import re
from typing import Any

from piamater.errors import EmptySourceError, InputError
from piamater.sources.decoding import decode
from piamater.sources.html_marks import dropped_tags
from piamater.sources.reader import Original

_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def parse(original: Original) -> tuple[Any, tuple[str, ...]]:
    """The page's root element, and what a reader of it should know.

    Raises:
        InputError: it is no text.
        EmptySourceError: it holds nothing.
    """
    from lxml import etree, html

    data = original.read()
    declared = _CHARSET.search(data[:4096])
    text = decode(data, declared.group(1).decode("ascii") if declared else None)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    parser = html.HTMLParser(huge_tree=True)
    try:
        root: Any = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        if "empty" in str(error).lower():
            raise EmptySourceError("the page is empty", where=original.location) from error
        raise InputError(f"the HTML cannot be read: {error}", where=original.location) from error
    for element in list(root.iter(*dropped_tags() - {"head"})):
        if element.getparent() is not None and element.get("type") != "application/ld+json":
            element.drop_tree()
    deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    return root, ("it is nested too deeply, and was read only in part",) if deep else ()
