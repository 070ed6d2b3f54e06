"""A written reference against the record behind its identifier."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from piamater.checks import page_from_text
from piamater.checks.bibliography import (
    Known,
    compare,
    known_from_csl,
    looking_up,
    lookup_in,
    read_bibliography,
    written,
    years,
)
from piamater.checks.ev.ev015_wrong_reference import RULE
from piamater.errors import InputError

Data = Callable[[str], Path]
GLASS = Known(
    "doi:10.1212/wnl.29.10.1369",
    "Malignant cells in cerebrospinal fluid (CSF): the meaning of a positive CSF cytology",
    ("Glass", "Melamed", "Chernik"),
    1979,
)


def said(node: Any, path: str) -> str:
    return " ".join(str(node.xpath(f"string({path})")).split())


def records(folder: Path) -> Iterator[dict[str, Any]]:
    """The structured references of the articles: title, authors, year, journal and identifier."""
    parser = etree.XMLParser(recover=True, load_dtd=False, no_network=True, resolve_entities=False)
    for file in sorted(folder.glob("*.nxml")):
        for ref in etree.parse(str(file), parser).iter("ref"):
            one = {
                "title": said(ref, ".//article-title"),
                "author": [
                    {"family": said(name, "surname"), "given": said(name, "given-names")}
                    for name in ref.iter("name")
                ],
                "issued": "".join(re.findall(r"\d{4}", said(ref, ".//year"))[:1]),
                "container-title": said(ref, ".//source"),
                "PMID": said(ref, ".//pub-id[@pub-id-type='pmid']"),
                "DOI": said(ref, ".//pub-id[@pub-id-type='doi']").lower(),
            }
            if one["title"] and one["author"] and one["issued"] and (one["PMID"] or one["DOI"]):
                yield one


def distinct(folder: Path) -> list[dict[str, Any]]:
    held: dict[str, dict[str, Any]] = {}
    for one in records(folder):
        held.setdefault(str(one["PMID"] or one["DOI"]), one)
    return list(held.values())


def vancouver(one: dict[str, Any]) -> str:
    names = [f"{a['family']} {a['given'][:1]}".strip() for a in one["author"]]
    some = ", ".join(names[:3]) + (", et al" if len(names) > 3 else "")
    return f"{some}. {one['title'].rstrip('.')}. {one['container-title']}. {one['issued']};12:3-9."


def harvard(one: dict[str, Any]) -> str:
    first = one["author"][0]["family"] + (" et al." if len(one["author"]) > 1 else "")
    return f"{first} ({one['issued']}) {one['title'].title()}, {one['container-title']}"


def pdq(one: dict[str, Any]) -> str:
    first = one["author"][0]
    return (
        f"{first['family']} {first['given']}, et al.: {one['title']}. {one['container-title']} "
        f"33 (4): 101-9, {one['issued']}."
    )


def short(one: dict[str, Any]) -> str:
    """The subtitle dropped, as hasty writers do."""
    title = re.split(r"[:?] ", one["title"])[0]
    return f"{one['author'][0]['family']} et al. {title}. {one['container-title']}, {one['issued']}"


STYLES = (vancouver, harvard, pdq, short)


def planted(some: list[dict[str, Any]], rng: random.Random) -> set[int]:
    """A hundred of the records that get the identifier of their neighbour in the list."""
    return set(rng.sample(range(len(some)), 100))


def test_of_five_hundred_real_records_a_hundred_wrong_ones_are_found(data: Data) -> None:
    pool = distinct(data("jats"))
    rng = random.Random(20261121)
    start = rng.randrange(len(pool) - 500)
    some = pool[start : start + 500]  # neighbours: works on one subject, cited by one article
    wrong = planted(some, rng)
    lookup = lookup_in(some)
    lines = []
    for number, one in enumerate(some):
        source = some[(number + 1) % len(some)] if number in wrong else one
        name = f"PMID: {source['PMID']}" if source["PMID"] else f"https://doi.org/{source['DOI']}"
        lines.append(f"{number + 1}. {STYLES[number % 4](one)} {name}")
    text = "# Meningitis\n\nIt is rare.[1]\n\n## References\n\n" + "\n".join(lines) + "\n"
    page = page_from_text(text)
    with looking_up(lookup):
        found = {int(re.match(r"\D*(\d+)", hit.message)[1]) - 1 for hit in RULE.page(page)}  # type: ignore[index, misc]
    sys.stdout.write(
        f"{len(found & wrong)} of {len(wrong)} wrong references found, {len(found - wrong)} false"
    )
    assert len(page.entries) == 500
    assert len(found & wrong) >= 97
    assert len(found - wrong) <= 3


PDQ = re.compile(
    r"^(?P<authors>[^:]+?)(?:, et al)?\.?: (?P<title>.+?[.?!]) (?P<rest>[^.]*\d.*?, (?P<year>\d{4})\.)"
)


def test_references_as_publishers_wrote_them_agree_with_records_from_elsewhere(data: Data) -> None:
    """PDQ's own words for a work against the record that a journal article has of it."""
    from piamater.checks.opening import open_page

    known = {str(one["PMID"]): known_from_csl(one) for one in distinct(data("jats")) if one["PMID"]}
    seen: dict[str, set[str]] = {}
    for path in sorted(data("nci_pdq").glob("*.html")):
        for page in open_page(path):
            for entry in page.entries:
                if entry.pmid:
                    seen.setdefault(entry.pmid, set()).add(entry.text)
    pairs = [(text, known[pmid]) for pmid in seen if pmid in known for text in seen[pmid]]
    false = [(text, one) for text, one in pairs if compare(text, one)]
    parsed: dict[str, Known] = {}
    for pmid, texts in seen.items():
        for text in texts:
            if match := PDQ.match(text):
                families = tuple(one.split()[0] for one in match["authors"].split(", "))
                parsed.setdefault(pmid, Known(pmid, match["title"], families, int(match["year"])))
    names = sorted(parsed)
    rng = random.Random(7)
    others = [(next(iter(seen[one])), parsed[rng.choice(names)]) for one in names]
    missed = [1 for text, one in others if one.title not in text and not compare(text, one)]
    sys.stdout.write(
        f"{len(pairs)} references in both collections, {len(false)} false; "
        f"{len(others)} given another's record, {len(missed)} missed\n"
    )
    assert not false
    assert len(missed) <= len(others) * 0.03


