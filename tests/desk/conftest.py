"""A desk that runs in a process of its own, with its people, and ways to come in."""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from piamater.corpus import Library, add
from piamater.guides import GuideFolder, publish
from piamater.guides.review import Key, Reviews, person
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.starter import notes_folder, put_guides
from piamater.testing.postgres_server import PostgresServer
from piamater.vocabulary import Vocabulary
from tests.desk.people import PASSPHRASE

pytest.importorskip("wagtail", reason="no Wagtail: pip install 'piamater[desk]'")
pytest.importorskip("django_otp")

REPOSITORY = Path(__file__).parents[2]
PASSWORD = "a horse in the library"
GUIDES = ("lumbar-puncture", "seizure")
ROLES = {
    "ada": ("Ada Writer", ["writer"], "", ""),
    "eva": ("Eva Editor", ["editor"], "", ""),
    "haque": ("R. Haque", ["clinical"], "neurologist, A-1", "register, 2026-11-01"),
    "luz": ("Luz Gil", ["language:es"], "", ""),
    "bela": ("Bela Sen", ["language:bn"], "", ""),
    "pub": ("Pat Publisher", ["publisher"], "", ""),
    "root": (
        "The Administrator",
        ["administrator", "writer", "clinical", "language:bn"],
        "physician, A-2",
        "register, 2026-11-01",
    ),
    "link": ("Lina Linked", ["clinical"], "nurse, A-3", "register, 2026-11-01"),
}
ACCOUNTS = tuple(one for one in ROLES if one != "link")


def make_shelf(folder: Path) -> Path:
    """Two starter guides, published, and a ledger with people."""
    library = Library.create(folder, "A shelf with a desk")
    reviews, key = Reviews(library), Key.create()
    with library.writing():
        add(library, [str(notes_folder())])
        vocabulary = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        bring_up_to_date(library, index, vocabulary)
        index.close()
        put_guides(folder / "guides")
        for one in (folder / "guides").iterdir():
            if one.name not in GUIDES:
                shutil.rmtree(one)
        key.save(folder / "review", PASSPHRASE)
        reviews.found(key)
        for id_, (name, roles, credential, checked) in ROLES.items():
            reviews.register(key, person(id_, name, roles, credential, checked))
        publish(library, GuideFolder(folder / "guides"), key=key)
    library.corpus.close()
    return folder


IN_POSTGRES: dict[Path, tuple[PostgresServer, str]] = {}
"""Libraries whose desk is kept in PostgreSQL: the server and the database's name."""

_NUMBERS = count(1)


def copied(made: Path, target: Path) -> Path:
    """A copy of the library and of its desk; SQLite's companions of an open file come and go."""
    beside = shutil.ignore_patterns("*-shm", "*-wal")
    folder = Path(shutil.copytree(made, target, ignore=beside))
    if made in IN_POSTGRES:
        server, name = IN_POSTGRES[made]
        in_postgres(folder, server, like=name)
    return folder


def in_postgres(folder: Path, server: PostgresServer, like: str = "") -> None:
    """Keep the desk of a library in a PostgreSQL database of its own."""
    name = f"desk_{os.getpid()}_{next(_NUMBERS)}"
    server.create(name, like)
    IN_POSTGRES[folder] = server, name


def without_desk(folder: Path) -> None:
    """Take the desk from a library: no page, no account."""
    shutil.rmtree(folder / "desk")
    if folder in IN_POSTGRES:
        in_postgres(folder, IN_POSTGRES[folder][0])


def database_of(folder: Path) -> dict[str, str]:
    """The variable that names the database of a library's desk; none for SQLite."""
    if folder not in IN_POSTGRES:
        return {}
    server, name = IN_POSTGRES[folder]
    return {"PIAMATER_DESK_DATABASE": server.address(database=name)}


def rows(folder: Path, question: str) -> list[tuple[object, ...]]:
    """What the desk's database answers to a question in SQL."""
    if folder not in IN_POSTGRES:
        with closing(sqlite3.connect(folder / "desk" / "desk.sqlite3")) as db:
            return db.execute(question).fetchall()
    import psycopg

    with psycopg.connect(database_of(folder)["PIAMATER_DESK_DATABASE"]) as other:
        return other.execute(question.encode()).fetchall()


def dump(folder: Path) -> str:
    """All that the desk's database holds, as text."""
    listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if folder in IN_POSTGRES:
        listed = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    tables = [str(one[0]) for one in rows(folder, listed)]
    return "\n".join(repr(rows(folder, f'SELECT * FROM "{one}"')) for one in tables)


ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("PIAMATER_DESK")},
    "PIAMATER_PASSPHRASE": PASSPHRASE,
    "PIAMATER_PASSWORD": PASSWORD,
}
MAKE_ACCOUNTS = """
import sys
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import make_account, set_up
set_up()
for name in sys.argv[1:]:
    make_account(name, "a horse in the library", name == "root")
"""


