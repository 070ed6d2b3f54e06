"""Template tags and filters: messages, digits and dates as a language writes them, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from django import template

from piamater.guides.review import Entry
from piamater.site.countries import Words

register = template.Library()

_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio "
    "julio agosto septiembre octubre noviembre diciembre",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
}


@register.filter
def digits(value: object, language: str) -> str:
    """A number as the language writes it: Bangla digits and lakh grouping, points in Spanish."""
    text = str(value)
    if re.fullmatch(r"\d{4,}", text) and not isinstance(value, str):
        if language == "bn":
            head, tail = text[:-3], text[-3:]
            text = ",".join([*re.findall(r"\d{1,2}(?=(?:\d\d)*$)", head), tail])
        elif language == "en" or len(text) > 4:
            text = f"{int(text):,}".replace(",", "," if language == "en" else "\u202f")
    return text.translate(_BANGLA) if language == "bn" else text


@register.filter
def day(value: object, language: str) -> str:
    """An ISO 8601 date, also a partial one, in words; what is no date comes back as it is."""
    match = re.match(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", str(value))
    if not match:
        return str(value)
    year, month, number = match.groups()
    if not month or not 1 <= int(month) <= 12:
        return digits(year, language)
    name = _MONTHS[language].split()[int(month) - 1]
    if not number:
        parts = [name, "de", year] if language == "es" else [name, year]
    elif language == "es":
        parts = [str(int(number)), "de", name, "de", year]
    else:
        parts = [str(int(number)), name, year]
    return digits(" ".join(parts), language)


@register.filter
def both_digits(value: str, language: str) -> str:
    """A number that matters for safety: in Bangla in both digit sets, ``৯৯৯ (999)``."""
    own = digits(str(value), language)
    return f"{own} ({value})" if own != str(value) else own


@register.filter
def fill(text: str, value: object) -> str:
    """A message with its one ``{}`` filled in."""
    return text.replace("{}", str(value), 1)


@register.filter
def urlpath(value: str) -> str:
    """A source's id as a part of an address."""
    return quote(value, safe=":")


@register.filter
def get(mapping: Mapping[str, object], key: str) -> object:
    """The value of a key that no variable name can be."""
    return mapping[key]


@register.filter
def has(mapping: Mapping[str, object], key: str) -> bool:
    """Whether a mapping has a key that no variable name can be."""
    return key in mapping


@register.filter
def in_language(text: Words, language: str) -> str:
    """A text that a data file holds in all languages, in one of them."""
    return text.in_language(language)


@register.simple_tag(takes_context=True)
def say(context: Mapping[str, object], *parts: str) -> str:
    """The message whose key these parts make: ``{% say "kind_" one.kind %}``."""
    messages: Mapping[str, str] = context["t"]  # type: ignore[assignment]
    return messages["".join(map(str, parts)).replace("-", "_")]


@register.simple_tag(takes_context=True)
def age(context: Mapping[str, object], since: str) -> str:
    """How long ago a day was, on the day that the library is read."""
    from piamater.site.state import site

    t: Mapping[str, str] = context["t"]  # type: ignore[assignment]
    days = (site().today - date.fromisoformat(since)).days
    if days < 1:
        return t["age_today"]
    return fill(t["age_days"], digits(days, str(context["lang"])))


@register.simple_tag(takes_context=True)
def checked(context: Mapping[str, object], entry: Entry) -> str:
    """What a check of new documents found, when and by whom, for readers."""
    from piamater.site.checked import told
    from piamater.site.state import site

    t: Mapping[str, str] = context["t"]  # type: ignore[assignment]
    return told(entry, site().book.people, t, str(context["lang"]))


@register.simple_tag
def static_file(name: str) -> str:
    """The address of one of the site's own files; it changes when any of them does."""
    from piamater.site.static_files import revision

    return f"/static/{revision()}/{name}"