def test_small_differences_are_no_other_work() -> None:
    for text in (
        "Glass JP, Melamed M, Chernik NL, Posner JB. Malignant cells in cerebrospinal fluid (CSF): "
        "the meaning of a positive CSF cytology. Neurology 1979;29:1369-75.",
        "Glas JP et al. Malignant cells in cerebrospinal fluid. Neurology. 1980",
        "GLASS (1979) MALIGNANT CELLS IN CEREBROSPINAL FLUID (CSF)",
        "https://doi.org/10.1212/WNL.29.10.1369",
    ):
        assert compare(text, GLASS) is None


def test_another_work_is_told_with_what_differs() -> None:
    found = compare(
        "Chamberlain M. Leptomeningeal metastases: a RANO proposal. Neuro-Oncology 2017.", GLASS
    )
    assert found is not None
    assert found.certain
    assert found.parts == "title, authors, year"


def test_the_day_of_access_is_not_the_year_of_the_work() -> None:
    text = "3. WHO. Meningitis. 2019. https://who.int/2021/x Accessed 4 May 2024."
    assert years(text) == (2019,)
    assert written(text) == "WHO. Meningitis. 2019"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps([{"title": "A work on fits", "DOI": "10.1000/1", "issued": "1999"}])),
        ("a.ris", "TY  - JOUR\nTI  - A work on fits\nDO  - 10.1000/1\nPY  - 1999\nER  - \n"),
        ("a.bib", "@article{a, title={A work on {fits}}, doi={10.1000/1}, year={1999}}\n"),
    ],
)
def test_a_bibliography_may_be_csl_ris_or_bibtex(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    found = read_bibliography(file)("doi:10.1000/1")
    assert found is not None
    assert (found.title, found.year) == ("A work on fits", 1999)


@pytest.mark.parametrize(
    "author", ["x", 3, None, [], ["Archer B"], [{"family": "Archer"}, "x"], {"family": "Archer"}]
)
@pytest.mark.parametrize("doi", [3, "10.1000/1"])
def test_fields_of_another_shape_harm_nothing(tmp_path: Path, author: object, doi: object) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"DOI": doi, "author": author, "issued": 1999}]), "utf-8")
    found = read_bibliography(file)(f"doi:{doi}")
    assert found is not None
    assert all(isinstance(one, str) for one in found.authors)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", ""), ("a.json", "{"), ("a.json", "[1]"), ("a.json", "[]"), ("a.bib", ""),
     ("a.ris", ""), ("a.bib", "@article{a, title={A work}}\n"), ("a.json", '[{"title": "x"}]')],
)  # fmt: skip
def test_what_is_no_bibliography_is_refused(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match="bibliography"):
        read_bibliography(file)
