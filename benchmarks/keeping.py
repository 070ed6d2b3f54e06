"""Keeping: copying, restoring and checking a library of thousands of documents, in both databases.

Each is a run of the command itself, with what its process took at most of memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import archive, shared
from piamater.corpus import Library
from piamater.testing.postgres_server import PostgresServer, server_programs

COLLECTIONS = ("medquad", "nci_pdq", "jats", "pubmedqa")


def run() -> dict[str, object]:
    """One library: as files, then moved to PostgreSQL and back; seconds and megabytes of each."""
    programs = server_programs()
    if programs is None:
        sys.exit("benchmarks: keeping needs a PostgreSQL server installed")
    with (
        tempfile.TemporaryDirectory(prefix="piamater-keeping-") as name,
        PostgresServer(programs, durable=True) as server,
    ):
        place = Path(name)
        home, served, back = place / "sqlite", place / "postgresql", place / "back"
        Library.create(home).corpus.close()
        pages = sorted(str(one) for one in (shared() / "seeds").glob("*.pdf"))
        archives = [str(archive(one)) for one in COLLECTIONS]
        found: dict[str, object] = {"add": _timed("-l", home, "add", *pages, *archives)}
        copies = {one: place / f"{one}.tar.gz" for one in ("sqlite", "postgresql")}
        found["sqlite: backup"] = _timed("-l", home, "backup", copies["sqlite"])
        found["sqlite: doctor"] = _timed("-l", home, "doctor")
        found["sqlite to postgresql: restore"] = _timed(
            "restore", copies["sqlite"], served, "--database", server.address()
        )
        found["postgresql: backup"] = _timed("-l", served, "backup", copies["postgresql"])
        found["postgresql: doctor"] = _timed("-l", served, "doctor")
        found["postgresql to sqlite: restore"] = _timed(
            "restore", copies["postgresql"], back, "--database", "sqlite"
        )
        found["sqlite: restore"] = _timed("restore", copies["sqlite"], place / "again")
        found["documents"] = Library(back).corpus.counts()
        found["megabytes"] = {one: round(path.stat().st_size / 1e6) for one, path in copies.items()}
        return found


def _timed(*words: str | Path) -> dict[str, float]:
    """Run a command to its end; its seconds, and its most memory in megabytes."""
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "piamater", *map(str, words)], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in (0, 1):
        sys.exit(f"benchmarks: piamater {words[0]} ended with {running.returncode}")
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "megabytes": round(used.ru_maxrss / 1e3),
        "exit": running.returncode,
    }
