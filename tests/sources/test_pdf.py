from __future__ import annotations

from collections.abc import Sequence

import pytest

from piamater.errors import EmptySourceError, InputError, UnsupportedFormatError
from piamater.sources import Original, Reading, read_original
from piamater.sources.pdf_lines import HYPHEN, Line, joined
from piamater.text import Form, Mark

Row = tuple[str, int, str, int]
"""Text, size in points, font (F1 plain, F2 bold), and points down from the line before."""


def pdf(pages: Sequence[Sequence[Row]], info: str = "", font: str = "Helvetica") -> bytes:
    """A PDF with these lines on its pages; a stream and two fonts, and nothing more."""
    fonts = 3 + 2 * len(pages)
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{' '.join(f'{3 + 2 * n} 0 R' for n in range(len(pages)))}]/Count {len(pages)}>>",
        fonts: f"<</Type/Font/Subtype/Type1/BaseFont/{font}>>",
        fonts + 1: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
        fonts + 2: f"<<{info}>>",
    }
    for number, page in enumerate(pages):
        at, drawn = 780, ""
        for text, size, face, down in page:
            at -= down
            drawn += f"/{face} {size} Tf 1 0 0 1 50 {at} Tm ({text}) Tj "
        stream = f"BT {drawn} ET" if page else ""
        objects[3 + 2 * number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {4 + 2 * number} 0 R"
            f"/Resources<</Font<</F1 {fonts} 0 R/F2 {fonts + 1} 0 R>>>>>>"
        )
        objects[4 + 2 * number] = f"<</Length {len(stream)}>>stream\n{stream}\nendstream"
    data, places = "%PDF-1.4\n", []
    for number, body in sorted(objects.items()):
        places.append(len(data))
        data += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    return (
        f"{data}xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {count}/Root 1 0 R/Info {fonts + 2} 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    ).encode("latin-1")


def text(*lines: str) -> list[Row]:
    """A paragraph: the first line further down than the others."""
    return [(line, 11, "F1", 13 if number else 26) for number, line in enumerate(lines)]


def read(data: bytes, name: str = "in/leaflet.pdf") -> Reading:
    (reading,) = read_original(Original(name, name, data=data))
    return reading


def passages(reading: Reading, mark: Mark = Mark.CONTENT) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is mark]


PROSE = text(
    "Meningitis is an inflammation of the membranes around the brain and the",
    "spinal cord, and it can be dangerous when it is not treated at once.",
)


def test_headings_by_size_by_weight_and_by_what_is_around_them() -> None:
    page: list[Row] = [
        ("Meningitis", 20, "F1", 0),
        ("What is it?", 14, "F2", 40),
        *PROSE,
        ("Outlook", 11, "F2", 26),
        *text(
            "Most people recover well when they are treated early in its course", "by a", "doctor."
        ),
        ("Further care", 11, "F1", 26),
        *text("Later on they need help with hearing, and with their balance at times."),
    ]
    document = read(pdf([page])).document
    assert [one.path for one in document.sections] == [
        ("Meningitis",),
        ("Meningitis", "What is it?"),
        ("Meningitis", "What is it?", "Outlook"),
        ("Meningitis", "What is it?", "Further care"),
    ]
    assert document.text.endswith("balance at times.")


def test_a_line_of_a_paragraph_is_no_heading() -> None:
    reading = read(pdf([PROSE]))
    assert len(passages(reading)) == 1
    assert passages(reading)[0].startswith("Meningitis is an inflammation of the membranes around")
    assert [one.path for one in reading.document.sections] == [()]


def test_what_runs_along_is_furniture_and_a_paragraph_goes_on_over_the_page() -> None:
    pages = [
        [
            ("Hospital leaflet", 9, "F1", 0),
            *text("Steroids were given", f"to patients on ward {number} who"),
            (f"Page {number} of 3", 9, "F1", 40),
        ]
        for number in (1, 2)
    ]
    pages.append(
        [
            ("Hospital leaflet", 9, "F1", 0),
            *text("were ill. They recovered."),
            ("Page 3 of 3", 9, "F1", 40),
        ]
    )
    reading = read(pdf(pages))
    assert passages(reading, Mark.FURNITURE) == ["Hospital leaflet", "Page 1 of 3"]
    assert "ward 2 who were ill." in reading.document.text
    places = [one.locator for one in reading.document.origins]
    assert places[:2] == ["page 1", "page 2"]


