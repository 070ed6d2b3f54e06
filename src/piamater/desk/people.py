"""People at the desk: an account belongs to a person of the review ledger, by its name.

What a person may do follows from the roles that the ledger holds, looked up at every request; an
account alone, a superuser's too, gives no right to sign or publish.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from piamater.desk.shelf import reviews
from piamater.guides.review import Person
from piamater.guides.review.people import REVIEWING

WRITING = frozenset({"writer", "editor", "administrator"})
PUBLISHING = frozenset({"publisher", "administrator"})
STAFF = WRITING | PUBLISHING | REVIEWING

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person | None:
    """The ledger's person behind the account; none where there is none or they have ended."""
    name = request.user.get_username() if request.user.is_authenticated else ""
    found = reviews().book.people.get(name)
    return found if found and not found.ended else None


def acting(request: HttpRequest) -> Person:
    """The person who acts.

    Raises:
        PermissionDenied: the account belongs to nobody of the ledger, or they have ended.
    """
    found = person_of(request)
    if found is None:
        raise PermissionDenied("your account belongs to nobody in the review ledger")
    return found


def may(person: Person | None, roles: frozenset[str]) -> bool:
    """Whether a person has one of these roles."""
    return person is not None and bool(roles & set(person.roles))


def needs(roles: frozenset[str]) -> Callable[[View], View]:
    """A view for people with one of these roles; others are refused (403), strangers sent away."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                from django.contrib.auth.views import redirect_to_login

                return redirect_to_login(request.get_full_path())
            person = person_of(request)
            if not may(person, roles):
                raise PermissionDenied(
                    "your account has none of the roles that this needs: "
                    + ", ".join(sorted(roles))
                )
            return view(request, *args, **kwargs)

        guarded.desk_roles = roles  # type: ignore[attr-defined]  # what ``allowed`` goes by
        return guarded

    return decorate
