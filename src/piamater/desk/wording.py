"""Wording: states, acts and reasons of the ledger as the desk tells them to people."""

from __future__ import annotations

from piamater.desk.shelf import library
from piamater.errors import UnknownNameError
from piamater.guides.review.state import Reason
from piamater.watch import Why

LANGUAGE_NAMES = {"en": "English", "bn": "বাংলা", "es": "Español"}

STATES = {
    "draft": "draft",
    "submitted": "waits for review",
    "under-review": "under review",
    "approved": "approved",
    "lapsed": "approval lapsed",
}

ASKED = {
    "new": "new",
    "assigned": "given to somebody",
    "drafted": "drafted",
    "answered": "answered, waits for a signature",
    "signed": "signed: the reader sees it",
}

ACTS = {
    "submit": "put forward",
    "start": "began a review",
    "approve": "approved",
    "approve-with-changes": "approved, but for the changes asked",
    "reject": "asked for changes",
    "withdraw": "took back",
    "publish": "published",
    "note": "wrote a note for readers",
    "checked": "looked at new evidence",
}

DECISIONS = {
    "approve": "Approve",
    "approve-with-changes": "Approve, but for the blocks where I ask for a change",
    "reject": "Ask for changes: nothing is approved",
}

_TOLD = {
    "unsigned": "A signature is missing",
    "content": "The words changed after they were signed",
    "behind": "The original changed after it was translated",
    "form": "It was signed in an older form of the ledger: sign it again",
    "policy": "The review policy's file is not the one recorded",
    "ledger": "The ledger does not verify",
    "key": "The ledger is signed with another key",
    "evidence": "The evidence changed after it was signed",
}

_WATCHED = {
    "retracted": "The guide cites it, and it was retracted",
    "withdrawn": "The guide cites it, and it was withdrawn",
    "superseded": "The guide cites it, and it was superseded",
    "concern": "The guide cites it, and it got an expression of concern",
    "corrected": "The guide cites it, and it was corrected",
    "new-version": "The guide cites an older version of it",
}
"""What happened to a source that a guide cites."""


def language(code: str) -> str:
    """A language by its own name; its code where the desk knows none."""
    return LANGUAGE_NAMES.get(code, code)


def why(reason: Reason) -> str:
    """A reason as a sentence, with what it is about, and since when."""
    told = _sentence(reason)
    if reason.blocks and len(reason.blocks) <= 3:
        told = f"{told}: {'; '.join(reason.blocks)}"
    elif reason.blocks:
        told = f"{told}: {reason.blocks[0]}, and {len(reason.blocks) - 1} blocks more"
    return f"{told}."


def _sentence(reason: Reason) -> str:
    since = f" on {reason.on}" if reason.on else ""
    if reason.kind == "source" and reason.detail == "missing":
        return f"{title_of(reason.source)} is not in the library any more"
    if reason.kind == "source":
        what = {"concern": "got an expression of concern"}
        return f"{title_of(reason.source)} {what.get(reason.detail, f'was {reason.detail}')}{since}"
    if reason.kind == "evidence" and reason.source:
        return f"{title_of(reason.source)} has a newer version{since}"
    if reason.kind == "overdue":
        return f"The next review was due{since}"
    if reason.kind == "withdrawn":
        return f"{reason.detail} took back the signature{since}"
    if reason.kind == "changes-asked":
        return f"{reason.detail} asked for changes{since}"
    told = _TOLD.get(reason.kind, reason.kind)
    if reason.kind in ("content", "evidence") and reason.on:
        return f"{told}{since}"
    return f"{told} ({reason.detail})" if reason.detail else told


def watched(one: Why) -> str:
    """Why a new document is to be looked at for a guide, as a sentence."""
    if one.kind in _WATCHED:
        by = f", says {one.about}" if one.about else ""
        return f"{_WATCHED[one.kind]}{f' on {one.on}' if one.on else ''}{by}."
    if one.kind == "same-work":
        return f"It is the work behind {title_of(one.about)}, which the guide cites."
    if one.kind == "cites":
        return f"It cites {title_of(one.about)}, which the guide cites too."
    return "It is about what the guide is about."


def title_of(source: str) -> str:
    """A source by its title in quotation marks; by its id where the library has it no more."""
    try:
        return f"“{library().corpus.version(source).record.title}”"
    except UnknownNameError:
        return source
