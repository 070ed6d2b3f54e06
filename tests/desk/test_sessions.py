"""Sessions that begin anew and end, and what every answer carries, errors too."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from contextlib import closing
from urllib.parse import quote, urlsplit

import pytest

from tests.desk.conftest import PASSWORD, Answer, Running, Visitor, in_desk

COOKIE = "piamater-desk"
HOLDS = """
import sys
from piamater.desk.configure import configure
configure()
from django.contrib.sessions.backends.db import SessionStore
session = SessionStore(sys.argv[1])
session[sys.argv[2]] -= int(sys.argv[3])
session.save()
"""


def held(visitor: Visitor) -> str:
    """The session's name as the browser holds it; empty where there is none."""
    return next((one.value or "" for one in visitor.jar if one.name == COOKIE), "")


def inside(visitor: Visitor) -> bool:
    answer = visitor.ask("/queues/")
    return answer.status == 200 and urlsplit(answer.url).path == "/queues/"


def with_session(desk: Running, name: str) -> Visitor:
    return Visitor(desk, Cookie=f"{COOKIE}={name}")


def test_a_session_begins_anew_with_each_factor(desk: Running) -> None:
    visitor = Visitor(desk)
    visitor.ask("/login/")
    assert held(visitor) == ""
    visitor.log_in("ada")
    first = held(visitor)
    visitor.come_in("ada")
    assert held(visitor) not in ("", first)
    assert inside(visitor)
    assert not inside(with_session(desk, first))
    cookie = next(one for one in visitor.jar if one.name == COOKIE)
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Strict"
    assert cookie.discard  # the browser forgets it when it is closed


def test_a_session_that_somebody_planted_is_not_taken(desk: Running) -> None:
    planted = "planted0planted0planted0planted0"
    visitor = with_session(desk, planted)
    visitor.ask("/login/")
    visitor.headers.clear()
    visitor.come_in("ada")
    assert held(visitor) != planted
    assert not inside(with_session(desk, planted))


@pytest.mark.parametrize(("what", "hours"), [("seen", 2), ("begun", 12)])
def test_a_session_ends(desk: Running, what: str, hours: int) -> None:
    """After two hours without a request, and after twelve anyhow."""
    visitor = Visitor(desk)
    visitor.come_in("ada")
    in_desk(desk.folder, HOLDS, held(visitor), what, str(hours * 3600 - 300))
    assert inside(visitor)
    in_desk(desk.folder, HOLDS, held(visitor), what, str(hours * 3600 + 1))
    assert not inside(visitor)
    assert "/login/" in visitor.ask("/queues/").url


def test_an_open_editor_alone_keeps_no_session(desk: Running) -> None:
    visitor = Visitor(desk)
    visitor.come_in("ada")
    in_desk(desk.folder, HOLDS, held(visitor), "seen", "7000")
    visitor.ask("/editing-sessions/ping/desk/guidepage/1/0/", {})
    in_desk(desk.folder, HOLDS, held(visitor), "seen", "300")
    assert not inside(visitor)


def test_leaving_takes_a_form(desk: Running) -> None:
    visitor = Visitor(desk)
    visitor.come_in("ada")
    session = held(visitor)
    assert visitor.ask("/logout/").status == 405
    assert inside(visitor)
    assert "/login/" in visitor.ask("/logout/", {}).url
    assert not inside(with_session(desk, session))


ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)",
             "https:evil.example", "\t//evil.example")  # fmt: skip


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_way_in_leads_nowhere_else(shared_desk: Running, where: str) -> None:
    visitor = Visitor(shared_desk)
    jar = urllib.request.HTTPCookieProcessor(visitor.jar)
    visitor.opener = urllib.request.build_opener(jar, Stays())
    visitor.ask("/login/")
    answer = visitor.ask("/login/", {"username": "ada", "password": PASSWORD, "next": where})
    assert answer.status == 302
    assert answer.headers["location"] == "/queues/"
    assert where not in visitor.ask("/second-factor/?next=" + quote(where)).text


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(self, *_: object) -> None:
        return None


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
}


def too_large(desk: Running) -> Answer:
    """A form of a gigabyte is refused before it is sent."""
    connection = http.client.HTTPConnection(urlsplit(desk.address).netloc, timeout=30)
    connection.putrequest("POST", "/login/")
    connection.putheader("Content-Length", str(10**9))
    connection.endheaders()
    with closing(connection), connection.getresponse() as answer:
        return Answer(answer.status, dict(answer.getheaders()), answer.read().decode(), "")


def test_errors_carry_the_headers_too(shared_desk: Running) -> None:
    visitor = Visitor(shared_desk)
    stranger = Visitor(shared_desk, Host="evil.example")
    found = {
        400: stranger.ask("/login/"),
        403: visitor.ask("/login/", {"csrfmiddlewaretoken": "x"}),
        404: visitor.ask("/invited/nothing/"),
        405: visitor.ask("/logout/"),
        413: too_large(shared_desk),
    }
    for status, answer in found.items():
        assert answer.status == status
        told = {name: answer.headers.get(name) for name in HEADERS}
        assert told == HEADERS, status
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'self'" in policy
        assert "Traceback" not in answer.text


def test_the_desk_takes_no_files(desk: Running) -> None:
    visitor = Visitor(desk)
    visitor.come_in("ada")
    token = next(one.value for one in visitor.jar if one.name == "csrftoken")
    body = (
        b'--x\r\nContent-Disposition: form-data; name="avatar-avatar"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\nabc\r\n--x--\r\n"
    )
    request = urllib.request.Request(
        desk.address + "/account/", body,
        {"Content-Type": "multipart/form-data; boundary=x", "X-CSRFToken": str(token)},
    )  # fmt: skip
    with pytest.raises(urllib.error.HTTPError) as told:
        visitor.opener.open(request, timeout=30)
    assert told.value.code == 400
    assert b"takes no files" in told.value.read()
    assert not (desk.folder / "desk" / "media").exists()
