"""Registry: the rules by id, from the packages named under the entry points of ``piamater.checks``.

An entry point names a package, each of whose modules holds one ``RULE``, or a module that holds
``RULES``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

from piamater.checks.rule import Rule
from piamater.errors import UnknownNameError

GROUP = "piamater.checks"
BUILT_IN = ("ev", "rv", "sf", "pl", "nu", "tx", "cn", "st", "lg", "pm")


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in their order."""
    found: dict[str, Rule] = {}
    for package in (f"piamater.checks.{one}" for one in BUILT_IN):
        found |= {one.id: one for one in _rules_of(import_module(package))}
    for point in entry_points(group=GROUP):
        found |= {one.id: one for one in _rules_of(point.load())}
    return dict(sorted(found.items()))


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    yield from getattr(module, "RULES", ())
    for one in pkgutil.iter_modules(getattr(module, "__path__", ())):
        rule = getattr(import_module(f"{module.__name__}.{one.name}"), "RULE", None)
        if isinstance(rule, Rule):
            yield rule


def rule_named(name: str) -> Rule:
    """The rule of an id or a name.

    Raises:
        UnknownNameError: there is none.
    """
    for rule in rules().values():
        if name.upper() == rule.id or name == rule.name:
            return rule
    raise UnknownNameError(
        f"there is no rule {name}", todo="piamater check --list-rules lists them"
    )
