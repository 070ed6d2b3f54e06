"""MedQuAD: pages of US health institutes as questions and answers (Ben Abacha 2019).

One file is one page. The collection writes lists as `` - one  - two`` and then repeats them run
together; the lists are read as lists and the repeats marked as damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.errors import EmptySourceError
from piamater.sources.reader import Original
from piamater.sources.record import Kind, Reading, Record
from piamater.sources.xml import parse, text_of
from piamater.text import DocumentBuilder, Mark

PUBLISHERS = {
    "CancerGov": "National Cancer Institute",
    "GARD": "Genetic and Rare Diseases Information Center",
    "GHR": "Genetics Home Reference, US National Library of Medicine",
    "MPlusHealthTopics": "MedlinePlus, US National Library of Medicine",
    "NIDDK": "National Institute of Diabetes and Digestive and Kidney Diseases",
    "NINDS": "National Institute of Neurological Disorders and Stroke",
    "NIHSeniorHealth": "NIHSeniorHealth, National Institutes of Health",
    "NHLBI": "National Heart, Lung, and Blood Institute",
    "CDC": "Centers for Disease Control and Prevention",
    "ADAM": "MedlinePlus A.D.A.M. Medical Encyclopedia",
}

_FURNITURE = re.compile(
    r"^(?:These resources (?:address|from MedlinePlus)|Frequently Asked Questions|"
    r"(?:You can find|If you (?:need|would like)|For more information|More information about|"
    r"To learn more|See also|See (?:the|Drugs) )|The Resources section|"
    r"Genetic Testing Registry|Gene Review:|MedlinePlus Encyclopedia|"
    r"Check the list of NCI-supported|Clinical trials are taking place)",
)
_BULLET = re.compile(r"(?:^|(?<=[\s:.]))[-–•]\s+(?=\S)")


class MedquadReader:
    """Reads a MedQuAD page."""

    name = "medquad"
    suffixes = (".xml",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as a MedQuAD page does."""
        return b"<Document" in head and (b"<Focus" in head or b"<QAPairs" in head)

    def read(self, original: Original) -> Iterator[Reading]:
        """The one page of the file.

        Raises:
            EmptySourceError: it has questions and no answers.
        """
        root = parse(original.read())
        focus = text_of(root.find("Focus"))
        builder = DocumentBuilder("en")
        types: list[str] = []
        for pair in root.iter("QAPair"):
            answer = pair.find("Answer")
            body = "".join(answer.itertext()).strip() if answer is not None else ""
            if not body:
                continue
            question = pair.find("Question")
            builder.heading(re.sub(r"\s+\?", "?", text_of(question)), 1, locator=_place(pair))
            types.append(question.get("qtype", "") if question is not None else "")
            for block in split_blocks(body):
                _write(builder, block, _place(pair))
        if not types:
            raise EmptySourceError(
                "it has questions without answers",
                where=original.location,
                todo="nothing: the collection leaves these answers out",
            )
        stem = original.name.rsplit("/", 1)[-1].removesuffix(".xml")
        yield Reading(_record(root, focus, types, stem), builder.build())


def _place(pair: object) -> str:
    return f"QAPair {pair.get('pid', '')}"  # type: ignore[attr-defined]


def _record(root: object, focus: str, types: list[str], stem: str) -> Record:
    """The record; the file's name tells pages apart that share an id in the collection."""
    get = root.get  # type: ignore[attr-defined]
    source = get("source", "")
    synonyms = [text_of(one) for one in root.iter("Synonym")]  # type: ignore[attr-defined]
    csl = {
        "type": "webpage",
        "title": focus,
        "publisher": PUBLISHERS.get(source, source),
        "author": [{"literal": PUBLISHERS.get(source, source)}],
        "URL": get("url", ""),
        "language": "en",
        "custom": {"synonyms": [one for one in synonyms if one], "qtypes": types},
    }
    return Record(
        f"medquad:{source}:{stem}",
        focus,
        Kind.PATIENT_INFORMATION,
        "MedQuAD holds questions and answers of public health pages for consumers",
        csl,
        licence="CC-BY-4.0",
        audience="patient",
    )


