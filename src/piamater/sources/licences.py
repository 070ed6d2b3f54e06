"""Licences: what a page says of its reuse, as an SPDX identifier where it names a known licence."""

from __future__ import annotations

import re

_CC_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)|publicdomain/(zero|mark))/(\d\.\d)", re.IGNORECASE
)
_CC_WORDS = re.compile(
    r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA)){0,2}|0)\b[ -]?(?:[Vv](?:ersion)? ?)?(\d\.\d)?"
)
_CC_NAME = re.compile(
    r"Creative Commons Attribution((?:[ -–]*(?:Non-?Commercial|No-?Derivatives|No-?Derivs|"
    r"Share-?Alike))*)[^\d\n]{0,40}(\d\.\d)?",
    re.IGNORECASE,
)
_SHORT = (("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA"))
_OTHERS = (
    (
        re.compile(r"open government licen[cs]e(?: v| version )?\s?(\d\.\d)?", re.IGNORECASE),
        "OGL-UK",
    ),
    (re.compile(r"\bpublic domain\b|dominio p[uú]blico", re.IGNORECASE), "public domain"),
    (re.compile(r"\bopen access\b|acceso abierto", re.IGNORECASE), "open access"),
)


def licence_of(said: str) -> str:
    """The licence that a text or an address names, empty where it names none.

    Creative Commons licences are given by their SPDX identifiers (``CC-BY-NC-4.0``; without a
    version where none is stated), the United Kingdom's as ``OGL-UK-3.0``; "public domain" and
    "open access" stand as they are said, for they are no licences.
    """
    if match := _CC_ADDRESS.search(said):
        parts, public, version = match.groups()
        if public:
            return "CC0-1.0" if public.lower() == "zero" else "public domain"
        return f"CC-{parts.upper()}-{version}"
    if match := _CC_WORDS.search(said):
        return _dashed("CC0" if match[1] == "0" else f"CC-{match[1].replace(' ', '-')}", match[2])
    if match := _CC_NAME.search(said):
        plain = re.sub(r"[^a-z]", "", match[1].lower())
        parts = "".join(f"-{short}" for long, short in _SHORT if long in plain)
        return _dashed(f"CC-BY{parts}", match[2])
    for pattern, name in _OTHERS:
        if match := pattern.search(said):
            return _dashed(name, match[1]) if match.re.groups else name
    return ""


def _dashed(name: str, version: str | None) -> str:
    return "-".join(filter(None, (name.replace(" ", "-") if version else name, version)))
