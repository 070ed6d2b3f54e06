from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest


@pytest.fixture(scope="session")
def new_schema() -> Callable[[], str]:
    """Gives a name that no other test uses."""
    numbers = count(1)
    return lambda: f"test_{next(numbers)}"
