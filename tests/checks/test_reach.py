"""Dead links: what is gone, what only did not answer, and that nothing is asked unbidden."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from piamater.checks import CheckSettings, Finding, check_page, page_from_text, reach
from piamater.checks import fetch as fetching
from piamater.checks.reach import Reached, Reacher, State, asked, reaching

SEEN: Counter[str] = Counter()


class Pages(BaseHTTPRequestHandler):
    """Each path is the status that it answers with; some names have ways of their own."""

    def do_HEAD(self) -> None:
        SEEN[f"HEAD {self.path}"] += 1
        self._answer({"/nohead": 405, "/falsehead": 404}.get(self.path))

    def do_GET(self) -> None:
        SEEN[f"GET {self.path}"] += 1
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/404")
        elif self.path == "/hangs":
            time.sleep(2)
            return
        elif self.path == "/mends" and SEEN["GET /mends"] < 2:
            self.send_response(500)
        else:
            known = self.path[1:].isdigit() and int(self.path[1:])
            self.send_response(status or known or 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    SEEN.clear()


def ask(address: str) -> Reached:
    return asked(address, local=True, wait=0.0)


@pytest.mark.parametrize(
    ("path", "state"),
    [("/200", "there"), ("/404", "gone"), ("/410", "gone"), ("/moved", "gone"), ("/500", "gone"),
     ("/503", "unreached"), ("/504", "unreached"), ("/401", "there"), ("/403", "there"),
     ("/429", "there"), ("/nohead", "there"), ("/falsehead", "there"), ("/mends", "there")],
)  # fmt: skip
def test_what_the_answers_mean(served: str, path: str, state: str) -> None:
    assert ask(served + path).state == state


def test_the_body_is_asked_for_only_where_the_head_does_not_say_it(served: str) -> None:
    ask(f"{served}/200")
    ask(f"{served}/404")
    assert SEEN == {"HEAD /200": 1, "HEAD /404": 1, "GET /404": 1}


def test_a_server_that_does_not_answer_is_not_dead(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "SECONDS", 0.3)
    assert ask(f"{served}/hangs").state is State.UNREACHED
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/").state is State.UNREACHED


@pytest.mark.parametrize(("found", "state"), [(True, "gone"), (False, "unreached")])
def test_a_host_is_missing_only_where_names_are_found(
    found: bool, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", none)
    monkeypatch.setattr(reach, "_names_are_found", lambda: found)
    assert ask("https://wexford-fever.example/page").state == state


def test_names_are_looked_for_at_hosts_that_are_always_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", busy)
    reach._names_are_found.cache_clear()
    assert not reach._names_are_found()
    assert ask("https://wexford-fever.example/page").state is State.UNREACHED
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    reach._names_are_found.cache_clear()
    assert reach._names_are_found()
    reach._names_are_found.cache_clear()


def test_this_machine_and_its_network_are_never_asked(served: str) -> None:
    assert asked(f"{served}/404", wait=0.0).state is State.UNREACHED
    assert not SEEN


def test_each_address_is_asked_once_and_a_host_once_at_a_time(served: str) -> None:
    now, most = Counter[str](), Counter[str]()
    lock = threading.Lock()

    def counted(address: str) -> Reached:
        host = address.split("/")[2]
        with lock:
            now[host] += 1
            now["all"] += 1
            most[host] = max(most[host], now[host])
            most["all"] = max(most["all"], now["all"])
            SEEN[address] += 1
        time.sleep(0.02)
        with lock:
            now[host] -= 1
            now["all"] -= 1
        return Reached(State.THERE)

    reacher = Reacher(counted, pause=0.0)
    addresses = [f"https://{host}.example/{page}" for host in "abcdefgh" for page in "123"]
    reacher([*addresses, f"{addresses[0]}#part", addresses[0]])
    reacher(addresses)
    assert set(SEEN.values()) == {1}
    assert len(SEEN) == len(addresses)
    assert most.pop("all") == reach.AT_ONCE
    assert set(most.values()) == {1}


TEXT = (
    "# Wexford fever\n\nRest helps, see [the guide]({0}/404) and [this]({0}/200).[1]\n\n"
    "## References\n\n1. Archer B. Wexford fever. 2024. {0}/410\n2. Moss K. Rest. 2024. {0}/503\n"
)


def findings(text: str, **options: int) -> list[Finding]:
    settings = CheckSettings(select=("EV016",), options={"EV016": dict(options)})
    return list(check_page(page_from_text(text, "page.md", settings)).findings)


def test_the_rule_tells_the_dead_from_the_silent(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TEXT.format(served.replace("127.0.0.1", "library.example"))
    resolve = socket.getaddrinfo
    monkeypatch.setattr(fetching, "is_public", lambda _: True)
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, *some, **more: resolve("127.0.0.1", *some, **more)
    )
    assert not findings(text)
    assert not SEEN
    with reaching(asks=False):
        assert not findings(text)
    with reaching(Reacher(lambda one: asked(one, wait=0.0), pause=0.0)):
        found = findings(text)
    told = {(one.quote.rpartition("/")[2], one.severity) for one in found}
    assert told == {("the guide", "warning"), ("410", "warning"), ("503", "info")}
    assert "there is no such page" in found[0].message


def test_no_more_than_the_most_are_asked_and_that_is_said() -> None:
    text = TEXT.format("https://library.example")
    asked_for: list[str] = []

    def there(address: str) -> Reached:
        asked_for.append(address)
        return Reached(State.THERE)

    with reaching(Reacher(there, pause=0.0)):
        found = findings(text, most=3)
    assert len(asked_for) == 3
    assert [one.message for one in found] == ["only the first 3 of 4 addresses were asked for"]


@pytest.mark.parametrize(
    "address",
    ["http://localhost/x", "http://192.168.1.7/x", "http://127.0.0.1:8000/", "https://nas.local/x",
     "http://[fd00::1]/x", "http://staging.internal/x", "https://wexford.invalid/"],
)  # fmt: skip
def test_addresses_that_no_reader_has_are_told_without_asking(address: str) -> None:
    assert [one.rule for one in findings(f"# Fever\n\nSee [the guide]({address}).\n")] == ["EV016"]


@pytest.mark.parametrize("address", ["https://nhs.uk/x", "http://8.8.8.8/", "local.html", "#test"])
def test_public_addresses_are_left_alone(address: str) -> None:
    assert not findings(f"# Fever\n\nSee [the guide]({address}).\n")
