"""Every statement stands at its quote: thousands of questions through the command line."""

from __future__ import annotations

import contextlib
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.data import bioasq_questions, medquad_questions
from benchmarks.speed import build
from piamater.cli.main import run as command
from piamater.corpus import CorpusStore, Library
from piamater.text import Mark


def questions(seed: int = 11) -> list[str]:
    """2,000 MedQuAD questions, as many of each type as there are, and 500 of BioASQ's."""
    chooser = random.Random(seed)
    by_type: dict[str, list[str]] = {}
    for one in medquad_questions():
        by_type.setdefault(one.type, []).append(one.question)
    for held in by_type.values():
        chooser.shuffle(held)
    chosen: list[str] = []
    while len(chosen) < 2_000:
        for held in by_type.values():
            if held and len(chosen) < 2_000:
                chosen.append(held.pop())
    return chosen + chooser.sample([str(one["body"]) for one in bioasq_questions()], 500)


def run(folder: Path | None = None) -> dict[str, int]:
    """Ask all, check all; gives the counts."""
    with tempfile.TemporaryDirectory(prefix="piamater-quotes-") as place:
        library = build(folder or Path(place) / "library")
        asked = Path(place) / "questions.txt"
        asked.write_text("\n".join(" ".join(one.split()) for one in questions()) + "\n", "utf-8")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "piamater",
                "-l",
                str(library.folder),
                "ask",
                "--batch",
                str(asked),
            ],
            capture_output=True,
            check=False,
        )
        answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return _checked(library, answers)


def _checked(library: Library, answers: list[dict[str, object]]) -> dict[str, int]:
    counts = dict.fromkeys(
        ("questions", "answered", "statements", "citations", "wrong quotes", "not content"), 0
    )
    texts: dict[tuple[str, str], str] = {}
    for answer in answers:
        counts["questions"] += 1
        sections = answer.get("sections") or []
        assert isinstance(sections, list)
        counts["answered"] += bool(sections)
        for statement in (one for section in sections for one in section["statements"]):
            counts["statements"] += 1
            for cited in statement["citations"]:
                counts["citations"] += 1
                key = cited["source"], cited["version"]
                if key not in texts:
                    texts[key] = _printed(library, *key)
                stands = texts[key][cited["start"] : cited["end"]] == cited["quote"]
                counts["wrong quotes"] += not stands
                counts["not content"] += not _is_content(library.corpus, cited)
    return counts


def _printed(library: Library, source: str, version: str) -> str:
    """What ``piamater sources text`` prints."""
    held = io.BytesIO()
    with contextlib.redirect_stdout(io.TextIOWrapper(held, "utf-8", newline="")) as out:
        command(["-l", str(library.folder), "sources", "text", source, "--version", version])
        out.flush()
        return held.getvalue().decode("utf-8")


def _is_content(corpus: CorpusStore, cited: dict[str, object]) -> bool:
    number = corpus.version(str(cited["source"]), str(cited["version"])).number
    return any(
        (one.start, one.end) == (cited["start"], cited["end"]) and one.mark is Mark.CONTENT
        for one in corpus.document(number).passages
    )


if __name__ == "__main__":
    print(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