def test_lists_keep_what_leads_them() -> None:
    page = [*text("Common signs that people tell their doctor of are the following:")]
    page += [
        ("\x95 fever that comes quickly and then", 11, "F1", 26),
        ("stays for days", 11, "F1", 13),
    ]
    page += [("\x95 stiff neck", 11, "F1", 13)]
    data = pdf([page]).replace(
        b"BaseFont/Helvetica>>", b"BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )
    document = read(data).document
    items = [one for one in document.passages if one.form is Form.ITEM]
    assert [document.quote(one).exact for one in items] == [
        "fever that comes quickly and then stays for days",
        "stiff neck",
    ]
    assert all(one.lead == 0 for one in items)


def test_references_and_a_table_of_contents() -> None:
    page: list[Row] = [
        ("1 Introduction . . . . . . . . . . . . 2", 11, "F1", 0),
        *PROSE,
        ("References", 14, "F2", 26),
        *text("1. Roy A. On rest in the hospital over many years of work. doi:10.1234/ABC.1"),
        *text("2. Diaz B. On more rest."),
    ]
    reading = read(pdf([page]))
    assert [(one.label, one.doi) for one in reading.references] == [
        ("1", "10.1234/abc.1"),
        ("2", ""),
    ]
    assert passages(reading, Mark.REFERENCE)[1] == "2. Diaz B. On more rest."
    assert passages(reading, Mark.FURNITURE)[0].startswith("1 Introduction")
    assert not any("Introduction" in one for one in passages(reading))


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("/Title(Meningitis in adults)", "Meningitis in adults"),
        ("/Title(Microsoft Word - leaflet.docx)", "What it is"),
        ("", "What it is"),
    ],
)
def test_the_title_is_stated_or_the_largest_line(info: str, title: str) -> None:
    record = read(
        pdf([[("What it is", 22, "F1", 0), *PROSE]], f"{info}/Author(A. Roy; B. Diaz)")
    ).record
    assert record.title == title
    assert record.authors == ("A. Roy", "B. Diaz")


def test_a_file_that_states_no_title_is_named_as_its_file_is() -> None:
    assert read(pdf([PROSE]), "in/leaflet.pdf").record.title == "leaflet"


def test_a_hyphen_that_the_word_has_elsewhere_is_kept() -> None:
    lines = [
        Line(one, 1, 11, False, 0) for one in (f"long{HYPHEN}term care in the labora-", "tory")
    ]
    assert joined(lines, frozenset({"long-term"})) == "long-term care in the laboratory"
    assert joined(lines, frozenset()) == "longterm care in the laboratory"


def test_letters_under_a_font_that_draws_others_are_never_quoted() -> None:
    with pytest.raises(EmptySourceError, match="no text that could serve"):
        read(
            pdf(
                [text("evsjv ` k GKwU ` k hvi bvg evsjv, GKwU fvlv Avi mevi fvlv")],
                font="SutonnyMJ",
            )
        )
    page = [
        *text("evsjv ` k GKwU ` k hvi bvg evsjv."),
        ("Rest helps most people well.", 11, "F2", 26),
    ]
    reading = read(pdf([page], font="SutonnyMJ"))
    assert passages(reading) == ["Rest helps most people well."]
    assert "broken text layer" in reading.warnings[0]


def test_without_a_text_layer_is_told() -> None:
    with pytest.raises(EmptySourceError, match=r"no text layer.*ocrmypdf"):
        read(pdf([[], []]))


def test_a_cut_or_false_pdf_is_told() -> None:
    with pytest.raises(InputError, match="broken"):
        read(b"%PDF-1.7 and no more than that")
    with pytest.raises(UnsupportedFormatError, match=r"named \.pdf"):
        read(b"Meningitis, in words.")
