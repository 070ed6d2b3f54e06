"""The notes on the device: kept, locked, never sent, taken out and brought back, wiped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from piamater.site.static_files import FOLDER
from piamater.site.views.tools import DIARY_FIELDS, DIARY_KINDS
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
    expect(page.locator("#r-allergies")).to_have_value("penicillin")
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


GOOD = {"id": "a", "changed": 1, "when": "2026-11-20T08:30", "kind": "note", "text": "a good one"}
HEALTH = {"id": "record", "changed": 1, "allergies": "latex"}
BAD: list[tuple[str, Any, str]] = [
    ("not an object", None, "it is not an entry"),
    ("a list", [], "it is not an entry"),
    ("no id", {**GOOD, "id": ""}, "“id” is missing"),
    ("no when", {key: GOOD[key] for key in GOOD if key != "when"}, "“When” is missing"),
    ("no text", {key: GOOD[key] for key in GOOD if key != "text"}, "“Text” is missing"),
    ("text a number", {**GOOD, "text": 7}, "“Text” is not of the right type"),
    ("changed a text", {**GOOD, "changed": "1"}, "“changed” is not of the right type"),
    ("changed before time", {**GOOD, "changed": -1}, "“changed” is not a date"),
    ("no such day", {**GOOD, "when": "2026-02-30T08:00"}, "“When” is not a date"),
    ("no such hour", {**GOOD, "when": "2026-02-03T25:00"}, "“When” is not a date"),
    ("when in words", {**GOOD, "when": "yesterday"}, "“When” is not a date"),
    ("no such kind", {**GOOD, "kind": "horoscope"}, "“Kind” is none of the kinds"),
    ("huge", {**GOOD, "text": "x" * 200_000}, "“Text” is longer than 5,000 characters"),
    ("strength", {**GOOD, "strength": 11}, "“strength” is not a whole number from 0 to 10"),
    ("unit", {**GOOD, "unit": None}, "“Unit” is not of the right type"),
    ("more", {**GOOD, "colour": "red"}, "“colour” does not belong in an entry"),
    ("record", {**HEALTH, "allergies": 5}, "“Allergies” is not of the right type"),
    ("twice", {**GOOD, "id": "first"}, "it is in the file twice"),
]


def bring_in(page: Page, path: Path, records: Any) -> None:
    """Import an open file with these records."""
    path.write_text(json.dumps({"format": "piamater-notes-plain/1", "records": records}), "utf-8")
    if not page.locator("#import").is_visible():
        page.click("#book > details:nth-of-type(2) summary")
    page.set_input_files("#file", path)
    page.click("#import button")


def stored(page: Page, write: str = "") -> int:
    """How many records the device holds, after changing the store with a script."""
    return int(
        page.evaluate(
            """() => new Promise((resolve, reject) => {
                const request = indexedDB.open("notes", 1);
                request.onsuccess = () => {
                  const db = request.result, t = db.transaction(["meta", "records"], "readwrite");
                  const records = t.objectStore("records");
                  let number;
                  t.oncomplete = () => { db.close(); resolve(number); };
                  t.onabort = () => { db.close(); reject(t.error); };
                  WRITE
                  records.count().onsuccess = (event) => { number = event.target.result; };
                };
            })""".replace("WRITE", write)
        )
    )


def change_pin(page: Page, pin: str) -> None:
    page.click("#book > details:nth-of-type(3) summary")
    page.fill("#changed-pin", pin)
    page.click("#change button")
    expect(page.locator("#status")).to_have_text("The PIN has been changed.")


def test_the_page_and_its_check_know_the_same_kinds_and_fields() -> None:
    text = (FOLDER / "diary" / "records.js").read_text("utf-8")
    for name, known in (("KINDS", DIARY_KINDS), ("FIELDS", DIARY_FIELDS)):
        found = re.search(rf"const {name} = (\[.*?\]);", text)
        assert found
        assert tuple(json.loads(found[1])) == known


def test_a_bad_file_changes_nothing_and_says_which_entry(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    browser = context(playwright, tmp_path / "one")
    page = browser.new_page()
    start(page, served)
    write(page, "already here")
    for name, bad, why in BAD:
        first, last = {**GOOD, "id": "first"}, {**GOOD, "id": "last"}
        bring_in(page, tmp_path / "bad.json", [first, bad, last])
        expect(page.locator("#import-problem"), name).to_have_text(
            re.compile(f"^Entry 2 in the file is wrong: .*{re.escape(why)}.*Nothing was changed"),
        )
        assert stored(page) == 1, name
    bring_in(page, tmp_path / "bad.json", {"0": GOOD})
    expect(page.locator("#import-problem")).to_contain_text("not a file of these notes")
    page.click("#lock")
    unlock(page)
    expect(page.locator("#days li")).to_have_count(1)
    page.click("#book > details:nth-of-type(2) summary")
    bring_in(page, tmp_path / "good.json", [GOOD, HEALTH, {**GOOD, "id": "b", "strength": 3}])
    expect(page.locator("#days li")).to_have_count(3)
    expect(page.locator("#told")).to_have_text("Entries brought in: 3")
    expect(page.locator("#import-problem")).to_be_hidden()
    browser.close()


def test_a_damaged_locked_file_is_refused(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    browser = context(playwright, tmp_path / "one")
    page = browser.new_page()
    start(page, served)
    page.click("#book > details:nth-of-type(2) summary")
    page.fill("#file-pin", "file-pin-1")
    with page.expect_download() as download:
        page.click("#files button[value=sealed]")
    path = tmp_path / "notes.json"
    download.value.save_as(path)
    whole = json.loads(path.read_text("utf-8"))
    changed = "B" if whole["data"][0] == "A" else "A"
    for damage, said in (
        ({"data": changed + whole["data"][1:]}, "the file is damaged"),
        ({"data": 5}, "not a file of these notes"),
        ({"iv": None}, "not a file of these notes"),
        ({"rounds": "5000"}, "not a file of these notes"),
    ):
        path.write_text(json.dumps({**whole, **damage}), "utf-8")
        page.set_input_files("#file", path)
        page.fill("#import-pin", "file-pin-1")
        page.click("#import button")
        expect(page.locator("#import-problem")).to_contain_text(said)
    browser.close()


def test_what_cannot_be_read_is_told_and_kept(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    browser = context(playwright, tmp_path / "one")
    page = browser.new_page()
    start(page, served)
    write(page, "readable")
    damage = """
      records.put({ iv: new Uint8Array(12), data: new Uint8Array(40) }, "record");
      records.put("nothing", "x");
    """
    assert stored(page, damage) == 3
    page.reload()
    unlock(page)
    expect(page.locator("#days li")).to_have_count(1)
    expect(page.locator("#unread")).to_have_text("2 entries cannot be read; they are kept.")
    page.click("#book > details:nth-of-type(1) summary")
    page.fill("#r-allergies", "latex")
    page.click("#record button")
    expect(page.locator("#status")).to_have_text("Saved.")
    change_pin(page, "another-pin")
    assert stored(page) == 4  # the unreadable health record was set aside, not replaced
    page.click("#book > details:nth-of-type(2) summary")
    page.click("#files button[value=plain]")
    expect(page.locator("#told")).to_contain_text("does not hold what cannot be read")
    page.reload()
    unlock(page, "another-pin")
    expect(page.locator("#days")).to_contain_text("readable")
    expect(page.locator("#unread")).to_have_text("2 entries cannot be read; they are kept.")
    page.click("#book > details:nth-of-type(1) summary")
    expect(page.locator("#r-allergies")).to_have_value("latex")
    browser.close()


def test_a_malformed_record_of_old_does_not_keep_the_notes_closed(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    browser = context(playwright, tmp_path / "one")
    page = browser.new_page()
    start(page, served)
    write(page, "readable")
    # as an earlier version wrote what it brought in: rightly encrypted, but without a date
    page.evaluate(
        """async (pin) => {
            const folder = document.querySelector("script[src]").src.replace(/app\\.js$/, "");
            const { keyFrom, seal } = await import(`${folder}crypt.js`);
            const ask = (request) => new Promise((done) => {
              request.onsuccess = () => done(request.result);
            });
            const db = await ask(indexedDB.open("notes", 1));
            const lock = await ask(db.transaction("meta").objectStore("meta").get("lock"));
            const sealed = await seal(await keyFrom(pin, lock.salt, lock.rounds), { id: "x" });
            await ask(db.transaction("records", "readwrite").objectStore("records")
              .put(sealed, "x"));
            db.close();
        }""",
        PIN,
    )
    page.reload()
    unlock(page)
    expect(page.locator("#days")).to_contain_text("readable")
    expect(page.locator("#unread")).to_have_text("1 entry cannot be read; it is kept.")
    assert stored(page) == 2
    browser.close()


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
def test_a_changed_pin_locks_the_other_window_and_loses_nothing(
    playwright: Playwright, served: str, tmp_path: Path, told: bool
) -> None:
    browser = context(playwright, tmp_path)
    if not told:
        browser.add_init_script("delete window.BroadcastChannel")
    one, two = browser.new_page(), browser.new_page()
    start(one, served)
    write(one, "from the first")
    two.goto(f"{served}/en/diary")
    unlock(two)
    write(two, "from the second")
    if told:
        expect(one.locator("#days")).to_contain_text("from the second")
    two.fill("#what", "not yet saved")
    change_pin(one, "another-pin")
    if not told:
        two.click("#save-entry")
    expect(two.locator("#unlock")).to_be_visible()
    expect(two.locator("#trouble")).to_contain_text("PIN was changed in another window")
    expect(two.locator("#days li")).to_have_count(0)
    unlock(two)
    expect(two.locator("#unlock-problem")).to_be_visible()
    unlock(two, "another-pin")
    expect(two.locator("#book")).to_be_visible()
    expect(two.locator("#what")).to_have_value("not yet saved")
    two.click("#save-entry")
    expect(two.locator("#days li")).to_have_count(3)
    one.reload()
    unlock(one, "another-pin")
    for text in ("from the first", "from the second", "not yet saved"):
        expect(one.locator("#days")).to_contain_text(text)
    expect(one.locator("#unread")).to_be_hidden()
    browser.close()


def test_a_window_without_news_cannot_overwrite(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    browser = context(playwright, tmp_path / "one")
    browser.add_init_script("delete window.BroadcastChannel")
    one, two = browser.new_page(), browser.new_page()
    start(one, served)
    two.goto(f"{served}/en/diary")
    unlock(two)
    write(two, "from the second")
    # a change of PIN re-encrypts what another window wrote, and a file holds it
    one.click("#book > details:nth-of-type(2) summary")
    with one.expect_download() as download:
        one.click("#files button[value=text]")
    assert "from the second" in download.value.path().read_text("utf-8")
    two.click("#book > details:nth-of-type(1) summary")
    two.fill("#r-allergies", "latex")
    two.click("#record button")
    expect(two.locator("#status")).to_have_text("Saved.")
    one.click("#book > details:nth-of-type(1) summary")
    one.fill("#r-medicines", "aspirin")
    one.click("#record button")
    expect(one.locator("#status")).to_have_text("Saved.")
    expect(one.locator("#r-allergies")).to_have_value("latex")
    change_pin(one, "another-pin")
    # every way of writing is closed to the other window
    records = stored(one)
    two.get_by_role("button", name="Delete: Symptom from the second").click()
    expect(two.locator("#trouble")).to_contain_text("PIN was changed in another window")
    assert stored(one) == records
    one.reload()
    unlock(one, "another-pin")
    expect(one.locator("#days")).to_contain_text("from the second")
    expect(one.locator("#unread")).to_be_hidden()
    browser.close()


def test_what_another_window_writes_during_a_change_of_pin_is_not_lost(
    playwright: Playwright, served: str, tmp_path: Path
) -> None:
    browser = context(playwright, tmp_path)
    one, two = browser.new_page(), browser.new_page()
    start(one, served)
    write(one, "from the first")
    two.goto(f"{served}/en/diary")
    unlock(two)
    expect(two.locator("#book")).to_be_visible()
    # the first window has read everything, and stops before it encrypts it anew
    one.evaluate(
        """() => {
            const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
            const gate = new Promise((open) => { window.goOn = open; });
            window.asked = 0;
            crypto.subtle.encrypt = async (...all) => {
              window.asked += 1;
              if (window.asked > 1) await gate;
              return encrypt(...all);
            };
        }"""
    )
    one.click("#book > details:nth-of-type(3) summary")
    one.fill("#changed-pin", "another-pin")
    one.click("#change button")
    one.evaluate(
        """() => new Promise((done) => {
            const look = () => (window.asked > 1 ? done() : setTimeout(look, 20));
            look();
        })"""
    )
    write(two, "from the second")
    one.evaluate("window.goOn()")
    expect(one.locator("#status")).to_have_text("The PIN has been changed.")
    one.reload()
    unlock(one, "another-pin")
    expect(one.locator("#days li")).to_have_count(2)
    expect(one.locator("#unread")).to_be_hidden()
    expect(two.locator("#trouble")).to_contain_text("PIN was changed in another window")
    browser.close()


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
def test_two_windows_cannot_both_set_up(
    playwright: Playwright, served: str, tmp_path: Path, told: bool
) -> None:
    browser = context(playwright, tmp_path)
    if not told:
        browser.add_init_script("delete window.BroadcastChannel")
    one, two = browser.new_page(), browser.new_page()
    two.goto(f"{served}/en/diary")
    expect(two.locator("#setup")).to_be_visible()
    start(one, served)
    write(one, "from the first")
    if not told:
        two.fill("#new-pin", "another-pin")
        two.fill("#new-pin-again", "another-pin")
        two.click("#setup button")
    expect(two.locator("#unlock")).to_be_visible()
    expect(two.locator("#trouble")).to_contain_text("set up in another window")
    unlock(two)
    expect(two.locator("#days")).to_contain_text("from the first")
    two.click("#book > details:nth-of-type(3) summary")
    two.fill("#wipe-word", "delete")
    two.click("#wipe button")
    expect(two.locator("#setup")).to_be_visible()
    if not told:
        one.fill("#what", "too late")
        one.click("#save-entry")
    expect(one.locator("#setup")).to_be_visible()
    expect(one.locator("#trouble")).to_contain_text("deleted in another window")
    assert stored(one) == 0
    browser.close()


@pytest.mark.parametrize("form", ["text", "plain"])
def test_an_export_holds_what_the_search_hides(
    playwright: Playwright, served: str, tmp_path: Path, form: str
) -> None:
    browser = context(playwright, tmp_path)
    page = browser.new_page()
    start(page, served)
    write(page, "first thing")
    write(page, "second thing")
    page.fill("#seek", "second")
    page.select_option("#only", "question")
    expect(page.locator("#days li")).to_have_count(0)
    page.click("#book > details:nth-of-type(2) summary")
    with page.expect_download() as download:
        page.click(f"#files button[value={form}]")
    text = download.value.path().read_text("utf-8")
    assert "first thing" in text
    assert "second thing" in text
    assert form == "plain" or "Entries: 2." in text
    expect(page.locator("#told")).to_have_text("The file has been saved. Entries: 2.")
    browser.close()


def printed(page: Page) -> str:
    """What the browser's own way of printing puts on paper."""
    page.evaluate(
        """() => {
            window.shots = [];
            addEventListener("beforeprint", () => window.shots.push(
              document.querySelector("#printed").textContent));
        }"""
    )
    page.pdf()
    shots = page.evaluate("window.shots")
    assert shots
    expect(page.locator("#printed")).to_have_text("")  # nothing stays behind
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#printed")).to_be_visible()
    assert page.locator("#printed").text_content() == shots[0]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    return str(shots[0])


