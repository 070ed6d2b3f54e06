"""The product's ranking beside plain BM25 on the test collections, in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.data import COLLECTIONS
from piamater.search.evaluate import load_beir, measure, runs
from piamater.vocabulary import Vocabulary


def run(names: tuple[str, ...] = tuple(COLLECTIONS)) -> dict[str, dict[str, dict[str, float]]]:
    """Measures by collection and system."""
    vocabulary = Vocabulary.load()
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name in names:
        with tempfile.TemporaryDirectory(prefix="piamater-beir-") as folder:
            collection = load_beir(COLLECTIONS[name](Path(folder)))
            found[name] = {
                system: measure(collection, one)
                for system, one in runs(collection, vocabulary).items()
            }
    return found


if __name__ == "__main__":
    for name, systems in run().items():
        for system, values in systems.items():
            print(f"{name:<10} {system:<9}", "  ".join(f"{k} {v:.4f}" for k, v in values.items()))
