"""The HTML report: all findings, nothing that runs or is fetched, everything escaped."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from piamater.checks.report import html_report
from tests.checks.report import pages

RUNS = {
    "script",
    "iframe",
    "object",
    "embed",
    "link",
    "base",
    "img",
    "svg",
    "form",
    "video",
    "audio",
}


@pytest.fixture(scope="module")
def report() -> str:
    return html_report(pages.all_of_them())


@pytest.fixture
def tree(report: str) -> Any:
    return html.document_fromstring(report.encode())


def words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def test_nothing_runs_and_nothing_is_fetched(report: str, tree: Any) -> None:
    assert not [one.tag for one in tree.iter() if one.tag in RUNS]
    assert "<script" not in report.lower()
    for one in tree.iter():
        names = [str(name).lower() for name in one.attrib]
        assert not [
            name for name in names if name.startswith("on") or name in ("src", "srcset", "style")
        ]
    style = tree.findtext(".//style")
    assert not re.search(r"url\(|@import|https?:", style)
    assert len(tree.findall(".//style")) == 1
    addresses = [one.get("href") for one in tree.iter("a")]
    assert all(re.match(r"#|https?://", one) for one in addresses)
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert "default-src 'none'" in policy


def test_every_finding_is_said_once_beside_its_words(tree: Any) -> None:
    number = 0
    for one in pages.all_of_them():
        for each in one.findings:
            number += 1
            note = tree.get_element_by_id(f"f{number}")
            said = words(note)
            assert f"{each.severity} {each.rule} {each.name}" in said
            for part in (each.message, each.suggestion):
                assert " ".join(part.replace("\x1b", "\ufffd").split()) in said
            if each.end > each.start:
                assert words(tree.get_element_by_id(f"m{number}")) == str(number)
    assert len(tree.findall(".//li")) == number


def test_the_text_stands_there_whole(tree: Any) -> None:
    sheets = [one for one in tree.iter("div") if one.get("class") == "text"]
    shown = [one for one in pages.all_of_them() if one.findings]
    for sheet, one in zip(sheets, shown, strict=True):
        for mark in list(sheet.iter("a", "ul")):
            mark.text = ""
            for inner in list(mark):
                mark.remove(inner)
        assert words(sheet).split() == one.page.text.split()


def test_ids_are_single_and_links_lead_somewhere(tree: Any) -> None:
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {one.get("href")[1:] for one in tree.iter("a") if one.get("href").startswith("#")}
    assert wanted <= set(ids)


def test_bangla_is_said_to_be_bangla(tree: Any) -> None:
    for one in tree.iter():
        own = "".join([one.text or "", *(each.tail or "" for each in one)])
        if one.tag not in ("title", "style") and re.search("[\u0980-\u09ff]", own):
            tongue = next(
                each.get("lang") for each in (one, *one.iterancestors()) if each.get("lang")
            )
            assert tongue == "bn", own


def test_a_page_without_findings_and_no_page_at_all() -> None:
    for some in ([pages.clean()], []):
        tree = html.document_fromstring(html_report(some).encode())
        assert "No findings" in words(tree)
        assert not tree.findall(".//li")
