"""Twins: what the version rules find in pages that were translated, unchanged and with a fault.

The collection holds summaries in English with their Spanish versions, of different dates in
places. Two figures: how many findings there are for each pair of sentences that correspond, while
nothing is planted (some of them are true: one version is newer); and the share found of single
faults planted in the Spanish, each in a sentence whose English counterpart says the same.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.data import data
from piamater.checks import Page, Rule, open_page, rules
from piamater.checks.align import Pair, aligned
from piamater.checks.denials import denial
from piamater.checks.lg.compare import comparable
from piamater.checks.lg.danger import danger_starts
from piamater.checks.values import values
from piamater.text import Form

TWINS = (
    (62734, 256627), (62748, 256622), (62751, 744470), (62779, 744468), (62787, 256668),
    (62805, 256645), (62811, 256650), (62824, 733624), (62825, 729199), (62832, 700433),
    (62846, 256693), (62884, 256759), (62911, 256670), (62955, 256762), (62974, 789591),
    (257994, 744469), (257995, 744471), (258019, 700560), (258033, 448617), (269596, 778124),
    (271446, 256764), (441548, 470863), (446198, 789592), (449678, 778123), (742114, 773659),
    (742253, 773656),
)  # fmt: skip
"""Numbers of the English summaries with those of their Spanish versions."""
NOT_TWINS = ((62761, 256675), (62962, 600419))
"""Summaries on childhood brain stem glioma, and the Spanish ones on childhood brain and spinal
cord tumours that stand in their place."""
RULES_OF = {
    "number": ("LG003", "LG004"),
    "dose": ("LG005",),
    "negation": ("LG006", "LG015"),
    "danger sign": ("LG007",),
}


def pair(folder: Path, twin: tuple[int, int]) -> tuple[Page, Page]:
    """A summary and its Spanish version."""
    english, spanish = twin
    return (
        open_page(folder / f"CDR{english:010d}.en.html")[0],
        open_page(folder / f"CDR{spanish:010d}.es.html")[0],
    )


@cache
def version_rules() -> tuple[Rule, ...]:
    """The rules that compare versions sentence by sentence."""
    return tuple(one for one in rules().values() if one.versions and one.id not in ("LG012",))


def findings(original: Page, version: Page, only: Sequence[str] = ()) -> Counter[tuple[str, str]]:
    """What the version rules find, by rule and message."""
    return Counter(
        (rule.id, hit.message)
        for rule in version_rules()
        if rule.versions and (not only or rule.id in only)
        for hit in rule.versions(original, version)
    )


@dataclass(frozen=True)
class Plant:
    """A fault to plant: in place of ``old`` at ``start`` of the version's text, ``new``."""

    kind: str
    start: int
    old: str
    new: str


def changed(version: Page, plant: Plant) -> Page:
    """The version with a fault in it, read anew from its passages.

    The sections and passages stay as they are; only the offsets behind the fault move.
    """
    by = len(plant.new) - len(plant.old)
    end = plant.start + len(plant.old)

    def moved(at: int) -> int:
        return at + by if at >= end and at > plant.start else at

    old = version.document
    passages = tuple(
        replace(one, start=moved(one.start), end=max(moved(one.start), moved(one.end)))
        for one in old.passages
        if not (one.start >= plant.start and one.end <= end and not plant.new)
    )
    sections = tuple(
        replace(one, start=moved(one.start), end=moved(one.end)) for one in old.sections
    )
    if len(passages) < len(old.passages):
        passages = _renumbered(old.passages, passages)
    document = replace(
        old,
        text=version.text[: plant.start] + plant.new + version.text[end:],
        passages=passages,
        sections=sections,
    )
    citations = tuple(
        replace(one, start=moved(one.start), end=moved(one.end)) for one in version.citations
    )
    return replace(version, document=document, citations=citations)


def _renumbered(old: Sequence[Any], kept: Sequence[Any]) -> tuple[Any, ...]:
    """Passages of which one is gone, their leads counted anew."""
    gone = next(
        place for place, one in enumerate(old)
        if place >= len(kept) or (one.form, one.section) != (kept[place].form, kept[place].section)
        or one.end - one.start != kept[place].end - kept[place].start
    )  # fmt: skip
    return tuple(replace(one, lead=one.lead - 1 if one.lead > gone else one.lead) for one in kept)


