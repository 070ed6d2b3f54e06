"""Settings of a check: which rules, how strict, for whom; from ``[tool.piamater.check]``.

In ``piamater.toml`` the table is ``[check]``, in ``pyproject.toml`` ``[tool.piamater.check]``.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
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
    pages that do not say. ``folder`` is where the settings file stands, from which the patterns
    of ``per_file_ignores`` are read; a pattern without a slash fits a file of that name anywhere.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audience: str = ""
    country: str = ""
    options: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    today: date = field(default_factory=date.today)
    folder: Path | None = None

    def ignored(self, name: str) -> tuple[str, ...]:
        """The rules that ``per_file_ignores`` keeps from the file (or address) ``name``."""
        if not self.per_file_ignores or not name:
            return ()
        whole = relative(name, self.folder) if self.folder else name
        out: list[str] = []
        for pattern, some in self.per_file_ignores.items():
            plain = pattern.removeprefix("./")
            last = Path(name).name if "/" not in plain else ""
            if fnmatch(whole, plain) or (last and fnmatch(last, plain)):
                out += some
        return tuple(out)

    def chooses(self, rule: str, *, default: bool, ignored: Iterable[str] = ()) -> bool:
        """Whether a rule runs, but for these; a longer prefix wins over a shorter one."""
        on = len("ALL") if "ALL" in self.select else -1
        chosen = [*self.select, *self.extend_select]
        on = max([on, *(len(one) for one in chosen if rule.startswith(one))])
        if on < 0:
            on = 0 if default and not self.select else -1
        off = [*self.ignore, *ignored]
        off_at = max([-1, *(len(one) for one in off if rule.startswith(one) or one == "ALL")])
        return on >= 0 and on > off_at

    def option(self, rule: str, name: str, otherwise: float) -> float:
        """A threshold of a rule."""
        return self.options.get(rule, {}).get(name, otherwise)


def relative(name: str, folder: Path | None) -> str:
    """The path of a file from a folder on, with forward slashes; what is no file stays as it is."""
    path = Path(name)
    if not name or "://" in name or not path.exists():
        return name
    whole, base = path.resolve(), (folder or Path.cwd()).resolve()
    try:
        return Path(os.path.relpath(whole, base)).as_posix()
    except ValueError:  # on another drive
        return whole.as_posix()


def find_settings(near: Path) -> CheckSettings:
    """The settings of the nearest file above a place; the defaults where there is none.

    Raises:
        InputError: a file's table has a key or value that means nothing.
    """
    file = settings_file(near)
    table = _table(file) if file is not None else None
    return CheckSettings() if table is None else read_settings(table, str(file))


def settings_file(near: Path) -> Path | None:
    """The nearest file above a place that holds settings of a check.

    Raises:
        InputError: a file on the way cannot be read.
    """
    for folder in [near, *near.parents] if near.is_dir() else near.parents:
        for name in FILES:
            file = folder / name
            if file.is_file() and _table(file) is not None:
                return file
    return None


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        whole = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"the settings cannot be read: {error}", where=str(file), todo="mend the file"
        ) from error
    place = ("tool", "piamater", "check") if file.name == "pyproject.toml" else ("check",)
    table: Any = whole
    for number, key in enumerate(place, 1):
        table = table.get(key)
        if table is None:
            return None
        if not isinstance(table, Mapping):
            raise InputError(f"{'.'.join(place[:number])} is no table", where=str(file))
    found: Mapping[str, Any] = table
    return found


def read_settings(table: Mapping[str, Any], where: str = "") -> CheckSettings:
    """Settings from a table; ``where`` is its file.

    Raises:
        InputError: a key or value means nothing.
    """
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise InputError(
            f"[check] has no setting {unknown[0]!r}", where=where, todo=f"known: {', '.join(KEYS)}"
        )
    audience = table.get("audience", "")
    if audience not in ("", "patient", "clinician"):
        raise InputError(
            f"there is no audience {audience!r}", where=where, todo="known: patient, clinician"
        )
    per_file = _mapping(table, "per-file-ignores", where)
    return CheckSettings(
        select=_codes(table, "select", where),
        extend_select=_codes(table, "extend-select", where),
        ignore=_codes(table, "ignore", where),
        audience=audience,
        country=country(table.get("country", ""), where),
        per_file_ignores={key: _codes(per_file, key, where) for key in per_file},
        options=_options(_mapping(table, "options", where), where),
        folder=Path(where).parent if where else None,
    )


def rule_codes(some: Iterable[str], where: str = "") -> tuple[str, ...]:
    """Rule ids or their beginnings in capitals, as a person wrote them.

    Raises:
        InputError: no rule's id begins so.
    """
    from piamater.checks.registry import rules

    out = tuple(dict.fromkeys(one.strip().upper() for one in some))
    for one in out:
        if one != "ALL" and not (one and any(id_.startswith(one) for id_ in rules())):
            raise InputError(
                f"there is no rule {one}",
                where=where,
                todo="piamater check --list-rules lists them",
            )
    return out


def country(code: object, where: str = "") -> str:
    """A country's code in capitals; empty for none.

    Raises:
        InputError: there is no such country.
    """
    said = str(code).strip().upper()
    if said and said not in _countries():
        todo = "the United Kingdom is GB" if said in ("UK", "UNITED KINGDOM") else "such as GB, ES"
        raise InputError(f"{code!r} is no country code of ISO 3166-1", where=where, todo=todo)
    return said


@cache
def _countries() -> frozenset[str]:
    text = (files("piamater.checks") / "data" / "countries.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["codes"])


def _options(table: Mapping[str, Any], where: str) -> dict[str, dict[str, float]]:
    """Thresholds by rule: each a number, each one that its rule has."""
    from piamater.checks.registry import rules

    out: dict[str, dict[str, float]] = {}
    for key in table:
        rule = rules().get(key.upper())
        if rule is None:
            raise InputError(
                f"options.{key}: there is no rule {key}",
                where=where,
                todo="piamater check --list-rules lists them",
            )
        known = [name for name, _, _ in rule.options]
        some = _mapping(table, key, where)
        for name, value in some.items():
            said = f"options.{key}.{name}"
            if name not in known:
                has = f"known: {', '.join(known)}" if known else f"{rule.id} has no options"
                raise InputError(f"there is no {said}", where=where, todo=has)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not math.isfinite(value) or value < 0:
                raise InputError(f"{said} is {value!r}, which is no number from 0 on", where=where)
        out[rule.id] = {name: float(value) for name, value in some.items()}
    return out


def _mapping(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise InputError(f"{key} is no table", where=where)
    return value


def _codes(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(
            f"{key} is a list of rule ids", where=where, todo='such as ["EV", "PL001"]'
        )
    return rule_codes(value, where)
