"""Taking in what changed in the folder, and telling it on the page that comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from piamater.desk.mirror import pull


def take_in(request: HttpRequest) -> None:
    """Take in what changed in the folder; say which drafts it lies upon, and what it is not."""
    pulled = pull()
    for name in pulled.both:
        messages.warning(request, f"{name} was changed here and in the folder: see its history.")
    for told in pulled.refused:
        messages.error(request, f"Not taken in: {told}")