def plants(original: Page, version: Page, chance: random.Random) -> Iterator[Plant]:
    """Every fault that could be planted where both versions say the same."""
    pairs = aligned(original, version)
    for one in pairs:
        if one.matched and not one.heading and len(one.version) == 1:
            yield from _numbers(one, chance)
            yield from _negations(one)
    yield from _danger(original, version, pairs, chance)


def _numbers(one: Pair, chance: random.Random) -> Iterator[Plant]:
    unit = one.version[0]
    theirs = [each.values for each in one.original]
    digits = {value for each in theirs for value in each.digits}
    doses = {dose for each in theirs for dose in each.doses}
    for found in re.finditer(r"(?<![\w.,/<>=-])\d{1,4}(?:,\d+)?(?![\w,./-]|\s\d)", unit.text):
        value = float(found[0].replace(",", "."))
        if value < 2 or unit.text.count(found[0]) > 1:
            continue
        other = found[0]
        while float(other.replace(",", ".")) in (value, *digits):
            other = "".join(chance.choice("123456789") if c.isdigit() else c for c in found[0])
        own = values(unit.text, "es")
        kind = "dose" if value in {d.value for d in own.doses} else "number"
        same = value in {d.value for d in doses} if kind == "dose" else value in digits
        if same:
            yield Plant(kind, unit.start + found.start(), found[0], other)
            unit_after = re.match(r"(\s?)(mg|g|ml|kg)\b", unit.text[found.end() :])
            if kind == "dose" and unit_after:
                new = {"mg": "g", "g": "mg", "ml": "l", "kg": "g"}[unit_after[2]]
                start = unit.start + found.end() + len(unit_after[1])
                yield Plant("dose", start, unit_after[2], new)


_VERB = re.compile(
    r"(?<!\bno )(?<!\bse )(?<!\bque )\b(?:es|son|está|están|tiene|tienen|puede|pueden|debe|deben"
    r"|causan|mejoró|aumenta|aumentan|reduce|reducen|disminuye|disminuyen|presentaron"
    r"|recibieron|fue|fueron)\b"
    r"|(?<!\bla )(?<!\buna )(?<!\bsu )(?<!\besta )(?<!\bde )(?<!\bcomo )(?<!\bcon )"
    r"(?<!\bprincipal )(?<!\bque )\b(?:causa|ayuda)\b"
    r"|\bse (?=(?:usa|usan|observó|recomienda|debe|deben|puede|pueden|ha|han|encontró|relaciona)\b)"
)
_WHETHER = re.compile(
    r"\b(?:determin|averigu|sab|ver|verific|comprob|depend|evalu|establec|investig|observ)\w*"
    r"(?: \w+)? si (?:\w+ )?$",
    re.IGNORECASE,
)
_ENGLISH_NO = re.compile(r"\b(?:no|not|without|none|never|nor)\b|n't\b", re.IGNORECASE)
_DOUBLED = re.compile(r"\b(?:ningun[oa]?|ningún|nadie|nada|tampoco|ni)\b", re.IGNORECASE)
"""Words that go on denying when the "no" before them is gone."""
_SPANISH_NO = re.compile(r"\b(?:no|sin|ni|nunca)\b", re.IGNORECASE)


def _negations(one: Pair) -> Iterator[Plant]:
    """A "no" put before a verb, or the only one taken away.

    None behind "to see whether": who looks whether it is there looks whether it is not, and the
    sentence stays true. None before a noun that is written like a verb ("una causa").
    """
    unit = one.version[0]
    own = denial(unit.text, "es")
    theirs = [denial(each.text, "en") for each in one.original]
    hard = sum(len(each.hard) for each in theirs)
    english = " ".join(each.text for each in one.original)
    if not (own.hard or _ENGLISH_NO.search(english) or _SPANISH_NO.search(unit.text)):
        verbs = (
            found
            for found in _VERB.finditer(unit.text)
            if not _WHETHER.search(unit.text[: found.start()])
        )
        for found in islice(verbs, 1):
            yield Plant("negation", unit.start + found.start(), "", "no ")
    elif hard == 1 and len(own.hard) == 1:
        low, high = own.hard[0]
        plain = unit.text[low:high].lower() == "no" and unit.text[high : high + 1] == " "
        if plain and not _DOUBLED.search(unit.text):
            start = unit.start + low
            yield Plant("negation", start, unit.text[low : high + 1], "")


