"""Test results: the findings of the checks, the proof of the reviews, the doctor's report."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from piamater.checks.engine import Checked
from piamater.checks.opening import page_from_guide
from piamater.checks.run import run
from piamater.checks.settings import CheckSettings, read_settings
from piamater.corpus import Library
from piamater.corpus.settings import FILE as SETTINGS
from piamater.guides import Edition
from piamater.guides.review import Ledger, Verified, verify
from piamater.keeping import examine

FINDINGS = ("rule", "severity", "guide", "language", "line", "message", "suggestion")


@dataclass(frozen=True, slots=True)
class Proven:
    """What the proof of the reviews gave, with the public keys by the entry that names them."""

    verified: Verified
    begun: bool
    keys: tuple[tuple[int, str], ...]

    @property
    def sound(self) -> bool:
        """Whether there is a ledger and all is as it was signed."""
        return self.begun and not self.verified.faults


def check_settings(library: Library) -> CheckSettings:
    """The library's own settings of checks, on its day.

    Raises:
        InputError: the table has a key or value that means nothing.
    """
    path = library.folder / SETTINGS
    table = tomllib.loads(path.read_text("utf-8")).get("check")
    found = CheckSettings() if table is None else read_settings(table, str(path))
    return replace(found, today=library.today)


def checked_guides(library: Library, editions: Iterable[Edition]) -> list[Checked]:
    """What ``piamater check`` finds in the words that readers see today."""
    settings = check_settings(library)
    pages = [
        page_from_guide(guide, settings, library)
        for edition in editions
        for guide in edition.versions.values()
    ]
    return run(pages, settings, library)


def finding_rows(results: Iterable[Checked]) -> Iterator[tuple[object, ...]]:
    """A row for each finding."""
    for one in results:
        guide, _, file = one.page.name.partition("/")
        for each in one.findings:
            yield (
                each.rule,
                each.severity,
                guide,
                file.removesuffix(".md"),
                one.page.line(each.start),
                each.message,
                each.suggestion,
            )


def proven(library: Library) -> Proven:
    """The proof of the library's reviews, as ``piamater review verify`` makes it."""
    ledger = Ledger.of(library.folder)
    entries = ledger.proof().entries
    keys = tuple(
        (one.number, str(one.body.get("public", ""))) for one in entries if one.act == "found"
    )
    return Proven(verify(library), ledger.exists, keys)


def proof_text(found: Proven, library: Library) -> str:
    """The proof in words, with all that somebody needs to repeat it."""
    it = found.verified
    lines = [f"Proof of the reviews of {library.settings.name}, {library.today}", ""]
    if not found.begun:
        lines += ["No review ledger was begun. Nothing is signed, and nothing can be proven.", ""]
    lines += [
        f"entries:   {it.entries}",
        f"editions:  {it.editions} that the ledger names",
        f"evidence:  {it.evidence} quotes and source versions",
        f"head:      {it.head}",
        *(f"key:       {public} (from entry {number} on)" for number, public in found.keys),
        f"unfinished last line: {'yes, it counts for nothing' if it.unfinished else 'no'}",
        "",
        f"{len(it.faults)} faults" if it.faults else "no fault",
        *(f"- {one.where}: {one.what}" for one in it.faults),
        "",
        "The head is the SHA-256 of the last entry; the key is the Ed25519 public key (RFC 8032)",
        "that the entries are signed with. To repeat it: piamater review verify --key key.pub",
    ]
    return "\n".join(lines) + "\n"


def doctor(library: Library) -> dict[str, Any]:
    """The doctor's report; the library is named, and no path of its machine is in it."""
    form = examine(library.folder).to_json()
    text = json.dumps({**form, "library": library.settings.name}, ensure_ascii=False)
    for path in {str(library.folder), str(library.folder.resolve())}:
        text = text.replace(json.dumps(path, ensure_ascii=False)[1:-1] + "/", "")
    found: dict[str, Any] = json.loads(text)
    return found
