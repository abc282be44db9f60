from pathlib import Path

import pytest

import loaders
from ontologies.release import Snapshot


@pytest.fixture(scope="session")
def french_2023(real_data: Path) -> Snapshot:
    return loaders.load([real_data / "fr_2023"])[0]
