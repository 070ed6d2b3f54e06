"""Proxies: whose word is taken on where a request came from, and whether it came over https.

``PIAMATER_DESK_PROXIES`` names the addresses or networks of the proxies in front of the desk, with
commas between. What anybody else says in ``X-Forwarded-…`` is thrown away before it is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.http import HttpRequest, HttpResponse

from piamater.errors import InputError

VARIABLE = "PIAMATER_DESK_PROXIES"
Network = IPv4Network | IPv6Network
_TOLD = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
         "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP", "HTTP_FORWARDED")  # fmt: skip


def trusted(text: str | None = None) -> tuple[Network, ...]:
    """The proxies that are trusted, from the environment where no text is given.

    Raises:
        InputError: one of them is no address.
    """
    text = os.environ.get(VARIABLE, "") if text is None else text
    try:
        return tuple(
            ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip()
        )
    except ValueError as error:
        raise InputError(
            f"{VARIABLE} names no address: {error}",
            where=text,
            todo="such as 127.0.0.1 or 10.0.0.0/24, with commas between",
        ) from error


def client_of(remote: str, forwarded: str, proxies: tuple[Network, ...]) -> str:
    """Where a request came from: the last address that no trusted proxy has.

    Each proxy adds the address that it was asked from at the end of ``forwarded``; what stands
    before the first one that is not trusted may be made up.
    """
    found = remote
    for one in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_trusted(found, proxies):
            break
        if _address(one) is None:
            break
        found = str(_address(one))
    return found


def _is_trusted(text: str, proxies: tuple[Network, ...]) -> bool:
    address = _address(text)
    return address is not None and any(address in one for one in proxies)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port; one of IPv4 that is written as of IPv6 is of IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


class Proxies:
    """Middleware: before all others, sets where a request came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Believe a trusted proxy; forget what anybody else has said."""
        meta = request.META
        remote = str(meta.get("REMOTE_ADDR", ""))
        if _is_trusted(remote, _proxies()):
            found = client_of(remote, str(meta.get("HTTP_X_FORWARDED_FOR", "")), _proxies())
            meta["REMOTE_ADDR"] = found
        else:
            for name in _TOLD:
                meta.pop(name, None)
            address = _address(remote)
            meta["REMOTE_ADDR"] = str(address) if address else ""
        return self.get_response(request)


def remote(request: HttpRequest) -> str | None:
    """Where a request came from, for the throttle of logins; none over a socket of this machine."""
    return request.META.get("REMOTE_ADDR") or None


@cache
def _proxies() -> tuple[Network, ...]:
    return trusted()
