"""HTML: one file that shows each page with its findings beside it.

It needs no network and no script: severities are shown and hidden by style sheet, marks and
findings are linked both ways. Pages without findings are listed, not shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import TypeVar

from piamater.checks.engine import Checked
from piamater.checks.places import Places
from piamater.checks.report.common import (
    SEVERITIES,
    clean,
    counted,
    named,
    plural,
    read_as,
    rule_of,
    rule_page,
    summary,
)
from piamater.checks.rule import Finding
from piamater.text import Passage

_BANGLA = re.compile(
    r"[\u0980-\u09ff][\u0980-\u09ff\u200c\u200d\s।,.;:()\d-]*[\u0980-\u09ff।]|[\u0980-\u09ff]"
)
_BLOCK = re.compile(r"[^\n]+")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
NAMES = {"error": "Errors", "warning": "Warnings", "info": "Notes"}


def html_report(some: Sequence[Checked]) -> str:
    """The report as one standalone HTML file."""
    numbered = enumerate(_numbered(some))
    style = files("piamater.checks.report").joinpath("report.css").read_text("utf-8")
    title = f"Checked: {_named(some)}"
    body = "".join(
        [
            _top(some, title),
            "<main id=main>",
            _pages_table(some) if len(some) > 1 else "",
            _rules_table(some),
            *(_page(number, one, first) for number, (one, first) in numbered if one.findings),
            "</main>",
        ]
    )  # fmt: skip
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _numbered(some: Sequence[Checked]) -> Iterator[tuple[Checked, int]]:
    """Each page with the number of its first finding; numbers run through the report."""
    number = 1
    for one in some:
        yield one, number
        number += len(one.findings)


def _named(some: Sequence[Checked]) -> str:
    return named(some[0].page) if len(some) == 1 else plural(len(some), "page")


def _text(text: str) -> str:
    """Text escaped, its Bangla marked as such."""
    parts, at = [], 0
    for match in _BANGLA.finditer(text := clean(text)):
        parts += [escape(text[at : match.start()]), f'<span lang="bn">{escape(match[0])}</span>']
        at = match.end()
    return "".join((*parts, escape(text[at:])))


def _top(some: Sequence[Checked], title: str) -> str:
    counts = counted(some)
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{one}" checked> '
        f"{NAMES[one]} <b>{counts[one]}</b></label>"
        for one in SEVERITIES
    )
    return (
        '<a class="skip" href="#main">To the findings</a>'
        f'<header><h1>{_text(title)}</h1><p class="sum">{_text(summary(some))}</p>'
        f'<p class="sum">{_text(read_as(some))}</p>'
        f"<fieldset class=show><legend>Show</legend>{boxes}</fieldset></header>"
    )


def _pages_table(some: Sequence[Checked]) -> str:
    rows = []
    for number, one in enumerate(some):
        counts = Counter(each.severity for each in one.findings)
        name = _text(named(one.page))
        linked = f'<a href="#page-{number}">{name}</a>' if one.findings else name
        cells = "".join(f"<td>{counts[each]}</td>" for each in SEVERITIES)
        rows.append(f'<tr><th scope="row">{linked}</th>{cells}</tr>')
    heads = "".join(f'<th scope="col">{NAMES[one]}</th>' for one in SEVERITIES)
    return (
        '<section><h2 id="pages">Pages</h2>'
        '<div class="wide" tabindex="0" role="region" aria-label="Findings by page">'
        f'<table><thead><tr><th scope="col">Page</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _rules_table(some: Sequence[Checked]) -> str:
    found: dict[str, list[Finding]] = {}
    for one in some:
        for each in one.findings:
            found.setdefault(each.rule, []).append(each)
    if not found:
        return ""
    rows = "".join(_rule_row(found[rule]) for rule in sorted(found))
    return (
        '<section><h2 id="rules">Findings by rule</h2>'
        '<div class="wide" tabindex="0" role="region" aria-label="Findings by rule">'
        '<table class="rules"><thead><tr><th scope="col">Rule</th><th scope="col">Findings</th>'
        '<th scope="col">What it says, and why</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _rule_row(some: Sequence[Finding]) -> str:
    first = some[0]
    rule = rule_of(first)
    said = ""
    if rule is not None:
        address = rule_page(rule)
        link = f' <a href="{escape(address)}" rel="noreferrer">Why {rule.id}</a>' if address else ""
        said = f"{_text(rule.summary)} {_text(rule.reason)}{link}"
    kinds = " ".join(f"f-{one}" for one in dict.fromkeys(each.severity for each in some))
    return (
        f'<tr class="{kinds}" id="rule-{escape(first.rule)}"><th scope="row">{_text(first.rule)} '
        f"<span class=name>{_text(first.name)}</span></th><td>{len(some)}</td><td>{said}</td></tr>"
    )


def _page(number: int, checked: Checked, first: int) -> str:
    places = Places(checked.page)
    numbers = {one: first + at for at, one in enumerate(checked.findings)}
    whole = [one for one in checked.findings if one.start >= one.end]
    head = f'<h2 id="page-{number}">{_text(named(checked.page))}</h2>'
    about = ""
    if whole:
        about = f"<h3>About the whole page</h3>{_notes(whole, numbers, places)}"
    blocks = [(one.start(), one.end()) for one in _BLOCK.finditer(checked.page.text)]
    passages = sorted(checked.page.document.passages, key=lambda one: one.start)
    beside = zip(blocks, _within(blocks, checked.findings), _within(blocks, passages), strict=True)
    heads = {one.start for one in checked.page.document.sections if one.heading}
    rows = "".join(
        _row(
            block, block[0] in heads, over, _spoken(block, said), checked.page.text, numbers, places
        )
        for block, over, said in beside
    )
    return (
        f'<section class="page">{head}{about}'
        f'<h3 class="skip-print">The text</h3><div class="text">{rows}</div></section>'
    )


Span = TypeVar("Span", Finding, Passage)


def _within(stretches: Sequence[tuple[int, int]], some: Sequence[Span]) -> Iterator[list[Span]]:
    """For each of some stretches, in order, what reaches into it of others, in theirs."""
    open_: list[Span] = []
    at = 0
    for start, end in stretches:
        open_ = [one for one in open_ if one.end > start]
        while at < len(some) and some[at].start < end:
            if some[at].end > start:
                open_.append(some[at])
            at += 1
        yield list(open_)


def _row(
    block: tuple[int, int],
    heading: bool,
    over: Sequence[Finding],
    spoken: Sequence[tuple[int, int, str]],
    text: str,
    numbers: dict[Finding, int],
    places: Places,
) -> str:
    """A block of the text beside the findings that begin in it."""
    here = [one for one in over if one.start >= block[0] and one.start < one.end]
    said = _said(block, over, spoken, text, numbers)
    notes = _notes(here, numbers, places) if here else ""
    kind = "said head" if heading else "said"
    return f'<div class="row"><p class="{kind}">{said}</p>{notes}</div>\n'


def _said(
    block: tuple[int, int],
    over: Sequence[Finding],
    spoken: Sequence[tuple[int, int, str]],
    text: str,
    numbers: dict[Finding, int],
) -> str:
    """The words of a block, cut wherever a finding or a language begins or ends."""
    start, end = block
    cuts = {start, end}
    for low, high in [*((one.start, one.end) for one in over), *(one[:2] for one in spoken)]:
        cuts |= {max(start, low), min(end, high)}
    pieces = list(pairwise(sorted(cuts)))
    parts, tongues = [], 0
    for (low, high), cover in zip(pieces, _within(pieces, over), strict=True):
        while tongues < len(spoken) and spoken[tongues][1] <= low:
            tongues += 1
        inside = tongues < len(spoken) and spoken[tongues][0] <= low
        tongue = spoken[tongues][2] if inside else ""
        begins = [one for one in cover if max(start, one.start) == low]
        parts.append(_piece(text[low:high], cover, begins, tongue, numbers, start))
    return "".join(parts)


def _spoken(block: tuple[int, int], some: Sequence[Passage]) -> list[tuple[int, int, str]]:
    """The passages of a block, with their languages."""
    return [
        (max(block[0], one.start), min(block[1], one.end), one.language)
        for one in some
        if one.language != "und"
    ]


def _piece(
    text: str,
    cover: Sequence[Finding],
    begins: Sequence[Finding],
    tongue: str,
    numbers: dict[Finding, int],
    block: int,
) -> str:
    words = escape(clean(text)) if tongue else _text(text)
    lang = f' lang="{escape(tongue)}"' if tongue and tongue != "en" else ""
    if not cover:
        return f"<span{lang}>{words}</span>" if lang else words
    links = "".join(
        f'<a class="to f-{one.severity}" id="m{numbers[one]}" '
        f'href="#f{numbers[one]}">{numbers[one]}</a>'
        if one.start >= block
        else ""
        for one in begins
    )
    kinds = " ".join(f"s-{one}" for one in SEVERITIES if any(one == c.severity for c in cover))
    return f'{links}<mark class="{kinds}"{lang}>{words}</mark>'


def _notes(some: Sequence[Finding], numbers: dict[Finding, int], places: Places) -> str:
    return f"<ul class=notes>{''.join(_note(one, numbers[one], places) for one in some)}</ul>"


def _note(one: Finding, number: int, places: Places) -> str:
    back = f"<b>{number}</b>"
    if one.end > one.start:
        back = f'<a class=back href="#m{number}">{number}</a>'
    more = f"<p class=help>{_text(one.suggestion)}</p>" if one.suggestion else ""
    line = f" · line {places.line(one.start)}" if one.end > one.start else ""
    return (
        f'<li class="f-{one.severity}" id="f{number}"><p class=what>{back} '
        f"<b class=severity>{one.severity}</b> "
        f'<a href="#rule-{escape(one.rule)}">{_text(one.rule)}</a> '
        f"{_text(one.name)}{line}</p><p>{_text(one.message)}</p>{more}</li>"
    )
