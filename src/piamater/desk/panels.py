"""Panels of the page editor."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class FindingsPanel(Panel):
    """What the linter and the checks say of the text as it is in the form now."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page."""

        template_name = "desk/findings_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """The page that the findings are about, and what reviewers want changed in it."""
            from piamater.desk.asked import changes_asked

            context: dict[str, Any] = super().get_context_data(parent_context)
            asked = changes_asked(self.instance)
            return {**context, "page_id": self.instance.pk, "asked": asked}
