"""A library of our own made-up sources and guides, and the site that serves it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from piamater.corpus import Library, add
from piamater.guides import GuideFolder, publish
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.site.configure import configure
from piamater.site.state import Site, open_site
from piamater.starter import notes_folder, put_guides
from piamater.vocabulary import Vocabulary

DAY = date(2026, 11, 21)


def make_library(folder: Path) -> Path:
    """The starter shelf as a library, added, indexed and published."""
    library = Library.create(folder, "A shelf for tests")
    with library.writing():
        add(library, [str(notes_folder())])
        vocabulary = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        bring_up_to_date(library, index, vocabulary)
        index.close()
        put_guides(folder / "guides")
        publish(library, GuideFolder(folder / "guides"))
    return folder


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the starter shelf; tests that change it take ``own_shelf``."""
    return make_library(tmp_path_factory.mktemp("shelf") / "library")


@pytest.fixture
def own_shelf(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the library that a test may change."""
    return Path(shutil.copytree(shelf, tmp_path / "library"))


def no_limit(folder: Path) -> None:
    """Let tests ask as often as they like."""
    settings = folder / "piamater.toml"
    text = settings.read_text("utf-8")
    limit = "requests_per_minute = 0"
    changed, found = re.subn(r"^requests_per_minute = \d+", limit, text, flags=re.MULTILINE)
    settings.write_text(changed if found else f"{text}\n[site]\n{limit}\n", "utf-8")


@pytest.fixture
def site(shelf: Path) -> Site:
    """The site of this process, serving the shelf."""
    no_limit(shelf)
    configure()
    return open_site(shelf)


@pytest.fixture
def client(site: Site) -> Client:
    """Asks the site without a network."""
    return Client()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(shelf: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The true server over a library, one process: its address, and how to stop it."""
    port = free_port()
    command = [sys.executable, "-m", "piamater", "--library", str(shelf), "serve"]
    process = subprocess.Popen([*command, "--port", str(port), "--workers", "1"])

    def stop() -> None:
        process.terminate()
        process.wait(20)

    address = f"http://localhost:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=2).close()
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.1)
        else:
            pytest.fail("the server did not start")
        yield address, stop
    finally:
        stop()


@pytest.fixture(scope="session")
def served(shelf: Path) -> Iterator[str]:
    """The address of the true server over the shelf."""
    no_limit(shelf)
    with serving(shelf) as (address, _):
        yield address


@pytest.fixture
def mortal(shelf: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A server of the test's own, and how to stop it: pulling the network."""
    no_limit(shelf)
    with serving(shelf) as both:
        yield both


def plain(html: str) -> str:
    """The text of a page without its tags."""
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
