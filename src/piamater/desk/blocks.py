"""The typed blocks of a guide, as Wagtail edits them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.forms import CharField
from wagtail import blocks
from wagtail.fields import StreamField

from piamater.desk.compared import Fields, Words
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
        return CharField(
            required=False,
            strip=False,
            widget=Markdown(attrs={"rows": ROWS}),
            help_text=self.field_options["help_text"],
        )

    def get_comparison_class(self) -> type[Words]:
        """How two revisions of it are compared: word by word, in every script."""
        return Words


class Struct(blocks.StructBlock):
    """A block of several fields: compared, it says what it is and which field changed."""

    def get_comparison_class(self) -> type[Fields]:
        """How two revisions of it are compared."""
        return Fields


def guide_blocks() -> list[tuple[str, blocks.StructBlock]]:
    """One block type for each kind of block, in the order that pages show them."""
    return [(name, _block(kind)) for name, kind in block_kinds().items()]


PROSE_HELP = {
    "both": "What patients and clinicians both read. Markdown: a line that begins with “- ” is an "
    "item of a list, **words** stand bold. After each statement its citation, such as [^who].",
    "patient": "Plain words for patients alone, as one would say it. Empty where nothing is.",
    "clinical": "For clinicians alone: exact, with numbers and doses. Empty where nothing is.",
}


def _block(kind: BlockKind) -> blocks.StructBlock:
    choices = [(name, words["en"]) for name, words in treatment_categories().items()]
    fields: list[tuple[str, blocks.Block]] = [
        (
            "heading",
            blocks.CharBlock(
                required=False,
                help_text=f"The heading that readers see. Empty: “{kind.headings['en']}”, or what "
                "that is in the page's language.",
            ),
        ),
        ("both", Prose(label="For both views", help_text=PROSE_HELP["both"])),
        ("patient", Prose(label="For patients", help_text=PROSE_HELP["patient"])),
        ("clinical", Prose(label="For clinicians", help_text=PROSE_HELP["clinical"])),
        (
            "name",
            blocks.CharBlock(
                required=False,
                label="Name",
                help_text="Small letters and hyphens, such as at-school: it stands in the block's "
                "address and tells it from another of its kind. Empty where there is but one.",
            ),
        ),
        (
            "category",
            blocks.ChoiceBlock(
                required=False,
                choices=choices,
                help_text="For treatments: which sort they are. Empty in every other block.",
            ),
        ),
        (
            "pin",
            blocks.CharBlock(
                required=False,
                label="Made from (the original's hash)",
                help_text="In a translation: which words of the original it was made from. The "
                "page with both languages side by side sets it; leave it as it is.",
            ),
        ),
    ]
    return Struct(
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
        (
            "label",
            blocks.CharBlock(
                max_length=60,
                help_text="What stands in the text between [^ and ]: small letters, digits and "
                "hyphens.",
            ),
        ),
        (
            "source",
            blocks.CharBlock(max_length=300, help_text="The source's id in the library."),
        ),
        (
            "quote",
            blocks.CharBlock(
                max_length=2_000,
                help_text="The source's own words, letter for letter, on one line.",
            ),
        ),
    ]
    return [("citation", Struct(fields, label="Citation"))]


def cite_value(one: CiteText) -> dict[str, Any]:
    """A citation as the stream holds it."""
    return {
        "type": "citation",
        "value": {"label": one.label, "source": one.source, "quote": one.quote},
    }


def with_ids(
    forms: list[dict[str, Any]],
    held: Iterable[Any],
    *keys: Callable[[str, Any], tuple[Any, ...]],
) -> list[dict[str, Any]]:
    """New forms of a stream with the ids of the blocks that stood there before.

    Comments hang on these ids, and revisions are compared by them. ``keys`` say what makes two
    blocks the same, the surest first; a block of the stream is taken up once. A block that is
    new keeps none: Wagtail gives it one.
    """
    left = [one for one in held if one.id]
    found: dict[int, str] = {}
    for key in keys:
        for n, form in enumerate(forms):
            if n in found:
                continue
            mine = key(form["type"], form["value"])
            same = next((one for one in left if key(one.block_type, one.value) == mine), None)
            if same is not None:
                found[n] = same.id
                left.remove(same)
    return [{**form, "id": found[n]} if n in found else form for n, form in enumerate(forms)]


def block_name(kind: str, value: Any) -> tuple[Any, ...]:
    """What a block is known by within its guide."""
    return kind, value["name"] or kind


def block_words(kind: str, value: Any) -> tuple[Any, ...]:
    """What a block says, whatever its name."""
    return kind, value["both"], value["patient"], value["clinical"]


def cite_label(_: str, value: Any) -> tuple[Any, ...]:
    """What a citation is known by within its guide."""
    return (value["label"],)


def cite_words(_: str, value: Any) -> tuple[Any, ...]:
    """What a citation says, whatever its label."""
    return value["source"], value["quote"]
