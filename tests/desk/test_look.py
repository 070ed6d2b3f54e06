"""What staff see: no link leads nowhere, every page is fit for a phone, the keyboard and a reader.

One desk with a guide in every state (``states.py``) is looked at by each role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.desk import states
from tests.desk.conftest import (
    ACCOUNTS,
    MAKE_ACCOUNTS,
    PASSWORD,
    Running,
    Visitor,
    in_desk,
    running,
)
from tests.desk.test_story import come_in
from tests.site.browser import CHROMIUM, REASON

browsing = pytest.mark.skipif(CHROMIUM is None, reason=REASON)
EVERYBODY = ("ada", "eva", "haque", "luz", "rea", "pub", "adm")
OWN = ("queues", "evidence", "questions", "answers", "guides", "review", "translations",
       "comments", "account", "log", "second-factor", "logout")  # fmt: skip
"""First parts of the addresses of the desk's own pages."""


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk with something in every state, and accounts for everybody."""
    folder = states.make_states(tmp_path_factory.mktemp("look") / "library")
    in_desk(folder, MAKE_ACCOUNTS, *ACCOUNTS, "rea", "adm")
    with running(folder) as desk:
        yield desk


@pytest.fixture(scope="module")
def known(looked: Running) -> Callable[[str], Visitor]:
    """``known(name)`` is somebody who has come in, once for the module."""
    found: dict[str, Visitor] = {}

    def find(name: str) -> Visitor:
        if name not in found:
            found[name] = Visitor(looked)
            assert found[name].come_in(name).status == 200
        return found[name]

    return find


class Shown(HTMLParser):
    """The links and forms of a page: addresses, and each form with its method and hidden fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, object]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            self.forms.append((found.get("method", "get"), found.get("action", ""), {}))
        elif tag == "input" and found.get("type") == "hidden" and self.forms:
            self.forms[-1][2][found.get("name", "")] = found.get("value", "")


def walk(visitor: Visitor) -> tuple[dict[str, int], dict[str, dict[str, object]], list[str]]:
    """Every page that links lead to: statuses; forms to send with hidden fields; what is amiss."""
    home = visitor.desk.address
    seen: dict[str, int] = {}
    forms: dict[str, dict[str, object]] = {}
    amiss: list[str] = []
    waiting = [("/queues/", "")]
    while waiting:
        path, source = waiting.pop()
        if path in seen:
            continue
        answer = visitor.ask(path)
        seen[path] = answer.status
        if answer.status != 200:
            amiss.append(f"{source} leads to {path}: {answer.status}")
            continue
        if path.split("/")[1] not in OWN:
            continue  # Wagtail's pages are opened, and not walked through
        shown = Shown(answer.text)
        for link in shown.links:
            target = urlsplit(urljoin(home + path, link))
            if f"{target.scheme}://{target.netloc}" == home:
                waiting.append((target.path + (f"?{target.query}" if target.query else ""), path))
        for method, action, fields in shown.forms:
            if method == "post":
                forms[urlsplit(urljoin(home + path, action)).path] = fields
    return seen, forms, amiss


PAST = {"seen": "0" * 64, "entry": "999999"}
"""What a form sends that was opened before everything changed: nothing is done by it."""


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_link_or_button_that_is_shown_leads_nowhere(
    known: Callable[[str], Visitor], who: str
) -> None:
    visitor = known(who)
    seen, forms, amiss = walk(visitor)
    assert len([one for one in seen if one.startswith("/review/")]) > 20
    assert "/logout/" in forms
    for path, fields in forms.items():
        if path == "/logout/":
            continue
        status = visitor.ask(
            path, fields | {one: PAST[one] for one in fields if one in PAST}
        ).status
        if status in (403, 404, 405) or status >= 500:
            amiss.append(f"the form to {path}: {status}")
    assert not amiss, "\n".join(amiss)


def test_the_bar_names_what_opens_for_a_role(known: Callable[[str], Visitor]) -> None:
    def bar(who: str) -> list[str]:
        text = known(who).ask("/queues/").text
        nav = text[text.index("<nav") : text.index("</nav>")]
        return re.findall(r'href="([^"]+)"', nav)

    everywhere = ["/queues/", "/pages/", "/evidence/"]
    assert bar("pub") == everywhere
    assert bar("haque") == [*everywhere, "/questions/"]
    assert bar("eva") == [*everywhere, "/questions/", "/answers/"]
    assert bar("adm") == [*everywhere, "/questions/", "/answers/", "/log/"]


