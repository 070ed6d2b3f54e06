from __future__ import annotations

from pathlib import Path

import pytest

from piamater.sources import Kind, Original, Reading, read_original
from piamater.text import Form, Mark


def seed(shared: Path, number: str) -> Reading:
    """One of the five pages."""
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    (reading,) = read_original(Original(path.name, str(path), path))
    return reading


def read(text: str) -> Reading:
    return read_original(Original("page.txt", "page.txt", data=text.encode()))[0]


def content(reading: Reading) -> list[str]:
    document = reading.document
    return [
        document.text[one.start : one.end] for one in document.passages if one.mark is Mark.CONTENT
    ]


def headings(reading: Reading) -> set[str]:
    document = reading.document
    return {
        document.sections[one.section].heading
        for one in document.passages
        if one.mark is Mark.CONTENT
    }


def test_the_answer_page(shared: Path) -> None:
    reading = seed(shared, "000")
    record = reading.record
    assert record.kind is Kind.ANSWER_PAGE
    assert record.title.startswith("What are the rare causes of leptomeningeal")
    assert (record.updated, record.review_status) == ("2025-02-25", "pending review")
    told = content(reading)
    assert "Neurosarcoidosis can present with leptomeningeal involvement in 5-10% of cases" in told
    assert not any(text.endswith(" 1") for text in told)
    assert not any("Dr.Oracle" in text or "Medical A.I." in text for text in told)
    paths = {reading.document.sections[p.section].path[1:] for p in reading.document.passages}
    assert ("From the Guidelines",) in paths
    assert ("From the Research", "Rare Causes of Leptomeningeal Enhancement") in paths


NEVER = (
    "data-rx", "সহজ বাংলা", "rthoped", "painkiller", "antibiotics,", "This article explains", "bookmark this",
    "heavy lifting", "Written for patient understanding", "indexed relationship", "symptom diary", "Search the",
    "Back pain", "often causing pain, swelling", "Step 1", "urgent care", "পোস্ট এডিটর", "X-ray",
)  # fmt: skip


@pytest.mark.parametrize(("number", "references"), [("001", 43), ("002", 59)])
def test_the_disease_guides(shared: Path, number: str, references: int) -> None:
    reading = seed(shared, number)
    assert reading.record.kind is Kind.PATIENT_INFORMATION
    assert len(reading.references) == references
    assert reading.references[0].url.startswith("https://")
    told = content(reading)
    for phrase in NEVER:
        assert not [text for text in told if phrase in text], phrase
    assert any(heading.startswith("Definition") for heading in headings(reading))
    assert any(heading.startswith("Conclusion") for heading in headings(reading))
    assert set(reading.document.languages[:2]) == {"en", "bn"}


def test_the_symptoms_of_the_damaged_guide(shared: Path) -> None:
    reading = seed(shared, "001")
    document = reading.document
    items = [
        document.text[one.start : one.end]
        for one in document.passages
        if one.form is Form.ITEM
        and one.mark is Mark.CONTENT
        and document.sections[one.section].heading.startswith("Symptoms of")
    ]
    assert len(items) == 19
    assert items[0] == "Headaches: Persistent and severe headaches are a common symptom."
    assert items[-1] == "Weight Loss: Unexplained weight loss can be a symptom."


def test_the_references_of_the_second_guide_are_identified(shared: Path) -> None:
    found = {one.pmid for one in seed(shared, "002").references if one.pmid}
    assert {"32119229", "2644925", "32951666"} <= found


def test_the_charity_page(shared: Path) -> None:
    reading = seed(shared, "003")
    record = reading.record
    assert (record.reviewed, record.review_due) == ("2023-08-30", "2026-08-30")
    assert record.title == "Leptomeningeal metastases"
    told = content(reading)
    assert "problems passing wee (urine) or poo (stool)" in told
    assert not any("freephone" in text or "Dangoor" in text for text in told)
    document = reading.document
    headache = next(p for p in document.passages if document.text[p.start : p.end] == "headaches")
    lead = document.passages[headache.lead]
    assert document.text[lead.start : lead.end].endswith("symptoms, including:")


def test_the_case_report(shared: Path) -> None:
    reading = seed(shared, "004")
    record = reading.record
    assert (record.id, record.kind) == ("pmid:35866534", Kind.CASE_REPORT)
    assert record.published == "2022-08-16"
    assert record.authors[0] == "D. Esteller"
    assert len(record.authors) == 8
    assert reading.document.languages[:2] == ("en", "es")
    spanish = [p for p in reading.document.passages if p.language == "es" and p.mark == "content"]
    assert len(spanish) >= 8
    captions = [p for p in reading.document.passages if p.form is Form.CAPTION]
    assert captions
    assert not any("Keywords" in text or "Tardón" in text for text in content(reading))


def test_headings_lists_and_references_of_any_page() -> None:
    reading = read(
        "Migraine\n\nSymptoms of migraine\n\nSymptoms of migraine include:\n\n  • headache on one side\n"
        "  • nausea\n\nReferences\n\n1. https://example.org/a\n2. https://example.org/b\n"
    )
    assert content(reading) == ["Symptoms of migraine include:", "headache on one side", "nausea"]
    assert [one.url for one in reading.references] == [
        "https://example.org/a",
        "https://example.org/b",
    ]


def test_a_spanish_case_report() -> None:
    reading = read(
        "Varón de 57 años, sin antecedentes, que acudió por dolor torácico.\nMejoró con el tratamiento.\n"
    )
    assert reading.record.kind is Kind.CASE_REPORT
    assert reading.document.languages == ("es",)
