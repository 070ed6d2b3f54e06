"""Audit: the desk's log of who came in, failed, and did what; one line of JSON for each.

The file ``log.jsonl`` lies beside the desk's database and is only ever added to. It holds names
of accounts, addresses of the staff's machines, guides and numbers; never a password, a code, a
link, or a word that a reader wrote. A name that was typed and belongs to no account is left out,
since it may be a password in the wrong field. What was signed stands in the review ledger.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse

from piamater.desk.state import LOG

ACTS = {
    "password-right": "the name and password were right",
    "wrong-password": "a name and password were not right, or the account was locked",
    "locked-out": "too many wrong passwords from this address",
    "came-in": "the second factor was right",
    "wrong-second-factor": "the second factor was not right",
    "logged-out": "logged out",
    "account-made": "an account was made",
    "password-changed": "a password was changed",
    "app-added": "an authenticator app was confirmed",
    "app-taken-away": "an authenticator app was taken away",
    "recovery-codes": "new recovery codes were made",
    "contact": "the address that codes are mailed to was set",
    "invited": "a link for a reviewer was made",
    "code-mailed": "the code of a link was mailed",
    "code-shown": "the code of a link was shown",
    "invitation-opened": "a link was opened with its code",
    "wrong-code": "a link was tried with a wrong code",
    "put-forward": "a guide was put forward",
    "signed": "a decision was signed",
    "withdrew": "a signature, or what was put forward, was taken back",
    "published": "an edition was published",
    "sent": "another form was sent",
    "started": "the desk was started",
}
"""The acts of the log, in words."""

OPERATOR = "operator"
"""Who acts where nobody is logged in and no request is answered: the command line."""

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_noted: ContextVar[bool] = ContextVar("noted", default=False)


def note(act: str, person: str = "", **detail: Any) -> None:
    """Add a line; a log that cannot be written is told on standard error.

    ``person`` is whom it is about, where that is not who acts.
    """
    if act not in ACTS:
        raise ValueError(act)
    request = _request.get()
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "act": act,
        "by": _by(request),
        "address": str(request.META.get("REMOTE_ADDR", "")) if request else "",
        **({"person": person} if person else {}),
        **detail,
    }
    _noted.set(True)
    data = json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n"
    try:
        descriptor = os.open(_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        logging.getLogger("piamater.desk").error("the log cannot be written: %s", error)


def _by(request: HttpRequest | None) -> str:
    if request is None:
        return OPERATOR
    user = getattr(request, "user", None)
    return str(user.get_username()) if user is not None and user.is_authenticated else ""


def _path() -> Path:
    return Path(settings.DESK_STATE) / LOG


def read(since: str = "", act: str = "", person: str = "", most: int = 0) -> list[dict[str, Any]]:
    """Lines, the oldest first: from a day such as 2026-11-21, of an act, of or about a person.

    ``most``: the newest so many; 0: all. A line that was cut off, as when the power fails, is
    left out.
    """
    chosen: deque[dict[str, Any]] = deque(maxlen=most or None)
    for one in _lines():
        if one.get("at", "") < since or (act and one.get("act") != act):
            continue
        if person and person not in (one.get("by"), one.get("person")):
            continue
        chosen.append(one)
    return list(chosen)


def _lines() -> Iterator[dict[str, Any]]:
    try:
        with _path().open("rb") as file:
            for line in file:
                try:
                    found = json.loads(line)
                except ValueError:
                    continue
                if isinstance(found, dict):
                    yield found
    except FileNotFoundError:
        return


class Audited:
    """Middleware: who acts is known to the log; a form that no view noted is noted here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note."""
        held, noted = _request.set(request), _noted.set(False)
        try:
            response = self.get_response(request)
            if _worth_noting(request, response) and not _noted.get():
                note("sent", to=_route(request))
            return response
        finally:
            _request.reset(held)
            _noted.reset(noted)


def _route(request: HttpRequest) -> str:
    """The address of a form by its pattern, with what stands for each part of it."""
    match = request.resolver_match
    if match is None:
        return ""
    return re.sub(r"<\w+:(\w+)>", lambda part: str(match.kwargs.get(part[1], "")), match.route)


_QUIET = ("findings/<int:page_id>/", "login/", "logout/", "second-factor/", "invited/<str:token>/")


def _worth_noting(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form of the desk's own pages was taken; Wagtail's edits have their history."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and response.status_code < 400
        and match is not None
        and match.func.__module__.startswith("piamater.desk.")
        and match.route not in _QUIET
        and bool(_by(request))
    )


def connect() -> None:
    """Listen to what Django and django-axes tell of logins and passwords."""
    from axes.signals import user_locked_out
    from django.contrib.auth import signals
    from django.db.models.signals import pre_save

    signals.user_logged_in.connect(_logged_in)
    signals.user_login_failed.connect(_failed)
    signals.user_logged_out.connect(_logged_out)
    user_locked_out.connect(_locked_out)
    pre_save.connect(_saving, sender=get_user_model())


def _logged_in(sender: object, user: Any, **_: Any) -> None:
    note("password-right", person=user.get_username())


def _failed(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    note("wrong-password", person=_known(credentials.get("username")))


def _locked_out(sender: object, username: str | None = None, **_: Any) -> None:
    note("locked-out", person=_known(username))


def _logged_out(sender: object, user: Any, **_: Any) -> None:
    if user is not None:
        note("logged-out", person=user.get_username())


def _known(name: object) -> str:
    """A name that belongs to an account; any other is not kept."""
    users = get_user_model().objects
    return str(name) if name and users.filter(username=name).exists() else ""


def _saving(sender: Any, instance: Any, update_fields: Any = None, **_: Any) -> None:
    """A password that is changed; not one that is hashed anew with the same words."""
    if update_fields is not None and set(update_fields) == {"password"}:
        return
    before = sender.objects.filter(pk=instance.pk).values_list("password", flat=True).first()
    if before is not None and before != instance.password:
        note("password-changed", person=instance.get_username())
