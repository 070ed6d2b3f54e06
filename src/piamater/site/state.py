"""What the site serves from: the library, its published guides, and asking; fresh on every request.

One ``Site`` a process. What is expensive is shared; database connections belong to a thread.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from piamater.answers import Asker
from piamater.corpus import Library
from piamater.errors import LibraryError
from piamater.guides import Edition, EditionStore, Review, review_of
from piamater.guides.review import Book, Ledger, load_policy
from piamater.search import TantivyIndex
from piamater.site.shelf import Shelf
from piamater.vocabulary import Vocabulary

CHECK_EVERY = 1.0
"""Seconds between two looks at whether the library changed on disk."""

KEPT_PAGES = 400
"""Rendered pages kept in memory; about 60 kB each."""


class Site:
    """A library as the site reads it. ``today`` may be set, to read it as of another day."""

    def __init__(self, folder: Path, today: date | None = None) -> None:
        self.folder = folder
        self._today = today
        self._local = threading.local()
        self._lock = threading.Lock()
        self._checked = -CHECK_EVERY
        self._editions: Any = None
        self._corpus_stamp: object = None
        self._shelf = Shelf(())
        self._pages: OrderedDict[Any, Any] = OrderedDict()
        self._ledger = Ledger.of(folder)
        self._book: tuple[Any, Book] | None = None
        self.settings = Library(folder).settings

    @property
    def today(self) -> date:
        """The day the library is read on."""
        return self._today or date.today()

    @property
    def library(self) -> Library:
        """The library, with this thread's own connection to the corpus."""
        if not hasattr(self._local, "library"):
            self._local.library = Library(self.folder, self._today)
        library: Library = self._local.library
        return library

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary, shared."""
        return Vocabulary.load(self.library.vocabulary_folder)

    @property
    def editions(self) -> EditionStore:
        """The published guides: where there is a ledger, those that it tells of."""
        known = self.has_ledger and not self.book.broken
        return EditionStore(self.folder / "editions", self.book.editions if known else None)

    @property
    def asker(self) -> Asker:
        """Asking, with this thread's own view of the index; reopened when the corpus changed."""
        stamp = self.stamp
        if getattr(self._local, "asker_stamp", None) != stamp:
            index = TantivyIndex(self.library.index_folder, self.vocabulary.fingerprint)
            self._local.asker = Asker(self.library, index, self.vocabulary)
            self._local.asker_stamp = stamp
        asker: Asker = self._local.asker
        return asker

    @property
    def stamp(self) -> Any:
        """Something that changes when the corpus, the editions, the ledger or the day do.

        Corpus and ledger are looked at every time, so that a page whose evidence was retracted
        says so on the next request; the folder of editions at most once in ``CHECK_EVERY``.
        """
        self._look()
        return self._editions, self._corpus(), self._ledger.stamp, self._policy(), self.today

    def _corpus(self) -> object:
        try:
            self._corpus_stamp = self.library.corpus.stamp()
        except LibraryError:
            if self._corpus_stamp is None:
                raise  # later, the store is away: pages in memory are served on
        return self._corpus_stamp

    def _policy(self) -> int:
        path = self._ledger.folder / "policy.toml"
        return path.stat().st_mtime_ns if path.is_file() else 0

    @property
    def book(self) -> Book:
        """The review ledger, read; shared by all threads, read anew when it changes."""
        stamp = self._ledger.stamp
        held = self._book
        if held is None or held[0] != stamp:
            held = self._book = (stamp, Book.of(Ledger(self._ledger.folder)))
        return held[1]

    @property
    def has_ledger(self) -> bool:
        """Whether this library has begun a review ledger."""
        return self._ledger.exists

    def review(self, edition: Edition, language: str, view: str = "") -> Review:
        """The review state of an edition, in a language and a view, computed now."""
        policy = load_policy(self._ledger.folder)
        return review_of(edition, self.library, self.book, policy, language, view)

    @property
    def shelf(self) -> Shelf:
        """The newest editions of all guides."""
        self._look()
        return self._shelf

    def _look(self) -> None:
        """Look at most once in ``CHECK_EVERY`` seconds whether there are new editions."""
        if time.monotonic() - self._checked < CHECK_EVERY and self._editions is not None:
            return
        with self._lock:
            store = self.editions
            stamp = store.stamp()
            if stamp != self._editions:
                self._shelf = Shelf.of(store)
                self._editions = stamp
            self._checked = time.monotonic()

    def cached(self, key: Any, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, kept until the library or the day changes; the oldest goes first."""
        stamp = self.stamp
        found = self._pages.get((key, stamp))
        if found is None:
            found = make()
            with self._lock:
                self._pages[(key, stamp)] = found
                while len(self._pages) > KEPT_PAGES:
                    self._pages.popitem(last=False)
        return found


_SITE: Site | None = None


def open_site(folder: str | Path, today: date | None = None) -> Site:
    """Open the library that this process serves.

    Raises:
        LibraryError: none is named, or there is none.
    """
    global _SITE
    if not folder:
        raise LibraryError(
            "no library is named",
            where="piamater",
            todo="set PIAMATER_LIBRARY to a library's folder",
        )
    _SITE = Site(Path(folder), today)
    return _SITE


def site() -> Site:
    """The site that this process serves."""
    if _SITE is None:
        raise LibraryError("no library is open", where="piamater", todo="call open_site first")
    return _SITE