Block = tuple[str, str]
"""The form of a block (``text``, ``item``, ``repeat``) and its text."""


def split_blocks(body: str) -> list[Block]:
    """An answer as running text, list items, and repeats of lists run together."""
    body = re.sub(r"[ \t]*\n\s*", "\n", body)
    blocks: list[Block] = []
    for part in body.split("\n"):
        blocks += _parts(part)
    return [one for one in blocks if one[1].strip()]


def _parts(text: str) -> Iterator[Block]:
    starts = [match for match in _BULLET.finditer(text) if _opens(text, match)]
    if len(starts) < 2:
        yield "text", text
        return
    yield "text", text[: starts[0].start()]
    items = [
        text[one.end() : (starts[n + 1].start() if n + 1 < len(starts) else len(text))]
        for n, one in enumerate(starts)
    ]
    last, rest = _last_item(items[-1], items[:-1])
    for item in (*items[:-1], last):
        yield "item", item.strip()
    if rest:
        repeat, rest = _repeat(rest, [*items[:-1], last])
        yield "repeat", repeat
        yield "text", rest


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a dash opens a list item: it stands at the start or behind two spaces or a mark."""
    before = text[max(0, match.start() - 2) : match.start()]
    return (
        match.start() == 0
        or before.endswith("  ")
        or before.rstrip()[-1:] in (":", ".", "")
        or (before.endswith(" ") and text[match.end() - 1 : match.end()] == " ")
    )


def _last_item(text: str, others: list[str]) -> tuple[str, str]:
    """The last item, and what follows it: items end at a double space or a sentence's end."""
    if found := re.search(r"\s{2,}", text):
        return text[: found.start()], text[found.end() :]
    if others and (found := re.search(r"(?<=[.!?])\s+(?=[A-Z])", text)):
        return text[: found.start()], text[found.end() :]
    return text, ""


def _repeat(text: str, items: list[str]) -> tuple[str, str]:
    """Cut the run of the items that the collection writes a second time behind a list."""
    words = [re.sub(r"\W+", "", word).lower() for item in items for word in item.split()]
    words = [word for word in words if word]
    at = matched = 0
    for token in re.finditer(r"\S+", text):
        bare = re.sub(r"\W+", "", token.group()).lower()
        if not bare:
            at = token.end()
            continue
        if matched < len(words) and bare == words[matched]:
            matched += 1
            at = token.end()
        else:
            break
    if matched >= max(2, len(words) // 2):
        return text[:at], text[at:].strip()
    return "", text


_TABLE = re.compile(r"Signs and Symptoms Approximate number of patients \(when available\)")
_ROW = re.compile(r"(.+?)\s(-|\d{1,3}%|\d+ ?/ ?\d+|\d+/\d+)(?=\s[A-Z0-9]|\s?$|\sThe Human)")


def _write(builder: DocumentBuilder, block: Block, place: str) -> None:
    form, text = block
    if form == "item":
        mark = Mark.FURNITURE if _FURNITURE.match(text) else Mark.CONTENT
        builder.item(text, mark=mark, locator=place)
        return
    if form == "repeat":
        builder.paragraph(text, mark=Mark.DAMAGE, locator=place)
        return
    before, table, behind = _table(text)
    mark = Mark.FURNITURE if _FURNITURE.match(before) else Mark.CONTENT
    builder.paragraph(before, mark=mark, locator=place)
    if table:
        builder.row(["Sign or symptom", "Share of patients"], header=True, locator=place)
        for sign, share in table:
            builder.row([sign, share], locator=place)
    builder.paragraph(behind, locator=place)


def _table(text: str) -> tuple[str, list[tuple[str, str]], str]:
    """The table of signs that rare-disease pages hold run together, and what is around it."""
    found = _TABLE.search(text)
    if not found:
        return text, [], ""
    end = text.find("The Human Phenotype Ontology (HPO)", found.end())
    body = text[found.end() : end if end > 0 else len(text)]
    rows = [(sign.strip(), share) for sign, share in _ROW.findall(body + " ")]
    return text[: found.start()], rows, text[end:] if end > 0 else ""
