"""Decide: a person says what the new documents mean for a guide; the ledger keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from piamater.errors import InputError, UnknownNameError
from piamater.guides.review import VERDICTS, Entry, Key, Reviews
from piamater.watch.moved import Moved

_NAMED = 10


def decide(
    reviews: Reviews,
    key: Key,
    moved: Moved,
    by: str,
    verdicts: Mapping[str, str],
    rest: str = "",
    note: str = "",
) -> Entry:
    """Record the verdicts on what moved under a guide; the library must be held for writing.

    Every candidate needs one: its own, or ``rest``. From then on only what comes in later is new.

    Raises:
        InputError: a candidate has no verdict, or one is not known.
        UnknownNameError: a verdict names no candidate, or there is no such person.
    """
    for one in (*verdicts.values(), *((rest,) if rest else ())):
        if one not in VERDICTS:
            raise InputError(
                f"{one!r} is no verdict", where=moved.guide, todo=f"one of {', '.join(VERDICTS)}"
            )
    listed = [one.source for one in moved.candidates]
    if strange := [one for one in verdicts if one not in listed]:
        raise UnknownNameError(
            f"not on the list of what moved: {', '.join(strange)}",
            where=moved.guide,
            todo=f"piamater watch {moved.guide} shows the list; on it: {_some(listed)}",
        )
    told = {one: verdicts.get(one, rest) for one in listed}
    if missing := [one for one, verdict in told.items() if not verdict]:
        raise InputError(
            f"{len(missing)} documents have no verdict: {_some(missing)}",
            where=moved.guide,
            todo="give each one with --verdict SOURCE=VERDICT, or all others with --rest no-change",
        )
    return reviews.check(key, moved.guide, by, moved.up_to, told, note)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (", ".join(names[:_NAMED]) or "nothing") + more
