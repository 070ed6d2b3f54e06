"""Silence is an answer: questions about topics that were left out of the library, and held ones.

A third of MedQuAD's diseases (all files that share a disease's name or concept ids) is left out;
300 questions on these and 300 on the rest are asked. The curve gives, for each least score of
the best point, the share refused of the first and of the second.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.data import Asked, data, medquad_questions
from piamater.answers import Asker
from piamater.corpus import Library, add
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.vocabulary import Vocabulary


def split(seed: int = 7) -> tuple[list[Asked], list[Asked], set[Path]]:
    """Questions on left-out topics, on held ones, and the files to leave out."""
    asked = [one for one in medquad_questions() if one.type != "support groups"]
    groups: dict[str, int] = {}
    for one in asked:
        names = [one.focus.lower(), *one.cuis]
        group = min((groups[name] for name in names if name in groups), default=len(groups))
        merged = {groups[name] for name in names if name in groups}
        for name in names:
            groups[name] = group
        if len(merged) > 1:
            groups.update({name: group for name, old in groups.items() if old in merged})
    chooser = random.Random(seed)
    numbers = sorted(set(groups.values()))
    out = set(chooser.sample(numbers, len(numbers) // 3))
    left = [one for one in asked if groups[one.focus.lower()] in out]
    held = [one for one in asked if groups[one.focus.lower()] not in out]
    files = {one.file for one in left}
    return chooser.sample(left, 300), chooser.sample(held, 300), files


def folder_without(files: set[Path], root: Path, target: Path) -> Path:
    """A copy of MedQuAD without these files."""
    for path in sorted(root.glob("*_QA*/*.xml")):
        if path not in files:
            place = target / path.relative_to(root)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    return target


def curve(left: list[float], held: list[float]) -> list[dict[str, Any]]:
    """Refused shares by threshold."""
    steps = [n / 100 for n in range(20, 100, 5)]
    return [
        {
            "least score": step,
            "left out, refused": round(sum(s < step for s in left) / len(left), 3),
            "held, refused": round(sum(s < step for s in held) / len(held), 3),
        }
        for step in steps
    ]


def run() -> list[dict[str, Any]]:
    """Build the library without a third of the topics, ask, and give the curve."""
    left, held, files = split()
    with tempfile.TemporaryDirectory(prefix="piamater-refusal-") as place:
        folder = folder_without(files, data("medquad"), Path(place) / "medquad")
        library = Library.create(Path(place) / "library")
        vocabulary = Vocabulary.load()
        index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
        with library.writing():
            add(library, [str(folder)])
            bring_up_to_date(library, index, vocabulary)
        index.close()
        asker = Asker(library, index, vocabulary)
        scores = [[asker.certainty(one.question) for one in asked] for asked in (left, held)]
        refused = [
            sum(asker.ask(one.question).outcome == "not-in-library" for one in asked) / len(asked)
            for asked in (left, held)
        ]
        told = {
            "least score": "as shipped",
            "left out, refused": round(refused[0], 3),
            "held, refused": round(refused[1], 3),
        }
        return [told, *curve(*scores)]


if __name__ == "__main__":
    for row in run():
        print("  ".join(f"{key}: {value}" for key, value in row.items()))
