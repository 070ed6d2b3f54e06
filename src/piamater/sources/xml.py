"""XML, parsed safely: no entities, no network, no external definitions, one clear error."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from piamater.errors import InputError

_ENTITY = re.compile(rb"<\s*!\s*ENTITY", re.IGNORECASE)
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


def parse(data: bytes) -> Any:
    """The root element of a document.

    Characters that are named as HTML and JATS name them (``&alpha;``) are put in; the file that
    would define them is never fetched.

    Raises:
        InputError: it declares entities of its own, nests too deep, or is not well-formed.
    """
    if _ENTITY.search(data[:1_000_000]):
        raise InputError(
            "the XML declares entities of its own, which can hide a bomb or read other files",
            todo="save it without a DOCTYPE that declares entities",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_NAMED.sub(_character, data), parser)
    except etree.XMLSyntaxError as error:
        said = str(error.msg)
        if "huge" in said.lower() or "depth" in said.lower():
            raise InputError(
                "the XML nests too deep, or holds one text of over 10 million bytes",
                todo="split it, or leave it out",
            ) from error
        raise InputError(
            f"the XML is broken: {said}", todo="get the file again, or mend it"
        ) from error
    for unknown in root.iter(etree.Entity):
        raise InputError(
            f"the XML is broken: it uses {unknown.text}, which stands for no known character",
            todo="write the character itself in its place",
        )
    return root


def _character(match: re.Match[bytes]) -> bytes:
    """A named character by its number; a name that nobody knows stays and is told as broken."""
    found = html5.get(match[1].decode("ascii"), "")
    return "".join(f"&#{ord(char)};" for char in found).encode("ascii") or match[0]


def text_of(element: Any) -> str:
    """All text within an element, white space folded."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
