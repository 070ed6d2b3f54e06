"""The five real pages: enough of their faults are found, and by every group of rules."""

from __future__ import annotations

from collections import Counter

import pytest

from piamater.checks import CheckSettings
from piamater.checks.documentation import GROUPS
from piamater.checks.run import run
from tests.checks.seeds import ON, seed_folder


def test_every_group_finds_faults_on_the_real_pages() -> None:
    folder = seed_folder()
    if folder is None:
        pytest.skip("the five real pages are not here")
    results = run(sorted(folder.glob("*.txt")), CheckSettings(today=ON))
    assert len(results) == 5
    distinct = {(one.page.name, each.rule) for one in results for each in one.findings}
    assert len(distinct) >= 100
    groups = Counter(rule[:2] for _, rule in distinct)
    # PM is about comments to Piamater, and pages of others have none.
    assert set(groups) == set(GROUPS) - {"PM"}
    assert all(one.findings for one in results)