def _danger(
    original: Page, version: Page, pairs: Sequence[Pair], chance: random.Random
) -> Iterator[Plant]:
    first = danger_starts(original)
    items = [
        one
        for one in pairs
        if one.matched
        and len(one.version) == len(one.original) == 1
        and one.original[0].start in first
        and one.version[0].passage
        and one.version[0].passage.form is Form.ITEM
    ]
    others = ("Hemorragia nasal.", "Tos con sangre.", "Dolor en el pecho.", "Convulsiones.",
              "Visión borrosa.", "Fiebre alta.", "Ictericia.", "Estreñimiento.")  # fmt: skip
    text = version.text.lower()
    fresh = [one for one in others if one[:-1].lower() not in text]
    for one in items:
        unit = one.version[0]
        said = version.text[unit.start : unit.end]
        yield Plant("danger sign", unit.start, said, "")
        if fresh:
            yield Plant("danger sign", unit.start, said, chance.choice(fresh))


def found(original: Page, version: Page, plant: Plant, before: Counter[tuple[str, str]]) -> bool:
    """Whether the rules of the fault's kind say something that they did not say before."""
    after = findings(original, changed(version, plant), RULES_OF[plant.kind])
    return bool(after - before)


def run(
    faults: int = 240,
    seed: int = 4,
    twins: Sequence[tuple[int, int]] = TWINS,
    tell: Callable[[str], None] | None = None,
) -> list[dict[str, Any]]:
    """False alarms on unchanged pairs, and the share of planted faults found, by kind."""
    folder = data("nci_pdq")
    chance = random.Random(seed)
    sentences = compared = whole = 0
    told: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for twin in twins:
        original, version = pair(folder, twin)
        before = findings(original, version)
        told.update(rule for rule, _ in before.elements())
        sentences += sum(one.matched and not one.heading for one in aligned(original, version))
        pairs = aligned(original, version)
        compared += sum(
            fit and not one.heading for one, fit in zip(pairs, comparable(pairs), strict=True)
        )
        whole += sum(bool(one.version) and not one.heading for one in pairs)
        by_kind: dict[str, list[Plant]] = {}
        for one in plants(original, version, chance):
            by_kind.setdefault(one.kind, []).append(one)
        for one_kind, some in by_kind.items():
            for one in chance.sample(some, min(len(some), _most(one_kind, faults, len(twins)))):
                tried[one.kind] += 1
                if found(original, version, one, before):
                    caught[one.kind] += 1
                elif tell:
                    tell(f"missed {twin} {one} in {_sentence(version, one)}")
    rows: list[dict[str, Any]] = [
        {
            "pairs": len(twins),
            "sentence pairs": sentences,
            "Spanish sentences compared": round(compared / whole, 3),
            "findings": sum(told.values()),
            "share": round(sum(told.values()) / sentences, 4),
            "by rule": dict(sorted(told.items())),
        }
    ]
    for kind, count in tried.items():
        rows.append({"planted": kind, "faults": count, "found": round(caught[kind] / count, 3)})
    total = sum(tried.values())
    rows.append(
        {"planted": "all", "faults": total, "found": round(sum(caught.values()) / total, 3)}
    )
    return rows


def _most(kind: str, faults: int, twins: int) -> int:
    """How many faults of a kind to plant in one page; doses and danger signs stand in few."""
    share = -(-faults // (3 * twins))
    return share * {"dose": 3, "danger sign": 10}.get(kind, 1)


def _sentence(version: Page, plant: Plant) -> str:
    return version.text[max(0, plant.start - 150) : plant.start + 80].replace("\n", " ")


if __name__ == "__main__":
    for row in run(tell=print):
        print("  ".join(f"{key}: {value}" for key, value in row.items()))
