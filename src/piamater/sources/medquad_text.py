"""The answers of MedQuAD: pages flattened to one string, cut into blocks again.

The collection kept the words of web pages and lost their markup: list items stand behind dashes,
some lists are written a second time run together, tables are strings, headings are short lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from piamater.sources.medquad_lists import OPENS_LIST, lists
from piamater.text import Mark


class Block(NamedTuple):
    """A piece of an answer.

    ``form`` is ``text``, ``item``, ``row``, ``header``, ``heading``, or ``end``: what comes next
    is no longer led by the running text before it.
    """

    form: str
    text: str
    mark: Mark = Mark.CONTENT
    cells: tuple[str, ...] = ()


_PIECE = re.compile(r"\s*\n\s*|\s{3,}(?=[^\s•-]|-\S)")
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to"}
_SMALL |= {"vs", "with", "your", "is", "are"}

_ONLY_LINKS = re.compile(r"^These resources (?:address|from MedlinePlus)")
_LINK_LINE = re.compile(
    r"^(?:(?:NIH:? )?(?:National (?:Institutes? |Library |Heart, |Eye |Cancer )[^.]*)|"
    r"(?:NIH|CDC|FDA):? [A-Z][^.]*|"
    r"(?:Centers? for|Agency for|Department of|Food and Drug|Environmental Protection|"
    r"Health Resources|Administration on|Federal|Office (?:of|on)|Substance Abuse and|"
    r"Consumer Product|Nemours|American) [^.:]{4,90}|"
    r"Frequently Asked Questions.{0,40}|Podcasts?|Videos?|Español|Espaol|"
    r"On [Tt]his [Pp]age.{0,80}|More on:.{0,80}|More [Ii]nformation.{0,60}|"
    r"Related (?:Pages|Links).{0,40}|Top of Page|"
    r"Fact [Ss]heets?|Additional [Rr]esources.{0,40}|\[?Top\]?)$"
)
_FURNITURE = re.compile(
    r"(?:Check the list of NCI-supported|For more specific results, refine the search|"
    r"General information about clinical trials is available|"
    r"See the PDQ summar|\(?See the PDQ|See Drugs Approved for|"
    r"These resources (?:address|from MedlinePlus)|"
    r"\(?Watch the video|\(?To (?:enlarge|reduce) th(?:e|is) videos?,|"
    r"More information (?:about|on|is)\b[^.]{0,120}\bNIDDK health topic|"
    r"The following list of medical organizations|You can use the MedlinePlus Medical Dictionary|"
    r"You can find information about participating in a clinical trial|"
    r"If you (?:need|would like) (?:more|to (?:find|view|see))[^.]{0,80}|"
    r"(?:Click|Visit|Use) (?:on )?(?:the|this|each)? ?(?:link|following links?|page|web ?site)s?|"
    r"Please click on the link)"
    r"[^.?!]*(?:[.?!]\)?(?=\s|$)|$)"
)
_SIGNS = re.compile(
    r"(?P<lead>The Human Phenotype Ontology provides the following list.*?)?"
    r"(?P<header>Signs and Symptoms) (?P<share>Approximate number of patients \(when available\))"
    r"(?P<rows>.*?)"
    r"(?P<tail>The Human Phenotype Ontology \(HPO\) has collected.*?may be rare or common\.|$)",
    re.DOTALL,
)
_ROW = re.compile(r"\s*(\S.*?)\s(-|\d{1,3}(?:\.\d+)?%|\d+ ?/ ?\d+)(?=\s|$)")
_ECHO = re.compile(
    r"^(?:What|How|Is|Are|Who|Can|Does|Do|Why|When|Which)\b[^.?!\n]{5,150}\?\s+(?=[A-Z])"
)


def answer_blocks(body: str) -> list[Block]:
    """An answer as headings, running text, list items and table rows, each with its mark.

    What links elsewhere is furniture; the second writing of a list is damage.
    """
    body = body.strip()
    if _ONLY_LINKS.match(body):
        return [Block(form, text, Mark.FURNITURE) for form, text in lists(body)]
    blocks: list[Block] = []
    if echo := _ECHO.match(body):
        blocks.append(Block("text", echo.group().strip(), Mark.FURNITURE))
        body = body[echo.end() :]
    at = 0
    for table in _SIGNS.finditer(body):
        blocks += _pieces(body[at : table.start()])
        blocks += _signs(table)
        at = table.end()
    blocks += _pieces(body[at:])
    return [one for one in blocks if one.text.strip() or one.cells or one.form == "end"]


def _signs(table: re.Match[str]) -> Iterator[Block]:
    """The table of signs of a rare disease; a dash stands where no share is known."""
    yield Block("text", table["lead"] or "", Mark.FURNITURE)
    yield Block("header", "", cells=(table["header"], table["share"]))
    at = 0
    for row in _ROW.finditer(table["rows"]):
        cells = (row[1],) if row[2] == "-" else (row[1], row[2])
        yield Block("row", "", cells=cells)
        at = row.end()
    yield Block("text", table["rows"][at:])
    yield Block("text", table["tail"], Mark.FURNITURE)


def _pieces(body: str) -> list[Block]:
    """Lines and paragraphs: headings told from items told from running text."""
    body = _RUN_IN.sub(r"   \1   ", body)
    lines = [one.strip() for one in _PIECE.split(body)] if "\n" in body or "   " in body else [body]
    found = [one for line in lines if line for one in lists(line)]
    split = [one for block in _headed(found) for one in _furnished(block)]
    return list(_links_behind(split))


def _headed(found: list[tuple[str, str]]) -> Iterator[Block]:
    """Short lines: a heading before running text, an item in a run that a colon opens."""
    listing = False
    shreds = _shreds(found)
    before = ""
    for place, (form, text) in enumerate(found):
        if form == "item" and before == "text" and found[place - 1][1].endswith((".", "!", ")")):
            yield Block("end", "")
        before = form
        if form != "text":
            listing = False
            yield Block("text" if form == "repeat" else form, text, _MARKS.get(form, Mark.CONTENT))
        elif _LINK_LINE.match(text):
            yield Block("text", text, Mark.FURNITURE)
        elif not _is_short(text):
            listing = bool(OPENS_LIST.search(text))
            yield Block("text", text)
        elif place in shreds:
            yield Block("text", text, Mark.DAMAGE)
        elif listing and not (_is_title(text) and _heads(found[place + 1 :])):
            yield Block("item", text)
        elif text == "Key Points" or (text[0].isupper() and _heads(found[place + 1 :])):
            listing = False
            yield Block("heading", text)
        else:
            yield Block("text", text)


_MARKS = {"repeat": Mark.DAMAGE}
_RUN_IN = re.compile(
    r"(?:^|(?<=[.!?]\s))(Symptoms|Complications|Causes|Diagnosis|Treatments?|Prevention|Outlook|"
    r"Risk Factors|Diagnostic Tests|Screening|Side Effects|Surgery|Medications) "
    r"(?=[A-Z][a-z'\u2019]+ [a-z])"
)
"""Headings that the collection wrote at the beginning of their first sentence."""


def _is_short(text: str) -> bool:
    return len(text) < 90 and text[-1:] not in ".:?!;,"


def _heads(following: list[tuple[str, str]]) -> bool:
    """Whether what follows is what follows a heading: prose, or one more heading and prose."""
    for form, text in following[:2]:
        if form != "text":
            return form == "item" and (form, text) != following[0]
        if not _is_short(text):
            return len(text) > 40
        if not _is_title(text):
            return False
    return False


def _is_title(text: str) -> bool:
    """Whether a line is written as a heading is: capitals on all but the small words."""
    words = re.findall(r"[A-Za-z][\w'-]*", text)
    return bool(words) and all(w[0].isupper() or w.lower() in _SMALL for w in words)


def _shreds(found: list[tuple[str, str]]) -> set[int]:
    """The lines of tables that were cut into one cell a line; a bare number or dash tells them."""
    shreds: set[int] = set()
    run: list[int] = []
    for place, (form, text) in enumerate([*found, ("end", "")]):
        if form == "text" and _is_short(text):
            run.append(place)
            continue
        bare = sum(not re.search(r"[A-Za-z]{2}", found[one][1]) for one in run)
        if len(run) >= 4 and bare * 6 >= len(run):
            shreds.update(run)
        run = []
    return shreds


def _links_behind(blocks: list[Block]) -> Iterator[Block]:
    """The blocks; items that stand behind words that only point elsewhere are links."""
    pointing = False
    for one in blocks:
        if one.form == "item" and pointing:
            one = one._replace(mark=Mark.FURNITURE)
        elif one.text.strip():
            pointing = one.mark is Mark.FURNITURE and one.text.rstrip().endswith(":")
        yield one


def _furnished(block: Block) -> Iterator[Block]:
    """A block with the sentences in it that only point elsewhere cut out as furniture."""
    if block.form not in ("text", "item") or block.mark is not Mark.CONTENT:
        yield block
        return
    at, form = 0, block.form
    for found in _FURNITURE.finditer(block.text):
        if found.start() > at:
            yield block._replace(form=form, text=block.text[at : found.start()])
            form = "text"
        yield Block("text", found.group(), Mark.FURNITURE)
        at = found.end()
    if at < len(block.text):
        yield block._replace(form=form, text=block.text[at:])
