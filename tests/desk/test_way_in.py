"""The pages by which people come in, in a browser: readable on a phone, and axe finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.desk.conftest import PASSWORD, Running, code_of, secret_of
from tests.desk.test_invitations import comes, invites, link_of, put_forward
from tests.site.browser import CHROMIUM, REASON

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason=REASON),
    pytest.mark.parametrize("made", ["sqlite"], indirect=True),
]


def looks_right(page: Page, name: str, folder: Path) -> None:
    """Nothing that axe finds, nothing wider than the screen, on a phone and on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def test_every_page_of_the_way_in(browser: Browser, desk: Running, tmp_path: Path) -> None:
    page = browser.new_context().new_page()
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    page.goto(desk.address + "/login/")
    page.fill("#id_username", "root")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Log in").click()
    picture = page.locator("img[src='/second-factor/code.svg']")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth > 0")
    secret = (page.locator(".secret").text_content() or "").replace(" ", "")
    looks_right(page, "second-factor", tmp_path)
    desk.secrets["root"] = secret_of(f"otpauth://totp/x?secret={secret}")
    page.fill("#code", code_of(desk.secrets["root"]))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    looks_right(page, "codes-new", tmp_path)
    page.get_by_role("link", name="I have kept them").click()
    page.goto(desk.address + "/second-factor/codes/")
    expect(page.locator("main")).to_contain_text("10 recovery codes left")
    looks_right(page, "codes", tmp_path)
    page.get_by_role("link", name="Log", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("recovery codes were made")
    looks_right(page, "log", tmp_path)

    put_forward(comes(desk, "ada"))
    address = link_of(invites(comes(desk, "eva")))
    page.goto(desk.address + "/review/seizure/")
    looks_right(page, "guide", tmp_path)
    page.get_by_role("button", name="Show the code, once").click()
    expect(page.locator(".code")).to_be_visible()
    looks_right(page, "code", tmp_path)
    code = page.locator(".code").text_content() or ""
    lina = browser.new_context().new_page()
    lina.goto(address)
    looks_right(lina, "invited", tmp_path)
    lina.fill("#code", code)
    lina.get_by_role("button", name="Open").click()
    expect(lina.locator("h2", has_text="Sign")).to_be_visible()
    looks_right(lina, "invited-review", tmp_path)
    assert told == []
