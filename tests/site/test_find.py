"""Finding: names, synonyms, misspellings, Bangla script and romanised Bangla, by letter."""

from __future__ import annotations

import pytest
from django.test import Client

from piamater.site.find import Finder
from piamater.site.state import Site
from tests.site.conftest import plain


@pytest.fixture
def finder(site: Site) -> Finder:
    return Finder(site.shelf, site.vocabulary)


@pytest.mark.parametrize(
    ("query", "language", "guide"),
    [
        ("lumbar puncture", "en", "lumbar-puncture"),
        ("spinal tap", "en", "lumbar-puncture"),
        ("lumbar punture", "en", "lumbar-puncture"),
        ("TB meningitis", "en", "tuberculous-meningitis"),
        ("carcinomatous meningitis", "en", "leptomeningeal-metastases"),
        ("fits", "en", "seizure"),
        ("punción lumbar", "es", "lumbar-puncture"),
        ("puncion lumbar", "es", "lumbar-puncture"),
        ("convulsiones", "es", "seizure"),
        ("লাম্বার পাংচার", "bn", "lumbar-puncture"),
        ("খিঁচুনি", "bn", "seizure"),
        ("khichuni", "bn", "seizure"),
        ("matha betha", "bn", "new-headache"),
        ("meningitis", "bn", "bacterial-meningitis"),
        ("dexamethasone", "bn", "dexamethasone"),
    ],
)
def test_a_guide_is_among_the_first_found(
    finder: Finder, query: str, language: str, guide: str
) -> None:
    assert guide in [one.guide.id for one in finder.search(query, language)][:4]


def test_what_is_on_no_shelf_is_not_found(finder: Finder) -> None:
    assert finder.search("carburettor gasket", "en") == []


def test_did_you_mean(finder: Finder) -> None:
    assert finder.did_you_mean("lumbr punture", "en") == "lumbar puncture"
    assert finder.did_you_mean("lumbar puncture", "en") == ""


def test_suggestions_give_each_guide_once_in_the_readers_language(finder: Finder) -> None:
    found = finder.suggest("mening", "es")
    assert found
    assert len({one.guide for one in found}) == len(found)
    assert found[0].language == "es"


@pytest.mark.parametrize("language", ["en", "es", "bn"])
def test_the_a_to_z_holds_every_guide_and_other_names(client: Client, language: str) -> None:
    from piamater.site.state import site

    html = client.get(f"/{language}/a-z").content.decode()
    for guide in site().shelf.all(language):
        assert guide.title in plain(html)
    cancers = client.get(f"/{language}/a-z?group=cancer").content.decode()
    assert "leptomeningeal-metastases" in cancers
    assert "bacterial-meningitis" not in cancers


def test_related_pages_give_a_reason_and_nothing_is_made_up(client: Client) -> None:
    html = client.get("/en/guides/neurolymphomatosis").content.decode()
    related = plain(html[html.index('id="related"') : html.index('id="references"')])
    assert "this page links to it" in related
    assert "both are about" in related or "links" in related
    lonely = client.get("/en/guides/leptomeningeal-melanocytosis").content.decode()
    assert "The library holds nothing on this yet." in plain(lonely)


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("en", "my son has a seizure that does not stop"),
        ("es", "mi hijo tiene una convulsión que no para"),
        ("bn", "আমার ছেলের খিঁচুনি থামছে না"),
    ],
)
def test_a_danger_sign_in_the_search_box_gets_the_urgent_card_and_the_guide(
    client: Client, language: str, query: str
) -> None:
    html = client.post(f"/{language}/search?country=BD", {"q": query}).content.decode()
    assert html.index("card-emergency") < html.index('id="g-h"')
    assert "tel:999" in html
    assert f"/{language}/guides/seizure" in html[html.index('id="g-h"') :]
    calm = client.post(f"/{language}/search", {"q": "MRI"}).content.decode()
    assert "card-emergency" not in calm
