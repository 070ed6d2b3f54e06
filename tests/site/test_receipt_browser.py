"""The receipt page with a signed answer, as readers meet it in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from piamater.answers.inbox import Inbox
from piamater.cli.main import run
from tests.site.browser import ARGUMENTS, CHROMIUM, REASON
from tests.site.conftest import no_limit, serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REASON)
ASKED = "What are the signs of leptomeningeal metastases?"


def read(page: Page, address: str, language: str, code: str) -> None:
    page.goto(f"{address}/{language}/questions/receipt")
    page.fill("#code", code)
    page.locator("main form button.primary").click()


def test_the_answer_its_names_and_its_passages(own_shelf: Path) -> None:
    no_limit(own_shelf)
    inbox = Inbox(own_shelf)
    code = inbox.add(ASKED, "en", inbox.today, reader="patient")
    assert run(["-l", str(own_shelf), "questions", "draft", "1"]) == 0
    inbox.answer(1, "Headache is one of them [1].\n\nAsk us again.", "Ann Lee", inbox.today)
    assert CHROMIUM
    with serving(own_shelf) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 320, "height": 700}).new_page()
        read(page, address, "en", code)
        expect(page.locator("main")).to_contain_text("a second person is reading it")
        expect(page.locator("main")).not_to_contain_text("Headache is one")
        inbox.sign(1, "R. Haque", inbox.today)
        for language in ("en", "es", "bn"):
            read(page, address, language, code)
            for shown in ("Headache is one of them", "Ann Lee", "R. Haque"):
                expect(page.locator("main")).to_contain_text(shown)
            assert Axe().run(page).response["violations"] == []
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 320
        read(page, address, "en", code)
        page.goto(address + str(page.locator("main a.cite").first.get_attribute("href")))
        expect(page.locator("mark").first).to_be_visible()
        browser.close()
