from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.errors import PiamaterError
from piamater.sources import Original, read_original
from piamater.sources.damage import find_damage
from piamater.text import Mark

DEFINED = "Pain means that something hurts, in the joints or nerves. বাংলা: ব্যথা।"


def kinds(text: str) -> set[str]:
    return {kind for _, _, kind in find_damage(text)}


def test_a_definition_that_was_written_twice() -> None:
    text = (
        f'Rest is enough. It eases {DEFINED[20:]}" data-rx-term="pain" data-rx-definition="{DEFINED}">'
        "pain in most people. Walking helps."
    )
    ((start, end, kind),) = find_damage(text)
    assert kind == "attribute-fragment"
    assert text[:start] == "Rest is enough. It eases "
    assert text[end - 1 :] == "pain in most people. Walking helps."


def test_an_attribute_that_repeats_nothing_spoils_its_block_so_far() -> None:
    text = 'First block.\nSome words were here" class="tip">pain. More.'
    ((start, end, _),) = find_damage(text)
    assert text[start:end] == 'Some words were here" class="tip">p'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The liver</span> is large.", "half-tag"),
        ("Take it &nbsp; daily.", "half-tag"),
        ("বাংলা রোগী নোট এখনো যোগ করা হয়নি।", "editor-instruction"),
        ("Use writer and reviewer profiles for stronger trust.", "editor-instruction"),
        ("Lorem ipsum dolor sit amet.", "editor-instruction"),
        ("It is common [citation needed].", "editor-instruction"),
        ("Dose: {{ dose.adult }} daily", "template-mark"),
        ("See [[Migraine|headache]].", "template-mark"),
        ("Updated <%= page.date %>.", "template-mark"),
        ("The doctorâ€™s advice", "mojibake"),
        ("cafÃ© au lait spots", "mojibake"),
        ("Reviewed by: undefined", "script-value"),
        ("Author [object Object]", "script-value"),
    ],
)
def test_kinds_of_damage(text: str, kind: str) -> None:
    assert kinds(text) == {kind}


CUT = (
    "MRI: It shows granulomas in the brain.\n"
    "Lumbar puncture: The fluid shows the presence of granul\n"
    "Biopsy: A sample is looked at.\n"
)


def test_an_item_cut_within_a_word() -> None:
    ((start, end, kind),) = find_damage(CUT)
    assert kind == "cut-short"
    assert CUT[start:end].endswith("of granul")


@pytest.mark.parametrize(
    "text",
    [
        "The difference was significant (p < 0.05, n = 12) and a > b.",
        'The "apple" sign and the "hot-cross bun" sign are seen.',
        'A so-called "class" = "group" of drugs',
        "TP53 c.215C>G (p.Pro72Arg), del(5q), and HLA-DRB1*15:01",
        "1,1-dichloro-2,2-bis[4-chlorophenyl]ethane; N-(4-hydroxyphenyl)ethanamide",
        "Vitamin B<sub-clinical deficiency was not seen",
        "Patients <18 years; HbA1c >7%; creatinine <1.2 mg/dL; 37.5°C; 5 µg",
        "La función está alterada; el niño; ¿dónde?; São Paulo; fièvre; Ångström",
        "The cause is undefined. The null hypothesis was rejected.",
        "[1,2] [3]; [18F]FDG; {see text}; $5; Title: none",
        "ব্যথা ও জ্বর। রোগীর বয়স ২৫।",
        CUT.replace("granul\n", "cells\n"),
        CUT.replace("granul\n", "granuloma\n"),
    ],
)
def test_what_medical_text_holds_is_no_damage(text: str) -> None:
    assert find_damage(text) == []


def test_real_answers_are_not_damaged(data: Callable[[str], Path]) -> None:
    paths = sorted(data("medquad").rglob("*.xml"))
    seen = 0
    for path in random.Random(7).sample(paths, 600):
        try:
            readings = read_original(Original(path.name, str(path), path))
        except PiamaterError:
            continue  # a page whose answers were taken out for copyright
        for reading in readings:
            seen += 1
            marks = {one.mark for one in reading.document.passages}
            assert Mark.DAMAGE not in marks, path.name
    assert seen > 200
