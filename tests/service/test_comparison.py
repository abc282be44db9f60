"""Releases of a register compared: datasets of their years, filters, the forms of the answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from ontologies.concept import Level
from ontologies.differences import Kind
from ontologies.errors import DamagedRelease, UnknownClassification, UnknownRelease
from tests.builders import load_pack
from tests.packs import displays
from tests.packs.model import Classification, Entity, Pack, moved_to, tree
from tests.packs.products import (
    EXACT,
    INDEX,
    NARROWER,
    NOT_VALIDATED,
    SPECIFIC,
    VALIDATED,
    Reference,
    references_xml,
)
from thesaurus import releases
from thesaurus.comparison import (
    Comparisons,
    Filters,
    Kept,
    Sealed,
    answer_of,
    keep,
    text_lines,
    write_csv,
    write_xlsx,
)
from thesaurus.store import Database, Register, State

HEAD = Entity(
    "1", {"fr": "Tête"}, flag=displays.HEAD_OF_CLASSIFICATION, type_id=displays.CATEGORY,
    level_id=displays.GROUP,
)  # fmt: skip
GROUP = Entity("5", {"fr": "Groupe"}, type_id=displays.CATEGORY, level_id=displays.GROUP)
SUBTYPE = {"type_id": displays.CLINICAL_SUBTYPE, "level_id": displays.SUBTYPE}
BEFORE = (
    HEAD,
    GROUP,
    Entity("10", {"fr": "Maladie dix"}, {"fr": ("Dix",)}),
    Entity("20", {"fr": "Maladie vingt"}),
    Entity("30", {"fr": "Maladie trente"}),
)
AFTER = (
    HEAD,
    GROUP,
    Entity("10", {"fr": "=Maladie 10"}, {"fr": ("Dix", "Ten")}),
    Entity("20", {"fr": "Maladie vingt"}, **SUBTYPE, aggregation="10"),
    Entity(
        "30", {"fr": "Maladie trente"}, flag=displays.DEPRECATED, redirection=moved_to("10"),
        aggregation="10",
    ),
    Entity("40", {"fr": "Maladie nouvelle"}),
    Entity("50", {"fr": "Sous-type nouveau"}, **SUBTYPE, aggregation="40"),
)  # fmt: skip


def classification(key: str, *edges: tuple[str, str]) -> Classification:
    return Classification(
        key, f"9{key}", {"fr": f"Arbre {key}"}, (tree("1", edges),), f"tree_{key}"
    )


YEARS = {
    "2022": Pack(
        "2022-06-14",
        BEFORE,
        (
            classification("146", ("1", "5"), ("1", "10"), ("5", "20"), ("5", "30")),
            classification("147", ("1", "30")),
        ),
    ),
    "2023": Pack(
        "2023-06-21",
        AFTER,
        (
            classification("146", ("1", "5"), ("5", "10"), ("10", "20"), ("5", "40"), ("40", "50")),
            classification("147", ("1", "10")),
        ),
    ),
}
ICD10 = "orpha_code\tsource\treference\tlabel_en_2018\n"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """SQLite is enough here: the register is tested on both."""
    opened = Database(f"sqlite:///{tmp_path / 'register.sqlite3'}")
    opened.upgrade()
    yield opened
    opened.dispose()


@pytest.fixture
def years(register: Register, tmp_path: Path) -> Register:
    for year, pack in YEARS.items():
        load_pack(register, tmp_path / year, pack, activate=True)
    return register


def comparisons(register: Register) -> Comparisons:
    return Comparisons(Sealed(register))


def compared(register: Register, a: str = "2022", b: str = "2023", **wanted: Any) -> Kept:
    every = comparisons(register)
    return keep(every.of(every.pairing(a, b)), Filters(**wanted))


def xrefs(register: Register, folder: Path, day: str, *rows: str) -> None:
    """Load and activate references of that day, each written "10 Q87.4"."""
    lines = (f"{code}\tICD10\t{icd}\tname\n" for code, icd in (row.split() for row in rows))
    path = folder / f"xrefs_{day}.tsv"
    path.write_text(ICD10 + "".join(lines), encoding="utf-8")
    (loaded,) = releases.load_all(register, [path], actor="test")
    releases.activate(register.of("ordo-xrefs"), loaded.record.id, actor="test")


def test_the_answer(years: Register) -> None:
    answer = answer_of(compared(years))
    assert (answer.release, answer.before, answer.after) == ("2023", "2022", "2023")
    assert {name: count for name, count in answer.counts.items() if count} == {
        "added": 2, "renamed": 1, "status": 1, "level": 1, "type": 1, "parents": 2, "synonyms": 1,
        "edges_added": 4, "edges_removed": 3, "newly_inactive": 1, "redirections": 1,
        "aggregations": 2, "classifications": 2,
    }  # fmt: skip
    assert [item.code for item in answer.items] == ["10", "20", "30", "40", "50"]
    assert {name: answer.counts[name] for name in answer.filtered} == answer.filtered
    written = answer.model_dump(mode="json")
    assert (written["from"], written["to"]) == ("2022", "2023")
    status = next(each for each in written["items"][2]["changes"] if each["kind"] == "status")
    assert status == {
        "kind": "status",
        "before": "active",
        "after": "deprecated",
        "redirection": {"kind": "moved_to", "target": "10", "label": "=Maladie 10"},
        "aggregation": {"code": "10", "label": "=Maladie 10"},
    }
    parents = next(each for each in written["items"][0]["changes"] if each["kind"] == "parents")
    assert [each["code"] for each in parents["before"]] == ["1"]
    assert [each["label"] for each in parents["after"]] == ["Tête", "Groupe"]
    assert (parents["added"], parents["removed"]) == (["5"], [])


def test_going_back(years: Register) -> None:
    back = answer_of(compared(years, "2023", "2022"))
    assert (back.release, back.counts["removed"], back.counts["reactivated"]) == ("2022", 2, 1)
    removed = next(item for item in back.items if item.code == "50")
    assert (removed.label, removed.level) == ("Sous-type nouveau", "subtype")


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({"kinds": frozenset({Kind.LEVEL, Kind.STATUS})}, ["20", "30"]),
        ({"levels": frozenset({Level.SUBTYPE})}, ["20", "50"]),
        ({"levels": frozenset({Level.DISORDER})}, ["10", "20", "30", "40"]),
        ({"classification": "147"}, ["10", "30"]),
        ({"perimeter": frozenset({"30"})}, ["30"]),
        ({"perimeter": frozenset({"5"})}, ["40", "50"]),
        ({"perimeter": frozenset({"40"})}, ["40"]),
        ({"perimeter": frozenset()}, []),
    ],
)
def test_filters(years: Register, wanted: dict[str, Any], codes: list[str]) -> None:
    kept = compared(years, **wanted)
    assert list(kept.kinds) == codes
    answer = answer_of(kept)
    assert answer.total == len(codes)
    assert answer.counts == answer_of(compared(years)).counts
    assert answer.filtered["added"] == sum(Kind.ADDED in each for each in kept.kinds.values())


def test_a_wanted_kind_leaves_out_the_others_of_the_same_code(years: Register) -> None:
    kept = compared(years, kinds=frozenset({Kind.LEVEL}))
    (item,) = answer_of(kept).items
    assert [each.kind for each in item.changes] == ["level"]
    assert kept.counts["level"] == 1
    assert not any(count for name, count in kept.counts.items() if name != "level")


def test_edges_count_for_their_child(years: Register) -> None:
    kept = compared(years, perimeter=frozenset({"20"}))
    assert kept.edges_added == (("10", "20"),)
    assert kept.edges_removed == (("5", "20"),)


def test_an_unknown_classification(years: Register) -> None:
    with pytest.raises(UnknownClassification, match="146, 147"):
        compared(years, classification="999")


def test_pages(years: Register) -> None:
    kept = compared(years)
    page = answer_of(kept, offset=1, limit=2)
    assert ([item.code for item in page.items], page.total) == (["20", "30"], 5)
    assert answer_of(kept, offset=9, limit=2).items == []


def test_alignments_are_those_of_the_years_of_the_releases(years: Register, tmp_path: Path) -> None:
    xrefs(years, tmp_path, "2022-01-01", "10 A00.0")
    xrefs(years, tmp_path, "2022-10-01", "10 Q87.4", "20 Q77.3")
    xrefs(years, tmp_path, "2023-10-01", "10 Q87.4", "40 Q87.8", "77 Q87.8")
    kept = compared(years, kinds=frozenset({Kind.ALIGNMENTS}))
    assert [(each.code, each.what) for each in kept.comparison.differences.alignments] == [
        *(("20", "removed"), ("40", "added")),
    ]
    answer = answer_of(kept)
    (dataset,) = answer.datasets
    assert dataset.model_dump() == {
        "dataset": "ordo-xrefs", "from": "2022-10-01", "to": "2023-10-01",
    }  # fmt: skip
    assert any("ordo-xrefs : 1 alignements" in each.reason for each in answer.not_compared)
    assert (answer.filtered["alignments_added"], answer.filtered["alignments_removed"]) == (1, 1)


def test_an_archived_dataset_belongs_to_no_year(years: Register, tmp_path: Path) -> None:
    xrefs(years, tmp_path, "2022-10-01", "20 Q77.3")
    xrefs(years, tmp_path, "2023-10-01", "20 Q77.4")
    assert compared(years).counts["alignments"] == 1
    years.of("ordo-xrefs").move("2022-10-01", State.ARCHIVED, actor="test")
    kept = compared(years)
    assert kept.counts["alignments"] == 0
    reasons = [each.reason for each in answer_of(kept).not_compared]
    assert "ordo-xrefs : aucune version de l'année de 2022 n'est chargée" in reasons


def test_a_comparison_is_made_once(years: Register, tmp_path: Path) -> None:
    every = comparisons(years)
    first, again = (every.of(every.pairing("2022", "2023")).differences for _ in range(2))
    assert first is again
    assert every.of(every.pairing("2023", "2022")).differences is not first
    xrefs(years, tmp_path, "2023-10-01", "20 Q77.4")
    other = comparisons(years)
    assert other.pairing("2022", "2023").digest != every.pairing("2022", "2023").digest


def test_releases_that_cannot_be_compared(years: Register, tmp_path: Path) -> None:
    with pytest.raises(UnknownRelease, match="2022, 2023"):
        compared(years, "1999", "2023")
    years.move("2022", State.ARCHIVED, actor="test")
    with pytest.raises(UnknownRelease):
        compared(years)


def test_a_damaged_release_is_named(years: Register, database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE release_part SET payload = x'00' WHERE name = 'labels'"))
    with pytest.raises(DamagedRelease, match="labels"):
        compared(years)


# -- forms -------------------------------------------------------------------------------


def test_text(years: Register) -> None:
    lines = list(text_lines(compared(years)))
    shown = "\n".join(lines)
    assert lines[0] == "2022 (14/06/2022, fr) → 2023 (21/06/2023, fr)"
    assert "      2  codes entrants" in lines
    assert "  ORPHA:40  Maladie nouvelle  [Pathologie, actif] (sous ORPHA:5 Groupe)" in lines
    assert (
        "  ORPHA:30  Maladie trente  actif → inactif : déprécié (déplacé vers ORPHA:10 =Maladie 10"
        " ; agrégation ORPHA:10 =Maladie 10)" in lines
    )
    assert "  ORPHA:10  =Maladie 10 [fr]  + Ten" in lines
    assert "  ORPHA:20  Maladie vingt  Pathologie → Sous-type de pathologie" in lines
    assert "Ce qui n'a pas été comparé" in shown
    few = list(text_lines(compared(years), limit=1))
    assert "  ... et 1 autre (--limit)" in few


def test_text_says_what_filters_leave_of_how_many(years: Register) -> None:
    lines = list(text_lines(compared(years, levels=frozenset({Level.SUBTYPE}))))
    assert "      1 sur 2  codes entrants" in lines
    same = list(text_lines(compared(years, "2022", "2022")))
    assert "Aucune différence / no difference" in same


def test_csv_holds_every_change_and_no_formula(years: Register) -> None:
    out = io.BytesIO()
    write_csv(out, compared(years))
    written = out.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written), delimiter=";"))
    natures = {(row["code ORPHA"], row["nature"]) for row in rows}
    assert ("20", "niveau") in natures
    renamed = next(row for row in rows if row["nature"] == "libellé préféré")
    assert renamed["avant ou retiré"] == "Maladie dix"
    assert renamed["après ou ajouté"] == "'=Maladie 10"
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


ORPHANET_SHEETS = [
    "Newly included ORPHAcodes",
    "Newly Inactive ORPHAcodes",
    "Classification level update",
    "New ORPHA-to-ICD10 mapping",
    "Updated ORPHA-to-ICD10 mapping",
    "Removed ORPHA-to-ICD10 mapping",
    "New ORPHA-to-ICD11 mapping",
    "Updated ORPHA-to-ICD11 mapping",
    "Removed ORPHA-to-ICD11 mapping",
]


def test_the_workbook_starts_as_orphanets_own(years: Register, tmp_path: Path) -> None:
    xrefs(years, tmp_path, "2022-10-01", "20 Q77.3")
    xrefs(years, tmp_path, "2023-10-01", "40 Q87.8")
    book = workbook(compared(years))
    assert book.sheetnames[:9] == ORPHANET_SHEETS
    for name in ORPHANET_SHEETS:
        assert book[name]["A1"].value.startswith(name)
        headings = [cell.value for cell in book[name][2]]
        assert headings[:3] == ["ORPHAcode", "Name (Preferred_Term)", "ClassificationLevel"]
    assert table(book, "Newly included ORPHAcodes") == [
        (40, "Maladie nouvelle", "Disorder", "Disease", "Active", 1),
        (50, "Sous-type nouveau", "Subtype of disorder", "Clinical subtype", "Active", 1),
    ]
    assert table(book, "Newly Inactive ORPHAcodes") == [
        (30, "Maladie trente", "Disorder", "Inactive: Deprecated", 8449, "Moved to", 10,
         "=Maladie 10", 10, "=Maladie 10", "Applicable"),
    ]  # fmt: skip
    assert table(book, "Classification level update") == [
        (20, "Maladie vingt", "Subtype of disorder", "Disorder")
    ]
    (new,) = table(book, "New ORPHA-to-ICD10 mapping")
    assert new[:5] == (40, "Maladie nouvelle", "Disorder", "Q87.8", "unspecified")
    assert len(table(book, "Removed ORPHA-to-ICD10 mapping")) == 1
    assert table(book, "Updated ORPHA-to-ICD11 mapping") == []


def mapping(register: Register, folder: Path, year: str, *references: Reference) -> None:
    """Load Orphanet's mapping of that year, of ORPHA:10 alone."""
    path = folder / f"ORPHA_ICD10_mapping_fr_{year}.xml"
    path.write_bytes(references_xml(YEARS[year], {"10": references}, "fr"))
    releases.load_all(register, [path], actor="test")


