"""Invitations: a link by which a reviewer without an account reviews one guide, once.

Who makes a link could open it. So the link alone opens nothing: it asks for a code that its maker
never sees. The desk mails the code to the address that the operator keeps for the reviewer; where
there is none, an administrator who neither made the link nor wrote the guide sees it once, and
hands it over. The code is kept as a slow hash, five wrong ones close the link, and the entry in
the ledger says which of the two ways it went.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from html import escape

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from piamater.desk.models import Contact, Invitation
from piamater.desk.shelf import library, reviews
from piamater.errors import InputError, PiamaterError
from piamater.exchange.mailing import send
from piamater.guides import Edition
from piamater.guides.review import Person, cells
from piamater.guides.review.people import REVIEWING

INVITING = frozenset({"editor", "administrator"})
DAYS = 14
TRIES = 5
"""Wrong codes that close a link."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
"""Signs of a code, of 31 that nobody mistakes: one guess in 850,000,000,000 is right."""

MAILED = "mail"
SALT = "piamater.desk.invitation"


def make(guide: str, person: str, language: str, maker: Person, user: object) -> Invitation:
    """An invitation of a registered reviewer to a guide in a language.

    Raises:
        InputError, UnknownNameError: the maker wrote the guide or invites themselves, nobody
            reviews under that name, or there is no such language.
    """
    draft = reviews().draft(guide)
    if wrote(maker, draft):
        raise InputError("who wrote a guide, or put it forward, invites nobody to review it")
    found = reviews().person(person, *REVIEWING)
    if found.id == maker.id:
        raise InputError("who has an account reviews without a link", where=found.name)
    if language not in draft.versions:
        raise InputError(f"the guide has no {language} version", where=guide)
    return Invitation.objects.create(
        guide=guide,
        hash=draft.hash,
        person=found.id,
        languages=[language],
        made_by=user,
        expires=timezone.now() + timedelta(days=DAYS),
    )


def wrote(person: Person, draft: Edition) -> bool:
    """Whether a person wrote any of a draft, or put it forward."""
    held = reviews().book.guide(draft.guide)
    return any(person.id in held.writers(one) for one in cells(draft))


def address_of(link: Invitation, request: HttpRequest) -> str:
    """The address that the reviewer opens."""
    path = f"/invited/{signing.dumps(str(link.token), salt=SALT)}/"
    home = str(settings.DESK_URL)
    return f"{home.rstrip('/')}{path}" if home else request.build_absolute_uri(path)


def find(token: str) -> Invitation | None:
    """The invitation behind a signed token; none where it is not one of ours, or too old."""
    try:
        number = signing.loads(token, salt=SALT, max_age=timedelta(days=DAYS))
        return Invitation.objects.get(token=number)
    except (signing.BadSignature, Invitation.DoesNotExist, ValueError):
        return None


def is_open(link: Invitation) -> bool:
    """Whether a link can still be used: not signed, not too old, and for what there is now."""
    known = reviews().book.people.get(link.person)
    if link.used or link.expires < timezone.now() or known is None or known.ended:
        return False
    try:
        return bool(reviews().draft(link.guide).hash == link.hash)
    except PiamaterError:
        return False


def is_closed(link: Invitation) -> bool:
    """Whether wrong codes have closed a link to whoever has not opened it before."""
    return bool(link.tries >= TRIES)


def mint(link: Invitation, by: str) -> str:
    """The code of a link, made now and kept as a hash alone; it is made once.

    Raises:
        InputError: it was made before.
    """
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    made = Invitation.objects.filter(pk=link.pk, code="").update(
        code=make_password(code), code_by=by
    )
    if not made:
        raise InputError(
            "the code was given out already, and nobody can see it again",
            where=link.person,
            todo="make another link",
        )
    link.refresh_from_db()
    return f"{code[:4]}-{code[4:]}"


def mail_code(link: Invitation, title: str) -> bool:
    """Mail the code to the reviewer, where there is a server and an address; gives whether.

    Raises:
        PiamaterError: the server cannot be reached, or takes it not; the code is void then.
    """
    held = library().settings
    contact = Contact.objects.filter(person=link.person).first()
    if not held.mail_host or contact is None:
        return False
    text = (
        f"You are asked to review “{title}” ({link.languages[0]}) for {held.name}.\n\n"
        f"The editors send you a link. It asks for this code:\n\n    {mint(link, MAILED)}\n\n"
        f"Link and code are for you alone, until {link.expires.date()}. The editors do not know "
        "the code, and nobody will ask you for it. If you expect no such link, tell the library.\n"
    )
    try:
        refused = send(
            held, [contact.address], "A code for your review", text, f"<pre>{escape(text)}</pre>"
        )
        if refused:
            raise PiamaterError(f"the mail was refused: {'; '.join(refused.values())}")
    except PiamaterError:
        Invitation.objects.filter(pk=link.pk).update(code="", code_by="")
        raise
    return True


def refusal(link: Invitation, person: Person) -> str:
    """Why a person may not hand over the code of a link; empty where they may."""
    if "administrator" not in person.roles:
        return "an administrator hands over the code"
    if link.made_by.get_username() == person.id:
        return "who made the link does not see the code; another administrator hands it over"
    try:
        if wrote(person, reviews().draft(link.guide)):
            return "who wrote the guide, or put it forward, does not see the code"
    except PiamaterError as error:
        return str(error)
    if link.code:
        return "the code was given out already; another link has another code"
    return "" if is_open(link) and not is_closed(link) else "the link is used up, or too old"


def opens(link: Invitation, typed: str) -> bool:
    """Whether this is the code of a link; each wrong one counts, and five close it."""
    counted = Invitation.objects.filter(pk=link.pk, tries__lt=TRIES).exclude(code="")
    if not counted.update(tries=F("tries") + 1):
        return False
    plain = re.sub(r"[\s-]", "", typed).upper()
    if not check_password(plain, link.code):
        link.refresh_from_db()
        return False
    Invitation.objects.filter(pk=link.pk).update(tries=0, opened=timezone.now())
    return True


def via(link: Invitation) -> str:
    """How the reviewer was known, as the ledger's entry tells it."""
    way = (
        "a code mailed to the address that the operator keeps"
        if link.code_by == MAILED
        else f"a code handed over by {link.code_by}"
    )
    return f"a link made by {link.made_by.get_username()} and {way}"
