"""No change of the engine may find less than this.

``clinicians.jsonl`` is what clinicians type, written by hand for the demonstration pack; the
sets on the real packs are those of ``thesaurus evaluate --count 150``. Raise a floor when the
engine gets better, never lower one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import loaders
from ontologies.dataset import Dataset
from ontologies.related import Related
from ontologies.release import Snapshot
from search.laboratory import Bench, Report, Sets, make, read_sets, run
from search.laboratory.experiment import OWN, WITH_LINKED
from search.laboratory.measures import Score

CLINICIANS = Path(__file__).parent / "clinicians.jsonl"

# Recall at 1, recall at 5, mean reciprocal rank.
Floor = tuple[float, float, float]

FLOOR_OF_CLINICIANS: Floor = (0.97, 0.98, 0.97)

FLOORS: dict[tuple[str, str], Floor] = {
    ("own", "whole"): (0.99, 0.99, 0.99),
    ("own", "one-typo"): (0.98, 0.99, 0.98),
    ("own", "two-typos"): (0.96, 0.98, 0.97),
    ("own", "sound"): (0.98, 0.99, 0.98),
    ("own", "three-words"): (0.91, 0.97, 0.94),
    ("own", "three-words-typo"): (0.91, 0.97, 0.94),
    ("own", "beginning"): (0.65, 0.85, 0.74),
    ("own", "word-order"): (0.98, 0.99, 0.98),
    ("own", "missing-word"): (0.92, 0.99, 0.95),
    ("own", "split-joined"): (0.97, 0.97, 0.97),
    ("own", "reworded"): (0.61, 0.72, 0.65),
    ("own", "paraphrase"): (0.55, 0.66, 0.6),
    ("own", "mixed"): (0.87, 0.92, 0.89),
    ("linked", "whole"): (0.99, 0.99, 0.99),
    ("linked", "one-typo"): (0.98, 0.99, 0.98),
    ("linked", "two-typos"): (0.95, 0.98, 0.97),
    ("linked", "sound"): (0.98, 0.99, 0.98),
    ("linked", "three-words"): (0.91, 0.97, 0.94),
    ("linked", "three-words-typo"): (0.91, 0.98, 0.94),
    ("linked", "beginning"): (0.65, 0.85, 0.73),
    ("linked", "word-order"): (0.98, 0.99, 0.98),
    ("linked", "missing-word"): (0.92, 0.99, 0.95),
    ("linked", "split-joined"): (0.97, 0.97, 0.97),
    ("linked", "reworded"): (0.77, 0.85, 0.81),
    ("linked", "paraphrase"): (0.71, 0.79, 0.74),
    ("linked", "mixed"): (0.89, 0.94, 0.91),
}


def test_what_clinicians_type_is_found(snapshot: Snapshot) -> None:
    sets = Sets(read_sets([CLINICIANS], snapshot))
    assert len(sets.sets[0].queries) >= 60
    assert missed(run(Bench(snapshot), sets).rows[0].score, FLOOR_OF_CLINICIANS) == {}


def missed(score: Score, floor: Floor) -> dict[str, tuple[float, float]]:
    """The figures that are below their floor: what was measured, and the floor."""
    one, five, _ = score.recall
    measured = {"recall at 1": one, "recall at 5": five, "mrr": score.mrr}
    return {
        name: (value, least)
        for (name, value), least in zip(measured.items(), floor, strict=True)
        if value < least
    }


@pytest.fixture(scope="module")
def report(real_data: Path) -> Report:
    """FR + EN 2023 beside Mondo, with the wording of FR 2022."""
    folders = [real_data / "fr_2023", real_data / "en_2023", real_data.parent / "mondo"]
    loaded = [each.content for each in loaders.load_all(folders)]
    [snapshot] = [each for each in loaded if isinstance(each, Snapshot)]
    linked = Related(each for each in loaded if isinstance(each, Dataset)).linked_labels
    older = loaders.load([real_data / "fr_2022"])[0]
    sets = make(snapshot, older=older, linked=linked, count=150)
    return run(Bench(snapshot, linked), sets)


@pytest.mark.real
@pytest.mark.parametrize(("names", "kind"), FLOORS)
def test_real_names_are_found(report: Report, names: str, kind: str) -> None:
    [row] = [row for row in report.rows if (row.names, row.kind) == (names, kind)]
    assert missed(row.score, FLOORS[names, kind]) == {}


@pytest.mark.real
def test_linked_names_do_not_push_down_the_labels_of_the_release(report: Report) -> None:
    first = {row.names: row.score.recall[0] for row in report.rows if row.kind == "whole"}
    assert first[WITH_LINKED] >= first[OWN]
