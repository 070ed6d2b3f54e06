"""What readers are told of reviews, and that it follows the ledger on the next request."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from piamater.corpus import Library
from piamater.guides import Edition, EditionStore
from piamater.guides.review import Key, Reviews, Scope, cells, person, verify_ledger
from piamater.site.configure import configure
from piamater.site.state import open_site

ID = "lumbar-puncture"


@pytest.fixture
def signed(own_shelf: Path) -> Reviews:
    """A shelf on which one guide is approved in all languages."""
    library = Library(own_shelf)
    reviews, key = Reviews(library), Key.create()
    key.save(own_shelf / "review", "a passphrase")
    with library.writing():
        reviews.found(key)
        reviews.register(key, person("ada", "Ada Writer", ["writer", "editor"]))
        reviews.register(
            key,
            person(
                "haque", "R. Haque", ["clinical", "language:bn"], "neurologist", "register, today"
            ),
        )
        reviews.register(key, person("luz", "Luz Gil", ["language:es"]))
        reviews.submit(key, ID, "ada")
        for who, language in (("haque", "en"), ("haque", "bn"), ("luz", "es")):
            scope = Scope((language,))
            reviews.sign(key, ID, who, "approve", interests="speaker's fee, 2025", scope=scope)
    reviews.__dict__["key"] = key
    return reviews


@pytest.fixture
def read(signed: Reviews) -> Callable[[str], str]:
    configure()
    open_site(signed.library.folder)
    return lambda path: Client().get(path).content.decode()


def near_title(html: str) -> str:
    return html[html.index("<h1>") : html.index('class="columns"')]


def test_an_approved_guide_names_who_signed_it(read: Callable[[str], str]) -> None:
    top = near_title(read(f"/en/guides/{ID}"))
    assert "state-approved" in top
    assert "Reviewed by R. Haque, neurologist." in top
    assert "অনুমোদিত" in near_title(read(f"/bn/guides/{ID}"))
    assert "Luz Gil" in near_title(read(f"/es/guides/{ID}"))
    history = read(f"/en/guides/{ID}/history")
    assert "speaker&#x27;s fee, 2025" in history
    assert "Credential checked: register, today" in history
    assert "reviewedBy" in read(f"/en/guides/{ID}")
    assert "No person has reviewed it yet." in near_title(read("/en/guides/seizure"))


def test_words_of_another_language_on_a_page_carry_their_own_state(
    read: Callable[[str], str], signed: Reviews
) -> None:
    case = "example-case-leptomeningeal-neurosarcoidosis"
    key: Key = signed.__dict__["key"]
    with signed.library.writing():
        signed.submit(key, case, "ada")
        signed.sign(key, case, "haque", "approve", interests="none", scope=Scope(("en",)))
    html = read(f"/en/guides/{case}")
    assert "state-approved" in near_title(html)
    other = html[html.index('class="bilingual"') :].partition("</section>")[0]
    assert "state-under-review" in other


def test_a_source_withdrawn_is_told_on_the_next_request(
    read: Callable[[str], str], signed: Reviews
) -> None:
    assert "state-approved" in read(f"/bn/guides/{ID}")
    shown = [one for one in cells(signed.editions.latest(ID)) if one.view == "patient"]
    source = next(one.sources[0] for one in shown if one.sources)
    with signed.library.writing():
        signed.library.corpus.decide(source, "withdraw", "a test", "2026-11-21")
    top = near_title(read(f"/bn/guides/{ID}"))
    assert "state-lapsed" in top
    assert "এর একটি উৎসের ওপর আর নির্ভর করা যায় না।" in top
    assert source in top


def test_a_signature_withdrawn_and_a_note_are_told_on_the_next_request(
    read: Callable[[str], str], signed: Reviews
) -> None:
    key: Key = signed.__dict__["key"]
    assert "state-approved" in read(f"/es/guides/{ID}")
    entry = next(one for one in signed.book.entries if one.by == "luz")
    with signed.library.writing():
        signed.withdraw(key, [entry.number], "luz", "a doubt")
        signed.note(key, ID, "ada", "A figure <b>was</b> corrected.")
    top = near_title(read(f"/es/guides/{ID}"))
    assert "state-lapsed" in top
    assert "Un revisor ha retirado su firma." in top
    assert "A figure &lt;b&gt;was&lt;/b&gt; corrected." in top
    assert "state-approved" in read(f"/en/guides/{ID}")


def test_what_was_taken_back_before_a_review_is_no_signature(
    read: Callable[[str], str], signed: Reviews
) -> None:
    key: Key = signed.__dict__["key"]
    file = signed.library.folder / "guides" / ID / "en.md"
    file.write_text(file.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    with signed.library.writing():
        entry = signed.submit(key, ID, "ada")
        signed.withdraw(key, [entry.number], "ada", "a typing error")
    for language, told in (
        ("en", "Taken back before a review began"),
        ("es", "Retirada antes de iniciarse la revisión"),
        ("bn", "যাচাই শুরুর আগে ফেরত নেওয়া"),
    ):
        page = read(f"/{language}/guides/{ID}/history")
        assert told in page
        assert "a typing error" in page
    assert "Signature withdrawn" not in read(f"/en/guides/{ID}/history")


def test_overdue_by_the_clock(read: Callable[[str], str], signed: Reviews) -> None:
    open_site(signed.library.folder, today=date(2030, 1, 1))
    top = near_title(read(f"/en/guides/{ID}"))
    assert "state-lapsed" in top
    assert "Its review was due, and was not done." in top


def test_a_damaged_ledger_shows_no_approval(read: Callable[[str], str], signed: Reviews) -> None:
    path = signed.ledger.path
    path.write_bytes(path.read_bytes().replace(b"Luz Gil", b"Luz Gal"))
    top = near_title(read(f"/en/guides/{ID}"))
    assert "The record of reviews is damaged" in top
    assert "state-approved" not in top


def test_anyone_can_download_the_ledger_and_verify_it(signed: Reviews, tmp_path: Path) -> None:
    configure()
    open_site(signed.library.folder)
    for name in ("ledger.jsonl", "head.json", "key.pub"):
        (tmp_path / name).write_bytes(Client().get(f"/review/{name}").content)
    assert verify_ledger(tmp_path).sound
    for name in ("key.pem", "policy.toml", "..%2fpiamater.toml", "x"):
        assert Client().get(f"/review/{name}").status_code == 404


def frozen(store: EditionStore, content: dict[str, Any]) -> Edition | None:
    pictures = {name: store.latest(ID).figure(name) for name in content["figures"]}
    return store.freeze(store._next(ID, content, date(2026, 11, 21), ""), pictures)


def forged(signed: Reviews, word: str, by: str) -> None:
    """An edition that somebody wrote into the folder past the ledger."""
    place = signed.library.folder
    shutil.copytree(place / "editions", place.parent / "apart" / "editions")
    other = EditionStore(place.parent / "apart" / "editions")
    text = (place / "guides" / ID / "en.md").read_text("utf-8")
    content = {**other.latest(ID).content}
    content["languages"] = {**content["languages"], "en": text.replace(word, by)}
    edition = frozen(other, content)
    assert edition is not None
    shutil.copy(edition.path, place / "editions" / ID)


def test_an_edition_that_the_ledger_does_not_know_is_not_shown(
    read: Callable[[str], str], signed: Reviews
) -> None:
    forged(signed, "lumbar", "forged")
    open_site(signed.library.folder)
    assert "state-approved" in read(f"/en/guides/{ID}")
    assert "forged" not in read(f"/en/guides/{ID}") + read(f"/en/guides/{ID}/history")
    assert Client().get(f"/en/guides/{ID}/editions/2").status_code == 404


def test_a_damaged_edition_closes_its_guide_and_no_other_page(
    read: Callable[[str], str], signed: Reviews
) -> None:
    read("/en/")
    path = EditionStore(signed.library.folder / "editions").latest(ID).path
    path.write_bytes(path.read_bytes().replace(b'"note": ""', b'"note": "changed"'))
    open_site(signed.library.folder)
    answer = Client().get(f"/en/guides/{ID}")
    assert answer.status_code == 503
    assert "cannot be read just now" in answer.content.decode()
    for path_ in ("/en/", "/en/guides/seizure", "/api/v1/guides"):
        assert Client().get(path_).status_code == 200, path_


def test_an_edition_that_cannot_be_read_by_its_form_is_damage_too(own_shelf: Path) -> None:
    store = EditionStore(own_shelf / "editions")
    content = {**store.latest(ID).content, "languages": {"en": "no guide at all"}}
    assert frozen(store, content)
    configure()
    open_site(own_shelf)
    assert Client().get(f"/en/guides/{ID}").status_code == 503
    assert Client().get("/en/").status_code == 200
