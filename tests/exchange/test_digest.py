from __future__ import annotations

import json
import re
import tarfile
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from lxml import etree

from piamater.answers.inbox import Inbox
from piamater.cli.main import run
from piamater.corpus import Library
from piamater.corpus.settings import Settings
from piamater.errors import InputError, PiamaterError
from piamater.exchange.digest import Digest, QuestionsWaiting, ReviewWaiting, digest
from piamater.exchange.digest_forms import as_feed, as_html, as_text, subject
from piamater.exchange.digest_words import LANGUAGES, _words, known
from piamater.exchange.mailing import send
from piamater.exchange.subscribers import subscribe
from piamater.keeping import Choice, backup
from piamater.watch.candidate import WHYS
from tests.exchange.smtp_server import mail_server, make_certificate
from tests.guides.review.desk import GUIDE, TODAY, Desk, make_desk

SECRET = "zebrafish-headache"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def library(desk: Desk) -> Library:
    """Three questions and a guide that nobody has put forward, read eight days later."""
    inbox = Inbox(desk.library.folder, TODAY)
    inbox.add(f"Is a {SECRET} normal?", "en", TODAY)
    inbox.add(f"She has a seizure and {SECRET}.", "en", TODAY + timedelta(days=3), urgent=True)
    inbox.add(f"Another {SECRET}?", "en", TODAY)
    inbox.answer(3, f"A {SECRET} is.", "ada", TODAY)
    text = (desk.library.folder / "piamater.toml").read_text("utf-8")
    changed = text.replace('base_url = ""', 'base_url = "https://library.example.org/"')
    (desk.library.folder / "piamater.toml").write_text(changed, "utf-8")
    return Library(desk.library.folder, TODAY + timedelta(days=8))


def test_it_tells_what_waits_and_nothing_of_what_was_asked(library: Library, desk: Desk) -> None:
    found = digest(library)
    assert [(one.state, one.count, one.urgent, one.oldest) for one in found.questions] == [
        ("new", 2, 1, "2026-11-21"),
        ("answered", 1, 0, "2026-11-21"),
    ]
    assert found.urgent == 1
    assert (found.reviews[0].guide, found.reviews[0].why) == (GUIDE, "submit")
    assert found.reviews[0].address == f"https://library.example.org/en/guides/{GUIDE}"
    text = as_text(found)
    assert subject(found).endswith(": 1 urgent, 3 questions, 1 guide to review")
    assert "2 new, given to nobody, 1 with a danger sign; the oldest for 8 days" in text
    assert "to be signed by a second person" in text
    forms = [text, as_html(found), as_feed(found, "x").decode(), json.dumps(found.to_json())]
    for form in forms:
        assert "zebrafish" not in form
        assert "seizure" not in form
        assert "Ada" not in form
    inbox = Inbox(library.folder, library.today)
    inbox.sign(3, "sam", library.today, key=lambda: desk.key)
    assert [one.state for one in digest(library).questions] == ["new"]


def test_new_evidence_is_told_where_the_room_for_it_is(library: Library) -> None:
    desk = make_desk(library.folder.parent / "other")
    desk.publish()
    withdrawn = desk.reviews.editions.latest(GUIDE).evidence["ticks"].source
    assert (
        run(["-l", str(desk.library.folder), "sources", "withdraw", withdrawn, "--reason", "x"])
        == 0
    )
    found = digest(Library(desk.library.folder, TODAY + timedelta(days=2)))
    assert [(one.guide, one.count) for one in found.watch] == [(GUIDE, 1)]
    assert found.watch[0].why == {"withdrawn": 1}
    assert f"{GUIDE}: 1 document (withdrawn 1)" in as_text(found)


def test_a_fresh_library_has_nothing_that_waits(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "fresh", "Fresh")
    found = digest(library)
    assert not found.waits
    assert subject(found) == "Fresh: nothing waits"
    assert not (library.folder / "questions.sqlite3").exists()  # looking makes no inbox


def test_what_cannot_be_read_is_told_and_the_rest_too(library: Library) -> None:
    (library.folder / "questions.sqlite3").write_bytes(b"no database" * 500)
    found = digest(library)
    assert len(found.problems) == 1
    assert found.reviews
    assert "Could not be read" in as_text(found)


HOSTILE = Digest(
    "A <b>shelf</b>\nBcc: x@example.org",
    "2026-11-21",
    (QuestionsWaiting("new", 1, 0, "2026-11-21"),),
    (ReviewWaiting('a"<i>', "en", "overdue", "2026-11-01", 'https://x/"><script>'),),
    (),
)


def test_names_are_text_in_every_form() -> None:
    html = as_html(HOSTILE)
    assert "<script>" not in html
    assert "<i>" not in html
    assert "\n" not in subject(HOSTILE)
    root = etree.fromstring(as_feed(HOSTILE, "x"))
    assert root.findtext(f"{ATOM}title") == "A <b>shelf</b> Bcc: x@example.org: what waits"


