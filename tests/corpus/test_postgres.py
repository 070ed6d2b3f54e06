from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from piamater.corpus.store import CorpusStore
from piamater.testing import CorpusStoreConformance
from piamater.testing.corpus_together import Again
from piamater.testing.postgres_server import PostgresServer
from tests.corpus.sql_stores import SqlStores


class TestPostgresCorpus(CorpusStoreConformance, SqlStores):
    @pytest.fixture
    def again(self, postgres: PostgresServer, new_schema: Callable[[], str]) -> Again:
        from piamater.corpus.postgres import PostgresCorpus

        return partial(PostgresCorpus, postgres.address(), new_schema())

    @pytest.fixture
    def store(self, again: Again) -> Iterator[CorpusStore]:
        store = again()
        yield store
        store.close()
