"""What the desk's pages may load: their own carry no script or style within them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.conftest import Visitor

TEMPLATES = Path(__file__).parents[2] / "src/piamater/desk/templates/desk"
OWN = ("/queues/", "/answers/", "/log/", "/second-factor/codes/", "/evidence/", "/questions/", "/guides/new/", "/review/seizure/",
       "/review/seizure/en/", "/translations/seizure/bn/")  # fmt: skip


@pytest.mark.parametrize("path", [*OWN, "/login/", "/invited/thanks/", "/static/desk/desk.css"])
def test_the_desks_own_pages_allow_no_script_within_them(
    people: Callable[[str], Visitor], path: str
) -> None:
    policy = people("root" if path in OWN else "").ask(path).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


def test_wagtails_pages_allow_what_wagtail_needs(people: Callable[[str], Visitor]) -> None:
    policy = people("root").ask("/pages/").headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda one: one.name)
def test_no_template_holds_a_script_or_a_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
