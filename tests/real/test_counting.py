"""Counts on the real classifications: RDaggregator's own example, and a plain way to count."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import loaders
from ontologies.aggregation import aggregate, redirect
from ontologies.concept import Level
from ontologies.counting import Counting, Counts, Number, Row
from ontologies.genes import specify
from ontologies.recipe import PLAIN, Reason, Recipe, Redirect, Rule, along, more_precise
from ontologies.release import Snapshot

pytestmark = pytest.mark.real

# The vignette of RDaggregator 1.0.3: patients, their codes, and what is counted of each code.
VIGNETTE = (
    ("1", "303"),
    ("1", "158673"),
    ("2", "595356"),
    ("3", "305"),
    ("4", "79406"),
    ("5", "79406"),
    ("6", "595356"),
)
ROWS_OF_VIGNETTE = {"158673": 1, "303": 4, "305": 3, "595356": 3, "79406": 2}
PATIENTS_OF_VIGNETTE = {"158673": 1, "303": 3, "305": 3, "595356": 3, "79406": 2}


@pytest.fixture(scope="module")
def release(real_data: Path) -> Snapshot:
    return loaders.load([real_data / "fr_2023"])[0]


def counted(
    release: Snapshot, rows: list[Row], recipe: Recipe = PLAIN, classification: str | None = None
) -> Counts:
    counting = Counting(Rule(release, recipe, along(release, classification)))
    counting.add(rows)
    return counting.counts()


def test_the_example_of_rdaggregator(release: Snapshot) -> None:
    counts = counted(release, [(code, patient, ()) for patient, code in VIGNETTE])
    listed = {each.code: each for each in counts if each.code in ROWS_OF_VIGNETTE}
    assert {code: each.rows for code, each in listed.items()} == ROWS_OF_VIGNETTE
    assert {code: each.patients for code, each in listed.items()} == PATIENTS_OF_VIGNETTE
    disorders = {code for code in listed if release.concept(code).level is Level.DISORDER}
    assert disorders == {"595356", "79406"}


def test_redirections_of_rdaggregator(release: Snapshot) -> None:
    rows: list[Row] = [(code, code, ()) for code in ("303", "166068", "166457")]
    moved = counted(release, rows)
    assert set(moved.codes) == {"303", "166063"}
    assert moved.dropped == {Reason.OBSOLETE: Number(1, 1)}
    referred = counted(release, rows, Recipe(redirect=Redirect.REFERRED))
    assert set(referred.codes) == {"303", "166063", "97275"}
    assert referred.dropped == {}


@pytest.mark.parametrize("classification", [None, "156", "181"])
def test_random_patients_as_sets(release: Snapshot, classification: str | None) -> None:
    rnd = random.Random(20230621)
    codes = [*release.concepts, "1", "999999"]
    rows: list[Row] = [
        (rnd.choice(codes), f"patient {rnd.randrange(1_500)}", ()) for _ in range(6_000)
    ]
    hierarchy = release.hierarchy(classification)
    patients: defaultdict[str, set[str]] = defaultdict(set)
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for number, (code, patient, _) in enumerate(rows):
        now = redirect(release, code) if code in release else code
        if now in hierarchy:
            for each in (now, *hierarchy.ancestors(now)):
                patients[each].add(str(patient))
                numbers[each].add(number)
    counts = counted(release, rows, classification=classification)
    assert {each.code: each.patients for each in counts} == {k: len(v) for k, v in patients.items()}
    assert {each.code: each.rows for each in counts} == {k: len(v) for k, v in numbers.items()}
    assert counts.read.rows == counts.counted.rows + sum(n.rows for n in counts.dropped.values())


def test_a_patient_of_every_code(release: Snapshot) -> None:
    """All of 2023 as one patient each: the national steps keep 6,305 disorders and no other code.

    Redirections are followed, so an inactive code counts as the file's aggregation level says.
    """
    recipe = Recipe(redirect=Redirect.REFERRED, groups=False, aggregate=True)
    counts = counted(release, [(code, code, ()) for code in release.concepts], recipe)
    direct = {each.code: each.direct for each in counts if each.direct}
    expected: defaultdict[str, int] = defaultdict(int)
    for code in release.concepts:
        if target := aggregate(release, code):
            expected[target] += 1
    assert direct == expected
    assert len(direct) == 6_305
    assert {release.concept(code).level for code in direct} == {Level.DISORDER}
    assert counts.dropped[Reason.NON_RARE] == Number(141, 141)
    assert Reason.NO_DISORDER not in counts.dropped


@pytest.mark.parametrize("level", list(Level))
def test_a_level_is_counted_like_the_rest(release: Snapshot, level: Level) -> None:
    """Together, the codes of a level have the patients of their union and not of their sum."""
    codes = [each.code for each in release if each.level is level and each.status.is_active][:200]
    counts = counted(release, [(code, "one", ()) for code in codes])
    assert counts.together(set(codes).__contains__) == Number(len(codes), 1)


def test_genes_make_real_codes_more_precise(complete: TestClient) -> None:
    """From the genes up is the same as from the code down; the examples are RDaggregator's."""
    current = complete.app.state.runtime.current()  # type: ignore[attr-defined]
    snapshot, table = current.snapshot, current.related.genes
    rnd = random.Random(6)
    for gene in rnd.sample(list(table.genes.values()), 150):
        for link in table.links_with(gene):
            for code in (link.orpha, *snapshot.merged.ancestors(link.orpha, 2)[:3]):
                if code in snapshot:
                    genes = [gene.symbol, rnd.choice(list(table.genes.values())).symbol]
                    expected = specify(snapshot, table, code, genes).code
                    assert more_precise(snapshot, table, code, genes) == expected, (code, genes)
    assert more_precise(snapshot, table, "65753", ["MPZ"]) == "101082"
    assert more_precise(snapshot, table, "65753", ["PMP22"]) == "65753"
    assert more_precise(snapshot, table, "65753", ["no gene"]) == "65753"
