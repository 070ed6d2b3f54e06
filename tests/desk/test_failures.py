"""What fails at the desk is told, harms nothing beside it, and loses no word."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from piamater.corpus import Library, add
from piamater.guides.review import Reviews
from tests.desk.conftest import copied, in_desk

COME = """
import json, re, sys
from pathlib import Path
from unittest import mock
from piamater.desk.configure import configure
configure()
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from piamater.desk.models import GuidePage
from piamater.desk.setup import set_up
from piamater.desk.shelf import library, reviews

def come(name):
    user = User.objects.get(username=name)
    app, _ = TOTPDevice.objects.get_or_create(user=user, name="app", confirmed=True)
    visitor = Client(raise_request_exception=False, headers={"host": "localhost"})
    visitor.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = visitor.session
    session["otp_device_id"] = app.persistent_id
    session.save()
    return visitor

def ask(visitor, path, form=None, follow=False):
    answer = visitor.get(path) if form is None else visitor.post(path, form, follow=follow)
    told[path] = [answer.status_code, answer.content.decode()]

told = {}
FULL = OSError(28, "No space left on device")
"""


@pytest.fixture
def kept(made: Path, tmp_path: Path) -> Path:
    """The library with its desk, for processes that only this test has."""
    return copied(made, tmp_path / "library")


def at_desk(folder: Path, code: str) -> Any:
    return json.loads(in_desk(folder, f"{COME}{code}\nprint(json.dumps(told))"))


def test_a_file_whose_page_cannot_be_made_keeps_nothing_else_back(kept: Path) -> None:
    guides = kept / "guides"
    text = (guides / "seizure" / "en.md").read_text("utf-8")
    for name in ("untitled", "two"):
        (guides / name).mkdir()
    (guides / "untitled" / "en.md").write_text(re.sub("(?m)^title:.*$", 'title: ""', text), "utf-8")
    (guides / "two" / "a-name-that-is-no-language.md").write_text(text, "utf-8")
    told = at_desk(
        kept,
        """
pulled = set_up()
ask(come("ada"), "/queues/")
told["refused"] = pulled.refused
told["pages"] = list(GuidePage.objects.values_list("guide", flat=True).distinct())
""",
    )
    status, page = told["/queues/"]
    assert status == 200
    assert "Not taken in: untitled/en.md" in page
    assert any(one.startswith("untitled/en.md") for one in told["refused"])
    assert {"seizure", "lumbar-puncture"} <= set(told["pages"])
    assert "untitled" not in told["pages"]


def test_a_damaged_edition_hides_its_guide_and_no_other(kept: Path) -> None:
    edition = next((kept / "editions" / "seizure").glob("*.json"))
    edition.write_bytes(edition.read_bytes()[:-50])
    told = at_desk(
        kept,
        """
ada = come("ada")
for path in ("/queues/", "/review/seizure/", "/review/lumbar-puncture/", "/evidence/"):
    ask(ada, path)
""",
    )
    status, page = told["/queues/"]
    assert status == 200
    assert "the edition is not what was published" in page
    assert 'href="/review/lumbar-puncture/"' in page
    assert told["/review/seizure/"][0] == 409
    assert told["/review/lumbar-puncture/"][0] == 200
    assert "the edition is not what was published" in told["/evidence/"][1]


def test_a_policy_that_cannot_be_read_is_told_with_what_to_do(kept: Path) -> None:
    (kept / "review" / "policy.toml").write_text("months = [", "utf-8")
    told = at_desk(
        kept,
        """
for path in ("/queues/", "/review/seizure/", "/review/seizure/en/"):
    ask(come("haque"), path)
""",
    )
    for path, (status, page) in told.items():
        assert status == 409, path
        assert "policy.toml" in page
        assert "not valid TOML" in page


def test_a_full_disk_is_told_and_leaves_nothing_half_done(kept: Path) -> None:
    told = at_desk(
        kept,
        """
ada = come("ada")
page = GuidePage.objects.get(guide="seizure", language="en")
newest = page.get_latest_revision_as_object()
newest.title = "Seizures"
with mock.patch("piamater.desk.views.new.write_whole", side_effect=FULL):
    ask(ada, "/guides/new/", {"id": "brand-new", "type": "condition", "language": "en",
        "title": "New", "description": "A guide."})
    ask(ada, "/translations/seizure/es/pin/", {})
