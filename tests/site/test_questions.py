from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from piamater.answers.inbox import Inbox
from piamater.cli.main import run
from piamater.corpus import Library
from piamater.guides.review import Key, Reviews, person
from piamater.site.configure import configure
from piamater.site.state import open_site
from tests.site.conftest import no_limit

ASKED = {"en": "My name is Anna Whitmore. Is a headache after the puncture normal?",
         "es": "Me llamo Lucía Fernández. ¿Es normal el dolor de cabeza tras la punción?",
         "bn": "আমার নাম রহিমা খাতুন। লাম্বার পাংচারের পরে মাথাব্যথা কি স্বাভাবিক?"}  # fmt: skip


@pytest.fixture
def asking(own_shelf: Path) -> Client:
    no_limit(own_shelf)
    configure()
    open_site(own_shelf)
    return Client()


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_the_whole_way_without_scripts(
    asking: Client, own_shelf: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"/{language}/questions/new"
    sent = {"text": ASKED[language], "consent": "yes", "reader": "patient"}
    assert asking.post(address, {**sent, "consent": ""}).status_code == 400
    assert asking.post(address, {**sent, "text": ""}).status_code == 400
    check = asking.post(address, sent).content.decode()
    assert not any(name in check for name in ("Whitmore", "Fernández", "খাতুন"))
    assert not Inbox(own_shelf).list()  # nothing is kept before the reader has seen it
    shown = re.search(r'<textarea id="text" name="text"[^>]*>([^<]+)</textarea>', check)
    assert shown
    done = asking.post(address, {**sent, "text": shown[1], "seen": "yes"}).content.decode()
    code = re.search(r'<code id="code">([A-Z0-9-]{19})</code>', done)
    assert code
    kept = Inbox(own_shelf).list()[0]
    assert "Whitmore" not in kept.text
    library = ["-l", str(own_shelf), "questions"]
    assert run([*library, "list"]) == 0
    assert run([*library, "draft", str(kept.id)]) == 0
    drafted = Inbox(own_shelf).get(kept.id)
    mark = "[1]" if drafted.draft_citations else ""
    said = f"Often, yes {mark}."
    assert run([*library, "answer", str(kept.id), said, "--by", "A. Person"]) == 0
    waiting = asking.post(f"/{language}/questions/receipt", {"code": code[1]}).content.decode()
    assert "Often, yes" not in waiting
    assert "A. Person" not in waiting
    assert run([*library, "sign", str(kept.id), "--by", "Dr. A. Person"]) == 2
    assert "nobody signs their own" in capsys.readouterr().err
    assert run([*library, "sign", str(kept.id), "--by", "B. Other"]) == 0
    back = asking.post(f"/{language}/questions/receipt", {"code": code[1]}).content.decode()
    assert "Often, yes" in back
    assert "A. Person" in back
    assert "B. Other" in back
    for opened in re.findall(r'<a class="cite" href="([^"]+)"', back):
        assert asking.get(opened).status_code == 200
    assert bool(mark) == ('<a class="cite"' in back)
    gone = asking.post(f"/{language}/questions/receipt", {"code": code[1], "delete": "yes"})
    assert gone.status_code == 200
    assert not Inbox(own_shelf).list()
    again = asking.post(f"/{language}/questions/receipt", {"code": code[1]})
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I have a high fever, a stiff neck and a severe headache. What is it?"),
        ("es", "Tengo fiebre alta, rigidez de nuca y dolor de cabeza intenso. ¿Qué es?"),
        ("bn", "আমার খিঁচুনি হচ্ছে। এটা কী?"),
    ],
)
def test_danger_signs_are_told_before_anything_is_sent(
    asking: Client, own_shelf: Path, language: str, text: str
) -> None:
    page = asking.post(f"/{language}/questions/new?country=BD", {"text": text, "consent": "yes"})
    html = page.content.decode()
    assert "card-emergency" in html
    assert "tel:999" in html
    assert not Inbox(own_shelf).list()


def test_what_is_sent_twice_as_masked_stays_masked_and_script_is_text(
    asking: Client, own_shelf: Path
) -> None:
    text = "<script>alert(1)</script> Is MRI safe?"
    check = asking.post("/en/questions/new", {"text": text, "consent": "yes"}).content.decode()
    assert "<script>alert" not in check
    assert "&lt;script&gt;" in check


def test_what_is_changed_on_the_way_is_shown_once_more(asking: Client, own_shelf: Path) -> None:
    sent = {"text": "Is MRI safe? Write to ann@example.org", "consent": "yes", "seen": "yes"}
    again = asking.post("/en/questions/new", sent).content.decode()
    assert "ann@example.org" not in again
    assert "Nothing has been sent yet" in again
    danger = {"text": "Is MRI safe? She cannot be woken now.", "consent": "yes", "seen": "yes"}
    told = asking.post("/en/questions/new", danger).content.decode()
    assert "card-emergency" in told
    assert not Inbox(own_shelf).list()
    asking.post("/en/questions/new", {**danger, "told": "yes"})
    [kept] = Inbox(own_shelf).list()
    assert kept.urgent


def test_a_sign_within_what_is_masked_is_still_told(asking: Client) -> None:
    text = "My address: 14 Rosebery Avenue he has a seizure that does not stop"
    page = asking.post("/en/questions/new", {"text": text, "consent": "yes"}).content.decode()
    assert "card-emergency" in page


