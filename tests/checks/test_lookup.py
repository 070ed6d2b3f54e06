"""Looking references up: the services' answers are read, and their silence is no finding."""

from __future__ import annotations

import json

import pytest

from piamater.checks import CheckSettings, check_page, page_from_text
from piamater.checks.bibliography import looking_up
from piamater.checks.lookup import CROSSREF, PUBMED, online
from piamater.errors import InputError

ANSWERS = {
    f"{PUBMED}123456": {
        "result": {
            "uids": ["123456"],
            "123456": {
                "title": "Doxycycline in Wexford fever: a randomised trial.",
                "authors": [{"name": "Archer BC"}, {"name": "de Vries J"}],
                "pubdate": "2019 Mar 3",
            },
        }
    },
    f"{CROSSREF}10.1000/182": {
        "message": {
            "title": ["Doxycycline in Wexford fever: a randomised trial"],
            "author": [{"family": "Archer", "given": "B"}],
            "issued": {"date-parts": [[2019, 3]]},
        }
    },
    f"{PUBMED}999999": {"result": {"999999": {"error": "cannot get document summary"}}},
}
asked: list[str] = []


def get(address: str) -> bytes:
    asked.append(address)
    if address not in ANSWERS:
        raise InputError("the server says 404", where=address)
    return json.dumps(ANSWERS[address]).encode()


@pytest.mark.parametrize("identifier", ["pmid:123456", "doi:10.1000/182"])
def test_a_work_is_known(identifier: str) -> None:
    known = online(get)(identifier)
    assert known is not None
    assert known.title == "Doxycycline in Wexford fever: a randomised trial"
    assert known.authors[0] == "Archer"
    assert known.year == 2019


@pytest.mark.parametrize("identifier", ["pmid:999999", "pmid:1", "doi:10.1/x", "pmid:x", "isbn:1"])
def test_what_is_not_known_is_none(identifier: str) -> None:
    assert online(get)(identifier) is None


def test_a_wrong_reference_is_found_and_each_work_asked_for_once() -> None:
    text = (
        "# Wexford fever\n\nIt is treated with doxycycline.[1]\n\n## References\n\n"
        "1. {} PMID: 123456\n"
    )
    right = "Archer BC, de Vries J. Doxycycline in Wexford fever: a randomised trial. 2019."
    wrong = "Miller K. Psoriasis and the quality of sleep in adults. Sleep Med. 2004."
    asked.clear()
    lookup = online(get)
    with looking_up(lookup):
        for written, expected in ((right, []), (wrong, ["EV015"]), (right, [])):
            settings = CheckSettings(select=("EV015",))
            found = check_page(page_from_text(text.format(written), "page.md", settings)).findings
            assert [one.rule for one in found] == expected
    assert len(asked) == 1
