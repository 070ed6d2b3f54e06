from __future__ import annotations

import json
from pathlib import Path

import pytest

from piamater.search import Entry, Query, TantivyIndex, Wording
from piamater.search.analysis import ROMANISED
from piamater.testing import SearchIndexConformance


class TestTantivyIndex(SearchIndexConformance):
    @pytest.fixture
    def index(self, tmp_path: Path) -> TantivyIndex:
        return TantivyIndex(tmp_path / "index")

    def test_readers_see_commits_of_another(self, tmp_path: Path) -> None:
        writer, reader = TantivyIndex(tmp_path / "i"), TantivyIndex(tmp_path / "i")
        writer.add([Entry(1, 0, "Fever.")])
        writer.commit(1)
        assert reader.count() == 0
        reader.refresh()
        assert reader.count() == 1

    def test_another_fingerprint_does_not_match(self, tmp_path: Path) -> None:
        index = TantivyIndex(tmp_path / "i", "one")
        index.add([Entry(1, 0, "Fever.")])
        index.commit(1)
        assert index.matches()
        assert not TantivyIndex(tmp_path / "i", "two").matches()

    def test_another_format_is_rebuilt(self, tmp_path: Path) -> None:
        index = TantivyIndex(tmp_path / "i")
        index.add([Entry(1, 0, "Fever.")])
        index.commit(1)
        index.close()
        state = tmp_path / "i" / "piamater-index.json"
        state.write_text(json.dumps({"format": -5, "upto": 1}), "utf-8")
        fresh = TantivyIndex(tmp_path / "i")
        assert (fresh.upto(), fresh.count()) == (0, 0)

    @pytest.mark.parametrize("typed", ["matha betha", "mathabetha", "jor", "bomi"])
    def test_romanised_bangla_finds_bangla(self, tmp_path: Path, typed: str) -> None:
        index = TantivyIndex(tmp_path / "i")
        index.add([Entry(1, 0, "জ্বর, বমি, মাথা ব্যথা বা মাথাব্যথা হতে পারে।", language="bn")])
        index.commit(1)
        assert index.search(Query((Wording(typed, ROMANISED),)))
