"""JSON, GitHub annotations, JUnit and the text: each says all of it, and nothing as a command."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from piamater.checks import Checked, Page, check_page, open_page, page_from_text, rules
from piamater.checks.places import Places
from piamater.checks.report import (
    FORMATS,
    counted,
    github_report,
    json_report,
    junit_report,
    text_report,
)
from piamater.checks.settings import CheckSettings
from tests.checks.report import pages

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<fields>[^\r\n]*?)::(?P<said>[^\r\n]*)")
LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def test_json_of_one_page_is_the_contract() -> None:
    one = pages.hostile()
    form = json.loads(json_report([one]))
    assert set(form) == {"checked", "findings", "rules_run"}
    assert form["checked"] == pages.HOSTILE_NAME
    assert form["rules_run"] == list(one.rules_run)
    keys = {"rule", "name", "severity", "start", "end", "quote", "message", "suggestion"}
    for said, found in zip(form["findings"], one.findings, strict=True):
        assert set(said) == keys
        assert all(said[key] == getattr(found, key) for key in keys)
        assert one.page.text[said["start"] : said["end"]] == said["quote"]


def test_json_of_several_pages_and_of_none() -> None:
    some = pages.all_of_them()
    assert json.loads(json_report(some)) == {"pages": [one.to_json() for one in some]}
    assert json.loads(json_report([])) == {"pages": []}


def unescaped(text: str, *, field: bool = False) -> str:
    if field:
        text = text.replace("%2C", ",").replace("%3A", ":")
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def test_github_reads_one_command_for_each_finding() -> None:
    some = pages.all_of_them()
    lines = github_report(some).splitlines()
    found = [(one, each) for one in some for each in one.findings]
    assert len(lines) == len(found)
    for line, (checked, one) in zip(lines, found, strict=True):
        match = COMMAND.fullmatch(line)
        assert match
        assert match["level"] == LEVELS[one.severity]
        fields = dict(each.split("=", 1) for each in match["fields"].split(","))
        assert unescaped(fields["file"], field=True) == checked.page.name
        assert unescaped(fields["title"], field=True) == f"{one.rule} {one.name}"
        assert int(fields["line"]) == Places(checked.page).line(one.start)
        said = one.message + (f"\n{one.suggestion}" if one.suggestion else "")
        assert unescaped(match["said"]) == said.replace("\x1b", "\ufffd")


def test_github_columns_mark_the_words() -> None:
    one = pages.hostile()
    rows = pages.HOSTILE.split("\n")
    for line, found in zip(github_report([one]).splitlines(), one.findings, strict=True):
        match = COMMAND.fullmatch(line)
        assert match
        fields = dict(each.split("=", 1) for each in match["fields"].split(","))
        if "col" in fields:
            row = rows[int(fields["line"]) - 1]
            assert row[int(fields["col"]) - 1 : int(fields["endColumn"])] == found.quote


def test_junit_counts_what_it_holds() -> None:
    some = pages.all_of_them()
    root = ElementTree.fromstring(junit_report(some).encode())
    assert root.tag == "testsuites"
    assert len(root) == len(some)
    for suite, one in zip(root, some, strict=True):
        errors = [each for each in one.findings if each.severity == "error"]
        assert suite.get("name") == one.page.name
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert (
            int(suite.get("failures", "")) == len(suite.findall("testcase/failure")) == len(errors)
        )
        assert (
            int(suite.get("skipped", ""))
            == len(suite.findall("testcase/skipped"))
            == len(one.suppressed)
        )
        assert suite.get("errors") == "0"
        messages = [each.get("message") for each in suite.findall("testcase/failure")]
        assert messages == [each.message.replace("\x1b", "\ufffd") for each in errors]
        said = "".join(suite.itertext())
        assert all(each.quote in said for each in one.findings)
    for key in ("tests", "failures", "skipped"):
        assert int(root.get(key, "")) == sum(int(suite.get(key, "")) for suite in root)


def test_the_text_says_every_finding_and_no_command() -> None:
    some = pages.all_of_them()
    said = text_report(some)
    assert not CONTROL.search(said)
    for one in some:
        for each in one.findings:
            assert (
                f"{one.page.name}:{Places(one.page).line(each.start)}: {each.severity} {each.rule}"
                in said
            )
    *_, counts, read = said.splitlines()
    assert read.startswith("Read as: ")
    assert f"{counts}\n".endswith(
        "3 errors, 3 warnings, 2 infos in 2 of 3 pages (1 silenced in the page).\n"
    )
    assert counted(some) == {"error": 3, "warning": 3, "info": 2}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_format_fails_on_any_rule_or_on_nothing(form: str) -> None:
    some: list[Checked] = [*map(check_page, _bad_pages()), *pages.all_of_them()]
    said = FORMATS[form](some)
    assert not CONTROL.search(said)
    assert sum(said.count(rule) > 0 for rule in rules()) > len(rules()) / 3
    assert isinstance(FORMATS[form]([]), str)
    assert FORMATS[form](some) == said


def _bad_pages() -> list[Page]:
    return [page_from_text(one.bad.text, one.bad.name) for one in rules().values() if one.page]


def test_files_are_named_as_they_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a folder").mkdir()
    file = Path("a folder") / "page.md"
    file.write_text("# Rest\n\nWe see the the doctor.\n", "utf-8")
    one = check_page(open_page(file, CheckSettings(select=("TX010",)))[0])
    assert text_report([one]).startswith("a folder/page.md:3: ")
    assert "file=a folder/page.md,line=3," in github_report([one])
    assert 'name="a folder/page.md"' in junit_report([one])
    assert '"uri": "a%20folder/page.md"' in FORMATS["sarif"]([one])
    assert "a folder/page.md</h1>" in FORMATS["html"]([one])
    assert json.loads(json_report([one]))["checked"] == "a folder/page.md"


def test_the_reports_say_for_whom_the_pages_were_checked() -> None:
    patient = page_from_text("# Rest\n\nYou can rest. Call your doctor.\n", "a.md")
    plain = page_from_text("# Rest\n\nRest is good for most people who are ill.\n", "b.md")
    told = replace(plain, settings=CheckSettings(audience="patient", country="GB"))
    for some, said in (
        ([patient], "Read as: for patients (assumed); language en; country not said "
                    "(--audience and --country say it)."),
        ([told], "Read as: for patients; language en; country GB."),
        ([patient, plain, told], "Read as: for patients 2 (assumed of 1) and clinicians 1 (assumed); "
                                 "language en; country not said 2, GB 1 "
                                 "(--audience and --country say it)."),
    ):  # fmt: skip
        results = [check_page(replace(one, settings=replace(one.settings, select=("TX010",))))
                   for one in some]  # fmt: skip
        assert text_report(results).splitlines()[-1] == said
        assert said in FORMATS["html"](results)
        first = json.loads(FORMATS["sarif"](results))["runs"][0]["artifacts"][0]["properties"]
        assert first["audience"] == "patient"
        assert first["audienceAssumed"] is (some[0] is patient)
        assert "for patients" in FORMATS["junit"](results)
    assert "Read as" not in text_report([])
