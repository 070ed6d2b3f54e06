"""The desk that tests of the watch act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guides.review.desk import Desk
from tests.watch.shelf import make_watched


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_watched(tmp_path)
