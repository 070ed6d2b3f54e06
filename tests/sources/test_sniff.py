from __future__ import annotations

from piamater.sources import readers
from piamater.sources.sniff import narrow_first


def test_plug_ins_come_first_and_text_last() -> None:
    names = ["plain", "pdf", "mine", "markdown", "note", "another"]
    assert narrow_first(names) == ["another", "mine", "note", "pdf", "markdown", "plain"]


def test_every_shipped_reader_has_its_place() -> None:
    order = list(readers())
    assert order[0] == "note"
    assert order[-2:] == ["markdown", "plain"]
