"""Settings of a check: which rules, how strict, for whom; from ``[tool.piamater.check]``.

In ``piamater.toml`` the table is ``[check]``, in ``pyproject.toml`` ``[tool.piamater.check]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from piamater.errors import InputError

FILES = ("piamater.toml", "pyproject.toml")
KEYS = ("select", "ignore", "extend-select", "audience", "country", "per-file-ignores", "options")


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What to check and how.

    ``select`` and ``ignore`` hold rule ids or their beginnings (``EV``, ``EV0``, ``EV001``, or
    ``ALL``); empty ``select`` is every rule that is on by default. ``today`` is the day of the
    check. ``country`` (ISO 3166-1) and ``audience`` (``patient``, ``clinician``) are taken for
    pages that do not say.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audience: str = ""
    country: str = ""
    options: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    def chooses(self, rule: str, *, default: bool, name: str = "") -> bool:
        """Whether a rule runs on the file ``name``; a longer prefix wins over a shorter one."""
        on = len("ALL") if "ALL" in self.select else -1
        chosen = [*self.select, *self.extend_select]
        on = max([on, *(len(one) for one in chosen if rule.startswith(one))])
        if on < 0:
            on = 0 if default and not self.select else -1
        ignored = [*self.ignore]
        for pattern, some in self.per_file_ignores.items():
            if fnmatch(name, pattern) or fnmatch(Path(name).name, pattern):
                ignored += some
        off = max([-1, *(len(one) for one in ignored if rule.startswith(one) or one == "ALL")])
        return on >= 0 and on > off

    def option(self, rule: str, name: str, otherwise: float) -> float:
        """A threshold of a rule."""
        return self.options.get(rule, {}).get(name, otherwise)


def find_settings(near: Path) -> CheckSettings:
    """The settings of the nearest file above a place; the defaults where there is none.

    Raises:
        InputError: a file's table has a key or value that means nothing.
    """
    for folder in [near, *near.parents] if near.is_dir() else near.parents:
        for name in FILES:
            file = folder / name
            if file.is_file() and (table := _table(file)) is not None:
                return read_settings(table, str(file))
    return CheckSettings()


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        whole = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"the settings cannot be read: {error}", where=str(file), todo="mend the file"
        ) from error
    if file.name == "pyproject.toml":
        whole = whole.get("tool", {}).get("piamater", {})
    found: Mapping[str, Any] | None = whole.get("check")
    return found


def read_settings(table: Mapping[str, Any], where: str = "") -> CheckSettings:
    """Settings from a table.

    Raises:
        InputError: a key or value means nothing.
    """
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise InputError(
            f"[check] has no setting {unknown[0]!r}", where=where, todo=f"known: {', '.join(KEYS)}"
        )
    settings = CheckSettings(
        select=_codes(table, "select", where),
        extend_select=_codes(table, "extend-select", where),
        ignore=_codes(table, "ignore", where),
        audience=str(table.get("audience", "")),
        country=str(table.get("country", "")).upper(),
    )
    if settings.audience not in ("", "patient", "clinician"):
        raise InputError(
            f"there is no audience {settings.audience!r}",
            where=where,
            todo="known: patient, clinician",
        )
    per_file = table.get("per-file-ignores", {})
    options = table.get("options", {})
    if not isinstance(per_file, Mapping) or not isinstance(options, Mapping):
        raise InputError("per-file-ignores and options are tables", where=where)
    return replace(
        settings,
        per_file_ignores={key: _codes(per_file, key, where) for key in per_file},
        options={key: dict(value) for key, value in options.items()},
    )


def _codes(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(
            f"{key} is a list of rule ids", where=where, todo='such as ["EV", "PL001"]'
        )
    return tuple(value)
