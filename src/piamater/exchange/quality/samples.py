"""Sample pages: three published guides, in both views and every language, as a reader has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from piamater.answers.urgent import emergency_number
from piamater.corpus import Library
from piamater.errors import PiamaterError
from piamater.exchange.quality import html
from piamater.exchange.quality.shelf import Shown, in_words
from piamater.guides import Audience, Block, block_kinds, treatment_categories
from piamater.guides.render import Page, render_part

COUNT = 3
"""Guides that are shown."""
FIRST = ("danger-emergency", "danger-soon", "learn-safely")
"""Blocks that stand before all others, as on the site."""
SAFETY = (*FIRST, "dosing", "warnings", "interactions")
"""Blocks whose numbers stand in both digit sets."""
VIEWS = ((Audience.PATIENT, "for patients"), (Audience.CLINICAL, "for clinicians"))


@dataclass
class Sample:
    """One guide in one language and view, as a page; its citations are numbered as they come."""

    library: Library
    shown: Shown
    view: Audience
    labels: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its file."""
        guide = self.shown.guide
        return f"{guide.id}-{guide.language}-{self.view}.html"

    def cite(self, labels: Sequence[str]) -> str:
        """The numbers behind a sentence."""
        numbers = [self.labels.setdefault(one, len(self.labels) + 1) for one in labels]
        return "".join(f'<sup>[<a href="#r{one}">{one}</a>]</sup>' for one in numbers)

    def guide_address(self, target: str) -> str:
        """Other guides are not in the export."""
        return ""

    def figure(self, name: str) -> str:
        """The address of a picture beside the page."""
        return f"figures/{quote(self.shown.guide.id)}/{quote(name)}"

    def word(self, id_: str, text: str) -> str:
        """A word, without its explanation."""
        return html.text(text)

    def html(self) -> bytes:
        """The whole page."""
        guide = self.shown.guide
        patient = self.view is Audience.PATIENT
        title = guide.plain_title if patient else guide.title
        body = "".join(map(self._block, self._blocks()))
        return html.page(
            title,
            f'<p class="small" lang="en">{html.link("../index.html", "Quality evidence")}, '
            f"{html.link('index.html', 'sample pages')}: {dict(VIEWS)[self.view]}</p>\n"
            f"<h1>{html.text(title)}</h1>\n{self._review()}{body}{self._references()}",
            up="../",
            language=guide.language,
        )

    def _blocks(self) -> list[Block]:
        order = {name: kind.order for name, kind in block_kinds().items()}
        categories = list(treatment_categories())

        def place(one: Block) -> tuple[int, int, int]:
            first = FIRST.index(one.kind) if one.kind in FIRST else len(FIRST)
            inner = categories.index(one.category) if one.category in categories else 0
            return first, order.get(one.kind, len(order)), inner

        return sorted(self.shown.guide.blocks, key=place)

    def _block(self, block: Block) -> str:
        page = Page(self.shown.guide.language, self, double_digits=block.kind in SAFETY)
        inner = "".join(render_part(one, page) for one in block.parts_for(self.view))
        if not inner:
            return ""
        urgent = block.kind == FIRST[0]
        return (
            f"<section{' class=' + chr(34) + 'urgent' + chr(34) if urgent else ''}>\n"
            f"<h2>{html.text(block.heading)}</h2>\n{self._phone() if urgent else ''}{inner}"
            "</section>\n"
        )

    def _phone(self) -> str:
        """The number to call: the library's country's, where it names one."""
        if number := emergency_number(self.library.settings.country):
            return f"<p><strong>{html.text(number)}</strong></p>\n"
        return (
            '<p class="small" lang="en">(The site shows the emergency number of the reader\'s '
            "country here; the library names no country.)</p>\n"
        )

    def _review(self) -> str:
        review, edition = self.shown.review, self.shown.edition
        if review is None or edition is None:
            return ""
        why = "; ".join(map(in_words, review.reasons))
        signed = f", signed by {review.by} (last on {review.on})" if review.by else ""
        overdue = " That day has passed." if review.overdue else ""
        return (
            f'<div class="state" lang="en"><p>Review state on {self.library.today}: '
            f"<strong>{html.text(review.state)}</strong>{html.text(signed)}."
            + (f" Why: {html.text(why)}." if why else "")
            + f" Next review due {html.text(review.next_due)}.{overdue} Edition "
            f"{edition.number} of {html.text(edition.published)}, {edition.hash[:12]}.</p></div>\n"
        )

    def _references(self) -> str:
        edition = self.shown.edition
        rows = []
        for label, number in self.labels.items():
            one = edition.evidence.get(label) if edition else None
            told = self._reference(one.source, one.version, one.quote) if one else "not held"
            rows.append(f'<li id="r{number}">{told}</li>\n')
        if not rows:
            return ""
        return f'<section lang="en">\n<h2>Sources</h2>\n<ol>\n{"".join(rows)}</ol>\n</section>\n'

    def _reference(self, source: str, version: str, quoted: str) -> str:
        try:
            held = self.library.corpus.version(source, version)
        except PiamaterError:
            return f"{html.text(source)}: not in the library any more"
        record = held.record
        language = held.languages[0] if held.languages else "und"
        about = ", ".join(one for one in (record.kind.value, record.published, record.url) if one)
        standing = self.library.judge(held).standing.value
        return (
            f'<span lang="{html.text(language)}">{html.text(record.title)}</span> '
            f"({html.text(about)}; {standing}): "
            f'<q lang="{html.text(language)}">{html.text(quoted)}</q>'
        )


def chosen(rows: Sequence[Shown]) -> list[str]:
    """The guides that are shown: approved ones first, of as many types as can be, by name."""
    originals = [one for one in rows if one.edition and not one.guide.is_translation]
    ranked = sorted(originals, key=lambda one: (one.state != "approved", one.guide.id))
    found: list[Shown] = []
    for one in ranked:
        if one.guide.type not in {each.guide.type for each in found}:
            found.append(one)
    found += [one for one in ranked if one not in found]
    return sorted(one.guide.id for one in found[:COUNT])


def sample_files(
    library: Library, rows: Sequence[Shown], problems: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The sample pages by their place in the export, with their pictures and a list of them."""
    ids = chosen(rows)
    wanted = [one for id_ in ids for one in rows if one.guide.id == id_ and one.edition]
    listed = []
    for one in wanted:
        for view, words in VIEWS:
            sample = Sample(library, one, view)
            yield f"samples/{sample.name}", sample.html()
            guide = one.guide
            listed.append(
                f"{html.link(sample.name, f'{guide.id}, {guide.language}, {words}')}: "
                f'<span lang="{guide.language}">{html.text(guide.title)}</span>'
            )
    for id_ in ids:
        edition = next(one.edition for one in wanted if one.guide.id == id_)
        for name in sorted(edition.figures) if edition else ():
            try:
                yield f"samples/figures/{id_}/{Path(name).name}", edition.figure(name)  # type: ignore[union-attr]
            except PiamaterError as error:
                problems.append(f"{id_}: {error.what}")
    told = html.items(listed) or "<p>No guide is published, so there is nothing to show.</p>\n"
    body = (
        f'<p class="small">{html.link("../index.html", "Quality evidence")}</p>\n'
        "<h1>Sample pages</h1>\n<p>The words, evidence and review state that readers have today. "
        "The layout is this export's own. Approved guides come first, then one of each type, by "
        f"name.</p>\n{told}"
    )
    yield "samples/index.html", html.page("Sample pages", body, up="../")
