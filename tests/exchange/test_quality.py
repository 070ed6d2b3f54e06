from __future__ import annotations

import csv
import io
import json
import posixpath
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html as lxml_html

from piamater.answers.inbox import Inbox
from piamater.checks import CheckSettings
from piamater.checks.engine import check_page
from piamater.checks.opening import page_from_guide
from piamater.corpus import Library
from piamater.corpus.settings import Settings
from piamater.errors import InputError, PiamaterError, UnknownNameError
from piamater.exchange.exporters import EXPORTERS, ExportReport, export
from piamater.exchange.quality.cover import FILES, standards, unknown_keys
from piamater.exchange.quality.exporter import EPOCH, gather
from piamater.exchange.quality.facts import every_gap, figures
from piamater.exchange.quality.feedback import in_words
from piamater.exchange.quality.policies import as_toml, expected, own_policies
from piamater.exchange.quality.shelf import measured
from piamater.exchange.quality.tables import guarded
from piamater.guides import GuideFolder
from piamater.guides.review import load_policy
from piamater.starter import guides_folder
from tests.guides.review.desk import GUIDE, TODAY, Desk, make_desk

SECRET = "zebrafish-headache"
PRIVATE = "the-private-key-itself"
ROOT = Path(__file__).resolve().parents[2]


class Bundle:
    """An export, read back."""

    def __init__(self, path: Path, report: ExportReport) -> None:
        self.report = report
        self.raw = path.read_bytes()
        with zipfile.ZipFile(path) as opened:
            self.infos = opened.infolist()
            self.files = {one.filename: opened.read(one) for one in self.infos}

    def text(self, name: str) -> str:
        return self.files[name].decode("utf-8")

    def rows(self, name: str) -> list[dict[str, str]]:
        assert self.files[name].startswith(b"\xef\xbb\xbf")
        told = self.files[name].decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(told, newline="")))


Exported = Callable[[Library], Bundle]


