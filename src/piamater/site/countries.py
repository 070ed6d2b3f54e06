"""Countries: whom to call in an emergency, who gives support, and where trials are registered.

Read from three data files; each entry of them names its source and the day it was looked up.
Nothing here sends anything: a registry's link goes nowhere until the reader follows it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

WORLDWIDE = "*"
"""Stands for every country, or for every guide."""

MOST_TERMS = 8
"""No more names of a condition than this go into one search."""

LONGEST_TERM = 120
"""A name of a condition is cut to this many characters."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages of the site."""

    en: str
    es: str
    bn: str

    def in_language(self, language: str) -> str:
        """The text in a language; in English where the site does not speak it."""
        return {"es": self.es, "bn": self.bn}.get(language, self.en)


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number that can be called in a country beside the first one; digits only."""

    number: str
    what: Words
    source: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country and the first number to call there in a medical emergency.

    ``code`` is ISO 3166-1 alpha-2. ``official`` says whether ``source`` is a page of a government
    or public body. ``note`` tells a caller where the number may not answer.
    """

    code: str
    name: Words
    number: str
    also: tuple[EmergencyNumber, ...]
    note: Words | None
    source: str
    looked_up: date
    official: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who helps people with a condition: a charity, a patient group, a helpline.

    ``serves`` holds ids of guides, names of groups of guides, or ``*``; ``phone`` may be empty.
    """

    id: str
    name: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    what: Words
    phone: str
    url: str
    serves: tuple[str, ...]
    source: str
    looked_up: date

    def helps_in(self, country: str) -> bool:
        """Whether it works in a country, there or worldwide."""
        return country in self.countries or WORLDWIDE in self.countries


@dataclass(frozen=True, slots=True)
class Registry:
    """A public registry of clinical trials, and how to open a search in it.

    ``prefills`` says whether the address opens the results; otherwise it opens the search page.
    ``any_of`` says whether the registry understands names that are joined by OR.
    """

    id: str
    name: str
    countries: tuple[str, ...]
    url_template: str
    prefills: bool
    any_of: bool
    own_only: bool
    note: Words
    source: str
    looked_up: date

    def address(self, condition: str, country: str) -> str:
        """The search's address, every filled-in character that is not plain percent-encoded.

        A query parameter that would be empty is left out.
        """
        path, mark, query = self.url_template.partition("?")
        values = {"{condition}": condition, "{country}": country}
        pairs = [
            _filled(pair, values)
            for pair in query.split("&")
            if all(value for placeholder, value in values.items() if placeholder in pair)
        ]
        return _filled(path, values) + (mark + "&".join(pairs) if any(pairs) else "")


@dataclass(frozen=True, slots=True)
class RegistryLink:
    """A registry with the reader's search: its address, and the words to paste if it needs them."""

    registry: Registry
    url: str
    term: str


def emergency(country: str | None) -> Country | None:
    """A country by its ISO 3166-1 alpha-2 code in any case; None where no number is known."""
    return _countries().get(_code(country))


def countries() -> tuple[Country, ...]:
    """Every country with a number, by code."""
    return tuple(_countries().values())


def organisations(
    guide: str, groups: tuple[str, ...], country: str | None
) -> tuple[Organisation, ...]:
    """Who supports the readers of a guide: those of the reader's country, then worldwide ones.

    ``groups`` are the groups the guide belongs to, such as ``cancer``. Within a country those
    that are about the guide itself come before those for its groups and for everybody.
    """
    code = _code(country)
    found = [
        (_nearness(one, code), closeness, place, one)
        for place, one in enumerate(_organisations())
        if one.helps_in(code) and (closeness := _closeness(one, guide, groups)) is not None
    ]
    return tuple(one for *_, one in sorted(found, key=lambda row: row[:3]))


