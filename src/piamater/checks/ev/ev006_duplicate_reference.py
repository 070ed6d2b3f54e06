"""EV006: one source that stands twice in a reference list."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.bibliography import written
from piamater.checks.ev.addresses import read_address
from piamater.checks.page import Entry, Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.vocabulary.fold import fold

_LIKE = 60.0
_WORDS = 6
"""Words of an entry that is told apart by its words."""


def check(page: Page) -> Iterator[Hit]:
    """Later entries of a list that name the same work or address as an earlier one."""
    seen: dict[tuple[int, str], Entry] = {}
    if page.form != "page":
        return
    for entry in page.entries:
        keys = [(entry.list, key) for key in _keys(entry)]
        first = next((seen[key] for key in keys if key in seen), None)
        for key in keys:
            seen.setdefault(key, entry)
        if first is not None and not _differ(first, entry):
            yield Hit(
                entry.start,
                entry.end,
                f"reference {entry.label} is the same source as reference {first.label}"
                + ("" if entry.url == first.url else f" ({first.url or first.text[:60]})"),
                f"cite reference {first.label} in both places and drop this one",
            )


def _differ(first: Entry, second: Entry) -> bool:
    """Whether two entries of one identifier name two works: one of them has a wrong one."""
    from rapidfuzz import fuzz

    one, other = written(first.text), written(second.text)
    enough = min(len(one.split()), len(other.split())) >= _WORDS
    return enough and fuzz.token_set_ratio(one, other) < _LIKE


def _keys(entry: Entry) -> Iterator[str]:
    """What makes an entry the same as another: identifier, address, or its words."""
    words = written(entry.text)
    if entry.doi:
        yield f"doi:{entry.doi}"
    if entry.pmid:
        yield f"pmid:{entry.pmid}"
    address = read_address(entry.url)
    if address and not entry.doi and not entry.pmid and _is_work(entry, address.leads_to):
        yield address.twin
    if len(words.split()) >= _WORDS:
        yield fold(words)


def _is_work(entry: Entry, leads_to: str) -> bool:
    """Whether the address stands for the entry: a home page under two titles does not."""
    return not leads_to or len(written(entry.text).split()) < _WORDS


RULE = Rule(
    "EV006",
    "duplicate-reference",
    Severity.WARNING,
    "A source stands twice in the reference list.",
    "Counted twice, one source looks like two that agree.",
    "ICMJE Recommendations, references: small numbers of key references, not long lists, as quoted "
    "at https://journal.pso-hns.org/instructions-to-authors/references/",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1] A rash is common.[2]\n\n## References\n\n"
        "1. https://www.nhs.uk/conditions/fever/\n2. http://nhs.uk/conditions/fever\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1] A rash is common.[2]\n\n## References\n\n"
        "1. https://www.nhs.uk/conditions/fever/\n2. https://www.nhs.uk/conditions/rash/\n"
    ),
    page=check,
    precision=1.0,
    reviewed="8 findings on five seed pages and 8 on 150 journal articles, all",
)
