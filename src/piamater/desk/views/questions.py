"""Readers' questions at the desk: given to somebody, drafted, answered, signed by another."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from piamater.answers.as_guide import make_guide, outline_of_question
from piamater.answers.inbox import Inbox
from piamater.answers.inbox_record import ReaderQuestion
from piamater.answers.signers import ANSWERING, SIGNING
from piamater.desk.people import WRITING, acting, may, needs, person_of
from piamater.desk.shelf import key, library, reviews, searching
from piamater.desk.views.answers import begun
from piamater.errors import InputError, PiamaterError, UnknownNameError

WRITING_ANSWERS = frozenset(ANSWERING)
HANDLING = WRITING_ANSWERS | {"administrator"}


def inbox() -> Inbox:
    """The questions of this library."""
    return Inbox(library().folder, library().today, library().settings)


@needs(HANDLING)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All questions, those with danger signs first."""
    days = inbox().deadlines
    rows = [(one, days.due(one), days.late(one), days.ends(one)) for one in inbox().list()]
    return render(request, "desk/questions.html", {"rows": rows})


@needs(HANDLING)
@require_safe
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question with its draft and answer, and what can be done with it."""
    _refuse_huge(number)
    person = person_of(request)
    try:
        held = inbox().get(number)
    except UnknownNameError as error:
        raise Http404(number) from error
    people = [
        one for one in reviews().book.people.values()
        if not one.ended and WRITING_ANSWERS & set(one.roles)
    ]  # fmt: skip
    context = {
        "question": held,
        **_days(held),
        "proof": str(inbox().proof(held)) if held.state == "signed" else "",
        "moved": _moved(held),
        "people": people,
        "may_answer": may(person, WRITING_ANSWERS),
        "may_publish": held.state == "signed" and may(person, WRITING),
        "may_sign": may(person, frozenset(SIGNING)),
    }
    return render(request, "desk/question.html", context)


@needs(HANDLING)
@require_POST
def act(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Do one thing with a question.

    ``assign``, ``draft``, ``answer``, ``sign``, ``publish`` (as the draft of a guide), ``delete``.
    """
    _refuse_huge(number)
    person = acting(request)
    box, today = inbox(), library().today
    form = request.POST
    acts: dict[str, Callable[[], object]] = {
        "assign": lambda: box.assign(number, form.get("to", ""), today),
        "draft": lambda: _draft(box, number),
        "answer": lambda: box.answer(number, form.get("answer", ""), person.id, today, key),
        "sign": lambda: box.sign(number, person.id, today, form.get("seen", "") or "nothing", key),
        "delete": lambda: _delete(box, number, form.get("sure", "")),
    }
    if what not in (*acts, "publish"):
        raise Http404(what)
    try:
        if what == "publish":
            return _publish(request, box.get(number))
        acts[what]()
        messages.success(request, _TOLD[what])
    except UnknownNameError as error:
        if not _there(box, number):
            raise Http404(number) from error
        messages.error(request, str(error))
    except PiamaterError as error:
        messages.error(request, str(error))
    gone = what == "delete" and not _there(box, number)
    return redirect("/questions/" if gone else f"/questions/{number}/")


_TOLD = {
    "assign": "The question is given to them.",
    "draft": "A draft with its quotes is there; readers do not see it.",
    "answer": "The answer is kept; the reader sees it when another person has signed it.",
    "sign": "The answer is signed: the reader sees it with the receipt code.",
    "delete": "The question is deleted for good.",
}


def _delete(box: Inbox, number: int, sure: str) -> None:
    """Delete for good, where the box beside it is ticked.

    Raises:
        UnknownNameError: there is no such question.
        InputError: the box is not ticked.
    """
    box.get(number)
    if sure != "yes":
        raise InputError("nothing was deleted", where="desk", todo="tick the box beside it first")
    box.delete(number)


def _days(held: ReaderQuestion) -> dict[str, object]:
    """Until when it is to be answered, waits, and is kept."""
    days = inbox().deadlines
    return {
        "due": days.due(held),
        "late": days.late(held),
        "ends": days.ends(held),
        "keep_until": days.keep_until(held),
    }


def _moved(held: ReaderQuestion) -> list[str]:
    """The sources under the answer that may not be cited today, each with its standing."""
    found: dict[str, str] = {}
    for one in held.citations:
        try:
            judged = library().judge(library().corpus.version(one.source, one.version))
        except UnknownNameError:
            found[one.source] = "missing"
            continue
        if not judged.standing.citable:
            found[one.source] = str(judged.standing)
    return [f"{source} ({standing})" for source, standing in found.items()]


def _publish(request: HttpRequest, held: ReaderQuestion) -> HttpResponse:
    """Begin a question guide from the signed answer, without a word of the question."""
    if not may(person_of(request), WRITING):
        raise PermissionDenied("a guide is begun by a writer or an editor")
    outline = outline_of_question(held)
    return begun(
        request, lambda id_, title: make_guide(library(), id_, title, outline), held.language
    )


def _draft(box: Inbox, number: int) -> ReaderQuestion:
    """Draft an answer from the library, with its quotes."""
    from piamater.answers import Asker
    from piamater.answers.drafting import draft_answer
    from piamater.answers.reply import draft_text, quotes_of

    vocabulary, index = searching()
    found = draft_answer(Asker(library(), index, vocabulary), box.get(number))
    return box.draft(number, draft_text(found), quotes_of(found))


def _refuse_huge(number: int) -> None:
    """No database holds a number of more than 63 bits."""
    if number >= 1 << 63:
        raise Http404(number)


def _there(box: Inbox, number: int) -> bool:
    return any(one.id == number for one in box.list())
