"""Claims: which passages say something about health that could be wrong, and of what kind.

A claim is a sentence, an item or a row of content that speaks of a medical concept and says
something of it. The kinds follow what a reader would do with them: a dose is acted on, an outlook
is lived with.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from piamater.text import Form, Passage
from piamater.vocabulary.fold import fold

if TYPE_CHECKING:
    from piamater.checks.page import Page


class ClaimKind(StrEnum):
    """What a claim is about; the first that fits counts."""

    DOSE = "dose"
    FREQUENCY = "frequency"
    OUTLOOK = "outlook"
    EFFECT = "effect"
    ACCURACY = "accuracy"
    CAUSE = "cause"
    ADVICE = "advice"
    DEFINITION = "definition"
    FACT = "fact"


_KINDS = {
    ClaimKind.DOSE: (
        r"\b(?<!\d[.,])\d[\d.,]{0,15}\s?(?:mg|mcg|micrograms?|µg|g|ml|iu|units?|gy|cgy|mg/m2|mg/kg|mmol)\b"
        r"|(?<![\d.,])\d[\d.,]{0,15}\s?(?:মিগ্রা|মিলিগ্রাম|গ্রাম|মিলি)"
    ),
    ClaimKind.FREQUENCY: (
        r"\d\s?%|\bper ?cent\b|\b(?:in|out of|of) every \d|\bout of \d|\bprevalence|\bincidence"
        r"|\bpor ciento\b|\bde cada \d|শতাংশ|প্রতি \d"
    ),
    ClaimKind.OUTLOOK: (
        r"\bsurviv|\bprogno|\bmortality|\bdeath|\boutlook|\blive for|\bfatal|\bsupervivencia"
        r"|\bpronostic|\bmortalidad|\bmuerte|বাঁচ|মৃত্যু"
    ),
    ClaimKind.ACCURACY: (
        r"\bsensitiv|\bspecificit|\bfalse (?:negative|positive)|\bsensibilidad|\bespecificidad"
    ),
    ClaimKind.EFFECT: (
        r"\b(?:improv|reduc|increas|prevent|reliev|cure|control|treat|help|lower|shrink|slow|effective)"
        r"|\b(?:mejora|reduce|aumenta|previene|alivia|cura|controla|trata|ayuda|disminuye|eficaz)"
        r"|কমায়|বাড়ায়|সারায়|চিকিৎসা|উপশম"
    ),
    ClaimKind.CAUSE: (
        r"\bcaus|\bleads? to|\bresults? (?:in|from)|\bdue to|\brisk|\btrigger|\bspread"
        r"|\bprovoca|\bproduce|\bse debe|\briesgo|কারণ|ঝুঁকি|ছড়ায়"
    ),
    ClaimKind.ADVICE: (
        r"\bshould|\bmust\b|\brecommend|\bavoid|\bdo not\b|\bneeds? to|\bdebe|\brecomienda|\bevite"
        r"|উচিত|এড়িয়ে|করবেন"
    ),
    ClaimKind.DEFINITION: (
        r"\b(?:is|are) (?:a|an|the|one)\b|\bmeans\b|\bis called|\brefers to"
        r"|\bes un[ao]?\b|\bse llama|একটি|বলা হয়"
    ),
}
_NO_CLAIM = re.compile(
    r"\?\s*$|:\s*$"
    r"|\b(?:this|the) (?:article|page|guide|section|website|information|leaflet|summary)\b"
    r"|\b(?:read|find out|learn|see|click|visit|call|talk to|speak to|ask|contact)"
    r" (?:more|about|your|our|a|the|here)\b"
    r"|\b(?:este|esta|la presente) (?:articulo|pagina|guia|seccion|informacion|hoja)\b"
    r"|এই (?:নিবন্ধ|পাতা|নির্দেশিকা|লেখা)"
)
_NOT_CLAIMING = frozenset({"references", "disclaimer", "visit"})
_MEDICAL = frozenset(
    {"disease", "cancer", "symptom", "sign", "danger-sign", "drug", "test", "procedure", "care",
     "finding", "organism"}
)  # fmt: skip
_SHORTEST = 4
"""Words of a sentence that claims something; an item of a list of symptoms may be shorter."""


@cache
def _patterns() -> tuple[tuple[ClaimKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS.items())


def claim_kind(page: Page, passage: Passage) -> ClaimKind | None:
    """The kind of claim that a passage makes, none where it makes none."""
    if page.kind(passage) in _NOT_CLAIMING or passage.form is Form.CAPTION:
        return None
    said = fold(page.said(passage))
    if _NO_CLAIM.search(said):
        return None
    if passage.form is Form.SENTENCE and len(said.split()) < _SHORTEST:
        return None
    from piamater.checks.page import vocabulary

    known = vocabulary()
    types = {
        concept.type
        for one in page.mentions(passage)
        if (concept := known.get(one.concept)) is not None
    }
    if types.isdisjoint(_MEDICAL):
        return None
    for kind, pattern in _patterns():
        if pattern.search(said):
            return kind
    return ClaimKind.FACT
