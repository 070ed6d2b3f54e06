"""Lists in the flattened pages of MedQuAD: items behind dashes, inner lists, second writings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_DASH = re.compile(r"(?P<before>^|\s{2,}|(?<=[:.;?!])\s?|\s)[-•]\s+(?=[^\s-])")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])")
OPENS_LIST = re.compile(r":$|\b(?:include|includes|including|are|following|such as)$")
"""How words end that a list follows."""


def lists(line: str) -> Iterator[tuple[str, str]]:
    """A line as ``text``, ``item`` and ``repeat`` parts."""
    dashes = _bullets(line)
    if not dashes:
        yield "text", line
        return
    yield "text", line[: dashes[0].start()].strip()
    ends = [one.start() for one in dashes[1:]] + [len(line)]
    group: list[tuple[str, int]] = []
    rest = ""
    for dash, end in zip(dashes, ends, strict=True):
        text, final = line[dash.end() : end].strip(), end == len(line)
        last, repeat, rest = _behind([item for item, _ in group], text, final=final)
        group.append((last, len(dash["before"])))
        if repeat and not final:
            yield from _nested(group)
            yield "repeat", repeat
            lead, dashed, first = rest.rpartition(" - ")
            yield "text", lead if dashed else rest
            group = [(first.strip(), 1)] if dashed else []
    yield from _nested(group)
    if repeat:
        yield "repeat", repeat
    if rest:
        yield "text", rest


def _bullets(line: str) -> list[re.Match[str]]:
    """The dashes that open list items: at a line's start, behind two spaces or a stop.

    The first item of a list may stand behind one space, as in ``may have - pain  - fever``.
    """
    if "-" not in line and "•" not in line:
        return []
    found = list(_DASH.finditer(line))
    plain = [one for one in found if one["before"] != " "]
    strong = [one for one in plain if len(one["before"]) > 1 or not one.start()]
    if not strong:
        before = line[: found[0].start()].rstrip() if found else ""
        return found if len(found) > 1 and OPENS_LIST.search(before) else []
    first = strong[0]
    weak = [one for one in found if one["before"] == " " and one.end() <= first.start()]
    if weak and 0 < first.start() - weak[-1].end() < 160 and line[: first.start()][-1:] != ":":
        between = line[weak[-1].end() : first.start()]
        before = line[: weak[-1].start()]
        if not _SENTENCE_END.search(between) and not before[-1:].isdigit():
            return [weak[-1], *(one for one in plain if one.start() >= first.start())]
    opened = plain[0].start() < first.start() and first.start() - plain[0].end() < 400
    return plain if opened else [one for one in plain if one.start() >= first.start()]


def _nested(group: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """The items; one that opens a list of its own is running text, so that it leads that list.

    The inner list ends where the gap before a dash widens again, or where items that began with
    a small letter are followed by one with a capital.
    """
    items, gaps = [item for item, _ in group], [gap for _, gap in group]
    inner: list[int] = []
    for place, (text, gap) in enumerate(zip(items, gaps, strict=True)):
        if inner:
            small = items[inner[0]][:1].islower() and text[:1].isupper()
            wider = place not in inner and gap >= (gaps[inner[1]] if len(inner) > 1 else 5) + 3
            inner = [] if small or wider else [*inner, place] if place not in inner else inner
            if not inner:
                yield "end", ""
        wide = place + 1 < len(items) and gaps[place + 1] > gap
        if place + 1 < len(items) and (text.endswith(":") or (wide and OPENS_LIST.search(text))):
            cut = [one.end() for one in _SENTENCE_END.finditer(text)]
            if cut:
                yield "item", text[: cut[-1]].strip()
            yield "text", text[cut[-1] if cut else 0 :]
            inner = [place + 1]
        else:
            yield "item", text


def _bare(words: Iterable[str]) -> list[str]:
    return [re.sub(r"\W+", "", word).lower() for word in words]


def _behind(others: list[str], text: str, *, final: bool) -> tuple[str, str, str]:
    """An item, the list so far written again behind it, and what follows.

    The ``final`` item of a line also ends at a wide gap or at the end of its sentence.
    """
    if not text:
        return "", "", ""
    first = (others[0] if others else text).split()[0].strip(".,;:()").lower()
    if text.lower().find(first, 0 if others else 1) >= 0:
        tokens = list(re.finditer(r"\S+", text))
        words = _bare(one.group() for one in tokens)
        for place in range(1, len(words)):
            if again := _again(words[place:], others, words[:place]):
                start, end = tokens[place].start(), tokens[place + again - 1].end()
                return text[:start].strip(), text[start:end], text[end:].strip()
    if not final:
        return text, "", ""
    if gap := re.search(r"\s{2,}", text):
        return text[: gap.start()], "", text[gap.end() :]
    lone = not others or any(_SENTENCE_END.search(one) for one in others)
    if not lone and (stop := _SENTENCE_END.search(text)):
        return text[: stop.start()], "", text[stop.end() :]
    return text, "", ""


def _again(words: list[str], others: list[str], last: list[str]) -> int:
    """How many of the words write the list again; 0 where they do not."""
    first = _bare(others[0].split()) if others else last
    if words[: len(first)] != first or (not others and len(first) < 3):
        return 0
    whole = [word for item in others for word in _bare(item.split())] + last
    same = next((n for n, (a, b) in enumerate(zip(words, whole, strict=False)) if a != b), None)
    count = min(len(words), len(whole)) if same is None else same
    return count if count >= max(2, len(whole) * 2 // 3) else 0
