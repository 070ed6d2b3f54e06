"""The typed blocks of a guide, as Wagtail edits them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.forms import CharField
from wagtail import blocks
from wagtail.fields import StreamField

from piamater.desk.widgets import Markdown
from piamater.guides.compose import BlockText, CiteText
from piamater.guides.kinds import BlockKind, block_kinds, treatment_categories

ROWS = 4


class Stream(StreamField):
    """A stream whose types stand in data files: the tables do not change when they do."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As a migration keeps it: without the types."""
        name, path, _, options = super().deconstruct()
        return name, path, [[]], {k: v for k, v in options.items() if k != "block_lookup"}


class Prose(blocks.TextBlock):
    """Markdown with a button that finds a passage and inserts its citation."""

    @cached_property
    def field(self) -> CharField:
        """The form's field: what is written is kept, spaces at the ends included."""
        return CharField(required=False, strip=False, widget=Markdown(attrs={"rows": ROWS}))


def guide_blocks() -> list[tuple[str, blocks.StructBlock]]:
    """One block type for each kind of block, in the order that pages show them."""
    return [(name, _block(kind)) for name, kind in block_kinds().items()]


def _block(kind: BlockKind) -> blocks.StructBlock:
    choices = [(name, words["en"]) for name, words in treatment_categories().items()]
    fields: list[tuple[str, blocks.Block]] = [
        ("heading", blocks.CharBlock(required=False, help_text="Empty: the usual heading.")),
        ("both", Prose(label="For both views")),
        ("patient", Prose(label="For patients")),
        ("clinical", Prose(label="For clinicians")),
        ("name", blocks.CharBlock(required=False, label="Name", help_text="In addresses.")),
        ("category", blocks.ChoiceBlock(required=False, choices=choices)),
        ("pin", blocks.CharBlock(required=False, label="Made from (the original's hash)")),
    ]
    return blocks.StructBlock(
        fields,
        label=kind.headings["en"],
        group="Safety" if kind.name.startswith("danger") else "Text",
        form_classname="desk-block",
    )


def to_value(one: BlockText) -> dict[str, Any]:
    """A block's fields as the stream holds them."""
    return {
        "type": one.kind,
        "value": {
            "heading": one.heading,
            "both": one.both,
            "patient": one.patient,
            "clinical": one.clinical,
            "name": one.id,
            "category": one.category,
            "pin": one.of,
        },
    }


def from_value(kind: str, value: Any) -> BlockText:
    """A block of the stream as the guide's file holds it."""
    lines = {
        key: (value[key] or "").replace("\r\n", "\n").strip("\n")
        for key in ("both", "patient", "clinical")
    }
    return BlockText(
        kind,
        (value["heading"] or "").strip(),
        (value["name"] or "").strip(),
        value["category"] or "",
        (value["pin"] or "").strip(),
        lines["both"],
        lines["patient"],
        lines["clinical"],
    )


def citation_blocks() -> list[tuple[str, blocks.StructBlock]]:
    """The one type of the stream of citations."""
    fields = [
        ("label", blocks.CharBlock(max_length=60)),
        ("source", blocks.CharBlock(max_length=300)),
        ("quote", blocks.CharBlock(max_length=2_000)),
    ]
    return [("citation", blocks.StructBlock(fields, label="Citation"))]


def cite_value(one: CiteText) -> dict[str, Any]:
    """A citation as the stream holds it."""
    return {
        "type": "citation",
        "value": {"label": one.label, "source": one.source, "quote": one.quote},
    }
