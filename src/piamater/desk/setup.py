"""Setting the desk up: its tables, its groups, its first account."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.validators import validate_email
from wagtail.models import GroupPagePermission

from piamater.desk.audit import note
from piamater.desk.mirror import Pulled, index_page, pull
from piamater.desk.models import Contact
from piamater.desk.recovery import end_sessions, take_app_away
from piamater.desk.shelf import reviews
from piamater.errors import InputError, UnknownNameError
from piamater.guides.review import Person

GROUP = "Desk"


def set_up() -> Pulled:
    """Bring the tables up to date, make the group that writes, take the folder's files in."""
    call_command("migrate", interactive=False, verbosity=0)
    index = index_page()
    Group.objects.exclude(name=GROUP).delete()
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add_page", "change_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=index, permission=Permission.objects.get(codename=name)
        )
    return pull()


def make_account(
    person: str, password: str, superuser: bool = False, new_app: bool = False
) -> bool:
    """An account for a person of the ledger, or a new password; gives whether it is new.

    With ``new_app`` the authenticator app and the recovery codes are forgotten. All sessions of
    the person end either way.

    Raises:
        UnknownNameError: nobody is registered under that id.
        InputError: the password is too weak.
    """
    found = _registered(person)
    user = User.objects.filter(username=person).first()
    new = user is None
    user = user or User(username=person)
    user.first_name = found.name[:150]
    user.is_superuser = superuser
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InputError(
            f"the password is too weak: {' '.join(error.messages)}", where=person
        ) from error
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=GROUP))
    if new:
        note("account-made", person=person)
    if new_app:
        take_app_away(user)
        note("app-taken-away", person=person)
    end_sessions(user)
    return new


def set_contact(person: str, address: str) -> None:
    """The address that a reviewer's codes are mailed to; an empty one forgets it.

    Raises:
        UnknownNameError: nobody is registered under that id.
        InputError: it is no mail address.
    """
    _registered(person)
    if not address:
        Contact.objects.filter(person=person).delete()
        note("contact", person=person)
        return
    try:
        validate_email(address)
    except ValidationError as error:
        raise InputError(
            f"{address[:80]!r} is no mail address", where=person, todo="such as ada@example.org"
        ) from error
    Contact.objects.update_or_create(person=person, defaults={"address": address})
    note("contact", person=person)


def _registered(person: str) -> Person:
    found = reviews().book.people.get(person)
    if found is None:
        raise UnknownNameError(
            f"nobody is registered as {person!r}",
            where="desk",
            todo=f"piamater review person {person} registers them",
        )
    return found
