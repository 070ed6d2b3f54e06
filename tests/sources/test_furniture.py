from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from piamater.sources.furniture import block_mark, heading_mark
from piamater.text import Mark


@pytest.mark.parametrize(
    "heading",
    [
        "Related articles",
        "Professional Medical Disclaimer",
        "Contact Us",
        "Palabras clave",
        "About This PDQ Summary",
        "Ensayos clínicos en curso",
        "Patient Tools",
        "On this page",
    ],
)
def test_headings_of_a_site(heading: str) -> None:
    assert heading_mark(heading) is Mark.FURNITURE


@pytest.mark.parametrize(
    "heading",
    [
        "Medicines",
        "See a doctor",
        "When to see a doctor",
        "Frequently asked questions",
        "Key takeaways",
        "Seek urgent medical care if you notice",
        "Contact dermatitis",
        "Related disorders",
        "Contenido de líquido cefalorraquídeo",
        "লক্ষণ",
    ],
)
def test_headings_of_medicine(heading: str) -> None:
    assert heading_mark(heading) is Mark.CONTENT


@pytest.mark.parametrize("heading", ["References", "Bibliografía:", "তথ্যসূত্র", "Referencias"])
def test_headings_of_reference_lists(heading: str) -> None:
    assert heading_mark(heading) is Mark.REFERENCE


@pytest.mark.parametrize(
    "text",
    [
        "We use cookies to make this site better.",
        "This website uses cookies.",
        "Last reviewed: 30 Aug 2023",
        "© 2024 A Publisher",
        "Disclaimer: this page is for education.",
        "D. Uno, A. Dos [REV NEUROL 2022;75:93-95] PMID: 1",
        "Cranial neurosarcoidosis is a rare condition that affects the nerves…",
    ],
)
def test_blocks_of_a_site(text: str) -> None:
    assert block_mark(text) is Mark.FURNITURE


@pytest.mark.parametrize(
    "text",
    [
        "This article reports on cookies and headache.",
        "Share of patients with relapse: 20%.",
        "Approved drugs are few.",
        "Cefalea, vómitos, etc...",
        "[18F]FDG uptake was seen.",
        "This information was collected in 2019.",
        "Posted signs did not help.",
    ],
)
def test_blocks_of_medicine(text: str) -> None:
    assert block_mark(text) is Mark.CONTENT


def test_a_long_text_cut_short_is_a_teaser_only_where_it_is_repeated() -> None:
    told = "Meningitis is an inflammation of the meninges that comes fast. "
    cut = told + "Fever is common. " * 20 + "It..."
    assert block_mark(cut, cut) is Mark.CONTENT
    assert block_mark(cut, f"{cut}\n{cut[:-3]} is urgent.") is Mark.FURNITURE


def test_every_entry_of_the_data_has_a_source_and_a_date() -> None:
    for name in ("furniture", "damage", "kinds"):
        held = tomllib.loads(
            (files("piamater.sources") / "data" / f"{name}.toml").read_text("utf-8")
        )
        entries = [
            entry
            for value in held.values()
            for entry in (value if isinstance(value, list) else [value])
        ]
        assert entries
        assert all(entry["source"] and entry["date"] for entry in entries), name
