"""The digest's forms, each in the reader's language: plain text, HTML for a mail, an Atom feed.

The feed follows RFC 4287.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from piamater.errors import InputError
from piamater.exchange.digest import Digest, QuestionsWaiting, ReviewWaiting, days_since
from piamater.exchange.digest_words import counted, digits, known, said

_ATOM = "http://www.w3.org/2005/Atom"
_GENERATOR = "Piamater digest"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that waits: what readers of the digest see, and where they find it."""

    group: str
    text: str
    address: str = ""


def lines(found: Digest, language: str = "en", *, ages: bool = True) -> Iterator[Line]:
    """What waits, one thing a line; ``ages`` tells days since, else the day itself."""
    for one in found.questions:
        text = said(one.state, language, one.count)
        text += said("danger", language, one.urgent) if one.urgent else ""
        text += said("late", language, one.late) if one.late else ""
        yield Line(said("questions", language), f"{text}; {_age(one, found, language, ages)}")
    for (guide, why, due), some in _by_guide(found).items():
        until = said("due", language, day=due) if due else ""
        names = ", ".join(one.language for one in some)
        text = f"{guide} ({names}): {_word(why, language)}{until}"
        yield Line(said("reviews", language), text, some[0].address)
    for watched in found.watch:
        kinds = ", ".join(
            f"{_word(kind, language)} {digits(count, language)}"
            for kind, count in watched.why.items()
        )
        text = f"{watched.guide}: {counted('document', language, watched.count)} ({kinds})"
        yield Line(said("evidence", language), text, watched.address)
    for problem in found.problems:
        yield Line(said("unread", language), problem)


def _age(one: QuestionsWaiting, found: Digest, language: str, ages: bool) -> str:
    if not ages:
        return said("oldest_since", language, day=one.oldest)
    days = days_since(one.oldest, found.on)
    return counted("oldest", language, days) or said("oldest_today", language)


def _word(key: str, language: str) -> str:
    """A reason in the reader's language; as it is where nobody has written it."""
    return said(key, language) if known(key) else key


def _by_guide(found: Digest) -> dict[tuple[str, str, str], list[ReviewWaiting]]:
    """The reviews that wait for the same reason, a guide's languages together."""
    grouped: dict[tuple[str, str, str], list[ReviewWaiting]] = {}
    for one in found.reviews:
        grouped.setdefault((one.guide, one.why, one.due), []).append(one)
    return grouped


def subject(found: Digest, language: str = "en") -> str:
    """The subject of the mail: counts alone, danger signs first."""
    asked = sum(one.count for one in found.questions)
    parts = [
        said("subject_urgent", language, found.urgent) if found.urgent else "",
        counted("subject_question", language, asked),
        counted("subject_review", language, len(_by_guide(found))),
        counted("subject_watch", language, len(found.watch)),
        said("subject_problem", language) if found.problems else "",
    ]
    what = ", ".join(one for one in parts if one) or said("nothing", language)
    return f"{' '.join(found.library.split())}: {what}"


def as_text(found: Digest, language: str = "en", *, stop: bool = False) -> str:
    """The digest as plain text; ``stop`` says how to get no more of it."""
    out = [subject(found, language), said("as_of", language, day=found.on)]
    group = ""
    for one in lines(found, language):
        if one.group != group:
            group = one.group
            out += ["", group]
        out.append(f"- {one.text}" + (f" {one.address}" if one.address else ""))
    out += ["", *_commands(found)]
    out += ["", said("stop", language)] if stop else []
    return "\n".join(out).rstrip() + "\n"


def _commands(found: Digest) -> Iterator[str]:
    """The commands that show more, on the library's own machine."""
    if found.questions:
        yield "piamater questions list"
    if found.reviews:
        yield "piamater review queue"
    if found.watch:
        yield "piamater watch"


_STYLE = (
    "body{font:1em/1.5 sans-serif;max-width:42em;margin:1em auto;padding:0 1em;color:#1a1a1a;"
    "background:#fff}h1{font-size:1.3em}h2{font-size:1.05em;margin:1.2em 0 .3em}"
    "ul{margin:0;padding-left:1.2em}li{margin:.3em 0}.small{color:#555;font-size:.9em}"
)


def as_html(found: Digest, language: str = "en", *, stop: bool = False) -> str:
    """The digest as a page that loads nothing; ``stop`` as in ``as_text``."""
    title = escape(subject(found, language))
    day = escape(said("as_of", language, day=found.on))
    out = [f'<h1>{title}</h1><p class="small">{day}</p>']
    group = ""
    for one in lines(found, language):
        if one.group != group:
            out.append(("</ul>" if group else "") + f"<h2>{escape(one.group)}</h2><ul>")
            group = one.group
        text = escape(one.text)
        if one.address:
            text = f'<a href="{escape(one.address)}">{text}</a>'
        out.append(f"<li>{text}</li>")
    out.append("</ul>" if group else "")
    out += [f'<p class="small"><code>{escape(one)}</code></p>' for one in _commands(found)]
    out += [f'<p class="small">{escape(said("stop", language))}</p>'] if stop else []
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{''.join(out)}</body></html>"
    )


def as_feed(
    found: Digest,
    home: str,
    before: bytes = b"",
    now: datetime | None = None,
    language: str = "en",
) -> bytes:
    """The digest as an Atom feed; what stood in the feed ``before`` keeps its moment.

    ``home`` is the library's address, or its name where it has none.

    Raises:
        InputError: ``before`` is no feed of a digest.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    known = _moments(before) if before else {}
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    name = f"urn:uuid:{uuid5(NAMESPACE_URL, home)}"
    entries = [
        (f"urn:uuid:{uuid5(NAMESPACE_URL, f'{home} {one.group} {one.text}')}", one)
        for one in lines(found, language, ages=False)
    ]
    same = {id_ for id_, _ in entries} == known.keys() - {name}
    _add(root, "id", name)
    _add(root, "title", f"{' '.join(found.library.split())}: {said('what_waits', language)}")
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
