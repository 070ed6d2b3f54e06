"""Keeping the index up with the corpus: what changed is taken in, what left is taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from piamater.corpus import Library, StoredVersion
from piamater.search.contract import Entry, SearchIndex
from piamater.search.dense import DenseIndex
from piamater.search.tantivy_index import TantivyIndex
from piamater.text import Mark
from piamater.vocabulary import Vocabulary

COMMIT_EVERY = 150_000
"""Entries between two commits: what a kill can cost, in work to do again."""


def behind(library: Library, index: SearchIndex) -> int:
    """How many changes of the corpus the index has not taken in; 0 when it is up to date."""
    return library.corpus.last_number() - index.upto()


def bring_up_to_date(
    library: Library,
    index: TantivyIndex,
    vocabulary: Vocabulary,
    progress: Callable[[int], None] = lambda documents: None,
) -> int:
    """Take in every change since the last commit; gives the number of documents indexed.

    The caller holds the writer lock. An index made with another vocabulary or format is filled
    anew, and one that is ahead of its corpus, which was then brought back from an older copy.
    Safe to kill at any moment: a document is taken out before it is taken in.
    """
    last = library.corpus.last_number()
    if not index.matches() or index.upto() > last:
        index.clear()
    start = index.upto()
    if start >= last:
        return 0
    index.delete(number for number in library.corpus.retired(start) if number <= start)
    waiting = documents = 0
    for version in library.corpus.changes(start):
        index.delete([version.number])
        if version.current:
            entries = list(entries_of(library, version, vocabulary))
            index.add(entries)
            waiting += len(entries)
            documents += 1
        if waiting >= COMMIT_EVERY:
            index.commit(version.number)
            waiting = 0
        progress(1)
    index.commit(last)
    return documents


def entries_of(library: Library, version: StoredVersion, vocabulary: Vocabulary) -> Iterator[Entry]:
    """The entries of a version: its passages of content, never furniture or damage."""
    document = library.corpus.document(version.number)
    record = version.record
    paths = [" · ".join(section.path) for section in document.sections]
    above: dict[int, tuple[str, ...]] = {}
    for position, passage in enumerate(document.passages):
        if passage.mark is not Mark.CONTENT:
            continue
        text = document.text[passage.start : passage.end]
        if passage.section not in above:
            head = f"{record.title}. {paths[passage.section]}"
            above[passage.section] = tuple(sorted(vocabulary.concept_ids(head)))
        spoken = vocabulary.concept_ids(text, passage.language)
        yield Entry(
            version.number,
            position,
            text,
            record.title,
            paths[passage.section],
            passage.language,
            record.kind.value,
            version.source,
            tuple(sorted(spoken.union(above[passage.section]))),
        )


def bring_dense_up_to_date(library: Library, dense: DenseIndex) -> int:
    """Encode all passages anew where the corpus has changed; gives how many, 0 if none had to.

    The caller holds the writer lock.
    """
    last = library.corpus.last_number()
    if dense.upto == last:
        return 0
    passages = (
        ((version.number, position), document.text[passage.start : passage.end])
        for version in library.corpus.sources()
        for document in (library.corpus.document(version.number),)
        for position, passage in enumerate(document.passages)
        if passage.mark is Mark.CONTENT
    )
    return dense.build(passages, last)
