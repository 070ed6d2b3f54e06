"""Citation marks that the text alone does not show, and where a reference list ends."""

from __future__ import annotations

import io
from time import monotonic
from typing import Any

import pytest

from piamater.sources import Marker, Original, Reading, read_original
from piamater.sources.list_end import begins_credits, ends_list
from piamater.text import Mark

PAGE = (
    "<html lang='en'><head><title>Asthma</title></head><body><h1>Asthma</h1><p>{}</p>"
    "<h2>References</h2><ol><li id='a'>Smith J, Lee P. Asthma in adults. Lancet. 2020;1:2-3.</li>"
    "<li id='b'>World Health Organization. Asthma. 2021.</li></ol>{}</body></html>"
)
MARKDOWN = (
    "# Asthma\n\n{}\n\n## References\n\n1. Smith J. Asthma. Lancet 2020.\n2. WHO. Asthma. 2021.\n"
)


def read(text: str | bytes, name: str) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return read_original(Original(name, name, data=data))[0]


def web(said: str, behind: str = "") -> Reading:
    return read(PAGE.format(said, behind), "page.html")


def told(one: Reading) -> list[tuple[str, str, tuple[str, ...], str]]:
    """What stands before each mark, what the text has of it, its labels and its kind."""
    text = one.document.text
    return [
        (text[max(0, each.start - 5) : each.start], text[each.start : each.end], each.labels,
         each.kind)
        for each in one.markers
    ]  # fmt: skip


class TestWebPages:
    @pytest.mark.parametrize(
        ("said", "wanted"),
        [
            ('It is long.<sup><a href="#a">1</a></sup> So.', ("long.", "", ("1",), "linked")),
            ('It is long.<sup><a href="#b">[2]</a></sup> So.', ("long.", "", ("2",), "linked")),
            ('It is long.<sup><a href="#">1</a></sup> So.', ("long.", "", ("1",), "linked")),
            ('It is long.<a href="#b"><sup>2</sup></a> So.', ("long.", "2", ("2",), "linked")),
            ('It is long.<a href="#b">1</a> So.', ("long.", "1", ("2",), "linked")),
            ("It is long.<sup>1</sup> So.", ("long.", "1", ("1",), "raised")),
            ("It is long.<sup>1,2</sup> So.", ("long.", "1,2", ("1", "2"), "raised")),
            ("It is long.<sup>1-3</sup> So.", ("long.", "1-3", ("1", "2", "3"), "raised")),
            ("It is long <a href='#a'>(Smith, 2020)</a>.",
             ("long ", "(Smith, 2020)", ("1",), "linked")),
            ('It is long.<a href="https://a.org/b">1</a> So.', ("long.", "1", ("1",), "outward")),
        ],
    )  # fmt: skip
    def test_the_usual_forms_are_handed_over(
        self, said: str, wanted: tuple[str, str, tuple[str, ...], str]
    ) -> None:
        assert told(web(said)) == [wanted]

    def test_the_text_is_what_it_was(self) -> None:
        said = 'It  is\n long.<sup> <a href="#a">1</a></sup>  Cafe\u0301 helps.<sup>2</sup> So.'
        one = web(said)
        assert one.document.text.split("\n\n")[1] == "It is long. Caf\u00e9 helps.2 So."
        assert [each[:2] for each in told(one)] == [("long.", ""), ("elps.", "2")]

    def test_marks_stand_in_items_cells_captions_and_loose_text(self) -> None:
        mark = '<sup><a href="#a">1</a></sup>'
        for shape in (
            f"<ul><li>One is long{mark}</li></ul>", f"Loose is long{mark} <p>x</p>",
            f"<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>is long{mark}</td></tr></table>",
            f"<dl><dt>Dose</dt><dd>is long{mark}</dd></dl>",
            f"<table><caption>It is long{mark}</caption><tr><td>a</td><td>b</td></tr></table>",
        ):  # fmt: skip
            one = read(PAGE.format("x", "").replace("<p>x</p>", shape, 1), "page.html")
            assert [(each[0], each[2]) for each in told(one)] == [(" long", ("1",))], shape

    @pytest.mark.parametrize(
        "said",
        [
            "See the <a href='#c'>causes</a> below.",
            "The 19<sup>th</sup> day.",
            "<sup>1</sup> Note.",
        ],
    )
    def test_other_links_and_raised_words_are_no_marks(self, said: str) -> None:
        assert web(said).markers == ()

    def test_a_mark_that_leads_to_another_part_of_the_page_names_no_entry(self) -> None:
        one = web("It is long.<sup><a href='#n'>9</a></sup>", "<h2>Notes</h2><p id='n'>A note.</p>")
        assert one.markers[0].labels == ()


