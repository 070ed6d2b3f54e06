"""The HTML report in a browser, opened from disk: quiet, accessible, and fit to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from piamater.checks import Checked, check_page, page_from_text, rules
from piamater.checks.report import html_report
from tests.checks.report import pages
from tests.site.browser import CHROMIUM, REASON

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REASON)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "report.html").write_text(html_report([*pages.all_of_them(), *_real()]), "utf-8")
    return folder / "report.html"


def _real() -> list[Checked]:
    """Pages with the findings that the rules themselves make."""
    names = ("EV001", "SF001", "PL001", "NU001", "CN001")
    some = [one.bad for name, one in rules().items() if name in names and one.page]
    return [check_page(page_from_text(one.text, one.name)) for one in some]


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    one = context.new_page()
    one.goto(file.as_uri())
    yield one
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_quiet_and_axe_finds_nothing(
    browser: Browser, file: Path, tmp_path: Path, scheme: str, width: int
) -> None:
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.on("console", lambda one: wrong.append(one.text))
    page.on("dialog", lambda one: wrong.append(one.message))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert wrong == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (max(map(int, re.findall(r"\d+", shade)[:3])) < 60) is dark
    page.screenshot(path=tmp_path / f"{scheme}-{width}.png", full_page=True)
    context.close()


def test_severities_are_shown_and_hidden(page: Page) -> None:
    warnings = page.locator(".notes .f-warning")
    expect(warnings.first).to_be_visible()
    page.get_by_label("Warnings").uncheck()
    for one in (warnings, page.locator("a.to.f-warning")):
        assert not any(each.is_visible() for each in one.all())
    assert all(one.is_visible() for one in page.locator(".notes .f-error").all())
    assert page.locator("mark", has_text="the the").first.is_visible()
    page.get_by_label("Warnings").check()
    expect(warnings.first).to_be_visible()


def test_words_and_findings_lead_to_each_other(page: Page) -> None:
    page.locator("#m2").click()
    expect(page.locator("#f2")).to_be_in_viewport()
    assert page.url.endswith("#f2")
    page.locator("#f2 a.back").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#m2")
    expect(page.locator("#m2")).to_be_in_viewport()


def test_it_prints_all_of_it(page: Page, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    printed = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = "\n".join(one.get_textpage().get_text_bounded() for one in printed)
    said = re.sub(r"\s+", "", text)
    for one in pages.hostile().findings:
        message = one.message.replace("\x1b", "\ufffd").split("\n")[0]
        assert re.sub(r"\s+", "", message) in said
    assert "Show" not in text.split("Findings by rule")[0]
    printed.close()
