"""MedQuAD: pages of US health institutes as questions and answers (Ben Abacha 2019).

One file is one page. The collection writes lists as `` - one  - two`` and then repeats them run
together; the lists are read as lists and the repeats marked as damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from piamater.errors import EmptySourceError
from piamater.sources.medquad_text import Block, answer_blocks
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


_DEEPEST = 7
"""A level that no section has: leaving it closes none, and what led the items leads no more."""


class MedquadReader:
    """Reads a MedQuAD page."""

    name = "medquad"
    suffixes = (".xml",)

    def recognises(self, head: bytes, suffix: str) -> bool:
        """Whether the file begins as a MedQuAD page does."""
        told = b"<QAPairs" in head or b"<Focus>" in head
        return (told and b"<D" in head) or b"<doctitle-focus" in head

    def read(self, original: Original) -> Iterator[Reading]:
        """The one page of the file.

        Raises:
            EmptySourceError: it has questions and no answers.
        """
        root = parse(original.read())
        builder = DocumentBuilder("en")
        types: list[str] = []
        for pair in root.iter("QAPair", "pair"):
            answer, question = _child(pair, "Answer"), _child(pair, "Question")
            body = "".join(answer.itertext()).strip() if answer is not None else ""
            if not body:
                continue
            types.append(question.get("qtype", "") if question is not None else "")
            _write(builder, _asked(question), answer_blocks(body), f"QAPair {pair.get('pid', '')}")
        if not types:
            raise EmptySourceError(
                "it has questions without answers",
                where=original.location,
                todo="nothing: the collection leaves these answers out",
            )
        stem = original.name.rsplit("/", 1)[-1].removesuffix(".xml")
        yield Reading(_record(root, types, stem), builder.build())


def _child(parent: Any, name: str) -> Any:
    """A child by its name, which five files of the collection write in small letters."""
    found = parent.find(name)
    return parent.find(name.lower()) if found is None else found


def _asked(question: Any) -> str:
    """A question with its mark behind the last word."""
    return re.sub(r"[\s?]*\?$", "?", text_of(question))


def _write(builder: DocumentBuilder, asked: str, blocks: list[Block], place: str) -> None:
    """A question as a section, its answer as what stands in it."""
    content = any(one.mark is Mark.CONTENT for one in blocks)
    builder.heading(asked, 1, mark=Mark.CONTENT if content else Mark.FURNITURE, locator=place)
    for form, text, mark, cells in blocks:
        if form == "heading":
            builder.heading(text, 2, locator=place)
        elif form == "end":
            builder.leave(_DEEPEST)
        elif form == "item":
            builder.item(text, mark=mark, locator=place)
        elif cells:
            builder.row(cells, header=form == "header", mark=mark, locator=place)
        else:
            builder.paragraph(text, mark=mark, locator=place)


def _record(root: Any, types: list[str], stem: str) -> Record:
    """The record; the file's name tells pages apart that share an id in the collection."""
    focus = text_of(root.find("Focus")) or text_of(root.find("doctitle-focus"))
    source = root.get("source") or root.get("corpus") or ""
    publisher = PUBLISHERS.get(source, source)
    custom = {
        "synonyms": _texts(root, "Synonym"),
        "cuis": _texts(root, "CUI"),
        "semantic-types": _texts(root, "SemanticType"),
        "semantic-group": _texts(root, "SemanticGroup"),
        "qtypes": types,
    }
    csl = {
        "type": "webpage",
        "title": focus,
        "publisher": publisher,
        "author": [{"literal": publisher}],
        "URL": root.get("url", ""),
        "language": "en",
        "custom": {key: value for key, value in custom.items() if value},
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


def _texts(root: Any, tag: str) -> list[str]:
    return [text for one in root.iter(tag) if (text := text_of(one))]
