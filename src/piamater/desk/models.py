"""Pages of the desk: a guide in one language is a page, its file the truth.

A page keeps no words of its own: it is made from the file and written back to it, byte for byte
where nobody changed anything. Wagtail's revisions are the history of the drafting.
"""

from __future__ import annotations

import uuid
from dataclasses import astuple, replace
from typing import Any

from django.conf import settings
from django.db import models
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.blocks import StreamValue
from wagtail.models import Page

from piamater.desk.blocks import (
    Stream,
    block_name,
    block_words,
    citation_blocks,
    cite_label,
    cite_value,
    cite_words,
    from_value,
    guide_blocks,
    to_value,
    with_ids,
)
from piamater.desk.panels import FindingsPanel
from piamater.guides.compose import BlockText, CiteText, GuideText, block_text, taken_apart

LONGEST = {"title": 255, "plain-title": 255, "description": 500, "review-due": 10}
"""Code points of a field that the form holds; a longer one of a file stays whole in the file."""


class GuideIndex(Page):
    """The shelf: all guides hang below it."""

    max_count = 1
    subpage_types = ("desk.GuidePage",)
    content_panels = Page.content_panels
    promote_panels: tuple[Any, ...] = ()
    settings_panels: tuple[Any, ...] = ()


class GuidePage(Page):
    """A guide in one language.

    ``parts`` holds what the fields do not show: the front matter, what stands before the first
    block, the lines of citations, the blocks as they stood in the file, the way lines end.
    """

    guide = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    plain_title = models.CharField(max_length=LONGEST["plain-title"], blank=True)
    description = models.CharField(max_length=LONGEST["description"], blank=True)
    review_due = models.CharField(max_length=LONGEST["review-due"], blank=True)
    body = Stream(guide_blocks(), blank=True)
    citations = Stream(citation_blocks(), blank=True)
    parts = models.JSONField(default=dict)

    preview_modes: tuple[Any, ...] = ()
    is_creatable = False  # a guide begins as a file: see views/new.py
    parent_page_types = ("desk.GuideIndex",)
    subpage_types: tuple[str, ...] = ()
    content_panels = (
        MultiFieldPanel(
            [
                FieldPanel("title", help_text="The name that clinicians look for."),
                FieldPanel("plain_title", help_text="The name that patients say; may be empty."),
                FieldPanel(
                    "description",
                    help_text="One or two sentences: what a reader finds here. Search engines and "
                    "lists show them.",
                ),
                FieldPanel(
                    "review_due",
                    help_text="The day by which somebody must look at it again, such as "
                    "2027-11-21; in the original alone. From that day readers are told that it "
                    "is overdue.",
                ),
            ],
            heading="About the guide",
        ),
        FieldPanel(
            "body",
            heading="Blocks",
            help_text="The page, block by block, in the order in which readers see it.",
        ),
        FieldPanel(
            "citations",
            help_text="The quotes that the text stands on. “Cite a passage” under a text adds one "
            "here and its mark in the text.",
        ),
    )
    edit_handler = TabbedInterface(
        [
            ObjectList((*content_panels, CommentPanel()), heading="Text"),
            ObjectList([FindingsPanel()], heading="Findings"),
        ]
    )

    class Meta:
        """How Wagtail calls it."""

        verbose_name = "guide"

    def __str__(self) -> str:
        """The id and the language."""
        return f"{self.guide} ({self.language})"

    @property
    def file(self) -> str:
        """The file's path within the folder of guides."""
        return f"{self.guide}/{self.language}.md"

    def take(self, text: str) -> None:
        """Take a file's text into the fields.

        Raises:
            InputError: it is no guide's file.
        """
        parts = taken_apart(text, self.file)
        fields = parts.fields
        self.title = str(fields.get("title", self.guide))[: LONGEST["title"]]
        self.plain_title = str(fields.get("plain-title", ""))[: LONGEST["plain-title"]]
        self.description = str(fields.get("description", ""))[: LONGEST["description"]]
        self.review_due = str(fields.get("review-due", ""))[: LONGEST["review-due"]]
        blocks = [to_value(one) for one in parts.blocks]
        cites = [cite_value(one) for one in parts.cites]
        blocks = with_ids(blocks, self.body, block_name, block_words)
        cites = with_ids(cites, self.citations, cite_label, cite_words)
        self.body = StreamValue(self.body.stream_block, blocks, is_lazy=True)
        self.citations = StreamValue(self.citations.stream_block, cites, is_lazy=True)
        self.parts = {
            "front": parts.front,
            "lead": parts.lead,
            "tail": parts.tail,
            "end": parts.end,
            "blocks": [one.raw for one in parts.blocks],
        }

    def composed(self) -> GuideText:
        """The guide's parts, as the fields say now."""
        held = self.parts
        kept = {_key(one): one for one in map(block_text, held.get("blocks", ()))}
        blocks = [from_value(one.block_type, one.value) for one in self.body]
        made = GuideText(
            held.get("front", ""),
            held.get("lead", ""),
            tuple(kept.get(_key(one), one) for one in blocks),
            held.get("tail", ""),
            held.get("end", "\n"),
        )
        for key, value in (
            ("title", self.title),
            ("plain-title", self.plain_title),
            ("description", self.description),
            ("review-due", self.review_due),
        ):
            cut = str(made.fields.get(key, ""))[: LONGEST[key]]
            if value != cut:  # as it was, though the form shows no more of it than that
                made = made.with_field(key, value)
        return made.with_cites(
            tuple(
                CiteText(*(str(one.value[key]).strip() for key in ("label", "source", "quote")))
                for one in self.citations
            )
        )

    @property
    def text(self) -> str:
        """The file's text, as the fields say now."""
        return self.composed().text

    def get_url_parts(self, request: Any = None) -> None:
        """No reader meets this page: editions are what they read."""


class Known(models.Model):
    """A file as the desk last read or wrote it, by its SHA-256: what tells who changed since."""

    file = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        """The file."""
        return str(self.file)


class Invitation(models.Model):
    """A link by which a reviewer without an account reviews one guide, once: ``invitations``.

    ``code`` is the hash of what the link asks for, empty until it is made; ``code_by`` who handed
    it over, ``mail`` where it was mailed; ``tries`` the wrong ones since the last right one.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    guide = models.CharField(max_length=120)
    hash = models.CharField(max_length=64)
    person = models.CharField(max_length=60)
    languages = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=200, blank=True)
    code_by = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    opened = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Who is invited to what."""
        return f"{self.person}: {self.guide}"


class Contact(models.Model):
    """Where a reviewer's codes are mailed: set by the operator alone, never in the ledger."""

    person = models.CharField(max_length=60, unique=True)
    address = models.CharField(max_length=254)

    def __str__(self) -> str:
        """The person."""
        return str(self.person)


def _key(one: BlockText) -> tuple[Any, ...]:
    return astuple(replace(one, raw="", whole=False))