def test_too_long_a_question(asking: Client) -> None:
    sent = {"text": "a " * 3000, "consent": "yes"}
    assert asking.post("/en/questions/new", sent).status_code == 400


def test_the_answer_opens_the_passages_that_it_cites(asking: Client, own_shelf: Path) -> None:
    inbox = Inbox(own_shelf)
    code = inbox.add("What are the signs of leptomeningeal metastases?", "en", inbox.today)
    [one] = inbox.list()
    assert run(["-l", str(own_shelf), "questions", "draft", str(one.id)]) == 0
    quotes = inbox.get(one.id).draft_citations
    assert len(quotes) > 1
    inbox.answer(one.id, "<b>Headache</b>, often [1][2].\n- And more [2]", "Ann Lee", inbox.today)
    inbox.sign(one.id, "R. Haque", inbox.today)
    html = asking.post("/en/questions/receipt", {"code": code}).content.decode()
    assert "&lt;b&gt;Headache" in html
    assert "[2]" not in html
    addresses = re.findall(r'<a class="cite" href="([^"]+)"', html)
    assert len(addresses) == 3
    for address, quote in zip(addresses, [*quotes[:2], quotes[1]], strict=True):
        assert address.endswith(f"{quote.version[:12]}/{quote.start}-{quote.end}")
        assert asking.get(address).status_code == 200
    assert 'id="references"' in html
    assert "are kept until" in html


def test_after_its_time_the_receipt_says_that_all_is_deleted(
    asking: Client, own_shelf: Path
) -> None:
    asked = Inbox(own_shelf)
    code = asked.add("Is the quixotic headache normal?", "en", asked.today)
    asked.answer(1, "A quixotic yes.", "Ann Lee", asked.today)
    asked.sign(1, "R. Haque", asked.today)
    site = open_site(own_shelf, asked.today + timedelta(days=180))
    assert b"quixotic yes" in asking.post("/en/questions/receipt", {"code": code}).content
    site = open_site(own_shelf, asked.today + timedelta(days=181))
    html = asking.post("/en/questions/receipt", {"code": code}).content.decode()
    assert "have been deleted" in html
    assert "quixotic" not in html
    assert "Ann Lee" not in html
    assert b"quixotic" not in (site.folder / "questions.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("language", "due", "late", "over"),
    [
        ("en", "We want to have answered by", "Your answer is late", "Nobody answered it in time"),
        ("es", "Queremos haber respondido", "Su respuesta se retrasa", "Nadie la respondió"),
        ("bn", "আমরা উত্তর দিতে চাই", "উত্তর দিতে দেরি হচ্ছে", "সময়মতো কেউ উত্তর দিতে পারেননি"),
    ],
)
def test_the_receipt_tells_the_days_and_that_nobody_answered(
    asking: Client, own_shelf: Path, language: str, due: str, late: str, over: str
) -> None:
    sent = {"text": "quixotic?", "consent": "yes", "seen": "yes"}
    page = asking.post(f"/{language}/questions/new", sent).content.decode()
    code = re.search(r'<code id="code">([^<]+)', page)
    assert code
    assert due in page
    today = Inbox(own_shelf).today
    for days, told in ((0, due), (15, late), (91, over)):
        open_site(own_shelf, today + timedelta(days=days))
        address = f"/{language}/questions/receipt"
        html = asking.post(address, {"code": code[1]}).content.decode()
        assert told in html
        assert ("quixotic" in html) == (days < 91)


def recorded(own_shelf: Path) -> tuple[Inbox, str]:
    """A question whose answer was signed in the ledger."""
    key = Key.create()
    library = Library(own_shelf)
    (own_shelf / "review").mkdir(exist_ok=True)
    reviews = Reviews(library)
    reviews.found(key)
    for one in ("ann", "bob"):
        reviews.register(key, person(one, one.title(), ["reviewer"]))
    inbox = Inbox(own_shelf)
    code = inbox.add("What are the signs of leptomeningeal metastases?", "en", inbox.today)
    assert run(["-l", str(own_shelf), "questions", "draft", "1"]) == 0
    inbox.answer(1, "Quixotic headache [1].", "ann", inbox.today)
    inbox.sign(1, "bob", inbox.today, key=lambda: key)
    return inbox, code


def test_an_answer_that_the_ledger_does_not_bear_out_is_not_shown(
    asking: Client, own_shelf: Path
) -> None:
    _, code = recorded(own_shelf)
    html = asking.post("/en/questions/receipt", {"code": code}).content.decode()
    assert "Quixotic" in html
    assert "without a word of yours: entry" in html
    with closing(sqlite3.connect(own_shelf / "questions.sqlite3")) as db:
        db.execute("UPDATE questions SET answer = 'Quixotic pills [1].'")
        db.commit()
    html = asking.post("/en/questions/receipt", {"code": code}).content.decode()
    assert "Quixotic" not in html
    assert "not the one that was signed" in html


def test_a_withdrawn_source_under_an_answer_is_told_on_the_receipt(
    asking: Client, own_shelf: Path
) -> None:
    inbox, code = recorded(own_shelf)
    told = "has been replaced or withdrawn since"
    html = asking.post("/en/questions/receipt", {"code": code}).content.decode()
    assert told not in html
    source = inbox.get(1).citations[0].source
    withdraw = ["-l", str(own_shelf), "sources", "withdraw", source, "--reason", "an error in it"]
    assert run(withdraw) == 0
    open_site(own_shelf)
    html = asking.post("/en/questions/receipt", {"code": code}).content.decode()
    assert told in html
