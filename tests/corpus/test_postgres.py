from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from piamater.corpus.store import CorpusStore
from piamater.testing import CorpusStoreConformance
from piamater.testing.postgres_server import PostgresServer


class TestPostgresCorpus(CorpusStoreConformance):
    @pytest.fixture
    def store(
        self, postgres: PostgresServer, new_schema: Callable[[], str]
    ) -> Iterator[CorpusStore]:
        from piamater.corpus.postgres import PostgresCorpus

        store = PostgresCorpus(postgres.address(), new_schema())
        yield store
        store.close()
