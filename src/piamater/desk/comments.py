"""Comments: what people say to each other on a page, for those too who do not edit it.

They are Wagtail's: writers see them beside the field in the editor. Each hangs on a block by its
id, so it stays with the block when blocks are moved or a file is read anew. Comments are talk:
nothing in the ledger or in an edition holds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Comment, CommentReply

from piamater.desk.models import GuidePage
from piamater.errors import InputError

LONGEST = 2_000
"""Code points that a comment has at most."""

FIELDS = ("both", "patient", "clinical")


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or a reply: who, when, what; ``number`` is the comment's."""

    number: int
    by: str
    on: datetime
    text: str
    about: str = ""
    replies: tuple[Said, ...] = ()


@dataclass(slots=True)
class Place:
    """Where comments stand: a block, or the page as a whole (an empty id)."""

    id: str
    heading: str
    name: str
    fields: tuple[tuple[str, str], ...] = ()
    said: list[Said] = field(default_factory=list)


def places(page: GuidePage) -> list[Place]:
    """The blocks with the comments open on each; what hangs on none any more, at the end."""
    found = [Place("", "The page as a whole", "")]
    for one in page.body:
        some = [(key, str(one.value[key])) for key in FIELDS if one.value[key]]
        heading = one.value["heading"] or one.block.label
        name = one.value["name"] or one.block_type
        found.append(Place(str(one.id), str(heading), str(name), tuple(some)))
    by_id = {one.id: one for one in found}
    gone = Place("-", "On blocks that are gone", "")
    open_ones = Comment.objects.filter(page_id=page.pk, resolved_at=None).order_by("pk")
    for comment in open_ones.select_related("user").prefetch_related("replies__user"):
        first, _, rest = comment.contentpath.partition(".")
        id_, _, about = rest.partition(".")
        place = by_id.get(id_ if first == "body" else "", gone)
        place.said.append(_said(comment, about if first == "body" else first))
    return [*found, gone] if gone.said else found


def _said(one: Comment, about: str) -> Said:
    replies = tuple(
        Said(one.pk, _name(each.user), each.created_at, each.text) for each in one.replies.all()
    )
    return Said(one.pk, _name(one.user), one.created_at, one.text, about, replies)


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


def comment(page: GuidePage, user: Any, block: str, about: str, text: str) -> None:
    """Say something on a block's field, or on the page's title where no block is named.

    Raises:
        InputError: it says nothing, or too much, or the page has no such place.
    """
    text = _checked(text)
    path = f"body.{block}.{about}" if block else "title"
    made = Comment(page=page, user=user, text=text, contentpath=path)
    if (block and about not in FIELDS) or not made.has_valid_contentpath(page):
        raise InputError(
            "the page has no such block any more", where=page.file, todo="open the page again"
        )
    made.save()
    made.log_create(user=user)


def reply(page: GuidePage, user: Any, number: int, text: str) -> None:
    """Answer a comment.

    Raises:
        InputError: it says nothing, or too much, or there is no such comment on the page.
    """
    held = _held(page, number)
    made = CommentReply.objects.create(comment=held, user=user, text=_checked(text))
    made.log_create(user=user)


def resolve(page: GuidePage, user: Any, number: int) -> None:
    """Say that a comment is settled; it is kept, and shown no more.

    Raises:
        InputError: there is no such comment on the page.
    """
    held = _held(page, number)
    held.resolved_at, held.resolved_by = timezone.now(), user
    held.save()
    held.log_resolve(user=user)


def _held(page: GuidePage, number: int) -> Comment:
    held = Comment.objects.filter(page_id=page.pk, pk=number, resolved_at=None).first()
    if held is None:
        raise InputError(
            "the comment is settled already", where=page.file, todo="open the page again"
        )
    return held


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        raise InputError(f"a comment has some words, {LONGEST} signs at most", where="comment")
    return text
