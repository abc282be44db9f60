from __future__ import annotations

import pytest

import loaders
from ontologies.release import Snapshot
from search.laboratory import Material
from tests.conftest import DEMONSTRATION


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The demonstration release of 2023, in French and English."""
    return loaders.load([DEMONSTRATION / "2023"])[0]


@pytest.fixture(scope="session")
def older() -> Snapshot:
    """The demonstration release of 2022."""
    return loaders.load([DEMONSTRATION / "2022"])[0]


@pytest.fixture(scope="session")
def material(snapshot: Snapshot) -> Material:
    return Material(snapshot)
