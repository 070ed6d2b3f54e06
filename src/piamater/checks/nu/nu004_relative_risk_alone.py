"""NU004: a relative risk with no absolute one near it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, page_frequencies, page_percentages
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import around, for_patients, matches, paragraph

_TIMES = (
    r"(?:twice|three times|four times|five times|ten times|double"
    r"|\d{1,6}(?:[.,]\d{1,6})?(?:(?:-| to )\d{1,6}(?:[.,]\d{1,6})?)? times"
    r"|(?:two|three|four|five|\d{1,6})-?fold|dos veces|tres veces|\d{1,6} veces)"
)
_PERCENT = rf"(?:{NUMBER}(?:\s?-\s?{NUMBER})?\s?(?:%|per ?cent|por ciento))"
_RELATIVE = re.compile(
    rf"\b{_TIMES} (?:as|more) likely|\b{_TIMES} (?:the|higher|greater|mas)(?: \w+)? (?:risk"
    rf"|chance|riesgo|probable)"
    rf"|(?<![\d.,]){_PERCENT} (?:more|less) likely|(?<![\d.,]){_PERCENT} (?:higher|lower|greater"
    rf"|increased|reduced|mayor|menor) (?:risk|chance|odds|riesgo)"
    rf"|\b(?:doubles?|doubled|triples?|tripled|halves|halved) (?:\w+ ){{0,3}}(?:risk|chance|odds)"
    rf"|\b(?:risk|chance|odds|deaths?|mortality) (?:of [\w ]{{3,40}} )?(?:is |are |was "
    rf"|were )?(?:doubled|tripled|halved)"
    rf"|\b(?:reduc|lower|decreas|cut|rais|increas)(?:e[sd]?|s|ed|ing)? (?:\w+ ){{0,4}}(?:risk"
    rf"|chance|odds)(?: of [\w ]{{3,40}}?)? by (?:about |around |nearly |up to "
    rf"|almost )?{_PERCENT}"
    rf"|\b(?:reduce|aumenta|disminuye|duplica"
    rf"|triplica)n? (?:\w+ ){{0,3}}riesgo (?:[\w ]{{0,40}} )?(?:en |un )?(?:un )?{_PERCENT}"
    rf"|\b(?:duplica|triplica)n? (?:el|su) riesgo|\b{_PERCENT} (?:mas|menos) (?:probable"
    rf"|probabilidad)"
    r"|ঝুঁকি (?:প্রায় |প্রায় )?(?:দ্বিগুণ|তিনগুণ|দুই গুণ|তিন গুণ|\d{1,6} গুণ|অর্ধেক)"
    r"|ঝুঁকি (?:প্রায় |প্রায় )?\d{1,6}\s?(?:%|শতাংশ) (?:কমায়|কমায়|বাড়ায়|বাড়ায়|কমে|বাড়ে"
    r"|বাড়ে|বেশি|কম)"
    r"|(?<!\d)\d{1,6}\s?(?:%|শতাংশ) (?:বেশি|কম) ঝুঁকি"
)
_ABSOLUTE = re.compile(r"from \S+ ?%? to|compared (?:with|to) \d|versus|de cada|de un \d\S* al? ")


def check(page: Page) -> Iterator[Hit]:
    """Relative risks of patient pages that have no share of people in their paragraph."""
    if page.audience != "patient":
        return
    hits = [(p, m) for p, m in matches(page, _RELATIVE) if for_patients(page, p)]
    if not hits:
        return
    relative = {at for _, match in hits for at in range(*match.span())}
    told = [s.start for _, s in page_frequencies(page)]
    told += [s.start for _, s in page_percentages(page) if s.start not in relative]
    told.sort()
    for passage, match in hits:
        start, end = around(*paragraph(match.string, passage), match.span())
        near = bisect_left(told, start) < bisect_left(told, end)
        if not near and not _ABSOLUTE.search(match.string, max(passage.start, start), end):
            yield Hit(
                match.start(),
                match.end(),
                f"“{page.text[match.start() : match.end()]}” is a relative risk with no absolute "
                "risk beside it",
                "say both: from how many to how many of the same number of people",
            )


RULE = Rule(
    "NU004",
    "relative-risk-alone",
    Severity.INFO,
    "A page for patients tells a relative risk and no absolute one.",
    "A risk that doubles may go from 1 to 2 or from 20 to 40 of 100 people; alone it misleads.",
    "Patient Information Forum, use absolute risk rather than relative risk, "
    "https://pifonline.org.uk/resources/how-to-guides/communicating-benefits-risks-and-uncertainties/",
    Example(
        "---\nkind: patient-information\n---\n# Aspirin\n\nPeople who take it are 50% more likely "
        "to have a bleed.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Aspirin\n\nPeople who take it are 50% more likely "
        "to have a bleed: 3 instead of 2 out of every 100 people.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="all 8 findings on MedQuAD and PDQ patient pages: a small sample",
)
