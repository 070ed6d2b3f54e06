"""What readers meet in a browser: journeys, accessibility, offline, print, keyboard."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from piamater.site.messages import words
from tests.site.browser import ARGUMENTS, CHROMIUM, REASON

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REASON)
ID = "leptomeningeal-metastases"
ASKED = {
    "en": "What are the rare causes of leptomeningeal enhancement?",
    "es": "¿Qué es la punción lumbar?",
    "bn": "নিউরোসারকয়ডোসিস কীভাবে চিকিৎসা করা হয়?",
}
CHANGED_VIEW = {"en": "Clinicians", "es": "Profesionales", "bn": "চিকিৎসক"}


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    assert CHROMIUM
    one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield one
    one.close()


def watched(page: Page, served: str) -> list[str]:
    """The requests that leave for another site, and the errors of the page."""
    found: list[str] = []
    page.on(
        "request",
        lambda one: (
            None if one.url.startswith((served, "data:", "blob:")) else found.append(one.url)
        ),
    )
    page.on("pageerror", lambda one: found.append(str(one)))
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_a_reader_finds_reads_checks_and_asks(
    browser: Browser, served: str, language: str, scripts: bool
) -> None:
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    strange = watched(page, served)
    page.goto(f"{served}/{language}/")
    page.locator(f'a[href="/{language}/guides/{ID}"]').first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".card-emergency").first).to_be_visible()
    page.get_by_role("link", name=CHANGED_VIEW[language], exact=True).click()
    expect(page.locator('.views a[aria-current="true"]')).to_have_text(CHANGED_VIEW[language])
    page.locator("a.cite").first.click()
    expect(page.locator("mark#passage")).to_be_visible()
    page.go_back()
    other = "es" if language != "es" else "bn"
    page.locator(f'.langs a[hreflang="{other}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator('.views a[aria-current="true"]')).to_have_text(CHANGED_VIEW[other])
    page.goto(f"{served}/{language}/ask")
    page.fill("#q", ASKED[language])
    page.locator("form.question button.primary").click()
    expect(page.locator(".answer a.cite").first).to_be_visible(timeout=20_000)
    assert ASKED[language] not in page.url
    page.locator(".answer a.cite").first.click()
    expect(page.locator("mark#passage")).to_be_visible()
    assert strange == []
    context.close()


def test_the_passage_opens_beside_the_text_where_there_is_room(
    browser: Browser, served: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served}/en/guides/{ID}")
    link = page.locator("a.cite").first
    link.click()
    expect(page.locator("#panel mark")).to_be_visible()
    assert page.url.endswith(ID)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(link).to_be_focused()
    page.close()


def test_a_hard_word_is_explained_in_place(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/bn/guides/{ID}")
    word = page.locator("button.word").first
    word.click()
    expect(page.locator(f"#{word.get_attribute('popovertarget')}")).to_be_visible()
    context.close()


def test_suggestions_by_keyboard(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(f"{served}/en/")
    page.locator("#find").focus()
    page.keyboard.type("leptomeningeal neuros")
    expect(page.locator("#find-list li").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/guides/leptomeningeal-neurosarcoidosis")
    page.close()


def test_a_whole_visit_by_keyboard_alone(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served}/en/guides/{ID}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [document.activeElement.tagName + document.activeElement.className,"
            " s.outlineStyle !== 'none'] })()"
        )
        seen.add(ring[0])
        assert ring[1], f"no focus ring on {ring[0]}"
    assert "Acite" in seen
    assert "BUTTONword" in seen
    page.close()


Mortal = tuple[str, Callable[[], None]]


def test_a_guide_is_there_offline_after_one_visit(
    playwright: Playwright, mortal: Mortal, tmp_path: Path
) -> None:
    assert CHROMIUM
    address, stop = mortal
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=ARGUMENTS
    )
    page = context.new_page()
    page.goto(f"{address}/bn/guides/{ID}")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    for kept in (f"/bn/guides/{ID}", "/bn/urgent"):
        page.wait_for_function(f"caches.open('visited').then(c => c.match('{kept}')).then(Boolean)")
    title = page.inner_text("h1")
    stop()
    page.goto(f"{address}/bn/guides/{ID}")
    assert page.inner_text("h1") == title
    expect(page.locator(".card-emergency a[href='tel:999']")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # styles are kept too
    page.goto(f"{address}/bn/guides/seizure")
    expect(page.locator("h1")).to_have_text(words("bn")["offline"])
    context.close()


def test_the_whole_shelf_can_be_kept(
    playwright: Playwright, mortal: Mortal, tmp_path: Path
) -> None:
    assert CHROMIUM
    address, stop = mortal
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=ARGUMENTS
    )
    page = context.new_page()
    page.goto(f"{address}/es/offline")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.click("[data-pack]")
    expect(page.locator("#kept li")).to_have_count(26, timeout=60_000)
    page.reload()
    stop()
    for guide in ("seizure", "infliximab", "example-case-leptomeningeal-neurosarcoidosis"):
        page.goto(f"{address}/es/guides/{guide}?view=clinical")
        expect(page.locator('.views a[aria-current="true"]')).to_have_text("Profesionales")
    page.goto(f"{address}/es/offline")
    page.click("[data-forget]")
    expect(page.locator("#kept li")).to_have_count(0)
    context.close()


TYPES = (
    "", "a-z", "ask", "search", "sources", "sources/note:csf-analysis-medlineplus:en", "urgent",
    "diary", "support", "settings", "offline", "glossary", "about", "questions/new",
    "questions/receipt", f"guides/{ID}", f"guides/{ID}?view=clinical", f"guides/{ID}/visit",
    f"guides/{ID}/print", f"guides/{ID}/history", f"guides/{ID}/cite", f"guides/{ID}/trials",
    f"guides/{ID}/support", "guides/rare-causes-of-leptomeningeal-enhancement?view=clinical",
    "guides/example-case-leptomeningeal-neurosarcoidosis", "nowhere",
)  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_no_violation_on_any_type_of_page(
    browser: Browser, served: str, theme: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "theme", "value": theme, "url": served}])
    page = context.new_page()
    axe = Axe()
    found = []
    for language in ("en", "bn") if theme == "light" else ("es",):
        for path in TYPES:
            page.goto(f"{served}/{language}/{path}")
            found += _violations(axe, page, f"{language}/{path}")
    page.goto(f"{served}/en/ask")
    page.fill("#q", ASKED["en"])
    page.locator("form.question button.primary").click()
    expect(page.locator(".answer .references")).to_be_visible(timeout=20_000)
    found += _violations(axe, page, "answer")
    page.locator(".answer a.cite").first.click()
    expect(page.locator("#panel mark")).to_be_visible()
    found += _violations(axe, page, "panel")
    page.goto(served + (page.locator("#panel a").last.get_attribute("href") or ""))
    found += _violations(axe, page, "passage")
    context.close()
    assert found == []


def _violations(axe: Axe, page: Page, name: str) -> list[str]:
    result = axe.run(page)
    return [
        f"{name}: {one['id']} ({one['impact']}) {[node['html'][:160] for node in one['nodes']][:2]}"
        for one in result.response["violations"]
    ]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("language", ["en", "bn"])
def test_nothing_runs_over_the_edge(
    browser: Browser, served: str, width: int, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in TYPES:
        page.goto(f"{served}/{language}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
    context.close()


def letters(text: str) -> str:
    """What a text says, without spaces and signs."""
    return "".join(
        one
        for one in unicodedata.normalize("NFC", text)
        if one.isalnum() or unicodedata.category(one)[0] == "M"
    )


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: poppler-utils")
@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_the_printed_page_says_what_the_page_says(
    browser: Browser, served: str, language: str, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(f"{served}/{language}/guides/{ID}/print")
    path = tmp_path / "page.pdf"
    page.emulate_media(media="print")
    page.evaluate("for (const one of document.querySelectorAll('.vh')) one.remove()")
    said = page.inner_text("main")
    page.pdf(path=path, format="A4")
    page.close()
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    missing = [
        line for line in said.splitlines()
        if letters(line) and letters(line) not in letters(printed)
    ]  # fmt: skip
    assert missing == []


def test_text_can_be_made_larger_and_colours_follow_the_device(
    browser: Browser, served: str
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{served}/en/settings")
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 23, 28)")
    page.check("input[name=size][value=xl]")
    page.check("input[name=theme][value=light]")
    page.locator("form.settings button").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("html")).to_have_css("font-size", "23px")
    assert re.search(r"settings\?saved", page.url)
    context.close()
