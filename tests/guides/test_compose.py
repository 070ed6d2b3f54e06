"""A guide taken apart and put together: byte for byte, and edits survive both ways."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.errors import InputError
from piamater.guides import parse_guide
from piamater.guides.compose import BlockText, CiteText, block_text, taken_apart
from piamater.guides.kinds import block_kinds
from piamater.starter import guides_folder
from tests.guides.wexford import ORIGINAL, SOURCE

FILES = sorted(guides_folder().glob("*/*.md"))
LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
BODY = st.lists(LINE.filter(lambda one: not one.startswith(("#", "["))), max_size=4).map("\n".join)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_starter_guide_comes_back_byte_for_byte(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    parts = taken_apart(text)
    assert parts.text == text
    anew = replace(parts, blocks=tuple(replace(one, raw="") for one in parts.blocks)).text
    assert [block_text(one.raw) for one in taken_apart(anew).blocks] == [
        replace(one, raw=other.raw)
        for one, other in zip(parts.blocks, taken_apart(anew).blocks, strict=True)
    ]


@given(
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(list(block_kinds())), BODY, BODY), max_size=4),
)
def test_any_file_of_blocks_comes_back(
    end: str, mark: bool, blocks: list[tuple[str, str, str]]
) -> None:
    text = "---\nguide: piamater-guide/1\n---\n" + "".join(
        f"## {kind}:\n{both}\n### patient\n{patient}\n" for kind, both, patient in blocks
    )
    text = ("\ufeff" if mark else "") + text.replace("\n", end)
    assert taken_apart(text).text == text


@given(BODY, BODY, BODY, LINE.map(lambda one: " ".join(one.split()).strip("{}: ")))
def test_what_is_written_in_a_block_is_read_from_it(
    both: str, patient: str, clinical: str, heading: str
) -> None:
    if any(sign in heading for sign in "{}"):
        return
    made = BlockText("causes", heading, "", "", "abc", both, patient, clinical)
    parts = taken_apart(ORIGINAL)
    [again] = [
        one
        for one in taken_apart(replace(parts, blocks=(*parts.blocks, made)).text).blocks
        if one.of == "abc"
    ]
    for name in ("both", "patient", "clinical"):
        wanted = getattr(made, name).strip("\n")
        assert getattr(again, name).strip() == (wanted.strip() and wanted).strip()


def test_two_hundred_random_edits_survive_and_touch_nothing_else() -> None:
    chance = random.Random(3)
    for _ in range(200):
        text = chance.choice(FILES).read_bytes().decode("utf-8")
        parts = taken_apart(text)
        at = chance.randrange(len(parts.blocks))
        field = chance.choice(["heading", "both", "patient", "clinical"])
        old = parts.blocks[at]
        new = replace(old, **{field: (getattr(old, field) + f" নতুন {chance.random()}").strip()})
        if old.whole and field in ("patient", "clinical"):
            continue
        edited = replace(parts, blocks=(*parts.blocks[:at], new, *parts.blocks[at + 1 :]))
        again = taken_apart(edited.text)
        assert getattr(again.blocks[at], field) == getattr(new, field)
        for one, other in zip(parts.blocks, again.blocks, strict=True):
            assert other == one or other.name == new.name
        back = replace(again, blocks=parts.blocks)
        assert back.text == text


def test_fields_and_citations() -> None:
    parts = taken_apart(ORIGINAL)
    assert parts.with_field("title", "Wexford fever") is parts
    changed = parts.with_field("title", "Fever: of “Wexford”").with_field("groups", ["infection"])
    guide = parse_guide(changed.text)
    assert (guide.title, guide.groups) == ("Fever: of “Wexford”", ("infection",))
    assert len(changed.text.splitlines()) == len(ORIGINAL.splitlines()) + 1
    assert [one.label for one in parts.cites] == ["ticks", "infection", "days"]
    assert parts.with_cites(parts.cites) is parts
    more = parts.with_cites((*parts.cites[1:], CiteText("new", SOURCE, "ticks carry")))
    assert [one.label for one in more.cites] == ["infection", "days", "new"]
    assert more.text.startswith(ORIGINAL[: ORIGINAL.index("[^ticks]: @")])


@pytest.mark.parametrize("text", ["", "no front", "---\nx: 1\n", "---\n---\n## nothing: x\n"])
def test_what_is_no_guide_is_told(text: str) -> None:
    with pytest.raises(InputError):
        taken_apart(text)
