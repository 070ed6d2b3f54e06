"""Ask every address of the desk as everybody, in one process; what came back goes out as JSON.

It is run by ``test_matrix.py`` with the desk configured for a copy of the library, which it fills
with one of everything that an address can name, so that what is refused is refused for its role.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import re
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.desk.people import STRANGER, WHO

if TYPE_CHECKING:
    from django.test import Client

METHODS = ("GET", "POST")
OTHERS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
"""Asked as nobody, and as a superuser of Django's."""

TOKEN = "a" * 32
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""One transparent pixel."""

NOT_COMPARED = {
    "Session",
    "AccessAttempt",
    "AccessLog",
    "AccessFailureLog",
    "AccessAttemptExpiration",
}


def main() -> None:
    """Prepare, ask, tell."""
    from piamater.desk.configure import configure

    configure()
    logging.disable()
    routes = {route: fill(route, things()) for route in all_routes()}
    asked = Asked(routes)
    started = time.monotonic()
    for who in WHO:
        asked.ask_all(who)
    told = {
        "routes": routes,
        "answers": asked.answers,
        "bare": sorted(asked.bare),
        "touched": asked.touched,
        "tokenless": asked.without_token("adm"),
        "astray": astray(routes),
        "error": asked.when_it_breaks(),
        "requests": asked.requests,
        "seconds": round(time.monotonic() - started, 1),
    }
    json.dump(told, sys.stdout)


def all_routes() -> list[str]:
    """Every route that Django's resolver knows, as ``ResolverMatch.route`` names it."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for one in patterns:
            told = str(one.pattern)
            told = before + (told.removeprefix("^") if before else told)
            if isinstance(one, URLPattern):
                yield told
            else:
                yield from walk(one.url_patterns, told)

    return list(dict.fromkeys(walk(get_resolver().url_patterns, "")))


def astray(routes: dict[str, str]) -> list[str]:
    """Addresses that the resolver takes for another route than the one they were made for."""
    from django.urls import resolve

    return [
        f"{route}: {found}"
        for route, path in routes.items()
        if (found := resolve(path).route) != route
    ]


def things() -> dict[str, object]:
    """One of everything that an address can name, made where the desk has none; ids by argument."""
    made: dict[str, object] = globals().setdefault("_made", {})
    if not made:
        made |= make_people() | make_things()
    return made


def make_people() -> dict[str, object]:
    """Everybody of ``WHO`` in the ledger, with an account and a confirmed second factor."""
    from django.contrib.auth.models import Group, User
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from piamater.desk.setup import GROUP, set_up
    from piamater.desk.shelf import key, library, reviews
    from piamater.guides.review import person

    set_up()
    with library().writing():
        for one in WHO.values():
            if one.roles and one.id not in reviews().book.people:
                checked = "register, 2026-11-01" if one.credential else ""
                reviews().register(
                    key(), person(one.id, one.name, one.roles, one.credential, checked)
                )
            if one.ended:
                reviews().end(key(), one.id)
    for one in WHO.values():
        if one.id:
            user, _ = User.objects.get_or_create(username=one.id)
            user.is_superuser = one.superuser
            user.save()
            user.groups.add(Group.objects.get(name=GROUP))
            TOTPDevice.objects.get_or_create(user=user, name="app", confirmed=True)
    return {
        "users": User.objects.get(username="ada").pk,
        "groups": Group.objects.get(name=GROUP).pk,
    }


