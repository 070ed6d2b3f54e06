"""The main story with the documents on a server: init, add, ask, publish, serve."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from piamater.cli.main import run
from piamater.corpus import Library
from piamater.site.configure import configure
from piamater.site.state import open_site
from piamater.starter import QUESTION, notes_folder, put_guides
from piamater.testing.postgres_server import PostgresServer


def test_the_main_story(
    postgres: PostgresServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> str:
        code = run([*words])
        shown = capsys.readouterr()
        assert code == 0, shown.err
        return shown.out

    folder = tmp_path / "library"
    postgres.sql("CREATE DATABASE story")
    told("init", str(folder), "--store", postgres.address(database="story"))
    told("-l", str(folder), "add", str(notes_folder()))
    answer = json.loads(told("-l", str(folder), "ask", QUESTION, "--json"))
    assert answer["outcome"] == "answered"
    cited = answer["sections"][0]["statements"][0]["citations"][0]
    text = told("-l", str(folder), "sources", "text", cited["source"])
    assert text[cited["start"] : cited["end"]] == cited["quote"]

    put_guides(folder / "guides")
    told("-l", str(folder), "guides", "publish")
    configure()
    client = Client()
    site = open_site(folder)
    for path in ("guides/csf-cytology", f"sources/{cited['source']}", "sources"):
        assert client.get(f"/en/{path}").status_code == 200

    stamp = site.stamp
    told("-l", str(folder), "sources", "withdraw", cited["source"], "--reason", "a test")
    site._checked = -1.0
    assert site.stamp != stamp
    standing = Library(folder).judge(Library(folder).corpus.version(cited["source"])).standing
    assert standing.value == "withdrawn"
    assert not (folder / "corpus.sqlite3").exists()
    assert [one.name for one in folder.glob("index*")] != ["index"]

    assert client.get("/en/guides/csf-cytology").status_code == 200
    postgres.stop()
    try:
        site._checked = -1.0
        assert client.get("/en/guides/csf-cytology").status_code == 200
        assert client.get("/en/sources/note:unheard-of:en").status_code == 503
    finally:
        postgres.start()
    site._checked = -1.0
    assert client.get("/en/sources").status_code == 200
