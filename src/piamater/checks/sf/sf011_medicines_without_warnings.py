"""SF011: a list of medicines on a page that never says what they can do besides helping."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.danger import for_patients
from piamater.checks.sf.words import data, holding_content, pattern, told
from piamater.text import Form, Passage

_KINDS = ("medicines", "treatment", "dosing", "non-drug-treatment")
_FEWEST = 2


def check(page: Page) -> Iterator[Hit]:
    """Pages that list medicines by name and hold no word of side effects, risks or interactions.

    A page whose list links to pages of the medicines leaves the warnings to those.
    """
    if page.type in ("test", "question", "case-report") or not for_patients(page):
        return
    listed = _listed(page)
    if any(one.start <= link.start < one.end for link in page.links for one, _ in listed):
        return
    names = list(dict.fromkeys(name for _, name in listed))
    if len(names) < page.settings.option("SF011", "fewest", _FEWEST):
        return
    warns = pattern(data("medicine_warnings")["words"])
    if any(_of_medicines(page, one) for one, _ in holding_content(page, warns)):
        return
    first = listed[0][0]
    yield Hit(
        first.start,
        first.end,
        f"{', '.join(names)}: listed as treatment, and the page has no word of their side "
        "effects, interactions or use in pregnancy",
        "say of each what it can do and who must not have it, or link to a page that does",
    )


def _of_medicines(page: Page, one: Passage) -> bool:
    """Whether a passage is about treatment: by its section, or because it names a medicine."""
    if page.kind(one) in (*_KINDS, "side-effects"):
        return True
    known = vocabulary()
    return any(
        (concept := known.get(mention.concept)) is not None and concept.type == "drug"
        for mention in page.mentions(one)
    )


def _listed(page: Page) -> list[tuple[Passage, str]]:
    """The medicines that items and rows of the sections on treatment name, with their names."""
    known = vocabulary()
    out = []
    for one, _ in told(page):
        if one.form not in (Form.ITEM, Form.ROW) or page.kind(one) not in _KINDS:
            continue
        for mention in page.mentions(one):
            concept = known.get(mention.concept)
            if concept and concept.type == "drug" and concept.parents and not mention.negated:
                out.append((one, concept.label(page.language)))
    return out


RULE = Rule(
    "SF011",
    "medicines-without-warnings",
    Severity.WARNING,
    "A page lists medicines and nothing of their risks.",
    "Methotrexate without a warning reads like a vitamin; a choice needs both sides.",
    "DISCERN: describe the risks of treatment, http://www.discern.org.uk/quick_reference_guide.php",
    Example(
        "# Neurosarcoidosis\n\n## Medicines\n\n- Methotrexate: an immunosuppressive drug.\n"
        "- Infliximab: a biologic drug.\n\n## Questions to ask\n\n- Which of them is for me?\n"
    ),
    Example(
        "# Neurosarcoidosis\n\n## Medicines\n\n- Methotrexate: an immunosuppressive drug; it can "
        "harm the liver.\n- Infliximab: a biologic drug; infections are its main side effect.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="4 read of 4: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
    options=(("fewest", _FEWEST, "medicines that a page must list"),),
)
