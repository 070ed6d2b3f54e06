"""Who has lost the authenticator app: recovery codes, another app, a new start by the operator."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.desk.conftest import Running, Visitor, code_of, dump, in_desk, rows

pytest.importorskip("django_otp.plugins.otp_static")
CODE = re.compile(r"<code>([2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5})</code>")

NEW_START = """
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import make_account, set_up
set_up()
make_account("ada", "a horse in the library", new_app=True)
"""
NEW_PASSWORD = NEW_START.replace(", new_app=True", "")


def comes_back(desk: Running, name: str, code: str) -> Visitor:
    """Somebody with the password who types a code of any kind."""
    visitor = Visitor(desk)
    assert visitor.log_in(name).url.endswith("/second-factor/")
    visitor.ask("/second-factor/", {"code": code})
    return visitor


def inside(visitor: Visitor) -> bool:
    return urlsplit(visitor.ask("/queues/").url).path == "/queues/"


def test_ten_codes_are_shown_once_and_each_opens_once(desk: Running) -> None:
    ada = Visitor(desk)
    codes = CODE.findall(ada.come_in("ada").text)
    assert len({*codes}) == 10
    assert inside(ada)
    assert not CODE.search(ada.ask("/second-factor/codes/").text)
    held = dump(desk.folder).upper()
    assert not [one for one in codes if one in held or one.replace("-", "") in held]

    assert inside(comes_back(desk, "ada", codes[0].lower()))
    assert not inside(comes_back(desk, "ada", codes[0]))  # and a wrong one makes the next wait
    assert "9 recovery codes left" in ada.ask("/second-factor/codes/").text

    wrong = ada.ask("/second-factor/codes/", {"code": "000000", "what": "codes"})
    assert wrong.status == 400
    assert not CODE.search(wrong.text)


def test_new_codes_void_the_old_ones(desk: Running) -> None:
    eva = Visitor(desk)
    old = CODE.findall(eva.come_in("eva").text)
    fresh = eva.ask("/second-factor/codes/", {"code": old[0], "what": "codes"})
    new = CODE.findall(fresh.text)
    assert len(new) == 10
    assert not {*old} & {*new}
    assert inside(eva)
    assert inside(comes_back(desk, "eva", new[0]))
    assert not inside(comes_back(desk, "eva", old[1]))


def test_with_a_recovery_code_one_sets_up_another_app_and_all_sessions_end(desk: Running) -> None:
    haque = Visitor(desk)
    codes = CODE.findall(haque.come_in("haque").text)
    elsewhere = comes_back(desk, "haque", codes[0])
    old = desk.secrets["haque"]
    answer = haque.ask("/second-factor/codes/", {"code": codes[1], "what": "app"})
    assert answer.url.endswith("/login/")
    assert not inside(haque)
    assert not inside(elsewhere)
    again = Visitor(desk)
    assert again.come_in("haque").status == 200
    assert desk.secrets["haque"] != old
    assert inside(again)
    assert not inside(comes_back(desk, "haque", code_of(old)))


@pytest.mark.parametrize("code", [NEW_START, NEW_PASSWORD], ids=["new app", "new password"])
def test_the_operator_ends_all_sessions(desk: Running, code: str) -> None:
    ada = Visitor(desk)
    ada.come_in("ada")
    assert inside(ada)
    in_desk(desk.folder, code)
    assert "/login/" in ada.ask("/queues/").url
    page = Visitor(desk).log_in("ada")
    assert ("otpauth://" in page.text) == (code == NEW_START)
    if code == NEW_START:
        assert re.search(r'<code class="secret">[A-Z2-7 ]{32,}</code>', page.text)
        assert rows(desk.folder, "SELECT count(*) FROM otp_static_statictoken") == [(0,)]
