"""Remembered: what was worked out of the page at hand, kept until another page is at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from piamater.checks.page import Page

T = TypeVar("T")


def remembered(function: Callable[[Page], T]) -> Callable[[Page], T]:
    """The function, worked out once for a page that several rules ask about in turn."""
    last: list[tuple[Page, T]] = []

    @wraps(function)
    def once(page: Page) -> T:
        for held, found in last[-1:]:
            if held is page:
                return found
        found = function(page)
        last[:] = [(page, found)]
        return found

    return once
