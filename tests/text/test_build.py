from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.errors import EmptySourceError, QuoteError
from piamater.text import Document, DocumentBuilder, Form, Mark, Quote, remark


def texts(document: Document) -> list[str]:
    return [document.text[one.start : one.end] for one in document.passages]


def test_sections_make_a_tree() -> None:
    builder = DocumentBuilder("en")
    builder.heading("Meningitis", 1)
    builder.paragraph("It is serious.")
    builder.heading("Causes", 2)
    builder.heading("Rare causes", 3)
    builder.paragraph("Fungi are rare.")
    builder.heading("Treatment", 2)
    builder.paragraph("Antibiotics help.")
    document = builder.build()
    assert [one.path for one in document.sections] == [
        ("Meningitis",),
        ("Meningitis", "Causes"),
        ("Meningitis", "Causes", "Rare causes"),
        ("Meningitis", "Treatment"),
    ]
    assert [document.sections[one.section].heading for one in document.passages] == [
        "Meningitis",
        "Rare causes",
        "Treatment",
    ]
    outer, causes = document.sections[:2]
    assert document.text[outer.start : outer.end] == document.text
    assert document.text[causes.start : causes.end].endswith("Fungi are rare.")


def test_a_list_is_led_by_the_line_before_it() -> None:
    builder = DocumentBuilder("en")
    builder.paragraph("Some text. Symptoms include:")
    builder.item("fever")
    builder.item("headache. It is severe.")
    document = builder.build()
    assert texts(document)[1:] == ["Symptoms include:", "fever", "headache.", "It is severe."]
    assert [one.lead for one in document.passages] == [-1, -1, 1, 1, -1]
    assert [one.form for one in document.passages][2:] == [Form.ITEM, Form.ITEM, Form.SENTENCE]
    assert "fever\nheadache" in document.text


def test_rows_are_led_by_the_header() -> None:
    builder = DocumentBuilder("en")
    builder.row(["Sign", "Share"], header=True)
    builder.row(["Fever", "80%"])
    document = builder.build()
    assert texts(document) == ["Sign | Share", "Fever | 80%"]
    assert [one.lead for one in document.passages] == [-1, 0]


def test_a_section_hands_its_mark_down() -> None:
    builder = DocumentBuilder("en")
    builder.heading("Related pages", 1, mark=Mark.FURNITURE)
    builder.paragraph("See also this.")
    builder.heading("Causes", 1)
    builder.paragraph("Germs cause it.")
    assert [one.mark for one in builder.build().passages] == [Mark.FURNITURE, Mark.CONTENT]


def test_trailing_citations_belong_to_no_passage() -> None:
    builder = DocumentBuilder("en", trailing_citations=True)
    builder.item(
        "It can rarely affect the leptomeninges 1 Diagnosis typically requires biopsy 1, 2."
    )
    assert texts(builder.build()) == [
        "It can rarely affect the leptomeninges",
        "Diagnosis typically requires biopsy",
    ]


def test_languages_by_how_much_is_in_each() -> None:
    builder = DocumentBuilder()
    builder.paragraph("La neuroleucemiosis es una rara enfermedad del sistema nervioso periférico.")
    builder.paragraph(
        "The disease is rare and it affects the nerves of the limbs in most patients."
    )
    builder.paragraph("The patient was treated with a new schema of chemotherapy and she improved.")
    document = builder.build()
    assert document.languages == ("en", "es")
    assert [one.language for one in document.passages] == ["es", "en", "en"]


def test_origins_say_where_a_block_came_from() -> None:
    builder = DocumentBuilder("en")
    start, end = builder.paragraph("Germs cause it.", locator="page 3")
    (origin,) = builder.build().origins
    assert (origin.start, origin.end, origin.locator) == (start, end, "page 3")


def test_nothing_is_an_error() -> None:
    builder = DocumentBuilder("en")
    builder.paragraph(" \u200b ")
    with pytest.raises(EmptySourceError, match="no text"):
        builder.build()


