"""A guide's page: where it stands, put forward, publish, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from piamater.desk import audit
from piamater.desk.invitations import INVITING, TRIES, refusal, wrote
from piamater.desk.models import GuidePage, Invitation
from piamater.desk.people import PUBLISHING, STAFF, WRITING, acting, may, needs, person_of
from piamater.desk.shelf import key, library, reviews
from piamater.desk.waiting import counts
from piamater.desk.wording import STATES, language
from piamater.errors import InputError, PiamaterError, UnknownNameError
from piamater.guides import LANGUAGES, Edition, publish
from piamater.guides.review import DECISIONS, Person, as_told
from piamater.guides.review.people import REVIEWING
from piamater.guides.review.state import APPROVED
from piamater.guides.review.withdrawing import refuse_withdrawal


@needs(STAFF)
@require_http_methods(["GET", "HEAD"])
def guide_desk(request: HttpRequest, guide: str) -> HttpResponse:
    """Where a guide stands in each language, what was signed, and what can be done."""
    try:
        draft = reviews().draft(guide)
    except UnknownNameError as error:
        raise Http404(str(error)) from error
    except PiamaterError as error:
        return not_in_order(request, guide, error)
    book = reviews().book
    person = acting(request)
    published = guide in reviews().editions.ids()
    latest = reviews().editions.latest(guide) if published else None
    rows = [
        {
            "language": one,
            "draft": reviews().of(draft, one),
            "shown": reviews().of(latest, one) if latest and one in latest.versions else None,
            "page": GuidePage.objects.filter(guide=guide, language=one).first(),
            "counts": counts(person, one, draft.original.language),
        }
        for one in draft.versions
    ]
    states = {one: reviews().of(draft, one).state for one in draft.versions}
    forward = book.guide(guide).is_forward(draft.hash)
    context = {
        "guide": guide,
        "draft": draft,
        "latest": latest,
        "rows": rows,
        "steps": _steps(states, forward, latest, draft),
        "unsigned": [language(one) for one, state in states.items() if state != APPROVED],
        "missing": [one for one in LANGUAGES if one not in draft.versions],
        "forward": forward,
        "changed": latest is None or latest.hash != draft.hash,
        "record": [
            as_told(one, book.people) for one in reversed(book.entries) if one.guide == guide
        ],
        "reviewers": [
            one
            for one in book.people.values()
            if not one.ended and one.id != person.id and may(one, REVIEWING)
        ],
        "wrote": wrote(person, draft),
        "may_write": may(person, WRITING),
        "may_publish": may(person, PUBLISHING),
        "may_invite": may(person, INVITING),
        "tries": TRIES,
        "to_withdraw": _withdrawable(guide, person),
        "to_take_back": _put_by(draft, person),
        "invited": [
            (one, not refusal(one, person))
            for one in Invitation.objects.filter(guide=guide).order_by("-made")[:20]
        ],
    }
    return render(request, "desk/guide.html", context)


def _steps(
    states: dict[str, str], forward: bool, latest: Edition | None, draft: Edition
) -> list[tuple[str, bool, str]]:
    """Where a draft stands on its way to readers: each step, whether it is done, and details."""
    signed = [language(one) for one, state in states.items() if state == APPROVED]
    told = ", ".join(
        f"{language(one)}: {STATES.get(state, state)}" for one, state in states.items()
    )
    shown = latest is not None and latest.hash == draft.hash
    older = f"readers see edition {latest.number}, with other words" if latest else "not yet"
    return [
        ("Written", True, f"{len(states)} language{'s' if len(states) > 1 else ''}"),
        ("Put forward", forward, "for review" if forward else "not yet"),
        ("Approved", len(signed) == len(states), told),
        ("Published", shown, f"edition {latest.number}" if latest and shown else older),
    ]


def not_in_order(request: HttpRequest, guide: str, error: PiamaterError) -> HttpResponse:
    """A guide whose files cannot be read as one, or whose quotes do not stand."""
    pages = GuidePage.objects.filter(guide=guide)
    edits = request.user.is_authenticated and may(person_of(request), WRITING)
    context = {"guide": guide, "problem": str(error), "texts": pages if edits else []}
    return render(request, "desk/not_in_order.html", context, status=409)


def _withdrawable(guide: str, person: Person) -> list[tuple[int, str]]:
    """The signatures that a person can take back: their own; an administrator's are all."""
    book = reviews().book
    gone = book.guide(guide).withdrawn
    return [
        (one.number, f"{one.act} by {book.people[one.by].name}, {one.at[:10]}")
        for one in reversed(book.entries)
        if one.guide == guide
        and one.act in DECISIONS
        and one.number not in gone
        and (one.by == person.id or "administrator" in person.roles)
    ]


