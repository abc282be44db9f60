"""How the files of datasets become releases: versions, dates, ids, and what is read together."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import loaders
from loaders import Loaded, Options
from loaders.report import tally
from ontologies.dataset import Dataset
from ontologies.errors import Refused
from ontologies.release import Snapshot
from tests.conftest import DEMONSTRATION

NAMES = "ID\tLABEL\tSYNONYMS\nMONDO:0007947\tMarfan syndrome\tMFS1|Marfan's syndrome\n"
XREFS = "orpha_code\tsource\treference\tlabel_en_2018\n558\tOMIM\t154700\tMarfan syndrome\n"


def datasets(*paths: Path, options: Options = Options()) -> dict[str, Dataset]:
    return {
        each.content.key: each.content
        for each in loaders.load_all(paths, options)
        if isinstance(each.content, Dataset)
    }


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def only(loaded: tuple[Loaded, ...]) -> Loaded:
    (found,) = loaded
    return found


def test_a_year_of_the_nomenclature_and_datasets_in_one_load() -> None:
    loaded = loaders.load_all([DEMONSTRATION / "2023", DEMONSTRATION / "related"])
    assert isinstance(loaded[0].content, Snapshot)
    assert {each.content.release.system for each in loaded} >= {
        "orphanet",
        "mondo-rare",
        "orphanet-genes",
    }


def test_the_order_of_the_paths_changes_nothing(tmp_path: Path) -> None:
    one = written(tmp_path / "a", "names.tsv", NAMES)
    other = written(tmp_path / "b", "more.tsv", NAMES.replace("Marfan syndrome", "Marfan disease"))
    assert datasets(one, other) == datasets(other, one)


def test_the_date_of_the_name_is_taken_where_the_content_has_none(tmp_path: Path) -> None:
    loaded = only(loaders.load_all([written(tmp_path, "xrefs_2018-07-12.tsv", XREFS)]))
    assert (loaded.content.release.id, loaded.report.date) == ("2018-07-12", "2018-07-12")
    assert tally(loaded.report.findings) == {"date-from-name": 1}


def test_without_any_date_the_content_names_the_release(tmp_path: Path) -> None:
    first = only(loaders.load_all([written(tmp_path, "names.tsv", NAMES)]))
    again = only(loaders.load_all([written(tmp_path, "other-name.tsv", NAMES)]))
    other = only(loaders.load_all([written(tmp_path, "names.tsv", NAMES + "MONDO:0000001\tx\t\n")]))
    assert first.content.release.id == again.content.release.id
    assert first.content.release.id.startswith("undated-")
    assert first.content.release.id != other.content.release.id
    assert tally(first.report.findings) == {"undated": 1}


def test_the_user_names_a_release_and_a_dataset(tmp_path: Path) -> None:
    path = written(tmp_path, "names.tsv", NAMES)
    loaded = only(loaders.load_all([path], Options(release="2023-08-07")))
    assert loaded.content.release.id == "2023-08-07"


def test_a_key_is_for_one_dataset(tmp_path: Path) -> None:
    names, xrefs = written(tmp_path, "a.tsv", NAMES), written(tmp_path, "b.tsv", XREFS)
    assert set(datasets(xrefs, options=Options(dataset="mine"))) == {"mine"}
    with pytest.raises(Refused) as caught:
        loaders.load_all([names, xrefs], Options(dataset="mine"))
    assert caught.value.reason == "several-datasets"


def test_a_day_as_the_name_of_a_release_is_its_date(tmp_path: Path) -> None:
    path = written(tmp_path, "names.tsv", NAMES)
    report = only(loaders.load_all([path], Options(release="2023-08-07"))).report
    assert report.date == "2023-08-07"


def test_two_versions_of_a_dataset_are_two_releases(tmp_path: Path) -> None:
    old = written(tmp_path / "a", "xrefs_2018-07-12.tsv", XREFS)
    new = written(tmp_path / "b", "xrefs_2019-07-12.tsv", XREFS.replace("154700", "610168"))
    found = [each.content.release.id for each in loaders.load_all([new, old])]
    assert found == ["2018-07-12", "2019-07-12"]


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    one = written(tmp_path, "xrefs_2018-07-12.tsv", XREFS)
    again = written(tmp_path, "copy-2018-07-12.tsv", XREFS)
    assert only(loaders.load_all([one, again])).report.counts["rows"] == 1


def test_a_gzip_is_read_as_what_is_inside(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv.gz"
    path.write_bytes(gzip.compress(NAMES.encode()))
    assert set(datasets(path)) == {"mondo-rare"}


def test_a_master_file_beside_the_list_gives_both(real_data: Path) -> None:
    loaded = loaders.load_all([real_data / "en_2025"])
    assert [each.content.release.system for each in loaded] == ["orphanet", "orphanet-masterfile"]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("ID\tLABEL\tSYNONYMS\nMONDO:0007947\tMarfan syndrome\n", "bad-row", 2),
        (NAMES + "0007947\tMarfan syndrome\t\n", "bad-code", 3),
        (NAMES + NAMES.splitlines()[1] + "\n", "duplicate-term", 3),
        (XREFS.splitlines()[0] + "\n", "nothing-inside", None),
        ("Hello\n", "not-xml", None),
        ("orpha_code\tgene_id\tpref_symbol\n558\t1\tFBN1\n", "missing-column", 1),
        (
            "subject_id\ttranslation_language\ttranslation_status\ttranslation_value\nHP:0000001\n",
            "missing-column",
            1,
        ),
    ],
)
def test_a_fault_anywhere_refuses_the_whole_load(
    tmp_path: Path, text: str, reason: str, line: int | None
) -> None:
    with pytest.raises(Refused) as caught:
        loaders.load_all([DEMONSTRATION / "2023", written(tmp_path, "names.tsv", text)])
    assert (caught.value.reason, caught.value.line) == (reason, line)
    assert "names.tsv" in caught.value.message.fr


def test_what_no_reader_knows_is_noted_in_a_folder(tmp_path: Path) -> None:
    written(tmp_path, "names.tsv", NAMES)
    written(tmp_path, "read me.txt", "Hello")
    assert tally(only(loaders.load_all([tmp_path])).report.findings)["file-skipped"] == 1


def test_a_dataset_alone_is_no_nomenclature(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        loaders.load([written(tmp_path, "names.tsv", NAMES)])
    assert caught.value.reason == "nothing-to-load"
