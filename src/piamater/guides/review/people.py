"""People: who takes part in reviews, as the ledger has registered them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from piamater.errors import InputError
from piamater.guides.model import LANGUAGES
from piamater.guides.review.entry import Entry

ROLES = (
    "writer",
    "editor",
    "reviewer",
    "clinical",
    *(f"language:{one}" for one in LANGUAGES),
    "publisher",
    "administrator",
)
"""Roles: ``clinical`` reviews clinical blocks, ``language:xx`` what is written in a language."""

REVIEWING = frozenset({"reviewer", "clinical", *(f"language:{one}" for one in LANGUAGES)})
WRITING = ("writer", "editor", "administrator")
"""Roles that may put a guide forward."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TITLES = {
    *("dr", "dra", "prof", "mr", "mrs", "ms", "miss", "md", "sr", "sra", "srta", "don", "doña"),
    *("ডা", "ডাঃ", "ডাক্তার", "অধ্যাপক", "জনাব"),
}
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ONE_ALPHABET = regex.compile(
    "|".join(
        rf"[\p{{Script={one}}}\p{{Common}}\p{{Inherited}}]+"
        for one in ("Latin", "Greek", "Cyrillic")
    )
    + r"|[^\p{Latin}\p{Greek}\p{Cyrillic}]+"
)
"""A word whose letters are of one of the alphabets that share shapes, or of none of these."""

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and marks that leave no trace on a page."""

LONGEST = 5_000
"""Characters of the longest note, reason or statement of interests."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the ledger.

    ``credential`` is what the person is by profession, such as "neurologist, BMDC A-12345";
    ``checked`` how that was checked, with the day. ``ended``: may sign nothing any more.
    """

    id: str
    name: str
    credential: str
    checked: str
    roles: tuple[str, ...]
    ended: bool = False

    @property
    def shown(self) -> str:
        """The name with the credential, as readers see it."""
        return f"{self.name}, {self.credential}" if self.credential else self.name

    def to_json(self) -> dict[str, Any]:
        """The body of the entry that registers the person."""
        return {
            "id": self.id,
            "name": self.name,
            "credential": self.credential,
            "checked": self.checked,
            "roles": list(self.roles),
            "ended": self.ended,
        }


def person(
    id_: str, name: str, roles: Iterable[str], credential: str = "", checked: str = ""
) -> Person:
    """A person, checked.

    Raises:
        InputError: a field is empty, malformed or too long; a word of the name mixes alphabets;
            a role is not known; a clinical reviewer has no credential, or it was not checked.
    """
    chosen = tuple(dict.fromkeys(roles))
    if not _ID.fullmatch(id_) or len(id_) > 60:
        raise InputError(
            f"{id_!r} cannot be a person's id",
            where="review",
            todo="small letters, digits and single hyphens, such as r-haque",
        )
    unknown = [one for one in chosen if one not in ROLES]
    if unknown or not chosen:
        raise InputError(
            f"{', '.join(unknown) or 'no role'} is not a role",
            where=id_,
            todo=f"roles: {', '.join(ROLES)}",
        )
    made = Person(
        id_,
        _line(name, "the name", 200),
        _line(credential, "the credential", 300, empty=True),
        _line(checked, "how the credential was checked", 300, empty=True),
        chosen,
    )
    if mixed := [one for one in _WORD.findall(made.name) if not _ONE_ALPHABET.fullmatch(one)]:
        raise InputError(
            f"{mixed[0]} mixes letters of several alphabets that look alike",
            where=id_,
            todo="write each word of the name in one alphabet",
        )
    if "clinical" in chosen and not (made.credential and made.checked):
        raise InputError(
            "a clinical reviewer needs a credential, and a word on how it was checked",
            where=id_,
            todo="--credential 'neurologist, BMDC A-12345' --checked 'register, 2026-11-21'",
        )
    return made


def people(entries: Iterable[Entry]) -> dict[str, Person]:
    """The people by id, as the last entry about each has them."""
    return {one.body["id"]: _from_json(one.body) for one in entries if one.act == "person"}


def _from_json(form: Mapping[str, Any]) -> Person:
    return Person(
        str(form["id"]),
        str(form["name"]),
        str(form["credential"]),
        str(form["checked"]),
        tuple(map(str, form["roles"])),
        bool(form["ended"]),
    )


def _line(text: str, what: str, most: int, *, empty: bool = False) -> str:
    """A text of one line; errors as ``plain_text``."""
    return plain_text(" ".join(text.split()), what, most, empty=empty)


def plain_text(text: str, what: str, most: int = LONGEST, *, empty: bool = False) -> str:
    """A text as the ledger keeps it: composed (NFC), on plain lines, nothing invisible in it.

    Raises:
        InputError: it is empty, too long, or holds control or direction signs, or letters that
            are blank.
    """
    text = unicodedata.normalize("NFC", text.strip().replace("\r\n", "\n"))
    if len(text) > most:
        raise InputError(f"{what} has {len(text)} characters, and {most} at most", where="review")
    if not text and not empty:
        raise InputError(f"{what} is missing", where="review")
    allowed = "\n\u200c\u200d"  # joiners are part of Bangla spelling
    bad = [
        one
        for one in text
        if (unicodedata.category(one) in _UNSEEN or one in _BLANK) and one not in allowed
    ]
    if bad:
        raise InputError(
            f"{what} holds an invisible sign (U+{ord(bad[0]):04X})",
            where="review",
            todo="take it out",
        )
    return text


def bare_name(name: str) -> str:
    """A name without what stands after a comma (a degree, a place), as it is compared."""
    return same_name(name.partition(",")[0])


def same_name(name: str) -> str:
    """A name as it is compared: without capitals, titles, accents' forms and signs."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", plain)
    return " ".join([one for one in words if one not in _TITLES] or words)