class TestMarkdown:
    @pytest.mark.parametrize(
        ("said", "labels", "kind"),
        [
            ("It is long.<sup>1</sup> So.", ("1",), "raised"),
            ("It is long.<sup>[1](#r1)</sup> So.", ("1",), "linked"),
            ("It is long.[2](#r2) So.", ("2",), "linked"),
            ("It is long.[2](https://a.org/b) So.", ("2",), "outward"),
            ("| Drug | Use |\n|---|---|\n| A | long.<sup>2</sup> |", ("2",), "raised"),
        ],
    )
    def test_raised_and_linked_numbers_are_marks(
        self, said: str, labels: tuple[str, ...], kind: str
    ) -> None:
        one = read(MARKDOWN.format(said), "page.md")
        found = told(one)
        assert [(each[0], each[2], each[3]) for each in found] == [("long.", labels, kind)]

    def test_brackets_that_never_close_cost_no_time(self) -> None:
        wild = "[" * 40_000
        began = monotonic()
        one = read(f"# A\n\n{wild}\n\nIt is long.[1](#r1) See [b](#b).\n", "page.md")
        assert monotonic() - began < 5
        assert one.document.text == f"A\n\n{wild}\n\nIt is long.1 See b."

    def test_a_link_with_words_is_none(self) -> None:
        one = read(MARKDOWN.format("See [the list](#r1), H<sub>2</sub>O."), "page.md")
        assert one.markers == ()


def word(*paragraphs: tuple[str, str, str]) -> bytes:
    """A Word file of paragraphs: style, words, and a raised number behind them."""
    import docx

    file: Any = docx.Document()
    for style, said, raised in paragraphs:
        one = file.add_paragraph(said, style=style)
        if raised:
            one.add_run(raised).font.superscript = True
            one.add_run(" So it is.")
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


class TestWord:
    def test_raised_numbers_are_marks(self) -> None:
        one = read(word(("Heading 1", "Asthma", ""), ("Normal", "It is long.", "1,2")), "a.docx")
        assert told(one) == [("long.", "1,2", ("1", "2"), "raised")]
        assert "It is long.1,2 So it is." in one.document.text

    def test_the_mark_of_a_footnote_cites_what_is_in_no_list(self) -> None:
        import docx
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        file: Any = docx.Document()
        file.add_heading("Asthma", 1)
        mark: Any = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), "2")
        one = file.add_paragraph("It is long.")
        one.add_run()._r.append(mark)
        one.add_run(" So it is.")
        held = io.BytesIO()
        file.save(held)
        assert told(read(held.getvalue(), "a.docx")) == [("long.", "", (), "linked")]

    def test_a_raised_word_is_none(self) -> None:
        one = read(word(("Heading 1", "Asthma", ""), ("Normal", "On the 4", "th")), "a.docx")
        assert one.markers == ()

    def test_the_day_of_the_template_dates_nothing(self) -> None:
        one = read(word(("Heading 1", "Asthma", ""), ("Normal", "It is long.", "")), "a.docx")
        assert one.record.updated == ""

    def test_the_list_ends_at_the_credits(self) -> None:
        one = read(
            word(
                ("Heading 1", "Asthma", ""), ("Normal", "It is long.", ""),
                ("Heading 2", "References", ""), ("List Number", "Smith J. Asthma. 2020.", ""),
                ("Normal", "Written by Ann Lee, nurse. Funding: none.", ""),
            ),
            "a.docx",
        )  # fmt: skip
        assert [each.label for each in one.references] == ["1"]
        assert marks(one)["Written by Ann Lee, nurse."] is Mark.FURNITURE


def marks(one: Reading) -> dict[str, Mark]:
    text = one.document.text
    return {text[each.start : each.end]: each.mark for each in one.document.passages}


