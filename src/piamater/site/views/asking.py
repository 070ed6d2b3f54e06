"""The question box and the answer page; keeping an answer at an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from piamater.answers import Answer, Statement
from piamater.answers.masking import mask
from piamater.answers.question import LONGEST, understand
from piamater.errors import PiamaterError, QuestionError, QuoteError, UnknownNameError
from piamater.guides import Evidence
from piamater.site.preferences import Preferences
from piamater.site.references import References
from piamater.site.respond import page, prefs_of
from piamater.site.saved import SavedAnswers
from piamater.site.state import site
from piamater.site.urgent import emergency_line

READERS = ("patient", "caregiver", "clinician", "student")
"""What "Which best describes you?" offers; the first two read what is written for patients."""


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, lang: str) -> HttpResponse | StreamingHttpResponse:
    """The question box; with a question, its answer, sent part by part as it is ready.

    The form is sent as POST, so that the question stands in no address and no log.
    """
    question = (request.POST.get("q") or request.GET.get("q") or "").strip()
    reader = request.POST.get("reader") or request.GET.get("reader") or ""
    reader = reader if reader in READERS else ""
    if not question:
        return page(request, "ask.html", {"readers": READERS, "examples": examples(lang)})
    if len(question) > LONGEST:
        raise QuestionError(
            f"the question has {len(question)} characters, more than {LONGEST}",
            todo="ask it in fewer words",
        )
    response = StreamingHttpResponse(_parts(request, question, reader))
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _parts(request: HttpRequest, question: str, reader: str) -> Iterator[bytes]:
    """The answer page: its head at once, then the answer."""
    head, tail = render_to_string(
        "piamater/answer.html",
        {"question": question, "reader": reader, "readers": READERS},
        request,
    ).split("<!--answer-->")
    yield head.encode("utf-8", "replace")
    prefs = prefs_of(request)
    try:
        answer = site().asker.ask(question, level(reader), "", prefs.country)
        context = {**answer_context(answer, prefs), "reader": reader, "question": question}
        yield render_to_string("piamater/answer_body.html", context, request).encode(
            "utf-8", "replace"
        )
    except PiamaterError as error:
        context = {"detail": error.what, "text": ""}
        yield render_to_string("piamater/answer_failed.html", context, request).encode(
            "utf-8", "replace"
        )
    yield tail.encode("utf-8", "replace")


LISTS = ("causes", "differential")
"""Types of question whose answer is a table of causes."""


def level(reader: str) -> str:
    """The reader level of the contract for what a reader says of themselves."""
    if not reader:
        return ""
    return "patient" if reader in ("patient", "caregiver") else "clinician"


def examples(language: str) -> list[str]:
    """Questions that the published question guides and conditions suggest."""
    guides = site().shelf.all(language)
    return [one.title for one in guides if one.type == "question"][:4]


def answer_context(answer: Answer, prefs: Preferences) -> dict[str, Any]:
    """What the answer's part of the page shows; statements with their citation numbers."""
    references = References(site().library, prefs.language)

    def told(statement: Statement) -> dict[str, Any]:
        cited = [
            Evidence("", one.source, one.version, one.start, one.end, one.quote)
            for one in statement.citations
        ]
        first = references.number(cited[0].source, cited[0].version)
        return {
            "statement": statement,
            "marks": references.links(cited),
            "source": first,
            "language": first.language,
        }

    sections = [
        {
            "section": one,
            "groups": [
                {"context": context, "statements": [told(each) for each in group]}
                for context, group in groupby(one.statements, key=lambda each: each.context)
            ],
        }
        for one in answer.sections
    ]
    return {
        "answer": answer,
        "sections": sections,
        "disagreements": [
            {"about": one.about, "positions": [told(each) for each in one.positions]}
            for one in answer.disagreements
        ],
        "as_table": understand(answer.question, answer.reader, answer.language).type.name in LISTS,
        "references": references.list,
        "emergency": emergency_line(prefs),
        "answer_language": answer.language,
        "other_language": any(
            one.language not in (prefs.language, "und") for one in references.list
        ),
    }


@require_POST
def keep(request: HttpRequest, lang: str) -> HttpResponse:
    """Give an answer an address of its own, because the reader asked for it.

    What would tell who asked is masked before. Who keeps an answer gets the key to delete it.
    """
    question = mask(request.POST.get("q", "").strip(), lang).text
    country = prefs_of(request).country
    answer = site().asker.ask(question, level(request.POST.get("reader", "")), "", country)
    kept_ = SavedAnswers(site().folder).keep(answer.to_json(), site().today.isoformat())
    context = {"kept": kept_, "question": question, "address": f"/{lang}/answers/{kept_.id}"}
    return page(request, "answer_kept.html", context)


@require_POST
def delete(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """Delete a kept answer; only who kept it has the key."""
    SavedAnswers(site().folder).delete(id_, request.POST.get("key", ""))
    return page(request, "answer_deleted.html")


@require_safe
def kept(request: HttpRequest, lang: str, id_: str) -> HttpResponse:
    """A kept answer; each of its sources with its standing today."""
    form = SavedAnswers(site().folder).read(id_)
    answer = read_answer(form["answer"])
    verify(answer)
    context = {
        **answer_context(answer, prefs_of(request)),
        "kept": form["kept"],
        "id": id_,
        "question": answer.question,
    }
    return page(request, "kept.html", context)


def read_answer(form: dict[str, Any]) -> Answer:
    """An answer from its machine form."""
    from piamater.answers import (
        AnswerSection,
        Citation,
        CitedSource,
        Disagreement,
        Statement,
        Urgent,
    )
    from piamater.answers.answer import ReviewState

    def statement(one: dict[str, Any]) -> Statement:
        return Statement(
            **{**one, "citations": tuple(Citation(**each) for each in one["citations"])}
        )

    return Answer(
        **{
            **form,
            "urgent": Urgent(**form["urgent"]) if form["urgent"] else None,
            "sections": tuple(
                AnswerSection(one["heading"], one["kind"], tuple(map(statement, one["statements"])))
                for one in form["sections"]
            ),
            "disagreements": tuple(
                Disagreement(one["about"], tuple(map(statement, one["positions"])))
                for one in form["disagreements"]
            ),
            "gaps": tuple(form["gaps"]),
            "related_questions": tuple(form["related_questions"]),
            "references": tuple(
                CitedSource(**{**one, "authors": tuple(one["authors"])})
                for one in form["references"]
            ),
            "review": ReviewState(**form["review"]),
        }
    )


def verify(answer: Answer) -> None:
    """Check every quote of a kept answer against the stored text.

    Raises:
        QuoteError: a quote does not stand where the answer says.
    """
    for statement in answer.statements:
        for one in statement.citations:
            try:
                text = site().library.corpus.text(one.source, one.version)
            except UnknownNameError:
                text = ""
            if text[one.start : one.end] != one.quote:
                raise QuoteError(
                    "a quote of a kept answer does not stand in its source", where=one.source
                )
