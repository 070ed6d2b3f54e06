"""Linking: concepts of several vocabularies that are the same notion.

Two are linked where their preferred English labels are the same; then, where one names the other
as its cross-reference, or both alone in their vocabularies name the same third. What is linked
never holds two concepts of one vocabulary: a publisher that keeps two apart means two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from piamater.vocabulary.concept import Concept
from piamater.vocabulary.fold import form


def link(concepts: Iterable[Concept]) -> dict[str, str]:
    """For each linked concept the id that stands for its group: the first in the order given.

    Concepts that are linked to none, and those that stand for their own group, are left out.
    """
    listed = list(concepts)
    if len({one.source for one in listed}) < 2:
        return {}
    source = {one.id: one.source for one in listed}
    rank = {one.id: place for place, one in enumerate(listed)}
    group = {one.id: [one.id] for one in listed}
    for names in _shared(listed, source):
        unique = [one for one in names if sum(source[one] == source[o] for o in names) == 1]
        for other in unique[1:]:
            _join(group, unique[0], other, source)
    result: dict[str, str] = {}
    for members in {id(one): one for one in group.values() if len(one) > 1}.values():
        first = min(members, key=rank.__getitem__)
        result.update((one, first) for one in members if one != first)
    return result


def _shared(listed: list[Concept], source: dict[str, str]) -> Iterator[list[str]]:
    """Groups of concepts that share a label, then those that share an identifier."""
    by_xref: dict[str, list[str]] = {}
    by_label: dict[str, list[str]] = {}
    for one in listed:
        for xref in one.xrefs:
            by_xref.setdefault(xref, []).append(one.id)
        for term in one.terms:
            if term.preferred and term.language == "en" and not term.lay:
                by_label.setdefault(form(term.text), []).append(one.id)
    yield from by_label.values()
    for xref, names in by_xref.items():
        yield [xref, *names] if xref in source and xref not in names else names


def _join(group: dict[str, list[str]], one: str, other: str, source: dict[str, str]) -> None:
    first, second = group[one], group[other]
    if first is second or {source[a] for a in first} & {source[b] for b in second}:
        return
    first += second
    group.update(dict.fromkeys(second, first))
