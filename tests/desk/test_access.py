"""The way in, and what of Wagtail stays shut; every address for every role: ``test_matrix.py``."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from piamater.guides.review import load_key
from tests.desk.conftest import PASSWORD, Running, Visitor, dump, rows
from tests.desk.people import PASSPHRASE

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
