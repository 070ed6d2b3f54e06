"""What every page promises: to readers without scripts, to programs, and to attackers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from piamater.guides import LANGUAGES, EditionStore
from piamater.site.messages import words
from piamater.site.state import Site
from tests.site.conftest import no_limit, plain

ID = "csf-cytology"
PAGES = (
    "", "a-z", "a-z?group=test", "ask", "search", "sources", "sources/note:csf-analysis-medlineplus:en",
    "urgent", "diary", "support", "settings", "offline", "glossary", "about", "questions/new",
    f"guides/{ID}", f"guides/{ID}?view=clinical", f"guides/{ID}/visit", f"guides/{ID}/print",
    f"guides/{ID}/history", f"guides/{ID}/cite", f"guides/{ID}/trials", f"guides/{ID}/support",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_every_language(client: Client, language: str, path: str) -> None:
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert "<script>" not in html
    assert not re.search(r" style=| on[a-z]+=", html)
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        external = address.startswith("http") and "localhost" not in address
        if external and not address.startswith("http://testserver"):
            assert 'rel="external noreferrer"' in html


@pytest.mark.parametrize("path", PAGES)
def test_no_page_takes_anything_from_elsewhere(client: Client, path: str) -> None:
    response = client.get(f"/en/{path}")
    html = response.content.decode()
    taken = re.findall(r'<(?:script|img|iframe|audio|video|source)[^>]+src="([^"]+)"', html)
    taken += re.findall(r'<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]+href="([^"]+)"', html)
    assert taken
    assert all(one.startswith("/") and not one.startswith("//") for one in taken)
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_messages_are_whole_in_every_language() -> None:
    keys = {language: set(words(language)) for language in LANGUAGES}
    assert keys["en"] == keys["es"] == keys["bn"]
    for key, text in words("bn").items():
        assert re.search("[\u0980-\u09ff]", text) or key in ("language_name", "feed"), key
    for language in LANGUAGES:
        for key, text in words(language).items():
            assert text.count("{}") == words("en")[key].count("{}"), (language, key)


def test_a_guide_says_its_review_near_its_title(client: Client) -> None:
    html = client.get(f"/en/guides/{ID}").content.decode()
    head = plain(html[html.index("<h1>") : html.index('class="columns"')])
    assert "Submitted, awaiting review" in head
    assert "No person has reviewed it yet" in head
    assert "21 November 2027" in head
    assert re.search(r"\((today|\d+ days old)\)", head)


def test_an_overdue_guide_says_so(shelf: Path, client: Client, site: Site) -> None:
    from datetime import date

    from piamater.site.state import open_site

    open_site(shelf, today=date(2029, 1, 1))
    html = client.get(f"/en/guides/{ID}").content.decode()
    assert "Review overdue" in plain(html[html.index("<h1>") : html.index('class="columns"')])
    open_site(shelf)


def test_the_danger_signs_come_before_the_text_with_a_number_to_call(client: Client) -> None:
    html = client.get(f"/bn/guides/{ID}", {"country": "BD"}).content.decode()
    card = html[html.index("card-emergency") : html.index('class="columns"')]
    assert "tel:999" in card
    assert "৯৯৯ (999)" in card
    spain = client.get(f"/es/guides/{ID}?country=ES").content.decode()
    assert "tel:112" in spain


def test_a_browser_set_to_american_english_is_not_a_reader_in_america(client: Client) -> None:
    html = client.get(f"/en/guides/{ID}", headers={"Accept-Language": "en-US"}).content.decode()
    card = html[html.index("card-emergency") : html.index('class="columns"')]
    assert "tel:999" in card
    assert "tel:911" in card
    assert "/en/urgent" in card


def test_every_claim_of_a_guide_leads_to_its_passage(client: Client, site: Site) -> None:
    for language in LANGUAGES:
        for view in ("patient", "clinical"):
            html = client.get(f"/{language}/guides/{ID}?view={view}").content.decode()
            addresses = set(re.findall(r'class="cite"[^>]*href="([^"]+)"', html))
            assert len(addresses) > 5
            for address in addresses:
                page = client.get(address).content.decode()
                marked = re.search(r'<mark id="passage">(.*?)</mark>', page, re.S)
                assert marked
                assert len(plain(marked[1])) >= 12
                panel = client.get(address + "?panel=1").content.decode()
                assert "<html" not in panel
                assert "<mark" in panel


def test_views_and_languages_are_remembered_only_when_chosen(client: Client) -> None:
    assert not client.get(f"/en/guides/{ID}").cookies
    chosen = client.get(f"/en/guides/{ID}?view=clinical")
    assert chosen.cookies["view"].value == "clinical"
    assert "Clinicians</a>" in chosen.content.decode()
    again = client.get(f"/en/guides/{ID}").content.decode()
    assert re.search(r'view=clinical" aria-current="true"', again)
    assert client.get("/", headers={"Accept-Language": "bn-BD"})["Location"] == "/bn/"
    client.get("/es/?lang=es")
    assert client.get("/")["Location"] == "/es/"


def test_settings_are_kept_and_a_country_can_be_taken_back(client: Client) -> None:
    sent = {"lang": "es", "view": "clinical", "theme": "dark", "size": "xl", "country": "BD"}
    response = client.post("/en/settings", sent)
    assert response.status_code == 302
    assert response["Location"] == "/es/settings?saved"
    html = client.get("/es/settings").content.decode()
    assert 'data-theme="dark"' in html
    assert 'data-size="xl"' in html
    assert "999" in client.get("/es/urgent").content.decode()
    client.post("/es/settings", {**sent, "country": ""})
    assert client.cookies["country"].value == ""
    hostile = client.post("/en/settings", {"lang": "../x", "theme": "<b>", "country": "'; drop"})
    assert hostile["Location"] == "/en/settings?saved"


def test_a_page_is_sent_compressed_and_not_sent_twice(client: Client) -> None:
    first = client.get(f"/en/guides/{ID}", headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert len(first.content) < 50_000
    tag = first["ETag"]
    again = client.get(f"/en/guides/{ID}", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_of_a_guide_weighs_at_most_50_kb(
    client: Client, site: Site, language: str
) -> None:
    for edition in site.shelf.editions:
        for view in ("patient", "clinical"):
            address = f"/{language}/guides/{edition.guide}?view={view}"
            page = client.get(address, headers={"Accept-Encoding": "gzip"})
            whole = len(page.content)
            import gzip

            html = gzip.decompress(page.content).decode()
            for one in re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html):
                whole += len(client.get(one, headers={"Accept-Encoding": "gzip"}).content)
            assert whole <= 50_000, (address, whole)


def test_the_history_shows_what_changed(own_shelf: Path) -> None:
    from piamater.corpus import Library
    from piamater.guides import GuideFolder, publish
    from piamater.site.configure import configure
    from piamater.site.state import open_site

    path = own_shelf / "guides" / ID / "en.md"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("Take it easy for 24 hours afterwards", "Rest for 24 hours afterwards"),
        "utf-8",
    )
    library = Library(own_shelf)
    with library.writing():
        done = publish(library, GuideFolder(own_shelf / "guides"), [ID], "one word")
        assert [one.new for one in done] == [True]
        assert not publish(library, GuideFolder(own_shelf / "guides"), [ID])[0].new
    configure()
    open_site(own_shelf)
    client = Client()
    html = client.get(f"/en/guides/{ID}/history").content.decode()
    assert "<ins>Rest</ins>" in html
    assert "<del>Take it easy</del>" in html or "<del>Take</del>" in html
    assert "one word" in html
    old = client.get(f"/en/guides/{ID}/editions/1").content.decode()
    assert "This is an earlier edition" in old
    assert "Take it easy" in old
    spanish = client.get(f"/es/guides/{ID}").content.decode()
    assert words("es")["behind"] in spanish  # the Spanish text now lags behind
    assert EditionStore(own_shelf / "editions").latest(ID).number == 2


def test_a_retracted_source_is_marked_wherever_it_is_cited(own_shelf: Path) -> None:
    from piamater.corpus import Library
    from piamater.site.configure import configure
    from piamater.site.state import open_site

    configure()
    open_site(own_shelf)
    client = Client()
    assert "stale" not in client.get(f"/en/guides/{ID}").content.decode()
    library = Library(own_shelf)
    with library.writing():
        library.corpus.decide(
            "note:lm-csf-cytology-autopsy-1979:en", "withdraw", "a test", "2026-11-21"
        )
    html = client.get(f"/en/guides/{ID}").content.decode()
    assert 'class="cite stale"' in html
    assert "withdrawn" in html


def test_citations_for_reference_managers(client: Client) -> None:
    csl = json.loads(client.get(f"/en/guides/{ID}/cite.json").content)
    assert csl[0]["title"] == "Cerebrospinal fluid cytology"
    assert (
        client.get(f"/en/guides/{ID}/cite.ris")
        .content.decode()
        .lstrip("1. \n")
        .startswith("TY  - ")
    )
    assert "@misc{" in client.get(f"/en/guides/{ID}/cite.bib").content.decode()
    assert client.get(f"/en/guides/{ID}/cite.exe").status_code == 404


def test_structured_data_claims_no_review(client: Client) -> None:
    html = client.get(f"/en/guides/{ID}").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    data = json.loads(found[1])
    assert data["@context"] == "https://schema.org"
    assert "reviewedBy" not in data
    assert "lastReviewed" not in data


def test_trials_are_only_links(client: Client) -> None:
    html = client.get(f"/en/guides/{ID}/trials").content.decode()
    assert "clinicaltrials.gov" in html
    assert 'rel="external noreferrer"' in html


def test_what_programs_read(client: Client) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"/bn/guides/{ID}" in sitemap
    assert 'hreflang="es"' in sitemap
    from lxml import etree

    etree.fromstring(sitemap.encode())
    etree.fromstring(client.get("/bn/feed.atom").content)
    manifest = json.loads(client.get("/bn/manifest.webmanifest").content)
    assert manifest["start_url"] == "/bn/"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200
    pack = json.loads(client.get("/es/pack.json").content)
    assert all(client.get(one).status_code == 200 for one in pack["pages"])
    assert "Sitemap:" in client.get("/robots.txt").content.decode()
    assert json.loads(client.get("/health").content)["status"] == "ok"


def test_the_service_worker_names_files_that_are_there(client: Client) -> None:
    text = client.get("/sw.js").content.decode()
    files = re.findall(r'"(/static/[^"]+)"', text)
    assert len(files) > 4
    assert all(client.get(one).status_code == 200 for one in files)


def test_views_are_counted_without_cookies_or_addresses(own_shelf: Path) -> None:
    from piamater.site.configure import configure
    from piamater.site.counts import Counts
    from piamater.site.state import open_site

    configure()
    open_site(own_shelf)
    client = Client()
    from piamater.site.views.guides import counts

    before = counts().totals(ID, 1).views
    for _ in range(3):
        client.get(f"/en/guides/{ID}", REMOTE_ADDR="203.0.113.7")
    client.get(f"/en/guides/{ID}", headers={"User-Agent": "somebot/1.0"})
    assert counts().totals(ID, 1).views == before + 3
    counts().flush()
    kept = Counts(own_shelf)
    assert kept.totals(ID, 1).views >= 3
    assert b"203.0.113.7" not in (own_shelf / "counts.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/en/guides/../../etc/passwd", 404),
        ("get", "/en/guides/%2e%2e%2fetc", 404),
        ("get", "/static/x/../../../etc/passwd", 404),
        ("get", "/figures/csf-cytology/1/..%2f..%2fen.md", 404),
        ("get", "/en/sources/nothing", 404),
        ("get", "/en/sources/note:csf-analysis-medlineplus:en/ffffffffff/0-5", 404),
        ("get", "/en/guides/csf-cytology/editions/99", 404),
        ("get", "/xx", 404),
        ("get", "/" + "a" * 3000, 414),
        ("post", "/en/guides/csf-cytology", 405),
        ("delete", "/en/ask", 405),
        ("put", "/en/settings", 405),
        ("get", "/en/answers/../../x", 404),
        ("get", "/en/answers", 405),
    ],
)  # fmt: skip
def test_hostile_addresses_get_a_clear_answer(
    client: Client, method: str, path: str, status: int
) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


def test_a_form_from_another_site_is_refused(client: Client) -> None:
    sent = {"q": "What is meningitis?"}
    assert client.post("/en/ask", sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert (
        client.post("/en/ask", sent, headers={"Origin": "https://evil.example"}).status_code == 403
    )
    assert client.post("/en/ask", sent, headers={"Origin": "http://testserver"}).status_code == 200


def test_what_is_too_large_is_refused(client: Client) -> None:
    assert client.post("/en/ask", {"q": "a" * 1_000_000}).status_code == 413
    assert client.post("/en/ask", {"q": "a " * 2_000}).status_code == 400


def test_the_rate_limit_answers_with_429(shelf: Path) -> None:
    from piamater.site.guard import Rates

    rates = Rates(60)
    allowed = [rates.allow("198.51.100.1", now=0.0) for _ in range(30)]
    assert allowed.count(True) == 20
    assert rates.allow("198.51.100.2", now=0.0)
    assert rates.allow("198.51.100.1", now=2.0)


def test_an_address_with_slashes_never_leads_to_another_site(client: Client) -> None:
    for path in ("//evil.example/", "///evil.example//", "/\\evil.example/"):
        response = client.get(path)
        assert response.status_code in (301, 302, 404)
        assert not response.get("Location", "/a").startswith(("//", "/\\", "http"))


def test_support_is_by_country_and_for_every_country_where_none_is_chosen(client: Client) -> None:
    every = client.get("/en/support").content.decode()
    assert every.count("<li><a href=") > 20
    one = client.get(f"/en/guides/{ID}/support?country=BD").content.decode()
    assert "Shasthyo Batayon" in one
    assert one.count("<li><a href=") < every.count("<li><a href=")


def test_the_answer_of_a_question_guide_comes_first(client: Client) -> None:
    html = client.get("/en/guides/rare-causes-of-leptomeningeal-enhancement").content.decode()
    text = html[html.index('class="columns"') :]
    assert text.index('id="answer"') < text.index('id="definition"')


def test_a_kept_answer_has_an_address_and_is_verified(own_shelf: Path) -> None:
    from piamater.site.configure import configure
    from piamater.site.state import open_site

    no_limit(own_shelf)
    configure()
    open_site(own_shelf)
    client = Client()
    sent = {"q": "What is neuroleukemiosis?", "reader": "clinician"}
    page = client.post("/en/answers", sent).content.decode()
    [address] = set(re.findall(r'href="(/en/answers/[0-9a-f]{20})"', page))
    kept = client.get(address).content.decode()
    assert "Neuroleukemiosis means infiltration" in plain(kept)
    assert "the standing of each source is today" in plain(kept)
    [path] = (own_shelf / "answers").glob("*.json")
    path.write_bytes(path.read_bytes().replace(b"infiltration", b"infatuation!"))
    assert client.get(address).status_code == 503


def test_a_kept_answer_tells_nobody_who_asked_and_can_be_deleted(own_shelf: Path) -> None:
    from piamater.site.configure import configure
    from piamater.site.state import open_site

    no_limit(own_shelf)
    configure()
    open_site(own_shelf)
    client = Client()
    sent = {"q": "My name is Ann Weaver, my e-mail is ann@example.org. What is neuroleukemiosis?"}
    pages = [client.post("/en/answers", sent).content.decode() for _ in range(2)]
    for page in pages:
        assert "Weaver" not in page
        assert "ann@example.org" not in page
    for path in (own_shelf / "answers").glob("*.json"):
        assert b"Weaver" not in path.read_bytes()
    addresses = [re.findall(r'href="(/en/answers/[0-9a-f]{20})"', page)[0] for page in pages]
    assert addresses[0] != addresses[1], "an address can be worked out from the question"
    [key] = re.findall(r'name="key" value="([^"]+)"', pages[0])
    assert client.post(f"{addresses[0]}/delete", {"key": "guess"}).status_code == 400
    assert client.post(f"{addresses[1]}/delete", {"key": key}).status_code == 400
    assert client.post(f"{addresses[0]}/delete", {"key": key}).status_code == 200
    assert client.get(addresses[0]).status_code == 404
    assert client.get(addresses[1]).status_code == 200


def test_a_link_does_not_set_the_country(client: Client) -> None:
    page = client.get(f"/en/guides/{ID}?country=ES")
    assert "112" in page.content.decode()
    assert "country" not in page.cookies
    assert "Not in Spain?" in page.content.decode()
    back = client.post("/en/settings", {"country": "BD", "back": "/en/urgent"})
    assert back["Location"] == "/en/urgent"
    assert back.cookies["country"].value == "BD"
    for hostile in ("//evil.example", "https://evil.example", "/en/../..", "/en/x?y=1\r\nA: b"):
        sent = client.post("/en/settings", {"country": "BD", "back": hostile})
        assert sent["Location"] == "/en/settings?saved"
    client.cookies.clear()


@pytest.mark.parametrize("number", ["99999999999999999999", "0", "-1", "x", "৯", "2e9", "10000"])
def test_a_page_of_sources_that_does_not_exist(client: Client, number: str) -> None:
    assert client.get("/en/sources", {"page": number}).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "own summary"), ("es", "resumen de esta biblioteca"), ("bn", "নিজের সারাংশ")],
)
def test_an_evidence_note_says_that_it_is_one(client: Client, language: str, words: str) -> None:
    guide = client.get(f"/{language}/guides/{ID}").content.decode()
    passage = re.findall(r'class="cite[^"]*" href="([^"]+)"', guide)[0]
    assert words in client.get(passage).content.decode()
    assert words in client.get(passage.rsplit("/", 1)[0]).content.decode()
    assert words in client.get(f"{passage}?panel").content.decode()


def asked(client: Client, sent: dict[str, str]) -> str:
    """The whole of an answer page, which is sent in parts."""
    response: Any = client.post("/en/ask", sent)
    return b"".join(response.streaming_content).decode()


def test_an_answer_to_patients_begins_with_what_is_written_for_them(client: Client) -> None:
    sent = {"q": "What are the symptoms of leptomeningeal metastases?"}
    for_patient = asked(client, {**sent, "reader": "patient"})
    clinical = asked(client, {**sent, "reader": "clinician"})
    assert for_patient.index("told-patient") < for_patient.index("told-research")
    assert clinical.index("told-research") < clinical.index("told-patient")


def test_causes_are_told_as_a_table(client: Client) -> None:
    sent = {"q": "What are the rare causes of leptomeningeal enhancement?"}
    html = asked(client, sent)
    assert "<table>" in html
    assert "What the source says" in html


def test_a_case_report_carries_what_a_journal_prints(client: Client) -> None:
    case = "example-case-leptomeningeal-neurosarcoidosis"
    html = client.get(f"/es/guides/{case}?view=clinical").content.decode()
    head = plain(html[html.index("<h1>") : html.index('class="views"')])
    for told in ("Categorías", "neurology", "Licencia", "CC-BY-4.0", "Recibido", "Afiliaciones"):
        assert told in head
    assert "Example of a case report" in html  # the title in the other language stands beside
    assert re.search(r'<figure><img src="/figures/[^"]+" alt="[^"]{10,}"', html)
    assert client.get(re.findall(r'src="(/figures/[^"]+)"', html)[0]).status_code == 200
