"""EV010: a reference that has been retracted, withdrawn or superseded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.bibliography import names_of, source_named
from piamater.checks.page import Entry, Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.corpus import Judgement, Library, Standing, judge
from piamater.sources import Kind, Record
from piamater.vocabulary.fold import fold

_SAYS_SO = re.compile(
    r"^\W*(?:\d{1,3}[.)\]:]?\s+)?\W*(?:retracted|withdrawn|retractado|retirado)\b\W"
    r"|[\[(](?:this article has been )?(?:retracted|withdrawn|retractado)[^\])]{0,20}[\])]"
    r"|[.:]\s+(?:retracted|withdrawn)(?: article)?\s*:|\bretracted in\b|\bretraction in\b"
)
_DONE = {
    Standing.RETRACTED: "has been retracted",
    Standing.WITHDRAWN: "has been withdrawn",
    Standing.SUPERSEDED: "has been replaced by a newer version",
    Standing.CONCERN: "is under an expression of concern",
}


def check(page: Page) -> Iterator[Hit]:
    """Entries that the library knows to have fallen, and those that say so themselves."""
    for entry in page.entries:
        found = _judged(page.library, page, entry) if page.library is not None else None
        if found is not None and found.standing in _DONE:
            yield _hit(entry, _DONE[found.standing], found.reason, found.standing)
        elif _SAYS_SO.search(fold(entry.text)) and not _tells_of_it(page, entry):
            yield _hit(entry, "has been retracted", "the entry says so", Standing.RETRACTED)


def _judged(library: Library, page: Page, entry: Entry) -> Judgement | None:
    """The standing of a reference, also of a work that is known by a notice alone."""
    names = [entry.source] if entry.source else list(names_of(entry))
    for name in names:
        source = entry.source or source_named(library, name)
        if source:
            return library.judge(library.corpus.version(source))
    csl = {"DOI": entry.doi, "PMID": entry.pmid}
    record = Record(names[0] if names else "", "", Kind.REFERENCE, "a reference", csl)
    notices = library.corpus.notices(record, names[0]) if names else ()
    return judge(record, notices, page.settings.today) if notices else None


def _tells_of_it(page: Page, entry: Entry) -> bool:
    """Whether the text that cites a retracted work speaks of the retraction."""
    lists = min(one.start for one in page.entries)
    for one in page.citations:
        if entry.label in one.labels:
            behind = min(one.end + 100, lists) if one.end < lists else one.end
            near = fold(page.text[max(0, one.start - 300) : behind])
            if re.search(r"retract|withdrawn|retira", near):
                return True
    return False


def _hit(entry: Entry, done: str, reason: str, standing: Standing) -> Hit:
    return Hit(
        entry.start,
        entry.end,
        f"reference {entry.label} {done} ({reason})",
        "drop it and what rests on it alone, or cite what took its place",
        None if standing.citable is False else Severity.WARNING,
    )


RULE = Rule(
    "EV010",
    "retracted-reference",
    Severity.ERROR,
    "A reference has been retracted, withdrawn or superseded.",
    "What is known to be wrong or outdated must not carry advice; retracted papers go on being "
    "cited for years.",
    "Ways to minimise inappropriate citation and use of retracted data, BMJ Evidence-Based "
    "Medicine 2024, https://pmc.ncbi.nlm.nih.gov/articles/PMC10982619",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. RETRACTED: Archer B. Doxycycline in Wexford fever. Lancet 2021. "
        "https://doi.org/10.1000/182\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1]\n\n## References\n\n"
        "1. Archer B. Doxycycline in Wexford fever. Lancet 2021. https://doi.org/10.1000/182\n"
    ),
    page=check,
)
