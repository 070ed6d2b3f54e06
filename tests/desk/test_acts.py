"""What nobody may do, though the address is open to them: another's work, another's role."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

import pytest

from tests.desk.conftest import Running, Visitor, in_desk, rows
from tests.desk.test_invitations import approvals, comes, put_forward, signed

Come = Callable[[str], Visitor]


def ledger(desk: Running) -> int:
    return len(desk.reviews.book.entries)


def page_ids(desk: Running) -> dict[str, tuple[int, int]]:
    """Page and newest revision, by the guide's language."""
    found = rows(
        desk.folder,
        "SELECT g.language, g.page_ptr_id, p.latest_revision_id FROM desk_guidepage g "
        "JOIN wagtailcore_page p ON p.id = g.page_ptr_id WHERE g.guide = 'seizure'",
    )
    return {str(one[0]): (int(str(one[1])), int(str(one[2]))) for one in found}


@pytest.mark.parametrize("who", ["ada", "eva", "haque", "luz"])
def test_only_a_publisher_publishes(people: Come, shared_desk: Running, who: str) -> None:
    before = ledger(shared_desk)
    assert people(who).ask("/review/seizure/publish/", {"note": "mine"}).status == 403
    assert ledger(shared_desk) == before


@pytest.mark.parametrize("who", ["pub", "ada", "eva"])
def test_who_is_no_reviewer_signs_nothing(people: Come, shared_desk: Running, who: str) -> None:
    before = ledger(shared_desk)
    page = people("haque").ask("/review/seizure/en/").text
    answer = signed(people(who), "/review/seizure/en/", page)
    assert answer.status == 403, answer.url
    assert ledger(shared_desk) == before


@pytest.mark.parametrize("who", ["haque", "luz", "pub"])
def test_who_is_no_writer_edits_nothing(people: Come, shared_desk: Running, who: str) -> None:
    file = shared_desk.folder / "guides" / "seizure" / "en.md"
    before, [page, revision] = file.read_bytes(), page_ids(shared_desk)["en"]
    form: dict[str, object] = {"title": "Mine", "body-count": "0", "citations-count": "0"}
    for path in (f"/pages/{page}/edit/", f"/pages/{page}/revisions/{revision}/revert/"):
        assert people(who).ask(path, form).status == 403
    assert file.read_bytes() == before
    assert page_ids(shared_desk)["en"] == (page, revision)


def test_a_superuser_does_not_approve_their_own_words(desk: Running) -> None:
    root = comes(desk, "root")
    put_forward(root)
    answer = signed(root, "/review/seizure/en/", root.ask("/review/seizure/en/").text)
    assert "nobody approves their own work" in answer.text
    assert approvals(desk) == []


def test_a_superuser_publishes_nothing_through_wagtail(desk: Running) -> None:
    root, [page, revision] = comes(desk, "root"), page_ids(desk)["en"]
    form: dict[str, object] = {
        "title": "x", "body-count": "0", "citations-count": "0", "action-publish": "1"
    }  # fmt: skip
    assert root.ask(f"/pages/{page}/edit/", form).status == 403
    assert root.ask(f"/api/main/pages/{page}/action/publish/", {}).status == 403
    assert rows(desk.folder, "SELECT count(*) FROM desk_guidepage g JOIN wagtailcore_page p "
                "ON p.id = g.page_ptr_id WHERE p.live") == [(0,)]  # fmt: skip
    assert page_ids(desk)["en"] == (page, revision)


def test_the_shelf_itself_is_not_edited(people: Come, shared_desk: Running) -> None:
    [[index]] = rows(shared_desk.folder, "SELECT page_ptr_id FROM desk_guideindex")
    for who in ("ada", "root"):
        assert people(who).ask(f"/pages/{index}/edit/").status == 403
        assert people(who).ask(f"/pages/{index}/edit/", {"title": "Mine"}).status == 403


def test_a_revision_of_another_page_is_not_there(people: Come, shared_desk: Running) -> None:
    found = page_ids(shared_desk)
    [english, _], [_, other] = found["en"], found["bn"]
    ada = people("ada")
    assert ada.ask(f"/pages/{english}/revisions/compare/{other}...latest/").status == 404
    assert ada.ask(f"/pages/{english}/revisions/{other}/revert/").status == 404
    assert ada.ask("/pages/99999/edit/").status == 404
    assert ada.ask("/findings/99999/", {}).status == 404


