"""Writing at the desk: what is cited, found, said beside the text, compared, and kept."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from piamater.corpus import Library, add
from piamater.guides.review import Reviews, load_key
from piamater.guides.review.signing import Scope
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.vocabulary import Vocabulary
from tests.desk.conftest import PASSWORD, Running, Visitor, code_of, copied, in_desk, running
from tests.desk.people import PASSPHRASE
from tests.desk.test_story import come_in, edit, save
from tests.site.browser import ARGUMENTS, CHROMIUM, REASON

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=REASON)

START = """
import json
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_up
from piamater.desk.models import GuidePage
from piamater.desk.mirror import pull
from piamater.desk.shelf import library
set_up()
from django.contrib.auth.models import User
from wagtail.models import Comment

def newest(language="en"):
    return GuidePage.objects.get(guide="seizure", language=language).get_latest_revision_as_object()

file = library().folder / "guides" / "seizure" / "en.md"
"""

FILES_CHANGE = (
    START
    + """
page = newest()
before = [one.id for one in page.body]
cites = {one.value["label"]: one.id for one in page.citations}
block = page.body[2]
Comment.objects.create(page=page, user=User.objects.get(username="ada"), text="Is this so?",
    contentpath=f"body.{block.id}.both")
said = file.read_text()
first, second = page.composed().blocks[0].raw, page.composed().blocks[1].raw
file.write_text(said.replace(first + second, second + first).replace(
    "See a doctor soon if:", "See a doctor within some days if:"))
assert pull().changed == ("seizure/en.md",)
after = newest()
[comment] = after.wagtail_admin_comments.all()
print(json.dumps({
    "before": before, "after": [one.id for one in after.body],
    "cites": cites == {one.value["label"]: one.id for one in after.citations},
    "comment": comment.text, "there": comment.has_valid_contentpath(after),
    "file": after.text == file.read_text(),
}))
"""
)


def test_comments_and_revisions_keep_their_blocks_when_a_file_changes(
    made: Path, tmp_path: Path
) -> None:
    found = json.loads(in_desk(copied(made, tmp_path / "library"), FILES_CHANGE))
    before, after = found["before"], found["after"]
    assert after == [before[1], before[0], *before[2:]]
    assert found["cites"]
    assert found["comment"] == "Is this so?"
    assert found["there"]
    assert found["file"]


QUOTES = (
    START
    + """
from piamater.desk.picking import cited, offered
from piamater.errors import InputError
lib = library()
one = next(o for o in offered("seizure happens in water") if "utmb" in o["source"])
text = lib.corpus.text(one["source"], one["version"])
def ask(start, end, source=one["source"]):
    try:
        found = cited(source, one["version"], start, end)
        return text[found["start"]:found["end"]] == found["quote"] and found["quote"]
    except InputError as error:
        return str(error)
lines = [n for n, sign in enumerate(text) if sign == "\\n"]
twice = next(w for w in ("the person ", "seizure ") if text.count(w) > 1)
second = text.find(twice, text.find(twice) + 1)
told = {
    "whole": ask(one["start"], one["end"]), "text": one["text"],
    "trimmed": ask(one["start"] - 1, one["end"] + 1) if text[one["start"] - 1] == " " else one["text"],
    "short": ask(one["start"], one["start"] + 3),
    "over": ask(lines[0] - 9, lines[-1] + 1),
    "outside": ask(len(text), len(text) + 50),
    "again": ask(second, second + len(twice)),
    "unknown": ask(0, 20, "note:nothing:en"),
}
with lib.writing():
    lib.corpus.decide(one["source"], "withdraw", "dose was wrong", "2026-11-21")
told["withdrawn"] = ask(one["start"], one["end"])
told["offers"] = [o["refused"] for o in offered("seizure happens in water") if o["source"] == one["source"]]
print(json.dumps(told))
"""
)


def test_a_quote_is_what_stands_there_or_is_refused_with_the_reason(
    made: Path, tmp_path: Path
) -> None:
    told = json.loads(in_desk(copied(made, tmp_path / "library"), QUOTES))
    assert told["whole"] == told["trimmed"] == told["text"]
    assert "too short" in told["short"]
    assert "on one line" in told["over"]
    assert "too short" in told["outside"]
    assert "times in the source" in told["again"] or "too short" in told["again"]
    assert "holds no such source" in told["unknown"]
    assert "withdrawn" in told["withdrawn"]
    assert "dose was wrong" in told["withdrawn"]
    assert told["offers"]
    assert all("may not be cited" in one for one in told["offers"])


HELP = (
    START
    + """
