"""What a corpus store promises about texts: kept to the character, cut by code points."""

from __future__ import annotations

from hashlib import sha256

import pytest

from piamater.corpus.store import CorpusStore
from piamater.errors import InputError
from piamater.sources import Notice, NoticeKind
from piamater.testing.corpus_readings import deposit, exactly, reading
from piamater.text import Section

TEXTS = {
    "U+0000": "before\x00after 𝛼\x00\x00 and more",
    "controls": "\x01\x02\x7f\x85 a\r\nb\rc\n\td\x0b\x0c",
    "beyond the basic plane": "𝛼𝛽 🧠 𝒜 a \U0010ffff",
    "one to four bytes": "aé€𝛼" * 7,
    "not composed": "e\u0301 n\u0303 \u1100\u1161 ক\u09cdষ",
    "no characters": "\ufeff\ufffe\uffff\ufdd0\u200b\u202e",
    "for SQL": "'\"; DROP TABLE texts; -- %s %% $1 \\ \\N \\x00 {}",
    "spaces at the ends": "  a  \n",
    "one": "a",
    "long": "Fièvre 𝛼 জ্বর, 38,5 °C. " * 20_000,
}


class ExactText:
    """Part of ``CorpusStoreConformance``."""

    @pytest.mark.parametrize("name", TEXTS)
    def test_a_text_is_kept_to_the_character(self, store: CorpusStore, name: str) -> None:
        text = TEXTS[name]
        one = exactly(text, width=3 if len(text) < 1_000 else 4_999)
        store.deposit([deposit(one)])
        held = store.version("pmid:1")
        assert store.text("pmid:1") == text
        assert held.version == sha256(text.encode("utf-8")).hexdigest()
        assert store.document(held.number) == one.document
        keys = [(held.number, n) for n in range(len(one.document.passages))]
        found = store.passages(keys)
        assert [p.text for p in found] == [text[p.start : p.end] for p in one.document.passages]
        assert "".join(p.text for p in found) == text
        assert store.neighbours(held.number, 0, len(keys)) == found
        assert store.in_section(held.number, 0, len(keys)) == found

    def test_half_a_character_is_refused_wherever_it_stands(self, store: CorpusStore) -> None:
        half = "a\ud83e"
        headed = exactly("abc")
        object.__setattr__(headed.document, "sections", (Section((half,), 1, 0, 3),))
        refused = [
            deposit(exactly(half)),
            deposit(headed),
            deposit(reading(title=half)),
            deposit(reading(source=f"note:{half}")),
            deposit(reading(), location=half),
            deposit(reading(), name=half),
            deposit(reading(notices=(Notice(NoticeKind.CORRECTION, by=half),))),
        ]
        for one in refused:
            with pytest.raises(InputError, match="lone surrogate"):
                store.deposit([deposit(reading(source="pmid:7")), one], [("key", 2)])
        self.holds_nothing(store)
        store.deposit([deposit(reading())])
        with pytest.raises(InputError, match="lone surrogate"):
            store.decide("pmid:1", "withdraw", half, "2026-01-02")
        assert store.notices(store.version("pmid:1").record, "pmid:1") == ()

    def test_names_with_a_zero_in_them_are_refused(self, store: CorpusStore) -> None:
        name = "a\x00b"
        refused = [
            deposit(reading(source=f"note:{name}")),
            deposit(reading(), location=name),
            deposit(reading(), name=name),
            deposit(reading(notices=(Notice(NoticeKind.CORRECTION, date=name),))),
        ]
        for one in refused:
            with pytest.raises(InputError, match=r"U\+0000"):
                store.deposit([deposit(reading(source="pmid:7")), one], [("key", 2)])
        self.holds_nothing(store)
        store.deposit([deposit(reading(title=name))])
        assert store.version("pmid:1").record.title == name
        with pytest.raises(InputError, match=r"U\+0000"):
            store.decide("pmid:1", "withdraw", name, "2026-01-02")

    def holds_nothing(self, store: CorpusStore) -> None:
        """Check that what was refused left no trace."""
        assert store.counts() == {"sources": 0, "versions": 0, "passages": 0}
        assert store.last_number() == 0
        assert store.known_files(["key"]) == {}
