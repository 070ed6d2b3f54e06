"""How well the measures of reading tell easy text from hard, beside Flesch-Kincaid's.

Every set holds text whose order is known: the same matter written for patients and for
clinicians. None of it was used to fit the measures. A figure is the area under the ROC curve:
the chance that hard text, drawn at random, is measured as harder than easy text.
"""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence

from benchmarks.data import data
from piamater.checks import Page, open_page
from piamater.checks.pl.reading import (
    bangla_index,
    difficulty,
    english_grade,
    fernandez_huerta,
    flesch_kincaid,
    sol,
)
from piamater.guides import Audience, GuideFolder
from piamater.guides.statements import statements
from piamater.starter import guides_folder
from piamater.text import Form, split_sentences

LEAST, MOST = 6, 80
"""Words of a sentence that is measured."""
Measure = Callable[[Sequence[str]], float]
MEASURES: dict[str, dict[str, Measure]] = {
    "en": {"piamater": english_grade, "flesch-kincaid": flesch_kincaid},
    "es": {
        "inflesz": lambda some: -difficulty(some, "es").score,
        "fernandez-huerta": lambda some: -fernandez_huerta(some),
        "sol": sol,
        "flesch-kincaid": flesch_kincaid,
    },
    "bn": {
        "piamater": bangla_index,
        "words-per-sentence": lambda some: sum(len(one.split()) for one in some) / len(some),
    },
}
Group = list[str]
"""The sentences of one page, or of one part of it."""


def auc(easy: Sequence[float], hard: Sequence[float]) -> float:
    """The chance that a hard one is above an easy one; ties count half."""
    values = sorted({*easy, *hard})
    rank = {value: at for at, value in enumerate(values)}
    counts = [0] * (len(values) + 1)
    for one in easy:
        counts[rank[one]] += 1
    below, total = {}, 0
    for at, value in enumerate(values):
        below[value] = total + counts[at] / 2
        total += counts[at]
    return sum(below[one] for one in hard) / (len(easy) * len(hard))


def of_page(page: Page) -> Group:
    """The sentences of a page's content."""
    said = (page.said(one) for one in page.content(Form.SENTENCE) if one.language == page.language)
    return [one for one in said if LEAST <= len(one.split()) <= MOST]


def of_text(text: str, language: str = "en") -> Group:
    """The sentences of a text, paragraph by paragraph."""
    found: Group = []
    for line in text.split("\n"):
        plain = " ".join(line.split())
        found += [plain[start:end] for start, end in split_sentences(plain, language)]
    return [one for one in found if LEAST <= len(one.split()) <= MOST]


def pdq(language: str) -> tuple[list[Group], list[Group]]:
    """NCI's summaries for patients, and those for health professionals."""
    easy: list[Group] = []
    hard: list[Group] = []
    for path in sorted(data("nci_pdq").glob(f"*.{language}.html")):
        for page in open_page(path):
            (easy if page.audience == "patient" else hard).append(of_page(page))
    return easy, hard


def nih_and_abstracts() -> tuple[list[Group], list[Group]]:
    """Answers of the National Cancer Institute to the public, and abstracts of PubMedQA."""
    easy = []
    for path in sorted(data("medquad").glob("1_CancerGov_QA/*.xml")):
        for answer in ElementTree.parse(path).getroot().iter("Answer"):
            easy.append(of_text(answer.text or ""))
    held = json.loads((data("pubmedqa") / "ori_pqal.json").read_text("utf-8"))
    hard = [of_text("\n".join(one["CONTEXTS"])) for one in held.values()]
    return easy, hard


def guides(language: str) -> tuple[list[Group], list[Group]]:
    """The starter guides' parts for patients, and those for clinicians."""
    groups: dict[Audience, list[Group]] = {Audience.PATIENT: [], Audience.CLINICAL: []}
    for guide in GuideFolder(guides_folder()).all():
        version = guide.versions.get(language)
        for audience, found in groups.items():
            parts = [
                part
                for block in (version.blocks if version else ())
                for part in block.parts
                if part.audience == audience
            ]
            said = [one.text for part in parts for one in statements(part, language)]
            found.append([one for one in said if LEAST <= len(one.split()) <= MOST])
    return groups[Audience.PATIENT], groups[Audience.CLINICAL]


def thesaurus() -> tuple[list[Group], list[Group]]:
    """The plain words of the CDC's thesaurus, and the hard ones that they replace."""
    path = data("terms") / "cdc_plain_language_thesaurus.json"
    rows = json.loads(path.read_text("utf-8"))
    hard = [[row["term"]] for row in rows]
    easy = [[row["plain_alternative"].split(",")[0].split(";")[0]] for row in rows]
    return easy, hard


SETS: dict[str, tuple[str, Callable[[], tuple[list[Group], list[Group]]]]] = {
    "pdq-en": ("en", lambda: pdq("en")),
    "nih-pubmed": ("en", nih_and_abstracts),
    "guides-en": ("en", lambda: guides("en")),
    "cdc-thesaurus": ("en", thesaurus),
    "pdq-es": ("es", lambda: pdq("es")),
    "guides-es": ("es", lambda: guides("es")),
    "guides-bn": ("bn", lambda: guides("bn")),
}


def compare(
    easy: Iterable[Group], hard: Iterable[Group], measures: dict[str, Measure]
) -> dict[str, dict[str, float]]:
    """The figure of each measure by sentence and by page."""
    pages = [[one for one in some if one] for some in (easy, hard)]
    sentences = [[[one] for group in some for one in group] for some in pages]
    rng = random.Random(7)
    sentences = [rng.sample(some, min(4000, len(some))) for some in sentences]
    return {
        name: {
            "sentences": round(auc(*[[measure(one) for one in some] for some in sentences]), 3),
            "pages": round(auc(*[[measure(one) for one in some] for some in pages]), 3),
        }
        for name, measure in measures.items()
    }


def run() -> dict[str, dict[str, dict[str, float]]]:
    """The figures by set, measure and unit."""
    found = {}
    for name, (language, pairs) in SETS.items():
        easy, hard = pairs()
        found[name] = compare(easy, hard, MEASURES[language])
    return found


if __name__ == "__main__":
    for name, figures in run().items():
        for measure, values in figures.items():
            print(f"{name:<14} {measure:<18}", values)
