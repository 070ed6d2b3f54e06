"""The HTTP API, described by OpenAPI at ``/api/v1/openapi.json``; the command line's shapes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from piamater import __version__
from piamater.answers import (
    AnswerSection,
    CitedSource,
    Disagreement,
    ReviewState,
    Urgent,
)
from piamater.answers.question import LONGEST
from piamater.errors import InputError, PiamaterError, QuestionError, UnknownNameError
from piamater.exchange import guide_edition, guide_summary, source_record, source_summary
from piamater.site.state import site

Language = Literal["en", "es", "bn"]


class Failure(Schema):
    """Why a request was not answered."""

    status: int
    message: str


class Failed(Schema):
    """The body of every answer with a status of 400 or more."""

    error: Failure


FAILURES: dict[Any, Any] = dict.fromkeys((400, 404, 405, 413, 414, 415, 422, 429, 503), Failed)


class SearchRequest(Schema):
    """What to search for; ``limit`` passages and guides at most."""

    query: Annotated[str, Field(min_length=1, max_length=300)]
    language: Language = "en"
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class QuestionRequest(Schema):
    """A question to the library; empty ``language`` lets it be recognised."""

    question: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    reader: Literal["", "patient", "clinician"] = ""
    language: Literal["", "en", "es", "bn"] = ""
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""


class FoundGuide(Schema):
    """A guide that a search found; ``found_by`` is the name that matched, where not its title."""

    id: str
    type: str
    language: str
    title: str
    plain_title: str
    description: str
    score: float
    found_by: str


class FoundPassage(Schema):
    """A passage that a search found; offsets in code points of the source version's text."""

    source: str
    version: str
    start: int
    end: int
    text: str
    language: str
    score: float
    title: str
    kind: str
    standing: str


class SearchResult(Schema):
    """What a search found; ``did_you_mean`` is empty where every word is known."""

    query: str
    language: str
    guides: list[FoundGuide]
    passages: list[FoundPassage]
    did_you_mean: str


class AnswerOut(Schema):
    """The answer to a question, as ``piamater ask --json`` gives it."""

    question: str
    language: str
    reader: str
    outcome: str
    urgent: Urgent | None
    sections: list[AnswerSection]
    disagreements: list[Disagreement]
    gaps: list[str]
    related_questions: list[str]
    references: list[CitedSource]
    review: ReviewState
    searched: dict[str, int]
    notice: str


class GuideSummary(Schema):
    """One guide in short."""

    id: str
    type: str
    language: str
    title: str
    plain_title: str
    description: str


class SourceSummary(Schema):
    """One source in short, with its standing today."""

    source: str
    title: str
    kind: str
    authors: list[str]
    published: str
    url: str
    standing: str
    review_due: str
    version: str


class SourcePage(Schema):
    """Some of the sources; ``total`` counts all."""

    total: int
    sources: list[SourceSummary]


class PassageOut(Schema):
    """A stretch of a source version's text, ``start`` to ``end`` in code points."""

    source: str
    version: str
    start: int
    end: int
    text: str
    title: str
    standing: str


api = NinjaAPI(
    title="Piamater",
    version=__version__,
    description="Search, answers, guides, sources and passages of this library. Read only; "
    "no key is needed. Questions and searches are sent in the body, so that no log holds them.",
    docs_url=None,
    urls_namespace="api",
)


@api.post("/search", response={200: SearchResult, **FAILURES}, operation_id="search")
def search(request: HttpRequest, body: SearchRequest) -> dict[str, Any]:
    """Guides and passages for a query."""
    from piamater.site.views.finding import finder

    retriever = site().asker.retriever
    passages = retriever.find(retriever.query(body.query, body.language), body.limit)
    return {
        "query": body.query,
        "language": body.language,
        "guides": [
            {**guide_summary(one.guide), "score": one.score, "found_by": one.by}
            for one in finder().search(body.query, body.language, body.limit)
        ],
        "passages": [
            {
                "source": one.version.source,
                "version": one.version.version,
                "start": one.passage.start,
                "end": one.passage.end,
                "text": one.passage.text,
                "language": one.passage.language,
                "score": one.score,
                "title": one.version.record.title,
                "kind": one.version.record.kind.value,
                "standing": one.judgement.standing.value,
            }
            for one in passages
        ],
        "did_you_mean": finder().did_you_mean(body.query, body.language),
    }


