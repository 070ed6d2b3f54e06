"""Killed at any moment of adding, publishing, signing, copying or restoring, a library is sound."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from piamater.keeping import Place, backup, examine, restore
from piamater.testing.postgres_server import PostgresServer
from tests.keeping.acting import EVERYTHING, beside
from tests.keeping.served import moved, new_place

ROOT = Path(__file__).resolve().parents[2]
ACTS = ("publish", "sign", "backup", "restore", "add")


@pytest.fixture
def starter() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.keeping.acting"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.close()
        assert running.stderr.read() == "", "no act failed by itself"


def start(starter: subprocess.Popen[str], *what: object) -> int:
    """Let an act begin; gives its process id."""
    assert starter.stdin is not None
    assert starter.stdout is not None
    starter.stdin.write("\t".join(map(str, what)) + "\n")
    starter.stdin.flush()
    return int(starter.stdout.readline())


def test_a_kill_at_ten_random_moments(
    home: Path, tmp_path: Path, starter: subprocess.Popen[str]
) -> None:
    killed(home, tmp_path, 10, starter)


@pytest.mark.slow
def test_a_kill_at_sixty_random_moments(
    home: Path, tmp_path: Path, starter: subprocess.Popen[str]
) -> None:
    killed(home, tmp_path, 60, starter)


@pytest.mark.parametrize("times", [6, pytest.param(30, marks=pytest.mark.slow)])
def test_a_kill_with_the_documents_on_a_server(
    home: Path,
    tmp_path: Path,
    starter: subprocess.Popen[str],
    postgres: PostgresServer,
    times: int,
) -> None:
    """Ten moments of each at 30; a restore that was killed can be done again, to the same place."""
    served = moved(home, tmp_path / "served", new_place(postgres))
    whole = backup(served, tmp_path / "whole.tar.gz", EVERYTHING).file
    chance, before, again = random.Random(times), examine(served).looked_at, 0
    for number in range(times):
        one = ("backup", "restore", "add")[number % 3]
        child = start(starter, one, served, tmp_path, number * 1000)
        time.sleep(chance.uniform(0.0, 0.7))
        kill(child)
        report = examine(served)
        assert report.sound, (one, report.findings)
        _look_at_what_is_there(tmp_path, one, Place("sqlite"))
        if one == "restore":
            again += _restored_again(served, tmp_path, whole, number * 1000)
    after = examine(served).looked_at
    assert after["texts"] >= before["texts"]
    assert again == times // 3


def killed(home: Path, place: Path, times: int, starter: subprocess.Popen[str]) -> None:
    chance = random.Random(times)
    backup(home, place / "whole.tar.gz", EVERYTHING)
    before = examine(home).looked_at
    for number in range(times):
        one = ACTS[number % len(ACTS)]
        child = start(starter, one, home, place, number * 1000)
        time.sleep(chance.uniform(0.0, 0.4))
        kill(child)
        report = examine(home)
        assert report.sound, (one, report.findings)
        _look_at_what_is_there(place, one, Place())
    after = examine(home).looked_at
    for name in ("texts", "originals", "editions", "quotes", "ledger"):
        assert after[name] >= before[name], "what was acknowledged stays"
        assert after[name] > before[name] or times < 60, f"{name} came between the kills"
    shutil.rmtree(home / "index", ignore_errors=True)
    assert examine(home, mend=True).sound


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    while Path(f"/proc/{child}").exists():
        time.sleep(0.001)


def _restored_again(served: Path, place: Path, whole: Path, first: int) -> int:
    """The restore that was killed is done once more, to where it was to be; those before it stand.

    Its rows may all be on the server, and its folder not yet in place: nobody ever opened them.
    """
    number = first
    while (place / f"back-{number}").exists():
        assert examine(place / f"back-{number}").sound
        shutil.rmtree(place / f"back-{number}")
        number += 1
    back = restore(whole, place / f"back-{number}", place=beside(served, number)).folder
    assert examine(back).sound
    shutil.rmtree(back)
    return 1


def _look_at_what_is_there(place: Path, act: str, documents: Place) -> None:
    """A copy that is there is whole; a restored library that is there is sound."""
    copy = place / "copy.tar.gz"
    if act == "backup" and copy.exists():
        back = restore(copy, place / "tried", place=documents).folder
        assert examine(back).sound
        shutil.rmtree(back)
    for back in () if documents.store else place.glob("back-*"):
        report = examine(back)
        assert report.sound, (back, report.findings)
        shutil.rmtree(back)
