from pathlib import Path

import pytest

import loaders
from search import Index
from tests.conftest import DEMONSTRATION


@pytest.fixture(scope="session")
def index() -> Index:
    """The demonstration release of 2023, in French and English."""
    return Index(loaders.load([DEMONSTRATION / "2023"])[0])


@pytest.fixture(scope="session")
def real_index(real_data: Path) -> Index:
    """The packs of 2023, in French and English."""
    return Index(loaders.load([real_data / "fr_2023", real_data / "en_2023"])[0])