def in_desk(folder: Path, code: str, *words: str, **variables: str) -> str:
    """Run Python in a process that has the desk configured; gives what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=REPOSITORY,
        env={
            **ENVIRONMENT,
            **database_of(folder),
            "PIAMATER_LIBRARY": str(folder),
            **variables,
        },
        capture_output=True,
        text=True,
        timeout=480,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library without a desk, to be copied."""
    return make_shelf(tmp_path_factory.mktemp("shelf") / "library")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def made(
    request: pytest.FixtureRequest, shelf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The library with accounts, to be copied; its desk is kept in each database in turn."""
    folder = copied(shelf, tmp_path_factory.mktemp("desk") / "library")
    if request.param == "postgresql":
        in_postgres(folder, request.getfixturevalue("postgres"))
    in_desk(folder, MAKE_ACCOUNTS, *ACCOUNTS)
    return folder


@dataclass
class Running:
    """A desk that runs: its address and its library."""

    address: str
    folder: Path
    secrets: dict[str, bytes] = field(default_factory=dict)

    @property
    def reviews(self) -> Reviews:
        """The library's reviews, read anew."""
        return Reviews(Library(self.folder))


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Running]:
    """A desk over a copy of the library."""
    with running(copied(made, tmp_path / "library")) as one:
        yield one


@pytest.fixture(scope="module")
def shared_desk(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk that the tests of a module share; they change nothing that others look at."""
    folder = copied(made, tmp_path_factory.mktemp("shared") / "library")
    with running(folder) as one:
        yield one


class running:  # noqa: N801
    """Start the desk, wait until it answers, and stop it at the end."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.variables = folder, variables

    def __enter__(self) -> Running:
        command = [
            sys.executable,
            "-m",
            "piamater",
            "--library",
            str(self.folder),
            "desk",
            "--port",
            "0",
        ]
        self.process = subprocess.Popen(
            command, env={**ENVIRONMENT, **database_of(self.folder), **self.variables}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout
        told = []
        for line in self.process.stdout:
            told.append(line)
            if found := re.search(r"http://[^/ ]+", line):
                break
        else:
            raise AssertionError("".join(told))
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()
        for _ in range(300):
            try:
                urllib.request.urlopen(found[0] + "/health", timeout=10).close()
                return Running(found[0], self.folder)
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the desk does not answer")

    def _listen(self) -> None:
        """Pass on what the desk says: pytest shows it with a failure."""
        for line in self.process.stdout or ():
            sys.stderr.write(line)

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.reader.join()
        if self.process.stdout:
            self.process.stdout.close()


@dataclass
class Answer:
    """What came back: status, headers, text, and the address at the end."""

    status: int
    headers: dict[str, str]
    text: str
    url: str


class Visitor:
    """Somebody at the desk without a browser: keeps cookies, sends forms with their token."""

    def __init__(self, desk: Running, **headers: str) -> None:
        self.desk, self.headers = desk, headers
        # cookies that are for https alone come too, as through a proxy that ends it
        self.jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path: str, form: dict[str, object] | None = None, method: str = "") -> Answer:
        """Ask for an address, or send a form to it."""
        url = path if path.startswith("http") else self.desk.address + path
        data = None
        headers = dict(self.headers)
        if form is not None:
            token = next((one.value or "" for one in self.jar if one.name == "csrftoken"), "")
            data = urlencode({"csrfmiddlewaretoken": token, **form}, doseq=True).encode()
            headers |= {"Referer": url, "Content-Type": "application/x-www-form-urlencoded"}
        request = urllib.request.Request(url, data, headers, method=method or None)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return Answer(
                    answer.status, dict(answer.headers), answer.read().decode(), answer.url
                )
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read().decode(), error.url)

    def log_in(self, name: str, password: str = PASSWORD) -> Answer:
        """The password alone."""
        self.ask("/login/")
        return self.ask("/login/", {"username": name, "password": password})

    def come_in(self, name: str) -> Answer:
        """Password and second factor; the first time, the secret is confirmed."""
        answer = self.log_in(name)
        assert answer.url.endswith("/second-factor/"), answer.text
        if found := re.search(r"otpauth://[^<\s]+", answer.text):
            self.desk.secrets[name] = secret_of(found[0])
        return self.ask("/second-factor/", {"code": code_of(self.desk.secrets[name])})


def secret_of(address: str) -> bytes:
    """The secret in an otpauth address, as it stands in HTML."""
    query = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    return base64.b32decode(query["secret"][0])


def code_of(secret: bytes) -> str:
    """The code that an authenticator app shows; one is taken once only, so the next is waited for."""
    from django_otp.oath import TOTP

    used = _USED.setdefault(secret, -1)
    while (step := int(time.time()) // 30) <= used:
        time.sleep(0.5)
    _USED[secret] = step
    return f"{TOTP(secret, step=30, digits=6).token():06d}"


_USED: dict[bytes, int] = {}


@pytest.fixture(scope="module")
def people(shared_desk: Running) -> Callable[[str], Visitor]:
    """``people(name)`` is somebody who has come in, once for a module; no name: a stranger."""
    known: dict[str, Visitor] = {}

    def find(name: str) -> Visitor:
        if name not in known:
            known[name] = Visitor(shared_desk)
            if name:
                assert known[name].come_in(name).status == 200
        return known[name]

    return find


STORY = "test_the_whole_story"
"""What is asked of both databases in the browser every time; the rest of it, in the slow suite."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser run on PostgreSQL in the slow suite, but for the whole story."""
    for one in items:
        if not isinstance(one, pytest.Function) or "browser" not in one.fixturenames:
            continue
        called = getattr(one, "callspec", None)
        database = called.params.get("made") if called else ""
        if database == "postgresql" and one.originalname != STORY:
            one.add_marker("slow")
