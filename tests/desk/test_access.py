"""Who may open what: every address of the desk for every role, and the way in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from piamater.guides.review import load_key
from tests.desk.conftest import PASSWORD, Running, Visitor, dump, rows
from tests.desk.people import PASSPHRASE

EVERYBODY = ("ada", "eva", "haque", "luz", "bela", "pub", "root")
WRITING = ("ada", "eva", "root")
REVIEWING = ("haque", "luz", "bela", "root")
PUBLISHING = ("pub", "root")
INVITING = ("eva", "root")
OWN: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/queues/"): EVERYBODY,
    ("GET", "/evidence/"): EVERYBODY,
    ("POST", "/evidence/seizure/"): (*REVIEWING, "eva"),
    ("GET", "/guides/new/"): WRITING,
    ("POST", "/guides/seizure/translate/"): WRITING,
    ("GET", "/translations/seizure/bn/"): EVERYBODY,
    ("POST", "/translations/seizure/bn/pin/"): WRITING,
    ("GET", "/questions/"): ("ada", "eva", "haque", "root"),
    ("GET", "/questions/1/"): ("ada", "eva", "haque", "root"),
    ("POST", "/questions/1/assign/"): ("ada", "eva", "haque", "root"),
    ("GET", "/review/seizure/"): EVERYBODY,
    ("GET", "/review/seizure/en/"): EVERYBODY,
    ("GET", "/passages/?q=seizure"): WRITING,
    ("POST", "/findings/1/"): WRITING,
    ("POST", "/review/seizure/submit/"): WRITING,
    ("POST", "/review/seizure/publish/"): PUBLISHING,
    ("POST", "/review/seizure/withdraw/"): EVERYBODY,
    ("POST", "/review/seizure/code/"): ("root",),
    ("GET", "/log/"): ("root",),
    ("GET", "/answers/"): WRITING,
    ("GET", "/second-factor/codes/"): EVERYBODY,
    ("POST", "/review/seizure/invite/"): INVITING,
}
"""The desk's own addresses, and who may use each; others are refused with 403."""

OPEN = ("/login/", "/health", "/static/desk/desk.css", "/invited/thanks/")


def test_the_table_holds_every_address_of_the_desk_itself() -> None:
    text = (Path(__file__).parents[2] / "src/piamater/desk/urls.py").read_text("utf-8")
    paths = set(re.findall(r'path\("([^"]*)"', text)) - {""}
    told = {
        re.sub(r"\?.*", "", path).strip("/").replace("seizure", "<slug:guide>") for _, path in OWN
    } | {path.strip("/") for path in OPEN}
    told = {one.replace("<slug:guide>/bn", "<slug:guide>/<slug:language>") for one in told}
    told = {one.replace("<slug:guide>/en", "<slug:guide>/<slug:language>") for one in told}
    told = {
        one.replace("questions/1/assign", "questions/<int:number>/<slug:what>").replace(
            "questions/1", "questions/<int:number>"
        )
        for one in told
    }
    told = {one.replace("findings/1", "findings/<int:page_id>") for one in told}
    elsewhere = {
        "logout", "second-factor", "second-factor/code.svg", "invited/<str:token>", "favicon.ico"
    }  # fmt: skip
    assert {one.strip("/") for one in paths} == (told - {"static/desk/desk.css"}) | elsewhere


@pytest.mark.parametrize("who", [*EVERYBODY, ""])
def test_every_address_for_every_role(people: Callable[[str], Visitor], who: str) -> None:
    visitor = people(who)
    for (method, path), allowed in OWN.items():
        form: dict[str, object] | None = {} if method == "POST" else None
        answer = visitor.ask(path, form)
        if not who:
            assert "/login/" in answer.url or answer.status == 403, path
        elif who in allowed:
            assert answer.status in (200, 404, 409), (who, path, answer.status)
        else:
            assert answer.status == 403, (who, path, answer.status)


EDITING = ("/pages/{}/edit/", "/pages/{}/copy/", "/pages/{}/move/", "/pages/{}/delete/",
           "/pages/add/desk/guidepage/{}/", "/reports/locked/", "/choose-page/")  # fmt: skip


@pytest.mark.parametrize("who", ["haque", "luz", "pub"])
def test_who_does_not_write_cannot_edit_through_wagtail(
    people: Callable[[str], Visitor], shared_desk: Running, who: str
) -> None:
    [[number]] = rows(shared_desk.folder, "SELECT page_ptr_id FROM desk_guidepage LIMIT 1")
    for path in EDITING:
        forms: list[dict[str, object] | None] = [None, {"action-publish": "1"}]
        for form in forms:
            assert people(who).ask(path.format(number), form).status == 403, (who, path)


