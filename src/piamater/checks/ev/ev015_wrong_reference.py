"""EV015: a reference whose identifier belongs to another work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from piamater.checks.bibliography import Mismatch, compare, known_work, names_of, written
from piamater.checks.page import Entry, Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_LIKE = 60.0
_WORDS = 4


def check(page: Page) -> Iterator[Hit]:
    """Entries that are not the work their DOI or PMID names, and works that share one."""
    looked_up = set()
    for entry in page.entries:
        for name in names_of(entry):
            if known := known_work(page, name):
                looked_up.add(entry.start)
                if found := compare(entry.text, known):
                    yield _hit(entry, name, found)
                    break
    yield from _shared([one for one in page.entries if one.start not in looked_up])


def _hit(entry: Entry, name: str, found: Mismatch) -> Hit:
    known = found.known
    who = f"{known.authors[0]}, " if known.authors else ""
    year = f" ({known.year})" if known.year else ""
    return Hit(
        entry.start,
        entry.end,
        f"reference {entry.label} is not the work behind {name}, which is {who}“{known.title}”"
        f"{year}: {found.parts} differ",
        "look the work up and give its own identifier, or cite the work that is named",
        Severity.ERROR if found.certain else Severity.WARNING,
    )


def _shared(entries: Sequence[Entry]) -> Iterator[Hit]:
    """Two works, as written, that have one identifier: one of them is not that work."""
    from rapidfuzz import fuzz

    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if len(written(entry.text).split()) >= _WORDS:
            for name in names_of(entry):
                by_name.setdefault(name, []).append(entry)
    for name, some in by_name.items():
        for first, second in combinations(some[:6], 2):
            if fuzz.token_set_ratio(written(first.text), written(second.text)) < _LIKE:
                yield Hit(
                    second.start,
                    second.end,
                    f"reference {second.label} has the identifier of reference {first.label} "
                    f"({name}) but names another work",
                    "look both works up and give each its own identifier",
                )
                break


RULE = Rule(
    "EV015",
    "wrong-reference",
    Severity.ERROR,
    "A reference's identifier belongs to another work than the one it names.",
    "Whoever follows the number reads another paper; a reference must lead to the work it names.",
    "ICMJE Recommendations, references: authors verify them against the original documents, as "
    "quoted at https://journal.pso-hns.org/instructions-to-authors/references/",
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1] A rash is common.[2]\n\n## References\n\n"
        "1. Archer B. Doxycycline in Wexford fever: a trial. Lancet 2021. "
        "https://doi.org/10.1000/182\n"
        "2. Moss K, Lee P. The rash of tick-borne infections. BMJ 2019. "
        "https://doi.org/10.1000/182\n"
    ),
    Example(
        "# Wexford fever\n\nDoxycycline cures it.[1] A rash is common.[2]\n\n## References\n\n"
        "1. Archer B. Doxycycline in Wexford fever: a trial. Lancet 2021. "
        "https://doi.org/10.1000/182\n"
        "2. Moss K, Lee P. The rash of tick-borne infections. BMJ 2019. "
        "https://doi.org/10.1000/183\n"
    ),
    page=check,
    precision=1.0,
    reviewed="the one finding on 150 journal articles; 500 references with 100 wrong ones",
)