def test_the_browsers_own_printing(playwright: Playwright, served: str, tmp_path: Path) -> None:
    browser = context(playwright, tmp_path)
    page = browser.new_page()
    page.goto(f"{served}/en/diary")
    expect(page.locator("#setup")).to_be_visible()
    assert "not open, so they are not printed" in printed(page)
    start(page, served)
    assert "Nothing is written here yet." in printed(page)
    write(page, "first thing")
    write(page, "second thing")
    text = printed(page)
    assert "first thing" in text
    assert "second thing" in text
    assert "Delete" not in text
    page.fill("#seek", "second")
    text = printed(page)
    assert "first thing" not in text
    assert "Of 2 entries, only the 1 chosen" in text
    page.click("#lock")
    text = printed(page)
    assert "thing" not in text
    assert "not open, so they are not printed" in text
    browser.close()


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_over_plain_http_it_says_so_and_offers_the_table(
    playwright: Playwright, served: str, language: str
) -> None:
    assert CHROMIUM
    rule = "--host-resolver-rules=MAP notes.example 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rule])
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{served.replace('localhost', 'notes.example')}/{language}/diary")
    expect(page.locator("#unusable-why")).to_contain_text("https://")
    for hidden in ("#setup", "#unlock", "#book", "#lede", "#about"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#unusable table.blank")).to_be_visible()
    expect(page.locator("#print-blank")).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#printed table.blank")).to_be_visible()
    assert errors == []
    browser.close()
