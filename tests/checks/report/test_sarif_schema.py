"""SARIF 2.1.0 against the schema of the standard itself, as Microsoft's SARIF tool ships it.

The tool is 40 MB of an npm package (MIT), so this stands among the slow suites; ``test_sarif``
holds every report to what it makes use of.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import tarfile
from typing import Any

import jsonschema_rs
import pytest

from piamater.checks import check_page, page_from_text, rules
from piamater.checks.report import sarif_report
from piamater.checks.settings import CheckSettings

PACKAGE = "@microsoft/sarif-multitool-linux@5.7.0"
INSIDE = "package/sarif-2.1.0.json"


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The standard's schema, taken out of the package."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch the schema with: apt-get install npm")
    folder = tmp_path_factory.mktemp("sarif")
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=folder)
    packed = list(folder.glob("*.tgz"))
    if not packed:
        pytest.skip(f"npm gave no {PACKAGE}: {done.stderr[-200:]}")
    with tarfile.open(packed[0]) as archive:
        member = archive.extractfile(INSIDE)
        assert member
        return json.load(member)


@pytest.mark.slow
def test_every_report_fits_the_schema_of_the_standard(schema: Any) -> None:
    validator = jsonschema_rs.validator_for(schema)
    settings = CheckSettings(select=("ALL",))
    results = [
        check_page(page_from_text(rule.bad.text, f"a folder/{rule.id}-{rule.bad.name}", settings))
        for rule in rules().values()
    ]
    form = json.loads(sarif_report(results))
    assert form["runs"][0]["results"]
    assert [one.message for one in validator.iter_errors(form)] == []
    wrong = copy.deepcopy(form)
    wrong["runs"][0]["results"][0]["level"] = "fatal"
    assert list(validator.iter_errors(wrong))
