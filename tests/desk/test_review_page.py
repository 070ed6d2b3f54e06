"""The review page in a browser: all that is signed can be seen, and no tick or word is ever lost."""

from __future__ import annotations

import fcntl
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from piamater.corpus import Library
from tests.desk.conftest import Running, Visitor, copied, running
from tests.desk.test_invitations import comes, put_forward, signed
from tests.desk.test_reading import put_every_kind
from tests.desk.test_story import come_in
from tests.site.browser import CHROMIUM, REASON

browsing = pytest.mark.skipif(CHROMIUM is None, reason=REASON)


@pytest.fixture(scope="module")
def full(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk with a guide that has a block of every kind."""
    folder = copied(made, tmp_path_factory.mktemp("full") / "library")
    library = Library(folder)
    put_every_kind(library)
    library.corpus.close()
    with running(folder) as desk:
        yield desk


@browsing
def test_all_that_is_signed_can_be_seen_on_a_phone_and_a_desk(
    browser: Browser, full: Running, tmp_path: Path
) -> None:
    page = come_in(browser, full, "haque")
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    axe = Axe()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{full.address}/review/wexford-fever/en/")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        picture = page.locator(".line img[alt='A tick on grass, seen from above']")
        expect(picture).to_be_visible()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalWidth > 0")
        line = page.locator(".line", has=page.locator("img"))
        expect(line).to_contain_text("A tick on grass, seen from above")
        expect(page.locator(".line", has_text="→ guide:ticks-of-ireland").first).to_be_visible()
        table = page.locator(".laid-out table")
        expect(table).to_be_visible()
        expect(table.locator("th").first).to_have_text("Weight")
        assert table.locator("td").first.evaluate("one => getComputedStyle(one).display") == (
            "table-cell"
        )
        expect(page.locator(".laid-out ol li").first).to_be_visible()
        expect(page.locator("blockquote footer", has_text="[ticks]").first).to_be_visible()
        violations = axe.run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in violations] == []
        page.screenshot(path=tmp_path / f"review-{width}.png", full_page=True)
    assert told == []


@browsing
def test_a_review_that_was_begun_survives_the_end_of_the_session(
    browser: Browser, desk: Running
) -> None:
    put_forward(comes(desk, "ada"))
    page = come_in(browser, desk, "haque")
    page.goto(f"{desk.address}/review/seizure/en/")
    for box in page.locator("input[name=read]").all():
        box.check()
    ticked = page.locator("input[name=read]:checked").count()
    page.fill("#interests", "none that bear on this")
    page.locator(".change summary").nth(1).click()
    page.locator(".change textarea").nth(1).fill("Say it in one sentence.")
    page.select_option("#decision", "approve-with-changes")
    page.context.clear_cookies(name="piamater-desk")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.goto(f"{desk.address}/login/")
    again = comes_again(page, desk, "haque")
    again.goto(f"{desk.address}/review/seizure/en/")
    assert again.locator("input[name=read]:checked").count() == ticked
    expect(again.locator("#interests")).to_have_value("none that bear on this")
    expect(again.locator(".change textarea").nth(1)).to_have_value("Say it in one sentence.")
    expect(again.locator(".change textarea").nth(1)).to_be_visible()
    again.get_by_role("button", name="Sign", exact=True).click()
    expect(again.locator(".told.success")).to_contain_text("stands in the ledger")
    again.goto(f"{desk.address}/review/seizure/en/")
    assert again.locator("input[name=read]:checked").count() == 0  # the next review begins anew


def comes_again(page: Page, desk: Running, name: str) -> Page:
    """Log in once more in the same tab."""
    from tests.desk.conftest import PASSWORD, code_of

    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#code")).to_be_visible()
    page.fill("#code", code_of(desk.secrets[name]))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#code")).to_have_count(0)
    return page


def checked(text: str) -> int:
    return len(re.findall(r'name="read" value="[^"]*" checked', text))


def test_whatever_goes_wrong_the_form_comes_back_as_it_was(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    haque = comes(desk, "haque")
    address = "/review/seizure/en/"
    page = haque.ask(address)
    boxes = len(re.findall(r'name="read"', page.text))
    [block] = {*re.findall(r'name="change\.patient\.(danger-emergency)"', page.text)}
    words: dict[str, object] = {
        f"change.patient.{block}": "Shorter, <please>.",
        f"change.clinical.{block}": "Name the study.",
        "note": "A long word on it.",
        "interests": "none",
        "next_review": "1999-01-01",  # which no policy allows
        "decision": "approve-with-changes",
        "view": ["clinical", "patient"],
    }
    back = signed(haque, address, page.text, **words)
    assert back.status == 400
    assert "next review must lie" in back.text
    assert checked(back.text) == boxes
    for told in ("Shorter, &lt;please&gt;.", "Name the study.", "A long word on it.", "1999-01-01"):
        assert told in back.text, told
    assert '<option value="approve-with-changes" selected>' in back.text

    words["next_review"] = ""
    held = (desk.folder / ".lock").open("w")
    fcntl.flock(held, fcntl.LOCK_EX)  # somebody writes, and does not end
    back = signed(haque, address, page.text, **words)
    assert back.status == 400
    assert "is writing to this library" in back.text
    assert checked(back.text) == boxes
    assert "Name the study." in back.text

    waited = threading.Timer(1.5, held.close)  # somebody writes, and ends
    waited.start()
    started = time.monotonic()
    done = signed(haque, address, page.text, **words)
    waited.join()
    assert "stands in the ledger" in done.text
    assert time.monotonic() - started > 1
    body = desk.reviews.book.entries[-1].body
    assert body["changes"] == {block: "patient: Shorter, <please>.\nclinical: Name the study."}


def test_what_changed_meanwhile_is_not_ticked_and_the_rest_is(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    haque = comes(desk, "haque")
    page = haque.ask("/review/seizure/en/")
    boxes = len(re.findall(r'name="read"', page.text))
    file = desk.folder / "guides" / "seizure" / "en.md"
    file.write_bytes(
        file.read_bytes().replace(b"### patient\n\nMost", b"### patient\n\nNearly all or most")
    )
    back = signed(haque, "/review/seizure/en/", page.text)
    assert back.status == 409
    assert "changed since this page was opened" in back.text
    assert checked(back.text) == boxes - 1
    assert not [one for one in desk.reviews.book.entries if one.act == "approve"]


def test_two_who_sign_at_the_same_moment_both_have_signed(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    visitors = [
        (comes(desk, "haque"), "en"),
        (comes(desk, "root"), "en"),
        (comes(desk, "bela"), "bn"),
    ]
    pages = [one.ask(f"/review/seizure/{language}/").text for one, language in visitors]
    answers: list[str] = []

    def sign(visitor: Visitor, language: str, page: str) -> None:
        answers.append(signed(visitor, f"/review/seizure/{language}/", page).text)

    threads = [
        threading.Thread(target=sign, args=(*who, page))
        for who, page in zip(visitors, pages, strict=True)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all("stands in the ledger" in one for one in answers), [
        re.findall(r'role="alert">([^<]*)', one) for one in answers
    ]
    approved = {one.by for one in desk.reviews.book.entries if one.act == "approve"}
    assert approved == {"haque", "root", "bela"}


def test_who_signed_withdraws_also_without_a_reviewing_role(desk: Running) -> None:
    from piamater.guides.review import load_key, person
    from tests.desk.people import PASSPHRASE

    put_forward(comes(desk, "ada"))
    haque = comes(desk, "haque")
    page = haque.ask("/review/seizure/en/")
    assert "stands in the ledger" in signed(haque, "/review/seizure/en/", page.text).text
    number = desk.reviews.book.entries[-1].number
    key = load_key(desk.folder / "review", lambda: PASSPHRASE)
    with desk.reviews.library.writing():
        desk.reviews.register(key, person("haque", "R. Haque", ["writer"]))
    form: dict[str, object] = {"entry": number, "reason": "I was wrong."}
    refused = comes(desk, "eva").ask("/review/seizure/withdraw/", form)
    assert "signature" in refused.text
    assert f'<option value="{number}">' in haque.ask("/review/seizure/").text
    assert "is withdrawn" in haque.ask("/review/seizure/withdraw/", form).text
    last = desk.reviews.book.entries[-1]
    assert (last.act, last.by, last.body["entries"]) == ("withdraw", "haque", [number])
