"""Recovery: codes for who has lost the authenticator app, and a new start for an account.

Ten codes, shown once, each good for one visit (django-otp's static tokens). The database holds
what a code gives with the desk's secret (HMAC), so that the database alone opens nothing.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from piamater.desk.invitations import LETTERS

COUNT = 10
LENGTH = 10
NAME = "recovery"
_SALT = "piamater.desk.recovery"


@transaction.atomic
def make_codes(user: Any) -> list[str]:
    """Ten new codes; those before are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=NAME)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(COUNT)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(one)) for one in codes)
    return [f"{one[:5]}-{one[5:]}" for one in codes]


def codes_left(user: Any) -> int:
    """How many codes are not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


def looks_like_one(typed: str) -> bool:
    """Whether something that was typed is a recovery code, by its length."""
    return len(_plain(typed)) == LENGTH


@transaction.atomic
def use_code(user: Any, typed: str) -> StaticDevice | None:
    """The device behind a code, which is used up now; none where it is wrong, or tried too soon."""
    device = StaticDevice.objects.select_for_update().filter(user=user).first()
    if device is not None and device.verify_token(_kept(_plain(typed))):
        return device
    return None


def _plain(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed).upper()


def _kept(code: str) -> str:
    """What the database keeps of a code: 64 bits that only the desk's secret can make."""
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()[:16]


def take_app_away(user: Any) -> None:
    """Forget the authenticator app and the recovery codes; the next visit begins with a new one."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def end_sessions(user: Any) -> int:
    """End every session of a person; gives how many there were."""
    wanted = str(user.pk)
    found = [
        one.pk for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == wanted
    ]
    Session.objects.filter(pk__in=found).delete()
    return len(found)
