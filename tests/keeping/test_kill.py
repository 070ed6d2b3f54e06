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

from piamater.keeping import backup, examine, restore
from tests.keeping.acting import EVERYTHING

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


def killed(home: Path, place: Path, times: int, starter: subprocess.Popen[str]) -> None:
    chance = random.Random(times)
    backup(home, place / "whole.tar.gz", EVERYTHING)
    before = examine(home).looked_at
    for number in range(times):
        one = ACTS[number % len(ACTS)]
        child = start(starter, one, home, place, number * 1000)
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(child, signal.SIGKILL)
        while Path(f"/proc/{child}").exists():
            time.sleep(0.001)
        report = examine(home)
        assert report.sound, (one, report.findings)
        _look_at_what_is_there(place, one)
    after = examine(home).looked_at
    for name in ("texts", "originals", "editions", "quotes", "ledger"):
        assert after[name] >= before[name], "what was acknowledged stays"
        assert after[name] > before[name] or times < 60, f"{name} came between the kills"
    shutil.rmtree(home / "index", ignore_errors=True)
    assert examine(home, mend=True).sound


def _look_at_what_is_there(place: Path, act: str) -> None:
    """A copy that is there is whole; a restored library that is there is sound."""
    copy = place / "copy.tar.gz"
    if act == "backup" and copy.exists():
        back = restore(copy, place / "tried").folder
        assert examine(back).sound
        shutil.rmtree(back)
    for back in place.glob("back-*"):
        report = examine(back)
        assert report.sound, (back, report.findings)
        shutil.rmtree(back)
