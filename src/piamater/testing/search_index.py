"""The conformance suite of ``SearchIndex``."""

from __future__ import annotations

from piamater.search import Entry, Query, SearchIndex, Wording


def entry(number: int, position: int, text: str, **fields: object) -> Entry:
    """An entry for a test."""
    return Entry(number, position, text, **fields)  # type: ignore[arg-type]


def seek(text: str, language: str = "en", **fields: object) -> Query:
    """A query of one wording."""
    return Query((Wording(text, language),), **fields)  # type: ignore[arg-type]


class SearchIndexConformance:
    """Inherit, and give a fixture ``index`` that is a new, empty ``SearchIndex``."""

    def fill(self, index: SearchIndex, *entries: Entry, upto: int = 1) -> None:
        """Add and commit."""
        index.add(entries)
        index.commit(upto)

    def keys(self, index: SearchIndex, query: Query, **page: int) -> list[tuple[int, int]]:
        """The keys found, best first."""
        return [(hit.number, hit.position) for hit in index.search(query, **page)]

    def test_a_new_index_is_empty(self, index: SearchIndex) -> None:
        assert index.count() == 0
        assert index.upto() == 0
        assert index.search(seek("meningitis")) == []

    def test_finds_what_was_committed(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Meningitis causes fever."), entry(1, 1, "Rest helps."))
        assert self.keys(index, seek("meningitis")) == [(1, 0)]
        assert index.count() == 2

    def test_nothing_is_seen_before_the_commit(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Meningitis."))
        index.add([entry(2, 0, "Meningitis again.")])
        assert self.keys(index, seek("meningitis")) == [(1, 0)]
        index.commit(2)
        assert len(self.keys(index, seek("meningitis"))) == 2

    def test_remembers_how_far_it_came(self, index: SearchIndex) -> None:
        self.fill(index, entry(7, 0, "Meningitis."), upto=7)
        assert index.upto() == 7

    def test_deletes_by_number(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Meningitis one."), entry(2, 0, "Meningitis two."))
        index.delete([1, 99])
        index.commit(3)
        assert self.keys(index, seek("meningitis")) == [(2, 0)]

    def test_replaces_within_one_commit(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Old words."))
        index.delete([1])
        index.add([entry(1, 0, "New words.")])
        index.commit(2)
        assert self.keys(index, seek("old")) == []
        assert self.keys(index, seek("new")) == [(1, 0)]

    def test_clears(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Meningitis."))
        index.clear()
        assert (index.count(), index.upto()) == (0, 0)

    def test_pages_do_not_overlap(self, index: SearchIndex) -> None:
        self.fill(index, *(entry(n, 0, f"Fever {'fever ' * n}") for n in range(1, 8)))
        whole = self.keys(index, seek("fever"), limit=7)
        paged = [
            key for at in (0, 3, 6) for key in self.keys(index, seek("fever"), limit=3, offset=at)
        ]
        assert paged == whole
        assert len(set(whole)) == 7

    def test_scores_fall(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Fever and rash."), entry(2, 0, "Fever, a long tale of it."))
        scores = [hit.score for hit in index.search(seek("fever rash"))]
        assert scores == sorted(scores, reverse=True)

    def test_title_and_headings_count(self, index: SearchIndex) -> None:
        self.fill(
            index,
            entry(1, 0, "Headache is common.", title="Lumbar puncture", path="Side effects"),
            entry(2, 0, "Headache is common.", title="Migraine"),
        )
        assert self.keys(index, seek("lumbar puncture headache"))[0] == (1, 0)

    def test_filters_must_match(self, index: SearchIndex) -> None:
        self.fill(
            index,
            entry(1, 0, "Fever.", kind="guideline", source="a", language="en"),
            entry(2, 0, "Fever.", kind="trial", source="b", language="en"),
        )
        assert self.keys(index, seek("fever", kinds=("trial",))) == [(2, 0)]
        assert self.keys(index, seek("fever", sources=("a",))) == [(1, 0)]
        assert self.keys(index, seek("fever", languages=("bn",))) == []
        assert len(self.keys(index, seek("fever", kinds=("trial", "guideline")))) == 2

    def test_concepts_cross_languages(self, index: SearchIndex) -> None:
        self.fill(
            index,
            entry(1, 0, "La fiebre es frecuente.", language="es", concepts=("fever",)),
            entry(2, 0, "El dolor es frecuente.", language="es", concepts=("pain",)),
        )
        query = Query((Wording("fever", "en"),), concepts=(("fever", 1.0),))
        assert self.keys(index, query) == [(1, 0)]

    def test_an_empty_query_finds_nothing(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Fever."))
        assert index.search(Query(())) == []
        assert index.search(seek("")) == []
        assert index.search(seek("the of and")) == []

    def test_inflected_forms_meet(self, index: SearchIndex) -> None:
        self.fill(
            index,
            entry(1, 0, "Seizures were treated."),
            entry(2, 0, "Las convulsiones tratadas.", language="es"),
        )
        assert self.keys(index, seek("seizure treatment")) == [(1, 0)]
        assert self.keys(index, seek("convulsión", "es")) == [(2, 0)]

    def test_accents_do_not_matter(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Punción lumbar.", language="es"))
        assert self.keys(index, seek("puncion", "es")) == [(1, 0)]

    def test_a_bangla_word_is_not_split_at_vowel_signs(self, index: SearchIndex) -> None:
        self.fill(
            index,
            entry(1, 0, "সাপ কামড়েছে।", language="bn"),
            entry(2, 0, "পা ফুলে গেছে।", language="bn"),
        )
        assert self.keys(index, seek("পা", "bn"))[0] == (2, 0)
        assert (1, 0) not in self.keys(index, seek("পা", "bn"))

    def test_bangla_spellings_of_one_letter_meet(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "জ্বর ও কামড়", language="bn"))
        assert self.keys(index, seek("কামড\u09bc", "bn")) == [(1, 0)]

    def test_document_frequency(self, index: SearchIndex) -> None:
        self.fill(index, entry(1, 0, "Fever."), entry(2, 0, "Fever and pain."))
        assert index.document_frequency("fever", "en") == 2
        assert index.document_frequency("fevers", "en") == 2
        assert index.document_frequency("meningitis", "en") == 0

    def test_odd_text_does_no_harm(self, index: SearchIndex) -> None:
        odd = '\u202efever\u200b \x00 <b>AND</b> OR NOT ( " * : ^ ~ \U0001f600 ' + "x" * 70_000
        self.fill(index, entry(1, 0, odd), entry(2, 0, ""))
        for text in ('fever AND ("', "a:b:c", "\\", "*", "x" * 2_000, "\U0001f600"):
            index.search(seek(text))
