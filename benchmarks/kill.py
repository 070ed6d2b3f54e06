"""Kill the add at random moments, run it again, and compare with an undisturbed library."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import archive, shared
from piamater.corpus import Library, SqliteCorpus


def hashes(folder: Path) -> dict[str, list[str]]:
    """Every source with the hashes of its versions."""
    corpus = SqliteCorpus(folder / "corpus.sqlite3")
    return {
        one.source: [version.version for version in corpus.versions(one.source)]
        for one in corpus.sources()
    }


def run(kills: int = 20, seed: int = 5) -> dict[str, object]:
    """Kill ``kills`` times at random moments of a whole add; gives what came out."""
    what = [str(shared() / "seeds")]
    what += [str(archive(one)) for one in ("medquad", "nci_pdq", "jats", "pubmedqa")]
    with tempfile.TemporaryDirectory(prefix="piamater-kill-") as place:
        whole, broken = Path(place) / "whole", Path(place) / "broken"
        Library.create(whole)
        Library.create(broken)
        start = time.monotonic()
        _add(whole, what).wait()
        seconds = time.monotonic() - start
        chooser = random.Random(seed)
        killed = 0
        for _ in range(kills):
            running = _add(broken, what)
            try:
                running.wait(timeout=chooser.uniform(0.3, max(2.0, seconds / 10)))
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
                killed += 1
        _add(broken, what).wait()
        expected, found = hashes(whole), hashes(broken)
        return {
            "kills": killed,
            "runs": kills,
            "sources": len(expected),
            "identical": expected == found,
        }


def _add(library: Path, what: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "piamater", "-l", str(library), "add", *what],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


if __name__ == "__main__":
    print(run())
