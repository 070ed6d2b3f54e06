"""The starter shelf: evidence notes on leptomeningeal disease, written for this project."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

QUESTION = "What are the rare causes of leptomeningeal enhancement?"
"""What the demo asks."""


def notes_folder() -> Path:
    """The folder of the shipped notes; the package is installed as plain files."""
    with as_file(files("piamater.starter") / "notes") as folder:
        return folder
