"""The embedded search engine: Tantivy, ranking by BM25 (Robertson et al. 1995; k1 1.2, b 0.75).

For each language there is a catch-all field (title, headings and passage) and a heading field
(title and headings); concepts are a field of ids that all languages share, and the sounds of
Bangla words another. A catch-all with a weighted heading field beside it ranked better than
separate fields summed, in our own measurement.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import tantivy

from piamater.errors import LibraryError
from piamater.search.analysis import (
    LANGUAGES,
    LOANED,
    ROMANISED,
    analyzers,
    bangla_sounds,
    bangla_terms,
    english_sounds,
    field_language,
    loaned_sounds,
    romanised_sounds,
    terms,
)
from piamater.search.contract import Entry, Hit, Query, Wording

FORMAT = 2
"""Version of the fields and their analysis; another one found on disk means: rebuild."""

_HEAP = 192_000_000
_STATE = "piamater-index.json"


class TantivyIndex:
    """A ``SearchIndex`` in ``folder``; ``fingerprint`` says what the entries' concepts came from.

    An index of another format or fingerprint is emptied when it is opened for writing, and is
    to be filled again by the caller; opened for reading it is used as it is.
    """

    def __init__(self, folder: Path, fingerprint: str = "") -> None:
        self.folder = folder
        self._fingerprint = fingerprint
        self._writer: tantivy.IndexWriter | None = None
        self._index = self._open()

    def _open(self) -> tantivy.Index:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._state().get("format", FORMAT) != FORMAT:
                shutil.rmtree(self.folder)
                self.folder.mkdir()
            index = tantivy.Index(_schema(), path=str(self.folder))
        except (OSError, ValueError) as error:
            raise LibraryError(
                f"the search index cannot be opened: {error}",
                where=str(self.folder),
                todo="delete this folder; it is rebuilt from the corpus",
            ) from error
        for name, analyzer in analyzers().items():
            index.register_tokenizer(name, analyzer)
        index.config_reader(reload_policy="manual", num_warmers=0)
        return index

    def _state(self) -> dict[str, object]:
        path = self.folder / _STATE
        try:
            state = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            return {"format": -1}
        return state if isinstance(state, dict) else {"format": -1}

    def matches(self) -> bool:
        """Whether the entries were made with this format and fingerprint."""
        state = self._state()
        return not state or state.get("fingerprint") == self._fingerprint

    def upto(self) -> int:
        """See ``SearchIndex.upto``."""
        return int(str(self._state().get("upto", 0)))

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=_HEAP, num_threads=2)
            except ValueError as error:
                raise LibraryError(
                    f"the search index cannot be written: {error}",
                    where=str(self.folder),
                    todo="wait until another piamater has finished",
                ) from error
        return self._writer

    def add(self, entries: Iterable[Entry]) -> None:
        """See ``SearchIndex.add``."""
        writer = self._writing()
        for entry in entries:
            writer.add_document(_document(entry))

    def delete(self, numbers: Iterable[int]) -> None:
        """See ``SearchIndex.delete``."""
        writer = self._writing()
        for number in numbers:
            writer.delete_documents_by_query(
                tantivy.Query.term_query(self._index.schema, "number", number)
            )

    def commit(self, upto: int) -> None:
        """See ``SearchIndex.commit``."""
        try:
            self._writing().commit()
        except ValueError as error:
            raise LibraryError(
                f"the search index cannot be written: {error}",
                where=str(self.folder),
                todo="free some space; the index catches up at the next command",
            ) from error
        state = {"format": FORMAT, "fingerprint": self._fingerprint, "upto": upto}
        new = self.folder / (_STATE + ".new")
        new.write_text(json.dumps(state), "utf-8")
        new.replace(self.folder / _STATE)
        self.refresh()

    def close(self) -> None:
        """Wait for merges to end and free the writer."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def refresh(self) -> None:
        """See ``SearchIndex.refresh``."""
        self._index.reload()

    def clear(self) -> None:
        """See ``SearchIndex.clear``."""
        self._writing().delete_all_documents()
        self.commit(0)

    def count(self) -> int:
        """See ``SearchIndex.count``."""
        return int(self._index.searcher().num_docs)

    def search(self, query: Query, limit: int = 10, offset: int = 0) -> list[Hit]:
        """See ``SearchIndex.search``."""
        wanted = self._query(query)
        if wanted is None:
            return []
        searcher = self._index.searcher()
        found = searcher.search(wanted, limit, count=False, offset=offset)
        hits = []
        for score, address in found.hits:
            stored = searcher.doc(address)
            hits.append(Hit(stored["number"][0], stored["position"][0], float(score)))
        return hits

    def document_frequency(self, word: str, language: str) -> int:
        """See ``SearchIndex.document_frequency``."""
        searcher = self._index.searcher()
        field = f"all_{field_language(language)}"
        return min((searcher.doc_freq(field, term) for term in terms(word, language)), default=0)

    def term_frequency(self, term: str, language: str) -> int:
        """See ``SearchIndex.term_frequency``."""
        return int(self._index.searcher().doc_freq(f"all_{field_language(language)}", term))

    def _query(self, query: Query) -> tantivy.Query | None:
        """The query in Tantivy's form; None where nothing is sought."""
        schema = self._index.schema
        any_of = [
            self._weighted(field, term, weight)
            for wording in query.wordings
            for field, term, weight in self._fields(wording, query.heading_weight)
        ]
        any_of += [
            self._weighted("concepts", _concept(one), weight) for one, weight in query.concepts
        ]
        if not any_of:
            return None
        should = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in any_of])
        filters = [
            tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(schema, field, list(values)), 0.0
            )
            for field, values in (
                ("language", query.languages),
                ("kind", query.kinds),
                ("source", query.sources),
            )
            if values
        ]
        if not filters:
            return should
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, one) for one in (should, *filters)]
        )

    def _fields(self, wording: Wording, heading: float) -> Iterable[tuple[str, str, float]]:
        """Field, term and weight of every term of a wording."""
        if wording.language == ROMANISED:
            for sound in dict.fromkeys(romanised_sounds(wording.text).split()):
                yield "sounds", sound, wording.weight
            return
        if wording.language == LOANED:
            for sound in loaned_sounds(wording.text).split():
                yield "sounds", sound, wording.weight
            return
        language = field_language(wording.language)
        for term in dict.fromkeys(terms(wording.text, language)):
            yield f"all_{language}", term, wording.weight
            if heading:
                yield f"head_{language}", term, wording.weight * heading
        if wording.language == "bn":
            for sound in dict.fromkeys(bangla_sounds(wording.text).split()):
                yield "sounds", sound, wording.weight * 0.2

    def _weighted(self, field: str, term: str, weight: float) -> tantivy.Query:
        one = tantivy.Query.term_query(self._index.schema, field, term, "freq")
        return one if weight == 1.0 else tantivy.Query.boost_query(one, weight)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True, indexed=True)
    builder.add_unsigned_field("position", stored=True)
    for name in ("language", "kind", "source"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        analyzer = "terms" if language == "bn" else language
        for name in ("all", "head"):
            builder.add_text_field(
                f"{name}_{language}", tokenizer_name=analyzer, index_option="freq"
            )
    for name in ("concepts", "sounds"):
        builder.add_text_field(name, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    """An entry as Tantivy takes it in."""
    language = field_language(entry.language)
    head = f"{entry.title} {entry.path}"
    everything = f"{head} {entry.text}"
    document = tantivy.Document()
    document.add_unsigned("number", entry.number)
    document.add_unsigned("position", entry.position)
    document.add_text("language", entry.language)
    document.add_text("kind", entry.kind)
    document.add_text("source", entry.source)
    if language == "en":
        document.add_text("sounds", english_sounds(entry.text))
    if language == "bn":
        document.add_text("sounds", bangla_sounds(everything))
        head, everything = bangla_terms(head), bangla_terms(everything)
    document.add_text(f"all_{language}", everything)
    document.add_text(f"head_{language}", head)
    if entry.concepts:
        document.add_text("concepts", " ".join(_concept(one) for one in entry.concepts))
    return document


def _concept(identifier: str) -> str:
    """A concept id as one term: white space in it would split it."""
    return "_".join(identifier.split())
