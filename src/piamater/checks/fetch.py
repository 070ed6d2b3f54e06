"""Fetching a page from an address, safely: no way into the local network, no endless answer.

The name is resolved once, every address it has is judged, and the connection is made to a judged
address itself, so that a name cannot mean another place the second time (DNS rebinding). Each
redirect goes through the same. See OWASP, Server-Side Request Forgery Prevention.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from piamater import __version__
from piamater.errors import InputError
from piamater.sources import Original
from piamater.sources.decoding import decode

REDIRECTS = 5
SECONDS = 20.0
"""The time that fetching may take in all."""
PATIENCE = 10.0
"""The time that a server may stay silent."""
MAX_FETCHED = 20 * 1024 * 1024
"""Bytes of a page at most, unpacked."""
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_DECODED = (".html", ".txt", ".md")
"""What is text whose character set the server may name, where the file itself need not."""
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_LOCAL_NETWORKS = tuple(
    ipaddress.IPv6Network(one)
    for one in ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10", "5f00::/16")
)
"""Networks that are not of the public Internet though some versions of Python take them for it:
IPv4-compatible (RFC 4291), IPv4-translated (RFC 2765), translation for local use (RFC 8215),
site-local (RFC 3879) and segment routing (RFC 9602) addresses.
"""
_CHUNK = 64 * 1024
_PATH = "/%:@!$&'()*+,;=~-._?[]"
_REDIRECT = (301, 302, 303, 307, 308)
_NO_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that was judged: where to connect, and what to ask there."""

    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]
    path: str


class NoSuchHostError(InputError):
    """The host of an address has no entry in the name system."""


def fetch(url: str, *, local: bool = False) -> Original:
    """The page at an address.

    ``local`` lets addresses of this machine and its network through; for tests.

    Raises:
        InputError: the address is no public web page, or its answer is not one; why is said.
    """
    with answered(url, local=local) as (answer, last, ends):
        return _original(answer, url, last, ends)


@contextmanager
def answered(
    url: str, method: str = "GET", *, seconds: float = 0.0, local: bool = False
) -> Iterator[tuple[http.client.HTTPResponse, str, float]]:
    """The last answer behind an address and its redirects, whatever its status.

    Gives it with the address that it came from and the time (monotonic) at which it must be
    read; ``seconds`` is the time in all, by default that of a page.

    Raises:
        InputError: the address is no public web page or does not answer; why is said.
        NoSuchHostError: there is no such host.
    """
    ends = time.monotonic() + (seconds or SECONDS)
    asked = url
    for _ in range(REDIRECTS + 1):
        place = _judged(url, local)
        connection = _connect(place, url, ends)
        watch = Timer(max(0.0, ends - time.monotonic()), _cut, (connection,))
        watch.start()
        try:
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            answer = _ask(connection, place, method)
            if answer.status in _REDIRECT and (to := answer.getheader("Location")):
                url = _redirected(url, to)
                continue
            yield answer, url, ends
            return
        except (OSError, http.client.HTTPException) as error:
            _left(ends, url)
            raise InputError(
                f"the page did not come: {error or type(error).__name__}",
                where=url,
                todo="try later, or save the page and check the file",
            ) from error
        finally:
            watch.cancel()
            connection.close()
    raise InputError(
        f"it redirects more than {REDIRECTS} times", where=asked, todo="give the last address"
    )


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a connection that takes too long, however slowly it goes on sending."""
    with suppress(OSError, AttributeError, TypeError):
        # Of the plain socket: what is encrypted must not be told from within another thread.
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _redirected(url: str, to: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(url, to)
    except ValueError as error:
        raise InputError(f"it redirects to {to[:80]!r}, which is no address", where=url) from error


def _judged(url: str, local: bool) -> _Place:
    """Where an address leads, if that is a public place."""
    parts = _split(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        missing = isinstance(error, socket.gaierror) and error.errno in _NO_NAME
        raise (NoSuchHostError if missing else InputError)(
            f"the host {host} is not found", where=url, todo="check the address"
        ) from error
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    for one in addresses:
        if not local and not is_public(one):
            raise InputError(
                f"{host} is {one}, which is not a public address"
                if host != one
                else f"{host} is not a public address",
                where=url,
                todo="only pages of the public web are fetched; save others and check the file",
            )
    path = quote(parts.path or "/", safe=_PATH)
    return _Place(
        parts.scheme,
        host,
        port,
        addresses,
        f"{path}?{quote(parts.query, safe=_PATH)}" if parts.query else path,
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise InputError(f"it is no address: {error}", where=url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise InputError(
            "it is no web address", where=url, todo="give one that begins with https://"
        )
    if any(ord(char) <= 32 or ord(char) == 127 for char in url):
        raise InputError("the address holds spaces or control characters", where=url)
    return parts


def is_public(address: str) -> bool:
    """Whether an address of the Internet Protocol is one of the public Internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in one for one in _LOCAL_NETWORKS):
            return False
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF).is_global
    return ip.is_global and not ip.is_multicast


