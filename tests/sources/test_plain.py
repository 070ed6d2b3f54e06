from __future__ import annotations

from collections.abc import Callable
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


def test_what_a_page_says_of_itself_is_no_evidence(shared: Path) -> None:
    for number, kept in (("001", "It occurs when abnormal"), ("002", "Understanding its types")):
        told = content(seed(shared, number))
        assert not [text for text in told if text.startswith("In this ")]
        assert [text for text in told if text.startswith(kept)]
    reading = read("Gout\n\nGout hurts. In this article, we will explain gout. Rest helps.\n")
    assert content(reading) == ["Gout hurts.", "Rest helps."]


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


def items(reading: Reading) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.form is Form.ITEM]


def test_a_damaged_sentence_spoils_only_itself(shared: Path) -> None:
    told = content(seed(shared, "001"))
    assert "Here are some common treatment options:" in told
    assert not [
        text for text in told if "infection, or irritation" in text or "granul" in text[-8:]
    ]


def test_lists_within_an_item(shared: Path) -> None:
    told = content(seed(shared, "002"))
    at = told.index("Imaging Tests:")
    assert told[at + 1].startswith("MRI (Magnetic Resonance Imaging): Provides")
    assert told[at + 2].startswith("CT (Computed Tomography) Scan: Helps")


def test_the_parts_of_the_case_report(shared: Path) -> None:
    reading = seed(shared, "004")
    record = reading.record
    assert record.csl["container-title"] == "Rev Neurol"
    assert (record.csl["volume"], record.csl["page"]) == ("75", "93-95")
    assert record.licence == "open access"
    paths = {one.path for one in reading.document.sections}
    title = record.title
    assert (title,) in paths
    for part in ("Introduction", "Case report", "Conclusion"):
        assert (title, part) in paths
    spanish = "Neuropatía múltiple como manifestación clínica de una recidiva de leucemia"
    for part in ("Introducción", "Caso clínico", "Conclusión"):
        assert (title, spanish, part) in paths
    told = content(reading)
    assert not {"CASE", "CONCLUSION.", "Linfoma."} & set(told)


def test_lines_that_were_wrapped_are_joined() -> None:
    reading = read(
        "Meningitis\n\nMeningitis is an inflammation of the membranes that surround\n"
        "the brain and the spinal cord, and it is most often caused by an\ninfection. Signs:\n\n"
        "- fever and a headache that comes on fast and does not go away\n  with rest\n- stiff neck\n"
    )
    assert content(reading) == [
        "Meningitis is an inflammation of the membranes that surround the brain and the spinal "
        "cord, and it is most often caused by an infection.",
        "Signs:",
        "fever and a headache that comes on fast and does not go away with rest",
        "stiff neck",
    ]


def test_headings_by_rule_number_and_capitals() -> None:
    reading = read(
        "Migraine\n========\n\n1. Introduction\n\nMigraine is a headache that comes back.\n\n"
        "SYMPTOMS\nNausea is common.\n\n2. Outlook\n\nMost people get better with age.\n"
    )
    assert headings(reading) == {"1. Introduction", "SYMPTOMS", "2. Outlook"}
    assert reading.record.title == "Migraine"


def test_references_without_numbers() -> None:
    reading = read(
        "Migraine\n\nMigraine is common in adults.\n\nReferences\n\n"
        "Uno A. On migraine. J Pain 2020. PMID: 12345678\nDos B. doi:10.1000/Abc.\n"
    )
    assert [(one.label, one.pmid, one.doi) for one in reading.references] == [
        ("1", "12345678", ""),
        ("2", "", "10.1000/abc"),
    ]
    text = reading.document.text
    assert text[reading.references[1].start : reading.references[1].end].startswith("Dos B.")
    assert content(reading) == ["Migraine is common in adults."]


def test_a_bangla_leaflet() -> None:
    reading = read(
        "মাথাব্যথা\n\nলক্ষণ\n\nমাথাব্যথার লক্ষণগুলো হলো:\n\n১. বমি বমি ভাব\n২. আলো সহ্য না হওয়া\n\n"
        "আপনার ডাক্তারের সঙ্গে কথা বলুন।\n\nসর্বশেষ হালনাগাদ: ২৫ ফেব্রুয়ারি ২০২৫\n"
    )
    assert reading.record.kind is Kind.PATIENT_INFORMATION
    assert reading.record.updated == "2025-02-25"
    assert reading.document.languages[0] == "bn"
    assert items(reading) == ["বমি বমি ভাব", "আলো সহ্য না হওয়া"]
    assert not any("হালনাগাদ" in text for text in content(reading))


def test_site_headings_on_any_page_and_medical_ones_after_them() -> None:
    reading = read(
        "Stroke\n\nStroke is an emergency of the brain.\n\nRelated articles\n\nMigraine\nEpilepsy\n\n"
        "Medicines\n\nSome words of a menu.\n\nTreatment for stroke\n\nClot-busting drugs are given fast.\n"
    )
    assert content(reading) == [
        "Stroke is an emergency of the brain.",
        "Clot-busting drugs are given fast.",
    ]
    medicines = read("Stroke\n\nMedicines\n\nAspirin makes clots rarer.\n")
    assert content(medicines) == ["Aspirin makes clots rarer."]


def test_the_spanish_case_reports(data: Callable[[str], Path]) -> None:
    paths = sorted(data("spaccc").rglob("*.txt"))
    assert len(paths) == 1000
    kinds, first_words = [], []
    for path in paths:
        (reading,) = read_original(Original(path.name, str(path), path))
        kinds.append(reading.record.kind)
        assert reading.document.languages[0] == "es"
        assert all(one.mark is Mark.CONTENT for one in reading.document.passages)
        first_words.append(reading.document.text[:30])
    assert kinds.count(Kind.CASE_REPORT) >= 980
    assert first_words[0].startswith("Se trata de una paciente de 73")
    assert first_words[500].startswith("Paciente con labio leporino y")
    assert first_words[-1].startswith("Presentamos el caso de una pac")