def test_remark_marks_what_it_overlaps() -> None:
    builder = DocumentBuilder("en")
    builder.paragraph("One here. Two here. Three here.")
    document = remark(builder.build(), [(12, 14)], Mark.DAMAGE)
    assert [one.mark for one in document.passages] == [Mark.CONTENT, Mark.DAMAGE, Mark.CONTENT]


def test_a_list_behind_a_caption_has_no_lead() -> None:
    builder = DocumentBuilder("en")
    builder.paragraph("Symptoms include:")
    builder.caption("Figure 1.")
    builder.item("fever")
    assert [one.lead for one in builder.build().passages] == [-1, -1, -1]


def test_a_mark_of_a_section_covers_those_below_it() -> None:
    builder = DocumentBuilder("en")
    builder.heading("Tools", 1, mark=Mark.FURNITURE)
    builder.heading("Links", 2)
    builder.item("Read more here.")
    builder.heading("Sources", 2, mark=Mark.REFERENCE)
    builder.item("Smith 2004.")
    builder.heading("Causes", 1)
    builder.paragraph("Germs.", mark=Mark.DAMAGE)
    marks = [one.mark for one in builder.build().passages]
    assert marks == [Mark.FURNITURE, Mark.REFERENCE, Mark.DAMAGE]


def test_text_before_a_heading_has_a_section_of_its_own() -> None:
    builder = DocumentBuilder("en")
    builder.paragraph("Before.")
    builder.heading("Causes", 2)
    builder.paragraph("After.")
    document = builder.build()
    assert [one.path for one in document.sections] == [(), ("Causes",)]
    assert document.sections[0].heading == ""
    assert [one.section for one in document.passages] == [0, 1]


def test_the_answer_page_gives_its_causes_one_by_one(seed: Callable[[int], str]) -> None:
    builder = DocumentBuilder("en", trailing_citations=True)
    for line in seed(0).splitlines():
        if line.strip().startswith("•"):
            builder.item(line.strip()[1:])
        else:
            builder.paragraph(line)
    document = builder.build()
    items = [
        document.text[one.start : one.end] for one in document.passages if one.form is Form.ITEM
    ]
    assert items[0] == (
        "Neurosarcoidosis can present with leptomeningeal involvement in 5-10% of cases"
    )
    assert items[6].endswith("can rarely affect the leptomeninges")
    assert not [one for one in items if one[-1].isdigit()]
    lead = next(one.lead for one in document.passages if one.form is Form.ITEM)
    start, end = document.passages[lead].start, document.passages[lead].end
    assert document.text[start:end] == "Some key points to consider include:"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_remark_marks_exactly_the_overlapping(spans: list[tuple[int, int]]) -> None:
    builder = DocumentBuilder("en")
    builder.paragraph("One here. Two here. Three here. Four here. Five here. Six.")
    document = builder.build()
    for passage in remark(document, spans, Mark.DAMAGE).passages:
        touched = any(
            first < passage.end and last > passage.start for first, last in spans if first < last
        )
        assert (passage.mark is Mark.DAMAGE) == touched


@given(st.lists(st.tuples(st.sampled_from("hpirc"), st.text(max_size=80)), min_size=1, max_size=12))
def test_every_passage_stands_at_its_offsets(blocks: list[tuple[str, str]]) -> None:
    builder = DocumentBuilder()
    for form, text in blocks:
        if form == "h":
            builder.heading(text, 1 + len(text) % 3)
        elif form == "p":
            builder.paragraph(text)
        elif form == "i":
            builder.item(text)
        elif form == "r":
            builder.row([text, text])
        else:
            builder.caption(text)
    try:
        document = builder.build()
    except EmptySourceError:
        return
    at = 0
    for passage in document.passages:
        assert at <= passage.start < passage.end <= len(document.text)
        at = passage.end
        document.quote(passage).verify(document.text)
        section = document.sections[passage.section]
        assert section.start <= passage.start
        assert passage.end <= section.end


def test_a_quote_that_does_not_stand_is_told() -> None:
    quote = Quote("0" * 64, 0, 4, "Germ")
    quote.verify("Germs")
    for text in ("germs", "", "A Germ"):
        with pytest.raises(QuoteError):
            quote.verify(text)