def test_nobody_adds_or_deletes_pages_past_the_files(
    people: Callable[[str], Visitor], shared_desk: Running
) -> None:
    [[number]] = rows(shared_desk.folder, "SELECT page_ptr_id FROM desk_guidepage LIMIT 1")
    [[index]] = rows(shared_desk.folder, "SELECT page_ptr_id FROM desk_guideindex")
    before = rows(shared_desk.folder, "SELECT count(*) FROM desk_guidepage")
    for path in (
        f"/pages/{number}/delete/",
        f"/pages/{number}/copy/",
        f"/pages/{number}/move/",
        f"/pages/{number}/move/{index}/confirm/",
        f"/bulk/wagtailcore/page/delete/?id={number}",
        f"/pages/add/desk/guidepage/{index}/",
    ):
        for who in ("ada", "root"):
            answer = people(who).ask(path, {})
            assert answer.status in (403, 404) or urlsplit(answer.url).path == "/", (path, who)
    assert rows(shared_desk.folder, "SELECT count(*) FROM desk_guidepage") == before


def test_who_has_ended_is_out_with_the_next_request(desk: Running) -> None:
    visitor = Visitor(desk)
    visitor.come_in("pub")
    assert visitor.ask("/queues/").status == 200
    key = load_key(desk.folder / "review", lambda: PASSPHRASE)
    with desk.reviews.library.writing():
        desk.reviews.end(key, "pub")
    assert visitor.ask("/queues/").status == 403
    assert "/login/" in visitor.ask("/queues/").url


WAGTAIL = ("/", "/pages/", "/account/", "/pages/3/")
ADMINISTRATION = ("/users/", "/groups/", "/collections/", "/workflows/list/", "/users/new/")


@pytest.mark.parametrize("who", ["ada", "haque", "pub", "root", ""])
def test_wagtails_own_addresses(people: Callable[[str], Visitor], who: str) -> None:
    visitor = people(who)
    for path in WAGTAIL:
        answer = visitor.ask(path)
        if not who:
            assert "/login/" in answer.url, path
        else:
            assert answer.status in (200, 404), (who, path)
    for path in ADMINISTRATION:
        answer = visitor.ask(path)
        inside = answer.status == 200 and urlsplit(answer.url).path == path
        assert not inside, (who, path, answer.status, answer.url)


def test_the_password_alone_opens_nothing(shared_desk: Running) -> None:
    visitor = Visitor(shared_desk)
    visitor.log_in("luz")
    for path in ("/", "/queues/", "/review/seizure/", "/pages/", "/account/"):
        assert visitor.ask(path).url.endswith("/second-factor/"), path
    for _ in range(2):
        assert visitor.ask("/second-factor/", {"code": "000000"}).status == 400
    assert visitor.ask("/queues/").url.endswith("/second-factor/")


def test_the_secret_is_shown_until_it_is_confirmed_and_never_again(
    people: Callable[[str], Visitor], shared_desk: Running
) -> None:
    people("eva")
    other = Visitor(shared_desk)
    answer = other.log_in("eva")
    assert "otpauth://" not in answer.text
    assert other.ask("/second-factor/code.svg").status == 404


def test_after_five_wrong_passwords_the_account_is_closed_there(shared_desk: Running) -> None:
    visitor = Visitor(shared_desk)
    for _ in range(5):
        answer = visitor.log_in("bela", "wrong")
    assert answer.status in (400, 403, 429)
    closed = visitor.log_in("bela")
    assert closed.status == 429
    assert "Too many wrong passwords" in closed.text


def test_headers_and_cookies(people: Callable[[str], Visitor]) -> None:
    visitor = people("ada")
    answer = visitor.ask("/queues/")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    [session] = [one for one in visitor.jar if one.name == "piamater-desk"]
    assert session.has_nonstandard_attr("HttpOnly")
    assert session.get_nonstandard_attr("SameSite") == "Strict"
    assert "http" not in re.sub(r"http://(127|localhost|www.w3)[^\"']*", "", answer.text)


def test_a_form_without_its_token_is_refused(people: Callable[[str], Visitor]) -> None:
    visitor = people("ada")
    answer = visitor.ask("/review/seizure/submit/", {"csrfmiddlewaretoken": "x"})
    assert answer.status == 403


def test_no_password_stands_in_the_database(shared_desk: Running) -> None:
    held = dump(shared_desk.folder)
    assert "Ada Writer" in held
    assert PASSWORD not in held
    assert (shared_desk.folder / "desk").stat().st_mode & 0o077 == 0


def test_the_readers_site_does_not_serve_the_desk(shelf: Path) -> None:
    from django.test import Client

    from piamater.site.configure import configure
    from piamater.site.state import open_site

    configure()
    open_site(shelf)
    for _, path in OWN:
        assert Client().get(path, follow=True).status_code == 404, path
    for path in ("/login/", "/pages/", "/second-factor/", "/static/desk/desk.js"):
        assert Client().get(path, follow=True).status_code == 404, path
