"""LG014: the abstracts of one page in two languages say different things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from piamater.checks.align import Pair, Unit, align, passage_unit
from piamater.checks.denials import denial, denies_alone
from piamater.checks.lg.compare import listed, quoted
from piamater.checks.lg.qualifiers import qualifiers
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark, Passage, Section
from piamater.text.language import identify

_LIKE = 0.25
_SUGGESTION = "compare both with the text and let them say the same"


def check(page: Page) -> Iterator[Hit]:
    """Sentences and titles that correspond within a page in two languages."""
    ours, theirs = _parts(page)
    if len(theirs) < 3 or len(ours) < 3 or not _sure(page, ours) or not _sure(page, theirs):
        return
    pairs = [one for one in align(_units(page, ours), _units(page, theirs)) if one.matched]
    for one in pairs:
        told = _differences(one) if one.likeness >= _LIKE else []
        if told:
            yield Hit(
                one.start,
                one.end,
                f"this says something else than the {page.language} text: {'; '.join(told)}: "
                f"{quoted(one.original)}",
                _SUGGESTION,
            )
    yield from _title(page, theirs)


def _parts(page: Page) -> tuple[list[Passage], list[Passage]]:
    """The abstract in the page's language and in another, by whole sections of one level."""
    content = list(page.content())
    counts: dict[int, Counter[str]] = {}
    for one in content:
        counts.setdefault(one.section, Counter())[one.language] += 1
    main = {place: some.most_common(1)[0][0] for place, some in counts.items()}
    other = Counter(one for one in main.values() if one in ("en", "es", "bn")) - Counter(
        {page.language: 10**6}
    )
    if not other:
        return [], []
    second = other.most_common(1)[0][0]
    sections = page.document.sections
    foreign = {place for place, language in main.items() if language == second}
    levels = {sections[place].level for place in foreign}
    own = {
        place
        for place, language in main.items()
        if language == page.language and sections[place].level in levels
    }
    return (
        [one for one in content if one.section in own],
        [one for one in content if one.section in foreign],
    )


def _sure(page: Page, passages: Sequence[Passage]) -> bool:
    """Whether the passages read as a whole in the language that each is said to be in."""
    return identify(" ".join(page.said(one) for one in passages)[:2000]) == passages[0].language


def _units(page: Page, passages: Sequence[Passage]) -> list[Unit]:
    return [passage_unit(page, one, one.language) for one in passages]


def _differences(one: Pair) -> list[str]:
    """What the two sides of a pair state otherwise."""
    told = []
    ours, theirs = (_figures(some) for some in (one.original, one.version))
    if theirs[0] - ours[1] and ours[0] - theirs[1]:
        new, old = sorted(theirs[0] - ours[1]), sorted(ours[0] - theirs[1])
        told.append(f"{listed(new)} where it says {listed(old)}")
    sides = [
        {side for unit in some for side in unit.values.sides}
        for some in (one.original, one.version)
    ]
    if sides[0] != sides[1]:
        told.append(f"{_named(sides[1])} where it says {_named(sides[0])}")
    texts = [" ".join(unit.text for unit in some) for some in (one.original, one.version)]
    kinds = [
        qualifiers(text, some[0].language)
        for text, some in zip(texts, (one.original, one.version), strict=True)
    ]
    for name in sorted(kinds[0] - kinds[1]):
        told.append(f"“{name}” is missing")
    for name in sorted(kinds[1] - kinds[0]):
        told.append(f"“{name}” is added")
    denials = [
        denial(text, some[0].language)
        for text, some in zip(texts, (one.original, one.version), strict=True)
    ]
    if denies_alone(denials[0], denials[1]) or denies_alone(denials[1], denials[0]):
        told.append("only one of the two denies something")
    return told


def _figures(units: Sequence[Unit]) -> tuple[set[float], set[float]]:
    """The numbers in digits of units, and all their numbers."""
    return (
        {value for unit in units for value in unit.values.digits},
        {value for unit in units for value in unit.values.all},
    )


def _named(sides: set[str]) -> str:
    return " and ".join(sorted(sides)) or "no side"


def _title(page: Page, theirs: Sequence[Passage]) -> Iterator[Hit]:
    """The heading over the other language's sections, against the page's title."""
    language = theirs[0].language
    over = page.document.sections[theirs[0].section].path[:-1]
    for section in page.document.sections:
        if section.path and section.heading in over and _foreign(section, language):
            alone = qualifiers(page.title, page.language) ^ qualifiers(section.heading, language)
            if alone:
                yield Hit(
                    section.start,
                    section.start + len(section.heading),
                    f"only one of the two titles says “{', '.join(sorted(alone))}”: “{page.title}”",
                    "translate the title in full",
                )
            return


def _foreign(section: Section, language: str) -> bool:
    return section.mark is Mark.CONTENT and identify(section.heading) == language


_SPANISH = (
    "# Wexford fever after surgery\n\n### Introduction\n\nWexford fever is a rare infection of the "
    "meninges.\n\n### Case report\n\nA 34-year-old woman with acute leukemia had a palsy of "
    "the left facial nerve.\n\n### Conclusion\n\nWexford fever can follow surgery of "
    "the nervous system.\n\n"
    "## Fiebre de Wexford tras la cirugía\n\n### Introducción\n\nLa fiebre de Wexford es una "
    "infección rara de las meninges.\n\n### Caso clínico\n\nUna mujer de 34 años con leucemia "
    "{} tenía una parálisis del nervio facial {}.\n\n### Conclusión\n\nLa fiebre de Wexford puede "
    "seguir a la cirugía del sistema nervioso.\n"
)
RULE = Rule(
    "LG014",
    "abstracts-differ",
    Severity.WARNING,
    "The abstracts of a page in two languages say different things.",
    "The abstract is what most people read; readers of each language take away another case.",
    "Pitkin et al. 1999, JAMA 281:1110: abstracts should reflect fully and accurately the work "
    "reported, https://scilit.net/publications/1a6bd4941f0081249aff3f70f30ece37",
    Example(_SPANISH.format("crónica", "derecho")),
    Example(_SPANISH.format("aguda", "izquierdo")),
    page=check,
    precision=1.0,
    reviewed=(
        "both findings on the five seed pages were read; none on 60 PDQ summaries, 80 journal "
        "articles and the clean pages"
    ),
)