def test_the_feed_keeps_what_it_said_and_when(library: Library) -> None:
    first = datetime(2026, 11, 29, 8, tzinfo=UTC)
    old = as_feed(digest(library), "home", now=first)
    next_day = Library(library.folder, library.today + timedelta(days=1))
    same = as_feed(digest(next_day), "home", old, first + timedelta(days=1))
    assert same == old  # nothing new: no reader is called
    Inbox(library.folder, library.today).assign(1, "ada", library.today)
    new = as_feed(digest(library), "home", old, first + timedelta(days=2))
    when = {
        str(one.findtext(f"{ATOM}title")): str(one.findtext(f"{ATOM}updated"))[:10]
        for one in etree.fromstring(new).iterfind(f"{ATOM}entry")
    }
    assert sorted(when.values()) == ["2026-11-29"] * 2 + ["2026-12-01"] * 2
    for foreign in (b"words", b"<feed/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'):
        with pytest.raises(InputError, match="no feed of this digest"):
            as_feed(digest(library), "home", foreign)


def settings(port: int, **more: str) -> Settings:
    given: dict[str, str] = {"mail_from": "library@example.org", "mail_host": "127.0.0.1", **more}
    return Settings(mail_port=port, **given)  # type: ignore[arg-type]


def test_each_address_gets_a_mail_of_its_own(library: Library) -> None:
    found = digest(library)
    to = ["ed@example.org", "no@example.org", "two@example.org", "ed@example.org"]
    with mail_server() as kept:
        held = settings(kept.port, mail_security="none")
        refused = send(held, to, subject(found), as_text(found), as_html(found))
    assert refused == {"no@example.org": "550 nobody here"}
    assert [one for one, _, _ in kept.mails] == ["ed@example.org", "two@example.org"]
    mail = message_from_bytes(kept.mails[0][2], policy=policy.default)
    assert mail["To"] == "ed@example.org"
    assert "two@example.org" not in kept.mails[0][2].decode()
    assert mail["Subject"] == subject(found)
    assert mail["Auto-Submitted"] == "auto-generated"
    kinds = [one.get_content_type() for one in mail.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    plain = mail.get_body(("plain",))
    assert plain
    assert plain.get_content().replace("\r\n", "\n").strip() == as_text(found).strip()
    assert b"zebrafish" not in kept.mails[0][2]


def test_by_default_nothing_is_sent_before_the_line_is_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIAMATER_SMTP_PASSWORD", "four-words")
    with mail_server() as plain, pytest.raises(PiamaterError, match=r"not sent.*STARTTLS"):
        send(settings(plain.port, mail_user="u"), ["a@example.org"], "s", "t", "h")
    assert (plain.mails, plain.logins) == ([], [])
    certificate = make_certificate(tmp_path / "server.pem")
    with mail_server(certificate) as strange, pytest.raises(PiamaterError, match=r"(?i)certif"):
        send(settings(strange.port, mail_user="u"), ["a@example.org"], "s", "t", "h")
    assert (strange.mails, strange.logins) == ([], [])
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(certificate) as kept:
        assert not send(settings(kept.port, mail_user="u"), ["a@example.org"], "s", "t", "h")
    assert kept.logins == [(True, "\0u\0four-words")]
    assert [(to, secret) for to, secret, _ in kept.mails] == [("a@example.org", True)]


def test_what_is_missing_or_wrong_is_told_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PIAMATER_SMTP_PASSWORD", raising=False)
    with mail_server() as kept:
        for held, to, match in (
            (Settings(), "a@example.org", "no mail server"),
            (settings(kept.port, mail_from=""), "a@example.org", "no mail address"),
            (settings(kept.port), "a@example.org\nBcc: b@example.org", "no mail address"),
            (settings(kept.port), "nobody", "no mail address"),
            (settings(kept.port, mail_user="u"), "a@example.org", "password is not set"),
            (
                settings(kept.port, mail_user="u", mail_security="none", mail_host="192.0.2.1"),
                "a@example.org",
                "no plain connection",
            ),
        ):
            with pytest.raises(InputError, match=match):
                send(held, [to], "s", "t", "h")
        port = kept.port
    assert kept.mails == []
    with pytest.raises(PiamaterError, match=rf"127.0.0.1:{port}"):
        send(settings(port, mail_security="none"), ["a@example.org"], "s", "t", "h")


def test_the_command(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["-l", str(library.folder), "digest"]
    assert run(command) == 0
    assert "piamater review queue" in capsys.readouterr().out
    feed = tmp_path / "waiting.atom"
    with mail_server() as kept:
        path = library.folder / "piamater.toml"
        text = re.sub(r"(?ms)^\[mail\].*?(?=^\[)", "", path.read_text("utf-8"))
        mail = f'host = "127.0.0.1"\nport = {kept.port}\nfrom = "l@example.org"\nsecurity = "none"'
        path.write_text(f"{text}\n[mail]\n{mail}\n", "utf-8")
        to = ["--send", "ed@example.org", "--send", "no@example.org"]
        assert run([*command, *to, "--feed", str(feed), "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["refused"] == {"no@example.org": "550 nobody here"}
    assert "no@example.org was refused" in err
    assert len(kept.mails) == 1
    assert etree.fromstring(feed.read_bytes()).tag == f"{ATOM}feed"
    assert run([*command, "--send", "nobody"]) == 2


def test_settings_of_mail_are_checked(library: Library) -> None:
    path = library.folder / "piamater.toml"
    text = re.sub(r"(?ms)^\[mail\].*?(?=^\[)", "", path.read_text("utf-8"))
    for wrong in ('security = "maybe"', "port = 0", 'password = "x"'):
        path.write_text(f"{text}\n[mail]\n{wrong}\n", "utf-8")
        assert run(["-l", str(library.folder), "digest"]) == 2


def test_a_guides_languages_stand_on_one_line(library: Library) -> None:
    some = tuple(
        ReviewWaiting("fever", one, why, "2026-12-01", f"https://x/{one}/guides/fever")
        for one, why in (("en", "overdue"), ("es", "overdue"), ("bn", "moved"))
    )
    found = Digest("Shelf", "2026-11-21", (), some, ())
    assert subject(found) == "Shelf: 2 guides to review"
    assert "- fever (en, es): its review is overdue, due 2026-12-01" in as_text(found)
    root = etree.fromstring(as_feed(found, "x"))
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:  # RFC 4287, 4.1.2: a content or an alternate link
        assert entry.findtext(f"{ATOM}content")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_whoever_reads_it(library: Library, language: str) -> None:
    late = Library(library.folder, TODAY + timedelta(days=20))
    found = digest(late)
    assert [one.late for one in found.questions] == [2, 1]
    forms = [as_text(found, language), as_html(found, language), subject(found, language)]
    forms.append(as_feed(found, "x", language=language).decode())
    script = {"en": "late", "es": "con retraso", "bn": "টিতে দেরি হয়েছে"}[language]
    for form in (forms[0], forms[1], forms[3]):
        assert script in form
    if language != "en":
        for word in ("question", "Reviews", "oldest", "waits", "day"):
            plain = re.sub(r"<[^>]+>|piamater \w+( \w+)?|body\{.*?</style>", "", forms[0])
            assert word not in plain
            assert word not in forms[2]
    if language == "bn":
        assert "২টি নতুন" in forms[0]
    assert f'lang="{language}"' in forms[1]


def test_every_message_is_there_in_every_language() -> None:
    for key, held in _words().items():
        assert set(held) == set(LANGUAGES), key
    for why in WHYS:
        assert known(why)


def with_mail(folder: Path, port: int) -> None:
    path = folder / "piamater.toml"
    text = re.sub(r"(?ms)^\[mail\].*?(?=^\[|\Z)", "", path.read_text("utf-8"))
    mail = f'host = "127.0.0.1"\nport = {port}\nfrom = "l@example.org"\nsecurity = "none"'
    path.write_text(f"{text}\n[mail]\n{mail}\n", "utf-8")


def test_each_subscriber_gets_it_in_their_language_until_they_stop(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["-l", str(library.folder), "digest"]
    assert run([*command, "--mail"]) == 0
    assert "nobody has subscribed" in capsys.readouterr().err  # opt-in: nobody is on it by itself
    for address, language in (("ana@example.org", "es"), ("ed@example.org", "bn")):
        assert run([*command, "--subscribe", address, "--lang", language]) == 0
    assert run([*command, "--subscribe", "ED@example.org", "--lang", "en"]) == 0
    assert run([*command, "--subscribe", "nobody"]) == 2
    assert (library.folder / "digest.json").stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    with mail_server() as kept:
        with_mail(library.folder, kept.port)
        assert run([*command, "--mail"]) == 0
        assert run([*command, "--unsubscribe", "ana@example.org"]) == 0
        assert run([*command, "--mail"]) == 0
    assert [one for one, _, _ in kept.mails] == [
        "ED@example.org", "ana@example.org", "ED@example.org",
    ]  # fmt: skip
    mail = message_from_bytes(kept.mails[1][2], policy=policy.default)
    assert mail["Content-Language"] == "es"
    assert mail["List-Unsubscribe"] == "<mailto:l@example.org?subject=unsubscribe>"
    body = mail.get_body(("plain",))
    assert body
    assert "Preguntas" in body.get_content()
    assert "respóndalo con la palabra unsubscribe" in body.get_content()
    assert run([*command, "--unsubscribe", "ana@example.org"]) == 2
    (library.folder / "digest.json").write_text("[1]")
    assert run([*command, "--mail"]) == 2


def test_the_addresses_of_subscribers_are_in_no_default_copy(
    library: Library, tmp_path: Path
) -> None:
    subscribe(library.folder, "ana@example.org", "es", "2026-11-21")
    for choice, there in ((Choice(), False), (Choice(accounts=True), True)):
        copy = tmp_path / f"{there}.tar.gz"
        backup(library.folder, copy, choice)
        with tarfile.open(copy) as held:
            assert any(one.endswith("digest.json") for one in held.getnames()) == there
