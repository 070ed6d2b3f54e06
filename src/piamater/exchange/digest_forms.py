"""The digest's forms: plain text, HTML for a mail, and an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from piamater.errors import InputError
from piamater.exchange.digest import Digest, ReviewWaiting, days_since

_ATOM = "http://www.w3.org/2005/Atom"
_GENERATOR = "Piamater digest"
_STATES = {
    "new": "new, given to nobody",
    "assigned": "given to somebody, no draft yet",
    "drafted": "drafted, not answered",
    "answered": "answered, to be signed by a second person",
}
_WHYS = {
    "overdue": "its review is overdue",
    "moved": "the evidence under it changed",
    "lapsed": "its approval lapsed",
    "review": "to be reviewed and signed",
    "submit": "nobody has put its words forward for review",
    "due-soon": "its review is due soon",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that waits: what readers of the digest see, and where they find it."""

    group: str
    text: str
    address: str = ""


def lines(found: Digest, *, ages: bool = True) -> Iterator[Line]:
    """What waits, one thing a line; ``ages`` tells days since, else the day itself."""
    for one in found.questions:
        days = _many(days_since(one.oldest, found.on), "day", "days") or "less than a day"
        age = f"the oldest for {days}" if ages else f"the oldest since {one.oldest}"
        urgent = f", {one.urgent} with a danger sign" if one.urgent else ""
        yield Line("Questions", f"{one.count} {_STATES[one.state]}{urgent}; {age}")
    for (guide, why, due), some in _by_guide(found).items():
        until = f", due {due}" if due else ""
        names = ", ".join(one.language for one in some)
        yield Line("Reviews", f"{guide} ({names}): {_WHYS.get(why, why)}{until}", some[0].address)
    for watched in found.watch:
        kinds = ", ".join(f"{kind} {count}" for kind, count in watched.why.items())
        yield Line(
            "Evidence",
            f"{watched.guide}: {_many(watched.count, 'document', 'documents')} ({kinds})",
            watched.address,
        )
    for problem in found.problems:
        yield Line("Could not be read", problem)


def _by_guide(found: Digest) -> dict[tuple[str, str, str], list[ReviewWaiting]]:
    """The reviews that wait for the same reason, a guide's languages together."""
    grouped: dict[tuple[str, str, str], list[ReviewWaiting]] = {}
    for one in found.reviews:
        grouped.setdefault((one.guide, one.why, one.due), []).append(one)
    return grouped


def _many(count: int, one: str, more: str) -> str:
    """A count with its word; empty for none."""
    return f"{count} {one if count == 1 else more}" if count else ""


def subject(found: Digest) -> str:
    """The subject of the mail: counts alone, danger signs first."""
    asked = sum(one.count for one in found.questions)
    parts = [
        f"{found.urgent} urgent" if found.urgent else "",
        _many(asked, "question", "questions"),
        _many(len(_by_guide(found)), "guide to review", "guides to review"),
        _many(len(found.watch), "guide with new evidence", "guides with new evidence"),
        "something cannot be read" if found.problems else "",
    ]
    what = ", ".join(one for one in parts if one) or "nothing waits"
    return f"{' '.join(found.library.split())}: {what}"


def as_text(found: Digest) -> str:
    """The digest as plain text."""
    out = [subject(found), f"as of {found.on}"]
    group = ""
    for one in lines(found):
        if one.group != group:
            group = one.group
            out += ["", group]
        out.append(f"- {one.text}" + (f" {one.address}" if one.address else ""))
    return "\n".join([*out, "", *_commands(found)]).rstrip() + "\n"


def _commands(found: Digest) -> Iterator[str]:
    """The commands that show more, on the library's own machine."""
    if found.questions:
        yield "piamater questions list"
    if found.reviews:
        yield "piamater review queue"
    if found.watch:
        yield "piamater watch"


def as_html(found: Digest) -> str:
    """The digest as a page that loads nothing."""
    out = [f"<h1>{escape(subject(found))}</h1><p>as of {escape(found.on)}</p>"]
    group = ""
    for one in lines(found):
        if one.group != group:
            out.append(("</ul>" if group else "") + f"<h2>{escape(one.group)}</h2><ul>")
            group = one.group
        text = escape(one.text)
        if one.address:
            text = f'<a href="{escape(one.address)}">{text}</a>'
        out.append(f"<li>{text}</li>")
    out.append("</ul>" if group else "")
    out += [f"<p><code>{escape(one)}</code></p>" for one in _commands(found)]
    title = escape(subject(found))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{''.join(out)}</body></html>"
    )


def as_feed(found: Digest, home: str, before: bytes = b"", now: datetime | None = None) -> bytes:
    """The digest as an Atom feed; what stood in the feed ``before`` keeps its moment.

    ``home`` is the library's address, or its name where it has none.

    Raises:
        InputError: ``before`` is no feed of a digest.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    known = _moments(before) if before else {}
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    name = f"urn:uuid:{uuid5(NAMESPACE_URL, home)}"
    entries = [
        (f"urn:uuid:{uuid5(NAMESPACE_URL, f'{home} {one.group} {one.text}')}", one)
        for one in lines(found, ages=False)
    ]
    same = {id_ for id_, _ in entries} == known.keys() - {name}
    _add(root, "id", name)
    _add(root, "title", f"{' '.join(found.library.split())}: what waits")
    _add(root, "updated", known.get(name, moment) if same else moment)
    _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", found.library)
    _add(root, "generator", _GENERATOR)
    for id_, one in entries:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, "id", id_)
        _add(entry, "title", f"{one.group}: {one.text}")
        _add(entry, "updated", known.get(id_, moment))
        _add(entry, "content", one.text)
        if one.address:
            etree.SubElement(entry, f"{{{_ATOM}}}link", href=one.address)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return data


def _add(parent: etree._Element, name: str, text: str) -> None:
    allowed = "".join(one for one in text if one.isprintable())
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = allowed


def _moments(data: bytes) -> dict[str, str]:
    """When each entry of an earlier feed, and the feed itself, was updated, by id."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            "the file is there and is no feed of this digest", where="--feed", todo="name another"
        ) from error
    if root.findtext(f"{{{_ATOM}}}generator") != _GENERATOR:
        raise InputError(
            "the file is there and is no feed of this digest", where="--feed", todo="name another"
        )
    return {
        str(one.findtext(f"{{{_ATOM}}}id")): str(one.findtext(f"{{{_ATOM}}}updated"))
        for one in (root, *root.iterfind(f"{{{_ATOM}}}entry"))
    }
