"""Evaluation of the product's own ranking on a collection in BEIR layout.

``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and
``qrels/*.tsv`` (query-id, corpus-id, score with a header line), as in Thakur et al. 2021.
Measures by ``ir-measures``; plain BM25 over title and text runs beside it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from piamater.errors import InputError, PiamaterError
from piamater.search.contract import Entry, Query, Wording
from piamater.search.retrieve import build_query
from piamater.search.tantivy_index import TantivyIndex
from piamater.text.language import identify
from piamater.vocabulary import Vocabulary

DEPTH = 100
"""How many documents of a run are judged."""

Run = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents (id to title and text), queries (id to text), and graded judgements."""

    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def load_beir(folder: Path, split: str = "") -> Collection:
    """A collection in BEIR layout; ``split`` names one qrels file, all of them by default.

    Raises:
        InputError: a file is missing or a line is not what the layout says.
    """
    documents = {
        str(one["_id"]): (str(one.get("title", "")), str(one["text"]))
        for one in _lines(folder / "corpus.jsonl", ("_id", "text"))
    }
    queries = {
        str(one["_id"]): str(one["text"])
        for one in _lines(folder / "queries.jsonl", ("_id", "text"))
    }
    qrels: dict[str, dict[str, int]] = {}
    files = sorted((folder / "qrels").glob(f"{split or '*'}.tsv"))
    if not files:
        raise InputError("there are no judgements (*.tsv)", where=str(folder / "qrels"))
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines()[1:], 2):
            try:
                query, document, grade = line.split("\t")
                qrels.setdefault(query, {})[document] = int(grade)
            except ValueError as error:
                raise InputError(
                    "a line is not query-id, corpus-id, score", where=f"{path}:{number}"
                ) from error
    return Collection(documents, {q: t for q, t in queries.items() if q in qrels}, qrels)


def _lines(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, object]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                one = json.loads(line)
                if missing := [key for key in needed if key not in one]:
                    raise InputError(f"{', '.join(missing)} is missing", where=f"{path}:{number}")
                yield one
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", where=str(path)) from error
    except json.JSONDecodeError as error:
        raise InputError(f"a line is not JSON: {error}", where=str(path)) from error


def runs(collection: Collection, vocabulary: Vocabulary) -> dict[str, Run]:
    """The product's run and plain BM25's (one field, the question's words alone)."""
    names = list(collection.documents)
    with tempfile.TemporaryDirectory(prefix="piamater-eval-") as folder:
        index = TantivyIndex(Path(folder))
        index.add(
            _entry(number, collection.documents[name], vocabulary)
            for number, name in enumerate(names)
        )
        index.commit(1)
        languages = {query: identify(text, "en") for query, text in collection.queries.items()}

        def run(make: Callable[[str, str], Query]) -> Run:
            return {
                query: {
                    names[hit.number]: hit.score
                    for hit in index.search(make(text, languages[query]), DEPTH)
                }
                for query, text in collection.queries.items()
            }

        found = {
            "piamater": run(lambda text, language: build_query(text, language, vocabulary, index)),
            "bm25": run(
                lambda text, language: Query((Wording(text, language),), heading_weight=0.0)
            ),
        }
        index.close()
    return found


def _entry(number: int, document: tuple[str, str], vocabulary: Vocabulary) -> Entry:
    title, text = document
    language = identify(text, "en")
    concepts = vocabulary.concept_ids(f"{title}. {text}", language)
    return Entry(number, 0, text, title, language=language, concepts=tuple(sorted(concepts)))


MEASURES = ("nDCG@10", "AP@10", "RR@10", "R@100")
"""nDCG@10, MAP@10, MRR@10 and recall@100, as ir-measures writes them."""


def measure(collection: Collection, run: Run) -> dict[str, float]:
    """The measures of a run.

    Raises:
        PiamaterError: ``ir-measures`` is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise PiamaterError(
            "measuring needs ir-measures", todo="pip install 'piamater[eval]'"
        ) from error
    wanted = [ir_measures.parse_measure(name) for name in MEASURES]
    found = ir_measures.calc_aggregate(wanted, collection.qrels, run)
    return {str(one): round(float(found[one]), 4) for one in wanted}
