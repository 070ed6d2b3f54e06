"""What binds: two persons, the roles, the words, the evidence, the clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from piamater.corpus import add
from piamater.errors import InputError, LibraryError, UnknownNameError
from piamater.guides import Edition, GuideFolder, parse_guide, pin, publish, publish_again
from piamater.guides.review import Key, Reviews, Scope, person, verify
from tests.guides.review.desk import GUIDE, TODAY, Desk
from tests.guides.wexford import NOTE, ORIGINAL, SOURCE, SPANISH, folder

LAPSES_MISSPELT = '[review]\nlapses = ["retracted", "withdrawn", "superseded", "corected"]'


def rewrite(desk: Desk, english: str, spanish: str = SPANISH) -> None:
    """Other words in the folder, the translation pinned to them."""
    place = desk.library.folder / "guides" / GUIDE
    (place / "en.md").write_text(english, "utf-8")
    (place / "es.md").write_text(pin(spanish, parse_guide(english, name="en.md")), "utf-8")


def renew_source(desk: Desk, text: str) -> None:
    path = desk.library.folder.parent / "wexford.md"
    path.write_text(text, "utf-8")
    with desk.library.writing():
        add(desk.library, [str(path)])


def test_from_submitted_to_approved(desk: Desk) -> None:
    desk.publish()
    assert desk.review().state == "submitted"
    desk.submit()
    assert desk.review().state == "submitted"
    with desk.library.writing():
        desk.reviews.start(desk.key, GUIDE, "haque")
    assert desk.review().state == "under-review"
    entry = desk.sign()
    review = desk.review()
    assert (review.state, review.by, review.on) == (
        "approved",
        "R. Haque, neurologist, A-1",
        entry.day,
    )
    assert review.next_due == "2027-11-21"  # the guide's own day comes before the signature's
    assert review.reasons == ()
    spanish = desk.review("es")
    assert spanish.state == "under-review"
    assert {one.kind for one in spanish.reasons} == {"unsigned"}
    desk.sign("luz", languages=("es",))
    assert desk.review("es").state == "approved"
    assert "Luz Gil" in (desk.review("es").by or "")


@pytest.mark.parametrize("who", ["ada", "root"])
def test_nobody_approves_their_own_work_the_administrator_neither(desk: Desk, who: str) -> None:
    desk.submit(who)
    with pytest.raises(InputError, match=r"nobody approves their own work|has not the role"):
        desk.sign(who)
    assert not [one for one in desk.reviews.book.entries if one.act == "approve"]


def test_who_wrote_the_words_once_cannot_approve_them_when_another_puts_them_forward(
    desk: Desk,
) -> None:
    desk.submit("root")
    rewrite(desk, ORIGINAL.replace("Ticks carry it.", "Small animals bring the germ to people."))
    desk.submit("ada")
    with pytest.raises(InputError, match="nobody approves"):
        desk.sign("root")
    desk.sign("root", blocks=("causes",))  # those words are not its own


def test_an_author_named_on_the_page_cannot_approve_it(desk: Desk) -> None:
    rewrite(desk, ORIGINAL.replace("A. Writer", "R. HAQUE"))
    desk.submit()
    with pytest.raises(InputError, match="nobody approves"):
        desk.sign()


def test_an_approval_that_was_forced_into_the_ledger_does_not_count(desk: Desk) -> None:
    desk.publish()
    desk.submit("root")
    good = desk.sign("haque")
    body = {**good.body, "roles": ["clinical"]}
    with desk.library.writing():
        desk.reviews.withdraw(desk.key, [good.number], "haque", "not sure")
        desk.reviews.ledger.append(desk.key, "approve", "root", body)
        desk.reviews.ledger.append(desk.key, "approve", "sam", body)
        desk.reviews.ledger.append(desk.key, "approve", "nobody", body)
    assert desk.review().state == "lapsed"


def test_who_puts_another_persons_words_forward_cannot_approve_them(desk: Desk) -> None:
    desk.submit("root", en=["ada"], es=["ada"])
    with pytest.raises(InputError, match="nobody approves"):
        desk.sign("root")
    with pytest.raises(InputError, match="role"):
        desk.submit("haque")


def test_a_translation_lapses_when_its_original_gains_a_block(desk: Desk) -> None:
    desk.approve_all()
    place = desk.library.folder / "guides" / GUIDE / "en.md"
    added = "## outlook:\n\nIt goes away.[^ticks]\n\n## visit-questions:"
    place.write_text(ORIGINAL.replace("## visit-questions:", added), "utf-8")
    desk.submit()
    desk.sign()
    draft = desk.reviews.draft(GUIDE)
    assert desk.reviews.of(draft).state == "approved"
    assert desk.reviews.of(draft, "es").state == "lapsed"
    place.with_name("es.md").write_text(pin(SPANISH, draft.original), "utf-8")
    assert desk.reviews.of(desk.reviews.draft(GUIDE), "es").state == "lapsed"  # to pin is no review


def test_the_guides_own_day_binds_too_and_cannot_be_moved(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    late = desk.on(date(2027, 11, 22)).review()
    assert (late.state, late.overdue, late.next_due) == ("lapsed", True, "2027-11-21")
    rewrite(desk, ORIGINAL.replace("review-due: 2027-11-21", "review-due: 2028-11-21"))
    assert desk.reviews.of(desk.reviews.draft(GUIDE)).state == "lapsed"


def test_a_language_that_is_not_there_is_not_approved(desk: Desk) -> None:
    desk.approve_all()
    assert desk.reviews.of(desk.reviews.draft(GUIDE), "bn").state != "approved"


def test_changes_asked_of_a_block_reach_an_older_approval(desk: Desk) -> None:
    desk.submit()
    desk.sign()
    desk.sign("root", "approve-with-changes", changes={"causes": "which ticks?"})
    [reason] = desk.reviews.of(desk.reviews.draft(GUIDE)).reasons
    assert (reason.kind, reason.blocks) == ("changes-asked", ("Causes",))


def test_roles(desk: Desk) -> None:
    desk.submit()
    with pytest.raises(InputError, match="role"):
        desk.sign("ada")
    with pytest.raises(UnknownNameError):
        desk.sign("eve")
    desk.publish()
    desk.sign("sam")  # a lay reviewer: what is not clinical
    review = desk.review()
    assert review.state == "under-review"
    unsigned = {name for one in review.reasons for name in one.blocks}
    assert {"Get emergency help now", "Antibiotics"} <= unsigned
    assert (
        desk.review(view="patient").reasons[0].blocks
        != desk.review(view="clinical").reasons[0].blocks
    )
    desk.sign("luz", languages=("en",))  # a Spanish reviewer's word on English text counts nothing
    assert desk.review().state == "under-review"
    with desk.library.writing():
        desk.reviews.end(desk.key, "haque")
    with pytest.raises(InputError, match="no more"):
        desk.sign("haque")


def test_clinical_reviewers_need_a_credential() -> None:
    with pytest.raises(InputError, match="credential"):
        person("x", "X", ["clinical"])
    with pytest.raises(InputError, match="role"):
        person("x", "X", ["king"])
    with pytest.raises(InputError, match="invisible"):
        person("x", "X\u202eY", ["writer"])


def test_only_what_was_put_forward_can_be_signed(desk: Desk) -> None:
    with pytest.raises(InputError, match="was not put forward"):
        desk.sign()
    seen = desk.submit().body["hash"]
    with pytest.raises(InputError, match="nothing has changed"):
        desk.submit()
    rewrite(desk, ORIGINAL.replace("Ticks carry it.", "Only ticks carry it."))
    with pytest.raises(InputError, match="changed since it was put forward"):
        desk.sign()
    desk.submit()
    with pytest.raises(InputError, match="changed since it was read"):
        desk.sign(seen=str(seen))


def test_a_change_lapses_what_it_touches_and_says_so(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    assert desk.review("es").state == "approved"
    rewrite(desk, ORIGINAL.replace("Ticks carry it.", "Only ticks carry it."))
    desk.publish()
    review = desk.review()
    assert review.state == "lapsed"
    assert [(one.kind, one.blocks) for one in review.reasons] == [("content", ("Causes",))]
    assert desk.review("es").state == "lapsed"
    with desk.library.writing():
        publish_again(desk.library, GUIDE, 1, "back", desk.key)
    assert desk.review().state == "approved"
    assert desk.review("es").state == "approved"
    desk.publish()
    desk.submit()
    desk.sign(blocks=("causes",))  # the changed block is enough
    assert desk.review().state == "approved"


def test_a_block_that_was_taken_away_lapses_the_page(desk: Desk) -> None:
    desk.approve_all()
    without = ORIGINAL.replace("## danger-soon:\n\n- fever that stays[^ticks]\n\n", "")
    spanish = SPANISH.replace("## danger-soon:\n\n- fiebre que dura[^ticks]\n\n", "")
    rewrite(desk, without, spanish)
    guides = GuideFolder(desk.library.folder / "guides")
    edition = desk.reviews.editions.propose(guides.load(GUIDE), desk.library.corpus, TODAY)
    assert desk.reviews.of(edition).state == "lapsed"


def test_a_translation_behind_its_original_lapses(desk: Desk) -> None:
    desk.approve_all()
    place = desk.library.folder / "guides" / GUIDE / "en.md"
    place.write_text(ORIGINAL.replace("Ticks carry it.", "Only ticks carry it."), "utf-8")
    desk.publish()
    desk.submit()
    desk.sign()
    assert desk.review().state == "approved"
    spanish = desk.review("es")
    assert spanish.state == "lapsed"
    assert "behind" in {one.kind for one in spanish.reasons}


def test_a_new_version_of_a_source_lapses_and_the_policy_may_ask_only_for_the_quote(
    desk: Desk,
) -> None:
    desk.approve_all()
    desk.publish()
    renew_source(desk, NOTE + "\nMore is known now.\n")
    [reason] = desk.review().reasons
    assert (desk.review().state, reason.kind, reason.source) == ("lapsed", "evidence", SOURCE)
    desk.set_policy('[review]\nevidence = "quote"\n')
    assert desk.review().state == "approved"
    renew_source(desk, NOTE.replace("for 10 days", "for 14 days"))
    assert desk.review().state == "lapsed"


def test_a_source_withdrawn_lapses_at_once_and_cannot_be_signed_on(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    with desk.library.writing():
        desk.library.corpus.decide(SOURCE, "withdraw", "wrong", "2026-11-21")
    [reason] = desk.review().reasons
    assert (desk.review().state, reason.kind, reason.detail) == ("lapsed", "source", "withdrawn")
    with pytest.raises(InputError, match="cannot be approved"):
        desk.sign()
    with desk.library.writing():
        desk.library.corpus.decide(SOURCE, "restore", "right", "2026-11-21")
    assert desk.review().state == "approved"


def test_the_day_after_it_is_due_it_has_lapsed(desk: Desk) -> None:
    desk.submit()
    desk.sign(next_review="2027-06-01")
    desk.publish()
    assert desk.on(date(2027, 6, 1)).review().state == "approved"
    late = desk.on(date(2027, 6, 2)).review()
    assert (late.state, late.overdue, late.reasons[0].kind) == ("lapsed", True, "overdue")
    for day in ("2026-11-21", "2030-01-01", "soon"):
        with pytest.raises(InputError):
            desk.sign(next_review=day)


def test_a_signature_taken_back(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    [signed, _] = [one for one in desk.reviews.book.entries if one.act == "approve"]
    with desk.library.writing(), pytest.raises(InputError, match="not Luz Gil's"):
        desk.reviews.withdraw(desk.key, [signed.number], "luz", "no")
    with desk.library.writing():
        desk.reviews.withdraw(desk.key, [signed.number], "haque", "I was wrong")
    review = desk.review()
    assert (review.state, review.reasons[0].kind, review.by) == ("lapsed", "withdrawn", None)
    with desk.library.writing(), pytest.raises(InputError, match="no signature that stands"):
        desk.reviews.withdraw(desk.key, [signed.number], "haque", "again")


def test_changes_asked(desk: Desk) -> None:
    desk.publish()
    desk.submit()
    with pytest.raises(InputError, match="says what must change"):
        desk.sign(decision="reject")
    desk.sign(decision="reject", note="the dose is missing")
    assert (desk.review().state, desk.review().reasons[0].kind) == ("under-review", "changes-asked")
    desk.sign()
    assert desk.review().state == "approved"
    desk.sign("root", decision="reject", changes={"causes": "which ticks?"}, blocks=("causes",))
    assert desk.review().state == "lapsed"
    with pytest.raises(InputError, match="no block"):
        desk.sign(decision="approve-with-changes", changes={"nothing": "x"})


def test_approval_with_changes_leaves_those_blocks_out(desk: Desk) -> None:
    desk.publish()
    desk.submit()
    with pytest.raises(InputError, match="approve-with-changes"):
        desk.sign(decision="approve-with-changes")
    desk.sign(decision="approve-with-changes", changes={"causes": "say which ticks"})
    review = desk.review()
    assert (review.state, [one.blocks for one in review.reasons]) == ("under-review", [("Causes",)])


def test_what_the_policy_asks(desk: Desk) -> None:
    policy = desk.library.folder / "review" / "policy.toml"
    desk.set_policy('[review]\npublish = "approved"\nclinical = 2\nmonths = 12\n')
    with pytest.raises(InputError, match="only approved"):
        desk.publish()
    desk.submit()
    desk.sign(next_review="2027-11-21")
    with pytest.raises(InputError, match="en is under-review"):
        desk.publish()
    desk.sign("root")
    desk.sign("luz", languages=("es",))
    assert desk.publish().number == 1
    assert desk.review("es").state == "approved"
    for text in ("[review]\nmonths = 0", "[review]\nx = 1", "[other]", "review = 3", "[[",
                 '[review]\nlapses = ["concern"]', LAPSES_MISSPELT, '[review]\npublish = "never"'):  # fmt: skip
        policy.write_text(text, "utf-8")
        with pytest.raises(LibraryError):
            _ = desk.reviews.policy


def test_a_policy_that_nobody_recorded_shows_no_approval(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    path = desk.library.folder / "review" / "policy.toml"
    path.write_text("[review]\nkinds = []\n", "utf-8")
    assert (desk.review().state, desk.review().reasons[0].kind) == ("lapsed", "policy")
    assert [one.where for one in verify(desk.library).faults] == ["review/policy.toml"]
    with desk.library.writing(), pytest.raises(InputError, match="role"):
        desk.reviews.adopt_policy(desk.key, "haque")
    with desk.library.writing():
        desk.reviews.adopt_policy(desk.key, "root")
    assert desk.review().state == "approved"
    assert verify(desk.library).faults == ()


def test_a_broken_ledger_shows_no_approval(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    path = desk.reviews.ledger.path
    path.write_bytes(path.read_bytes().replace(b"A-1", b"A-9"))
    assert (desk.review().state, desk.review().reasons[0].kind) == ("lapsed", "ledger")
    with pytest.raises(LibraryError, match="broken at entry"):
        desk.submit()


def test_with_a_ledger_publishing_needs_the_key(desk: Desk) -> None:
    guides = folder(desk.library)
    with desk.library.writing(), pytest.raises(LibraryError, match="key"):
        publish(desk.library, guides)
    with desk.library.writing(), pytest.raises(LibraryError, match="not the one"):
        publish(desk.library, guides, key=Key.create())
    assert not list((desk.library.folder / "editions").glob("*/*.json"))


def test_notes_and_checks_are_shown(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    with desk.library.writing():
        desk.reviews.note(desk.key, GUIDE, "ada", "The dose was corrected on 1 May.")
        desk.reviews.check(desk.key, GUIDE, "haque", 1, {"note:x:en": "no-change"}, "1 new paper")
    review = desk.review()
    assert [one.body["text"] for one in review.notes] == ["The dose was corrected on 1 May."]
    assert review.checked
    assert review.checked.body["sources"] == {"note:x:en": "no-change"}


def test_a_translation_is_not_approved_while_its_original_is_not(desk: Desk) -> None:
    desk.submit()
    desk.sign("luz", languages=("es",))
    desk.publish()
    told = {heading for one in desk.review("es").reasons for heading in one.blocks}
    assert desk.review("es").state == "under-review"
    assert {"Causas", "Fiebre de Wexford"} <= told  # what needs no clinician stands on it too


@pytest.mark.parametrize("view", ["patient", "clinical"])
@pytest.mark.parametrize("who", ["luz", "root"])
def test_no_signature_under_a_translation_hides_that_it_is_behind(
    desk: Desk, who: str, view: str
) -> None:
    desk.submit()
    desk.sign()
    desk.sign(who, languages=("es",))
    place = desk.library.folder / "guides" / GUIDE / "en.md"
    place.write_text(ORIGINAL.replace("Ticks carry it.", "Ticks never carry it."), "utf-8")
    desk.submit()
    desk.sign()
    desk.publish()
    assert desk.review().state == "approved"
    spanish = desk.review("es", view)
    assert (spanish.state, spanish.reasons[0].kind) == ("lapsed", "behind")


@pytest.mark.parametrize(
    ("asked", "kept"), [("20291121", "2029-11-21"), ("2028-W47-2", "2028-11-21")]
)
def test_a_day_is_kept_in_one_form(desk: Desk, asked: str, kept: str) -> None:
    desk.submit()
    assert desk.sign(next_review=asked).body["next_review"] == kept


def test_a_scope_that_holds_nothing_is_no_signature(desk: Desk) -> None:
    rewrite(desk, ORIGINAL.replace("Ticks carry it.", "### clinical\n\nTicks carry it."))
    desk.submit()
    with desk.library.writing(), pytest.raises(InputError, match="not in the languages and views"):
        desk.reviews.sign(
            desk.key,
            GUIDE,
            "haque",
            "approve",
            interests="none",
            scope=Scope(("en",), ("patient",), ("causes",)),
        )


@pytest.mark.parametrize("kinds", ['["danger"]', "[1]"])
def test_a_kind_of_block_that_is_none_is_refused(desk: Desk, kinds: str) -> None:
    with pytest.raises(LibraryError, match=r"review\.kinds"):
        desk.set_policy(f"[review]\nkinds = {kinds}\n")


def test_an_older_edition_needs_its_signatures_too_where_the_policy_asks(desk: Desk) -> None:
    desk.publish()  # nobody has signed this one
    rewrite(desk, ORIGINAL.replace("Ticks carry it.", "Small animals bring the germ to people."))
    desk.submit()
    desk.sign()
    desk.sign("luz", languages=("es",))
    desk.set_policy('[review]\npublish = "approved"\n')
    desk.publish()
    with desk.library.writing(), pytest.raises(InputError, match="only approved guides"):
        publish_again(desk.library, GUIDE, 1, key=desk.key, by="root")
    assert desk.reviews.editions.latest(GUIDE).number == 2


def test_what_is_published_is_what_was_looked_at_though_files_change_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.approve_all()
    desk.set_policy('[review]\npublish = "approved"\n')
    looked = Reviews.unsigned

    def look_then_change(self: Reviews, draft: Edition) -> dict[str, str]:
        found = looked(self, draft)
        rewrite(desk, ORIGINAL.replace("Ticks carry it.", "Nobody has read this."))
        return found

    monkeypatch.setattr(Reviews, "unsigned", look_then_change)
    edition = desk.publish()
    assert "Nobody has read this." not in edition.original.text
    assert desk.review().state == "approved"


def test_who_began_on_other_words_must_look_again(desk: Desk) -> None:
    desk.submit()
    with desk.library.writing():
        desk.reviews.start(desk.key, GUIDE, "haque")
    rewrite(desk, ORIGINAL.replace("Ticks carry it.", "Small animals bring the germ to people."))
    desk.submit()
    with pytest.raises(InputError, match="has changed since it was read"):
        desk.sign()
    with desk.library.writing():
        desk.reviews.start(desk.key, GUIDE, "haque")
    desk.sign()


@pytest.mark.parametrize("decision", ["reject", "approve-with-changes"])
def test_an_administrator_does_not_wave_away_what_was_asked_of_their_own_words(
    desk: Desk, decision: str
) -> None:
    desk.submit("root")
    entry = desk.sign("haque", decision, changes={"causes": "it is not so"})
    with desk.library.writing():
        with pytest.raises(InputError, match="asks for changes in what The Administrator"):
            desk.reviews.withdraw(desk.key, [entry.number], "root", "never mind")
        desk.reviews.withdraw(desk.key, [entry.number], "haque", "I was wrong")


@pytest.mark.parametrize(
    ("guide", "number", "verdict"), [("none", 1, "new"), (GUIDE, -1, "new"), (GUIDE, 99, "new"),
                                     (GUIDE, 1, "fine")]
)  # fmt: skip
def test_a_check_is_of_something(desk: Desk, guide: str, number: int, verdict: str) -> None:
    desk.publish()
    with desk.library.writing(), pytest.raises((InputError, UnknownNameError)):
        desk.reviews.check(desk.key, guide, "haque", number, {"note:x:en": verdict}, "")