from piamater.desk.mirror import saved
with mock.patch("piamater.desk.mirror.write_whole", side_effect=FULL):
    told["saved"] = saved(newest)
""",
    )
    for path in ("/guides/new/", "/translations/seizure/es/pin/"):
        status, page = told[path]
        assert status == 503
        assert "No space left on device" in page
    assert "the file is not written yet: No space left on device" in told["saved"]
    assert not (kept / "guides" / "brand-new").exists()


def test_words_that_the_form_does_not_hold_are_kept(kept: Path) -> None:
    file = kept / "guides" / "seizure" / "en.md"
    long = "word " * 150 + "end."
    text = file.read_text("utf-8")
    text = re.sub("(?m)^description:.*$", f'description: "{long}"', text)
    file.write_text(text, "utf-8")
    told = at_desk(
        kept,
        """
from piamater.desk.mirror import push
set_up()
page = GuidePage.objects.get(guide="seizure", language="en").get_latest_revision_as_object()
told["shown"] = len(page.description)
told["whole"] = page.text == Path(library().folder, "guides/seizure/en.md").read_text()
page.title = "Seizures"
push(page)
""",
    )
    assert told == {"shown": 500, "whole": True}
    assert long in file.read_text("utf-8")


def test_numbers_of_any_length_and_a_zero_sign_are_no_failure(kept: Path) -> None:
    told = at_desk(
        kept,
        """
haque = come("haque")
ask(haque, f"/questions/{'9' * 30}/")
ask(haque, f"/questions/{'9' * 30}/assign/", {"to": "haque"})
ask(come("root"), "/review/seizure/code/", {"invitation": "9" * 5000})
ask(haque, "/comments/seizure/en/", {"place": "", "text": "a" + chr(0)})
""",
    )
    assert [status for status, _ in told.values()] == [404, 404, 404, 400]


def test_a_draft_is_not_buried_by_pinning(kept: Path) -> None:
    told = at_desk(
        kept,
        """
ada = come("ada")
page = GuidePage.objects.get(guide="seizure", language="es")
newest = page.get_latest_revision_as_object()
newest.title = "Un borrador"
newest.save_revision(user=User.objects.get(username="ada"))
english = Path(library().folder, "guides/seizure/en.md")
english.write_text(english.read_text().replace("minutes", "some minutes"))
before = english.with_name("es.md").read_bytes()
ask(ada, "/translations/seizure/es/pin/", {}, follow=True)
told["same"] = before == english.with_name("es.md").read_bytes()
told["top"] = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object().title
""",
    )
    assert told["same"]
    assert told["top"] == "Un borrador"
    assert "holds a draft that the file does not" in told["/translations/seizure/es/pin/"][1]


def test_a_guide_that_was_taken_away_does_not_come_back_by_saving(kept: Path) -> None:
    shutil.rmtree(kept / "guides" / "lumbar-puncture")
    told = at_desk(
        kept,
        """
from piamater.desk.mirror import saved
page = GuidePage.objects.get(guide="lumbar-puncture", language="en")
told["saved"] = saved(page.get_latest_revision_as_object())
ask(come("ada"), "/queues/")
""",
    )
    assert "was taken away" in told["saved"]
    assert not (kept / "guides" / "lumbar-puncture").exists()
    status, page = told["/queues/"]
    assert status == 200
    assert "not in the folder of guides any more" in page
    assert "/review/lumbar-puncture/#forward" not in page


def test_what_was_changed_since_it_was_looked_at_is_not_published(kept: Path) -> None:
    told = at_desk(
        kept,
        """
pub, path = come("pub"), "/review/seizure/publish/"
file = Path(library().folder, "guides/seizure/en.md")
file.write_text(file.read_text().replace("minutes", "some minutes", 1))
page = pub.get("/review/seizure/").content.decode()
seen = re.search('name="seen" value="([^"]*)"', page)[1]
file.write_text(file.read_text().replace("minutes", "more minutes", 1))
ask(pub, path, {"seen": seen}, follow=True)
told["then"] = len(reviews().editions.history("seizure"))
page = pub.get("/review/seizure/").content.decode()
ask(pub, path, {"seen": re.search('name="seen" value="([^"]*)"', page)[1]}, follow=True)
told["now"] = len(reviews().editions.history("seizure"))
""",
    )
    assert (told["then"], told["now"]) == (1, 2), told


def test_a_guide_not_in_order_leads_to_its_editor_who_may_edit_alone(kept: Path) -> None:
    (kept / "guides" / "seizure" / "en.md").write_text("---\nnothing\n", "utf-8")
    told = at_desk(
        kept,
        """