def for_me(text: str) -> dict[str, list[str]]:
    """What stands under "For you": guides, each with what can be done."""
    mine = text[text.index('class="mine"') : text.index("</section>")]
    items = re.findall(r"<li><a href=\"/review/([^/]+)/\">(.*?)</li>", mine, re.DOTALL)
    steps = r'class="step" href="([^"]+)"'
    return {guide: re.findall(steps, rest) for guide, rest in items}


def test_what_waits_for_me_stands_first_the_most_pressing_on_top(
    known: Callable[[str], Visitor],
) -> None:
    haque = for_me(known("haque").ask("/queues/").text)
    assert next(iter(haque)) == states.OVERDUE
    assert haque[states.SUBMITTED] == [f"/review/{states.SUBMITTED}/en/"]
    assert states.UNDER_REVIEW not in haque  # the original is signed; its translations wait
    assert states.CHANGES_ASKED not in haque
    luz = for_me(known("luz").ask("/queues/").text)
    assert luz[states.UNDER_REVIEW] == [f"/review/{states.UNDER_REVIEW}/es/"]
    ada = for_me(known("ada").ask("/queues/").text)
    assert list(ada)[:2] == [states.MOVED, states.CHANGES_ASKED]
    assert ada[states.DRAFT] == [f"/review/{states.DRAFT}/#forward"]
    publish = [f"/review/{states.TO_PUBLISH}/#publish"]
    assert for_me(known("pub").ask("/queues/").text) == {states.TO_PUBLISH: publish}


def test_what_moved_is_told_with_the_sentences_that_stand_on_it(
    known: Callable[[str], Visitor],
) -> None:
    text = known("pub").ask("/queues/").text
    moved = text[text.index('id="moved"') :]
    moved = moved[: moved.index("</section>")]
    assert re.search(r"“[^”]+” was withdrawn on \d{4}-\d{2}-\d{2}\.", moved)
    assert "sentences stand on it" in moved
    assert '<li lang="bn">' in moved


def test_who_reviews_nothing_is_refused_and_whose_signature_does_not_count_is_told(
    known: Callable[[str], Visitor],
) -> None:
    path = f"/review/{states.SUBMITTED}/bn/"
    assert known("pub").ask(path, {"decision": "approve"}).status == 403
    assert "would approve nothing here" in known("haque").ask(path).text
    assert "would approve nothing here" not in known("haque").ask(path.replace("bn", "en")).text
    assert (
        "Nobody has put these words forward"
        in known("haque").ask(f"/review/{states.DRAFT}/en/").text
    )


def test_a_question_is_deleted_only_by_who_is_sure(known: Callable[[str], Visitor]) -> None:
    eva = known("eva")
    assert "tick the box" in eva.ask("/questions/3/delete/", {}).text
    assert eva.ask("/questions/3/").status == 200
    assert eva.ask("/questions/3/delete/", {"sure": "yes"}).status == 200
    assert eva.ask("/questions/3/").status == 404


def test_the_password_is_changed_and_no_picture_is_asked_for(looked: Running) -> None:
    rea = Visitor(looked)
    assert rea.come_in("bela").status == 200
    page = rea.ask("/account/")
    assert 'type="file"' not in page.text
    new = "another horse in the library"
    wrong: dict[str, object] = {"old_password": "x", "new_password1": new, "new_password2": new}
    assert rea.ask("/account/", wrong).status == 400
    done = rea.ask("/account/", {**wrong, "old_password": PASSWORD})
    assert "Your password is changed" in done.text
    assert rea.ask("/queues/").url.endswith("/queues/")
    assert Visitor(looked).log_in("bela", new).url.endswith("/second-factor/")


PAGES = (
    "/queues/",
    "/evidence/",
    "/account/",
    "/second-factor/codes/",
    f"/review/{states.APPROVED}/",
    f"/review/{states.MOVED}/",
    f"/review/{states.CHANGES_ASKED}/",
    f"/review/{states.DRAFT}/",
    f"/review/{states.SUBMITTED}/bn/",
    f"/review/{states.OVERDUE}/es/",
    f"/translations/{states.SUBMITTED}/bn/",
)
ALSO = {
    "eva": ("/questions/", "/questions/2/", "/answers/", "/guides/new/"),
    "haque": ("/questions/", "/questions/2/"),
    "pub": (),
    "adm": ("/questions/", "/log/", "/answers/", "/guides/new/"),
}


@pytest.fixture(scope="module")
def inside(looked: Running, browser: Browser) -> Callable[[str], BrowserContext]:
    """``inside(name)`` is a browser in which somebody has come in, once for the module."""
    found: dict[str, BrowserContext] = {}

    def find(name: str) -> BrowserContext:
        if name not in found:
            found[name] = come_in(browser, looked, name).context
        return found[name]

    return find


