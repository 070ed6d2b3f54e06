"""Words and links for the desk's templates."""

from __future__ import annotations

from typing import Any

from django import template

from piamater.answers.signers import ANSWERING
from piamater.desk import wording
from piamater.desk.people import STAFF, WRITING, may, person_of
from piamater.guides.review.state import Reason
from piamater.watch import Why

register = template.Library()

NAVIGATION = (
    ("What waits", "/queues/", STAFF),
    ("Guides", "/pages/", STAFF),
    ("New evidence", "/evidence/", STAFF),
    ("Questions", "/questions/", frozenset(ANSWERING) | {"administrator"}),
    ("Answers", "/answers/", WRITING),
    ("Log", "/log/", frozenset({"administrator"})),
)
"""The pages in the bar, each with the roles that it opens for."""


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The pages that open for who looks: name, address, whether it is this one; else nothing."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated or not request.user.is_verified():
        return []
    person = person_of(request)
    return [
        (name, address, request.path.startswith(address))
        for name, address, roles in NAVIGATION
        if may(person, roles)
    ]


@register.filter
def language(code: str) -> str:
    """A language by its own name."""
    return wording.language(code)


@register.filter
def why(reason: Reason) -> str:
    """A reason why an approval is missing, as a sentence."""
    return wording.why(reason)


@register.filter
def watched(one: Why) -> str:
    """Why a new document is to be looked at, as a sentence."""
    return wording.watched(one)


@register.filter
def state(code: str) -> str:
    """A state of a review in words."""
    return wording.STATES.get(code, code)


@register.filter
def asked(code: str) -> str:
    """A state of a reader's question in words."""
    return wording.ASKED.get(code, code)


@register.filter
def act(code: str) -> str:
    """An act of the ledger in words."""
    return wording.ACTS.get(code, code)


@register.filter
def decision(code: str) -> str:
    """A decision as the reviewer chooses it."""
    return wording.DECISIONS.get(code, code)


@register.filter
def minute(stamp: str) -> str:
    """A time stamp of the ledger to the minute, in UTC."""
    return stamp[:16].replace("T", " ")
