"""A small library with everything in it that a library can hold."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

from piamater.answers.inbox import Inbox
from piamater.corpus import Library, add
from piamater.corpus.library import write_whole
from piamater.guides import GuideFolder, publish
from piamater.guides.review import Key, Reviews, load_key
from piamater.keeping import rebuild_index
from piamater.site.counts import Counts
from piamater.site.saved import SavedAnswers
from tests.guides.review.desk import GUIDE, make_desk
from tests.guides.wexford import NOTE, ORIGINAL, SOURCE, folder

PASSPHRASE = "four words for tests"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
WITH_FIGURE = ORIGINAL.replace(
    "A blood test finds it.[^ticks]\n",
    "A blood test finds it.[^ticks]\n\n![A tick](figures/tick.svg)\n\nA tick carries it.[^ticks]\n",
)


def make_shelf(place: Path) -> Path:
    """Two sources, one with two versions, two editions, a figure, reviews, answers, questions."""
    desk = make_desk(place)
    home = desk.library.folder
    desk.key.save(home / "review", PASSPHRASE)
    desk.approve_all()
    desk.publish()
    put_figure(home)
    folder(desk.library, WITH_FIGURE, "")
    desk.publish()
    note(place, "other", 5)
    note(place, "more", 20)
    with desk.library.writing():
        add(desk.library, [str(place / "other.md"), str(place / "more.md")])
        note(place, "other", 7)
        add(desk.library, [str(place / "other.md")])
    text = desk.library.corpus.text(SOURCE)
    version = desk.library.corpus.version(SOURCE).version
    cited = {"source": SOURCE, "version": version, "start": 0, "end": 9, "quote": text[:9]}
    SavedAnswers(home).keep({"sections": [{"statements": [{"citations": [cited]}]}]}, "2026-11-21")
    Inbox(home).add("Is Quixandria fever catching?", "en", date(2026, 11, 21))
    counts = Counts(home)
    counts.add(GUIDE, 1, "en", "patient")
    counts.flush()
    rebuild_index(desk.library)
    desk.library.corpus.close()
    return home


def put_figure(home: Path) -> None:
    place = home / "guides" / GUIDE / "figures"
    place.mkdir(parents=True, exist_ok=True)
    (place / "tick.svg").write_text(PICTURE, "utf-8")


def note(place: Path, name: str, days: int) -> Path:
    path = place / f"{name}.md"
    text = NOTE.replace("id: wexford", f"id: {name}").replace("10 days", f"{days} days")
    path.write_text(text, "utf-8")
    return path


def signing(home: Path) -> tuple[Reviews, Key]:
    return Reviews(Library(home)), load_key(home / "review", lambda: PASSPHRASE)


def settled(home: Path) -> None:
    """Bring what is in the log of the corpus into its file, as a close does."""
    with closing(sqlite3.connect(home / "corpus.sqlite3")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def contents(home: Path) -> dict[str, bytes]:
    """Every file of a library but its index and locks; databases as their rows."""
    found = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if not path.is_file() or name.startswith("index/") or name.endswith(("-wal", "-shm")):
            continue
        if path.suffix == ".sqlite3":
            with closing(sqlite3.connect(path)) as db:
                found[name] = "\n".join(db.iterdump()).encode("utf-8", "surrogatepass")
        elif name != ".lock":
            found[name] = path.read_bytes()
    return found


def copied(home: Path, to: Path) -> Path:
    return Path(shutil.copytree(home, to))


def write_without_end(home: Path, place: Path, stop: threading.Event, failures: list[str]) -> None:
    """Add, publish and sign, one after the other, until told to stop."""
    reviews, key = signing(home)
    library, round_ = Library(home), 0
    try:
        while not stop.is_set():
            round_ += 1
            with library.writing():
                add(library, [str(note(place, f"added-{round_}", round_))])
                english = home / "guides" / "wexford-fever" / "en.md"
                text = ORIGINAL.replace("title: W", f"title: {'W' * round_}")
                write_whole(english, text.encode())
                publish(library, GuideFolder(home / "guides"), key=key)
                reviews.note(key, "wexford-fever", "ada", f"round {round_}")
    except Exception as error:  # told to the test, which fails then
        failures.append(f"round {round_}: {error!r}")
    finally:
        library.corpus.close()
        reviews.library.corpus.close()
