"""Who makes a link for a reviewer cannot sign with it: it asks for a code that only they have."""

from __future__ import annotations

import html
import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from piamater.desk import state
from tests.desk.conftest import Answer, Running, Visitor, copied, dump, in_desk, rows, running
from tests.exchange.smtp_server import mail_server

LINK = re.compile(r"http\S+/invited/[^/\s<]+/")
CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b")


def comes(desk: Running, name: str) -> Visitor:
    visitor = Visitor(desk)
    visitor.come_in(name)
    return visitor


def put_forward(visitor: Visitor) -> None:
    answer = visitor.ask("/review/seizure/submit/", {"note": "the warnings may stay"})
    assert "put forward for review" in answer.text


def invites(visitor: Visitor, person: str = "link") -> Answer:
    return visitor.ask("/review/seizure/invite/", {"person": person, "language": "en"})


def link_of(answer: Answer) -> str:
    found = LINK.search(answer.text)
    assert found, answer.text[:2000]
    return found[0]


def signed(visitor: Visitor, address: str, page: str, **more: object) -> Answer:
    """Tick everything on a page and sign it."""
    read = [html.unescape(one) for one in re.findall(r'name="read" value="([^"]*)"', page)]
    found = re.search(r'name="seen" value="([^"]*)"', page)
    form: dict[str, object] = {
        "read": read,
        "seen": found[1] if found else "",
        "view": ["patient", "clinical"],
        "decision": "approve",
        "interests": "none",
        **more,
    }
    return visitor.ask(address, form)


def approvals(desk: Running) -> list[tuple[str, str]]:
    entries = desk.reviews.book.entries
    return [(one.by, one.body["via"]) for one in entries if one.act == "approve"]


def number_of(desk: Running) -> int:
    [[number]] = rows(desk.folder, "SELECT max(id) FROM desk_invitation")
    return int(str(number))


def test_who_made_the_link_cannot_sign_with_it(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    eva = comes(desk, "eva")
    made = invites(eva)
    assert "asks for a code" in made.text
    assert not CODE.search(made.text)
    address = link_of(made)
    for visitor in (eva, Visitor(desk)):
        page = visitor.ask(address)
        assert page.status == 200
        assert 'name="read"' not in page.text
        assert signed(visitor, address, page.text).status == 403
        assert visitor.ask("/invited/thanks/").status == 200
    assert approvals(desk) == []

    number = number_of(desk)
    assert eva.ask("/review/seizure/code/", {"invitation": number}).status == 403
    root = comes(desk, "root")
    shown = root.ask("/review/seizure/code/", {"invitation": number})
    code = CODE.search(shown.text)
    assert code, shown.text
    again = root.ask("/review/seizure/code/", {"invitation": number})
    assert "given out already" in again.text
    assert not CODE.search(again.text)
    held = dump(desk.folder)
    assert code[0] not in held
    assert code[0].replace("-", "") not in held

    lina = Visitor(desk)
    lina.ask(address)
    page = lina.ask(address, {"code": code[0].lower().replace("-", " ")})
    assert page.status == 200
    assert "Lina Linked" in page.text
    refused = signed(lina, address, page.text, interests=" ")
    assert refused.status == 400  # and the link is not used up by it
    assert signed(lina, address, page.text).url.endswith("/invited/thanks/")
    assert approvals(desk) == [("link", "a link made by eva and a code handed over by root")]
    assert lina.ask(address).status == 410
    assert signed(lina, address, page.text).status == 410
    log = (desk.folder / "desk" / state.LOG).read_text("utf-8")
    assert code[0] not in log
    assert address.split("/invited/")[1].strip("/") not in log
    for act in ("put-forward", "invited", "code-shown", "invitation-opened", "signed"):
        assert f'"act": "{act}"' in log


def test_five_wrong_codes_close_a_link(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    address = link_of(invites(comes(desk, "eva")))
    root = comes(desk, "root")
    shown = root.ask("/review/seizure/code/", {"invitation": number_of(desk)})
    code = CODE.search(shown.text)
    assert code
    lina = Visitor(desk)
    lina.ask(address)
    page = lina.ask(address, {"code": code[0]})
    other = Visitor(desk)
    other.ask(address)
    answers = [other.ask(address, {"code": "2222-2222"}).status for _ in range(5)]
    assert answers == [403, 403, 403, 403, 410]
    assert other.ask(address, {"code": code[0]}).status == 410
    log = (desk.folder / "desk" / state.LOG).read_text("utf-8")
    assert log.count('"act": "wrong-code"') == 5
    # who had opened it before goes on: nobody else's guesses take their review away
    assert signed(lina, address, page.text).url.endswith("/invited/thanks/")


def test_an_administrator_who_wrote_or_invited_does_not_see_the_code(desk: Running) -> None:
    root = comes(desk, "root")
    put_forward(root)
    invites(comes(desk, "eva"))
    shown = root.ask("/review/seizure/code/", {"invitation": number_of(desk)})
    assert "does not see the code" in shown.text
    assert not CODE.search(shown.text)
    assert "Show the code" not in root.ask("/review/seizure/").text
    refused = invites(root)
    assert "invites nobody" in refused.text


def test_an_administrator_who_made_the_link_does_not_see_its_code(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    root = comes(desk, "root")
    link_of(invites(root))
    shown = root.ask("/review/seizure/code/", {"invitation": number_of(desk)})
    assert "another administrator" in shown.text
    assert not CODE.search(shown.text)
    assert "without a link" in invites(root, "root").text


CONTACT = """
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_contact, set_up
set_up()
set_contact("link", "lina@example.org")
"""


@pytest.mark.parametrize("refuse", ["no@", "lina@"])
def test_the_code_is_mailed_to_the_reviewer_and_shown_to_nobody(
    made: Path, tmp_path: Path, refuse: str
) -> None:
    folder = copied(made, tmp_path / "library")
    in_desk(folder, CONTACT)
    with mail_server(refuse=refuse) as server:
        settings = (folder / "piamater.toml").read_text("utf-8")
        mail = (
            f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nuser = ""\n'
            'from = "desk@example.org"\nsecurity = "none"\n'
        )
        (folder / "piamater.toml").write_text(
            re.sub(r"\[mail\].*?(?=\n\[)", mail, settings, flags=re.DOTALL), "utf-8"
        )
        with running(folder) as desk:
            put_forward(comes(desk, "ada"))
            told = invites(comes(desk, "eva"))
            address = link_of(told)
            if refuse == "lina@":
                assert "could not be mailed" in told.text
                shown = comes(desk, "root").ask(
                    "/review/seizure/code/", {"invitation": number_of(desk)}
                )
                assert CODE.search(shown.text)
                return
            assert "was mailed to Lina Linked" in told.text
            assert "lina@example.org" not in told.text
            assert not CODE.search(told.text)
            [(to, _, data)] = server.mails
            assert to == "lina@example.org"
            body = message_from_bytes(data, policy=policy.default).get_body(("plain",))
            assert body
            text = body.get_content()
            assert "/invited/" not in text
            code = CODE.search(text)
            assert code
            shown = comes(desk, "root").ask(
                "/review/seizure/code/", {"invitation": number_of(desk)}
            )
            assert "given out already" in shown.text
            lina = Visitor(desk)
            lina.ask(address)
            page = lina.ask(address, {"code": code[0]})
            assert signed(lina, address, page.text).url.endswith("/invited/thanks/")
            [(by, via)] = approvals(desk)
            assert by == "link"
            assert via.endswith("a code mailed to the address that the operator keeps")
