"""The notes on the device: kept, locked, never sent, taken out and brought back, wiped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.site.browser import ARGUMENTS, CHROMIUM, REASON

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REASON)
PIN = "river-74-stone"
SECRET = "zebrafish headache <script>alert(1)</script>"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


def context(playwright: Playwright, folder: Path) -> BrowserContext:
    assert CHROMIUM
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=ARGUMENTS, accept_downloads=True
    )


def start(page: Page, served: str, language: str = "en") -> list[str]:
    """Open the notes for the first time; gives the list of requests after that."""
    page.goto(f"{served}/{language}/diary")
    page.fill("#new-pin", PIN)
    page.fill("#new-pin-again", PIN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("#setup button")
    expect(page.locator("#book")).to_be_visible()
    return asked


def write(page: Page, text: str) -> None:
    page.fill("#what", text)
    page.click("#save-entry")
    expect(page.locator("#days")).to_contain_text(text)


def unlock(page: Page, pin: str = PIN) -> None:
    page.fill("#pin", pin)
    page.click("#unlock button")


def test_entries_survive_a_restart_and_are_unreadable_on_disk(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    first = context(playwright, tmp_path)
    page = first.new_page()
    asked = start(page, served)
    write(page, SECRET)
    assert page.locator("#days script").count() == 0
    assert asked == []
    first.close()
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.stat().st_size < 50_000_000:
            data = path.read_bytes()
            assert b"zebrafish" not in data, path
            assert "zebrafish".encode("utf-16-le") not in data, path
    second = context(playwright, tmp_path)
    page = second.new_page()
    page.goto(f"{served}/en/diary")
    unlock(page, "not the pin")
    expect(page.locator("#unlock-problem")).to_be_visible()
    unlock(page)
    expect(page.locator("#days")).to_contain_text(SECRET)
    second.close()


def test_the_page_can_reach_nothing(playwright: Playwright, served: str, tmp_path: Path) -> None:
    browser = context(playwright, tmp_path)
    page = browser.new_page()
    response = page.goto(f"{served}/en/diary")
    assert response
    policy = response.headers["content-security-policy"]
    assert "connect-src 'none'" in policy
    assert "img-src 'none'" in policy
    assert page.title() == "Notes"
    for attempt in (
        "fetch('/health').then(() => 'sent', () => 'refused')",
        "fetch('https://example.org/').then(() => 'sent', () => 'refused')",
        "new Promise(r => { const x = new XMLHttpRequest(); x.onload = () => r('sent');"
        " x.onerror = () => r('refused'); x.open('GET', '/health'); x.send(); })",
        "new Promise(r => { const i = new Image(); i.onload = () => r('sent');"
        " i.onerror = () => r('refused'); i.src = '/static/x/icon.svg'; })",
    ):
        assert page.evaluate(attempt) == "refused"
    browser.close()


def test_edit_delete_undo_and_find(playwright: Playwright, served: str, tmp_path: Path) -> None:
    browser = context(playwright, tmp_path)
    page = browser.new_page()
    start(page, served)
    write(page, "first thing")
    write(page, "second thing")
    page.get_by_role("button", name="Edit: Symptom first").click()
    page.fill("#what", "first thing, changed")
    page.fill("#strength", "7")
    page.click("#save-entry")
    expect(page.locator("#days")).to_contain_text("first thing, changed")
    expect(page.locator("#days")).to_contain_text("strength 7/10")
    page.get_by_role("button", name="Delete: Symptom second").click()
    expect(page.locator("#days")).not_to_contain_text("second thing")
    page.click("#undo-button")
    expect(page.locator("#days")).to_contain_text("second thing")
    page.fill("#seek", "second")
    expect(page.locator("#days li")).to_have_count(1)
    browser.close()


@pytest.mark.parametrize("form", ["sealed", "plain"])
def test_export_and_import_round_trip(
    playwright: Playwright, served: str, tmp_path: Path, form: str
) -> None:
    browser = context(playwright, tmp_path / "one")
    page = browser.new_page()
    start(page, served)
    write(page, SECRET)
    page.click("#book > details:nth-of-type(1) summary")
    page.fill("#r-allergies", "penicillin")
    page.click("#record button")
    page.click("#book > details:nth-of-type(2) summary")
    page.fill("#file-pin", "file-pin-1")
    with page.expect_download() as download:
        page.click(f"#files button[value={form}]")
    path = tmp_path / "notes.json"
    download.value.save_as(path)
    assert ("zebrafish" in path.read_text("utf-8")) == (form == "plain")
    browser.close()
    other = context(playwright, tmp_path / "two")
    page = other.new_page()
    start(page, served)
    write(page, "already here")
    page.click("#book > details:nth-of-type(2) summary")
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"format": "something else"}))
    page.set_input_files("#file", bad)
    page.click("#import button")
    expect(page.locator("#import-problem")).to_contain_text("not a file of these notes")
    if form == "sealed":
        page.set_input_files("#file", path)
        page.fill("#import-pin", "wrong-pin")
        page.click("#import button")
        expect(page.locator("#import-problem")).to_contain_text("not the PIN")
    page.set_input_files("#file", path)
    page.fill("#import-pin", "file-pin-1")
    page.click("#import button")
    expect(page.locator("#days")).to_contain_text(SECRET)
    expect(page.locator("#days")).to_contain_text("already here")
    assert page.input_value("#r-allergies") == "penicillin"
    other.close()


def test_wipe_and_quick_exit(playwright: Playwright, served: str, tmp_path: Path) -> None:
    browser = context(playwright, tmp_path)
    page = browser.new_page()
    start(page, served)
    write(page, "to be gone")
    page.click("#quick-exit")
    page.wait_for_url("about:blank")
    page.goto(f"{served}/en/diary")
    expect(page.locator("#unlock")).to_be_visible()
    unlock(page)
    expect(page.locator("#days")).to_contain_text("to be gone")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("about:blank")
    page.goto(f"{served}/en/diary")
    unlock(page)
    page.click("#book > details:nth-of-type(3) summary")
    page.fill("#wipe-word", "no")
    page.click("#wipe button")
    expect(page.locator("#days")).to_contain_text("to be gone")
    page.fill("#wipe-word", "delete")
    page.click("#wipe button")
    expect(page.locator("#setup")).to_be_visible()
    page.reload()
    expect(page.locator("#setup")).to_be_visible()
    browser.close()


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_keyboard_only_in_every_language(
    playwright: Playwright, served: str, tmp_path: Path, language: str
) -> None:
    browser = context(playwright, tmp_path)
    page = browser.new_page()
    page.goto(f"{served}/{language}/diary")
    expect(page.locator("#setup")).to_be_visible()
    page.locator("#new-pin").focus()
    page.keyboard.type(PIN)
    page.keyboard.press("Tab")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator("#book")).to_be_visible()
    page.locator("#what").focus()
    page.keyboard.type("abc")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#days")).to_contain_text("abc")
    browser.close()


def test_without_scripts_there_is_a_table_to_print(playwright: Playwright, served: str) -> None:
    assert CHROMIUM
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served}/bn/diary")
    expect(page.locator("table.blank")).to_be_visible()
    expect(page.locator("#setup")).to_be_hidden()
    browser.close()
