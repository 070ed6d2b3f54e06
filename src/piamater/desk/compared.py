"""Compared: how two revisions of a page are shown beside each other.

Wagtail cuts text at every sign that is not a letter, so that a Bangla word falls to pieces at its
vowel signs; and it shows a block's fields without saying which block they are of.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import BlockComparison, CharBlockComparison, TextDiff

from piamater.guides.differences import words_changed

_KINDS = {"same": "equal", "gone": "deletion", "new": "addition"}


class Words(CharBlockComparison):
    """Text compared word by word."""

    def htmldiff(self) -> SafeString:
        """The later text with what came and what went."""
        changes = [
            (_KINDS[one.op], one.text)
            for one in words_changed(str(self.val_a or ""), str(self.val_b or ""))
        ]
        shown: SafeString = TextDiff(changes).to_html()
        return shown


class Fields(BlockComparison):
    """A block of several fields: its name, and the fields that hold or held something."""

    def htmlvalue(self, val: Any) -> SafeString:
        """The block as it is in one revision."""
        return self._listed(
            (block.label, str(val[name]))
            for name, block in self.block.child_blocks.items()
            if val[name]
        )

    def htmldiff(self) -> SafeString:
        """The fields with what changed in each."""
        found = []
        for name, block in self.block.child_blocks.items():
            before, after = self.val_a[name], self.val_b[name]
            if before or after:
                found.append((block.label, Words(block, True, True, before, after).htmldiff()))
        return self._listed(found)

    def _listed(self, fields: Any) -> SafeString:
        rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", fields)
        return format_html("<h3>{}</h3><dl>{}</dl>", self.block.label, rows)
