"""The desk's log, for administrators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from piamater.desk import audit
from piamater.desk.people import needs

SHOWN = 300
"""Lines that the page shows; ``piamater desk log`` gives all."""


@needs(frozenset({"administrator"}))
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest lines, of one person or one act where it is asked for."""
    person = request.GET.get("person", "").strip()
    act = request.GET.get("act", "")
    lines = audit.read(act=act, person=person, most=SHOWN)
    context = {
        "lines": [_told(one) for one in reversed(lines)],
        "acts": audit.ACTS,
        "act": act,
        "person": person,
        "shown": SHOWN,
    }
    return render(request, "desk/log.html", context)


def _told(line: dict[str, object]) -> dict[str, object]:
    """A line with what its act says in words, and the rest of it."""
    known = ("at", "act", "by", "address", "person")
    rest = "; ".join(f"{key} {value}" for key, value in line.items() if key not in known)
    return {**line, "told": audit.ACTS.get(str(line.get("act")), ""), "rest": rest}