from wagtail.admin.panels import FieldPanel
page = newest()
without = []
for stream in (page.body.stream_block, page.citations.stream_block):
    for kind, block in stream.child_blocks.items():
        without += [f"{kind}.{n}" for n, f in block.child_blocks.items() if not f.field.help_text]
def look(panel):
    if isinstance(panel, FieldPanel) and not panel.help_text:
        without.append(panel.field_name)
    for child in getattr(panel, "children", ()):
        look(child)
look(page.get_edit_handler())
print(json.dumps(without))
"""
)


def test_every_field_says_what_it_is_for(made: Path, tmp_path: Path) -> None:
    assert json.loads(in_desk(copied(made, tmp_path / "library"), HELP)) == []


COMPARED = (
    START
    + """
page = newest("bn")
page.body[0].value["patient"] = "খিঁচুনি সাধারণত কয়েক মিনিটে থামে।"
page.save_revision(user=User.objects.get(username="bela"), log_action=True, clean=False)
page = newest("bn")
page.body[0].value["patient"] = "খিঁচুনি প্রায়ই কয়েক মিনিটে থামে।"
page.save_revision(user=User.objects.get(username="ada"), log_action=True, clean=False)
numbers = list(page.revisions.order_by("created_at", "pk").values_list("pk", flat=True))
print(json.dumps([page.pk, *numbers[-2:]]))
"""
)


def test_two_drafts_are_compared_word_by_word_and_the_history_says_who(
    made: Path, tmp_path: Path
) -> None:
    folder = copied(made, tmp_path / "library")
    page, first, second = json.loads(in_desk(folder, COMPARED))
    with running(folder) as desk:
        haque = Visitor(desk)
        haque.come_in("haque")
        shown = haque.ask(f"/pages/{page}/revisions/compare/{first}...{second}/")
        assert shown.status == 200
        assert '<span class="deletion">সাধারণত</span>' in shown.text
        assert '<span class="addition">প্রায়ই</span>' in shown.text
        assert shown.text.count('class="addition"') == 1
        history = haque.ask(f"/pages/{page}/history/").text
        assert "Ada Writer" in history
        assert "Bela Sen" in history


def test_reviewers_say_something_on_a_block_and_it_stays_there(made: Path, tmp_path: Path) -> None:
    with running(copied(made, tmp_path / "library")) as desk:
        haque, ada = Visitor(desk), Visitor(desk)
        haque.come_in("haque")
        ada.come_in("ada")
        address = "/comments/seizure/en/"
        form = haque.ask(address).text
        place = re.search(r'value="([0-9a-f-]{36}\.clinical)"', form)
        assert place
        for wrong in ("", "x" * 2_001):
            assert haque.ask(address, {"place": place[1], "text": wrong}).status == 400
        gone: dict[str, object] = {"place": f"{'0' * 36}.both", "text": "Where?"}
        assert "no such block" in haque.ask(address, gone).text
        told: dict[str, object] = {"place": place[1], "text": "Is 4 of 20 <b>right</b>?"}
        assert "Is 4 of 20 &lt;b&gt;right" in haque.ask(address, told).text
        number = re.search(r'name="answer" value="(\d+)"', haque.ask(address).text)
        assert number
        ada.ask(address, {"answer": number[1], "text": "Yes, table 2."})
        assert "Yes, table 2." in haque.ask(address).text
        file = desk.folder / "guides" / "seizure" / "en.md"
        said = file.read_text("utf-8")
        file.write_text(said.replace("See a doctor soon if", "See a doctor early if"), "utf-8")
        ada.ask("/queues/")
        page = re.search(r"/pages/(\d+)/edit/", haque.ask(address).text + ada.ask(address).text)
        assert page
        assert "Yes, table 2." in haque.ask(address).text
        assert "gone" not in haque.ask(address).text
        editor = ada.ask(f"/pages/{page[1]}/edit/").text
        assert "Is 4 of 20" in editor
        assert place[1] in editor
        haque.ask(address, {"settle": number[1]})
        assert "Is 4 of 20" not in haque.ask(address).text
        assert haque.ask(address, {"settle": number[1]}).status == 400


def test_what_is_behind_is_told_with_the_day_and_the_words(made: Path, tmp_path: Path) -> None:
    with running(copied(made, tmp_path / "library")) as desk:
        luz = Visitor(desk)
        luz.come_in("luz")
        address = "/translations/seizure/es/"
        assert "behind" not in luz.ask(address).text
        file = desk.folder / "guides" / "seizure" / "en.md"
        said = file.read_text("utf-8")
        file.write_text(said.replace("Most seizures end in", "Most seizures stop in"), "utf-8")
        luz.ask("/queues/")
        shown = luz.ask(address).text
        assert re.search(r"1 block is behind:\s*<a href=\"#definition\">", shown)
        assert "<del>end</del><ins>stop</ins>" in shown
        assert f"translated, on {time.strftime('%Y-%m-%d', time.gmtime())}" in shown


def test_a_warning_wants_a_word_that_the_ledger_holds_and_the_reviewer_reads(
    made: Path, tmp_path: Path
) -> None:
    with running(copied(made, tmp_path / "library")) as desk:
        ada, haque = Visitor(desk), Visitor(desk)
        ada.come_in("ada")
        haque.come_in("haque")
        address = "/review/seizure/submit/"
        assert "warnings want a word" in ada.ask(address, {"note": " "}).text
        assert not desk.reviews.book.guide("seizure").submits
        word = "The links lead to guides that come next week."
        assert "put forward for review" in ada.ask(address, {"note": word}).text
        [entry] = desk.reviews.book.guide("seizure").submits
        assert (entry.by, entry.body["note"]) == ("ada", word)
        shown = haque.ask("/review/seizure/en/").text
        assert word in shown
        assert "Ada Writer" in shown


def asked_for(desk: Running) -> None:
    """R. Haque approves the page but for one block."""
    reviews = Reviews(Library(desk.folder))
    key = load_key(desk.folder / "review", lambda: PASSPHRASE)
    with reviews.library.writing():
        reviews.submit(key, "seizure", "ada", "please")
        reviews.sign(
            key,
            "seizure",
            "haque",
            "approve-with-changes",
            interests="none",
            changes={"danger-soon": "Say how soon."},
            scope=Scope(("en",), ("patient",)),
        )


@needs_chromium
def test_the_writer_meets_the_changes_asked_at_their_block(browser: Browser, desk: Running) -> None:
    asked_for(desk)
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    box = ada.locator(".desk-asked")
    expect(box).to_have_count(1)
    expect(box).to_contain_text("R. Haque")
    expect(box).to_contain_text("Say how soon.")
    block = ada.locator("[data-streamfield-child]", has=box)
    expect(block.locator("input[name$='-type']")).to_have_value("danger-soon")
    expect(box).not_to_contain_text("changed since")
    block.locator("textarea[name$='-both']").fill("See a doctor the same day if:\n\n- it was short")
    save(ada)
    expect(ada.locator(".desk-asked")).to_contain_text("the words were changed since")
    edit(ada, desk, "es")
    ada.wait_for_timeout(4_000)
    expect(ada.locator(".desk-asked")).to_have_count(0)


@needs_chromium
def test_a_finding_stands_under_its_text_and_does_not_flicker(
    browser: Browser, desk: Running
) -> None:
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    status = ada.locator(".desk-told [role=status]")
    expect(status).to_contain_text("5 warnings")
    first = ada.locator("textarea[name='body-0-value-patient']")
    before = time.monotonic()
    first.fill("Everybody gets well.")
    here = ada.locator("#desk-here-body-0-patient")
    expect(here).to_contain_text("carries no citation")
    assert time.monotonic() - before < 10
    assert "desk-here-body-0-patient" in (first.get_attribute("aria-describedby") or "")
    expect(status).to_contain_text("error")
    ada.evaluate("document.querySelector('#desk-here-body-0-patient li').kept = true")
    with ada.expect_response(lambda one: "/findings/" in one.url):
        ada.locator("#id_plain_title").fill("Seizure, or fit")
    ada.wait_for_timeout(500)
    assert ada.evaluate("document.querySelector('#desk-here-body-0-patient li').kept")
    first.fill("")
    expect(here).to_have_count(0)


BANGLA = """---
note: piamater-evidence-note/1
id: fit-bn
language: bn
kind: patient-information
title: খিঁচুনি হলে কী করবেন
licence: CC-BY-4.0
looked-up: "2026-11-21"
---
# খিঁচুনি হলে কী করবেন

