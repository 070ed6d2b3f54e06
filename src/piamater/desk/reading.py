"""Reading: what a reviewer is shown, which is all that a signature covers.

A cell of the ledger is signed over the Markdown of a block in one view, its pictures, and the
quotes under it. So each sentence is shown over its quotes, and beside them whatever a sentence
does not tell: pictures with their alternative text, where links lead, heads of tables, headings,
and the fields of the page. Each is ticked by itself.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from piamater.corpus import Library
from piamater.errors import LibraryError
from piamater.guides import Audience, Edition, Guide, statements
from piamater.guides.figures import SUFFIXES, figures
from piamater.guides.model import Block, Part
from piamater.guides.render import Page, render_part
from piamater.guides.review.cells import FRONT, NAMES
from piamater.guides.statements import beside, inline_text, markdown

_LAID_OUT = ("<table", "<figure", "<a ", "<ol", "<em", "<strong")
"""What a sentence by itself does not show: where there is some, the block is shown as laid out."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to tick: its name in the form, and the quotes that it stands on.

    The name holds a digest of the words and the quotes, so that a tick never passes to other
    words. ``again``: it was shown in the patient view, and is ticked there for both. ``picture``
    is the address of a picture, with its bytes in it.
    """

    name: str
    text: str
    quotes: tuple[dict[str, str], ...] = ()
    again: bool = False
    picture: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A block in one view: what is to be ticked, and the block as readers see it laid out."""

    block: str
    view: str
    heading: str
    kind: str
    behind: bool
    lines: tuple[Line, ...]
    shown: SafeString = field(default_factory=lambda: SafeString(""))

    @property
    def laid_out(self) -> bool:
        """Whether it holds more than plain sentences and lists."""
        return any(one in self.shown for one in _LAID_OUT)

    @property
    def again(self) -> bool:
        """Whether some of it stands in the patient view too."""
        return any(one.again for one in self.lines)


class Reading:
    """What is read of one language of a draft; ``home`` is where links to other guides lead."""

    def __init__(self, library: Library, edition: Edition, guide: Guide, home: str = "") -> None:
        self.library, self.edition, self.guide, self.home = library, edition, guide, home

    def cells(self) -> list[Cell]:
        """All cells in the page's order: title and blocks of the patient view, then the other.

        Raises:
            LibraryError: a picture was changed since the draft was read.
        """
        return [one for view in (Audience.PATIENT, Audience.CLINICAL) for one in self._of(view)]

    def _of(self, view: Audience) -> Iterator[Cell]:
        first = view is Audience.PATIENT
        yield Cell(
            FRONT, str(view), "Title, description and what is told about the page", "", False,
            tuple(self._named(FRONT, view, _front(self.guide, self.edition.original, view))),
        )  # fmt: skip
        for block in self.guide.blocks:
            parts = block.parts_for(view)
            if not parts:
                continue
            lines = [
                (part.audience is Audience.BOTH, *one)
                for part in parts
                for one in self._lines(part)
            ]
            new = [one for one in parts if first or one.audience is view]
            yield Cell(
                block.id, str(view), block.heading, _kind(block), self._behind(block),
                tuple(self._named(block.id, view, lines)), self._laid_out(new),
            )  # fmt: skip

    def _lines(self, part: Part) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
        """Text, labels, picture and what kind of thing it is."""
        for one in statements(part, self.guide.language):
            yield one.text, one.labels, "", ""
        for text in beside(part):
            yield text, (), "", "Heading"
        for picture in figures(part):
            yield picture.alternative, (), self.picture(picture.file), f"Picture {picture.file}"
        for text, target in links(part):
            yield f"{text} → {target}", (), "", "Link"

    def _named(
        self,
        block: str,
        view: Audience,
        lines: Iterable[tuple[bool, str, tuple[str, ...], str, str]],
    ) -> Iterator[Line]:
        seen: Counter[str] = Counter()
        for both, text, labels, picture, told in lines:
            cited = [self.edition.evidence[one] for one in labels if one in self.edition.evidence]
            digest = sha256(repr((told, text, picture, cited)).encode("utf-8")).hexdigest()[:16]
            name = f"{'both' if both else view}.{block}.{digest}.{seen[digest]}"
            seen[digest] += 1
            again = both and view is Audience.CLINICAL
            yield Line(name, text, () if again else self._quotes(labels), again, picture, told)

    def _behind(self, block: Block) -> bool:
        theirs = self.edition.original.block(block.id)
        return self.guide.is_translation and (theirs is None or theirs.hash != block.of)

    def _laid_out(self, parts: Sequence[Part]) -> SafeString:
        page = Page(self.guide.language, _Links(self))
        # each piece is escaped by the renderer, which passes no HTML of a guide
        return mark_safe("".join(render_part(one, page) for one in parts))  # noqa: S308

    def picture(self, name: str) -> str:
        """A picture as an address that holds its bytes: those that are signed, or none.

        Raises:
            LibraryError: the file is not what the draft holds.
        """
        path = self.library.folder / "guides" / self.edition.guide / "figures" / name
        data = path.read_bytes() if path.is_file() else b""
        if sha256(data).hexdigest() != self.edition.figures.get(name):
            raise LibraryError(
                f"the picture {name} was changed while it was read",
                where=self.edition.guide,
                todo="open the page again",
            )
        kind = SUFFIXES.get(PurePosixPath(name).suffix, "application/octet-stream")
        return f"data:{kind};base64,{b64encode(data).decode('ascii')}"

    def _quotes(self, labels: Iterable[str]) -> tuple[dict[str, str], ...]:
        """The quotes of a statement, each with the words around it and the source's standing."""
        found = []
        for label in labels:
            one = self.edition.evidence.get(label)
            if one is None:
                continue
            held = self.library.corpus.version(one.source, one.version)
            text = self.library.corpus.text(one.source, one.version)
            found.append(
                {
                    "label": label,
                    "source": one.source,
                    "title": held.record.title,
                    "standing": self.library.judge(held).standing.value,
                    "before": text[max(0, one.start - 160) : one.start],
                    "quote": text[one.start : one.end],
                    "after": text[one.end : one.end + 160],
                }
            )
        return tuple(found)


