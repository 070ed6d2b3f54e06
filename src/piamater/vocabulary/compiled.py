"""Compiled: what a vocabulary's matcher needs, kept beside the files it was made from.

Plain JSON, never a pickle: a library folder may come from somebody else. The file is named after
the fingerprint, written whole or not at all, and safe to delete; one that is stale or damaged is
made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from piamater.vocabulary.concept import Concept
from piamater.vocabulary.linking import link
from piamater.vocabulary.matcher import Forms


@dataclass(frozen=True, slots=True)
class Compiled:
    """The forms of all terms, and for linked concepts the id that stands for their group."""

    forms: Forms
    same: dict[str, str]

    @classmethod
    def of(cls, concepts: Mapping[str, Concept]) -> Compiled:
        """Compile concepts."""
        same = link(concepts.values())
        return cls(Forms.of(concepts.values(), same), same)


def compiled(concepts: Mapping[str, Concept], folder: Path | None, fingerprint: str) -> Compiled:
    """The compiled vocabulary: read from ``folder`` if it is there, else made and kept there."""
    path = folder / f"compiled-{fingerprint}.json" if folder and fingerprint else None
    if path and (found := _read(path)):
        return found
    made = Compiled.of(concepts)
    if path and path.parent.is_dir():
        _write(path, made)
    return made


def _read(path: Path) -> Compiled | None:
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
        forms = Forms(
            {form: ids.split("\t") for form, ids in data["ids"].items()},
            data["longest"],
            data["capitals"],
            data["across"],
        )
        return Compiled(forms, data["same"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, made: Compiled) -> None:
    """Keep it and drop those of other fingerprints; a folder for reading only is no fault."""
    forms = made.forms
    data = {
        "ids": {form: "\t".join(ids) for form, ids in forms.ids.items()},
        "longest": forms.longest,
        "capitals": forms.capitals,
        "across": forms.across,
        "same": made.same,
    }
    new = path.with_name(f"{path.stem}-{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
        new.replace(path)
        for old in path.parent.glob("compiled-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return
