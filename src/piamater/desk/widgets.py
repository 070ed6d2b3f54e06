"""The desk's form widgets."""

from __future__ import annotations

from wagtail.admin.widgets import AdminAutoHeightTextInput


class Markdown(AdminAutoHeightTextInput):
    """A text area; ``desk.js`` puts the citation picker's button under it."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"data-desk-markdown": "", **(attrs or {})})
