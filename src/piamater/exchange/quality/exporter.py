"""The export ``quality``: one zip that an organisation can hand in when its work is assessed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from piamater.corpus import Library
from piamater.corpus.library import write_whole
from piamater.errors import PiamaterError
from piamater.exchange.exporters import ExportReport, Told
from piamater.exchange.quality import feedback, html, policies
from piamater.exchange.quality.cover import cover, missing
from piamater.exchange.quality.facts import Evidence, figures, gaps
from piamater.exchange.quality.log import LOG, PEOPLE, log_rows, people_rows
from piamater.exchange.quality.results import (
    FINDINGS,
    checked_guides,
    doctor,
    finding_rows,
    proof_text,
    proven,
)
from piamater.exchange.quality.samples import sample_files
from piamater.exchange.quality.shelf import GUIDES, shown
from piamater.exchange.quality.sources import QUESTIONS, SOURCES, held_sources, question_counts
from piamater.exchange.quality.tables import csv_bytes
from piamater.guides import Reviews

T = TypeVar("T")

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that each file bears: the first that a zip can tell, so that equal libraries give
equal bytes."""


class QualityExporter:
    """Evidence of how health information is made here, for PIF TICK and the NHS standard."""

    name = "quality"
    describes = "evidence of how the guides are made, for PIF TICK and the NHS content standard"

    def export(self, library: Library, out: Path, told: Told) -> ExportReport:
        """Write the zip.

        Raises:
            LibraryError: the library cannot be read at all; lesser faults are told in the report.
        """
        it = gather(library, told)
        own = policies.own_policies(library.folder)
        told("writing")
        lacking = gaps(it)
        held = _files(it, own)
        held["index.html"] = cover(it, own, figures(it), lacking)
        data = zipped(held.items())
        write_whole(out, data)
        return ExportReport(len(held), len(data), tuple(missing(own, lacking)), tuple(it.problems))


def gather(library: Library, told: Told = lambda step: None) -> Evidence:
    """Read everything, once; what cannot be read is a problem, and the rest goes on."""
    problems: list[str] = []
    reviews = Reviews(library)
    told("guides and their reviews")
    rows = list(shown(reviews, problems))
    editions = {one.guide.id: one.edition for one in rows if one.edition}
    told("sources")
    sources = list(held_sources(library, editions.values(), problems))
    questions = _tried("readers' questions", lambda: question_counts(library), problems)
    answered = _tried("answers", lambda: [feedback.told(library, reviews.book)], [])
    told("checks")
    results = _tried("checks", lambda: checked_guides(library, editions.values()), problems)
    told("proof")
    proof = proven(library)
    problems += [f"{one.where}: {one.what}" for one in proof.verified.faults]
    told("the whole library")
    report = doctor(library)
    problems += [
        f"{one['where']}: {one['what']}" for one in report["findings"] if one["severity"] != "info"
    ]
    problems[:] = dict.fromkeys(problems)
    return Evidence(
        library, reviews.book, reviews.policy, rows, sources, questions, results, proof, report,
        problems, "".join(answered),
    )  # fmt: skip


def _tried(what: str, work: Callable[[], list[T]], problems: list[str]) -> list[T]:
    try:
        return work()
    except PiamaterError as error:
        problems.append(f"{what}: {error.what}")
        return []


def _files(it: Evidence, own: policies.Own) -> dict[str, bytes]:
    """Every file of the export but its cover, by its place."""
    library = it.library
    return {
        **own.taken,
        policies.WORDS: policies.in_words(it.policy, library.folder).encode("utf-8"),
        feedback.WORDS: feedback.in_words(library.settings).encode("utf-8"),
        policies.TABLE: policies.as_toml(it.policy).encode("utf-8"),
        "review-log.csv": csv_bytes(LOG, log_rows(it.book.entries)),
        "people.csv": csv_bytes(PEOPLE, people_rows(it.book)),
        "guides.csv": csv_bytes(GUIDES, (one.row() for one in it.guides)),
        "sources.csv": csv_bytes(SOURCES, (one.row() for one in it.sources)),
        "questions.csv": csv_bytes(QUESTIONS, it.questions),
        "findings.csv": csv_bytes(FINDINGS, finding_rows(it.checked)),
        "proof.txt": proof_text(it.proof, library).encode("utf-8"),
        "doctor.json": (json.dumps(it.doctor, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
        **dict(sample_files(library, it.guides, it.problems)),
        "style.css": html.STYLE.encode("utf-8"),
    }


def zipped(held: Iterable[tuple[str, bytes]]) -> bytes:
    """The files as a zip, by name; the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in sorted(held):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, data)
    return out.getvalue()
