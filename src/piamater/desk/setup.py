"""Setting the desk up: its tables, its groups, its first account."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.models import GroupPagePermission

from piamater.desk.mirror import Pulled, index_page, pull
from piamater.desk.shelf import reviews
from piamater.errors import InputError, UnknownNameError

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


def make_account(person: str, password: str, superuser: bool = False) -> bool:
    """An account for a person of the ledger, or a new password; gives whether it is new.

    Raises:
        UnknownNameError: nobody is registered under that id.
        InputError: the password is too weak.
    """
    found = reviews().book.people.get(person)
    if found is None:
        raise UnknownNameError(
            f"nobody is registered as {person!r}",
            where="desk",
            todo=f"piamater review person {person} registers them",
        )
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
    return new
