"""Policies: the review policy in force, in words and as TOML, and what the operator put down."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from piamater.guides import block_kinds
from piamater.guides.review import Policy
from piamater.guides.review.policy import FILE as OWN

FOLDER = "policies"
"""The folder of a library in which the operator keeps policies and training notes."""

QUESTIONS = "policies/questions-policy.md"
WORDS, TABLE = "policies/review-policy.md", "policies/review-policy.toml"
SUFFIXES = (
    ".csv", ".docx", ".html", ".jpg", ".md", ".odt", ".pdf", ".png", ".rtf", ".toml", ".txt",
    ".xlsx",
)  # fmt: skip
LARGEST = 20 * 1024 * 1024
"""Bytes of the largest file that is taken."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A policy that assessors ask for: ``names`` of the file, or of a folder with several."""

    id: str
    title: str
    says: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Own:
    """The operator's files by their place in the export; ``left_out`` says why others are not.

    ``found`` gives, by the id of an expected policy, the files that are it.
    """

    taken: dict[str, bytes] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[Expected, ...]:
        """The expected policies that no file is."""
        return tuple(one for one in expected() if one.id not in self.found)


@cache
def expected() -> tuple[Expected, ...]:
    """What assessors ask for, from the data file, in its order."""
    text = (files("piamater.exchange.quality") / "data" / "policies.toml").read_text("utf-8")
    return tuple(
        Expected(one["id"], one["title"], one["says"], tuple(one["names"]))
        for one in tomllib.loads(text)["policy"]
    )


def own_policies(library: Path) -> Own:
    """What lies in a library's folder ``policies``; no link is followed."""
    own = Own()
    for path in sorted(_files(library / FOLDER)):
        name = path.relative_to(library).as_posix()
        if reason := _refused(path, name):
            own.left_out[name] = reason
        else:
            own.taken[name] = path.read_bytes()
    for one in expected():
        some = tuple(name for name in own.taken if _is(name, one))
        if some:
            own.found[one.id] = some
    return own


def _files(folder: Path) -> list[Path]:
    """What lies in the folder: files, and links of either kind, which are then refused."""
    if folder.is_symlink():
        return [folder]
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        links = [one for one in folders if (Path(place) / one).is_symlink()]
        found += [Path(place) / one for one in (*links, *names) if not one.startswith(".")]
    return found


def _refused(path: Path, name: str) -> str:
    if path.is_symlink() or not path.is_file():
        return "it is a link or no plain file"
    if path.suffix.lower() not in SUFFIXES:
        return f"its kind is not taken (known: {', '.join(SUFFIXES)})"
    if path.stat().st_size > LARGEST:
        return f"it is larger than {LARGEST // 2**20} MB"
    if not path.stat().st_size:
        return "it is empty"
    if name in (WORDS, TABLE, QUESTIONS):
        return "the export writes a file of this name itself"
    return ""


def _is(name: str, one: Expected) -> bool:
    """Whether a file, or a folder that it lies in, bears a name of the policy."""
    path = Path(name.lower()).relative_to(FOLDER)
    return bool({path.stem, *path.parts[:-1]} & set(one.names))


def as_toml(policy: Policy) -> str:
    """The review policy in force, as ``review/policy.toml`` would say all of it."""

    def value(one: object) -> str:
        if isinstance(one, tuple):
            return "[" + ", ".join(f'"{each}"' for each in one) + "]"
        return str(one) if isinstance(one, int) else f'"{one}"'

    names = ("months", "proposed", "publish", "evidence", "lapses", "clinical", "kinds")
    rows = [f"{name} = {value(getattr(policy, name))}" for name in names]
    return "\n".join(["# The review policy in force.", "[review]", *rows]) + "\n"


def in_words(policy: Policy, library: Path) -> str:
    """The review policy in force, in plain English."""
    own = (library / "review" / OWN).is_file()
    headings = block_kinds()
    kinds = "; ".join(
        headings[one].headings.get("en", one) if one in headings else one for one in policy.kinds
    )
    newer = (
        "a newer version of a cited source is held"
        if policy.evidence == "version"
        else "the quoted words are gone from a newer version of a cited source"
    )
    shown = (
        "Only what people have signed as a whole can be published."
        if policy.publish == "approved"
        else "A guide that passes the linter can be published before it is signed; its page then "
        "says that it is not reviewed."
    )
    persons = "one clinical reviewer" if policy.clinical == 1 else (
        f"{policy.clinical} clinical reviewers"
    )  # fmt: skip
    where = (
        "Set by the library's own review/policy.toml, over the defaults."
        if own
        else "The defaults; the library has no review/policy.toml of its own."
    )
    return f"""# The review policy in force

{where}

## What no policy can change

- Two persons: nobody approves words that they wrote or put forward, administrators included.
- An approval is a signature under these very words and the evidence under them. A change of either
  ends it.
- A clinical reviewer has a credential, and the ledger says how it was checked.
- A reviewer declares interests with each decision.
- A translation needs a reviewer of its language, and an approved original that has not changed.
- What stands on a retracted, withdrawn or superseded source cannot be approved.

## What this library has chosen

- The next review lies at most {policy.months} months after a signature; {policy.proposed} are \
proposed.
- {shown}
- An approval lapses when {newer}.
- An approval lapses when a cited source becomes: {", ".join(policy.lapses)}.
- A clinical section needs {persons}.
- Clinical sections are all of the clinicians' view and, for patients: {kinds}.

Each signature holds the SHA-256 of the policy it was made under; this one is {policy.hash}.
"""
