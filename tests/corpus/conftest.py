from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from piamater.testing.postgres_server import PostgresServer, server_programs


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of this test run's own."""
    pytest.importorskip("psycopg", reason="the extra piamater[postgres] is not installed")
    programs = server_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with PostgresServer(programs) as server:
        yield server


@pytest.fixture(scope="session")
def new_schema() -> Callable[[], str]:
    """Gives a name that no other test uses."""
    numbers = count(1)
    return lambda: f"test_{next(numbers)}"
