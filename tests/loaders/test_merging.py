"""Several files make one release: however they are given, in one language or in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import loaders
from loaders import LoadReport, Options
from ontologies.concept import Aggregation
from ontologies.release import Snapshot
from tests.loaders.small import (
    GENES,
    HEART,
    MARFAN,
    PACK,
    classification,
    entity,
    found,
    load_bytes,
    nomenclature,
    same,
    write,
)
from tests.packs.model import Entity, Node, Pack
from tests.packs.writer import (
    classification_xml,
    pack_files,
    write_pack,
    zip_pack,
)

# --- Ways to give the files ---------------------------------------------------------------------


def ways(folder: Path) -> Iterator[list[Path]]:
    """The same two packs as zips, as folders, as one folder, as single files."""
    zips = [zip_pack(folder / f"{lang}.zip", PACK, lang) for lang in ("fr", "en")]
    folders = [write_pack(folder / "packs", PACK, lang) for lang in ("fr", "en")]
    singles = sorted((folder / "packs").rglob("*.xml"))
    yield from (zips, zips[::-1], folders, [folder / "packs"], singles, singles[::-1])
    yield [zips[0], folders[1]]
    yield [*zips, *folders]


def test_every_way_to_give_the_files_gives_the_same_release(
    tmp_path: Path, both: tuple[Snapshot, LoadReport]
) -> None:
    for paths in ways(tmp_path):
        snapshot, _ = loaders.load(paths)
        assert same(snapshot, both[0]), paths


def test_the_order_of_classification_files_alone_does_not_show(tmp_path: Path) -> None:
    """Files that name the entities differently: the classification of the lowest number wins."""
    renamed = [
        classification_xml(PACK, replace(HEART, id=number), "fr").replace(b"Aorto", name)
        for number, name in (("150", b"Bulbo"), ("146", b"Aorto"), ("1000", b"Cardio"))
    ]
    one, _ = load_bytes(tmp_path / "one", *renamed)
    other, _ = load_bytes(tmp_path / "other", *renamed[::-1])
    assert same(one, other)
    assert one.concept("2").preferred().text == "Aortopathie"


def test_progress_and_clutter(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, PACK, "fr")
    write(folder / ".DS_Store", b"x")
    seen: list[tuple[str, int]] = []
    loaders.load([folder], progress=lambda name, size: seen.append((name, size)))
    assert len(seen) == 3
    assert sum(size for _, size in seen) == sum(len(data) for _, data in pack_files(PACK, "fr"))


# --- Two languages that differ ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("<FlagValue>8449<", "<FlagValue>8208<", "flag"),
        ('<ClassificationLevel id="36547">', '<ClassificationLevel id="36554">', "level"),
        ('<DisorderType id="21394">', '<DisorderType id="21422">', "type"),
        ("<OrphaCode>558<", "<OrphaCode>40<", "redirection"),
        ('AssociationType id="21471"', 'AssociationType id="27341"', "redirection"),
    ],
)
def test_facts_that_differ_between_the_languages(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    english = entity("8", nomenclature("en"))
    assert old in english
    later = ('ExtractionDate="2023-06-21', 'ExtractionDate="2023-06-22')
    data = nomenclature("en", (english, english.replace(old, new)), later)
    snapshot, report = load_bytes(tmp_path, nomenclature(), data)
    (noted,) = found(report, "language-disagreement")
    assert (noted.orpha, noted.values["what"]) == ("8", what)
    assert noted.values["kept"] == "1.xml"  # extracted last
    alone, _ = load_bytes(tmp_path / "alone", data)
    ours, theirs = snapshot.concept("8"), alone.concept("8")
    assert (ours.flag, ours.level, ours.type, ours.redirection) == (
        theirs.flag,
        theirs.level,
        theirs.type,
        theirs.redirection,
    )
    assert ours.preferred("fr").text == "Arachnodactylie"


def test_an_aggregation_that_differs(tmp_path: Path) -> None:
    english = entity("99", nomenclature("en"))
    data = nomenclature("en", (english, english.replace("<OrphaCode>558<", "<OrphaCode>40<")))
    snapshot, report = load_bytes(tmp_path, nomenclature(), data)
    (noted,) = found(report, "language-disagreement")
    assert (noted.values["what"], noted.values["kept"]) == ("aggregation", "0.xml")
    assert snapshot.concept("99").aggregation == Aggregation("558")  # same day: French first


def test_edges_that_differ_between_the_languages(tmp_path: Path) -> None:
    data = classification("en").replace(b"<OrphaCode>40<", b"<OrphaCode>3<")
    snapshot, report = load_bytes(tmp_path, nomenclature(), classification(), data)
    (noted,) = found(report, "language-disagreement")
    assert noted.file == "2.xml"
    assert "classification 146" in noted.message.fr
    assert ("2", "40") in snapshot.classifications["146"].edges


# --- The integrity checks -----------------------------------------------------------------------


def check_of(
    pack: Pack, folder: Path, *langs: str
) -> dict[str, tuple[bool | None, tuple[str, ...]]]:
    """Each check with its examples; two classifications, so that the second can be told apart."""
    _, report = loaders.load([write_pack(folder, pack, lang) for lang in langs or ("fr",)])
    return {check.key: (check.passed, check.examples) for check in report.checks}


def test_a_preferred_term_on_two_entities(tmp_path: Path) -> None:
    twin = Entity("560", {"fr": MARFAN}, flag=8225)
    checks = check_of(replace(PACK, entities=(*PACK.entities, twin)), tmp_path)
    assert checks["unique-preferred-terms"] == (False, (f"fr: {MARFAN}",))
    assert checks["unique-codes"] == (True, ())


def test_an_active_entity_outside_the_classifications(tmp_path: Path) -> None:
    checks = check_of(replace(PACK, classifications=(GENES,)), tmp_path)
    assert checks["active-classified"] == (False, ("40", "1", "2"))
    assert checks["inactive-unclassified"] == (True, ())


def test_an_inactive_entity_inside_them(tmp_path: Path) -> None:
    tree = replace(GENES, roots=(*GENES.roots, Node("7")))
    checks = check_of(replace(PACK, classifications=(HEART, tree)), tmp_path)
    assert checks["inactive-unclassified"] == (False, ("7",))
    assert checks["active-classified"] == (True, ())


def test_a_redirection_to_an_inactive_entity(tmp_path: Path) -> None:
    chained = tuple(
        replace(each, redirection=(each.redirection[0], "7")) if each.redirection else each
        for each in PACK.entities
    )
    checks = check_of(replace(PACK, entities=chained), tmp_path)
    assert checks["redirection-targets"] == (False, ("8", "9"))


def test_languages_with_other_codes(tmp_path: Path) -> None:
    more = replace(PACK, entities=(*PACK.entities, Entity("10", {"en": "New"}, flag=8225)))
    paths = [write_pack(tmp_path, PACK, "fr"), write_pack(tmp_path, more, "en")]
    snapshot, report = loaders.load(paths)
    (check,) = (check for check in report.checks if check.key == "same-codes")
    assert (check.passed, check.examples) == (False, ("10",))
    assert snapshot.concept("10").preferred("fr").lang == "en"


def test_no_classification_at_all(tmp_path: Path) -> None:
    checks = check_of(replace(PACK, classifications=()), tmp_path)
    assert checks["active-classified"] == checks["inactive-unclassified"] == (None, ())


def test_the_release_may_be_named(tmp_path: Path) -> None:
    snapshot, _ = load_bytes(tmp_path, nomenclature(), options=Options(release="2023-test"))
    assert (snapshot.release.id, snapshot.release.date.year) == ("2023-test", 2023)
