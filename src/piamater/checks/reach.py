"""Reach: does anything stand behind an address? Asked only when a person says so (``--online``).

A server is asked for the head alone, and for the page (whose body is not read) where it will not
say it so. What counts as gone follows RFC 9110: 404 and 410, and a failure of the server itself
that comes back every time; 502, 503 and 504 are called temporary there, 401, 403 and 429 say
that something is there. A server that does not answer in time is not gone.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urldefrag, urlsplit

from piamater.errors import InputError

AT_ONCE = 4
"""Addresses that are asked at the same time, each of another host."""
PAUSE = 0.4
"""Seconds between two questions to one host."""
TRIES = 3
"""Failures of a server, one after another, that count as lasting."""
WAIT = 2.0
"""Seconds before a server that failed is asked again; twice that the next time."""
SECONDS = 12.0
"""The time that one answer may take."""
_GONE = (404, 410)
_LASTING = (500, 501, 505)
"""Failures that are not called temporary."""
_CONTROL = ("doi.org", "www.ncbi.nlm.nih.gov")
"""Hosts that are found wherever names are found at all."""


class State(StrEnum):
    """What is known of an address."""

    THERE = "there"
    GONE = "gone"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of asking for an address; ``why`` in words for all but what is there."""

    state: State
    why: str = ""


Asking = Callable[[str], Reached]
There = Reached(State.THERE)


class Reacher:
    """Asks for addresses, each once, few at a time, one at a time of each host."""

    def __init__(self, ask: Asking | None = None, pause: float = PAUSE) -> None:
        self._ask = ask or asked
        self._pause = pause
        self._known: dict[str, Reached] = {}

    def __call__(self, addresses: Iterable[str]) -> Mapping[str, Reached]:
        """What is known of each address, after asking for those that are new."""
        from concurrent.futures import ThreadPoolExecutor

        plain = {one: urldefrag(one).url for one in addresses}
        new = [one for one in dict.fromkeys(plain.values()) if one not in self._known]
        by_host: dict[str, list[str]] = {}
        for one in new:
            by_host.setdefault(_host(one), []).append(one)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for found in pool.map(self._of_host, by_host.values()):
                self._known.update(found)
        return {one: self._known[key] for one, key in plain.items()}

    def _of_host(self, addresses: list[str]) -> dict[str, Reached]:
        out = {}
        for number, one in enumerate(addresses):
            if number:
                time.sleep(self._pause)
            out[one] = self._ask(one)
        return out


def asked(url: str, *, local: bool = False, wait: float = WAIT) -> Reached:
    """What stands behind one address; ``local`` lets this machine through, for tests."""
    from piamater.checks.fetch import NoSuchHostError

    for number in range(TRIES):
        if number:
            time.sleep(wait * number)
        try:
            status = _status(url, local)
        except NoSuchHostError:
            return _no_host(url)
        except InputError as error:
            return Reached(State.UNREACHED, error.what)
        if status in _GONE:
            return Reached(State.GONE, f"the server says {status}: there is no such page")
        if status < 500:
            return There
        if status not in _LASTING:
            return Reached(State.UNREACHED, f"the server says {status}, which may pass")
    return Reached(State.GONE, f"the server fails each time ({status})")


def _status(url: str, local: bool) -> int:
    """The status of the head, or of the page where the head is refused or denied."""
    from piamater.checks.fetch import NoSuchHostError, answered

    status = 0
    for method in ("HEAD", "GET"):
        try:
            with answered(url, method, seconds=SECONDS, local=local) as (answer, _, _):
                status = answer.status
        except NoSuchHostError:
            raise
        except InputError:
            if method == "GET":
                raise
            continue
        if status < 400:
            return status
    return status


def _no_host(url: str) -> Reached:
    if _names_are_found():
        return Reached(State.GONE, f"there is no host {_host(url)}")
    return Reached(State.UNREACHED, "no names of hosts are found from this machine")


@cache
def _names_are_found() -> bool:
    """Whether this machine can look names up at all: else no host could be found."""
    for one in _CONTROL:
        try:
            socket.getaddrinfo(one, 443)
        except OSError:
            continue
        return True
    return False


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


_REACHER: ContextVar[Reacher | None] = ContextVar("reacher", default=None)


@contextmanager
def reaching(reacher: Reacher | None = None, *, asks: bool = True) -> Iterator[None]:
    """Let rules ask for addresses, with a reacher of their own or a new one; or ask for none."""
    token = _REACHER.set((reacher or Reacher()) if asks else None)
    try:
        yield
    finally:
        _REACHER.reset(token)


def reached(addresses: Iterable[str]) -> Mapping[str, Reached]:
    """What is known of addresses; nothing where nobody said that they may be asked for."""
    reacher = _REACHER.get()
    return reacher(addresses) if reacher is not None else {}
