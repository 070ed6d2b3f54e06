from __future__ import annotations

from dataclasses import replace

from piamater.guides import GuideFolder
from piamater.guides.triage import EMERGENCY, SOON, triage_conflicts
from piamater.starter import guides_folder

STARTER = guides_folder()


def test_the_starter_shelf_gives_one_sign_one_urgency() -> None:
    assert not list(triage_conflicts(one.original for one in GuideFolder(STARTER).all()))


def test_a_sign_that_is_urgent_elsewhere_is_found() -> None:
    guide = GuideFolder(STARTER).load("lumbar-puncture").original
    calmer = tuple(
        replace(one, kind=SOON) if one.kind == EMERGENCY else one for one in guide.blocks
    )
    other = replace(guide, name="other/en.md", blocks=calmer)
    found = list(triage_conflicts([guide, other]))
    assert found
    assert {one.name for one in found} == {"other/en.md"}
    assert {one.severity for one in found} == {"error"}
