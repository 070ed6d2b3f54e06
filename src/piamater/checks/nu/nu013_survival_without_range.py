"""NU013: a median survival without its spread or its people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from piamater.checks.nu.figures import NUMBER, page_frequencies
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import around, folded, for_patients, matches, paragraph

_TIME = r"(?:days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?|দিন|সপ্তাহ|মাস|বছর)"
_MEDIAN = re.compile(
    rf"\b(?:median|average|mean|typical|overall median) (?:overall )?(?:survival"
    rf"|life expectancy)(?: time)?(?: [a-z]+){{0,6}} {NUMBER} {_TIME}"
    rf"|\blife expectancy (?:is|was|of)(?: (?:about|around|only|usually"
    rf"|approximately)){{0,2}} {NUMBER} {_TIME}"
    rf"|\b(?:supervivencia|sobrevida) (?:global )?(?:mediana"
    rf"|media)(?: [a-z]+){{0,5}} {NUMBER} {_TIME}|\b(?:mediana"
    rf"|media) de (?:la )?supervivencia(?: [a-z]+){{0,5}} {NUMBER} {_TIME}"
    rf"|\besperanza de vida (?:es|fue|era) (?:de )?(?:unos )?{NUMBER} {_TIME}"
    rf"|(?:মিডিয়ান|মিডিয়ান|গড়|গড়) (?:সামগ্রিক )?(?:আয়ু|আয়ু|বেঁচে থাকা|বেঁচে থাকার সময়"
    rf"|বেঁচে থাকার সময়)\s?(?:ছিল |হলো |প্রায় |প্রায় )?{NUMBER} {_TIME}"
)
_SPREAD = re.compile(
    rf"\b(?:range|ranging|half|between|some|others?|longer|shorter|quarter|interval|rango|mitad"
    rf"|entre|algun|otras?|mas tiempo)\b|\d\s?(?:-|to|a|থেকে)\s?\d|অর্ধেক|কারও|কেউ|বেশি"
    rf"|{NUMBER}\s?%"
)


def check(page: Page) -> Iterator[Hit]:
    """Medians of patient pages with no range, half or other time in the sentences around."""
    if page.audience != "patient":
        return
    text = folded(page.text)
    counted = sorted(share.start for _, share in page_frequencies(page))
    for passage, match in matches(page, _MEDIAN):
        if not for_patients(page, passage):
            continue
        start, end = around(*paragraph(text, passage), match.span())
        nearby = text[start : match.start()] + " " + text[match.end() : end]
        if not _SPREAD.search(nearby) and bisect_left(counted, start) == bisect_left(counted, end):
            yield Hit(
                match.start(),
                match.end(),
                f"“{page.text[match.start() : match.end()]}” stands without its spread",
                "say that half lived longer, how long some lived, and who was counted",
            )


RULE = Rule(
    "NU013",
    "survival-without-range",
    Severity.INFO,
    "A page for patients tells a median survival without its spread or its people.",
    "A median alone is read as the time one has left; half of all people live longer.",
    "Patient Information Forum, communicating benefits, risks and uncertainties, "
    "https://pifonline.org.uk/resources/how-to-guides/communicating-benefits-risks-and-uncertainties/",
    Example(
        "---\nkind: patient-information\n---\n# Leptomeningeal metastases\n\n"
        "The median survival is 4 months.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Leptomeningeal metastases\n\n"
        "The median survival is 4 months: half of the people lived longer, some for years.\n"
    ),
    page=check,
)
