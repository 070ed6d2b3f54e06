"""Rebuilding the search index from the corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from piamater.corpus import Library
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.vocabulary import Vocabulary


def rebuild_index(
    library: Library, progress: Callable[[int], None] = lambda documents: None
) -> int:
    """Make the search index anew; gives how many documents are in it.

    Vectors of ``piamater[dense]`` are dropped too; the next question makes them anew.

    Raises:
        LibraryError: somebody else is writing, or the disk is full.
    """
    with library.writing():
        shutil.rmtree(library.index_folder, ignore_errors=True)
        vocabulary = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        try:
            return bring_up_to_date(library, index, vocabulary, progress)
        finally:
            index.close()
