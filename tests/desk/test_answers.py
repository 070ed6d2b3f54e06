"""Answers at the desk in a browser: a reader's question, signed, and an answer, become guides."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from piamater.answers.inbox import Inbox
from piamater.corpus import Library
from tests.desk.conftest import Running
from tests.desk.test_story import come_in

ASKED = "I am quagmirish. How is a lumbar puncture done?"
TITLE = "How is a lumbar puncture done?"


def test_a_signed_answer_begins_a_guide_without_the_question(
    browser: Browser, desk: Running
) -> None:
    library = Library(desk.folder)
    Inbox(desk.folder).add(ASKED, "en", library.today)
    eva, haque = come_in(browser, desk, "eva"), come_in(browser, desk, "haque")
    eva.goto(f"{desk.address}/questions/1/")
    expect(eva.locator("main")).to_contain_text("Without a signed answer it is deleted after")
    eva.get_by_role("button", name="Draft from the library").click()
    expect(eva.locator(".draft")).to_contain_text("[1]")
    eva.fill("#answer", "Dear quagmirish one. A thin needle takes fluid from the back. [1]")
    eva.get_by_role("button", name="Keep the answer").click()
    expect(eva.locator(".told.success")).to_contain_text("another person")
    expect(eva.get_by_role("heading", name="Publish as a guide")).to_have_count(0)
    haque.goto(f"{desk.address}/questions/1/")
    haque.get_by_role("button", name="Sign this answer").click()
    expect(haque.locator("main")).to_contain_text("of the review ledger")
    expect(haque.get_by_role("heading", name="Publish as a guide")).to_have_count(0)  # no writer
    eva.reload()
    eva.fill("#id", "how-a-puncture-is-done")
    eva.fill("#title", TITLE)
    eva.get_by_role("button", name="Begin the guide").click()
    expect(eva.locator("#id_title")).to_have_value(TITLE)
    text = (desk.folder / "guides" / "how-a-puncture-is-done" / "en.md").read_text("utf-8")
    assert "A thin needle takes fluid" in text
    assert "quagmirish" not in text
    expect(eva.locator("body")).to_contain_text("tell who somebody is: 1.")
    haque.goto(f"{desk.address}/questions/1/")
    haque.get_by_label("Yes, delete question").check()
    haque.get_by_role("button", name="Delete for good").click()
    expect(haque.locator("main")).to_contain_text("Nothing waits.")
    for path in desk.folder.rglob("*"):  # accounts, sessions, history, log, ledger, guides
        if path.is_file():
            assert b"quagmirish" not in path.read_bytes(), path


def test_an_answer_of_the_library_begins_a_guide_that_goes_into_review(
    browser: Browser, desk: Running
) -> None:
    eva = come_in(browser, desk, "eva")
    eva.goto(f"{desk.address}/answers/")
    eva.get_by_role("button", name="Show the answer").click()
    expect(eva.locator(".told.error")).to_contain_text("a question is needed")
    eva.fill("#q", TITLE)
    eva.get_by_role("button", name="Show the answer").click()
    expect(eva.locator("mark").first).to_be_visible()
    eva.fill("#id", "Not An Id")
    eva.fill("#title", TITLE)
    eva.get_by_role("button", name="Begin the guide").click()
    expect(eva.locator(".told.error")).to_contain_text("cannot be a guide's id")
    eva.get_by_role("button", name="Show the answer").click()
    eva.fill("#id", "puncture-question")
    eva.fill("#title", TITLE)
    eva.get_by_role("button", name="Begin the guide").click()
    expect(eva.locator("#id_title")).to_have_value(TITLE)
    eva.goto(f"{desk.address}/queues/")
    expect(eva.locator("main")).to_contain_text("How is a lumbar puncture done?")
