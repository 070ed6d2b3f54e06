"""Readers are told of the last check: how many documents, what they did, when and by whom."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from piamater.guides.review import Entry, Person
from piamater.site.checked import told
from piamater.site.configure import configure
from piamater.site.messages import words
from piamater.site.state import open_site
from piamater.watch import VERDICTS
from tests.site.conftest import no_limit, plain
from tests.watch.shelf import GUIDE, make_watched, news, say

HAQUE = Person("r-haque", "R. Haque", "", "", ("editor",))


def entry(**sources: str) -> Entry:
    body = {"guide": "seizure", "up_to": 9, "sources": sources, "note": ""}
    return Entry(2, "", "2026-05-03T10:00:00+00:00", "checked", "r-haque", body, "")


def say_in(language: str, **sources: str) -> str:
    found = told(entry(**sources), {"r-haque": HAQUE}, words(language), language)
    return re.sub(r"<[^>]+>", "", found)


@pytest.fixture(autouse=True)
def _configured() -> None:
    configure()


def test_a_dozen_without_a_change() -> None:
    dozen = {f"s{number}": "no-change" for number in range(12)}
    assert (
        say_in("en", **dozen)
        == "12 new documents were looked at on 3 May 2026 by R. Haque: no change."
    )
    assert (
        say_in("es", **dozen)
        == "Se leyeron 12 documentos nuevos el 3 de mayo de 2026, por R. Haque: sin cambios."
    )
    assert (
        say_in("bn", **dozen)
        == "১২টি নতুন নথি দেখা হয়েছে ৩ মে ২০২৬ তারিখে, দেখেছেন R. Haque: কোনো পরিবর্তন নেই।"
    )


def test_one_and_none() -> None:
    one = "1 new document was looked at on 3 May 2026 by R. Haque: 1 supports this page."
    assert say_in("en", a="supports") == one
    assert say_in("en") == "No new document was found on 3 May 2026; R. Haque looked."
    assert "{}" not in say_in("es") + say_in("bn") + say_in("es", a="new") + say_in("bn", a="new")


def test_what_contradicts_is_told_first() -> None:
    found = say_in("en", a="no-change", b="supports", c="contradicts", d="new", e="new")
    assert found.endswith(
        "1 contradicts something on this page; 2 tell something new;"
        " 1 supports this page; 1 changes nothing."
    )


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_every_verdict_has_its_words(language: str) -> None:
    for verdict in VERDICTS:
        for many in (1, 2):
            sources = {f"s{number}": verdict for number in range(many)} | {"x": "new"}
            assert say_in(language, **sources)


def test_a_name_cannot_write_markup() -> None:
    bad = Person("r-haque", "<b>{} Haque", "", "", ("editor",))
    found = told(entry(a="new"), {"r-haque": bad}, words("en"), "en")
    assert "&lt;b&gt;{} Haque" in found
    assert re.search(r'<time datetime="2026-05-03">3 May 2026</time>', found)


@pytest.mark.parametrize(
    ("language", "part"), [("en", "1 new document was looked at"), ("es", "Se leyó 1 documento")]
)
def test_the_page_of_a_guide_tells_of_the_check(tmp_path: Path, language: str, part: str) -> None:
    desk = make_watched(tmp_path)
    news(desk.library)
    say(desk)
    no_limit(desk.library.folder)
    open_site(desk.library.folder)
    html = Client().get(f"/{language}/guides/{GUIDE}").content.decode()
    head = plain(html[html.index("<h1>") : html.index('class="columns"')])
    assert part in head
    assert "Ada Writer" in head