@api.post("/ask", response={200: AnswerOut, **FAILURES}, operation_id="ask")
def ask(request: HttpRequest, body: QuestionRequest) -> dict[str, Any]:
    """The answer to a question, every statement with its quotes."""
    return site().asker.ask(body.question, body.reader, body.language, body.country).to_json()


@api.get("/guides", response={200: list[GuideSummary], **FAILURES}, operation_id="guides")
def guides(request: HttpRequest, language: Language = "en") -> list[dict[str, Any]]:
    """All published guides, in a language where they have it."""
    return [guide_summary(one) for one in site().shelf.all(language)]


@api.get("/guides/{guide}", response={200: dict[str, Any], **FAILURES}, operation_id="guide")
def guide(request: HttpRequest, guide: str, language: Language = "en") -> dict[str, Any]:
    """The newest edition of a guide: blocks, statements, citations, review state."""
    edition = site().shelf.by_id.get(guide)
    if edition is None:
        raise UnknownNameError(f"there is no guide {guide}", where="/api/v1/guides")
    text = edition.versions.get(language, edition.original)
    return guide_edition(site().library, edition, text)


@api.get("/sources", response={200: SourcePage, **FAILURES}, operation_id="sources")
def sources(
    request: HttpRequest,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """The sources of the library, with their standing today."""
    library = site().library
    return {
        "total": library.corpus.source_count(),
        "sources": [source_summary(library, one) for one in library.corpus.sources(offset, limit)],
    }


@api.get(
    "/sources/{path:source}", response={200: dict[str, Any], **FAILURES}, operation_id="source"
)
def source(request: HttpRequest, source: Annotated[str, Path(max_length=300)]) -> dict[str, Any]:
    """All that is known of a source."""
    library = site().library
    return source_record(library, library.corpus.version(source))


@api.get("/passages", response={200: PassageOut, **FAILURES}, operation_id="passage")
def passage(
    request: HttpRequest,
    source: Annotated[str, Query(min_length=1, max_length=300)],
    start: Annotated[int, Query(ge=0, le=2**31)],
    end: Annotated[int, Query(ge=1, le=2**31)],
    version: Annotated[str, Query(pattern="^([0-9a-f]{8,64})?$")] = "",
) -> dict[str, Any]:
    """A stretch of a source's text."""
    library = site().library
    stored = library.corpus.version(source, version)
    text = library.corpus.text(source, stored.version)
    if not start < end <= len(text):
        raise InputError(
            f"there is no passage {start}-{end}",
            where=source,
            todo=f"give start < end <= {len(text)}",
        )
    return {
        "source": source,
        "version": stored.version,
        "start": start,
        "end": end,
        "text": text[start:end],
        "title": stored.record.title,
        "standing": library.judge(stored).standing.value,
    }


def _failed(request: HttpRequest, status: int, message: str) -> HttpResponse:
    return api.create_response(
        request, {"error": {"status": status, "message": message}}, status=status
    )


@api.exception_handler(PiamaterError)
def on_failure(request: HttpRequest, error: PiamaterError) -> HttpResponse:
    """What a failure of the library is to a caller: 404, 400, or 503 where it is not theirs."""
    if isinstance(error, UnknownNameError):
        return _failed(request, 404, error.what)
    if isinstance(error, QuestionError | InputError):
        return _failed(request, 400, f"{error.what}; {error.todo}" if error.todo else error.what)
    return _failed(request, 503, "the library cannot be read just now; try again later")


@api.exception_handler(HttpError)
def on_refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, and what else the framework refuses."""
    return _failed(request, error.status_code, str(error))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not fit its description; what was sent is not repeated."""
    told = [
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors[:5]
    ]
    return _failed(request, 422, "; ".join(told))
