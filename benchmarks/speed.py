"""Speed: asking, retrieval beside peers on the same passages, adding beside peers, in one run.

Peers (Haystack's in-memory BM25, txtai, bm25s) are used where they are installed.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.data import archive, medquad_questions, shared
from piamater.answers import Asker
from piamater.corpus import Library, add
from piamater.search import Query, TantivyIndex, Wording, bring_up_to_date
from piamater.vocabulary import Vocabulary

WHAT = ("medquad", "nci_pdq", "jats", "pubmedqa")


def build(folder: Path) -> Library:
    """The library of all development documents."""
    if (folder / "piamater.toml").exists():
        return Library(folder)
    library = Library.create(folder)
    with library.writing():
        add(library, [str(shared() / "seeds"), *(str(archive(one)) for one in WHAT)])
        vocabulary = Vocabulary.load(library.vocabulary_folder)
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        bring_up_to_date(library, index, vocabulary)
        index.close()
    return library


def times(work: Callable[[str], object], questions: list[str]) -> dict[str, float]:
    """Milliseconds for each question: median and 95th percentile, after a warm-up."""
    for question in questions[:20]:
        work(question)
    taken = []
    for question in questions:
        start = time.perf_counter()
        work(question)
        taken.append(1000 * (time.perf_counter() - start))
    return {
        "median": round(statistics.median(taken), 2),
        "p95": round(statistics.quantiles(taken, n=20)[-1], 2),
    }


def asking(library: Library, questions: list[str]) -> dict[str, object]:
    """Asking end to end in this process, and as a cold command."""
    vocabulary = Vocabulary.load(library.vocabulary_folder)
    asker = Asker(library, TantivyIndex(library.index_folder, vocabulary.fingerprint), vocabulary)
    found: dict[str, object] = {"in process": times(asker.ask, questions)}
    command = [sys.executable, "-m", "piamater", "-l", str(library.folder), "ask"]
    found["cold command"] = times(
        lambda question: subprocess.run([*command, question], capture_output=True, check=False),
        questions[:20],
    )
    found["--help"] = times(
        lambda _: subprocess.run(
            [sys.executable, "-m", "piamater", "--help"], capture_output=True, check=False
        ),
        questions[:10],
    )
    found["passages"] = asker.index.count()
    return found


def passages(library: Library) -> list[str]:
    """The text of every passage that is indexed, with what stands over it."""
    found = []
    for version in library.corpus.sources():
        document = library.corpus.document(version.number)
        for passage in document.passages:
            if passage.mark == "content":
                over = " ".join(document.sections[passage.section].path)
                text = document.text[passage.start : passage.end]
                found.append(f"{version.record.title} {over} {text}")
    return found


def retrieving(library: Library, questions: list[str]) -> dict[str, object]:
    """Retrieval of ten passages, the product's and its peers', over the same passages."""
    vocabulary = Vocabulary.load(library.vocabulary_folder)
    index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
    asker = Asker(library, index, vocabulary)
    found: dict[str, object] = {
        "piamater (query, search, read)": times(
            lambda q: asker.retriever.find(asker.retriever.query(q, "en"), 10), questions
        ),
        "tantivy alone": times(
            lambda q: index.search(Query((Wording(q, "en"),), heading_weight=0.0), 10), questions
        ),
    }
    texts = passages(library)
    for name, make in PEERS.items():
        start = time.perf_counter()
        search = make(texts)
        if search is not None:
            built = time.perf_counter() - start
            few = questions if name != "haystack" else questions[:15]
            found[name] = {**times(search, few), "build seconds": round(built, 1)}
    return found


Search = Callable[[str], object]


def _bm25s(texts: list[str]) -> Search | None:
    if importlib.util.find_spec("bm25s") is None:
        return None
    import bm25s

    engine = bm25s.BM25()
    engine.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)

    def search(question: str) -> object:
        tokens = bm25s.tokenize([question], stopwords="en", show_progress=False)
        return engine.retrieve(tokens, k=10, show_progress=False)

    return search


def _haystack(texts: list[str]) -> Search | None:
    if importlib.util.find_spec("haystack") is None:
        return None
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(n), content=text) for n, text in enumerate(texts)])
    retriever = InMemoryBM25Retriever(store, top_k=10)
    return lambda question: retriever.run(query=question)


def _txtai(texts: list[str]) -> Search | None:
    if importlib.util.find_spec("txtai") is None:
        return None
    from txtai import Embeddings

    engine = Embeddings(keyword=True, content=False)
    engine.index(list(enumerate(texts)))
    return lambda question: engine.search(question, 10)


PEERS: dict[str, Callable[[list[str]], Search | None]] = {
    "bm25s": _bm25s,
    "txtai": _txtai,
    "haystack": _haystack,
}


def adding(count: int = 20_000) -> dict[str, object]:
    """Taking in plain passages: seconds for ``count`` of them, the product's and its peers'."""
    texts = [one.question + " " + one.focus for one in medquad_questions()]
    texts = (texts * (count // len(texts) + 1))[:count]
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "texts"
        folder.mkdir()
        for start in range(0, count, 100):
            lines = "\n\n".join(f"{text}." for text in texts[start : start + 100])
            (folder / f"{start:06}.txt").write_text(f"Passages {start}\n\n{lines}\n", "utf-8")
        begin = time.perf_counter()
        library = Library.create(Path(place) / "library")
        with library.writing():
            add(library, [str(folder)])
            vocabulary = Vocabulary.load()
            index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
            bring_up_to_date(library, index, vocabulary)
            index.close()
        found["piamater"] = round(time.perf_counter() - begin, 2)
    for name in ("txtai", "haystack"):
        begin = time.perf_counter()
        if PEERS[name](texts) is not None:
            found[name] = round(time.perf_counter() - begin, 2)
    return found


def run(folder: Path | None = None) -> dict[str, object]:
    """All of it."""
    with tempfile.TemporaryDirectory(prefix="piamater-speed-") as place:
        library = build(folder or Path(place) / "library")
        asked = [one.question for one in medquad_questions()]
        questions = random.Random(3).sample(asked, 300)
        return {
            "asking": asking(library, questions),
            "adding 20,000 passages, seconds": adding(),
            "retrieving": retrieving(library, questions),
        }


if __name__ == "__main__":
    import json

    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print(json.dumps(run(given), indent=2))
