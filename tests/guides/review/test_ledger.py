"""The chain: what was appended is read back, and any change is found where it is."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piamater.errors import LibraryError
from piamater.guides.review import Key, Ledger, verify_ledger
from piamater.guides.review.entry import canonical, entry_from_line
from piamater.guides.review.keys import find_passphrase, load_key, public_from_pem

BODIES = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=12),
        lambda one: (
            st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=4), one, max_size=3)
        ),
        max_leaves=6,
    ),
    max_size=4,
)


def filled(folder: Path, entries: int = 4) -> tuple[Ledger, Key]:
    key, ledger = Key.create(), Ledger(folder)
    folder.mkdir(parents=True, exist_ok=True)
    ledger.append(key, "found", "", {"public": key.public})
    for number in range(entries - 1):
        ledger.append(key, "note", "ada", {"guide": "x", "text": f"ওষুধ {number}"})
    return ledger, key


@settings(max_examples=40, deadline=None)
@given(st.lists(BODIES, max_size=5))
def test_what_is_appended_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[dict[str, object]]
) -> None:
    ledger, key = filled(tmp_path_factory.mktemp("ledger"), 1)
    for body in bodies:
        ledger.append(key, "note", "ada", body)
    proof = Ledger(ledger.folder).proof()
    assert proof.sound
    assert [one.body for one in proof.entries[1:]] == bodies
    assert [one.number for one in proof.entries] == list(range(1, len(bodies) + 2))


def test_every_single_changed_byte_is_found_and_its_entry_named(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "review")
    chance = random.Random(5)
    lines = ledger.path.read_bytes()
    ends = [at for at, one in enumerate(lines) if one == 10]
    head = (ledger.folder / "head.json").read_bytes()
    for _ in range(200):
        whole = chance.choice([lines, lines, lines, head])
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] = chance.choice([one for one in range(256) if one != whole[at]])
        path = ledger.path if whole is lines else ledger.folder / "head.json"
        path.write_bytes(changed)
        proof = verify_ledger(ledger.folder)
        assert proof.broken, (path.name, at)
        expected = next(n for n, end in enumerate(ends, 1) if at <= end) if whole is lines else 0
        assert proof.broken.entry == expected, (path.name, at, proof.broken)
        path.write_bytes(whole)
    assert verify_ledger(ledger.folder).sound


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_entries_cut_from_the_end_are_missed(tmp_path: Path, cut: int) -> None:
    ledger, _ = filled(tmp_path / "review")
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(b"".join(lines[:-cut]))
    broken = verify_ledger(ledger.folder).broken
    assert broken
    assert broken.entry == 5 - cut


def test_entries_taken_out_swapped_or_doubled_are_found(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "review")
    one, two, three, four = ledger.path.read_bytes().splitlines(keepends=True)
    for lines, entry in (
        ([one, three, four], 2),
        ([one, three, two, four], 2),
        ([one, two, two, three, four], 3),
        ([two, three, four], 1),
    ):
        ledger.path.write_bytes(b"".join(lines))
        broken = verify_ledger(ledger.folder).broken
        assert broken
        assert broken.entry == entry


def test_a_head_that_is_gone_or_put_back_is_found(tmp_path: Path) -> None:
    ledger, key = filled(tmp_path / "review")
    head = ledger.folder / "head.json"
    old = head.read_bytes()
    for text in ("one", "two"):
        ledger.append(key, "note", "ada", {"guide": "x", "text": text})
    head.write_bytes(old)
    assert not verify_ledger(ledger.folder).sound
    head.unlink()
    assert not verify_ledger(ledger.folder).sound


def test_a_ledger_replaced_as_a_whole_is_found_by_who_kept_the_key(tmp_path: Path) -> None:
    _, old = filled(tmp_path / "review")
    shutil.rmtree(tmp_path / "review")
    filled(tmp_path / "review")
    assert verify_ledger(tmp_path / "review").sound
    proof = verify_ledger(tmp_path / "review", old.fingerprint)
    assert proof.broken
    assert (proof.broken.entry, proof.broken.key, proof.entries) == (1, True, ())


def test_a_line_that_was_never_finished_counts_for_nothing(tmp_path: Path) -> None:
    ledger, key = filled(tmp_path / "review")
    whole = ledger.path.read_bytes()
    with ledger.path.open("ab") as file:
        file.write(whole[:100].rstrip(b"\n"))
    proof = verify_ledger(ledger.folder)
    assert (proof.sound, proof.unfinished, len(proof.entries)) == (True, True, 4)
    ledger.append(key, "note", "ada", {"guide": "x", "text": "next"})
    proof = verify_ledger(ledger.folder)
    assert (proof.sound, proof.unfinished, len(proof.entries)) == (True, False, 5)


def test_another_key_cannot_sign_and_a_broken_ledger_takes_nothing(tmp_path: Path) -> None:
    ledger, key = filled(tmp_path / "review")
    with pytest.raises(LibraryError, match="not the one"):
        ledger.append(Key.create(), "note", "ada", {"guide": "x"})
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data.replace("ওষুধ 1".encode(), "ওষুধ 7".encode()))
    with pytest.raises(LibraryError, match="entry 3"):
        ledger.append(key, "note", "ada", {"guide": "x"})


def test_a_clock_set_back_breaks_nothing(tmp_path: Path) -> None:
    ledger, key = filled(tmp_path / "review")
    ledger.append(key, "note", "ada", {"guide": "x"}, datetime(2001, 1, 1, tzinfo=UTC))
    assert verify_ledger(ledger.folder).sound


def test_the_key_is_encrypted_private_and_opens_with_its_passphrase_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Key.create()
    with pytest.raises(LibraryError, match="fewer"):
        key.save(tmp_path, "short")
    key.save(tmp_path, "four words make one")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in (tmp_path / "key.pem").read_bytes()
    assert load_key(tmp_path, lambda: "four words make one").public == key.public
    assert public_from_pem((tmp_path / "key.pub").read_bytes()) == key.public
    with pytest.raises(LibraryError, match="wrong passphrase"):
        load_key(tmp_path, lambda: "four words make two")
    with pytest.raises(LibraryError, match="already"):
        key.save(tmp_path, "four words make one")
    monkeypatch.setenv("PIAMATER_PASSPHRASE", "four words make one")
    assert find_passphrase(tmp_path) == "four words make one"
    monkeypatch.delenv("PIAMATER_PASSPHRASE")
    with pytest.raises(LibraryError, match="PIAMATER_PASSPHRASE"):
        find_passphrase(tmp_path)


def test_a_key_of_an_unknown_kind_is_no_key() -> None:
    unknown = "MCowBQYDK29wAyEA" + "A" * 43 + "="  # 1.3.111.112, where Ed25519 is 1.3.101.112
    data = f"-----BEGIN PUBLIC KEY-----\n{unknown}\n-----END PUBLIC KEY-----\n"
    with pytest.raises(LibraryError, match="not a"):
        public_from_pem(data.encode())


@given(st.binary(max_size=200))
def test_any_line_is_an_entry_or_a_value_error(line: bytes) -> None:
    try:
        assert entry_from_line(line).line == line
    except (ValueError, RecursionError):
        pass


def test_entries_in_another_spelling_of_json_are_refused(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "review", 1)
    form = json.loads(ledger.path.read_bytes())
    assert entry_from_line(canonical(form)).number == 1
    with pytest.raises(ValueError, match="canonical"):
        entry_from_line(json.dumps(form).encode())


@pytest.mark.parametrize("field", ["number", "previous", "at", "by", "key", "signature", "body"])
@pytest.mark.parametrize("value", [7, None, [], True, 1.5])
def test_a_field_of_another_kind_is_located_and_no_failure(
    tmp_path: Path, field: str, value: object
) -> None:
    ledger, _ = filled(tmp_path / "review", 2)
    count = len(ledger.entries())
    form = json.loads(ledger.path.read_bytes().splitlines()[-1])
    with ledger.path.open("ab") as file:
        file.write(canonical({**form, "number": count + 1, field: value}) + b"\n")
    broken = ledger.proof().broken
    assert broken is not None
    assert broken.entry == count + 1


def test_a_head_that_is_nested_without_end_is_no_failure(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "review", 2)
    (ledger.folder / "head.json").write_text("[" * 200_000)
    broken = ledger.proof().broken
    assert broken is not None
    assert broken.entry == 0


APPENDING = """
import sys
from pathlib import Path
from piamater.guides.review import Ledger, load_key
folder = Path(sys.argv[1])
key, ledger = load_key(folder, lambda: "a passphrase"), Ledger(folder)
print("ready", flush=True)
while True:
    ledger.append(key, "note", "ada", {"guide": "x", "text": "y" * 3000})
