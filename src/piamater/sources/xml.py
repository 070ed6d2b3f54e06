"""XML, parsed safely: no entities, no network, no external definitions, one clear error."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from piamater.errors import InputError

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse(data: bytes) -> Any:
    """The root element of a document.

    Raises:
        InputError: it declares entities of its own, or is not well-formed.
    """
    if _ENTITY.search(data[:100_000]):
        raise InputError(
            "the XML declares entities of its own, which can hide a bomb or read other files",
            todo="save it without a DOCTYPE that declares entities",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"the XML is broken: {error.msg}", todo="get the file again, or mend it"
        ) from error


def text_of(element: Any) -> str:
    """All text within an element, white space folded."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
