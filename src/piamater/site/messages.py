"""The site's words in the readers' languages, from ``data/messages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from piamater.guides import LANGUAGES


class Words(dict[str, str]):
    """The words of one language by key; a key that is not there is an error, not a gap."""

    def __missing__(self, key: str) -> str:
        raise KeyError(f"no message {key}")


@cache
def words(language: str) -> Words:
    """All messages in a language."""
    found = Words()
    for place in (files("piamater.site") / "data").iterdir():
        if place.name.endswith("messages.toml"):
            entries = tomllib.loads(place.read_text("utf-8"))
            found.update({key: entry[language] for key, entry in entries.items()})
    return found


def negotiate(header: str) -> tuple[str, str]:
    """The language and the country that an Accept-Language header asks for (RFC 9110, 12.5.4).

    The language is one that guides are published in, English where none is asked for; the
    country an ISO 3166-1 code, or empty.
    """
    language, country = "", ""
    wanted: list[tuple[float, int, str]] = []
    for place, one in enumerate(header[:500].split(",")):
        tag, _, rest = one.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        wanted.append((-weight, place, tag))
    for _, _, tag in sorted(wanted):
        parts = tag.replace("_", "-").split("-")
        if not language and parts[0].lower() in LANGUAGES:
            language = parts[0].lower()
        if not country and len(parts) > 1 and len(parts[-1]) == 2 and parts[-1].isalpha():
            country = parts[-1].upper()
    return language or "en", country
