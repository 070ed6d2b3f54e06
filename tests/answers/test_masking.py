from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.answers.masking import identifiers, mask

LINES = [
    line.split("\t", 1)
    for line in (Path(__file__).parent / "identifiers.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "marked"), LINES)
def test_identifiers_go_and_medicine_stays(language: str, marked: str) -> None:
    text = marked.replace("{{", "").replace("}}", "")
    masked = mask(text, language).text
    for secret in re.findall(r"\{\{(.*?)\}\}", marked):
        assert secret not in masked
        for word in re.findall(r"[\w@.+-]{4,}", secret):
            assert word not in masked, masked
    around = [part.strip(" .,।") for part in re.split(r"\{\{.*?\}\}", marked)]
    for part in around:
        assert part in masked, masked
    if "{{" not in marked:
        assert masked == text


def test_there_are_enough_lines() -> None:
    assert sum("{{" in text for _, text in LINES) >= 45
    assert sum("{{" not in text for _, text in LINES) >= 25


@given(st.text(max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    found = identifiers(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert mask(text, "bn").found == found
