"""The support rules on SciFact and on Citation Integrity: python -m benchmarks.checks_support.

SciFact (training claims): each claim against its evidence sentences, or, where the collection has
none, against the sentence of a cited abstract that is most like it. Half of the pairs, drawn once,
served to choose the word lists and the threshold; the other half is what is reported.

Citation Integrity (Sarol et al. 2024, https://doi.org/10.1093/bioinformatics/btae420) comes without
the texts of the cited articles, so the verdicts themselves cannot be measured on its development
set. Two things can: what a rule that trusts every citation gets, which is the floor, and which
sentences a citation speaks for (`checks.cover`). The published figures, on the test set and with
the texts, stand beside.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.data import data
from piamater.checks.ev.support import disagreement, judged, supports

PUBLISHED = (0.59, 0.52)
"""Micro-F1 and macro-F1 of the best published model for citation accuracy."""
LABELS = ("supports", "contradicts", "unrelated")
_SENTENCE = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_GOLD = {"SUPPORT": "supports", "CONTRADICT": "contradicts"}
_ACCURATE = frozenset({"ACCURATE"})
_IRRELEVANT = frozenset({"IRRELEVANT", "ETIQUETTE"})

Pair = tuple[str, str, str]


def scifact_pairs(folder: Path) -> list[Pair]:
    """Claim, quote and label of the SciFact training claims, in an order drawn once."""
    csv.field_size_limit(sys.maxsize)
    abstracts = {
        one["doc_id"]: [a or b for a, b in _SENTENCE.findall(one["abstract"])]
        for one in csv.DictReader((folder / "corpus_train.csv").open(encoding="utf-8"))
    }
    pairs: list[Pair] = []
    for one in csv.DictReader((folder / "claims_train.csv").open(encoding="utf-8")):
        label = _GOLD.get(one["evidence_label"], "unrelated")
        numbers = [int(each) for each in re.findall(r"\d+", one["evidence_sentences"])]
        source = one["evidence_doc_id"] or re.findall(r"\d+", one["cited_doc_ids"])[0]
        some = abstracts.get(source, [])
        if label == "unrelated":
            quote = max(some, key=lambda each: judged(one["claim"], each).overlap, default="")
        else:
            quote = " ".join(some[each] for each in numbers if each < len(some))
        if quote:
            pairs.append((one["claim"], quote, label))
    random.Random(1).shuffle(pairs)
    return pairs


def scores(gold: Sequence[str], said: Sequence[str], labels: Iterable[str]) -> dict[str, float]:
    """Micro-F1 (the share that is right), macro-F1, and precision and recall of each label."""
    counts = Counter(zip(gold, said, strict=True))
    out = {"micro": sum(a == b for a, b in zip(gold, said, strict=True)) / max(1, len(gold))}
    f1 = []
    for one in labels:
        right = counts[one, one]
        precision = right / max(1, said.count(one))
        recall = right / max(1, gold.count(one))
        f1.append(2 * precision * recall / max(1e-9, precision + recall))
        out[f"{one} precision"], out[f"{one} recall"] = precision, recall
    out["macro"] = sum(f1) / len(f1)
    return out


def accuracy_labels(file: Path) -> list[str]:
    """The class of each citation of Citation Integrity; the joining of its finer labels is ours."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        evidence = json.loads(line)["evidence"].values()
        labels = {one["label"] for some in evidence for one in some}
        if labels - _ACCURATE - _IRRELEVANT:
            found.append("NOT_ACCURATE")
        else:
            found.append("ACCURATE" if labels & _ACCURATE else "IRRELEVANT")
    return found


def context_scores(file: Path) -> dict[str, float]:
    """How well "the sentence with the marker" names the sentences that a citation speaks for."""
    gold, said = [], []
    for line in file.read_text("utf-8").splitlines():
        one = json.loads(line)
        for sentence, label in zip(one["sentences"], one["labels"], strict=True):
            gold.append("in" if label else "out")
            said.append("in" if "<CITATION_MARKER>" in sentence else "out")
    return scores(gold, said, ("in", "out"))


def main() -> None:
    """Print the figures."""
    pairs = scifact_pairs(data("scifact"))
    held_out = pairs[len(pairs) // 2 :]
    gold = [label for _, _, label in held_out]
    _print("SciFact, held-out half", gold, [supports(a, b) for a, b, _ in held_out])
    _print("SciFact, always supports", gold, ["supports"] * len(gold))
    sure = Counter(label for a, b, label in pairs if disagreement(a, b))
    _line(f"SciFact, all {len(pairs)} pairs, sure disagreements (rule EV011): {dict(sure)}")
    folder = data("citation_integrity")
    labels = accuracy_labels(folder / "claims-dev.jsonl")
    most = Counter(labels).most_common(1)[0][0]
    floor = scores(labels, [most] * len(labels), ("ACCURATE", "NOT_ACCURATE", "IRRELEVANT"))
    _line(f"Citation Integrity, development set: {dict(Counter(labels))}")
    _line(f"  always {most}: micro-F1 {floor['micro']:.2f}, macro-F1 {floor['macro']:.2f}")
    _line(f"  published, with the texts: micro-F1 {PUBLISHED[0]}, macro-F1 {PUBLISHED[1]}")
    context = context_scores(folder / "dev.jsonl")
    _line(
        "  sentences a citation speaks for, by the marker: "
        f"precision {context['in precision']:.2f}, recall {context['in recall']:.2f}"
    )


def _print(name: str, gold: list[str], said: Sequence[str]) -> None:
    found = scores(gold, said, LABELS)
    _line(
        f"{name}, {len(gold)} pairs: micro-F1 {found['micro']:.2f}, macro-F1 {found['macro']:.2f}"
    )
    for one in LABELS:
        precision, recall = found[f"{one} precision"], found[f"{one} recall"]
        _line(f"  {one}: precision {precision:.2f}, recall {recall:.2f}")


def _line(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