def make_things() -> dict[str, object]:
    """A revision, a comment's page, an editing session, an invitation, a question, a picture …"""
    from django.contrib.auth.models import User
    from django.contrib.contenttypes.models import ContentType
    from django.core import signing
    from django.core.files.base import ContentFile
    from django.utils import timezone
    from wagtail.admin.models import EditingSession
    from wagtail.documents.models import Document
    from wagtail.images.models import Image
    from wagtail.models import Collection, Task, UploadedFile, Workflow

    from piamater.answers.inbox import Inbox
    from piamater.desk.invitations import SALT
    from piamater.desk.models import GuideIndex, GuidePage, Invitation
    from piamater.desk.shelf import library, reviews

    page = GuidePage.objects.get(guide="seizure", language="bn")
    eva = User.objects.get(username="eva")
    Inbox(library().folder).add("How is a lumbar puncture done?", "en", library().today)
    invited = Invitation.objects.create(
        guide="seizure", hash=reviews().draft("seizure").hash, person="link", languages=["en"],
        made_by=eva, expires=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    picture = Image.objects.create(
        title="x", width=1, height=1, file=ContentFile(GIF, name="x.gif")
    )
    session = EditingSession.objects.create(
        user=eva, content_type=ContentType.objects.get_for_model(GuidePage), object_id=page.pk,
        last_seen_at=timezone.now(),
    )  # fmt: skip
    return {
        "page_id": page.pk, "parent_page_id": GuideIndex.objects.get().pk,
        "page_to_move_id": page.pk, "destination_id": GuideIndex.objects.get().pk,
        "page_pk": page.pk, "object_id": page.pk, "api/main/pages": page.pk,
        "revision_id": page.latest_revision_id, "session_id": session.pk,
        "collections": Collection.objects.get().pk, "collection_id": Collection.objects.get().pk,
        "workflows/tasks": Task.objects.first().pk, "task_id": Task.objects.first().pk,
        "workflows": Workflow.objects.first().pk, "workflow_pk": Workflow.objects.first().pk,
        "task_state_id": 1, "workflow_state_id": 1,
        "image_id": picture.pk, "images": picture.pk, "api/main/images": picture.pk,
        **dict.fromkeys(("document_id", "doc_id", "documents", "api/main/documents"),
            Document.objects.create(title="x", file=ContentFile(b"x", name="x.txt")).pk),
        "uploaded_file_id": UploadedFile.objects.create(
            file=ContentFile(b"x", name="y.txt"), uploaded_by_user=eva,
            for_content_type=ContentType.objects.get_for_model(Document)).pk,
        "filter_spec": "original", "guide": "seizure", "language": "bn", "number": 1,
        "what": "assign", "invited": signing.dumps(str(invited.token), salt=SALT),
        "uidb64": "MQ", "password_reset/confirm": "set-password",
        "content_type_app_name": "desk", "content_type_model_name": "guidepage",
        "app_label": "desk", "app_name": "desk", "model_name": "guidepage",
        "action": "delete", "action_name": "publish",
    }  # fmt: skip


def fill(route: str, known: dict[str, object]) -> str:
    """An address of a route, with ids of what is there.

    A bare ``pk`` or ``token`` means what its route begins with.

    Raises:
        KeyError: an argument that nobody has thought of; say in ``make_things`` what it means.
    """
    if route == "^.*/$":
        return "/no-such-address/"
    if route.startswith(r"pages/(\d+)/revisions/compare/"):
        return f"/pages/{known['page_id']}/revisions/compare/earliest...latest/"

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in ("pk", "token"):
            begins = [one for one in known if route.startswith(one)]
            name = max(begins, key=len) if begins else f"{name} of {route}"
        return str(known[name])

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, route)


