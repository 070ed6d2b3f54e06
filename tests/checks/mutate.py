"""Mutator: plants one fault in a clean page, for one rule to find."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutator:
    """``apply`` gives the page's Markdown with one fault planted, none where it does not fit.

    ``versions``: the page is checked against its clean English version. ``beside``: against the
    clean page as another page of the same library. ``denied``: the twin of ``apply`` that plants
    the same words in a sentence which denies, forbids or only reports them: no fault at all.
    """

    rule: str
    name: str
    apply: Callable[[str, random.Random], str | None]
    languages: tuple[str, ...] = ("en", "es", "bn")
    audience: str = "patient"
    versions: bool = False
    beside: bool = False
    denied: Callable[[str, random.Random], str | None] | None = None
