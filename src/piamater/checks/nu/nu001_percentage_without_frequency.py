"""NU001: percentages of people on a patient page that gives no natural frequency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.nu.figures import page_frequencies, page_percentages
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import folded, for_patients
from piamater.text import Form, Passage

_PEOPLE = re.compile(
    r"\b(?:people|persons?|patients?|women|men|adults?|children|babies|infants|cases|individuals"
    r"|americans|users"
    r"|chance|risk|likelihood|surviv|mortality|die|died|death|recover|affected|develop|relapse"
    r"|success|cured"
    r"|personas|pacientes|mujeres|hombres|adultos|ninos|casos|riesgo|probabilidad|superviv"
    r"|mueren|recuper)"
    r"|জন|মানুষ|রোগী|ঝুঁকি|সম্ভাবনা|বাঁচ|মারা"
)
_OTHER = re.compile(
    r"confidence|interval|\bci\b|\bic\b|solution|alcohol|oxygen|saline|cream|ointment|gel\b"
    r"|lotion|humidity|calories|body weight"
    r"|diet|energy|water|hemoglobin|a1c|dna|genes?\b|saturat|volume|fat\b|protein|carbohydrate"
    r"|capacity|blockage|narrow"
    r"|sodium|solucion|alcohol|oxigeno|grasa|agua"
)
_CHANGE = re.compile(
    r"\b(?:decreas|increas|reduc|lower|cut|rais|drop|disminu|aumenta|baja)\w*(?: \w+){0,3} $"
    r"|\b(?:menos|more|less) $|কমে|বাড়ে"
)
_COUNTED = re.compile(r"\d%? (?:of|de|out of) (?:the |los |las )?\d|\d+ (?:জন|টি)[^।]{0,30} \d")
_SURE = 100.0


def check(page: Page) -> Iterator[Hit]:
    """Percentages of people in sentences that tell no count out of a whole."""
    if page.audience != "patient":
        return
    text = folded(page.text)
    about = {passage.start: False for passage, _ in page_frequencies(page)}
    for passage, share in page_percentages(page):
        if passage.start not in about:
            said = text[passage.start : passage.end]
            about[passage.start] = for_patients(page, passage) and _is_of_people(passage, said)
        before = text[max(0, share.start - 40) : share.start]
        if about[passage.start] and share.low < _SURE and not _CHANGE.search(before):
            yield Hit(
                share.start,
                share.end,
                f"“{page.text[share.start : share.end]}” is told as a percentage alone",
                f"say how many of how many: {_frequency(share.low, share.high)}",
            )


def _is_of_people(passage: Passage, said: str) -> bool:
    """Whether a sentence tells of people and no count of them."""
    return bool(
        passage.form is not Form.ROW
        and _PEOPLE.search(said)
        and not _OTHER.search(said)
        and not _COUNTED.search(said)
    )


def _frequency(low: float, high: float) -> str:
    whole = 100 if low >= 1 else 1000 if low >= 0.1 else 10_000
    first, last = round(low * whole / 100), round(high * whole / 100)
    return f"{first if first == last else f'{first} to {last}'} out of every {whole:,}"


RULE = Rule(
    "NU001",
    "percentage-without-frequency",
    Severity.INFO,
    "A page for patients tells a percentage of people and no natural frequency.",
    "Most adults cannot work with percentages; 10 out of every 100 people can be pictured.",
    "Patient Information Forum, communicating benefits, risks and uncertainties, "
    "https://pifonline.org.uk/resources/how-to-guides/communicating-benefits-risks-and-uncertainties/",
    Example("---\nkind: patient-information\n---\n# Lung cancer\n\nIt spreads in 12% of people.\n"),
    Example(
        "---\nkind: patient-information\n---\n# Lung cancer\n\nIt spreads in 12 out of every 100 "
        "people (12%). Use a 5% cream.\n"
    ),
    page=check,
    precision=0.97,
    reviewed="30 of 182 findings in MedQuAD answers and all 5 on PDQ patient pages",
)
