"""Beginning: a new guide, and a translation of one, each as a file that is then edited."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from piamater.corpus.library import write_whole
from piamater.desk.behind import behind
from piamater.desk.mirror import unwritten
from piamater.desk.models import GuidePage
from piamater.desk.people import STAFF, WRITING, acting, may, needs, person_of
from piamater.desk.shelf import library, reviews
from piamater.desk.views.pulled import take_in
from piamater.errors import InputError, PiamaterError, UnknownNameError
from piamater.guides import LANGUAGES, Audience, GuideType, Part, block_kinds, parse_guide, pin
from piamater.guides.compose import BlockText, taken_apart

TO_WRITE = "To be written."
"""What a new block holds: the linter asks for a citation, so it cannot be published."""


@needs(WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A form for a new guide; it begins with the blocks that its type must have."""
    problem = ""
    if request.method == "POST":
        person = acting(request)
        try:
            id_ = request.POST.get("id", "").strip()
            text = skeleton(
                id_,
                request.POST.get("type", ""),
                request.POST.get("language", ""),
                request.POST.get("title", "").strip(),
                request.POST.get("description", "").strip(),
                person.name,
                library().today,
            )
            return _begin(request, id_, request.POST["language"], text)
        except PiamaterError as error:
            problem = str(error)
    context = {
        "types": [str(one) for one in GuideType],
        "languages": LANGUAGES,
        "problem": problem,
        "given": request.POST,
    }
    return render(request, "desk/new.html", context, status=400 if problem else 200)


def skeleton(
    id_: str, type_: str, language: str, title: str, description: str, author: str, today: date
) -> str:
    """The file of a new guide.

    Raises:
        InputError: a field is missing or malformed, or there is such a guide.
    """
    if id_ in reviews().guides.ids():
        raise InputError(f"there is a guide {id_} already", where="desk", todo="choose another id")
    if type_ not in list(GuideType) or language not in LANGUAGES or not title or not description:
        raise InputError("type, language, title and description are needed", where="desk")
    front = {
        "guide": "piamater-guide/1",
        "id": id_,
        "language": language,
        "title": title,
        "description": description,
        "type": type_,
        "concepts": [],
        "authors": [author],
        "submitted": today.isoformat(),
        "review-due": (today + timedelta(days=365)).isoformat(),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    blocks = [
        f"## {kind.name}: {kind.headings[language]}\n\n{TO_WRITE}\n"
        for kind in block_kinds().values()
        if type_ in kind.required
    ]
    text = "\n".join(["---", *lines, "---", "", *blocks])
    parse_guide(text, name=f"{id_}/{language}.md")
    return text


@needs(WRITING)
@require_POST
def translate(request: HttpRequest, guide: str) -> HttpResponse:
    """Begin a translation: the original's blocks with their citations, pinned, to be put over."""
    try:
        original = reviews().guides.load(guide).original
        language = request.POST.get("language", "")
        if language not in LANGUAGES or language in reviews().guides.load(guide).versions:
            raise InputError(f"{guide} cannot be begun in {language!r}", where="desk")
        text = pin(untranslated(original.text, language), original)
        return _begin(request, guide, language, text)
    except UnknownNameError as error:
        raise Http404(guide) from error
    except PiamaterError as error:
        messages.error(request, str(error))
        return redirect(f"/review/{guide}/")


def untranslated(text: str, language: str) -> str:
    """An original's file as the beginning of a translation: its words, none of its facts."""
    parts = taken_apart(text)
    fields = parts.fields
    kept: dict[str, object] = {
        key: fields[key] for key in ("guide", "id", "title", "description") if key in fields
    }
    front = {**kept, "language": language}
    lines = [f"{key}: {json.dumps(str(value), ensure_ascii=False)}" for key, value in front.items()]
    blocks = tuple(_without_heading(one) for one in parts.blocks)
    head = "\n".join(["---", *lines, "---", "", ""])
    return replace(parts, front=head, lead="", blocks=blocks, tail="").text


def _without_heading(one: BlockText) -> BlockText:
    """A block with the kind's own heading, which every language has."""
    return replace(one, heading="", raw="")


def _begin(request: HttpRequest, id_: str, language: str, text: str) -> HttpResponse:
    path = library().folder / "guides" / id_ / f"{language}.md"
    with library().writing():
        if path.exists():
            raise InputError("the file is there already", where=f"{id_}/{language}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_whole(path, text.encode("utf-8"), mode=0o644)
        except OSError:
            with suppress(OSError):
                path.parent.rmdir()  # no folder without a guide stays behind
            raise
    take_in(request)
    page = GuidePage.objects.get(guide=id_, language=language)
    messages.success(request, f"{id_} ({language}) is begun.")
    return redirect(f"/pages/{page.pk}/edit/")


@needs(STAFF)
@require_safe
def translations(request: HttpRequest, guide: str, language: str) -> HttpResponse:
    """Original and translation side by side, block by block, with what is behind."""
    try:
        held = reviews().guides.load(guide)
    except UnknownNameError as error:
        raise Http404(guide) from error
    text = held.versions.get(language)
    if text is None or not text.is_translation:
        raise Http404(language)
    rows = []
    late = behind(text, held.original)
    for block in held.original.blocks:
        other = text.block(block.id)
        theirs = other.parts if other else ()
        views = [one for one in Audience if any(part.audience is one for part in block.parts)]
        parts = [(str(view), _said(block.parts, view), _said(theirs, view)) for view in views]
        rows.append({"block": block, "other": other, "behind": late.get(block.id), "parts": parts})
    context = {
        "original": held.original,
        "text": text,
        "rows": rows,
        "late": list(late),
        "page": GuidePage.objects.filter(guide=guide, language=language).first(),
        "may_write": may(person_of(request), WRITING),
    }
    return render(request, "desk/translations.html", context)


def _said(parts: Iterable[Part], view: Audience) -> str:
    return "\n\n".join(one.source for one in parts if one.audience is view)


@needs(WRITING)
@require_POST
def pin_translation(request: HttpRequest, guide: str, language: str) -> HttpResponse:
    """Say that a translation now says what its original says."""
    try:
        with library().writing():  # read and written in one: nobody's words come between
            held = reviews().guides.load(guide)
            text = held.versions.get(language)
            if text is None or not text.is_translation:
                raise Http404(language)
            page = GuidePage.objects.filter(guide=guide, language=language).first()
            if page is not None and unwritten(page):
                raise InputError(
                    "the editor holds a draft that the file does not",
                    where=page.file,
                    todo="save it there, then do this again",
                )
            path = held.folder / f"{language}.md"
            write_whole(path, pin(text.text, held.original).encode("utf-8"), mode=0o644)
        take_in(request)
        messages.success(request, "The translation is pinned to the original of today.")
    except UnknownNameError as error:
        raise Http404(guide) from error
    except PiamaterError as error:
        messages.error(request, str(error))
    return redirect(f"/translations/{guide}/{language}/")
