"""What readers are told of a check: how many new documents, what they did, when and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from piamater.guides.review import Entry, Person

ORDER = ("contradicts", "new", "supports", "no-change")
"""The verdicts, what matters most to a reader first."""


def told(entry: Entry, people: Mapping[str, Person], t: Mapping[str, str], language: str) -> str:
    """A ``checked`` entry in words; safe to put on a page."""
    from django.utils.html import format_html

    from piamater.site.tags import day, digits

    verdicts = Counter(map(str, entry.body.get("sources", {}).values()))
    count = sum(verdicts.values())
    when = format_html('<time datetime="{}">{}</time>', entry.day, day(entry.day, language))
    person = people[entry.by].shown if entry.by in people else entry.by
    fillings: list[str] = [when, person]
    if count:
        fillings.append(_outcome(verdicts, t, language))
    if count > 1:
        fillings.insert(0, digits(count, language))
    message = t["checked_none" if not count else "checked_one" if count == 1 else "checked_many"]
    return _filled(message, fillings)


def _outcome(verdicts: Counter[str], t: Mapping[str, str], language: str) -> str:
    from piamater.site.tags import digits, fill

    if set(verdicts) == {"no-change"}:
        return t["checked_all_no_change"]
    parts = []
    for one in ORDER:
        if number := verdicts[one]:
            key = f"checked_{one.replace('-', '_')}_{'one' if number == 1 else 'many'}"
            parts.append(fill(t[key], digits(number, language)))
    return "; ".join(parts)


def _filled(message: str, fillings: list[str]) -> SafeString:
    """A message with its places filled in one pass, so that a name can hold braces."""
    pieces = message.split("{}")
    return format_html_join("", "{}{}", zip(pieces, [*fillings, ""][: len(pieces)], strict=True))
