from __future__ import annotations

from pathlib import Path

from piamater.corpus import Deposit, Library
from piamater.search import TantivyIndex, behind, bring_up_to_date
from piamater.testing.corpus_store import reading
from piamater.vocabulary import Vocabulary


def put(library: Library, *texts: str) -> None:
    for number, text in enumerate(texts):
        library.corpus.deposit([Deposit(reading(text, f"pmid:{number}"), "0" * 64, "a", "/a")])


def test_an_index_ahead_of_its_corpus_is_filled_anew(tmp_path: Path) -> None:
    library, vocabulary = Library.create(tmp_path / "library"), Vocabulary.load()
    put(library, "Meningitis causes fever.", "Rest helps.", "Cough may follow.")
    index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
    assert bring_up_to_date(library, index, vocabulary) == 3
    held = index.count()

    library.corpus.close()
    for file in library.folder.glob("corpus.sqlite3*"):
        file.unlink()
    older = Library(library.folder)
    put(older, "Another text altogether.")
    assert behind(older, index) < 0
    assert bring_up_to_date(older, index, vocabulary) == 1
    assert behind(older, index) == 0
    assert 0 < index.count() < held
