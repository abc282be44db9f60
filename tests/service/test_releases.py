"""Loading and the life of releases, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from loaders import Options
from ontologies.errors import Conflict, DamagedRelease, InvalidRequest, Refused, UnknownRelease
from ontologies.release import Snapshot
from tests.builders import load_pack, small_pack
from tests.conftest import DEMONSTRATION
from tests.packs.writer import nomenclature_xml, write_pack
from thesaurus import releases
from thesaurus.cli.demo import load_demonstration
from thesaurus.store import Register, State, content


def test_the_id_is_the_year_of_the_data(register: Register, tmp_path: Path) -> None:
    record = load_pack(register, tmp_path, small_pack("2023-06-21"))
    assert record.id == "2023"
    assert record.state is State.CHECKED


def test_a_corrected_pack_of_the_same_year_is_a_patch(register: Register, tmp_path: Path) -> None:
    first = load_pack(register, tmp_path / "a", small_pack(), activate=True)
    second = load_pack(register, tmp_path / "b", small_pack(label="Corrigée"))
    third = load_pack(register, tmp_path / "c", small_pack(label="Recorrigée"))
    assert [first.id, second.id, third.id] == ["2023", "2023.1", "2023.2"]
    assert register.snapshot("2023").concept("58").preferred().text == "Maladie 58"
    assert register.record("2023").state is State.ACTIVE


def test_the_same_content_again_changes_nothing(register: Register, tmp_path: Path) -> None:
    load_pack(register, tmp_path, small_pack())
    again = releases.load(register, [tmp_path], actor="test")
    assert again.already
    assert again.record.id == "2023"
    assert len(register.records()) == 1


def test_languages_given_together_make_one_release(register: Register) -> None:
    loaded = releases.load(register, [DEMONSTRATION / "2023"], actor="test")
    assert loaded.record.id == "2023"
    assert loaded.record.release.languages == ("fr", "en")
    assert loaded.missing_languages == ()


def test_a_language_given_later_is_a_patch_that_says_what_it_lacks(
    register: Register,
) -> None:
    for lang in ("FR", "EN"):
        folder = DEMONSTRATION / "2023" / f"Orphanet_Nomenclature_Pack_{lang}"
        loaded = releases.load(register, [folder], actor="test")
    assert loaded.record.id == "2023.1"
    assert loaded.missing_languages == ("fr",)


def test_a_name_may_be_given_and_is_never_taken_twice(register: Register, tmp_path: Path) -> None:
    assert load_pack(register, tmp_path / "a", small_pack(), release="essai").id == "essai"
    with pytest.raises(Conflict, match="essai"):
        load_pack(register, tmp_path / "b", small_pack(label="Autre"), release="essai")


def test_a_refused_load_leaves_the_register_as_it_was(register: Register, tmp_path: Path) -> None:
    load_pack(register, tmp_path / "a", small_pack(), activate=True)
    before = register.records()
    broken = tmp_path / "broken.xml"
    broken.write_bytes(nomenclature_xml(small_pack("2024-06-21"), "fr")[:-500])
    with pytest.raises(Refused):
        releases.load(register, [broken], actor="test")
    assert register.records() == before


def test_failed_checks_leave_a_draft(register: Register, tmp_path: Path) -> None:
    larger = small_pack(codes=("58", "558", "9"))
    unclassified = replace(larger, classifications=small_pack().classifications)
    record = load_pack(register, tmp_path, unclassified)
    assert record.state is State.DRAFT
    with pytest.raises(Conflict, match="--force"):
        releases.activate(register, record.id, actor="test")
    forced = releases.activate(register, record.id, actor="test", reason="accepted", force=True)
    assert forced.state is State.ACTIVE
    assert forced.history[-1].reason == "accepted (--force)"


def test_roll_back_goes_back_one_release_after_the_other(
    register: Register, tmp_path: Path
) -> None:
    for number, day in enumerate(("2021-06-21", "2022-06-21", "2023-06-21")):
        load_pack(register, tmp_path / str(number), small_pack(day), activate=True)
    assert releases.roll_back(register, actor="ana", reason="a wrong label").id == "2022"
    states = {record.id: record.state for record in register.records()}
    assert states == {
        "2021": State.SUPERSEDED,
        "2022": State.ACTIVE,
        "2023": State.SUPERSEDED,
    }
    assert releases.roll_back(register, actor="ana").id == "2021", "not the one just left"
    with pytest.raises(Conflict):
        releases.roll_back(register, actor="ana")
    releases.activate(register, "2023", actor="ana")
    assert releases.roll_back(register, actor="ana").id == "2021"


def test_roll_back_passes_over_archived_releases(register: Register, tmp_path: Path) -> None:
    for number, day in enumerate(("2021-06-21", "2022-06-21", "2023-06-21")):
        load_pack(register, tmp_path / str(number), small_pack(day), activate=True)
    register.move("2022", State.ARCHIVED, actor="ana")
    assert releases.roll_back(register, actor="ana").id == "2021"


def test_a_roll_back_that_comes_too_late_is_refused(register: Register, tmp_path: Path) -> None:
    for number, day in enumerate(("2021-06-21", "2022-06-21")):
        load_pack(register, tmp_path / str(number), small_pack(day), activate=True)
    with pytest.raises(Conflict):
        releases.activate(register, "2021", actor="ana", instead_of="2021")
    assert register.record("2022").state is State.ACTIVE


def test_real_data_put_the_demonstration_away(register: Register, tmp_path: Path) -> None:
    load_demonstration(register)
    record = load_pack(register, tmp_path, small_pack("2022-06-21"), activate=True)
    assert record.id == "2022"
    states = {record.id: record.state for record in register.records()}
    assert states == {
        "demo-2022": State.ARCHIVED,
        "demo-2023": State.ARCHIVED,
        "2022": State.ACTIVE,
    }
    with pytest.raises(Conflict):
        releases.roll_back(register, actor="ana")


def test_the_demonstration_lacks_nothing_for_real_data(register: Register, tmp_path: Path) -> None:
    load_demonstration(register)
    written = write_pack(tmp_path, small_pack("2023-06-21"), "fr")
    assert releases.load(register, [written], actor="test").missing_languages == ()


@pytest.mark.parametrize("name", ["../x", "a b", "", "é", "x" * 41, ".x"])
def test_names_that_could_not_be_asked_are_refused(
    register: Register, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InvalidRequest):
        load_pack(register, tmp_path, small_pack(), release=name)
    assert register.records() == ()


def test_known_content_under_another_name_is_refused(register: Register, tmp_path: Path) -> None:
    load_pack(register, tmp_path, small_pack())
    with pytest.raises(Conflict, match="2023"):
        load_pack(register, tmp_path, small_pack(), release="essai")
    assert load_pack(register, tmp_path, small_pack(), release="2023").id == "2023"


@pytest.mark.parametrize("labels", [("A", "A"), ("A", "B")])
def test_two_loads_at_once_both_end_well(
    register: Register, tmp_path: Path, labels: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read their files before either writes."""
    meet = threading.Barrier(2, timeout=30)
    encode = content.encode

    def encode_together(snapshot: Snapshot) -> tuple[str, tuple[content.Part, ...]]:
        found = encode(snapshot)
        meet.wait()
        return found

    monkeypatch.setattr(content, "encode", encode_together)
    folders = [tmp_path / str(number) for number in range(2)]
    for folder, label in zip(folders, labels, strict=True):
        write_pack(folder, small_pack(label=label), "fr")
    with ThreadPoolExecutor(2) as pool:
        loaded = list(pool.map(lambda each: releases.load(register, [each], actor="t"), folders))
    if labels[0] == labels[1]:
        assert sorted(each.already for each in loaded) == [False, True]
        assert [record.id for record in register.records()] == ["2023"]
    else:
        assert {each.record.id for each in loaded} == {"2023", "2023.1"}


