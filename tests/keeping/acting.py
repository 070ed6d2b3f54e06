"""Processes that do one thing with a library again and again, until they are killed.

``python -m tests.keeping.acting``: for each line ``ACT<tab>HOME<tab>PLACE<tab>NUMBER`` it starts
one by a fork, which spares the imports, and tells its process id.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import traceback
from pathlib import Path

from piamater.corpus import Library, add
from piamater.corpus.library import write_whole
from piamater.corpus.settings import load_settings
from piamater.guides import GuideFolder, publish
from piamater.keeping import Choice, Place, backup, rebuild_index, restore
from tests.guides.wexford import ORIGINAL
from tests.keeping.shelf import note, signing

EVERYTHING = Choice(index=True, questions=True, keys=True)


def beside(home: Path, number: int) -> Place:
    """Where the documents of a restored library go: a schema of its own, where there is a server."""
    settings = load_settings(home)
    if settings.store == "sqlite":
        return Place()
    return Place(settings.store, f"{settings.schema}_back_{number}")


def act(what: str, home: Path, place: Path, number: int) -> None:
    """Do it once; ``number`` makes it another time than the last."""
    library = Library(home)
    if what == "backup":
        backup(home, place / "copy.tar.gz", EVERYTHING, force=True)
    elif what == "restore":
        restore(place / "whole.tar.gz", place / f"back-{number}", place=beside(home, number))
    elif what == "add":
        with library.writing():
            add(library, [str(note(place, f"added-{number}", number))])
        rebuild_index(library)
    else:
        reviews, key = signing(home)
        with library.writing():
            if what == "sign":
                reviews.note(key, "wexford-fever", "ada", f"note {number}")
                return
            text = ORIGINAL.replace("title: Wexford", f"title: Wexford {number}")
            write_whole(home / "guides" / "wexford-fever" / "en.md", text.encode())
            publish(library, GuideFolder(home / "guides"), key=key)


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        what, home, place, start = line.rstrip("\n").split("\t")
        child = os.fork()
        if child:
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
            continue
        try:
            for each in itertools.count(int(start)):
                act(what, Path(home), Path(place), each)
        finally:
            traceback.print_exc()
            os._exit(1)


if __name__ == "__main__":
    main()
