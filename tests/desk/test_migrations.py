"""A desk's database that an earlier version made is brought up to date with all that it holds."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desk.conftest import IN_POSTGRES, copied, in_desk, in_postgres

BEFORE = """
from piamater.desk.configure import configure
configure()
from django.core.management import call_command
call_command("migrate", "desk", "0001", interactive=False, verbosity=0)
for one in ("auth", "contenttypes", "sessions", "otp_totp", "otp_static", "axes", "wagtailadmin"):
    call_command("migrate", one, interactive=False, verbosity=0)
from datetime import datetime, timezone
from django.db import connection
from django.db.migrations.loader import MigrationLoader
apps = MigrationLoader(connection).project_state(("desk", "0001_initial")).apps
user = apps.get_model("auth", "User").objects.create(username="eva", password="!")
apps.get_model("desk", "Invitation").objects.create(
    guide="seizure", hash="0" * 64, person="link", languages=["en"], made_by=user,
    expires=datetime(2099, 1, 1, tzinfo=timezone.utc),
)
apps.get_model("desk", "Known").objects.create(file="gone/en.md", digest="1" * 64)
"""
AFTER = """
import json
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_up
from django.core.management import call_command
pulled = set_up()
call_command("makemigrations", "desk", check=True, dry_run=True, verbosity=0)
from piamater.desk import invitations
from piamater.desk.models import Contact, GuidePage, Invitation, Known
link = Invitation.objects.get()
print(json.dumps({
    "link": [link.person, link.made_by.username, link.code, link.tries, link.opened],
    "opens": invitations.opens(link, ""),
    "known": Known.objects.get(file="gone/en.md").digest,
    "contacts": Contact.objects.count(),
    "pages": GuidePage.objects.filter(guide="seizure").count(),
    "refused": pulled.refused,
}))
"""


def test_the_first_tables_become_those_of_today(made: Path, shelf: Path, tmp_path: Path) -> None:
    folder = copied(shelf, tmp_path / "library")
    if made in IN_POSTGRES:
        in_postgres(folder, IN_POSTGRES[made][0])
    in_desk(folder, BEFORE)
    told = json.loads(in_desk(folder, AFTER))
    assert told == {
        "link": ["link", "eva", "", 0, None],
        "opens": False,  # it has no code yet: an administrator makes one
        "known": "1" * 64,
        "contacts": 0,
        "pages": 3,
        "refused": [],
    }
