"""What others read of us: citations and structured data state only what is held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from piamater.corpus import Library, add
from piamater.exchange import citation_text, cite_formats, structured_data
from piamater.guides import Edition, GuideFolder, publish
from piamater.guides.review import Review
from piamater.starter import guides_folder, notes_folder

ADDRESS = "https://library.example.org/guides/lumbar-puncture"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    library = Library.create(tmp_path_factory.mktemp("exchange") / "library", "x")
    with library.writing():
        add(library, [str(notes_folder())])
        return publish(library, GuideFolder(guides_folder()), ["lumbar-puncture"])[0].edition


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_every_format_is_read_back_by_its_own_library(edition: Edition, language: str) -> None:
    guide = edition.versions[language]
    written = {
        name: one.write(edition, guide, ADDRESS, "A shelf") for name, one in cite_formats().items()
    }
    [csl] = json.loads(written["json"])
    assert csl["title"] == guide.title
    assert csl["URL"] == ADDRESS
    [ris] = rispy.loads(str(written["ris"]))
    assert ris["title"] == guide.title
    parsed = parse_string(str(written["bib"]))
    assert not parsed.failed_blocks
    assert parsed.entries[0]["url"] == ADDRESS
    assert guide.title in citation_text(edition, guide, ADDRESS, "A shelf")


def test_structured_data_is_safe_in_a_page_and_claims_no_review(
    edition: Edition, tmp_path: Path
) -> None:
    text = structured_data(
        edition, edition.original, ADDRESS, Review("submitted", None, None, "", False, "")
    )
    assert "<" not in text
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    assert not {"reviewedBy", "lastReviewed"} & set(json.dumps(data).replace('"', " ").split())
