"""Machine forms of sources and guides: the same for the command line and the HTTP API."""

from __future__ import annotations

from typing import Any

from piamater.corpus import Library, StoredVersion
from piamater.guides import Audience, Edition, Guide, Reviews, statements


def source_summary(library: Library, version: StoredVersion) -> dict[str, Any]:
    """One source in short, with its standing today."""
    judgement = library.judge(version)
    record = version.record
    return {
        "source": version.source,
        "title": record.title,
        "kind": record.kind.value,
        "authors": list(record.authors),
        "published": record.published,
        "url": record.url,
        "standing": judgement.standing.value,
        "review_due": judgement.review_due,
        "version": version.version,
    }


def source_record(library: Library, version: StoredVersion) -> dict[str, Any]:
    """All that is known of a source: its summary, CSL-JSON, notices and versions."""
    record = version.record
    return {
        **source_summary(library, version),
        "kind_reason": record.kind_reason,
        "standing_reason": library.judge(version).reason,
        "reviewed": record.reviewed,
        "updated": record.updated,
        "review_status": record.review_status,
        "licence": record.licence,
        "languages": list(version.languages),
        "csl": {"id": version.source, **record.csl},
        "notices": [
            {"kind": n.kind.value, "about": n.about, "date": n.date, "by": n.by}
            for n in library.corpus.notices(record, version.source)
        ],
        "versions": [
            {"version": one.version, "added": one.added, "current": one.current}
            for one in library.corpus.versions(version.source)
        ],
        "references": len(library.corpus.bibliography(version.number)),
    }


def guide_summary(guide: Guide) -> dict[str, Any]:
    """One guide in short, in one language."""
    return {
        "id": guide.id,
        "type": str(guide.type),
        "language": guide.language,
        "title": guide.title,
        "plain_title": guide.plain_title,
        "description": guide.description,
    }


def guide_edition(library: Library, edition: Edition, guide: Guide) -> dict[str, Any]:
    """A guide's edition in one language: blocks, statements, citations, review state."""
    review = Reviews(library).of(edition, guide.language)
    return {
        **guide_summary(guide),
        "edition": edition.number,
        "published": edition.published,
        "hash": edition.hash,
        "languages": sorted(edition.versions),
        "concepts": list(guide.concepts),
        "review": {
            "state": review.state,
            "by": review.by,
            "on": review.on,
            "next_due": review.next_due,
            "overdue": review.overdue,
            "reasons": [
                {
                    "kind": one.kind,
                    "blocks": list(one.blocks),
                    "source": one.source,
                    "detail": one.detail,
                    "on": one.on,
                }
                for one in review.reasons
            ],
        },
        "blocks": [
            {
                "id": block.id,
                "kind": block.kind,
                "heading": block.heading,
                "category": block.category,
                **{
                    str(audience): [
                        {"text": one.text, "citations": list(one.labels)}
                        for part in block.parts_for(audience)
                        for one in statements(part, guide.language)
                    ]
                    for audience in (Audience.PATIENT, Audience.CLINICAL)
                },
            }
            for block in guide.blocks
        ],
        "citations": {
            label: {
                "source": one.source,
                "version": one.version,
                "start": one.start,
                "end": one.end,
                "quote": one.quote,
            }
            for label, one in edition.evidence.items()
        },
    }