def _front(
    guide: Guide, original: Guide, view: Audience
) -> Iterator[tuple[bool, str, tuple[str, ...], str, str]]:
    """What is signed with the title: everything of the front matter, and which blocks there are."""
    shown = [one for one in guide.blocks if one.parts_for(view)]
    yield True, guide.title, (), "", "Title"
    yield True, guide.plain_title, (), "", "Title in plain words"
    yield True, guide.description, (), "", "Description"
    names = [one.text for part in _other_names(guide) for one in statements(part, guide.language)]
    if names:
        yield True, "; ".join(names), (), "", "Other names"
    fields = {
        "type": guide.type,
        "concepts": guide.concepts,
        "groups": guide.groups,
        "authors": guide.authors,
        "submitted": guide.submitted,
        "review due": guide.review_due,
        **{
            key: value
            for key, value in ({**original.front, **guide.front}).items()
            if key.replace("-", "_") not in ("title", "plain_title", "groups")
        },
    }
    told = "; ".join(f"{key}: {text}" for key, value in fields.items() if (text := _plain(value)))
    yield True, told, (), "", "About the page"
    yield False, ", ".join(one.id for one in shown), (), "", "Blocks, in this order"


def _other_names(guide: Guide) -> list[Part]:
    return [part for one in guide.of_kind(NAMES) for part in one.parts]


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return str(value)


def _kind(block: Block) -> str:
    """The kind of a block, with its category and its name where it has them."""
    named = f" #{block.id}" if block.id != block.kind else ""
    return f"{block.kind}{named}" + (f", {block.category}" if block.category else "")


def links(part: Part) -> list[tuple[str, str]]:
    """The links of a part: their words, and where they lead with the title that they bear."""
    found = []
    for token in markdown().parse(part.source):
        opened: tuple[int, str] | None = None
        for n, child in enumerate(token.children or []):
            if child.type == "link_open":
                title = str(child.attrs.get("title", ""))
                target = str(child.attrs.get("href", ""))
                opened = n, f"{target} “{title}”" if title else target
            elif child.type == "link_close" and opened:
                start, target = opened
                inner = type(token)("inline", "", 0, children=(token.children or [])[start:n])
                found.append((inline_text(inner), target))
    return found


class _Links:
    """Where the page that a reviewer reads points."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def cite(self, labels: Sequence[str]) -> str:
        """The labels of citations, as they stand below in the quotes."""
        return "".join(f"<sup>[{escape(one)}]</sup>" for one in labels)

    def guide_address(self, target: str) -> str:
        """The desk's page of another guide; none for who comes by link."""
        home = self.reading.home
        held = self.reading.library.folder / "guides" / target
        return f"{home}{target}/" if home and held.is_dir() else ""

    def figure(self, name: str) -> str:
        """The picture itself."""
        return self.reading.picture(name)

    def word(self, id_: str, text: str) -> str:
        """A word that the glossary explains stands as it is."""
        return escape(text, quote=False)