class TestListEnd:
    BEHIND = "<p>Written by Jane Smith, nurse.</p><p>Last reviewed: 12 March 2026.</p>"

    def test_credits_behind_the_list_are_no_references(self) -> None:
        one = web("It is long.[1]", self.BEHIND)
        assert len(one.references) == 2
        assert marks(one)["Written by Jane Smith, nurse."] is Mark.FURNITURE
        assert marks(one)["Last reviewed: 12 March 2026."] is Mark.FURNITURE

    def test_the_same_in_a_list_of_paragraphs_in_markdown_and_in_text(self) -> None:
        entries = "Smith J. Asthma. Lancet 2020.\n\nLee P. Asthma. BMJ 2021.\n\n"
        credit = "Written by: Tom Hill, nurse.\n"
        web_list = PAGE.replace("<ol>", "<div>").replace("</ol>", "</div>")
        web_list = web_list.replace("<li", "<p").replace("</li>", "</p>")
        for one in (
            read(web_list.format("It is long.", f"<p>{credit}</p>"), "page.html"),
            read(f"# Asthma\n\nIt is long.\n\n## References\n\n{entries}{credit}", "page.md"),
            read(MARKDOWN.format("It is long.") + f"\n{credit}", "page.md"),
            read(f"Asthma\n\nIt is long.\n\nReferences\n\n{entries}{credit}", "page.txt"),
        ):
            found = marks(one)
            assert found["Written by: Tom Hill, nurse."] is not Mark.REFERENCE
            assert sum(each is Mark.REFERENCE for each in found.values()) == 2

    def test_lines_that_markdown_takes_for_more_of_the_last_entry(self) -> None:
        credit = "Written by: Tom Hill, nurse.\nReviewed by: Dr Ann Lee.\n"
        found = marks(read(MARKDOWN.format("It is long.") + credit, "page.md"))
        assert found["WHO. Asthma. 2021."] is Mark.REFERENCE
        assert found["Written by: Tom Hill, nurse."] is Mark.FURNITURE
        more = "A report on air and lungs.\n"
        found = marks(read(MARKDOWN.format("It is long.") + more, "page.md"))
        assert found["WHO. Asthma. 2021. A report on air and lungs."] is Mark.REFERENCE

    def test_entries_and_headings_within_the_list_do_not_end_it(self) -> None:
        more = (
            "<p>Further reading</p><p>Brown T. Inhalers. BMJ. 2019;3:4.</p>"
            "<p>Reviewed evidence on inhalers (2020), https://a.org/b</p>"
        )
        found = marks(web("It is long.[1]", more))
        assert all(found[one] is Mark.REFERENCE for one in list(found)[1:])

    def test_a_section_behind_the_list_is_content_again(self) -> None:
        one = web("It is long.", self.BEHIND + "<h2>Inhalers</h2><p>They help.</p>")
        assert marks(one)["They help."] is Mark.CONTENT

    @pytest.mark.parametrize(
        "line",
        ["Reviewed by Dr Ali Khan", "Page last reviewed: May 2026", "Issue date: May 2026",
         "Funding: none.", "Competing interests: none", "Content owner: Respiratory team",
         "Autora: Lucía Pérez, enfermera.", "Revisado por la Dra. Ana Ruiz", "Financiación: ninguna.",
         "Próxima revisión: mayo de 2028", "লেখক: রহিমা খাতুন", "শেষ পর্যালোচনা: ৫ মার্চ ২০২৬",
         "অর্থায়ন: নেই।"],
    )  # fmt: skip
    def test_labels_of_credits(self, line: str) -> None:
        assert begins_credits(line)
        assert ends_list(line, listed=False)

    @pytest.mark.parametrize(
        "line",
        ["Reviewed evidence on asthma. Lancet 2020.", "Funding bodies and bias. BMJ 2019;2:3.",
         "Author guidelines of the journal. 2020.", "By the sea: asthma and air. 1999.",
         "Ruiz A. Revisión del asma. Rev Clin 2019.", "Last words. Lancet 1990."],
    )  # fmt: skip
    def test_entries_that_begin_much_like_them(self, line: str) -> None:
        assert not begins_credits(line)
        assert not ends_list(line, listed=True)


def test_a_marker_is_a_plain_record() -> None:
    assert Marker(1, 2, ("1",)).kind == "linked"
