"""Good pages as hospitals and charities write them, in three languages: nothing is said of them.

Each page is in our own words and cites, dates and signs itself in a form of its own; the same page
with that form taken out is told of.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from piamater.checks import CheckSettings, check_page
from piamater.checks.opening import pages_from
from piamater.sources import Original
from tests.checks.seeds import ON

PAGES = sorted(one for one in (Path(__file__).parent / "pages").iterdir() if one.suffix != ".py")
AUDIENCES = ("patient", "clinician")


def found(name: str, data: bytes, audience: str = "patient") -> list[tuple[str, str, str]]:
    settings = CheckSettings(select=("EV", "RV", "ST", "LG001"), audience=audience, today=ON)
    (page,) = pages_from(Original(name, name, data=data), settings)
    return [(one.rule, one.quote, one.message) for one in check_page(page).findings]


def rules_of(name: str, text: str) -> set[str]:
    return {rule for rule, _, _ in found(name, text.encode())}


def test_there_are_ten() -> None:
    assert len(PAGES) == 10


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_nothing_is_said_of_a_good_page(page: Path, audience: str) -> None:
    assert found(page.name, page.read_bytes(), audience) == []


SPOILT = [
    ("asthma.html", '<sup><a href="#ref1">1</a></sup>', "", {"EV004"}),
    ("asthma.html", "Page last reviewed: 12 March 2026.", "Page last reviewed: 30 February 2026.",
     {"RV007"}),
    ("asthma.html", "Written by Joan Field, respiratory nurse. Reviewed by Dr Amir Stone", "Dr Stone",
     {"ST001", "ST002"}),
    ("migraine.html", "<td>3 May 2028</td>", "<td>3 May 2026</td>", {"RV001"}),
    ("migraine.html", "Interests: none declared.", "", {"ST004"}),
    ("shingles.md", "(1, 2)", "[9]", {"EV002"}),
    ("shingles.md", "Next review due: 10 January 2029", "", {"RV003"}),
    ("bowel-screening.md", "<sup>2</sup>", "<sup>7</sup>", {"EV002"}),
    ("bowel-screening.md", "Review date: March 2028", "Review date: March 2026", {"RV001"}),
    ("gout.txt", "Funding: Anytown Hospitals. ", "", {"ST003"}),
    ("meningitis-clinicians.md", "Date of review: 2026-02-01. ", "", {"RV002"}),
    ("meningitis.html", ", el 5 de mayo de 2026", "", {"RV002"}),
    ("migrana.md", "[1, p. 2]", "[8]", {"EV002"}),
    ("migrana.md", "Próxima revisión: mayo de 2028", "Próxima revisión: agosto de 2026", {"RV001"}),
    ("dengue.html", "শেষ পর্যালোচনা: ৫ মার্চ ২০২৬।", "", {"RV002"}),
    ("hapani.md", "লেখক: সালমা বেগম, নার্স। পর্যালোচনা করেছেন: ডা. আনিস রহমান, বক্ষব্যাধি বিশেষজ্ঞ।", "",
     {"ST001", "ST002"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "rules"), SPOILT)
def test_the_same_page_without_it_is_told_of(
    name: str, old: str, new: str, rules: set[str]
) -> None:
    text = (Path(__file__).parent / "pages" / name).read_text("utf-8")
    assert old in text
    assert rules <= rules_of(name, text.replace(old, new))


def test_the_same_as_a_word_file_with_raised_numbers() -> None:
    import docx

    file: Any = docx.Document()
    file.add_heading("Asthma", 1)
    for said in ("Asthma is a long-term condition of the airways.",
                 "A preventer inhaler with a steroid lowers the swelling in the airways."):  # fmt: skip
        file.add_paragraph(said).add_run("1").font.superscript = True
    file.add_heading("References", 2)
    file.add_paragraph(
        "NHS. Asthma. 2025. https://www.nhs.uk/conditions/asthma/", style="List Number"
    )
    file.add_paragraph(
        "Written by Ann Lee, nurse. Reviewed by Dr B Cole on 2 May 2026. Next review May 2028. "
        "Funding: none. Interests: none."
    )
    held = io.BytesIO()
    file.save(held)
    assert found("asthma.docx", held.getvalue()) == []
