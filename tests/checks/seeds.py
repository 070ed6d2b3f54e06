"""The five real pages that the checks were made for; they belong to others and are not shipped."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from piamater.checks import Checked, CheckSettings, check_page, open_page

ON = date(2026, 11, 21)


@cache
def seed_folder() -> Path | None:
    """The folder of the pages, beside the project where they are there at all."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "shared" / "seeds").is_dir():
            return found
    return None


@cache
def checked(number: str, group: str) -> Checked:
    """What a group of rules finds on one of the pages; skips where they are missing."""
    folder = seed_folder()
    if folder is None:
        pytest.skip("the five real pages are not here")
    settings = CheckSettings(select=(group,), today=ON)
    return check_page(open_page(next(folder.glob(f"{number}_*.txt")), settings)[0])


def found(number: str, rule: str) -> list[str]:
    """The words that a rule points at on one of the pages."""
    return [one.quote for one in checked(number, rule[:2]).findings if one.rule == rule]
