"""Behind a proxy: whose word is taken, and that one who fails locks nobody else out."""

from __future__ import annotations

from pathlib import Path

import pytest

from piamater.desk import proxies
from piamater.errors import InputError
from tests.desk.conftest import Running, Visitor, copied, running

HERE = {"PIAMATER_DESK_PROXIES": "127.0.0.1", "PIAMATER_DESK_HOSTS": "127.0.0.1,localhost"}


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "found"),
    [
        ("203.0.113.9", "198.51.100.1", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.7", "127.0.0.1,10.0.0.0/24", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1:4711", "127.0.0.1", "198.51.100.1"),
        ("::1", "[2001:db8::7]:4711", "::1", "2001:db8::7"),
        ("::ffff:127.0.0.1", "198.51.100.1", "127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "<script>", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_last_that_no_trusted_proxy_has(
    remote: str, forwarded: str, trusted: str, found: str
) -> None:
    assert proxies.client_of(remote, forwarded, proxies.trusted(trusted)) == found


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(InputError, match="PIAMATER_DESK_PROXIES"):
        proxies.trusted("127.0.0.1, my-proxy")


def fails(desk: Running, name: str, address: str) -> list[int]:
    """Five wrong passwords, each from a visitor of its own."""
    made = [Visitor(desk, **{"X-Forwarded-For": address}) for _ in range(5)]
    return [one.log_in(name, "wrong").status for one in made]


def test_a_header_that_no_proxy_wrote_is_not_believed(shared_desk: Running) -> None:
    statuses = [
        Visitor(shared_desk, **{"X-Forwarded-For": f"198.51.100.{n}"}).log_in("luz", "wrong").status
        for n in range(6)
    ]
    assert statuses[-1] == 429  # each said to come from elsewhere, and was counted as one
    secure = Visitor(shared_desk, **{"X-Forwarded-Proto": "https"}).ask("/login/")
    assert "strict-transport-security" not in secure.headers
    assert Visitor(shared_desk).come_in("bela").status == 200  # and nobody else is locked out


def test_behind_a_proxy_the_address_that_failed_is_closed_and_no_other(
    made: Path, tmp_path: Path
) -> None:
    with running(copied(made, tmp_path / "library"), **HERE) as desk:
        assert 429 in fails(desk, "luz", "6.6.6.6, 198.51.100.1")
        assert 429 in fails(desk, "luz", "7.7.7.7, 198.51.100.1")
        other = Visitor(desk, **{"X-Forwarded-For": "198.51.100.2"})
        assert other.come_in("luz").status == 200
        [session] = [one for one in other.jar if one.name == "piamater-desk"]
        assert session.secure
        answer = Visitor(desk, **{"X-Forwarded-Proto": "https"}).ask("/login/")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        log = (desk.folder / "desk" / "log.jsonl").read_text("utf-8")
        assert '"198.51.100.1"' in log
        assert "6.6.6.6" not in log
