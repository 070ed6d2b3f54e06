"""For whom a page is written: one answer, for all rules."""

from __future__ import annotations

import pytest

from piamater.checks import CheckSettings, page_from_text
from piamater.checks.sf.danger import for_patients
from piamater.checks.shown import patient_passages

PLAIN = "Asthma is a disease of the lungs. It is common. Most people have it for life. "


@pytest.mark.parametrize(
    ("text", "audience"),
    [(PLAIN, "clinician"),
     (PLAIN + "You can rest. Your nurse will help you.", "patient"),
     (PLAIN * 20 + "You can rest. Your nurse will help you.", "clinician"),
     (PLAIN * 20 + "You can rest. " * 5, "patient"),
     (PLAIN + "\n\n## Questions to ask your doctor\n\n- What is it?\n", "patient"),
     ("El asma es una enfermedad de los pulmones. Es frecuente.\n\n## Llame al 112 si\n\n- se ahoga\n\n"
      "Pregunte a su pediatra por la vacuna.\n", "patient"),
     ("হাঁপানি ফুসফুসের একটি রোগ। এটি সারা জীবন থাকে। অ্যাসপিরিন খাবেন না। প্রচুর পানি খান।", "patient"),
     ("Refer adults with red flags. Offer spirometry. Consider a trial of inhaled steroids.",
      "clinician"),
     ("The patient was a 45-year-old man. He was given steroids. He recovered.", "clinician")],
)  # fmt: skip
def test_a_page_that_does_not_say_is_known_by_how_it_speaks(text: str, audience: str) -> None:
    page = page_from_text(f"# Asthma\n\n{text}\n")
    assert page.audience == audience
    assert not page.audience_is_told
    assert for_patients(page) is (audience == "patient")
    assert bool(list(patient_passages(page))) is (audience == "patient")


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_what_is_said_counts(audience: str) -> None:
    text = PLAIN + "You can rest. " * 5
    front = page_from_text(f"---\naudience: {audience}\n---\n# Asthma\n\n{text}\n")
    told = page_from_text(f"# Asthma\n\n{text}\n", settings=CheckSettings(audience=audience))
    for page in (front, told):
        assert page.audience == audience
        assert page.audience_is_told


def test_a_page_says_more_than_the_settings() -> None:
    page = page_from_text(
        f"---\naudience: patient\n---\n# Asthma\n\n{PLAIN}\n",
        settings=CheckSettings(audience="clinician"),
    )
    assert page.audience == "patient"
