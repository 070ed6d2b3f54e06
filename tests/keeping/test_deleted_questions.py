"""What a reader deletes, or what is over its time, is in no byte that the library keeps."""

from __future__ import annotations

import gzip
import logging
import shutil
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from piamater.answers.inbox import FILE, Inbox
from piamater.cli.main import run
from piamater.keeping import Choice, backup
from piamater.site.configure import configure
from piamater.site.saved import SavedAnswers
from piamater.site.state import open_site
from tests.site.conftest import make_library, no_limit

ASKED = "What are the signs of leptomeningeal metastases? My quagmirish head aches."
ANSWERED = "A quagmirish one often is, says nobody [1]."
WORDS = (b"quagmirish", "quagmirish".encode("utf-16-le"), b"Quentina", b"Quorwell")


def held(*folders: Path) -> list[str]:
    """The files that hold one of the words, looked into to the last byte, packed ones too."""
    found = []
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            for name, data in contents(path):
                if any(word in data for word in WORDS):
                    found.append(name)
    return found


def contents(path: Path) -> list[tuple[str, bytes]]:
    data = path.read_bytes()
    out = [(str(path), data)]
    if tarfile.is_tarfile(path):
        with tarfile.open(path) as tar:
            for one in tar:
                file = tar.extractfile(one)
                out.append((f"{path}!{one.name}", file.read() if file else b""))
    elif data[:2] == b"\x1f\x8b":
        out.append((f"{path}!gz", gzip.decompress(data)))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            out += [(f"{path}!{one}", packed.read(one)) for one in packed.namelist()]
    return out


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("shelf") / "library")


@pytest.fixture
def home(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library beside a folder for temporary files and one for the log."""
    for name in ("temporary", "log"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    home = Path(shutil.copytree(shelf, tmp_path / "library"))
    no_limit(home)
    return home


@pytest.fixture
def log(tmp_path: Path, home: Path) -> Iterator[Path]:
    """Everything that anybody logs, at the finest level, in a file."""
    handler = logging.FileHandler(tmp_path / "log" / "all.log")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)
    logging.getLogger("piamater").warning("the log works")
    yield tmp_path / "log" / "all.log"
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def whole_life(home: Path, wal: bool) -> str:
    """A question asked on the site, drafted, answered, signed and read; gives its receipt code."""
    configure()
    open_site(home)
    client = Client()
    if wal:
        Inbox(home).list()
        with closing(sqlite3.connect(home / FILE)) as db:
            db.execute("PRAGMA journal_mode = WAL")
    sent = {"text": ASKED, "consent": "yes", "seen": "yes"}
    page = client.post("/en/questions/new", sent).content.decode()
    code = page.partition('<code id="code">')[2][:19]
    library = ["-l", str(home), "questions"]
    assert run([*library, "assign", "1", "Quentina"]) == 0
    assert run([*library, "draft", "1"]) == 0
    assert run([*library, "answer", "1", ANSWERED, "--by", "Quentina"]) == 0
    assert run([*library, "sign", "1", "--by", "Ann Quorwell"]) == 0
    assert "quagmirish" in client.post("/en/questions/receipt", {"code": code}).content.decode()
    return code


def copied(home: Path, to: Path) -> None:
    """The default backup: nobody asked for the questions."""
    to.mkdir()
    backup(home, to / "copy.tar.gz", Choice())


@pytest.mark.parametrize("way", ["reader", "staff", "time"])
@pytest.mark.parametrize("wal", [False, True], ids=["journal", "wal"])
def test_no_byte_is_left(
    home: Path, log: Path, tmp_path: Path, way: str, wal: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Inbox(home).today
    code = whole_life(home, wal)
    kept = {Path(one).name.partition("!")[0] for one in held(tmp_path)}
    assert kept  # the search finds what is there
    assert kept <= {FILE, f"{FILE}-wal"}  # and it is nowhere else
    copied(home, tmp_path / "before")
    assert not held(tmp_path / "before")
    if way == "reader":
        Client().post("/en/questions/receipt", {"code": code, "delete": "yes"})
    elif way == "staff":
        assert run(["-l", str(home), "questions", "delete", "1", "--yes"]) == 0
    else:
        Inbox(home, before + timedelta(days=181)).list()
    assert not held(tmp_path)
    copied(home, tmp_path / "after")
    assert not held(tmp_path / "after")
    assert log.read_text()  # something was logged, and none of it a question
    [left] = [Inbox(home).by_receipt(code)]
    assert (left.state if left else "") == ("deleted" if way == "time" else "")
    capsys.readouterr()


def test_no_byte_is_left_in_the_ledger_a_digest_or_the_evidence_for_assessors(
    home: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With registered people: the signature is an entry of a ledger that nobody can shorten."""
    monkeypatch.setenv("PIAMATER_PASSPHRASE", "four words make one")
    library = ["-l", str(home)]
    assert run([*library, "review", "init"]) == 0
    for one in ("ada", "sam"):
        person = ["review", "person", one, "--name", one.title(), "--role", "reviewer"]
        assert run([*library, *person]) == 0
    inbox = Inbox(home)
    inbox.add(ASKED, "en", inbox.today)
    assert run([*library, "questions", "draft", "1"]) == 0
    assert run([*library, "questions", "answer", "1", ANSWERED, "--by", "ada"]) == 0
    assert run([*library, "questions", "sign", "1", "--by", "sam"]) == 0
    salt = inbox.get(1).salt
    assert run([*library, "digest", "--feed", str(tmp_path / "waits.atom")]) == 0
    assert run([*library, "export", "quality", str(tmp_path / "evidence.zip")]) in (0, 1)
    assert {Path(one).name for one in held(tmp_path)} == {FILE}
    assert run([*library, "questions", "delete", "1", "--yes"]) == 0
    assert not held(tmp_path)
    for path in (one for one in tmp_path.rglob("*") if one.is_file()):
        data = path.read_bytes()
        assert salt.encode() not in data, path
        assert bytes.fromhex(salt) not in data, path
    assert b'"act":"answer"' in (home / "review" / "ledger.jsonl").read_bytes()
    assert run([*library, "review", "verify"]) == 0


def test_a_kept_answer_goes_with_its_key(home: Path, tmp_path: Path) -> None:
    saved = SavedAnswers(home)
    one = saved.keep({"question": ASKED, "sections": []}, date(2026, 11, 21).isoformat())
    assert held(home)
    saved.delete(one.id, one.key)
    assert not held(tmp_path)
