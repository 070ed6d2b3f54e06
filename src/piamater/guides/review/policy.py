"""Policy: what a library asks of reviews beside what no policy can change.

Fixed: two persons, nobody approves their own words, and a change lapses what stood on it. The
rest is in ``guides/data/review_policy.toml`` and may be set in the library's
``review/policy.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from stat import S_ISREG
from typing import Any

from piamater.corpus.standing import BY_NOTICE, Standing
from piamater.errors import LibraryError
from piamater.guides.kinds import block_kinds

FILE = "policy.toml"
_CHOICES = {"publish": ("submitted", "approved"), "evidence": ("version", "quote")}


@dataclass(frozen=True, slots=True)
class Policy:
    """How reviews bind; ``docs/reference/review-ledger.md`` explains each setting.

    ``months`` and ``proposed`` are lengths of time to the next review; ``lapses`` the standings of
    a source that lapse an approval; ``kinds`` blocks that are clinical in the patient view too;
    ``clinical`` how many clinical reviewers such a cell needs.
    """

    months: int
    proposed: int
    publish: str
    evidence: str
    lapses: tuple[str, ...]
    clinical: int
    kinds: tuple[str, ...]
    hash: str


def load_policy(folder: Path) -> Policy:
    """The policy of the ledger in this folder.

    Raises:
        LibraryError: the file is not valid, or holds an unknown or mistyped setting.
    """
    path = folder / FILE
    try:
        stat = path.stat()
    except OSError:
        return _policy("", str(path))
    if not S_ISREG(stat.st_mode):
        raise LibraryError("it cannot be read: it is no file", where=str(path))
    try:
        return _read(path, stat.st_mtime_ns, stat.st_size)
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"it cannot be read: {error}", where=str(path)) from error


@cache
def _read(path: Path, changed: int, size: int) -> Policy:
    return _policy(path.read_text("utf-8"), str(path))


def _policy(text: str, where: str) -> Policy:
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(f"it is not valid TOML: {error}", where=where) from error
    shipped = tomllib.loads((files("piamater.guides") / "data" / "review_policy.toml").read_text())
    if set(own) - {"review"} or not isinstance(own.get("review", {}), dict):
        raise LibraryError("the policy has one table, [review]", where=where)
    values = {**shipped["review"], **own.get("review", {})}
    for key, value in values.items():
        if problem := _problem(key, value, shipped["review"]):
            raise LibraryError(f"review.{key} {problem}", where=where)
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return Policy(**given, hash=sha256(repr(sorted(values.items())).encode()).hexdigest())


def _problem(key: str, value: Any, shipped: dict[str, Any]) -> str:
    if key not in shipped:
        return f"is not known (known: {', '.join(shipped)})"
    if type(value) is not type(shipped[key]):
        return f"must be {type(shipped[key]).__name__}, not {value!r}"
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"must be one of {', '.join(_CHOICES[key])}"
    if isinstance(value, int) and not 1 <= value <= 120:
        return "must be from 1 to 120"
    if isinstance(value, list) and not all(isinstance(one, str) for one in value):
        return "must be a list of words"
    if key == "kinds" and (unknown := set(value) - set(block_kinds())):
        return f"names {', '.join(sorted(unknown))}, and no block is of that kind"
    if key == "lapses":
        missing = {str(one) for one in Standing if not one.citable} - set(value)
        if missing:
            return f"must name {', '.join(sorted(missing))}: no approval outlives these"
        if unknown := set(map(str, value)) - set(BY_NOTICE.values()):
            return f"names {', '.join(sorted(unknown))}, and no notice gives a source that standing"
    return ""
