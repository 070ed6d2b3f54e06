"""Fetching a page from an address, safely: no way into the local network, no endless answer.

The name is resolved once, every address it has is judged, and the connection is made to a judged
address itself, so that a name cannot mean another place the second time (DNS rebinding). Each
redirect goes through the same. See OWASP, Server-Side Request Forgery Prevention.
"""

from __future__ import annotations

import http.client
import ipaddress
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
_CHUNK = 64 * 1024
_PATH = "/%:@!$&'()*+,;=~-._?[]"
_REDIRECT = (301, 302, 303, 307, 308)
_NO_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


@dataclass(frozen=True, slots=True)
class _Place:
    """An address that was judged: where to connect, and what to ask there."""

    scheme: str
    host: str
    port: int
    address: str
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
        connection = _connect(place, ends)
        watch = Timer(max(0.0, ends - time.monotonic()), _cut, (connection,))
        watch.start()
        try:
            answer = _ask(connection, place, method)
            if answer.status in _REDIRECT and (to := answer.getheader("Location")):
                url = urljoin(url, to)
                continue
            yield answer, url, ends
            return
        except (OSError, http.client.HTTPException) as error:
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
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


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
    addresses = [str(one[4][0]) for one in found]
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
        addresses[0],
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
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF).is_global
    return ip.is_global and not ip.is_multicast


def _connect(place: _Place, ends: float) -> http.client.HTTPConnection:
    """A connection to the judged address itself; the certificate is checked for the name."""
    connection = http.client.HTTPConnection(place.host, place.port, timeout=PATIENCE)
    try:
        plain = socket.create_connection((place.address, place.port), _left(ends))
        if place.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=place.host)
        else:
            connection.sock = plain
    except OSError as error:
        raise InputError(
            f"the server is not reached: {error}", where=place.host, todo="check the address"
        ) from error
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
    kind = (answer.getheader("Content-Type") or "text/html").split(";")[0].strip().lower()
    if kind not in TYPES:
        raise InputError(
            f"it is {kind}, which cannot be checked",
            where=url,
            todo="pages, text, PDF and Word can be checked",
        )
    name = PurePosixPath(urlsplit(url).path).stem or urlsplit(url).hostname or "page"
    data = b"".join(_body(answer, url, ends))
    return Original(f"{name}{TYPES[kind]}", asked, data=data)


def _body(answer: http.client.HTTPResponse, url: str, ends: float) -> Iterator[bytes]:
    """The body piece by piece, unpacked, up to the limit of size and time."""
    packed = (answer.getheader("Content-Encoding") or "").lower()
    if packed not in ("", "identity", "gzip"):
        raise InputError(f"it is packed as {packed}", where=url)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed == "gzip" else None
    total = 0
    while piece := answer.read1(_CHUNK):
        _left(ends)
        while piece:
            try:
                plain = unpack.decompress(piece, _CHUNK) if unpack else piece
            except zlib.error as error:
                raise InputError(f"it is not what it says: {error}", where=url) from error
            piece = unpack.unconsumed_tail if unpack else b""
            total += len(plain)
            if total > MAX_FETCHED:
                raise InputError(
                    f"the page is larger than {MAX_FETCHED:,} bytes",
                    where=url,
                    todo="save it and check the part that matters",
                )
            yield plain


def _left(ends: float) -> float:
    """The seconds that are left, at most as long as a server may stay silent."""
    left = ends - time.monotonic()
    if left <= 0:
        raise InputError(
            f"it took longer than {SECONDS:.0f} seconds", todo="save the page and check the file"
        )
    return min(left, PATIENCE)
