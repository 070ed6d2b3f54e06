"""Structured data of a guide (schema.org), for search engines: only what the ledger holds."""

from __future__ import annotations

import json
from typing import Any

from piamater.guides import Edition, Guide, GuideType, Review, statements

_ABOUT = {
    GuideType.CONDITION: "MedicalCondition",
    GuideType.TEST: "MedicalTest",
    GuideType.MEDICINE: "Drug",
    GuideType.SYMPTOM: "MedicalSignOrSymptom",
}


def structured_data(edition: Edition, guide: Guide, origin: str, review: Review) -> str:
    """A guide as JSON-LD, a schema.org ``MedicalWebPage`` (a ``Report`` for a case report).

    A review is told only where someone signed it: ``lastReviewed`` and ``reviewedBy`` are left
    out of a page that was only submitted. The text is safe inside a script element.
    """
    address = f"{origin}/{guide.language}/guides/{guide.id}"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report" if guide.type is GuideType.CASE_REPORT else "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": guide.title,
        "description": guide.description,
        "inLanguage": guide.language,
        "datePublished": edition.published,
        "version": str(edition.number),
        "identifier": f"sha256:{edition.hash}",
        "author": [{"@type": "Organization", "name": one} for one in guide.authors],
        "creativeWorkStatus": review.state,
        "isAccessibleForFree": True,
    }
    if about := _ABOUT.get(guide.type):
        names = guide.block("also-called")
        others = [
            one.text for part in (names.parts if names else ()) for one in statements(part, "en")
        ]
        data["about"] = {"@type": about, "name": guide.title, "alternateName": others}
    if review.state == "approved" and review.on:
        data["lastReviewed"] = review.on
        data["reviewedBy"] = {"@type": "Person", "name": review.by}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
