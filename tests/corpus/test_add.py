from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from piamater.corpus import Library, SqliteCorpus, add
from piamater.corpus.pool import ReaderPool, ReadFile
from piamater.errors import LibraryError
from piamater.sources import Original

NOTE = """---
note: piamater-evidence-note/1
id: n{number}
language: en
kind: trial
title: Trial {number}
licence: CC-BY-4.0
looked-up: "2026-11-20"
---
# Trial {number}

## Summary
Treatment {number} helped {number} of 500 patients with meningitis.
{more}
"""


def notes(folder: Path, count: int) -> Path:
    """A folder of evidence notes."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        more = "Meningitis was confirmed by lumbar puncture in these patients.\n" * 30
        text = NOTE.format(number=number, more=more)
        (folder / f"n{number:04}.md").write_text(text, "utf-8")
    return folder


def hashes(folder: Path) -> dict[str, list[str]]:
    """Every source with the hashes of its versions."""
    corpus = SqliteCorpus(folder / "corpus.sqlite3")
    return {
        one.source: [version.version for version in corpus.versions(one.source)]
        for one in corpus.sources()
    }


def added(library: Library, *what: Path) -> dict[str, int]:
    """Add and give the counts."""
    with library.writing():
        report = add(library, [str(one) for one in what])
    return {
        "added": report.added,
        "new": report.new_version,
        "unchanged": report.unchanged,
        "refused": len(report.refused),
    }


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


def test_workers_and_one_process_give_the_same_library(library: Library, tmp_path: Path) -> None:
    folder = notes(tmp_path / "notes", 120)
    assert added(library, folder)["added"] == 120
    other = Library.create(tmp_path / "other")
    for path in sorted(folder.iterdir()):
        added(other, path)
    assert hashes(library.folder) == hashes(other.folder)


def test_what_is_held_is_skipped(library: Library, tmp_path: Path) -> None:
    folder = notes(tmp_path / "notes", 30)
    added(library, folder)
    assert added(library, folder) == {"added": 0, "new": 0, "unchanged": 30, "refused": 0}


def test_a_bad_file_harms_nothing_beside_it(library: Library, tmp_path: Path) -> None:
    folder = notes(tmp_path / "notes", 20)
    (folder / "a.xyz").write_bytes(b"what is this")
    (folder / "empty.md").write_bytes(b"")
    (folder / "bomb.xml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><article>&a;</article>')
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    assert added(library, folder) == {"added": 20, "new": 0, "unchanged": 0, "refused": 4}


def test_the_originals_are_kept_by_their_hash(library: Library, tmp_path: Path) -> None:
    folder = notes(tmp_path / "notes", 3)
    added(library, folder)
    kept = sorted((library.folder / "originals").rglob("*.md"))
    assert len(kept) == 3
    held = {library.corpus.version(f"note:n{n}:en").original for n in range(3)}
    assert {path.stem for path in kept} == held


def test_two_writers_do_not_meet(library: Library) -> None:
    with (
        library.writing(),
        pytest.raises(LibraryError, match=f"process {os.getpid()}.*wait until it has finished"),
        library.writing(),
    ):
        pass


def test_the_lock_is_free_after_a_kill(library: Library) -> None:
    script = (
        "import sys, time; from pathlib import Path; from piamater.corpus.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(library.folder)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(LibraryError, match="another piamater"), library.writing():
            pass
        holder.kill()
    with library.writing():
        pass


def test_a_reader_that_crashes_is_refused_alone(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Meningitis\n\nMeningitis causes fever.\n", "utf-8")
    files = [
        ReadFile(Original("good.txt", str(good), good), "k1", "h1", None, 10),
        ReadFile(_Crashing("bad.txt", "bad.txt"), "k2", "h2", None, 10),
    ]
    with ReaderPool(1) as pool:
        results = pool.result(files, pool.submit(files))
    assert [bool(one.readings) for one in results] == [True, False]
    assert "crashed" in str(results[1].error)


class _Crashing(Original):
    """An original whose reading ends the process, as a fault in a C library would."""

    def read(self, limit: int = 0) -> bytes:
        os._exit(11)


def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    folder = notes(tmp_path / "notes", 300)
    whole = Library.create(tmp_path / "whole")
    added(whole, folder)
    expected = hashes(whole.folder)
    target = tmp_path / "killed"
    Library.create(target)
    command = [sys.executable, "-m", "piamater", "-l", str(target), "add", str(folder)]
    chooser = random.Random(1)
    for _ in range(4):
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as running:
            time.sleep(chooser.uniform(0.2, 1.2))
            os.killpg(running.pid, signal.SIGKILL)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "refused" not in done.stdout
    assert hashes(target) == expected
    asked = subprocess.run(
        [*command[:5], "ask", "Was meningitis confirmed by lumbar puncture?", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode in (0, 1), asked.stderr
