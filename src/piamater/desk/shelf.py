"""The library that this desk works on, and the key that it signs with."""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from piamater.corpus import Library
from piamater.guides.review import Key, Reviews, find_passphrase, load_key

if TYPE_CHECKING:
    from piamater.search import TantivyIndex
    from piamater.vocabulary import Vocabulary

_local = threading.local()


def library() -> Library:
    """The library, with this thread's own connection to the corpus."""
    if not hasattr(_local, "library"):
        _local.library = Library(Path(os.environ["PIAMATER_LIBRARY"]))
    found: Library = _local.library
    return found


def reviews() -> Reviews:
    """The library's reviews."""
    if not hasattr(_local, "reviews"):
        _local.reviews = Reviews(library())
    found: Reviews = _local.reviews
    return found


def searching() -> tuple[Vocabulary, TantivyIndex]:
    """The vocabulary and the search index, as they are now."""
    from piamater.search import TantivyIndex
    from piamater.vocabulary import Vocabulary

    vocabulary = Vocabulary.load(library().vocabulary_folder)
    return vocabulary, TantivyIndex(library().index_folder, vocabulary.fingerprint)


@cache
def key() -> Key:
    """The signing key, opened once with the passphrase that the desk was started with.

    Raises:
        LibraryError: there is no key, or its passphrase is not known here.
    """
    folder = reviews().ledger.folder
    return load_key(folder, lambda: find_passphrase(folder))
