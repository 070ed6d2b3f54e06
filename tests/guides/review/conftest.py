"""The desk that tests of reviews act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guides.review.desk import Desk, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)
