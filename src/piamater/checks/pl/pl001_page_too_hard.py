"""PL001: a patient page that is too hard to read as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterator

from piamater.checks.page import Page
from piamater.checks.pl.reading import Difficulty, difficulty
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.shown import patient_passages
from piamater.text import Form, Mark

_SHORTEST = 4
"""Words of a sentence or item that is measured."""
_LIMITS = {"grade": ("en", 12.5), "inflesz": ("es", 55.0), "index": ("bn", 58.0)}
"""English: between the hardest of NCI's summaries for patients (11.2) and the easiest of those for
professionals (13.6), measured without the words of their titles."""
_CAPITAL = 0.6
_LEAST = ("least", 70.0)


def check(page: Page) -> Iterator[Hit]:
    """One measure over the page's sentences and items, in its main language."""
    if page.type == "case-report":
        return
    said = [
        page.said(one)
        for one in patient_passages(page, Mark.CONTENT)
        if one.form in (Form.SENTENCE, Form.ITEM) and one.language == page.language
    ]
    some = [one for one in said if len(one.split()) >= _SHORTEST and not _is_name(one)]
    found = difficulty(some, page.language, page.title)
    name, otherwise = _LIMITS[found.scale]
    limit = page.settings.option("PL001", name, otherwise)
    if found.words < page.settings.option("PL001", *_LEAST):
        return
    if found.hardness > (-limit if found.scale == "inflesz" else limit):
        yield Hit(
            0,
            0,
            f"this page is too hard for most patients: {_told(found, limit)}",
            "use shorter sentences and everyday words; explain each medical word where it stands",
        )


def _is_name(said: str) -> bool:
    """Whether a line is the name of something, such as a link in a list: most words are capital."""
    words = [one for one in said.split() if one[:1].isalpha() and len(one) > 3]
    return sum(one[0].isupper() for one in words) > _CAPITAL * len(words)


def _told(found: Difficulty, limit: float) -> str:
    if found.scale == "grade":
        return (
            f"reading measure {math.ceil(10 * found.score) / 10:.1f}, at most {limit:g} (the "
            "National Cancer Institute's pages for patients have 9 to 11, those for professionals "
            "14 to 16)"
        )
    if found.scale == "inflesz":
        return f"INFLESZ {math.floor(found.score)}, at least {limit:g} (normal) for patients"
    return f"Bangla reading index {math.ceil(found.score)}, at most {limit:g} for patients"


RULE = Rule(
    "PL001",
    "page-too-hard",
    Severity.WARNING,
    "A page for patients is harder to read than most of them can.",
    "The NHS aims for a reading age of 9 to 11, and of 11 to 14 where medicine makes it hard.",
    "NHS service manual, how we write, https://service-manual.nhs.uk/content/how-we-write; INFLESZ "
    "(Barrio-Cantalejo et al. 2008), "
    "http://scielo.isciii.es/scielo.php?pid=S1137-66272008000300004&script=sci_arttext; "
    "Bangla features of Das & Roychoudhury 2006, http://dx.doi.org/10.1080/09296170500500843",
    Example(
        "---\nkind: patient-information\n---\n# Neoplastic meningitis\n\n"
        + "Leptomeningeal carcinomatosis constitutes a devastating complication of systemic "
        "malignancies, characterised by multifocal neurological manifestations. Intrathecal "
        "administration of antineoplastic agents necessitates unimpeded cerebrospinal circulation. "
        "Prognostication incorporates performance status, histopathology and extracranial burden. "
        "Radiological surveillance demonstrates nodular enhancement along subarachnoid surfaces. "
        "Cytological examination exhibits suboptimal sensitivity, necessitating repeated sampling. "
        "Multidisciplinary palliation ameliorates symptomatology. Ventriculoperitoneal diversion "
        "alleviates hydrocephalus attributable to severely impaired cerebrospinal reabsorption. "
        "Craniospinal "
        "proton irradiation demonstrably prolongs neurological progression-free survival.\n"
    ),
    Example(
        "---\nkind: patient-information\n---\n# Cancer around the brain\n\n"
        "Cancer cells can get into the fluid around your brain. This can make your head hurt. "
        "You may feel sick or find it hard to walk. A doctor can take a little of the fluid with a "
        "thin needle. It is then looked at under a microscope. The test may need to be done again. "
        "Medicine can be put into the fluid. Other medicine helps with pain. Ask your nurse what "
        "will help you most.\n"
    ),
    page=check,
    precision=0.94,
    reviewed="excerpts of 16 of 67 findings in 1,000 MedQuAD answers and 60 PDQ pages",
    options=(
        ("en", 12.5, "highest reading grade of an English page"),
        ("es", 55.0, "lowest INFLESZ score of a Spanish page"),
        ("bn", 58.0, "highest reading index of a Bangla page"),
        ("least", 70.0, "words that a page has at least to be measured"),
    ),
)
