"""Guides as HTML fragments: Markdown with citation numbers, explained words and figures.

What is rendered is escaped throughout; no HTML of a guide passes (CommonMark without HTML).
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from piamater.guides.figures import FIGURE
from piamater.guides.glossary import Glossary
from piamater.guides.model import Part
from piamater.guides.statements import CITE_MARK

_BANGLA_NUMBER = re.compile("[০-৯]+(?:[.,/–-][০-৯]+)*")
_TO_LATIN = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


class Links(Protocol):
    """Where a rendered guide points: each method gives an HTML-safe piece or an address."""

    def cite(self, labels: Sequence[str]) -> str:
        """The HTML of the citation numbers that stand behind a sentence."""
        ...

    def guide_address(self, target: str) -> str:
        """The address of another guide, empty where there is none."""
        ...

    def figure(self, name: str) -> str:
        """The address of a picture."""
        ...

    def word(self, id_: str, text: str) -> str:
        """The HTML of a word that the glossary explains."""
        ...


@dataclass
class Page:
    """What the parts of one page share: links, the glossary, and the words explained so far.

    ``double_digits`` adds Western digits behind Bangla ones, where a number matters for safety.
    """

    language: str
    links: Links
    glossary: Glossary | None = None
    seen: set[str] = field(default_factory=set)
    double_digits: bool = False


def render_part(part: Part, page: Page) -> str:
    """The HTML of a part."""
    out, at = [], 0
    for match in FIGURE.finditer(part.source):
        out.append(_markdown(part.source[at : match.start()], page))
        rest = part.source[match.end() :]
        lead = len(rest) - len(rest.lstrip("\n"))
        caption = rest[lead:].split("\n\n")[0]
        out.append(_figure(match.group(1), match.group(2), caption, page))
        at = match.end() + lead + len(caption)
    out.append(_markdown(part.source[at:], page))
    return "".join(out)


def render_inline(text: str, page: Page) -> str:
    """The HTML of one line of text: citations and emphasis, no explained words."""
    plain = Page(page.language, page.links)
    return str(_parser().renderInline(text, {"page": plain}))


def _figure(alternative: str, name: str, caption: str, page: Page) -> str:
    return (
        f'<figure><img src="{escape(page.links.figure(name))}" alt="{escape(alternative)}" '
        f'loading="lazy"><figcaption>{render_inline(caption, page)}</figcaption></figure>\n'
    )


def _markdown(text: str, page: Page) -> str:
    return str(_parser().render(text, {"page": page})) if text.strip() else ""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    return parser.enable("table")


class _Renderer(RendererHTML):
    """CommonMark as HTML, with what a guide adds to it."""

    def text(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        page: Page = env["page"]
        content = tokens[idx].content
        bare = env.get("heading", 0) or _depth(tokens, idx, "link")
        out, at = [], 0
        for match in re.finditer(rf"(?:{CITE_MARK.pattern})+", content):
            out.append(_words(content[at : match.start()], page, bool(bare)))
            labels = CITE_MARK.findall(match.group())
            out.append("" if env.get("heading") else page.links.cite(labels))
            at = match.end()
        out.append(_words(content[at:], page, bool(bare)))
        return "".join(out)

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        page: Page = env["page"]
        target = str(tokens[idx].attrs.get("href", ""))
        address = (
            page.links.guide_address(target.removeprefix("guide:"))
            if target.startswith("guide:")
            else ""
        )
        env.setdefault("links", []).append(bool(address))
        return f'<a href="{escape(address)}">' if address else ""

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        return "</a>" if env["links"].pop() else ""

    def image(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        return escape(tokens[idx].content)

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        env["heading"] = 1
        return "<h3>"

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        env["heading"] = 0
        return "</h3>\n"

    def thead_open(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        env["heading"] = 1
        return "<thead>\n"

    def thead_close(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        env["heading"] = 0
        return "</thead>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        return '<th scope="col">'

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        return '<div class="scroll" tabindex="0"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        return "</table></div>\n"


def _depth(tokens: Sequence[Token], idx: int, kind: str) -> int:
    return sum((one.type == f"{kind}_open") - (one.type == f"{kind}_close") for one in tokens[:idx])


def _words(text: str, page: Page, bare: bool) -> str:
    if bare or page.glossary is None:
        return _digits(escape(text, quote=False), page)
    out, at = [], 0
    for found in page.glossary.find(text, seen=page.seen):
        out.append(_digits(escape(text[at : found.start], quote=False), page))
        out.append(page.links.word(found.word.id, text[found.start : found.end]))
        at = found.end
    out.append(_digits(escape(text[at:], quote=False), page))
    return "".join(out)


def _digits(html: str, page: Page) -> str:
    if not page.double_digits or page.language != "bn":
        return html
    return _BANGLA_NUMBER.sub(
        lambda found: f"{found.group()} ({found.group().translate(_TO_LATIN)})", html
    )
