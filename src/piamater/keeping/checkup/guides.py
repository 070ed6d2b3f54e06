"""Checks of what people write and import: guides and vocabularies can be read."""

from __future__ import annotations

from collections.abc import Iterator

from piamater.errors import PiamaterError
from piamater.guides import GuideFolder
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.library_state import LibraryState
from piamater.vocabulary import Vocabulary


def guides(state: LibraryState) -> Iterator[Finding]:
    """Every guide can be read; what stands in it is the linter's business."""
    folder = GuideFolder(state.folder / "guides")
    for name in folder.ids():
        state.progress(1)
        try:
            folder.load(name)
        except PiamaterError as error:
            yield Finding(
                "guides",
                Severity.ERROR,
                f"guides/{error.where or name}",
                error.what,
                error.todo or "mend it: piamater guides lint tells more",
            )


def vocabulary(state: LibraryState) -> Iterator[Finding]:
    """The imported vocabularies can be read."""
    try:
        Vocabulary.load(state.folder / "vocabulary")
    except (PiamaterError, OSError) as error:
        yield Finding(
            "vocabulary",
            Severity.ERROR,
            "vocabulary",
            str(error),
            "import it again: piamater vocabulary import",
        )


GUIDES = Check("guides", "every guide can be read", guides)
VOCABULARY = Check("vocabulary", "the imported vocabularies can be read", vocabulary)
