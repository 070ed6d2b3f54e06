"""A small library with its people: what the tests of reviews act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from piamater.corpus import Library
from piamater.guides import Edition, GuideFolder, publish
from piamater.guides.review import Entry, Key, Review, Reviews, Scope, person
from tests.guides.wexford import folder, make_library

GUIDE = "wexford-fever"
TODAY = date(2026, 11, 21)
INTERESTS = "none"


@dataclass
class Desk:
    """A library on a day, its key, and short ways to act."""

    library: Library
    key: Key

    @property
    def reviews(self) -> Reviews:
        return Reviews(self.library)

    def on(self, day: date) -> Desk:
        """The same library, read on another day."""
        return Desk(Library(self.library.folder, day), self.key)

    def submit(self, by: str = "ada", **writers: list[str]) -> Entry:
        with self.library.writing():
            return self.reviews.submit(self.key, GUIDE, by, writers=writers)

    def sign(
        self,
        by: str = "haque",
        decision: str = "approve",
        *,
        languages: tuple[str, ...] = ("en",),
        **more: object,
    ) -> Entry:
        blocks: tuple[str, ...] = more.pop("blocks", ())  # type: ignore[assignment]
        scope = Scope(languages=languages, blocks=blocks)
        with self.library.writing():
            return self.reviews.sign(
                self.key,
                GUIDE,
                by,
                decision,
                interests=INTERESTS,
                scope=scope,
                **more,  # type: ignore[arg-type]
            )

    def approve_all(self) -> None:
        """Both languages, each by its reviewer."""
        self.submit()
        self.sign()
        self.sign("luz", languages=("es",))

    def set_policy(self, text: str) -> None:
        """Write the policy's file and record it."""
        (self.library.folder / "review" / "policy.toml").write_text(text, "utf-8")
        with self.library.writing():
            self.reviews.adopt_policy(self.key, "root")

    def publish(self) -> Edition:
        guides = GuideFolder(self.library.folder / "guides")
        with self.library.writing():
            return publish(self.library, guides, key=self.key)[0].edition

    def review(self, language: str = "en", view: str = "") -> Review:
        return self.reviews.of(self.reviews.editions.latest(GUIDE), language, view)


def make_desk(place: Path) -> Desk:
    """The library with a key and five people; nothing is put forward yet."""
    library = make_library(place)
    folder(library)
    desk = Desk(Library(library.folder, TODAY), Key.create())
    with desk.library.writing():
        (library.folder / "review").mkdir()
        desk.reviews.found(desk.key)
        for one in (
            person("ada", "Ada Writer", ["writer", "editor"]),
            person("haque", "R. Haque", ["clinical"], "neurologist, A-1", "register, 2026-11-01"),
            person("luz", "Luz Gil", ["language:es"]),
            person("sam", "Sam Reader", ["reviewer"]),
            person(
                "root",
                "The Administrator",
                ["administrator", "publisher", "writer", "clinical", "language:es"],
                "physician, A-2",
                "register, 2026-11-01",
            ),
        ):
            desk.reviews.register(desk.key, one)
    return desk
