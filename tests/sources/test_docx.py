from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from piamater.errors import InputError, UnsupportedFormatError
from piamater.sources import Kind, Original, Reading, docx, read_original
from piamater.text import Form, Mark

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made(fill: Callable[[Any], object]) -> bytes:
    """A Word file, filled by python-docx."""
    import docx as library

    file = library.Document()
    fill(file)
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def of_xml(*blocks: str) -> bytes:
    """A Word file whose body begins with these elements."""
    from docx.oxml import parse_xml

    def fill(file: Any) -> None:
        for place, block in enumerate(blocks):
            file.element.body.insert(place, parse_xml(_spaced(block)))

    return made(fill)


def _spaced(block: str) -> str:
    name, _, rest = block[1:].partition(">")
    return f"<{name} {SPACE}>{rest}"


def read(data: bytes, name: str = "in/leaflet.docx") -> Reading:
    (reading,) = read_original(Original(name, name, data=data))
    return reading


def told(reading: Reading, mark: Mark = Mark.CONTENT) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is mark]


def test_headings_lists_captions_and_references() -> None:
    def fill(file: Any) -> None:
        file.add_heading("Care of meningitis", 0)
        file.add_heading("Signs", 1)
        file.add_paragraph("Common signs are:")
        file.add_paragraph("fever", style="List Bullet")
        file.add_paragraph("stiff neck", style="List Number")
        file.add_paragraph("Figure 1. The membranes.", style="Caption")
        file.add_paragraph().add_run("When to call").bold = True
        file.add_paragraph("Call when it gets worse.")
        file.add_heading("References", 1)
        file.add_paragraph("1. Roy A. On rest. doi:10.1234/ABC.1.")
        file.core_properties.title = "Meningitis, for carers"
        file.core_properties.author = "A. Roy; B. Diaz"
        file.core_properties.modified = datetime(2021, 2, 3)

    reading = read(made(fill))
    assert told(reading) == [
        "Common signs are:", "fever", "stiff neck", "Figure 1. The membranes.",
        "Call when it gets worse.",
    ]  # fmt: skip
    assert [one.path[-1] for one in reading.document.sections] == [
        "Care of meningitis", "Signs", "When to call", "References",
    ]  # fmt: skip
    items = [one for one in reading.document.passages if one.form is Form.ITEM]
    assert [one.lead for one in items][:2] == [0, 0]
    assert [(one.label, one.doi) for one in reading.references] == [("1", "10.1234/abc.1")]
    record = reading.record
    assert (record.title, record.updated) == ("Meningitis, for carers", "2021-02-03")
    assert record.authors == ("A. Roy", "B. Diaz")
    assert (record.kind, record.kind_reason) == (Kind.REFERENCE, "a Word file that states no kind")


def test_tables_with_merged_cells_and_frames() -> None:
    def fill(file: Any) -> None:
        table = file.add_table(rows=3, cols=3)
        for row, words in zip(
            table.rows, (("Sex", "Age", "n"), ("Men", "old", "1"), ("", "young", "2")), strict=True
        ):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
        table.cell(1, 0).merge(table.cell(2, 0))
        frame = file.add_table(rows=1, cols=1)
        frame.cell(0, 0).text = "Rest is in a frame."

    reading = read(made(fill))
    assert told(reading) == [
        "Sex | Age | n",
        "Men | old | 1",
        "Men | young | 2",
        "Rest is in a frame.",
    ]
    assert [one.form for one in reading.document.passages][-1] is Form.SENTENCE


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    data = of_xml(
        "<w:p><w:r><w:t>Rest </w:t></w:r><w:del><w:r><w:delText>harms</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>helps</w:t></w:r></w:ins><w:r><w:tab/><w:t>most.</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>A field.</w:t></w:r></w:p>",
    )
    assert told(read(data)) == ["Rest helps most.", "In a control.", "A field."]


def test_an_outline_level_makes_a_heading() -> None:
    data = of_xml(
        '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Signs</w:t></w:r></w:p>',
        "<w:p><w:r><w:t>Fever comes first.</w:t></w:r></w:p>",
    )
    (section,) = read(data).document.sections
    assert (section.path, section.level) == (("Signs",), 2)


def test_a_locked_or_old_file_is_told() -> None:
    with pytest.raises(InputError, match="encrypted, or of a Word before 2007"):
        read(b"\xd0\xcf\x11\xe0" + bytes(600) + b"x")


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_BYTES", 10_000)
    held = io.BytesIO(made(lambda file: file.add_paragraph("Rest helps.")))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.bin", bytes(200_000))
    with pytest.raises(InputError, match="too much"):
        read(held.getvalue())


def test_a_zip_that_is_no_word_file_is_told() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "Rest helps.")
    with pytest.raises(InputError, match=r"cannot be read.*save it again"):
        read(held.getvalue())
    with pytest.raises(UnsupportedFormatError, match=r"named \.docx"):
        read(b"Rest helps.")