## সারাংশ
খিঁচুনির সময় রোগীর পাশে থাকুন এবং সময় দেখুন।
"""


@needs_chromium
def test_bangla_words_are_cited_with_the_keys_alone(
    browser: Browser, made: Path, tmp_path: Path
) -> None:
    folder = copied(made, tmp_path / "library")
    (tmp_path / "fit.md").write_text(BANGLA, "utf-8")
    library = Library(folder)
    with library.writing():
        add(library, [str(tmp_path / "fit.md")])
        vocabulary = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        bring_up_to_date(library, index, vocabulary)
        index.close()
    with running(folder) as desk:
        ada = come_in(browser, desk, "ada")
        edit(ada, desk, "bn")
        area = ada.locator("textarea[name='body-0-value-patient']")
        area.fill("পাশে থাকুন।")
        area.focus()
        keys = ada.keyboard
        keys.press("Tab")
        keys.press("Enter")
        keys.type("খিঁচুনির সময় রোগীর পাশে")
        keys.press("Enter")
        expect(ada.locator(".desk-picker [role=status]")).to_contain_text("passages")
        for _ in range(3):  # search, cite, choose words
            keys.press("Tab")
        keys.press("Enter")
        expect(ada.locator(".desk-picker li textarea")).to_be_focused()
        for _ in range(len(" এবং সময় দেখুন।")):
            keys.press("Shift+ArrowLeft")
        keys.press("Tab")
        keys.press("Enter")
        expect(area).to_have_value(re.compile(r"পাশে থাকুন।\[\^[a-z0-9-]+\]$"))
        expect(area).to_be_focused()
        save(ada)
        text = (folder / "guides" / "seizure" / "bn.md").read_text("utf-8")
        cite = re.search(r'^\[\^[a-z0-9-]+\]: @(note:fit-bn\S*) "(.+)"$', text, re.MULTILINE)
        assert cite
        assert cite[2].startswith("খিঁচুনির সময়")
        assert len(cite[2]) < len("খিঁচুনির সময় রোগীর পাশে থাকুন এবং সময় দেখুন।")
        assert cite[2] in library.corpus.text(cite[1])


def killed(browser: Browser) -> Browser:
    """A browser of its own, to be killed."""
    return browser.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def autosaved(page: Page, text: str) -> None:
    """Write, and wait until Wagtail has kept it by itself; it takes the form in first."""
    page.wait_for_timeout(2_000)
    with page.expect_response(
        lambda one: one.url.endswith("/edit/") and one.request.method == "POST"
    ) as answer:
        page.locator("textarea[name='body-0-value-patient']").fill(text)
    assert '"success": true' in answer.value.text()


@needs_chromium
@pytest.mark.parametrize(
    "text",
    ["Half a sentence that", "No guide yet.\n\n## nonsense\n\nand [^"],
    ids=["guide", "none"],
)
def test_a_browser_that_dies_takes_no_words_with_it(
    browser: Browser, desk: Running, text: str
) -> None:
    other = killed(browser)
    ada = come_in(other, desk, "ada")
    edit(ada, desk, "en")
    file = desk.folder / "guides" / "seizure" / "en.md"
    before = file.read_bytes()
    autosaved(ada, text)
    other.close()
    assert file.read_bytes() == before  # the file waits until its writer saves
    again = come_in(browser, desk, "ada")
    edit(again, desk, "en")
    expect(again.locator("textarea[name='body-0-value-patient']")).to_have_value(text)
    again.get_by_role("button", name="Save draft").first.click()
    expect(again.locator(".messages, [data-w-messages]")).to_contain_text("updated")
    if "nonsense" in text:
        expect(again.locator(".messages, [data-w-messages]")).to_contain_text("not written yet")
        assert file.read_bytes() == before
    else:
        assert text in file.read_text("utf-8")


@needs_chromium
def test_an_older_draft_is_taken_up_again(browser: Browser, desk: Running) -> None:
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    file = desk.folder / "guides" / "seizure" / "en.md"
    before = file.read_bytes()
    ada.locator("#id_description").fill("A slip of the hand.")
    save(ada)
    assert "A slip of the hand." in file.read_text("utf-8")
    page = re.search(r"/pages/(\d+)/", ada.url)
    assert page
    ada.goto(f"{desk.address}/pages/{page[1]}/history/")
    first = ada.locator("tbody tr").filter(has_text="Draft saved").last
    first.get_by_role("button", name="Actions").click()
    ada.get_by_role("link", name="Review this version").click()
    ada.get_by_role("button", name=re.compile("Replace current draft")).first.click()
    expect(ada.locator(".messages, [data-w-messages]")).to_contain_text("replaced")
    assert file.read_bytes() == before


@needs_chromium
def test_a_session_that_ends_keeps_the_text_until_the_next_login(
    browser: Browser, desk: Running
) -> None:
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    other = ada.context.new_page()
    other.goto(f"{desk.address}/queues/")
    other.get_by_role("button", name="Log out").click()
    ada.locator("textarea[name='body-0-value-patient']").fill("Written while nobody was in.")
    expect(ada.locator(".desk-told")).to_contain_text("You are logged out")
    stores = ada.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Written while" not in stores
    other.goto(f"{desk.address}/login/")
    other.fill("#id_username", "ada")
    other.fill("#id_password", PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.fill("#code", code_of(desk.secrets["ada"]))
    other.get_by_role("button", name="Go on").click()
    expect(other.locator("#code")).to_have_count(0)
    autosaved(ada, "Written while nobody was in, and kept.")
    save(ada)
    file = desk.folder / "guides" / "seizure" / "en.md"
    assert "nobody was in, and kept." in file.read_text("utf-8")


@needs_chromium
def test_a_second_editor_is_told_before_a_newer_text_is_overwritten(
    browser: Browser, desk: Running
) -> None:
    ada, eva = come_in(browser, desk, "ada"), come_in(browser, desk, "eva")
    edit(ada, desk, "en")
    edit(eva, desk, "en")
    autosaved(ada, "What Ada wrote.")
    eva.locator("textarea[name='body-0-value-patient']").fill("What Eva wrote.")
    expect(eva.locator("footer")).to_contain_text("Saving will overwrite a newer version")
    eva.get_by_role("button", name="Save draft").first.click()
    told = eva.locator("[role=dialog]:visible")
    expect(told).to_contain_text("Ada Writer saved a new version")
    told.get_by_role("button", name="Save draft").click()
    expect(eva.locator(".messages, [data-w-messages]")).to_contain_text("updated")
    eva.goto(eva.url.replace("/edit/", "/history/"))
    expect(eva.locator("main")).to_contain_text("Ada Writer")
    eva.goto(eva.url.replace("/history/", "/revisions/compare/earliest...latest/"))
    expect(eva.locator(".addition", has_text="Eva")).to_have_count(1)
    kept = in_desk(
        desk.folder,
        START + "print([one.as_object().text for one in newest().revisions.all()])",
    )
    assert "What Ada wrote." in kept
    assert "What Eva wrote." in kept


@needs_chromium
def test_a_comment_of_the_editor_outlives_saving_and_reviewers_read_it(
    browser: Browser, desk: Running
) -> None:
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    ada.locator("textarea[name='body-0-value-patient']").hover()
    ada.locator("[data-contentpath='patient'] [data-comment-add]").first.click()
    ada.wait_for_timeout(500)
    ada.keyboard.type("Is this still so?")
    ada.locator(".comment button[type=submit], .comment__button--primary").first.click()
    save(ada)
    edit(ada, desk, "en")
    ada.locator("#id_description").fill("What to do, step by step.")
    save(ada)
    haque = Visitor(desk)
    haque.come_in("haque")
    assert "Is this still so?" in haque.ask("/comments/seizure/en/").text