def test_another_persons_signature_is_not_taken_back(desk: Running) -> None:
    put_forward(comes(desk, "ada"))
    haque = comes(desk, "haque")
    signed(haque, "/review/seizure/en/", haque.ask("/review/seizure/en/").text)
    assert [one for one, _ in approvals(desk)] == ["haque"]
    entry, before = desk.reviews.book.entries[-1].number, ledger(desk)
    for who in ("luz", "eva", "ada"):  # an administrator may, by name
        form: dict[str, object] = {"entry": entry, "reason": "mine now"}
        answer = comes(desk, who).ask("/review/seizure/withdraw/", form)
        assert "is withdrawn" not in answer.text, who
    assert ledger(desk) == before


def test_another_persons_editing_is_not_ended(people: Come, shared_desk: Running) -> None:
    page, _ = page_ids(shared_desk)["en"]
    answer = people("eva").ask(f"/editing-sessions/ping/desk/guidepage/{page}/0/", {})
    number = json.loads(answer.text)["session_id"]
    people("ada").ask(f"/editing-sessions/release/{number}/", {})
    held = f"SELECT count(*) FROM wagtailadmin_editingsession WHERE id = {number}"
    assert rows(shared_desk.folder, held) == [(1,)]
    people("eva").ask(f"/editing-sessions/release/{number}/", {})
    assert rows(shared_desk.folder, held) == [(0,)]


def test_questions_keep_to_their_rules(people: Come, shared_desk: Running) -> None:
    from piamater.answers.inbox import Inbox

    box = Inbox(shared_desk.folder)
    code = box.add("How is a lumbar puncture done?", "en", shared_desk.reviews.library.today)
    first = box.by_receipt(code)
    assert first
    path = f"/questions/{first.id}"
    people("haque").ask(f"{path}/answer/", {"answer": "With a thin needle."})
    answered = box.by_receipt(code)
    assert answered
    assert answered.state == "answered"
    seen = sha256(b"anything").hexdigest()
    for who in ("haque", "ada", "eva"):  # the same person; two who may not sign
        people(who).ask(f"{path}/sign/", {"seen": seen})
        held = box.by_receipt(code)
        assert held
        assert held.state == "answered", who
    for what in ("answer", "sign", "delete", "draft", "assign"):
        assert people("pub").ask(f"{path}/{what}/", {"answer": "x"}).status == 403
        assert people("haque").ask(f"/questions/9999/{what}/", {"answer": "x"}).status == 404
    assert people("haque").ask(f"{path}/nothing/", {}).status == 404
    assert people("haque").ask("/questions/9999/").status == 404
    assert box.by_receipt(code) == held


COMMENTS = """
import json
from piamater.desk.configure import configure
configure()
from django.contrib.auth.models import User
from piamater.desk.models import GuidePage
from wagtail.models import Comment
page = GuidePage.objects.get(guide="seizure", language="en")
ada, eva = (User.objects.get(username=one) for one in ("ada", "eva"))
told = {}
for user, text in ((ada, "What Ada says."), (eva, "Words in her mouth.")):
    held = GuidePage.objects.get(pk=page.pk)
    Comment.objects.all().delete()
    one = Comment.objects.create(page=held, user=ada, contentpath="title", text="What Ada said.")
    form = held.get_edit_handler().get_form_class()({
        "title": "Seizure", "slug": held.slug, "body-count": "0", "citations-count": "0",
        "comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(one.pk), "comments-0-contentpath": "title",
        "comments-0-position": "", "comments-0-text": text, "comments-0-DELETE": "",
        "comments-0-resolved": "", "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }, instance=held, for_user=user)
    form.is_valid()
    told[user.username] = str([one.errors for one in form.formsets["comments"].forms])
print(json.dumps(told))
"""


def test_another_persons_comment_is_not_changed(desk: Running) -> None:
    told = json.loads(in_desk(desk.folder, COMMENTS))
    assert told["ada"] == "[{}]"
    assert "another user" in told["eva"]
