"""The written legacy table on the real releases, and the redirections of Orphanet when hidden.

The floors lie a little below what was measured (docs/performance.md).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.real.hidden_redirections import Guess, guesses
from tests.real.legacy_matching import opened
from tests.service.legacy_table import NOTHING, Tally, measure, rows
from thesaurus.opening import Open
from thesaurus.transcoding.legacy.matching import Matcher

pytestmark = pytest.mark.real

FLOORS = {"all": 0.9, "wording": 0.93, "typo": 0.94, "ward": 0.75, "icd10": 0.8, "orpha": 0.95,
          "none": 0.8}  # fmt: skip


@pytest.fixture(scope="module")
def release(complete_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Open:
    home = tmp_path_factory.mktemp("legacy") / "home"
    shutil.copytree(complete_home, home)
    return opened(home)


@pytest.fixture(scope="module")
def tallies(release: Open) -> dict[str, Tally]:
    return measure(rows(), Matcher(release).match)


def test_every_expected_code_is_active_in_2023(release: Open) -> None:
    concepts = release.snapshot.concepts
    expected = {row.expected for row in rows()} - {NOTHING}
    assert all(concepts[code].status.is_active for code in expected)


@pytest.mark.parametrize("kind", list(FLOORS))
def test_the_first_proposal_is_right(tallies: dict[str, Tally], kind: str) -> None:
    assert tallies[kind].first >= FLOORS[kind] * tallies[kind].rows


def test_the_right_code_is_among_five(tallies: dict[str, Tally]) -> None:
    assert tallies["all"].within >= 0.93 * tallies["all"].rows


def test_what_is_sure_is_right(tallies: dict[str, Tally]) -> None:
    """Sure proposals are what a hurried person accepts unread."""
    assert tallies["all"].sure_and_wrong < 0.01 * tallies["all"].rows
    assert tallies["all"].sure >= 0.35 * tallies["all"].rows


@pytest.fixture(scope="module")
def guessed(release: Open) -> list[Guess]:
    return list(guesses(release, step=10))


def test_hidden_redirections_are_found_again(guessed: list[Guess]) -> None:
    assert sum(each.right for each in guessed) >= 0.48 * len(guessed)
    assert sum(each.within_five for each in guessed) >= 0.65 * len(guessed)


@pytest.mark.parametrize(("least", "share"), [(0.8, 0.8), (0.6, 0.68)])
def test_confidence_is_about_the_share_that_is_right(
    guessed: list[Guess], least: float, share: float
) -> None:
    sure = [each for each in guessed if each.confidence >= least]
    unsure = [each for each in guessed if each.confidence < 0.4]
    assert sum(each.right for each in sure) >= share * len(sure)
    assert sum(each.right for each in unsure) <= 0.5 * len(unsure)
