"""Opening what a command works on: the library, its vocabulary, its index brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from piamater.errors import LibraryError

if TYPE_CHECKING:
    from piamater.answers import Asker
    from piamater.corpus import Library
    from piamater.search import TantivyIndex
    from piamater.search.dense import DenseIndex
    from piamater.vocabulary import Vocabulary


def open_library(ctx: click.Context) -> Library:
    """The library that the command line names.

    Raises:
        LibraryError: none is named, or there is none.
    """
    from piamater.corpus import Library

    if not ctx.obj:
        raise LibraryError(
            "no library is named",
            where="piamater",
            todo="give --library DIR or set PIAMATER_LIBRARY",
        )
    return Library(Path(ctx.obj))


def open_vocabulary(library: Library) -> Vocabulary:
    """The shipped vocabulary and those that were imported into the library."""
    from piamater.vocabulary import Vocabulary

    return Vocabulary.load(library.vocabulary_folder)


def open_index(library: Library, vocabulary: Vocabulary) -> TantivyIndex:
    """The search index, brought up to date where it is behind and nobody else is writing."""
    from piamater.search import TantivyIndex, behind

    index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
    if behind(library, index) or not index.matches():
        try:
            with library.writing():
                update_index(library, index, vocabulary)
        except LibraryError as error:
            click.echo(f"piamater: the index is not up to date: {error}", err=True)
    return index


def update_index(library: Library, index: TantivyIndex, vocabulary: Vocabulary) -> None:
    """Bring the index up to date, with a progress bar on a terminal."""
    from piamater.cli.progress import Progress
    from piamater.search import behind, bring_up_to_date

    with Progress("indexing", "documents", behind(library, index)) as progress:
        bring_up_to_date(library, index, vocabulary, progress.advance)


def open_asker(ctx: click.Context) -> Asker:
    """Everything that asking needs."""
    from piamater.answers import Asker

    library = open_library(ctx)
    vocabulary = open_vocabulary(library)
    index = open_index(library, vocabulary)
    return Asker(library, index, vocabulary, open_dense(library))


def open_dense(library: Library) -> DenseIndex | None:
    """The vectors, where the settings name a model; encoded anew where the corpus has changed."""
    if not library.settings.dense_model:
        return None
    from piamater.search import bring_dense_up_to_date
    from piamater.search.dense import DenseIndex, OnnxEncoder

    dense = DenseIndex(library.index_folder / "dense", OnnxEncoder(library.settings.dense_model))
    if dense.upto != library.corpus.last_number():
        click.echo("encoding all passages; this happens once after each add", err=True)
        with library.writing():
            bring_dense_up_to_date(library, dense)
    return dense
