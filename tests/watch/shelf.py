"""A guide on seizures over one made-up source, its people, and ways to take documents in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from piamater.corpus import Library, StoredVersion
from piamater.corpus.store import Deposit
from piamater.guides.review import Entry
from piamater.sources import Kind, Notice, Original, Reference
from piamater.sources.registry import read_original
from piamater.vocabulary import Vocabulary
from piamater.watch import Moved, decide, watch
from tests.guides.review.desk import GUIDE, Desk, make_desk
from tests.guides.wexford import ORIGINAL, SOURCE, SPANISH, folder

ENGLISH = ORIGINAL.replace("title: Wexford fever", "title: Seizure").replace("[fever]", "[seizure]")
ESPANOL = SPANISH.replace("title: Fiebre de Wexford", "title: Crisis epiléptica")
VOCABULARY = Vocabulary.load()

NEWS = {
    "en": (
        "Seizures after a tick bite",
        "Seizures were seen in 4 of 30 patients with a tick bite.",
    ),
    "es": (
        "Crisis epilépticas tras una picadura de garrapata",
        "Se vieron crisis epilépticas en 4 de 30 pacientes con una picadura.",
    ),
    "bn": (
        "এঁটুলির কামড়ের পরে খিঁচুনি",
        "৩০ জন রোগীর মধ্যে ৪ জনের খিঁচুনি হয়েছিল।",
    ),
}


def make_watched(place: Path) -> Desk:
    """The desk of reviews with a guide on seizures, published and never checked."""
    desk = make_desk(place)
    folder(desk.library, ENGLISH, ESPANOL)
    desk.publish()
    return desk


def take_in(
    library: Library,
    id_: str,
    title: str,
    text: str,
    *,
    kind: Kind = Kind.COHORT,
    notices: tuple[Notice, ...] = (),
    cites: str = "",
    published: str = "2026-11",
) -> StoredVersion:
    """Take a document in, with notices and the DOI of one reference where they are given."""
    data = f"# {title}\n\n{text}\n".encode()
    [reading] = read_original(Original(f"{id_}.md", f"/{id_}.md", data=data))
    record = replace(
        reading.record, id=id_, title=title, kind=kind, notices=notices, published=published
    )
    references = (Reference("1", 0, 0, doi=cites),) if cites else ()
    reading = replace(reading, record=record, references=references)
    with library.writing():
        library.corpus.deposit([Deposit(reading, "0" * 64, f"{id_}.md", f"/{id_}.md")])
    return library.corpus.version(id_)


def news(library: Library, language: str = "en", id_: str = "") -> StoredVersion:
    """A new paper on the guide's topic."""
    return take_in(library, id_ or f"doi:10.1/{language}", *NEWS[language])


def moved(desk: Desk, up_to: int | None = None) -> Moved:
    """What moved under the guide, read afresh."""
    library = Library(desk.library.folder, desk.library.today)
    [found] = watch(library, VOCABULARY, [GUIDE], up_to=up_to)
    return found


def on_list(desk: Desk) -> list[str]:
    return [one.source for one in moved(desk).candidates]


def say(desk: Desk, verdicts: Mapping[str, str] | None = None, up_to: int | None = None) -> Entry:
    """An editor decides on all that is listed: these verdicts, and no change for the rest."""
    found = moved(desk, up_to)
    with desk.library.writing():
        return decide(desk.reviews, desk.key, found, "ada", verdicts or {}, "no-change")


__all__ = ["GUIDE", "SOURCE", "make_watched", "moved", "news", "on_list", "say", "take_in"]
