"""The cover: each criterion of two standards, what speaks to it here, and what is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from piamater import __version__
from piamater.exchange.quality import html
from piamater.exchange.quality.facts import Evidence
from piamater.exchange.quality.policies import Own, expected

NOTHING = "<p>Nothing that the library can tell.</p>\n"

FILES = {
    "policies/review-policy.md": "the review policy in force, in words",
    "policies/review-policy.toml": "the same as settings",
    "policies/questions-policy.md": "how readers' questions are dealt with, in words",
    "review-log.csv": "every entry of the review ledger",
    "people.csv": "who takes part, with credentials",
    "guides.csv": "every guide and language: review, dates, statements, sources, reading measure",
    "sources.csv": "every source: kind, standing, review date, licence, the guides that cite it",
    "questions.csv": "readers' questions, counted by month and state",
    "findings.csv": "what the checks find in published guides",
    "samples/index.html": "three guides as readers have them",
    "proof.txt": "the proof that reviews, editions and quotes are as they were signed",
    "doctor.json": "the check of the whole library",
}
"""The files of an export beside the cover, with what each is."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a standard asks, in own words, and the keys of what speaks to it."""

    number: str
    name: str
    asks: str
    shows: tuple[str, ...]
    figures: tuple[str, ...]
    gaps: tuple[str, ...]
    policies: tuple[str, ...]
    beyond: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard, where and when it was looked up, and what of it was not seen."""

    id: str
    name: str
    by: str
    address: str
    dated: str
    looked_up: str
    unseen: str
    criteria: tuple[Criterion, ...]


@cache
def standards() -> tuple[Standard, ...]:
    """The standards of the data file."""
    text = (files("piamater.exchange.quality") / "data" / "criteria.toml").read_text("utf-8")
    return tuple(_standard(one) for one in tomllib.loads(text)["standard"])


def _standard(form: dict[str, Any]) -> Standard:
    form = dict(form)
    keys = ("shows", "figures", "gaps", "policies")
    criteria = tuple(
        Criterion(**{"beyond": "", **one, **{key: tuple(one.get(key, ())) for key in keys}})
        for one in form.pop("criterion")
    )
    return Standard(**form, criteria=criteria)


def cover(it: Evidence, own: Own, figures: Mapping[str, str], gaps: Mapping[str, str]) -> bytes:
    """The page ``index.html``."""
    name = it.library.settings.name
    body = (
        f"<h1>Quality evidence: {html.text(name)}</h1>\n"
        f"<p>Computed from the library on {it.library.today} by Piamater {__version__}. It maps "
        "what two British standards for health information ask to what this library can show. It "
        "is no certificate, and nobody has assessed it.</p>\n"
        + _missing(it, own, gaps)
        + "".join(_standard_part(one, own, figures, gaps) for one in standards())
        + _files(own)
        + _about()
    )
    return html.page(f"Quality evidence: {name}", body)


def _missing(it: Evidence, own: Own, gaps: Mapping[str, str]) -> str:
    told = [html.text(one) for one in missing(own, gaps)]
    wrong = [html.text(one) for one in it.problems]
    out = '<section class="lacks">\n<h2>What is missing</h2>\n'
    out += html.items(told) or NOTHING
    if wrong:
        out += f"<h3>What is wrong</h3>\n{html.items(wrong)}"
    return out + "</section>\n"


def missing(own: Own, gaps: Mapping[str, str]) -> list[str]:
    """All that is lacking, in sentences: what the library shows, then the absent policies."""
    absent = [
        f"No file policies/{one.names[0]}: {one.title.lower()} ({one.says})." for one in own.missing
    ]
    return [*gaps.values(), *absent]


def _standard_part(
    standard: Standard, own: Own, figures: Mapping[str, str], gaps: Mapping[str, str]
) -> str:
    rows = "".join(
        f"<section>\n<h3>{html.text(one.number)}. {html.text(one.name)}</h3>\n"
        f"<p>{html.text(one.asks)}</p>\n"
        f'<div class="sides"><div><h4>What is here</h4>\n{_here(one, own, figures)}</div>\n'
        f"<div><h4>What is missing</h4>\n{_lacks(one, own, gaps)}</div></div>\n</section>\n"
        for one in standard.criteria
    )
    return (
        f'<section>\n<h2 id="{standard.id}">{html.text(standard.name)}</h2>\n'
        f"<p>{html.text(standard.by)}. {html.link(standard.address)}; {html.text(standard.dated)}; "
        f"looked up {standard.looked_up}. {html.text(standard.unseen)}</p>\n"
        f"<p>What each criterion asks stands here in our own words.</p>\n{rows}</section>\n"
    )


def _here(one: Criterion, own: Own, figures: Mapping[str, str]) -> str:
    written = [name for key in one.policies for name in own.found.get(key, ())]
    return (
        html.items([html.link(name) for name in (*one.shows, *written)])
        + "".join(f"<p>{html.text(figures[key])}</p>\n" for key in one.figures)
        or "<p>Nothing.</p>\n"
    )


def _lacks(one: Criterion, own: Own, gaps: Mapping[str, str]) -> str:
    titles = {each.id: each.title for each in own.missing}
    told = [
        *(gaps[key] for key in one.gaps if key in gaps),
        *(f"No file on: {titles[key].lower()}." for key in one.policies if key in titles),
        *([one.beyond] if one.beyond else []),
    ]
    return html.items([html.text(each) for each in told]) or NOTHING


def _files(own: Own) -> str:
    listed = [f"{html.link(name)}: {html.text(what)}" for name, what in FILES.items()]
    left = [f"{html.text(name)}: {html.text(why)}" for name, why in own.left_out.items()]
    return (
        "<section>\n<h2>All files</h2>\n"
        + html.items(listed)
        + "<h3>Policies and notes that the organisation wrote</h3>\n"
        + (html.items([html.link(name) for name in own.taken]) or "<p>None.</p>\n")
        + (f"<h3>Left out of its folder</h3>\n{html.items(left)}" if left else "")
        + "</section>\n"
    )


def _about() -> str:
    return (
        "<section>\n<h2>How to read this</h2>\n"
        "<p>Tables are CSV in UTF-8. A cell that a spreadsheet would take for a formula has an "
        "apostrophe before it. States are computed on the day above, from the signatures, the "
        "words, the evidence and the date. <em>Submitted</em>: nobody has begun to review it. "
        "<em>Under review</em>: not everything is signed. <em>Lapsed</em>: it was approved, and "
        "something under it has changed.</p>\n"
        "<p>Nothing of what readers asked is here but counts. The names are those that the review "
        "ledger publishes. Proof and findings can be computed again with <code>piamater review "
        "verify</code> and <code>piamater check</code>.</p>\n</section>\n"
    )


def unknown_keys(figures: Collection[str], gaps: Collection[str]) -> list[str]:
    """The keys of the data file that mean nothing; the tests hold this empty."""
    policies = {one.id for one in expected()}
    return [
        f"{standard.id} {one.number}: {key}"
        for standard in standards()
        for one in standard.criteria
        for keys, known in (
            (one.figures, figures),
            (one.gaps, gaps),
            (one.policies, policies),
            (one.shows, FILES),
        )
        for key in keys
        if key not in known
    ]