def _put_by(draft: Edition, person: Person) -> int:
    """The entry that put these words forward, where this person can take it back; else 0."""
    book = reviews().book
    some = [one for one in book.guide(draft.guide).forward if one.body["hash"] == draft.hash]
    try:
        return some[-1].number if some and refuse_withdrawal(book, [some[-1].number], person) else 0
    except InputError:
        return 0


@needs(WRITING)
@require_POST
def submit(request: HttpRequest, guide: str) -> HttpResponse:
    """Put a guide forward: an error keeps it back, a warning wants a word."""
    from piamater.desk.findings import findings
    from piamater.desk.mirror import push

    person = acting(request)
    pages = [one.get_latest_revision_as_object() for one in GuidePage.objects.filter(guide=guide)]
    if not pages:
        raise Http404(guide)
    found = [(page, one) for page in pages for one in findings(page)]
    errors = [(page, one) for page, one in found if one.severity == "error"]
    warnings = [one for _, one in found if one.severity == "warning"]
    note = request.POST.get("note", "").strip()
    if errors:
        page, one = errors[0]
        messages.error(
            request,
            f"{len(errors)} errors keep it back, such as {one.rule} in {page.language}: "
            + one.message,
        )
    elif warnings and not note:
        messages.error(
            request,
            f"{len(warnings)} warnings want a word, such as {warnings[0].rule}: "
            f"{warnings[0].message} Say in the note why it may stay.",
        )
    else:
        try:
            for page in pages:
                push(page)
            opened = key()
            with reviews().writing():
                reviews().submit(opened, guide, person.id, note, _writers(request, pages))
            audit.note("put-forward", guide=guide)
            messages.success(request, "The guide was put forward for review.")
        except PiamaterError as error:
            messages.error(request, str(error))
    return redirect(f"/review/{guide}/")


def _writers(request: HttpRequest, pages: list[Any]) -> dict[str, list[str]]:
    """Who wrote what: everyone who ever saved a revision of a page, and who puts it forward."""
    known = reviews().book.people
    person = acting(request)
    found: dict[str, list[str]] = {}
    for page in pages:
        names = [
            one.user.get_username()
            for one in page.revisions.order_by("created_at").select_related("user")
            if one.user is not None
        ]
        some = [one for one in dict.fromkeys(names) if one in known and not known[one].ended]
        if person.id not in some:
            some.append(person.id)
        found[page.language] = list(dict.fromkeys([*found.get(page.language, []), *some]))
    return found


@needs(PUBLISHING)
@require_POST
def publish_guide(request: HttpRequest, guide: str) -> HttpResponse:
    """Freeze a guide as an edition that readers see."""
    person = acting(request)
    try:
        opened = key()
        with reviews().writing():
            if request.POST.get("seen", "") != reviews().draft(guide).hash:
                raise InputError(
                    "the guide or its evidence was changed since this page was opened",
                    where=guide,
                    todo="look at it again, then publish",
                )
            [done] = publish(
                library(),
                reviews().guides,
                [guide],
                request.POST.get("note", "").strip(),
                opened,
                person.id,
            )
        if done.new:
            audit.note("published", guide=guide, edition=done.edition.number)
        told = "is published" if done.new else "had not changed"
        messages.success(request, f"Edition {done.edition.number} {told}.")
    except PiamaterError as error:
        messages.error(request, str(error))
    return redirect(f"/review/{guide}/")


@needs(STAFF)
@require_POST
def withdraw(request: HttpRequest, guide: str) -> HttpResponse:
    """Take back a signature, or what was put forward: whoever made it may, in any role."""
    person = acting(request)
    try:
        number = int(request.POST.get("entry", "0") or 0)
        opened = key()
        with reviews().writing():
            done = reviews().withdraw(opened, [number], person.id, request.POST.get("reason", ""))
        audit.note("withdrew", guide=done.guide, entry=number)
        messages.success(request, f"Entry {number} is withdrawn.")
    except (PiamaterError, ValueError) as error:
        messages.error(request, str(error))
    return redirect(f"/review/{guide}/")
