"""Damage, dates, kinds and furniture."""

from __future__ import annotations

import pytest

from piamater.sources import Kind
from piamater.sources.damage import find_damage
from piamater.sources.dates import parse_date
from piamater.sources.furniture import block_mark, heading_mark
from piamater.sources.kinds import guess_kind
from piamater.text import Mark


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('Neck and pain: …" data-rx-term="back pain" data-rx-definition="Back pain">Back Pain', "attribute-fragment"),
        ("The <span class=x>brain</span> swells.", "half-tag"),
        ("Fish &amp; chips", "half-tag"),
        ("বাংলা রোগী নোট এখনো যোগ করা হয়নি।", "editor-instruction"),
        ("Use writer and reviewer profiles for stronger trust.", "editor-instruction"),
        ("Lorem ipsum dolor sit amet", "editor-instruction"),
        ("Hello {{ patient.name }}, rest.", "template-mark"),
        ("La punciÃ³n lumbar", "mojibake"),
        ("Dose: [object Object]", "script-value"),
    ],
)  # fmt: skip
def test_damage_is_found(text: str, kind: str) -> None:
    assert kind in {one[2] for one in find_damage(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Survival fell (p < 0.05) and OR > 2.1 in both arms.",
        'The "apple" sign and the "double ring" are seen on MRI.',
        "Take 5 mg/kg; levels <2 and >10 are wrong; x = 3.",
        "The gene BRCA1 c.68_69delAG [p.Glu23fs] was found.",
        "Patients to do: rest. Sodium >135 mmol/l & <145 mmol/l.",
        "A placebo was taken; NaCl 0.9% was given.",
    ],
)
def test_medical_text_is_left_alone(text: str) -> None:
    assert find_damage(text) == []


def test_the_whole_line_is_spoiled_by_a_fragment() -> None:
    text = 'Good line.\nBlood tests help find infection" data-rx-term="x">inflammation.\nGood.'
    ((start, end, _), *_) = find_damage(text)
    assert text[start:end].startswith("Blood tests")
    assert "Good" not in text[start:end]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Last updated: February 25, 2025View", "2025-02-25"), ("30 Aug 2023", "2023-08-30"),
        ("16/08/2022", "2022-08-16"), ("08/16/2022", "2022-08-16"), ("2021-06-23", "2021-06-23"),
        ("25 de febrero de 2025", "2025-02-25"), ("agosto de 2022", "2022-08"), ("২৫ ফেব্রুয়ারি ২০২৫", "2025-02-25"),
        ("March 2020", "2020-03"), ("2019", "2019"), ("no date", ""), ("31/02/2022", "2022"), ("", ""),
    ],
)  # fmt: skip
def test_dates(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("types", "title", "text", "kind"),
    [
        (["Practice Guideline"], "", "", Kind.GUIDELINE),
        (
            [],
            "Steroids for meningitis: a systematic review and meta-analysis",
            "",
            Kind.SYSTEMATIC_REVIEW,
        ),
        ([], "Rest", "Patients were randomly assigned to rest or work.", Kind.TRIAL),
        ([], "Neuroleukemiosis: case report", "", Kind.CASE_REPORT),
        ([], "A retrospective cohort of 40 patients", "", Kind.COHORT),
        ([], "Plain words", "Nothing telling.", Kind.REFERENCE),
    ],
)
def test_kinds_with_their_reason(types: list[str], title: str, text: str, kind: Kind) -> None:
    found, why = guess_kind(
        types=types, title=title, text=text, fallback=Kind.REFERENCE, why="no cue"
    )
    assert found is kind
    assert why


def test_furniture() -> None:
    assert heading_mark("Doctor visit helper") is Mark.FURNITURE
    assert heading_mark("About This PDQ Summary") is Mark.FURNITURE
    assert heading_mark("References") is Mark.REFERENCE
    assert heading_mark("Symptoms of meningitis") is Mark.CONTENT
    assert block_mark("Disclaimer: each person is unique.") is Mark.FURNITURE
    assert block_mark("Cut short here...") is Mark.FURNITURE
    assert block_mark("Meningitis causes fever.") is Mark.CONTENT
