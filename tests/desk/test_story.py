"""The whole story in a browser: written, checked, refused, reviewed, signed, published, lapsed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from piamater.answers.inbox import Inbox
from piamater.corpus import Library, add
from piamater.guides.review import Reviews, cells, verify
from tests.desk.conftest import PASSWORD, Running, code_of, rows, secret_of
from tests.site.browser import CHROMIUM, REASON

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REASON)


def come_in(browser: Browser, desk: Running, name: str) -> Page:
    """Somebody at the desk, past both factors, in a browser of their own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(desk.address + "/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#code")).to_be_visible()
    if page.locator("details .hash").count():
        desk.secrets[name] = secret_of(page.locator("details .hash").text_content() or "")
    page.fill("#code", code_of(desk.secrets[name]))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#code")).to_have_count(0)
    return page


def edit(page: Page, desk: Running, language: str) -> None:
    page.goto(f"{desk.address}/review/seizure/")
    page.get_by_role("link", name=f"Edit {language}", exact=True).click()
    expect(page.locator("#id_title")).to_be_visible()
    expect(page.locator("textarea[name$='-patient']").first).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator(".messages, [data-w-messages]")).to_contain_text(
        re.compile("saved|updated", re.IGNORECASE)
    )


def put_forward(page: Page, desk: Running, note: str = "") -> None:
    page.goto(f"{desk.address}/review/seizure/")
    page.fill("#note", note)
    page.get_by_role("button", name="Put forward").click()


def sign(page: Page, desk: Running, language: str, *, ticks: bool = True) -> None:
    page.goto(f"{desk.address}/review/seizure/{language}/")
    if ticks:
        for box in page.locator("input[name=read]").all():
            box.check()
    page.fill("#interests", "none")
    page.get_by_role("button", name="Sign", exact=True).click()