@pytest.fixture
def exported(tmp_path: Path) -> Exported:
    """``exported(library)`` makes the export and reads it back."""

    def make(library: Library) -> Bundle:
        out = tmp_path / "evidence.zip"
        report = export("quality", library, out, force=True)
        return Bundle(out, report)

    return make


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A guide that is signed in both languages and published, with questions and policies."""
    desk = make_desk(tmp_path)
    desk.approve_all()
    desk.publish()
    inbox = Inbox(desk.library.folder, TODAY)
    inbox.add(f"Is a {SECRET} normal?", "en", TODAY)
    inbox.add(f"Another {SECRET}?", "en", TODAY)
    inbox.add(f"And a {SECRET}?", "es", TODAY - timedelta(days=40))
    inbox.answer(3, f"A {SECRET} is.", "ada", TODAY)
    place = desk.library.folder / "policies"
    (place / "training").mkdir(parents=True)
    (place / "training" / "2026.md").write_text("# Writing course\n", "utf-8")
    (place / "Conflict-of-Interest.md").write_text("# Interests\n", "utf-8")
    return desk


def test_equal_libraries_give_equal_bytes_and_the_epoch_is_fixed(
    desk: Desk, exported: Exported
) -> None:
    first, second = exported(desk.library), exported(Library(desk.library.folder, TODAY))
    assert first.raw == second.raw
    assert {one.date_time for one in first.infos} == {EPOCH}
    assert [one.filename for one in first.infos] == sorted(first.files)
    assert (first.report.files, first.report.size) == (len(first.files), len(first.raw))
    assert set(FILES) < set(first.files)


def test_the_log_has_a_row_for_each_entry_of_the_ledger(desk: Desk, exported: Exported) -> None:
    with desk.library.writing():
        desk.reviews.note(desk.key, GUIDE, "ada", '=HYPERLINK("http://a.example")')
    rows = exported(desk.library).rows("review-log.csv")
    entries = desk.reviews.book.entries
    assert [int(one["number"]) for one in rows] == [one.number for one in entries]
    assert [one["act"] for one in rows] == [one.act for one in entries]
    [first, second] = [one for one in rows if one["act"] == "approve"]
    assert (first["person"], first["credential"]) == ("R. Haque", "neurologist, A-1")
    assert (first["how checked"], first["interests"]) == ("register, 2026-11-01", "none")
    assert (first["guide"], first["languages"], second["languages"]) == (GUIDE, "en", "es")
    assert first["next review"] == "2028-11-21"
    assert rows[-1]["note"] == '\'=HYPERLINK("http://a.example")'
    assert rows[0]["person"] == "the operator"


def test_people_and_guides_are_told_as_they_stand_today(desk: Desk, exported: Exported) -> None:
    bundle = exported(desk.library)
    people = {one["id"]: one for one in bundle.rows("people.csv")}
    assert set(people) == {"ada", "haque", "luz", "sam", "root"}
    assert people["haque"]["roles"] == "clinical"
    english, spanish = bundle.rows("guides.csv")
    assert (english["review state"], spanish["review state"]) == ("approved", "approved")
    assert english["signed by"] == "R. Haque, neurologist, A-1"
    assert (english["edition"], english["published"]) == ("1", TODAY.isoformat())
    assert (english["sources"], english["sources by kind"]) == ("1", "trial 1")
    assert int(english["statements"]) > int(english["statements of fact"]) > 5
    assert spanish["original or translation"] == "translation"
    assert spanish["scale"].startswith("INFLESZ")
    late = exported(Library(desk.library.folder, date(2028, 12, 1))).rows("guides.csv")[0]
    assert (late["review state"], late["overdue"]) == ("lapsed", "yes")
    assert late["reasons"].startswith("the review date has passed")


def test_a_draft_is_told_as_not_published(tmp_path: Path, exported: Exported) -> None:
    bundle = exported(make_desk(tmp_path).library)
    assert {one["review state"] for one in bundle.rows("guides.csv")} == {"not published"}
    assert "No guide is published." in bundle.report.missing
    assert "nothing to show" in bundle.text("samples/index.html")


def test_questions_are_counts_and_nothing_private_is_in_any_file(
    desk: Desk, exported: Exported
) -> None:
    (desk.library.folder / "key.pem").write_text(PRIVATE, "utf-8")
    place = desk.library.folder / "policies"
    (place / "complaints.md").symlink_to(desk.library.folder / "key.pem")
    (place / "all").symlink_to(desk.library.folder)
    (place / "key.pem").write_text(PRIVATE, "utf-8")
    bundle = exported(desk.library)
    assert [tuple(one.values()) for one in bundle.rows("questions.csv")] == [
        ("2026-10", "answered", "1"),
        ("2026-11", "new", "2"),
    ]
    for name, data in bundle.files.items():
        for secret in (SECRET, PRIVATE, str(desk.library.folder), "zebrafish"):
            assert secret.encode() not in data, name
    told = bundle.text("index.html")
    assert "policies/complaints.md: it is a link or no plain file" in told
    assert "policies/all: it is a link or no plain file" in told
    assert "policies/key.pem: its kind is not taken" in told


def test_a_folder_of_policies_that_is_a_link_is_not_followed(
    tmp_path: Path, exported: Exported
) -> None:
    desk = make_desk(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "training.md").write_text(PRIVATE, "utf-8")
    (desk.library.folder / "policies").symlink_to(other)
    assert not any(PRIVATE.encode() in one for one in exported(desk.library).files.values())


def test_what_the_operator_put_down_goes_in_and_the_rest_is_missing(
    desk: Desk, exported: Exported
) -> None:
    place = desk.library.folder / "policies"
    (place / "impact.md").write_text("", "utf-8")
    (place / "review-policy.md").write_text("mine", "utf-8")
    (place / ".hidden.md").write_text("x", "utf-8")
    own = own_policies(desk.library.folder)
    assert own.found == {
        "training": ("policies/training/2026.md",),
        "interests": ("policies/Conflict-of-Interest.md",),
    }
    assert set(own.left_out) == {"policies/impact.md", "policies/review-policy.md"}
    assert len(own.missing) == len(expected()) - 2
    bundle = exported(desk.library)
    assert bundle.text("policies/training/2026.md") == "# Writing course\n"
    assert bundle.text("policies/review-policy.md") != "mine"
    told = " ".join(bundle.report.missing)
    assert "aims and impact" in told
    assert "training" not in told


def test_the_policy_in_force_is_told_in_words_and_reads_back(
    desk: Desk, exported: Exported, tmp_path: Path
) -> None:
    path = desk.library.folder / "review" / "policy.toml"
    path.write_text('[review]\npublish = "approved"\nclinical = 2\nmonths = 12\n', "utf-8")
    bundle = exported(desk.library)
    words = bundle.text("policies/review-policy.md")
    assert "at most 12 months" in words
    assert "needs 2 clinical reviewers" in words
    assert "Only what people have signed" in words
    (tmp_path / "policy.toml").write_text(as_toml(desk.reviews.policy), "utf-8")
    assert load_policy(tmp_path) == desk.reviews.policy
    assert bundle.text("policies/review-policy.toml") == as_toml(desk.reviews.policy)


def test_what_is_missing_is_computed(tmp_path: Path, exported: Exported) -> None:
    desk = make_desk(tmp_path)
    desk.submit()
    desk.publish()
    missing = exported(desk.library).report.missing
    assert any(one.startswith("No guide is approved (0 of 1)") for one in missing)
    assert "Translations that are not approved: 1 of 1." in missing
    desk.sign()
    missing = exported(desk.library).report.missing
    assert not [one for one in missing if "No guide is approved" in one]
    assert "Translations that are not approved: 1 of 1." in missing
    desk.sign("luz", languages=("es",))
    assert not [one for one in exported(desk.library).report.missing if "Translations" in one]


def test_the_proof_names_head_and_key_and_a_changed_ledger_is_told(
    desk: Desk, exported: Exported
) -> None:
    bundle = exported(desk.library)
    proof = bundle.text("proof.txt")
    assert desk.key.public in proof
    assert desk.reviews.ledger.proof().head in proof
    assert "\nno fault\n" in proof
    assert bundle.report.problems == ()
    assert "The library is not sound; see doctor.json." not in bundle.report.missing
    path = desk.reviews.ledger.path
    path.write_bytes(path.read_bytes().replace(b"register, 2026-11-01", b"register, 2026-11-02", 1))
    broken = exported(Library(desk.library.folder, TODAY))
    assert "its signature is not right" in broken.text("proof.txt")
    assert [one for one in broken.report.problems if "signature" in one]
    assert "The library is not sound; see doctor.json." in broken.report.missing
    assert "Faults in the proof of the reviews: 2; see proof.txt." in broken.report.missing
    assert {one["review state"] for one in broken.rows("guides.csv")} == {"lapsed"}


STRICT = {"PL001": {"en": 1.0, "least": 1.0}}


def test_findings_and_doctor_are_those_of_their_commands(desk: Desk, exported: Exported) -> None:
    path = desk.library.folder / "piamater.toml"
    plain = path.read_text("utf-8")
    path.write_text(plain + "\n[check.options.PL001]\nen = 1.0\nleast = 1.0\n", "utf-8")
    bundle = exported(Library(desk.library.folder, TODAY))
    edition = desk.reviews.editions.latest(GUIDE)
    settings = CheckSettings(options=STRICT, today=TODAY)
    found = {
        (language, one.rule, one.severity, one.message)
        for language, guide in edition.versions.items()
        for one in check_page(page_from_guide(guide, settings, desk.library)).findings
    }
    rows = bundle.rows("findings.csv")
    told = {(one["language"], one["rule"], one["severity"], one["message"]) for one in rows}
    assert "PL001" in {one["rule"] for one in rows}
    assert found <= told
    assert {one["guide"] for one in rows} == {GUIDE}
    report = json.loads(bundle.text("doctor.json"))
    assert report["library"] == "guides"
    assert report["sound"] is True
    assert len(report["checks"]) > 10
    path.write_text(plain + '\n[check]\nignore = ["ALL"]\noptions.PL001.en = 1.0\n', "utf-8")
    assert exported(Library(desk.library.folder, TODAY)).rows("findings.csv") == []


def test_what_cannot_be_read_is_told_and_the_rest_is_there(desk: Desk, exported: Exported) -> None:
    (desk.library.folder / "questions.sqlite3").write_bytes(b"no database" * 500)
    [edition] = (desk.library.folder / "editions" / GUIDE).glob("0001-*.json")
    edition.write_text("{", "utf-8")
    bundle = exported(desk.library)
    told = " ".join(bundle.report.problems)
    assert "readers' questions" in told
    assert f"guide {GUIDE}" in told
    assert len(bundle.rows("review-log.csv")) == len(desk.reviews.book.entries)


def test_samples_show_the_words_the_danger_card_and_the_state(
    desk: Desk, exported: Exported
) -> None:
    path = desk.library.folder / "piamater.toml"
    path.write_text(path.read_text("utf-8").replace('country = ""', 'country = "GB"'), "utf-8")
    bundle = exported(Library(desk.library.folder, TODAY))
    names = {one for one in bundle.files if one.startswith("samples/") and GUIDE in one}
    assert names == {
        f"samples/{GUIDE}-{language}-{view}.html"
        for language in ("en", "es")
        for view in ("patient", "clinical")
    }
    patient = bundle.text(f"samples/{GUIDE}-en-patient.html")
    clinical = bundle.text(f"samples/{GUIDE}-en-clinical.html")
    assert "It is an infection that ticks carry." in patient
    assert "tick-borne" not in patient
    assert "tick-borne" in clinical
    assert "<strong>approved</strong>, signed by R. Haque, neurologist, A-1" in patient
    page = lxml_html.fromstring(patient)
    [first, *_] = page.findall(".//section")
    assert first.get("class") == "urgent"
    assert "999" in "".join(map(str, first.itertext()))
    assert "doxycycline for 10 days in 40% of 200 patients" in patient
    assert 'lang="es"' in bundle.text(f"samples/{GUIDE}-es-patient.html")


def test_every_page_is_whole_and_every_link_leads_somewhere(desk: Desk, exported: Exported) -> None:
    bundle = exported(desk.library)
    pages = [one for one in bundle.files if one.endswith(".html")]
    assert len(pages) == 6
    for name in pages:
        page = lxml_html.document_fromstring(bundle.text(name))
        assert page.get("lang")
        assert len(page.findall(".//h1")) == 1
        assert page.findtext(".//title")
        assert not page.findall(".//script")
        assert all(one.get("scope") for one in page.iter("th"))
        assert all(one.find("caption") is not None for one in page.iter("table"))
        ids = {one.get("id") for one in page.iter() if one.get("id")}
        targets = [
            (one.tag, value)
            for one in page.iter()
            for value in (one.get("href"), one.get("src"), one.get("srcset"))
            if value
        ]
        assert targets
        for tag, target in targets:
            if target.startswith("#"):
                assert target[1:] in ids, f"{name}: {target}"
            elif target.startswith("https://"):
                assert tag == "a"
            else:
                there = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
                assert there in bundle.files, f"{name}: {target}"


def test_the_criteria_name_only_what_there_is_and_tell_their_source(
    desk: Desk, exported: Exported
) -> None:
    it = gather(desk.library)
    assert unknown_keys(figures(it), every_gap(it)) == []
    assert [(one.id, len(one.criteria)) for one in standards()] == [
        ("pif-tick", 10),
        ("nhs-content", 11),
    ]
    told = exported(desk.library).text("index.html")
    for one in standards():
        assert one.address in told
        assert one.looked_up in told
        assert one.unseen
        for each in one.criteria:
            assert each.asks
    named = {key for one in standards() for each in one.criteria for key in each.policies}
    assert named == {one.id for one in expected()}
    shown = {key for one in standards() for each in one.criteria for key in each.figures}
    assert shown == set(figures(it))
    lacked = {key for one in standards() for each in one.criteria for key in each.gaps}
    assert lacked == set(every_gap(it))


@pytest.mark.parametrize("guide", ["csf-cytology", "seizure"])
def test_the_reading_measure_is_that_of_the_check(guide: str) -> None:
    for one in GuideFolder(guides_folder()).load(guide).versions.values():
        found = measured(one)
        assert found is not None
        for step in (-0.06, 0.06):
            limit = found.score + step
            settings = CheckSettings(
                select=("PL001",), options={"PL001": {one.language: limit, "least": 1}}
            )
            page = page_from_guide(one, settings)
            easy_side = step > 0 if found.scale != "inflesz" else step < 0
            assert bool(check_page(page).findings) != easy_side, (guide, one.language, step)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+880 1", "'+880 1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("a = b", "a = b"),
        ("", ""),
        ("'quoted'", "'quoted'"),
    ],
)
def test_no_cell_is_a_formula(cell: str, kept: str) -> None:
    assert guarded(cell) == kept


def test_formats_are_registered_documented_and_listed(desk: Desk, tmp_path: Path) -> None:
    assert EXPORTERS.points
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    for name in EXPORTERS.points:
        one = EXPORTERS.named(name)
        assert one.name == name
        assert one.describes
        assert f"| `{name}` |" in page
    with pytest.raises(UnknownNameError, match="quality"):
        export("kiwix", desk.library, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_file_that_is_there_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    out.write_bytes(b"mine")
    with pytest.raises(InputError, match="--force"):
        export("quality", desk.library, out)
    assert out.read_bytes() == b"mine"
    for place in (tmp_path, tmp_path / "no" / "such.zip"):
        with pytest.raises(PiamaterError):
            export("quality", desk.library, place, force=True)


def test_how_questions_are_dealt_with_is_told_with_its_figures(
    desk: Desk, exported: Exported
) -> None:
    inbox = Inbox(desk.library.folder, TODAY)
    inbox.sign(3, "haque", TODAY, key=lambda: desk.key)
    later = Library(desk.library.folder, TODAY + timedelta(days=20))
    bundle = exported(later)
    words = bundle.text("policies/questions-policy.md")
    assert "due after 14 days" in words
    assert "deleted 180 days after it was signed" in words
    assert "deleted after 90 days" in words
    cover = bundle.text("index.html")
    assert "Signatures under answers to readers on record in the ledger: 1" in cover
    assert "Days to a signed answer: median 40, most 40." in cover
    assert "Late today: 2." in cover
    [row] = [one for one in bundle.rows("review-log.csv") if one["act"] == "answer"]
    assert row["person"] == "R. Haque"
    assert row["note"] == "an answer to a reader, written by ada; none of its words is here"
    for data in bundle.files.values():
        assert b"zebrafish" not in data


def test_a_house_that_sets_no_days_is_told_so() -> None:
    words = in_words(Settings(keep_days=0, answer_days=0, unanswered_days=0, persons=1))
    assert words.count("until somebody deletes it") == 2
    assert "No day is set" in words
    assert "One person writes and signs" in words
