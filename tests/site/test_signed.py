"""Whatever a reader sees of a guide is signed: no edit changes a page and leaves its digests."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from piamater.errors import InputError
from piamater.guides import Edition
from piamater.guides.review import cells
from piamater.site.shelf import Shelf
from piamater.site.state import Site

GUIDES = (
    "lumbar-puncture",
    "methotrexate-intrathecal",
    "example-case-leptomeningeal-neurosarcoidosis",
    "rare-causes-of-leptomeningeal-enhancement",
    "bacterial-meningitis",
)
"""Pictures, tables, doses, a case report with its journal's fields, and every kind of care card."""

COMPUTED = (
    r'<dl class="review.*?</dl>',  # the state itself
    r'<section class="pathway".*?</section>',  # drawn from all guides, and so are its links
    r'<p class="counts">.*?</p>',
    r'<section class="bilingual".*?</section>',  # the other language's words, signed there
    r'<p class="note">[^<]*</p>',  # "behind": the state says so too
    r'"(?:identifier|creativeWorkStatus)":"[^"]*"',
)
"""What stands on a page and is not the guide's own words."""

SIGNS: tuple[str, ...] = (*"aকñ1.,*_[]()#|-:!^`{}<& \\\n", "\n\n")

Edit = Callable[[str, random.Random], str]


def one_sign(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice((*SIGNS, "")) + text[at + chance.randrange(2) :]


def one_word(text: str, chance: random.Random) -> str:
    words = list(re.finditer(r"\w+", text))
    one, other = chance.choice(words), chance.choice(words)
    return text[: one.start()] + other.group() + text[one.end() :]


def one_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    line = lines.pop(chance.randrange(len(lines)))
    if chance.random() < 0.7:
        lines.insert(chance.randrange(len(lines)), line)
    return "\n".join(lines)


def front_line(text: str, chance: random.Random) -> str:
    head, mark, rest = text.partition("\n---\n")
    return one_sign(head, chance) + mark + rest


def target_or_mark(text: str, chance: random.Random) -> str:
    found = list(re.finditer(r"\]\([^)]*\)|\[\^[^\]]*\]|!\[[^\]]*\]|### \w+|\{[^}]*\}", text))
    one, other = chance.choice(found), chance.choice(found)
    return text[: one.start()] + other.group() + text[one.end() :]


EDITS: tuple[Edit, ...] = (one_sign, one_word, one_line, front_line, target_or_mark)


def edited(edition: Edition, chance: random.Random) -> Edition:
    """The edition with one thing changed in a language's file, or in where a quote stands."""
    content: dict[str, Any] = {**edition.content}
    if chance.random() < 0.1:
        evidence = [dict(one) for one in content["evidence"]]
        one = chance.choice(evidence)
        key = chance.choice(["start", "end", "source"])
        one[key] = evidence[0][key] if one is not evidence[0] else evidence[-1][key]
        return replace(edition, content={**content, "evidence": evidence})
    language = chance.choice(list(content["languages"]))
    text = chance.choice(EDITS)(content["languages"][language], chance)
    content["languages"] = {**content["languages"], language: text}
    return replace(edition, content=content)


def shown(site: Site, edition: Edition, language: str, view: str) -> str:
    """A guide's pages in a language and view, without what is computed."""
    site._shelf = Shelf((edition,))
    site._pages.clear()
    pages = [
        Client().get(f"/{language}/guides/{edition.guide}{page}?view={view}").content.decode()
        for page in ("", "/visit", "/print")
    ]
    html = "\n".join(pages)
    for pattern in COMPUTED:
        html = re.sub(pattern, "", html, flags=re.DOTALL)
    return unescape(html)


def signed(edition: Edition, language: str, view: str) -> set[tuple[str, ...]]:
    """The digests of a language and view, each with its place."""
    return {
        (one.block, *one.digests)
        for one in cells(edition)
        if (one.language, one.view) == (language, view)
    }


def unsigned_changes(site: Site, seed: int, times: int) -> Iterator[str]:
    """Edits that change a page and no digest of it."""
    chance = random.Random(seed)
    kept = site.shelf
    before: dict[tuple[str, str, str], str] = {}
    seen = 0
    while seen < times:
        edition = kept.by_id[chance.choice(GUIDES)]
        new = edited(edition, chance)
        try:
            languages = list(new.versions)
        except InputError:
            continue  # the linter and the desk refuse it
        for language in languages:
            view = chance.choice(["patient", "clinical"])
            place = (edition.guide, language, view)
            if place not in before:
                before[place] = shown(site, edition, language, view)
            seen += 1
            if signed(new, language, view) != signed(edition, language, view):
                continue
            now = shown(site, new, language, view)
            if now != before[place]:
                yield f"seed {seed}, {place}: {first_change(before[place], now)}"


def first_change(old: str, new: str) -> str:
    at = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    return f"{old[at - 80 : at + 60]!r} became {new[at - 80 : at + 60]!r}"


@pytest.fixture
def still(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site, on a shelf that only this test changes."""
    _ = site.shelf
    monkeypatch.setattr(Site, "_look", lambda self: None)
    return site


def test_no_edit_changes_a_page_and_leaves_its_digests(still: Site) -> None:
    assert list(unsigned_changes(still, 7, 150)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 26))
def test_none_of_many_edits_does(still: Site, seed: int) -> None:
    assert list(unsigned_changes(still, seed, 800)) == []
