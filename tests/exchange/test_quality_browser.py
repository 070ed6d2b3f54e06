"""The pages of the evidence in a browser, opened from disk: accessible, quiet, whole on a phone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from piamater.exchange import export
from tests.guides.review.desk import GUIDE, make_desk
from tests.site.browser import CHROMIUM, REASON

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REASON)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quality")
    desk = make_desk(folder)
    desk.approve_all()
    desk.publish()
    export("quality", desk.library, folder / "evidence.zip")
    with zipfile.ZipFile(folder / "evidence.zip") as opened:
        opened.extractall(folder / "out")
    return folder / "out"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "name", ["index.html", "samples/index.html", f"samples/{GUIDE}-es-clinical.html"]
)
def test_axe_finds_nothing_and_the_page_is_whole(
    browser: Browser, unpacked: Path, name: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto((unpacked / name).as_uri())
    assert asked == [(unpacked / name).as_uri(), (unpacked / "style.css").as_uri()]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
