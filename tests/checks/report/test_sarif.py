"""SARIF 2.1.0, held against the parts of the standard that the report makes use of.

The schema of the standard is large and loose (``test_sarif_schema``); ``SCHEMA`` writes down by
hand, from its text, what an object must and may hold. Whatever the report has beyond it is a fault.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema_rs
import pytest

from piamater.checks import Checked, check_page, page_from_text
from piamater.checks.report import sarif_report
from piamater.checks.settings import CheckSettings
from tests.checks.report import pages

TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 0}
FROM_ONE = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
PLACE = {"type": "string", "format": "uri-reference"}


def thing(must: str, **may: Any) -> dict[str, Any]:
    """An object that holds what it must, and nothing unknown."""
    return {
        "type": "object",
        "required": must.split(),
        "properties": may,
        "additionalProperties": False,
    }


def several(what: dict[str, Any], *, single: bool = True, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": what, "uniqueItems": single, "minItems": least}


MESSAGE = thing("text", text=TEXT, markdown=TEXT)
BAG = {"type": "object", "properties": {"tags": several(TEXT)}}
CONTENT = thing("text", text=TEXT)
FILE = thing("uri index", uri=PLACE, index=NUMBER)
REGION = {
    **thing(
        "startLine",
        startLine=FROM_ONE,
        startColumn=FROM_ONE,
        endLine=FROM_ONE,
        endColumn=FROM_ONE,
        charOffset=NUMBER,
        charLength=NUMBER,
        snippet=CONTENT,
    ),
    "dependentRequired": {"endColumn": ["startColumn"], "charLength": ["charOffset"]},
}
RULE = thing(
    "id",
    id=TEXT,
    name={"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$"},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "format": "uri"},
    defaultConfiguration=thing("level enabled", level=LEVEL, enabled={"type": "boolean"}),
    properties=BAG,
)
FIX = thing(
    "artifactChanges",
    description=MESSAGE,
    artifactChanges=several(
        thing(
            "artifactLocation replacements",
            artifactLocation=FILE,
            replacements=several(
                thing("deletedRegion", deletedRegion=REGION, insertedContent=CONTENT),
                single=False,
                least=1,
            ),
        ),
        least=1,
    ),
)
RESULT = thing(
    "ruleId ruleIndex level message locations partialFingerprints suppressions",
    ruleId=TEXT,
    ruleIndex=NUMBER,
    level=LEVEL,
    message=MESSAGE,
    locations=several(
        thing(
            "physicalLocation",
            physicalLocation=thing("artifactLocation region", artifactLocation=FILE, region=REGION),
        ),
        single=False,
        least=1,
    ),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=several(
        thing("kind", kind={"enum": ["inSource", "external"]}, justification=TEXT)
    ),
    fixes=several(FIX),
    properties=BAG,
)
DRIVER = thing(
    "name rules",
    name=TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules=several(RULE),
)
RUN = thing(
    "tool results artifacts columnKind",
    tool=thing("driver", driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    artifacts=several(
        thing("location properties", location=thing("uri", uri=PLACE), properties=BAG), single=False
    ),
    results=several(RESULT, single=False),
)
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **thing(
        "version runs",
        **{"$schema": {"type": "string", "format": "uri"}},
        version={"const": "2.1.0"},
        runs=several(RUN, single=False),
    ),
}


def report(*some: Checked) -> dict[str, Any]:
    """A report that keeps to the schema."""
    form: dict[str, Any] = json.loads(sarif_report(some))
    judge = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)
    assert [str(one) for one in judge.iter_errors(form)] == []
    return form


def results(form: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = form["runs"][0]["results"]
    return found


def test_it_keeps_to_the_standard() -> None:
    some = pages.all_of_them()
    form = report(*some)
    (run,) = form["runs"]
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert len(run["artifacts"]) == len(some)
    assert [unquote(one["location"]["uri"]) for one in run["artifacts"]] == [
        one.page.name for one in some
    ]
    for one in run["results"]:
        assert rules[one["ruleIndex"]] == one["ruleId"]
        place = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == run["artifacts"][place["index"]]["location"]["uri"]
        assert not urlsplit(place["uri"]).scheme
    assert report()["runs"][0]["results"] == []


def test_every_finding_is_a_result_and_silenced_ones_say_so() -> None:
    some = pages.all_of_them()
    found = [
        (each, bool(quiet))
        for one in some
        for quiet, part in enumerate((one.findings, one.suppressed))
        for each in part
    ]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for said, (one, quiet) in zip(results(report(*some)), found, strict=True):
        assert (said["ruleId"], said["level"]) == (one.rule, levels[one.severity])
        assert one.message.casefold()[:20] in said["message"]["text"].casefold()
        assert said["properties"] == {"start": one.start, "end": one.end, "quote": one.quote}
        assert bool(said["suppressions"]) is quiet
        if quiet:
            assert said["suppressions"] == [
                {"kind": "inSource", "justification": "quoted as it was printed"}
            ]


@pytest.mark.parametrize("checked", [pages.hostile(), pages.bangla()], ids=["hostile", "bangla"])
def test_regions_hold_their_words(checked: Checked) -> None:
    raw = checked.page.raw
    rows = raw.split("\n")
    for one in results(report(checked)):
        region = one["locations"][0]["physicalLocation"]["region"]
        if "snippet" not in region:
            assert set(region) == {"startLine"}
            continue
        words = region["snippet"]["text"]
        assert raw[region["charOffset"] :][: region["charLength"]] == words
        if region["startLine"] == region["endLine"]:
            row = rows[region["startLine"] - 1]
            assert row[region["startColumn"] - 1 : region["endColumn"] - 1] == words


def test_a_fix_takes_out_and_puts_in() -> None:
    (fixed,) = [one for one in results(report(pages.hostile())) if "fixes" in one]
    (change,) = fixed["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    raw = pages.hostile().page.raw
    start, end = region["charOffset"], region["charOffset"] + region["charLength"]
    assert fixed["message"]["text"].startswith('"the" is written twice')
    assert raw[:start] + replacement["insertedContent"]["text"] + raw[end:] == raw.replace(
        "the the", "the"
    )


def test_a_message_has_no_link_and_no_placeholder() -> None:
    page = page_from_text("Rest\n\nTake rest.\n", "page.txt")
    said = "see [this](https://example.org/) and {0}"
    one = Checked(page, (pages.finding(page, "Take", "ZZ999", "error", said),))
    assert (
        results(report(one))[0]["message"]["text"] == "See [this] (https://example.org/) and {{0}}."
    )


def test_fingerprints_stay_when_lines_move() -> None:
    def prints(text: str) -> list[dict[str, str]]:
        page = page_from_text(text, "page.md", CheckSettings(select=("TX",)))
        return [one["partialFingerprints"] for one in results(report(check_page(page)))]

    before = prints(pages.BANGLA)
    assert len({json.dumps(one) for one in before}) == len(before)
    lower = pages.BANGLA.replace("\n# ", "\n\n\n# ")
    assert prints(lower) == before
