"""The starter shelf: notes and guides on leptomeningeal disease, written for this project."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

QUESTION = "What are the rare causes of leptomeningeal enhancement?"
"""What the demo asks."""


def notes_folder() -> Path:
    """The folder of the shipped notes; the package is installed as plain files."""
    with as_file(files("piamater.starter") / "notes") as folder:
        return folder


def guides_folder() -> Path:
    """The folder of the shipped guides."""
    with as_file(files("piamater.starter") / "guides") as folder:
        return folder


def put_guides(into: Path) -> None:
    """Copy the shipped guides into a library's ``guides`` folder; what is there stays as it is."""
    for guide in sorted(guides_folder().iterdir()):
        if guide.is_dir() and not (into / guide.name).exists():
            shutil.copytree(guide, into / guide.name)