@browsing
@pytest.mark.parametrize("who", ALSO)
def test_every_page_is_fit_for_a_phone_and_for_a_screen_reader(
    inside: Callable[[str], BrowserContext], looked: Running, who: str
) -> None:
    page, axe, wrong = inside(who).new_page(), Axe(), []
    for path in (*PAGES, *ALSO[who]):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(looked.address + path)
            assert answer
            assert answer.status == 200, path
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                wrong.append((path, width, "scrolls sideways"))
            wrong += [(path, width, one) for one in cut_off(page)]
            wrong += [
                (path, width, f"{one['id']}: {one['nodes'][0]['html'][:120]}")
                for one in axe.run(page).response["violations"]
            ]
    page.close()
    assert not wrong, "\n".join(map(str, wrong))


def cut_off(page: Page) -> list[str]:
    """Links and buttons that a thumb misses (24 px, WCAG 2.5.8), and words beyond their box."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input:not([type=hidden])")]
          .filter((one) => one.checkVisibility() && !one.matches(".skip") && !one.closest("p, li, .laid-out"))
          .filter((one) => { const box = one.getBoundingClientRect();
            return box.height < 24 || box.width < 24 || box.right > innerWidth; })
          .map((one) => `small or cut off: ${one.outerHTML.slice(0, 100)}`)"""
    )
    return found


@browsing
def test_the_keyboard_goes_everywhere_and_is_seen(
    inside: Callable[[str], BrowserContext], looked: Running
) -> None:
    page = inside("haque").new_page()
    for path in ("/queues/", f"/review/{states.SUBMITTED}/bn/", f"/review/{states.MOVED}/"):
        page.goto(looked.address + path)
        wanted = page.locator("a:visible, button:visible, summary:visible, select:visible").count()
        wanted += page.locator("input:visible, textarea:visible").count()
        stops = set()
        for number in range(wanted + 3):
            page.keyboard.press("Tab")
            told = page.evaluate(
                """() => { const one = document.activeElement, style = getComputedStyle(one);
                  return [one.outerHTML.slice(0, 150), style.outlineStyle, parseFloat(style.outlineWidth)]; }"""
            )
            if told[0].startswith("<body"):
                break
            if number == 0:
                assert 'class="skip"' in told[0]
                expect(page.locator(".skip")).to_be_in_viewport()
            assert told[1] != "none", (path, told)
            assert told[2] >= 2, (path, told)
            stops.add(told[0])
        assert len(stops) > wanted * 0.6, path  # equal links count once
    page.close()


@browsing
def test_bangla_has_its_font_and_a_review_its_count(
    inside: Callable[[str], BrowserContext], looked: Running
) -> None:
    page = inside("haque").new_page()
    page.goto(f"{looked.address}/review/{states.SUBMITTED}/bn/")
    font = page.locator("h1 span").first.evaluate("one => getComputedStyle(one).fontFamily")
    assert font.startswith('"Noto Sans Bengali"')
    progress = page.locator("[data-desk-progress]")
    boxes = page.locator("input[name=read]").count()
    expect(progress).to_contain_text(f"0 of {boxes} ticked")
    page.locator("input[name=read]").first.check()
    expect(progress).to_contain_text(f"1 of {boxes} ticked")
    progress.get_by_role("button", name="Go to the next").click()
    expect(page.locator("input[name=read]").nth(1)).to_be_focused()
    page.close()


@browsing
def test_a_review_is_printed_with_its_quotes_and_without_its_buttons(
    inside: Callable[[str], BrowserContext], looked: Running, tmp_path: Path
) -> None:
    page = inside("haque").new_page()
    page.goto(f"{looked.address}/review/{states.SUBMITTED}/en/")
    page.emulate_media(media="print")
    for hidden in (".bar", ".sign", "[data-desk-progress]", ".change"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("blockquote mark").first).to_be_visible()
    assert len(page.pdf()) > 10_000
    page.close()


def test_what_is_not_there_is_told_in_the_desks_own_words(known: Callable[[str], Visitor]) -> None:
    eva = known("eva")
    answer = eva.ask("/review/no-such-guide/")
    assert answer.status == 404
    assert "There is no such page" in answer.text
    assert 'href="/queues/"' in answer.text
    token = {"csrfmiddlewaretoken": "x" * 64}
    answer = eva.ask(f"/review/{states.UNTOUCHED}/submit/", {**token, "note": "x"})
    assert answer.status == 403
    assert "The form was not taken" in answer.text
