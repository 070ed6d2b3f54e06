"""What the vocabulary's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from piamater.vocabulary import Concept, Term


def concept(
    identifier: str,
    en: str = "",
    es: str = "",
    bn: str = "",
    parents: tuple[str, ...] = (),
    xrefs: tuple[str, ...] = (),
    source: str = "test",
) -> Concept:
    """A concept from terms separated by ``|``, the first of each language preferred."""
    terms = tuple(
        Term(text.lstrip("~"), language, place == 0, text.startswith("~"))
        for language, cell in (("en", en), ("es", es), ("bn", bn))
        for place, text in enumerate(cell.split("|"))
        if text
    )
    return Concept(identifier, "disease", terms, parents, xrefs, source)


@pytest.fixture(scope="session")
def terms() -> Path:
    """The folder of the published term lists; the test is skipped where it is not unpacked."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "piamater-test-data" / "terms"
    if not folder.is_dir():
        pytest.skip(f"the term lists (terms.tar.xz) are not unpacked at {folder}")
    return folder
