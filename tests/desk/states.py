"""A desk with a guide in every state, questions, an invitation and new evidence: what staff see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from piamater.answers.inbox import Inbox
from piamater.corpus import Library, add
from piamater.guides import GuideFolder, publish
from piamater.guides.review import Key, Reviews, Scope, cells, person
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.starter import notes_folder, put_guides
from piamater.vocabulary import Vocabulary
from tests.desk.conftest import ROLES
from tests.desk.people import PASSPHRASE
from tests.desk.test_reading import put_every_kind

APPROVED = "seizure"
MOVED = "csf-cytology"
OVERDUE = "trastuzumab-intrathecal"
LAPSED = "methotrexate-intrathecal"
SUBMITTED = "osimertinib"
UNDER_REVIEW = "new-headache"
CHANGES_ASKED = "infliximab"
UNTOUCHED = "cytarabine-intrathecal"
TO_PUBLISH = "nerve-conduction-study"
DRAFT = "wexford-fever"
GUIDES = (
    APPROVED,
    MOVED,
    OVERDUE,
    LAPSED,
    SUBMITTED,
    UNDER_REVIEW,
    CHANGES_ASKED,
    UNTOUCHED,
    TO_PUBLISH,
)
SIGNERS = (("haque", "en"), ("luz", "es"), ("bela", "bn"))
NEWS = """---
note: piamater-evidence-note/1
id: seizure-news
language: en
kind: trial
title: Seizure first aid, a new trial
licence: CC-BY-4.0
looked-up: "2026-11-21"
---
# Seizure first aid, a new trial

## Summary
Most seizures end in a few minutes. A seizure in water was an emergency in 12 of 40 people.
"""
CLINICAL = ("rea", "Rea Viewer", ["reviewer"], "", "")
ADMIN = ("adm", "Amal Administrator", ["administrator"], "", "")


def make_states(folder: Path) -> Path:
    """The library, in a new folder."""
    library = Library.create(folder, "A shelf in every state")
    reviews, key = Reviews(library), Key.create()
    with library.writing():
        add(library, [str(notes_folder())])
        vocabulary = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        bring_up_to_date(library, index, vocabulary)
        index.close()
        put_guides(folder / "guides")
        for one in (folder / "guides").iterdir():
            if one.name not in GUIDES:
                shutil.rmtree(one)
        overdue = folder / "guides" / OVERDUE / "en.md"
        text = overdue.read_text("utf-8")
        overdue.write_text(re.sub(r"(?m)^review-due: .*$", "review-due: 2026-11-01", text), "utf-8")
        key.save(folder / "review", PASSPHRASE)
        reviews.found(key)
        for id_, (name, roles, credential, checked) in ROLES.items():
            reviews.register(key, person(id_, name, roles, credential, checked))
        for id_, name, roles, credential, checked in (CLINICAL, ADMIN):
            reviews.register(key, person(id_, name, roles, credential, checked))
        shown = [one for one in GUIDES if one != TO_PUBLISH]
        publish(library, GuideFolder(folder / "guides"), shown, key=key)
        for guide in (APPROVED, MOVED, OVERDUE, LAPSED):
            forward(reviews, key, guide, "Looked through as a whole.")
            approve(reviews, key, guide, SIGNERS)
        reviews.withdraw(key, [reviews.book.entries[-3].number], "haque", "I misread a dose.")
        forward(reviews, key, TO_PUBLISH)
        approve(reviews, key, TO_PUBLISH, SIGNERS)
        source = next(
            one.sources[0] for one in cells(reviews.editions.latest(MOVED)) if one.sources
        )
        library.corpus.decide(source, "withdraw", "retracted", date.today().isoformat())
        forward(reviews, key, SUBMITTED)
        forward(reviews, key, UNDER_REVIEW)
        approve(reviews, key, UNDER_REVIEW, SIGNERS[:1])
        forward(reviews, key, CHANGES_ASKED)
        reviews.sign(
            key,
            CHANGES_ASKED,
            "haque",
            "reject",
            interests="none",
            note="The dose is told without its source.",
        )
        news = folder.parent / "news.md"
        news.write_text(NEWS, "utf-8")
        add(library, [str(news)])
    put_every_kind(library)
    box, today = Inbox(folder), library.today
    box.add("How is a lumbar puncture done, and does it hurt?", "en", today)
    box.add("আমার মায়ের খিঁচুনি হয়েছে, এখন শ্বাস নিচ্ছেন না। কী করব?", "bn", today, urgent=True)
    box.add("¿Puedo conducir después de una crisis?", "es", today, reader="patient", country="ES")
    library.corpus.close()
    return folder


def forward(reviews: Reviews, key: Key, guide: str, note: str = "") -> None:
    """Ada puts a guide forward."""
    reviews.submit(key, guide, "ada", note)


def approve(reviews: Reviews, key: Key, guide: str, signers: Sequence[tuple[str, str]]) -> None:
    """Each signs the language that is theirs, where the guide has it."""
    for who, language in signers:
        if language in reviews.draft(guide).versions:
            reviews.sign(key, guide, who, "approve", interests="none", scope=Scope((language,)))