def test_the_reason_of_a_load_is_kept(register: Register, tmp_path: Path) -> None:
    written = write_pack(tmp_path, small_pack(), "fr")
    record = releases.load(register, [written], actor="ana", reason="pack de juillet").record
    assert record.history[0].reason == "pack de juillet"


def test_roll_back_without_a_previous_release_is_refused(
    register: Register, tmp_path: Path
) -> None:
    with pytest.raises(Conflict):
        releases.roll_back(register, actor="ana")
    load_pack(register, tmp_path, small_pack(), activate=True)
    with pytest.raises(Conflict):
        releases.roll_back(register, actor="ana")


def test_a_release_that_does_not_open_is_not_activated(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pack(register, tmp_path / "a", small_pack("2022-06-21"), activate=True)
    load_pack(register, tmp_path / "b", small_pack("2023-06-21"))

    def damaged(*_: object) -> None:
        raise DamagedRelease("abîmée", "damaged")

    monkeypatch.setattr(register, "snapshot", damaged)
    with pytest.raises(DamagedRelease):
        releases.activate(register, "2023", actor="ana")
    active = register.active()
    assert active is not None
    assert active.id == "2022"


def test_activating_what_is_not_there_names_what_is(register: Register, tmp_path: Path) -> None:
    load_pack(register, tmp_path, small_pack())
    with pytest.raises(UnknownRelease, match="2023"):
        releases.activate(register, "2031", actor="ana")


def test_a_partial_release_can_be_loaded_from_classifications_only(
    register: Register,
) -> None:
    folder = DEMONSTRATION / "2023" / "Orphanet_Nomenclature_Pack_FR" / "Classifications"
    loaded = releases.load(
        register, [folder], actor="test", options=Options(release="2023-classifications")
    )
    assert loaded.record.release.counts["entities"] > 100
    assert loaded.record.state is State.DRAFT
    assert any(finding.key == "inferred-status" for finding in loaded.report.oddities)
