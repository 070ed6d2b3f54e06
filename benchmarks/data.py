"""The collections that the benchmarks run on, unpacked once into the user's cache."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "piamater-test-data"


def shared() -> Path:
    """The folder of development data; PIAMATER_SHARED names another."""
    default = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("PIAMATER_SHARED", default))
    if not folder.is_dir():
        sys.exit(f"benchmarks: no development data at {folder}; set PIAMATER_SHARED")
    return folder


def archive(name: str) -> Path:
    """The archive of a collection."""
    return shared() / "data" / f"{name}.tar.xz"


def data(name: str) -> Path:
    """The unpacked folder of a collection."""
    folder = CACHE / name
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive(name)) as packed:
            packed.extractall(CACHE, filter="data")
    return folder


@dataclass(frozen=True, slots=True)
class Asked:
    """A MedQuAD question, the disease it is about (with its concept ids), and its type."""

    question: str
    focus: str
    type: str
    file: Path
    cuis: tuple[str, ...]


def medquad_questions() -> Iterator[Asked]:
    """All MedQuAD questions that have an answer, in the order of the files."""
    for path in sorted(data("medquad").glob("*_QA*/*.xml")):
        root = ElementTree.parse(path).getroot()
        focus = (root.findtext("Focus") or "").strip()
        cuis = tuple(sorted({(one.text or "").strip() for one in root.iter("CUI")}))
        for pair in root.iter("QAPair"):
            question, answer = pair.find("Question"), pair.findtext("Answer")
            if question is not None and (answer or "").strip() and focus:
                text = " ".join((question.text or "").split())
                yield Asked(text, focus, question.get("qtype", ""), path, cuis)


def bioasq_questions() -> list[dict[str, object]]:
    """All BioASQ golden questions of the sets 7 to 9, by id, each once."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted(data("bioasq").rglob("*.json")):
        for question in json.loads(path.read_text("utf-8"))["questions"]:
            found[str(question["id"])] = question
    return list(found.values())


def write_beir(
    folder: Path,
    documents: dict[str, tuple[str, str]],
    queries: dict[str, str],
    qrels: dict[str, dict[str, int]],
) -> Path:
    """Write a collection in BEIR layout."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for name, (title, text) in documents.items():
            file.write(json.dumps({"_id": name, "title": title, "text": text}) + "\n")
    with (folder / "queries.jsonl").open("w", encoding="utf-8") as file:
        for name, text in queries.items():
            file.write(json.dumps({"_id": name, "text": text}) + "\n")
    lines = ["query-id\tcorpus-id\tscore"]
    lines += [f"{q}\t{d}\t{grade}" for q, found in qrels.items() for d, grade in found.items()]
    (folder / "qrels" / "test.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def bioasq(folder: Path) -> Path:
    """BioASQ 7 to 9 as a closed pool: all gold snippets, each question's own are relevant."""
    ids: dict[str, str] = {}
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for question in bioasq_questions():
        snippets = question.get("snippets") or []
        assert isinstance(snippets, list)
        name = str(question["id"])
        for one in snippets:
            text = " ".join(str(one["text"]).split())
            if text:
                document = ids.setdefault(text, f"s{len(ids)}")
                qrels.setdefault(name, {})[document] = 1
        if name in qrels:
            queries[name] = str(question["body"])
    documents = {name: ("", text) for text, name in ids.items()}
    return write_beir(folder, documents, queries, qrels)


def scifact(folder: Path) -> Path:
    """SciFact: all abstracts, training claims with evidence, their evidence abstracts relevant."""
    documents: dict[str, tuple[str, str]] = {}
    csv.field_size_limit(10_000_000)
    with (data("scifact") / "corpus_train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = re.sub(r"^\[?['\"]|['\"]\]?$|['\"]\s*\n\s*['\"]", " ", row["abstract"].strip())
            documents[row["doc_id"]] = (row["title"], " ".join(text.split()))
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    with (data("scifact") / "claims_train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            document = row["evidence_doc_id"].strip()
            if document:
                queries[row["id"]] = row["claim"]
                qrels.setdefault(row["id"], {})[document.removesuffix(".0")] = 1
    return write_beir(folder, documents, queries, qrels)


def pubmedqa(folder: Path) -> Path:
    """PubMedQA: find the abstract (without its conclusion) that a question was made from."""
    documents: dict[str, tuple[str, str]] = {}
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    held = json.loads((data("pubmedqa") / "ori_pqal.json").read_text("utf-8"))
    for pmid, one in held.items():
        documents[pmid] = ("", " ".join(one["CONTEXTS"]))
        queries[pmid] = one["QUESTION"]
        qrels[pmid] = {pmid: 1}
    return write_beir(folder, documents, queries, qrels)


def tico19(folder: Path, language: str) -> Path:
    """TICO-19 across languages: a sentence in ``language`` finds its English original."""
    documents: dict[str, tuple[str, str]] = {}
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    lines = (data("tico19") / f"en-{language}.tsv").read_text("utf-8").splitlines()
    for line in lines:
        name, english, other = line.split("\t")[:3]
        documents[name] = ("", english)
        queries[name] = other
        qrels[name] = {name: 1}
    return write_beir(folder, documents, queries, qrels)


COLLECTIONS: dict[str, Callable[[Path], Path]] = {
    "bioasq": bioasq,
    "scifact": scifact,
    "pubmedqa": pubmedqa,
    "tico19-bn": partial(tico19, language="bn"),
    "tico19-es": partial(tico19, language="es"),
}