def _connect(place: _Place, url: str, ends: float) -> http.client.HTTPConnection:
    """A connection to one of the judged addresses, the first that answers.

    Over https it waits for its handshake, in which the certificate is checked for the name.
    """
    connection = http.client.HTTPConnection(place.host, place.port, timeout=PATIENCE)
    for number, address in enumerate(place.addresses, 1):
        more = len(place.addresses) - number
        try:
            plain = socket.create_connection((address, place.port), _left(ends, url) / (more + 1))
        except OSError as error:
            if more:
                continue
            raise InputError(
                f"the server is not reached: {error}", where=place.host, todo="check the address"
            ) from error
        plain.settimeout(_left(ends, url))
        connection.sock = plain
        if place.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(
                plain, server_hostname=place.host, do_handshake_on_connect=False
            )
        break
    return connection


def _ask(
    connection: http.client.HTTPConnection, place: _Place, method: str
) -> http.client.HTTPResponse:
    headers = {
        "User-Agent": f"piamater/{__version__}",
        "Accept": ", ".join(TYPES),
        "Accept-Encoding": "gzip, identity",
        "Connection": "close",
    }
    connection.request(method, place.path, headers=headers)
    return connection.getresponse()


def _original(answer: http.client.HTTPResponse, asked: str, url: str, ends: float) -> Original:
    if answer.status != 200:
        raise InputError(
            f"the server says {answer.status} {answer.reason}", where=url, todo="check the address"
        )
    said = answer.getheader("Content-Type") or "text/html"
    kind = said.split(";")[0].strip().lower()
    if kind not in TYPES:
        raise InputError(
            f"it is {kind}, which cannot be checked",
            where=url,
            todo="pages, text, PDF and Word can be checked",
        )
    name = PurePosixPath(urlsplit(url).path).stem or urlsplit(url).hostname or "page"
    data = b"".join(_body(answer, url, ends))
    if TYPES[kind] in _DECODED and (charset := _CHARSET.search(said)):
        data = _plain(data, charset[1])
    return Original(f"{name}{TYPES[kind]}", asked, data=data)


def _plain(data: bytes, charset: str) -> bytes:
    """A text in UTF-8, read in the character set that its server names where it is not UTF-8."""
    try:
        if charset.lower().startswith(("utf-16", "utf-32")):
            return data.decode(charset).encode()
        return decode(data, charset).encode()
    except (InputError, UnicodeError, LookupError):
        return data


def _body(answer: http.client.HTTPResponse, url: str, ends: float) -> Iterator[bytes]:
    """The body piece by piece, unpacked, whole, up to the limit of size and time."""
    packed = (answer.getheader("Content-Encoding") or "").lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise InputError(f"it is packed as {packed}", where=url)
    unpack = _Unpacking(url) if "gzip" in packed else None
    total = 0
    while piece := answer.read1(_CHUNK):
        _left(ends, url)
        for plain in unpack(piece) if unpack else (piece,):
            total += len(plain)
            if total > MAX_FETCHED:
                raise InputError(
                    f"the page is larger than {MAX_FETCHED:,} bytes",
                    where=url,
                    todo="save it and check the part that matters",
                )
            yield plain
    _left(ends, url)
    if answer.length or (unpack is not None and not unpack.whole):
        raise InputError(
            "only a part of the page came",
            where=url,
            todo="try later, or save the page and check the file",
        )


class _Unpacking:
    """Unpacks gzip, piece by piece; ``whole`` where what came so far ends where it should."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._held = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._any = False

    @property
    def whole(self) -> bool:
        """Whether every stream that began has ended; nothing at all is whole too."""
        return self._held.eof or not self._any

    def __call__(self, piece: bytes) -> Iterator[bytes]:
        """What a piece holds, in pieces of no more than a chunk."""
        try:
            while piece:
                if self._held.eof:  # a file may be several streams, one behind another
                    if not piece.startswith(b"\x1f"):
                        return  # padding, which unpackers pass over
                    self._held = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._any = True
                yield self._held.decompress(piece, _CHUNK)
                piece = self._held.unconsumed_tail or self._held.unused_data
        except zlib.error as error:
            raise InputError(f"it is not what it says: {error}", where=self._url) from error


def _left(ends: float, url: str = "") -> float:
    """The seconds that are left, at most as long as a server may stay silent."""
    left = ends - time.monotonic()
    if left <= 0:
        raise InputError("it took too long", where=url, todo="save the page and check the file")
    return min(left, PATIENCE)
