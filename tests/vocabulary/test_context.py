"""The ConText method on sentences of our own; the figures are printed with ``pytest -s``."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from piamater.vocabulary import Mention
from piamater.vocabulary.context import in_context

SENTENCES = Path(__file__).with_name("context_sentences.tsv")
NAMES = {"n": "negated", "u": "uncertain", "h": "historical", "o": "other"}
_MARK = re.compile(r"\[([^\]]+)\]\{(\w*)\}")


def marked(sentence: str) -> tuple[str, list[Mention], list[set[str]]]:
    """A sentence without its marks, its mentions, and what each ought to be."""
    text, mentions, wanted, last = "", [], [], 0
    for match in _MARK.finditer(sentence):
        text += sentence[last : match.start()]
        mentions.append(Mention("x", len(text), len(text) + len(match[1])))
        wanted.append({NAMES[letter] for letter in match[2]})
        text += match[1]
        last = match.end()
    return text + sentence[last:], mentions, wanted


def flags(mention: Mention) -> set[str]:
    found = {one for one in ("negated", "uncertain", "historical") if getattr(mention, one)}
    return found | ({"other"} if mention.experiencer == "other" else set())


def rows() -> list[tuple[str, str]]:
    lines = SENTENCES.read_text("utf-8").splitlines()
    body = [line for line in lines if not line.startswith("#")][1:]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in body]


@pytest.mark.parametrize(("language", "least"), [("en", 70), ("es", 40), ("bn", 10)])
def test_f1_of_each_class(language: str, least: int) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    sentences = [sentence for one, sentence in rows() if one == language]
    assert len(sentences) >= least
    for sentence in sentences:
        text, mentions, wanted = marked(sentence)
        for want, got in zip(wanted, map(flags, in_context(text, mentions, language)), strict=True):
            for name in NAMES.values():
                hit = (name in want, name in got)
                kind = {(True, True): "tp", (True, False): "fn", (False, True): "fp"}.get(hit)
                if kind:
                    counts[name, kind] += 1
    for name in NAMES.values():
        right = counts[name, "tp"]
        wrong = counts[name, "fp"] + counts[name, "fn"]
        if right + wrong:
            f1 = 2 * right / (2 * right + wrong)
            print(f"{language} {name}: F1 {f1:.3f} ({right} right, {wrong} wrong)")  # noqa: T201
            assert f1 >= 0.9, f"{language} {name}: {counts}"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("There was no increase in X.", "en", set()),
        ("It is not only X.", "en", set()),
        ("X cannot be ruled out.", "en", {"uncertain"}),
        ("X was ruled out.", "en", {"negated"}),
        ("without evidence of X", "en", {"negated"}),
        ("He denies X.", "en", {"negated"}),
        ("sin X", "es", {"negated"}),
        ("No se observó X.", "es", {"negated"}),
        ("La biopsia descarta X.", "es", {"negated"}),
        ("antecedentes de X", "es", {"historical"}),
        ("madre con X", "es", {"other"}),
        ("No fever. X was seen.", "en", set()),
        ("X", "fr", set()),
        ("X নেই", "bn", {"negated"}),
        ("X হ\u09df না", "bn", {"negated"}),
    ],
)
def test_the_words_that_mislead(text: str, language: str, expected: set[str]) -> None:
    start = text.index("X")
    (one,) = in_context(text, [Mention("x", start, start + 1)], language)
    assert flags(one) == expected


def test_no_mentions_no_work() -> None:
    assert in_context("No fever.", [], "en") == []