def reading(folder: Path, today: str = "") -> tuple[subprocess.Popen[bytes], str]:
    """The readers' site over the same library, in a process of its own."""
    from tests.site.conftest import free_port

    port = free_port()
    command = [
        sys.executable,
        "-m",
        "piamater",
        "--library",
        str(folder),
        "serve",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    address = f"http://localhost:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(address + "/health", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    return process, address


def test_the_whole_story(browser: Browser, desk: Running) -> None:
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    first = ada.locator("textarea[name$='-patient']").first
    assert first.input_value() == "Most seizures end in a few minutes.[^most]"
    first.fill("Most seizures end in a few minutes. Everybody gets well.")
    save(ada)
    ada.get_by_role("tab", name="Findings").click()
    expect(ada.locator(".findings .error").first).to_be_visible()
    put_forward(ada, desk, "please")
    expect(ada.locator(".told.error")).to_contain_text("errors keep it back")
    edit(ada, desk, "en")
    ada.locator("textarea[name$='-patient']").first.fill(
        "Most seizures end in a few minutes.[^most] "
    )
    ada.locator("#id_description").fill("What to do when somebody has a seizure.")
    save(ada)
    for language in ("es", "bn"):
        assert (desk.folder / "guides" / "seizure" / f"{language}.md").is_file()
    put_forward(ada, desk, "checked; the warnings are of the starter shelf")
    expect(ada.locator(".told.success")).to_contain_text("put forward")

    root = come_in(browser, desk, "root")  # the administrator, a superuser, who writes too
    edit(root, desk, "en")
    root.locator("#id_description").fill("What to do when someone has a seizure, step by step.")
    save(root)
    put_forward(root, desk, "my own words")
    expect(root.locator(".told.success")).to_contain_text("put forward")
    sign(root, desk, "en")
    expect(root.locator(".told.error")).to_contain_text("nobody approves their own work")

    haque = come_in(browser, desk, "haque")
    sign(haque, desk, "en", ticks=False)
    expect(haque.locator(".told.error")).to_contain_text("are not ticked")
    sign(haque, desk, "en")
    expect(haque.locator(".told.success")).to_contain_text("stands in the ledger")
    bela = come_in(browser, desk, "bela")
    sign(bela, desk, "bn")
    expect(bela.locator(".told.success")).to_contain_text("stands in the ledger")
    assert desk.reviews.of(desk.reviews.draft("seizure"), "bn").state == "approved"

    pub = come_in(browser, desk, "pub")
    pub.goto(f"{desk.address}/review/seizure/")
    pub.fill("#pnote", "One sentence more.")
    pub.get_by_role("button", name="Publish").click()
    expect(pub.locator(".told.success")).to_contain_text("Edition 2 is published")
    assert verify(Library(desk.folder)).faults == ()

    process, address = reading(desk.folder)
    try:
        reader = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
        reader.goto(f"{address}/bn/guides/seizure")
        expect(reader.locator(".review .state-approved")).to_have_text("অনুমোদিত")
        expect(reader.locator(".review")).to_contain_text("Bela Sen")
        library = Library(desk.folder)
        edition = Reviews(library).editions.latest("seizure")
        source = next(
            one.sources[0] for one in cells(edition) if one.view == "patient" and one.sources
        )
        with library.writing():
            library.corpus.decide(source, "withdraw", "retracted", date.today().isoformat())
        reader.reload()
        expect(reader.locator(".review .state-lapsed")).to_be_visible()
        link = reader.locator(".review .why a").first
        expect(link).to_have_attribute("href", re.compile(re.escape(source)))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    haque.goto(f"{desk.address}/queues/")
    expect(haque.locator("section", has=haque.locator("#moved"))).to_contain_text("Seizure")


def test_a_reviewer_by_link_signs_once(browser: Browser, desk: Running) -> None:
    ada = come_in(browser, desk, "ada")
    put_forward(ada, desk, "the warnings are of the starter shelf")
    eva = come_in(browser, desk, "eva")
    eva.goto(f"{desk.address}/review/seizure/")
    eva.select_option("#person", "link")
    eva.select_option("#language", "en")
    eva.get_by_role("button", name="Make a link").click()
    told = eva.locator(".told.success").text_content() or ""
    address = re.search(r"http\S+/invited/\S+/", told)
    assert address
    root = come_in(browser, desk, "root")
    root.goto(f"{desk.address}/review/seizure/")
    root.get_by_role("button", name="Show the code, once").click()
    code = root.locator(".code").text_content() or ""
    stranger = browser.new_context().new_page()
    stranger.goto(address[0])
    stranger.fill("#code", code)
    stranger.get_by_role("button", name="Open").click()
    for box in stranger.locator("input[name=read]").all():
        box.check()
    stranger.fill("#interests", "none")
    stranger.get_by_role("button", name="Sign", exact=True).click()
    expect(stranger.locator("h1")).to_have_text("Thank you")
    entry = desk.reviews.book.entries[-1]
    assert (entry.act, entry.by) == ("approve", "link")
    answer = stranger.goto(address[0])
    assert answer
    assert answer.status == 410
    answer = stranger.goto(address[0][:-6] + "xxxxx/")
    assert answer
    assert answer.status == 404
    assert stranger.goto(desk.address + "/queues/")
    assert "/login/" in stranger.url


def test_a_reviewer_who_read_an_older_text_cannot_sign_it(browser: Browser, desk: Running) -> None:
    ada = come_in(browser, desk, "ada")
    put_forward(ada, desk, "the warnings are of the starter shelf")
    haque = come_in(browser, desk, "haque")
    haque.goto(f"{desk.address}/review/seizure/en/")
    for box in haque.locator("input[name=read]").all():
        box.check()
    haque.fill("#interests", "none")
    file = desk.folder / "guides" / "seizure" / "en.md"
    file.write_bytes(
        file.read_bytes().replace(b"### patient\n\nMost", b"### patient\n\nNearly all or most")
    )
    haque.get_by_role("button", name="Sign", exact=True).click()
    expect(haque.locator(".told.error")).to_contain_text("changed since this page was opened")
    assert not [one for one in desk.reviews.book.entries if one.act == "approve"]


def test_the_picker_cites_a_passage(browser: Browser, desk: Running) -> None:
    ada = come_in(browser, desk, "ada")
    edit(ada, desk, "en")
    area = ada.locator("textarea[name$='-patient']").first
    area.fill("A seizure in water is an emergency. ")
    before = ada.locator("[name^='citations-'][name$='-label']").count()
    ada.get_by_role("button", name="Cite a passage").nth(1).click()
    ada.get_by_label("Words to look for").fill("allowing time to rest")
    ada.keyboard.press("Enter")
    ada.get_by_role("button", name="Cite", exact=True).first.click()
    expect(ada.locator("[name^='citations-'][name$='-label']")).to_have_count(before + 1)
    expect(area).to_have_value(re.compile(r"emergency\. \[\^[a-z0-9-]+\]$"))
    save(ada)
    text = (desk.folder / "guides" / "seizure" / "en.md").read_text("utf-8")
    label = re.search(r"emergency\. \[\^([a-z0-9-]+)\]", text)
    assert label
    assert re.search(rf'^\[\^{label[1]}\]: @note:\S+ ".+"$', text, re.MULTILINE)


def test_axe_finds_no_violation_on_the_desks_own_pages(browser: Browser, desk: Running) -> None:
    axe = Axe()
    page = browser.new_page()
    found = []
    page.goto(desk.address + "/login/")
    found += [("login", one["id"], "") for one in axe.run(page).response["violations"]]
    haque = come_in(browser, desk, "haque")
    for path in (
        "/queues/",
        "/questions/",
        "/evidence/",
        "/review/seizure/",
        "/review/seizure/bn/",
    ):
        for width in (360, 1280):
            haque.set_viewport_size({"width": width, "height": 800})
            haque.goto(desk.address + path)
            found += [
                (path, one["id"], one["nodes"][0]["html"][:120])
                for one in axe.run(haque).response["violations"]
            ]
            assert haque.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    assert found == []


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


def test_new_evidence_waits_for_a_decision_and_readers_are_told(
    browser: Browser, desk: Running
) -> None:
    haque = come_in(browser, desk, "haque")
    haque.goto(f"{desk.address}/evidence/")
    expect(haque.locator("main")).not_to_contain_text("seizure-news")
    (desk.folder.parent / "news.md").write_text(NEWS, "utf-8")
    library = Library(desk.folder)
    with library.writing():
        add(library, [str(desk.folder.parent / "news.md")])
    haque.reload()
    section = haque.locator("section", has=haque.get_by_role("link", name="Seizure", exact=True))
    expect(section).to_contain_text("Most seizures end in a few minutes.")
    section.get_by_role("button", name="Decide").click()
    expect(haque.locator(".told.error")).to_contain_text("no verdict")
    for one in section.locator("select").all():  # notes of the second of publishing wait too
        one.select_option("no-change")
    section.locator("[name=note]").fill("one new trial, no change")
    section.get_by_role("button", name="Decide").click()
    expect(haque.locator(".told.success")).to_contain_text("stands in the ledger")
    entry = desk.reviews.book.entries[-1]
    assert (entry.act, entry.by, entry.body["note"]) == (
        "checked",
        "haque",
        "one new trial, no change",
    )
    expect(haque.locator("main")).not_to_contain_text("seizure-news")


def test_a_readers_question_is_answered_by_one_and_signed_by_another(
    browser: Browser, desk: Running
) -> None:
    library = Library(desk.folder)
    code = Inbox(desk.folder).add("How is a lumbar puncture done?", "en", library.today)
    eva = come_in(browser, desk, "eva")
    eva.goto(f"{desk.address}/queues/")
    eva.get_by_role("link", name="1 wait").click()
    eva.get_by_role("link", name="1", exact=True).click()
    eva.select_option("#to", "haque")
    eva.get_by_role("button", name="Give").click()
    expect(eva.locator(".told.success")).to_be_visible()
    eva.get_by_role("button", name="Draft from the library").click()
    expect(eva.locator(".draft")).to_contain_text("[1]")
    eva.fill("#answer", "A thin needle takes fluid from the lower back. [1]")
    eva.get_by_role("button", name="Keep the answer").click()
    expect(eva.locator(".told.success")).to_contain_text("another person")
    expect(eva.get_by_role("button", name="Sign this answer")).to_have_count(0)
    held = Inbox(desk.folder).by_receipt(code)
    assert held
    assert held.state == "answered"
    haque = come_in(browser, desk, "haque")
    haque.goto(f"{desk.address}/questions/1/")
    expect(haque.locator("mark")).to_be_visible()
    haque.get_by_role("button", name="Sign this answer").click()
    expect(haque.locator(".told.success")).to_contain_text("signed")
    held = Inbox(desk.folder).by_receipt(code)
    assert held
    assert (held.state, held.signed_by) == ("signed", "R. Haque, neurologist, A-1")
    expect(haque.locator("main")).to_contain_text(f"Entry {held.entry} of the review ledger")
    entry = desk.reviews.book.entries[int(held.entry) - 1]
    assert (entry.act, entry.by, entry.body["writer"]) == ("answer", "haque", "eva")
    haque.get_by_label("Yes, delete question").check()
    haque.get_by_role("button", name="Delete for good").click()
    expect(haque.locator("main")).to_contain_text("Nothing waits.")


def test_two_editors_at_once_lose_nothing(browser: Browser, desk: Running) -> None:
    ada, eva = come_in(browser, desk, "ada"), come_in(browser, desk, "eva")
    for page in (ada, eva):
        edit(page, desk, "en")
    ada.locator("#id_description").fill("What Ada wrote.")
    save(ada)
    expect(eva.locator("body")).to_contain_text("Ada Writer saved a new version", timeout=40_000)
    eva.locator("#id_description").fill("What Eva wrote.")
    eva.get_by_role("button", name="Save draft").first.click()
    eva.wait_for_timeout(2_000)
    found = rows(desk.folder, "SELECT content FROM wagtailcore_revision")
    kept = "".join(str(row[0]) for row in found)
    assert "What Ada wrote." in kept
    text = (desk.folder / "guides" / "seizure" / "en.md").read_text("utf-8")
    assert "What Ada wrote." in text or "What Eva wrote." in text


def test_a_new_guide_and_its_translation(browser: Browser, desk: Running) -> None:
    eva = come_in(browser, desk, "eva")
    eva.goto(f"{desk.address}/queues/")
    eva.get_by_role("link", name="Begin a new guide").click()
    eva.fill("#id", "Wexford Fever")
    eva.fill("#title", "Wexford fever")
    eva.fill("#description", "An illness that ticks carry.")
    eva.get_by_role("button", name="Begin").click()
    expect(eva.locator(".told.error")).to_contain_text("small letters")
    eva.fill("#id", "wexford-fever")
    eva.get_by_role("button", name="Begin").click()
    expect(eva.locator("#id_title")).to_have_value("Wexford fever")
    eva.goto(f"{desk.address}/review/wexford-fever/")
    eva.select_option("#into", "es")
    eva.get_by_role("button", name="Begin a translation").click()
    expect(eva.locator("#id_title")).to_have_value("Wexford fever")
    eva.goto(f"{desk.address}/translations/wexford-fever/es/")
    expect(eva.locator("main")).not_to_contain_text("changed after this was translated")
    file = desk.folder / "guides" / "wexford-fever" / "en.md"
    file.write_bytes(file.read_bytes().replace(b"To be written.", b"It is new.", 1))
    eva.reload()
    expect(eva.locator("main")).to_contain_text("changed after this was translated")
    eva.get_by_role("button", name="says the same as the original now").click()
    expect(eva.locator("main")).not_to_contain_text("changed after this was translated")
    assert "wexford-fever" not in desk.reviews.editions.ids()
