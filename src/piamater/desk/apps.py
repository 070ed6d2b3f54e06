"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk's application."""

    name = "piamater.desk"
    label = "desk"
    verbose_name = "Piamater desk"

    def ready(self) -> None:
        """Begin to listen for the log."""
        from piamater.desk.audit import connect

        connect()