page = GuidePage.objects.get(guide="seizure", language="en").pk
for who in ("ada", "haque"):
    answer = come(who).get("/review/seizure/")
    told[who] = [answer.status_code, f'"/pages/{page}/edit/"' in answer.content.decode(),
        "/edit/" in answer.content.decode()]
""",
    )
    assert told == {"ada": [409, True, True], "haque": [409, False, False]}


def test_what_nobody_reviews_yet_is_taken_back_on_its_page(kept: Path) -> None:
    told = at_desk(
        kept,
        """
ada = come("ada")
ada.post("/review/seizure/submit/", {"note": "the warnings may stay"})
put = reviews().book.entries[-1].number
for who in ("ada", "haque", "root"):
    told[who] = 'id="take-back"' in come(who).get("/review/seizure/").content.decode()
ask(come("haque"), "/review/seizure/withdraw/", {"entry": put, "reason": "mine"}, follow=True)
told["haque then"] = told.pop("/review/seizure/withdraw/")[1]
ask(ada, "/review/lumbar-puncture/withdraw/", {"entry": put, "reason": "a table"}, follow=True)
told["page"] = ada.get("/review/seizure/").content.decode()
told["log"] = Path(library().folder, "desk/log.jsonl").read_text().splitlines()[-1]
told["put"] = put
""",
    )
    assert (told["ada"], told["haque"], told["root"]) == (True, False, True)
    assert "not R. Haque" in told["haque then"]
    assert 'name="note"' in told["page"]  # it can be put forward again
    assert f"took back entry {told['put']}" in re.sub(r"<[^>]+>", "", told["page"])
    assert json.loads(told["log"])["guide"] == "seizure"  # the guide it was about
    assert Reviews(Library(kept)).book.entries[-1].act == "withdraw"


NEWS = """---
note: piamater-evidence-note/1
id: seizure-news
language: en
kind: trial
title: Seizure first aid, a new trial
licence: CC-BY-4.0
looked-up: "2026-11-21"
---
# Seizure first aid, a new trial

## Summary
Most seizures end in a few minutes. A seizure in water was an emergency in 12 of 40 people.
"""


def test_why_a_document_is_new_evidence_stands_in_sentences(kept: Path) -> None:
    (kept.parent / "news.md").write_text(NEWS, "utf-8")
    library = Library(kept)
    with library.writing():
        add(library, [str(kept.parent / "news.md")])
    library.corpus.close()
    told = at_desk(
        kept,
        """
from piamater.desk.wording import title_of, watched
from piamater.watch import WHYS, Why
ask(come("haque"), "/evidence/")
source = next(iter(reviews().editions.latest("seizure").evidence.values())).source
told["title"] = title_of(source)
told["whys"] = {kind: watched(Why(kind, source, "2026-11-20")) for kind in WHYS}
""",
    )
    status, page = told["/evidence/"]
    assert status == 200
    assert "note:seizure-news:en" in page
    assert ", ," not in page  # a note has no day of publication
    assert "It is about what the guide is about." in page
    whys = told["whys"]
    assert len(set(whys.values())) == len(whys)
    assert all(re.fullmatch(r"(The guide|It) .{12,}\.", one) for one in whys.values()), whys
    assert whys["cites"] == f"It cites {told['title']}, which the guide cites too."


def test_one_code_opens_once_for_two_who_send_it_at_once(kept: Path) -> None:
    told = at_desk(
        kept,
        """
from types import SimpleNamespace
from django_otp.oath import totp
from piamater.desk.views.account import _verified
come("ada")
user = User.objects.get(username="ada")
one, other = (TOTPDevice.objects.get(user=user) for _ in range(2))  # both were read before
code = f"{totp(one.bin_key):06d}"
asking = SimpleNamespace(user=user)
told["first"] = _verified(asking, one, code) is not None
told["second"] = _verified(asking, other, code) is not None
""",
    )
    assert told == {"first": True, "second": False}