"""


@pytest.mark.parametrize("seed", range(4))
def test_killed_while_it_writes_the_ledger_verifies(tmp_path: Path, seed: int) -> None:
    killed(tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_killed_at_thirty_moments(tmp_path: Path, seed: int) -> None:
    killed(tmp_path, seed)


def killed(tmp_path: Path, seed: int) -> None:
    ledger, key = filled(tmp_path / "review", 1)
    key.save(ledger.folder, "a passphrase")
    command = [sys.executable, "-c", APPENDING, str(ledger.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"ready"
        time.sleep(random.Random(seed).uniform(0.01, 0.3))
        os.kill(process.pid, signal.SIGKILL)
    before = verify_ledger(ledger.folder)
    assert before.sound, before.broken
    ledger.append(key, "note", "ada", {"guide": "x"})
    after = verify_ledger(ledger.folder)
    assert after.sound
    assert len(after.entries) == len(before.entries) + 1


def test_a_disk_that_is_full_at_the_head_records_nothing_and_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, key = filled(tmp_path / "review", 2)
    before = ledger.path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during:
        during.setattr("piamater.guides.review.ledger.write_whole", full)
        for _ in range(3):
            with pytest.raises(LibraryError, match="No space left"):
                ledger.append(key, "note", "ada", {"guide": "x", "text": "y"})
    assert ledger.path.read_bytes() == before
    ledger.append(key, "note", "ada", {"guide": "x", "text": "y"})
    assert ledger.proof().sound


def test_a_power_cut_before_the_head_time_after_time_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, key = filled(tmp_path / "review", 2)
    head = ledger.folder / "head.json"
    for _ in range(3):
        count = len(ledger.entries())
        late: list[bytes] = []
        monkeypatch.setattr(
            "piamater.guides.review.ledger.write_whole",
            lambda path, data, late=late, **_: (
                late.append(head.read_bytes()),
                path.write_bytes(data),
            ),
        )
        ledger.append(key, "note", "ada", {"guide": "x", "text": "y"})
        head.write_bytes(late[-1])  # the last head of this entry never came to the disk
        assert len(Ledger(ledger.folder).entries()) == count + 1
    assert Ledger(ledger.folder).proof().sound


def test_who_signs_while_it_is_read_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, key = filled(tmp_path / "review", 2)
    read, signed = Path.read_bytes, 0

    def read_slowly(path: Path) -> bytes:
        nonlocal signed
        found = read(path)
        if path.name == "ledger.jsonl" and signed < 3:
            signed += 1
            with monkeypatch.context() as meanwhile:
                meanwhile.setattr(Path, "read_bytes", read)
                Ledger(ledger.folder).append(key, "note", "ada", {"guide": "x", "text": "y"})
                Ledger(ledger.folder).append(key, "note", "ada", {"guide": "x", "text": "z"})
        return found

    count = len(ledger.entries())
    monkeypatch.setattr(Path, "read_bytes", read_slowly)
    proof = Ledger(ledger.folder).proof()
    assert proof.sound
    assert len(proof.entries) == count + 6