def registry_links(terms: Sequence[str], country: str | None) -> tuple[RegistryLink, ...]:
    """Ready-made searches for a condition's names: own registries, worldwide ones, then others.

    Empty where no name is left after cleaning. A registry that does not understand OR gets the
    first name alone.
    """
    names = tuple(_clean(terms))
    if not names:
        return ()
    code = _code(country)
    place = emergency(code)
    where = place.name.en if place else ""
    shown = [one for one in _registries() if not one.own_only or code in one.countries]
    return tuple(_link(one, names, where) for one in sorted(shown, key=lambda r: _rank(r, code)))


def _link(registry: Registry, names: tuple[str, ...], where: str) -> RegistryLink:
    """One registry's search for a condition in a country."""
    term = " OR ".join(map(_phrase, names)) if registry.any_of and len(names) > 1 else names[0]
    return RegistryLink(registry, registry.address(term, where), term)


def _phrase(name: str) -> str:
    """A name as one unit of a search: in quotation marks where it has more than one word."""
    return f'"{name}"' if " " in name else name


def _clean(terms: Sequence[str]) -> Iterator[str]:
    """Names fit for a search: printable, without quotation marks, short, each once, not many."""
    seen: set[str] = set()
    for term in terms:
        printable = "".join(one if one.isprintable() and one != '"' else " " for one in term)
        name = " ".join(printable.split())[:LONGEST_TERM].strip()
        if name and name.casefold() not in seen and len(seen) < MOST_TERMS:
            seen.add(name.casefold())
            yield name


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A part of an address with its placeholders replaced; encoded values hold no braces."""
    for mark, value in values.items():
        text = text.replace(mark, quote(value, safe="", errors="replace"))
    return text


def _rank(registry: Registry, code: str) -> int:
    """Own registries first, worldwide ones next, other countries' last."""
    if code in registry.countries:
        return 0
    return 2 if registry.countries else 1


def _nearness(one: Organisation, code: str) -> int:
    return 0 if code in one.countries else 1


def _closeness(one: Organisation, guide: str, groups: tuple[str, ...]) -> int | None:
    """How close an organisation is to a guide; None where it has nothing to do with it."""
    if guide in one.serves:
        return 0
    if set(groups) & set(one.serves):
        return 1
    return 2 if WORLDWIDE in one.serves else None


def _code(country: str | None) -> str:
    """A country's code as the data files write it; empty for none and for what is no code."""
    code = (country or "").strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


@cache
def _countries() -> dict[str, Country]:
    rows = sorted(_rows("emergency_numbers.toml", "country"), key=lambda row: str(row["code"]))
    return {row["code"]: _country(row) for row in rows}


def _country(row: Mapping[str, Any]) -> Country:
    also = tuple(
        EmergencyNumber(one["number"], Words(**one["what"]), one.get("source", row["source"]))
        for one in row.get("also", ())
    )
    note = Words(**row["note"]) if "note" in row else None
    return Country(
        row["code"],
        Words(**row["name"]),
        row["number"],
        also,
        note,
        row["source"],
        row["looked_up"],
        row["official"],
    )


@cache
def _organisations() -> tuple[Organisation, ...]:
    return tuple(
        Organisation(
            row["id"],
            row["name"],
            tuple(row["countries"]),
            tuple(row["languages"]),
            Words(**row["what"]),
            row.get("phone", ""),
            row["url"],
            tuple(row["for"]),
            row["source"],
            row["looked_up"],
        )
        for row in _rows("support.toml", "organisation")
    )


@cache
def _registries() -> tuple[Registry, ...]:
    return tuple(
        Registry(
            row["id"],
            row["name"],
            tuple(row["countries"]),
            row["url_template"],
            row["prefills"],
            row["any_of"],
            row["own_only"],
            Words(**row["note"]),
            row["source"],
            row["looked_up"],
        )
        for row in _rows("trial_registries.toml", "registry")
    )


def _rows(name: str, table: str) -> list[dict[str, Any]]:
    """The entries of a data file of this room."""
    text = (files("piamater.site") / "data" / name).read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[table]
    return rows
