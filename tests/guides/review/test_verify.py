"""The proof of a whole library: any byte changed in ledger, editions or evidence is found."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from piamater.errors import InputError, LibraryError
from piamater.guides import Edition, GuideFolder, publish, publish_again
from piamater.guides.review import Reviews, Verified, public_from_pem, verify
from tests.guides.review.desk import GUIDE, Desk
from tests.guides.review.test_state import rewrite
from tests.guides.wexford import ORIGINAL, SOURCE


def test_a_sound_library(desk: Desk) -> None:
    desk.approve_all()
    desk.publish()
    found = verify(desk.library)
    assert found.faults == ()
    assert found.editions == 1
    assert found.evidence > 3


def test_a_changed_byte_anywhere_is_found_and_located(desk: Desk) -> None:
    tampered(desk, random.Random(11), 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_two_hundred_changes(desk: Desk, seed: int) -> None:
    tampered(desk, random.Random(seed), 200)


def other_byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([(data[at] + chance.randrange(1, 256)) % 256]) + data[at + 1 :]


def less(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.choice([1, 1, 7, 300]) :]


def more(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice([b" ", b"\n", b"0", b"{}", b"\xe0\xa6\x95"]) + data[at:]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def lines_moved(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data + data
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return b"".join(lines)


def line_twice_or_not(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join([*lines[:at], *chance.choice([[], [lines[at]] * 2]), *lines[at + 1 :]])


def gone(data: bytes, chance: random.Random) -> None:
    return None


CHANGES: list[Callable[[bytes, random.Random], bytes | None]] = [
    *(other_byte, other_byte, other_byte, less, more, cut, lines_moved, line_twice_or_not, gone)
]


def tampered(desk: Desk, chance: random.Random, times: int) -> None:
    """Change one of all that is proven, so often; each change is found, and its place named."""
    picture = add_picture(desk)
    desk.key.save(desk.library.folder / "review", "four words make one")
    desk.approve_all()
    edition = desk.publish()
    ledger = desk.reviews.ledger.path
    files = (ledger, ledger, edition.path, picture(edition), ledger.with_name("head.json"),
             ledger.with_name("key.pub"), None)  # fmt: skip
    number = 0
    while number < times:
        path = files[number % len(files)]
        change = chance.choice(CHANGES)
        data = path.read_bytes() if path else _text(desk).encode()
        changed = change(data, chance)
        if changed == data or (path and path.name == "key.pub" and _same_key(changed, data)):
            continue
        number += 1
        if path is None:
            told = (changed or b"").decode("utf-8", "replace")
            _set_text(desk, told)
            assert any(one.where.startswith(SOURCE) for one in verify(desk.library).faults), change
            _set_text(desk, data.decode())
            continue
        if changed is None:
            path.unlink()
        else:
            path.write_bytes(changed)
        found = verify(desk.library)
        assert located(path, data, changed or b"", found), (change, path.name, found)
        path.write_bytes(data)
    assert verify(desk.library).faults == ()


def located(path: Path, old: bytes, new: bytes, found: Verified) -> bool:
    """Whether the place of a change is told: the first line that is not as it was, in a ledger."""
    if path.name != "ledger.jsonl":
        return any(path.name in one.where for one in found.faults)
    before, after = old.split(b"\n"), new.split(b"\n")[:-1]
    first = next((n for n, one in enumerate(after, 1) if one != before[n - 1]), len(after) + 1)
    if first > len(before) - 1 and not found.faults:
        return found.unfinished  # all is there, and something begun and never finished behind it
    return any(one.where == f"review/ledger.jsonl, entry {first}" for one in found.faults)


def _same_key(changed: bytes | None, data: bytes) -> bool:
    """A file of a key may be written in several ways, and a library without it is whole."""
    if changed is None:
        return True
    try:
        return public_from_pem(changed) == public_from_pem(data)
    except LibraryError:
        return False


def add_picture(desk: Desk) -> Callable[[Edition], Path]:
    """A picture in the guide; gives where an edition keeps it."""
    place = desk.library.folder / "guides" / GUIDE
    (place / "figures").mkdir()
    (place / "figures" / "tick.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    figure = "![A tick](figures/tick.svg)\n\nA tick.[^ticks]\n\n## symptoms:"
    rewrite(desk, ORIGINAL.replace("## symptoms:", figure))
    return lambda edition: next((edition.path.parent / "figures").iterdir())


def _text(desk: Desk) -> str:
    with closing(sqlite3.connect(desk.library.folder / "corpus.sqlite3")) as db:
        [(text,)] = db.execute("SELECT text FROM texts").fetchall()
    return str(text)


def _set_text(desk: Desk, text: str) -> None:
    with closing(sqlite3.connect(desk.library.folder / "corpus.sqlite3")) as db, db:
        db.execute("UPDATE texts SET text = ?", (text,))


def test_an_edition_put_there_by_hand_taken_away_or_renamed_is_found(desk: Desk) -> None:
    edition = desk.publish()
    other = edition.path.with_name("0002-" + edition.path.name.split("-")[1])
    shutil.copy(edition.path, other)
    assert any("does not know" in one.what for one in verify(desk.library).faults)
    other.unlink()
    form = json.loads(edition.path.read_text("utf-8"))
    edition.path.write_text(json.dumps({**form, "published": "2020-01-01"}), "utf-8")
    assert [one.what for one in verify(desk.library).faults] == [
        "the edition is not the file that was published"
    ]
    edition.path.unlink()
    assert any("gone" in one.what for one in verify(desk.library).faults)


def test_a_ledger_taken_away_whole_is_found_where_its_key_is_left(desk: Desk) -> None:
    desk.key.save(desk.library.folder / "review", "four words make one")
    desk.publish()
    for name in ("ledger.jsonl", "head.json"):
        (desk.library.folder / "review" / name).unlink()
    assert [one.where for one in verify(desk.library).faults] == ["review/ledger.jsonl"]


def test_a_policy_that_cannot_be_read_is_located(desk: Desk) -> None:
    (desk.library.folder / "review" / "policy.toml").write_text("[review]\nmonths = ", "utf-8")
    assert [one.where for one in verify(desk.library).faults] == ["review/policy.toml"]


def test_a_publication_that_was_recorded_and_not_shown_is_finished(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_fails(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", power_fails)
        with pytest.raises(KeyboardInterrupt):
            desk.publish()
    assert verify(desk.library).faults == ()
    assert desk.reviews.editions.ids() == []
    desk.publish()
    assert [one.number for one in desk.reviews.editions.history(GUIDE)] == [1]
    assert verify(desk.library).faults == ()


def test_editions_from_before_the_ledger_are_in_its_first_entry(desk: Desk) -> None:
    edition = desk.publish()
    shutil.rmtree(desk.library.folder / "review")
    (desk.library.folder / "review").mkdir()
    reviews = Reviews(desk.library, GuideFolder(desk.library.folder / "guides"))
    with desk.library.writing():
        reviews.found(desk.key)
    assert verify(desk.library).faults == ()
    edition.path.write_bytes(edition.path.read_bytes() + b" ")
    assert verify(desk.library).faults


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/nowhere")],
    ids=["a folder", "a pipe", "a link"],
)
def test_what_is_no_file_any_more_is_located(desk: Desk, make: Callable[[Path], object]) -> None:
    edition = desk.publish()
    for path in (edition.path, desk.reviews.ledger.path):
        path.unlink()
        make(path)
        wheres = " ".join(one.where for one in verify(desk.library).faults)
        assert path.relative_to(desk.library.folder).as_posix() in wheres
    assert desk.reviews.ledger.proof().broken


def test_an_edition_under_another_guides_name_is_not_shown(desk: Desk) -> None:
    desk.approve_all()
    place = desk.publish().path.parent
    shutil.copytree(place, place.with_name("other-guide"))
    with pytest.raises(LibraryError, match="not what was published"):
        desk.reviews.editions.latest("other-guide")
    assert any("editions/other-guide/" in one.where for one in verify(desk.library).faults)


@pytest.mark.parametrize("note", ["a\x1b[31mb", "a\u202eb", "a\u2800", "a" * 1_001])
def test_the_note_of_an_edition_is_plain_text(desk: Desk, note: str) -> None:
    guides = GuideFolder(desk.library.folder / "guides")
    with desk.library.writing():
        with pytest.raises(InputError, match="the note"):
            publish(desk.library, guides, note=note, key=desk.key)
        publish(desk.library, guides, key=desk.key)
        with pytest.raises(InputError, match="the note"):
            publish_again(desk.library, GUIDE, 1, note, desk.key)
