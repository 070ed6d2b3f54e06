"""The number to call: the reader's country's, or several where the country is not known."""

from __future__ import annotations

from dataclasses import dataclass

from piamater.site.countries import Country, emergency
from piamater.site.preferences import Preferences

LIKELY = {"en": ("GB", "US", "IN"), "es": ("ES", "MX", "CO"), "bn": ("BD", "IN")}
"""Countries shown by language to a reader whose country is not known."""

DEFAULT_COUNTRY = "US"
"""The country that most browsers name wherever they are; it says nothing of the reader."""


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """The numbers that an urgent card shows.

    ``own`` is the reader's country, none where it is unknown or has no entry; ``likely`` are
    countries whose numbers are shown then. What a browser suggests is never shown alone: one
    that is set to American English is not a reader in the United States.
    """

    own: Country | None
    likely: tuple[Country, ...]


def emergency_line(prefs: Preferences) -> EmergencyLine:
    """The numbers for a reader."""
    own = emergency(prefs.country) if prefs.country else None
    if own:
        return EmergencyLine(own, ())
    likely = LIKELY[prefs.language]
    guessed = [prefs.guessed] if prefs.guessed != DEFAULT_COUNTRY else []
    codes = dict.fromkeys([*guessed, *likely])
    found = (emergency(one) for one in codes)
    return EmergencyLine(None, tuple(one for one in found if one))