def test_an_updated_mapping_shows_both_states(years: Register, tmp_path: Path) -> None:
    mapping(years, tmp_path, "2022", Reference("ICD-10", "Q87.4", NARROWER, INDEX, NOT_VALIDATED))
    mapping(years, tmp_path, "2023", Reference("ICD-10", "Q87.4", EXACT, SPECIFIC, VALIDATED))
    book = workbook(compared(years))
    assert table(book, "New ORPHA-to-ICD10 mapping") == []
    (row,) = table(book, "Updated ORPHA-to-ICD10 mapping")
    headings = [cell.value for cell in book["Updated ORPHA-to-ICD10 mapping"][2]]
    assert dict(zip(headings, row, strict=True)) == {
        "ORPHAcode": 10,
        "Name (Preferred_Term)": "=Maladie 10",
        "ClassificationLevel": "Disorder",
        "ICD10 code": "Q87.4",
        "DisorderMappingRelation": "E",
        "DisorderMappingICDRelation": "Specific code",
        "DisorderMappingValidationStatus": "Validated",
        "DisorderMappingICDRefUri": None,
        "Previous DisorderMappingRelation": "NTBT",
        "Previous DisorderMappingICDRelation": "Index term",
        "Previous DisorderMappingValidationStatus": "Not yet validated",
        "Source": "orphanet-icd10",
    }
    shown = "\n".join(text_lines(compared(years)))
    assert (
        "icd-10 Q87.4 (plus précis, terme d'index, non validé) → icd-10 Q87.4 (exact, code "
        "spécifique, validé) (orphanet-icd10 : modifié)" in shown
    )


