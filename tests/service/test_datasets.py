"""Datasets beside the nomenclature: loaded in any order, followed, replaced, taken away."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import text

from loaders import Options
from ontologies.errors import (
    Conflict,
    DamagedRelease,
    InvalidRequest,
    Refused,
    UnknownRelease,
)
from tests.builders import load_pack, small_pack
from thesaurus import lookup, releases
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register, State

NAMES = "ID\tLABEL\tSYNONYMS\nMONDO:0007947\tMarfan syndrome\tMFS1\n"
XREFS = "orpha_code\tsource\treference\tlabel_en_2018\n558\tOMIM\t154700\tMarfan syndrome\n"
SSSOM = (
    "# curie_map:\n#   MONDO: http://purl.obolibrary.org/obo/MONDO_\n"
    "#   Orphanet: http://www.orpha.net/ORDO/Orphanet_\n"
    "#   semapv: https://w3id.org/semapv/vocab/\n#   skos: http://www.w3.org/2004/02/skos/core#\n"
    "# mapping_set_id: https://example.org/mondo-orphanet.sssom.tsv\n"
    "# mapping_set_version: 2026-08-04\n"
    "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
    "MONDO:0007947\tMarfan syndrome\tskos:exactMatch\tOrphanet:558\tMarfan syndrome\t"
    "semapv:ManualMappingCuration\n"
)
FILES = {"names_2023-08-07.tsv": NAMES, "xrefs_2018-07-12.tsv": XREFS, "mapping.sssom.tsv": SSSOM}
KEYS = {"mondo-rare", "ordo-xrefs", "mondo-orphanet"}


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def load(register: Register, *paths: Path, activate: bool = True) -> tuple[releases.Loaded, ...]:
    loaded = releases.load_all(register, paths, actor="test")
    for each in loaded:
        if activate and each.record.state is not State.ACTIVE:
            own = register.of(each.record.release.system)
            releases.activate(own, each.record.id, actor="test")
    return loaded


@pytest.fixture
def nomenclature(register: Register, tmp_path: Path) -> Register:
    load_pack(register, tmp_path / "pack", small_pack(), activate=True)
    return register


@pytest.fixture
def runtime(nomenclature: Register) -> Runtime:
    found = Runtime(nomenclature)
    found.refresh()
    return found


def page(runtime: Runtime) -> dict[str, object]:
    runtime.refresh()
    answer = lookup.concept_page(runtime.current(), "558").model_dump()
    return {name: answer[name] for name in ("alignments", "datasets")}


def test_the_order_of_loading_changes_nothing(nomenclature: Register, tmp_path: Path) -> None:
    seen = []
    for number, order in enumerate(permutations(FILES)):
        paths = [written(tmp_path, name, FILES[name]) for name in order]
        if number:
            for key in KEYS:
                releases.remove(nomenclature.of(key), actor="test")
        for path in paths:
            load(nomenclature, path)
        runtime = Runtime(nomenclature)
        seen.append(page(runtime))
        assert [each.text for each in runtime.related.linked_labels("558")] == [
            "Marfan syndrome",
            "MFS1",
        ]
    assert all(each == seen[0] for each in seen)
    assert set(seen[0]["datasets"]) == KEYS  # type: ignore[call-overload]


def test_a_running_service_follows(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    before = runtime.current()
    assert page(runtime)["alignments"] == []
    load(nomenclature, written(tmp_path, "xrefs_2018-07-12.tsv", XREFS))
    assert runtime.refresh()
    assert runtime.current() is not before
    assert runtime.current().snapshot is before.snapshot
    assert [each["code"] for each in page(runtime)["alignments"]] == ["154700"]  # type: ignore[attr-defined]
    assert not runtime.refresh()


def test_other_releases_are_opened_beside_the_same_datasets(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    load_pack(nomenclature, tmp_path / "old", small_pack("2021-06-21"))
    runtime.refresh()
    assert runtime.at("2021").related.datasets == ()
    load(nomenclature, written(tmp_path, "xrefs_2018-07-12.tsv", XREFS))
    runtime.refresh()
    assert runtime.at("2021").related is runtime.current().related


def test_a_newer_release_of_a_dataset_keeps_the_older(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    load(nomenclature, written(tmp_path, "xrefs_2018-07-12.tsv", XREFS))
    newer = XREFS.replace("154700", "610168")
    load(nomenclature, written(tmp_path, "xrefs_2020-07-12.tsv", newer))
    own = nomenclature.of("ordo-xrefs")
    assert [(each.id, each.state) for each in own.records()] == [
        ("2018-07-12", State.SUPERSEDED),
        ("2020-07-12", State.ACTIVE),
    ]
    assert [each["code"] for each in page(runtime)["alignments"]] == ["610168"]  # type: ignore[attr-defined]
    releases.roll_back(own, actor="test")
    assert [each["code"] for each in page(runtime)["alignments"]] == ["154700"]  # type: ignore[attr-defined]


def test_taking_a_dataset_away_leaves_the_rest(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    load(nomenclature, *(written(tmp_path, name, content) for name, content in FILES.items()))
    assert set(page(runtime)["datasets"]) == KEYS  # type: ignore[call-overload]
    releases.remove(nomenclature.of("mondo-rare"), actor="test")
    left = page(runtime)
    assert set(left["datasets"]) == KEYS - {"mondo-rare"}  # type: ignore[call-overload]
    assert {each["code"] for each in left["alignments"]} == {"154700", "MONDO:0007947"}  # type: ignore[attr-defined]
    assert runtime.current().record.id == "2023"


def test_the_nomenclature_cannot_be_taken_away(nomenclature: Register) -> None:
    with pytest.raises(Conflict):
        releases.remove(nomenclature, actor="test")
    with pytest.raises(UnknownRelease):
        releases.remove(nomenclature.of("nothing"), actor="test")


def test_a_damaged_file_changes_nothing(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    good = written(tmp_path, "xrefs_2018-07-12.tsv", XREFS)
    bad = written(tmp_path, "bad.sssom.tsv", SSSOM.replace("skos:exactMatch", "skos:sortOfMatch"))
    before = nomenclature.everything()
    with pytest.raises(Refused) as caught:
        releases.load_all(nomenclature, [good, bad], actor="test")
    assert (caught.value.reason, caught.value.line) == ("unknown-predicate", 9)
    assert nomenclature.everything() == before


def test_a_damaged_dataset_is_left_out_and_the_rest_answers(
    database: Database, runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    load(nomenclature, *(written(tmp_path, name, content) for name, content in FILES.items()))
    with database.writing() as session:
        session.execute(
            text(
                "UPDATE release_part SET payload = :x WHERE name = 'alignments' AND release_id IN "
                "(SELECT id FROM release WHERE system = 'ordo-xrefs')"
            ),
            {"x": b"damaged"},
        )
    assert set(page(runtime)["datasets"]) == KEYS - {"ordo-xrefs"}  # type: ignore[call-overload]
    assert not runtime.refresh()


CYCLE = (
    "format-version: 1.2\ndata-version: 2025-01-01\nontology: round\n\n"
    "[Term]\nid: FOO:0000001\nname: a\nis_a: FOO:0000002\n\n"
    "[Term]\nid: FOO:0000002\nname: b\nis_a: FOO:0000001\n"
)


def test_a_circular_ontology_is_a_draft_that_nothing_activates(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    (loaded,) = load(nomenclature, written(tmp_path, "round.obo", CYCLE), activate=False)
    assert loaded.record.state is State.DRAFT
    own = nomenclature.of(loaded.record.release.system)
    for force in (False, True):
        with pytest.raises(Conflict):
            releases.activate(own, loaded.record.id, actor="test", force=force)
    own.move(loaded.record.id, State.ACTIVE, actor="test", force=True)  # by an older program
    runtime.refresh()
    assert runtime.current().id == "2023"
    assert runtime.related.datasets == ()


@pytest.mark.parametrize("key", ["orphanet", "all", "x" * 41])
def test_a_dataset_does_not_pass_for_the_nomenclature(
    nomenclature: Register, tmp_path: Path, key: str
) -> None:
    content = SSSOM.replace("mondo-orphanet.sssom.tsv", f"{key}.sssom.tsv")
    path = written(tmp_path, "mapping.sssom.tsv", content)
    before = nomenclature.everything()
    with pytest.raises(InvalidRequest, match="--system"):
        releases.load_all(nomenclature, [path], actor="test")
    assert nomenclature.everything() == before


def test_datasets_are_followed_while_the_active_release_is_damaged(
    database: Database, runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    other = load_pack(nomenclature, tmp_path / "other", small_pack("2024-06-21"))
    with database.writing() as session:
        session.execute(
            text(
                "UPDATE release_part SET payload = :x WHERE name = 'concepts' AND release_id IN "
                "(SELECT id FROM release WHERE version = '2024')"
            ),
            {"x": b"damaged"},
        )
    nomenclature.move(other.id, State.ACTIVE, actor="test")
    load(nomenclature, written(tmp_path, "xrefs_2018-07-12.tsv", XREFS))
    with pytest.raises(DamagedRelease):
        runtime.refresh()
    assert runtime.current().id == "2023"
    assert runtime.current().related is runtime.related
    assert [each.key for each in runtime.related.datasets] == ["ordo-xrefs"]


def test_an_ontology_of_the_users_own_is_asked_like_any_other(
    runtime: Runtime, nomenclature: Register, tmp_path: Path
) -> None:
    path = written(tmp_path, "own.obo", CYCLE.replace("is_a: FOO:0000001\n", ""))
    options = Options(dataset="chu")
    record = releases.load(nomenclature, [path], actor="test", options=options).record
    releases.activate(nomenclature.of("chu"), record.id, actor="test")
    runtime.refresh()
    for written_code, system in (("FOO:0000001", None), ("0000001", "chu")):
        answer = lookup.concept_page(runtime.current(), written_code, system=system)
        assert (answer.system, answer.code, answer.label) == ("chu", "FOO:0000001", "a")
        assert [each.label for each in answer.parents] == ["b"]


def test_the_same_content_again_writes_nothing(nomenclature: Register, tmp_path: Path) -> None:
    path = written(tmp_path, "names.tsv", NAMES)
    (first,) = load(nomenclature, path)
    (again,) = load(nomenclature, path)
    assert again.already
    assert again.record.id == first.record.id


def test_a_key_of_the_users_own(nomenclature: Register, tmp_path: Path) -> None:
    path = written(tmp_path, "names.tsv", NAMES)
    options = Options(dataset="my-names", release="v1")
    loaded = releases.load(nomenclature, [path], actor="test", options=options)
    assert (loaded.record.release.system, loaded.record.id) == ("my-names", "v1")
    other = written(tmp_path, "names.tsv", NAMES.replace("MFS1", "MFS2"))
    with pytest.raises(Conflict):
        releases.load(nomenclature, [other], actor="test", options=options)