class Asked:
    """All that was asked, and what came back.

    What was refused is kept and compared with what was there before; what was allowed is taken back.
    """

    def __init__(self, routes: dict[str, str]) -> None:
        self.routes = routes
        self.answers: dict[str, dict[str, dict[str, list[Any]]]] = {}
        self.bare: set[str] = set()
        self.touched: list[str] = []
        self.requests = 0

    def ask_all(self, who: str) -> None:
        """Ask every address by every method as somebody."""
        from django.db import transaction

        client, before, files = visitor(who), digest_of_tables(), stamps()
        others = OTHERS if who in (STRANGER, "sue") else ()
        for method in (*METHODS, *others):
            for route, path in self.routes.items():
                come_in(client, who)
                with transaction.atomic():
                    answer = self.ask(client, method, path)
                    outcome = told(answer)
                    refused = outcome[0] == 403 or outcome[1] in ("/login/", "/second-factor/")
                    transaction.set_rollback(not refused)
                self.answers.setdefault(who, {}).setdefault(method, {})[route] = outcome
                if method not in ("GET", "HEAD", "OPTIONS"):
                    now = stamps()
                    if refused and now != files:
                        self.touched.append(f"{who} {method} {route}: {changed(files, now)}")
                    files = now
            if stamps() != files:
                self.touched.append(f"{who} {method}: {changed(files, stamps())}")
        if digest_of_tables() != before:
            self.touched.append(f"{who}: the desk's database")

    def ask(self, client: Client, method: str, path: str) -> Any:
        """One request; notes an answer without the headers."""
        from piamater.desk.guard import HEADERS

        self.requests += 1
        answer = client.generic(method, path, headers={"X-CSRFToken": TOKEN})
        needed = {**HEADERS, "Cache-Control": "no-store"}
        if any(answer.headers.get(name) != value for name, value in needed.items()) or not (
            answer.headers.get("Content-Security-Policy", "").startswith("default-src 'none'")
        ):
            self.bare.add(f"{method} {path} ({answer.status_code})")
        return answer

    def without_token(self, who: str) -> dict[str, int]:
        """The statuses of forms that are sent without the token."""
        client, found = visitor(who), {}
        for route, path in self.routes.items():
            come_in(client, who)
            found[route] = client.post(path, {"x": "1"}).status_code
        return found

    def when_it_breaks(self) -> dict[str, Any]:
        """What a fault within the desk looks like from outside."""
        client = visitor("ada")
        with patch("piamater.desk.views.pulled.pull", side_effect=ZeroDivisionError):
            answer = self.ask(client, "GET", "/queues/")
        return {"status": answer.status_code, "text": answer.content.decode()}


def visitor(who: str) -> Client:
    """A browser that checks forms as a real one is checked."""
    from django.test import Client

    client = Client(
        enforce_csrf_checks=True, raise_request_exception=False, SERVER_NAME="localhost"
    )
    client.cookies["csrftoken"] = TOKEN
    come_in(client, who)
    return client


def come_in(client: Client, who: str) -> None:
    """Log in, unless that stands; the second factor too, except for who has not shown it."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    name = settings.SESSION_COOKIE_NAME
    if who == STRANGER:
        client.cookies.pop(name, None)
        return
    there = client.cookies.get(name)
    if there and SessionStore(there.value).get("who") == who:
        return
    if who not in HELD:
        HELD[who] = log_in(client, who)
    session = SessionStore()
    session.update(HELD[who])
    session.create()
    client.cookies[name] = str(session.session_key)


HELD: dict[str, dict[str, Any]] = {}
"""What a session holds, by who it is of: one that was ended by a refusal is made again."""


def log_in(client: Client, who: str) -> dict[str, Any]:
    """Log in; gives what the session holds then."""
    from django.contrib.auth.models import User
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    user = User.objects.get(username=WHO[who].id)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    held = {**dict(client.session.items()), "who": who}
    if not WHO[who].half:
        held[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=user).persistent_id
    return held


def told(answer: Any) -> list[Any]:
    """Status, and the path that it sends to."""
    return [answer.status_code, answer.headers.get("Location", "").partition("?")[0]]


def digest_of_tables() -> str:
    """What stands in the desk's tables, sessions and log-ins aside."""
    from django.apps import apps

    found = hashlib.sha256()
    for model in apps.get_models():
        if model.__name__ in NOT_COMPARED:
            continue
        names = [one.attname for one in model._meta.concrete_fields if one.name != "last_login"]
        for row in model._default_manager.order_by("pk").values_list(*names):
            found.update(repr((model.__name__, row)).encode())
    return found.hexdigest()


def stamps() -> dict[str, tuple[int, int, int]]:
    """All files of the library but the desk's own, by time, size and node."""
    from piamater.desk.shelf import library

    found, folders = {}, [str(library().folder)]
    while folders:
        with os.scandir(folders.pop()) as inside:
            for one in inside:
                if one.is_dir():
                    folders += [one.path] if one.name != "desk" else []
                elif not one.name.endswith(("-wal", "-shm", "-journal")):
                    stat = one.stat()
                    found[one.path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The files that are not as they were."""
    return sorted(one for one in before | after if before.get(one) != after.get(one))


if __name__ == "__main__":
    main()