def test_further_sheets_are_in_french(years: Register) -> None:
    book = workbook(compared(years))
    summary = {row[1]: row[0] for row in table(book, "Résumé")}
    assert summary["codes entrants"] == 2
    assert {row[0] for row in table(book, "Non comparé")} >= {"alignements"}
    (renamed,) = table(book, "Libellés préférés")
    assert renamed[:7] == (10, "=Maladie 10", "Pathologie", "actif", "fr", "Maladie dix",
                           "=Maladie 10")  # fmt: skip
    assert len(table(book, "Liens")) == 7
    formulas = [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_the_workbook_holds_what_filters_leave(years: Register) -> None:
    book = workbook(compared(years, kinds=frozenset({Kind.LEVEL})))
    assert len(table(book, "Classification level update")) == 1
    assert table(book, "Newly included ORPHAcodes") == []


def test_an_empty_sheet_says_what_was_not_compared(register: Register, tmp_path: Path) -> None:
    for name in ("2022", "2023"):
        load_pack(register, tmp_path / name, YEARS[name])
    book = workbook(compared(register, "2022", "2023"))
    title = book["New ORPHA-to-ICD10 mapping"]["A1"].value
    assert "(not compared: no dataset of alignments" in title
    assert "(non comparé : aucune table d'alignements" in book["Alignements"]["A1"].value
    assert "compar" not in book["Libellés préférés"]["A1"].value


def workbook(kept: Kept) -> Any:
    out = io.BytesIO()
    write_xlsx(out, kept)
    out.seek(0)
    return load_workbook(out)


def table(book: Any, name: str) -> list[tuple[Any, ...]]:
    """The rows below the headings."""
    return list(book[name].iter_rows(min_row=3, values_only=True))


def test_names_come_from_the_release_that_has_them_in_the_language(
    register: Register, tmp_path: Path
) -> None:
    """The list of 2025 is in English; French names are those of the release before."""
    english = Pack(
        "2024-06-21",
        tuple(replace(each, names={"en": f"Disease {each.code}"}, synonyms={}) for each in AFTER),
        tuple(replace(each, names={"en": "Tree"}) for each in YEARS["2023"].classifications),
    )
    load_pack(register, tmp_path / "a", YEARS["2022"])
    load_pack(register, tmp_path / "b", english, lang="en")
    answer = answer_of(compared(register, "2022", "2024"))
    labels = {item.code: (item.label, item.lang) for item in answer.items}
    assert labels["20"] == ("Maladie vingt", "fr")
    assert labels["40"] == ("Disease 40", "en")
    assert answer.counts["renamed"] == 0
