"""Addresses: what is fetched, and what is refused with one clear error."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from piamater.checks import fetch as module
from piamater.checks.fetch import fetch, is_public
from piamater.errors import InputError


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/round"):
            self.send_response(302)
            self.send_header("Location", f"/round{time.monotonic_ns()}")
            self.end_headers()
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
            self.end_headers()
        elif self.path == "/hangs":
            time.sleep(3)
        elif self.path == "/drips":
            self.send_response(200)
            for _ in range(100):
                self.wfile.write(b"X-A: b\r\n")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self._page()

    def _page(self) -> None:
        self.send_response(404 if self.path == "/none" else 200)
        kind = "image/png" if self.path == "/picture" else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        if self.path in ("/bomb", "/packed"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            if self.path == "/huge":
                for _ in range(1 << 20):
                    self.wfile.write(b"a" * 1024)
            elif self.path == "/bomb":
                self.wfile.write(gzip.compress(b"a" * (module.MAX_FETCHED + 1)))
            elif self.path == "/packed":
                self.wfile.write(gzip.compress(b"<p>Fever is common.</p>"))
            else:
                self.wfile.write(b"<p>Fever is common.</p>")
        except OSError:
            pass  # the other side had enough

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/page", "/packed", "/p%C3%A1gina?q=ñ"])
def test_a_page_comes(served: str, path: str) -> None:
    original = fetch(served + path, local=True)
    assert original.read() == b"<p>Fever is common.</p>"
    assert original.suffix == ".html"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/",
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/",
        "http://169.254.169.254/latest", "http://[fe80::1]/", "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://224.0.0.1/", "http://255.255.255.255/", "http://[64:ff9b:1::7f00:1]/",
        "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[fec0::1]/",
    ],
)  # fmt: skip
def test_the_local_network_is_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"not a public address|not found"):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/x", "http://", "javascript:alert(1)",
     "http://user:pass@example.org/", "http://example.org:99999/", "http://exa mple.org/",
     "http://example.org/\r\nHost: x", "http://[::1"],
)  # fmt: skip
def test_what_is_no_web_address(address: str) -> None:
    with pytest.raises(InputError):
        fetch(address)


def test_a_redirect_into_the_network_is_refused(
    served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = module.is_public
    monkeypatch.setattr(module, "is_public", lambda one: one == "127.0.0.1" or public(one))
    with pytest.raises(InputError, match=r"169\.254\.169\.254 is not a public address"):
        fetch(f"{served}/inside")


@pytest.mark.parametrize(
    ("path", "why"),
    [("/round", "redirects more than 5 times"), ("/none", "404"), ("/picture", "image/png"),
     ("/huge", "larger than"), ("/bomb", "larger than")],
)  # fmt: skip
def test_what_is_refused(served: str, path: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        fetch(served + path, local=True)


@pytest.mark.parametrize("path", ["/hangs", "/drips"])
def test_a_server_that_never_ends_is_left(
    served: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.5)
    monkeypatch.setattr(module, "PATIENCE", 0.4)
    with pytest.raises(InputError):
        fetch(served + path, local=True)


def test_a_name_is_resolved_once(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def counted(host: str, *some: object, **more: object) -> object:
        asked.append(host)
        return resolve("127.0.0.1", *some, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    port = served.rsplit(":", 1)[1]
    fetch(f"http://library.example:{port}/page", local=True)
    assert asked.count("library.example") == 1


Answering = Callable[[socket.socket], None]


@pytest.fixture
def raw() -> Iterator[Callable[[Answering], str]]:
    """A server that says, byte for byte, what a function writes."""
    opened: list[socket.socket] = []

    def serve(answering: Answering) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)

        def accept() -> None:
            connection, _ = listening.accept()
            with connection:
                try:
                    connection.recv(65536)
                    answering(connection)
                except OSError:
                    pass  # the other side had enough

        threading.Thread(target=accept, daemon=True).start()
        return f"127.0.0.1:{listening.getsockname()[1]}"

    yield serve
    for one in opened:
        one.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PACKED = gzip.compress(bytes(range(256)) * 40)


@pytest.mark.parametrize(
    "said",
    [HEAD + b"Content-Length: 9000\r\n\r\n<p>Asthma half",
     HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED[: len(PACKED) // 2],
     HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED + PACKED[:20],
     HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n<p>Asthma half"],
)  # fmt: skip
def test_half_a_page_is_no_page(raw: Callable[[Answering], str], said: bytes) -> None:
    with pytest.raises(InputError, match=r"only a part|did not come"):
        fetch(f"http://{raw(lambda one: one.sendall(said))}/x", local=True)


def test_several_streams_are_one_page(raw: Callable[[Answering], str]) -> None:
    body = gzip.compress(b"<p>Fever ") + gzip.compress(b"is common.</p>")
    said = HEAD + b"Content-Encoding: gzip\r\n\r\n" + body
    found = fetch(f"http://{raw(lambda one: one.sendall(said))}/x", local=True)
    assert found.read() == b"<p>Fever is common.</p>"


@pytest.mark.parametrize("to", [b"http://[bad/", b"file:///etc/passwd", b"//[::1", b"http:// x/"])
def test_a_redirect_to_no_address_is_told(raw: Callable[[Answering], str], to: bytes) -> None:
    said = b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\n\r\n"
    with pytest.raises(InputError):
        fetch(f"http://{raw(lambda one: one.sendall(said))}/x", local=True)


def _drips(connection: socket.socket) -> None:
    for _ in range(60):
        connection.sendall(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize("length", [b"", b"Content-Length: 9000\r\n"])
def test_a_body_that_drips_is_no_page(
    raw: Callable[[Answering], str], length: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.6)

    def answer(connection: socket.socket) -> None:
        connection.sendall(HEAD + length + b"\r\n<p>Asthma")
        _drips(connection)

    with pytest.raises(InputError, match="too long"):
        fetch(f"http://{raw(answer)}/x", local=True)


def test_a_handshake_that_drips_is_left(
    raw: Callable[[Answering], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.6)

    def answer(connection: socket.socket) -> None:
        connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03")
        _drips(connection)

    begun = time.monotonic()
    with pytest.raises(InputError, match="too long"):
        fetch(f"https://{raw(answer)}/x", local=True)
    assert time.monotonic() - begun < 3


def test_every_address_of_a_host_is_tried(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(served.rsplit(":", 1)[1])
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    found = [(*kind, (one, port)) for one in ("127.0.0.2", "127.0.0.1")]
    resolve = socket.getaddrinfo

    def resolved(host: str, *some: object, **more: object) -> object:
        return found if host == "library.example" else resolve(host, *some, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert fetch(f"http://library.example:{port}/page", local=True).read()


@pytest.mark.parametrize(
    ("charset", "written"),
    [(b"iso-8859-1", "latin-1"), (b'"windows-1251"', "cp1251"), (b"utf-16le", "utf-16-le"),
     (b"utf-8", "utf-8"), (b"no-such", "utf-8")],
)  # fmt: skip
def test_the_character_set_that_a_server_names_counts(
    raw: Callable[[Answering], str], charset: bytes, written: str
) -> None:
    text = "<p>niños, Fieber</p>" if written != "cp1251" else "<p>Лихорадка</p>"
    said = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=" + charset + b"\r\n\r\n"
    address = raw(lambda one: one.sendall(said + text.encode(written)))
    assert fetch(f"http://{address}/x", local=True).read().decode() == text


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)
