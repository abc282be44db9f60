"""What is refused, why, and where the message says that it is; nothing else is ever read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import loaders
from loaders import Options
from ontologies.errors import Refused
from tests.loaders.small import (
    PACK,
    classification,
    entity,
    line_of,
    load_bytes,
    nomenclature,
    refused,
    refused_bytes,
    write,
    zipped,
)
from tests.packs.writer import Form

XML = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'


# --- Not Orphanet's XML -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"ORPHA:558;Marfan\n", bytes(range(256)), b"", b"%PDF-1.7", b"  \n"]
)
def test_not_xml(tmp_path: Path, data: bytes) -> None:
    refused_bytes(tmp_path, data, "not-xml")


def test_not_xml_inside_a_pack_although_its_name_says_so(tmp_path: Path) -> None:
    write(tmp_path / "pack/ORPHAnomenclature_fr_2023.xml", nomenclature())
    empty = write(tmp_path / "pack/ORPHAclassification_146.xml", b"")
    refused(tmp_path / "pack", "not-xml", names=empty)


@pytest.mark.parametrize("data", [nomenclature(), classification()], ids=["names", "tree"])
def test_truncated_wherever_it_is_cut(tmp_path: Path, data: bytes) -> None:
    end = data.index(b"</JDBOR>") + len(b"</JDBOR>")
    for cut in [*range(1, end, 97), end - 1]:
        path = write(tmp_path / "cut.xml", data[:cut])
        with pytest.raises(Refused) as caught:
            loaders.load([path])
        assert caught.value.reason == "truncated-xml", (cut, caught.value)
        assert caught.value.file == path.name
        assert (caught.value.line or 0) <= data[:cut].count(b"\n") + 1


def test_bad_xml(tmp_path: Path) -> None:
    data = nomenclature("fr", ("</Synonym>", "</Synonyme>"))
    refused_bytes(tmp_path, data, "bad-xml", line_of(data, "</Synonyme>"))


def test_bytes_that_are_not_of_the_declared_encoding(tmp_path: Path) -> None:
    data = nomenclature().replace(b'encoding="ISO-8859-1"', b'encoding="UTF-8"')
    refused_bytes(tmp_path, data, "bad-xml", line_of(data, "Dolichosténomélie"))


def test_wrong_root(tmp_path: Path) -> None:
    error = refused_bytes(tmp_path, b"<?xml version='1.0'?>\n<html>x</html>", "wrong-root", 2)
    assert "<html>" in error.message.fr


# --- Files of other products --------------------------------------------------------------------

OTHERS = {
    "product4": "<HPODisorderSetStatusList count='1'><HPODisorderSetStatus id='1'><Disorder id='1'>"
    "<OrphaCode>558</OrphaCode><HPODisorderAssociationList count='0'/></Disorder>"
    "</HPODisorderSetStatus></HPODisorderSetStatusList>",
    "product9_prev": "<DisorderList count='1'><Disorder id='1'><OrphaCode>558</OrphaCode>"
    "<PrevalenceList count='0'/></Disorder></DisorderList>",
    "?": "<DisorderList count='0'/>",
}


def product(name: str) -> bytes:
    return f"{XML}<JDBOR date='2023-06-22'>{OTHERS[name]}</JDBOR>".encode()


@pytest.mark.parametrize("name", OTHERS)
def test_another_product_is_refused_where_it_is_named(tmp_path: Path, name: str) -> None:
    error = refused_bytes(tmp_path, product(name), "other-product")
    assert name in error.message.en


@pytest.mark.parametrize("name", OTHERS)
def test_another_product_is_passed_over_in_a_pack(tmp_path: Path, name: str) -> None:
    files = {"a.xml": product(name), "b.xml": nomenclature(), "read me.txt": b"Hello"}
    snapshot, report = loaders.load([zipped(tmp_path / "pack.zip", files)])
    assert len(snapshot) == len(PACK.entities)
    first, second = (each for each in report.findings if each.key == "file-skipped")
    assert first.file == "pack.zip!/a.xml"
    assert name in first.message.fr
    assert (second.file or "").endswith("read me.txt")
    assert not second.is_repair


def test_nothing_to_load(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "nothing-to-load", names="empty")
    write(tmp_path / "other" / "product4.xml", product("product4"))
    refused(tmp_path / "other", "nothing-to-load", names="other")
    refused(zipped(tmp_path / "empty.zip", {}), "nothing-to-load", names="empty.zip")


# --- Inside the files ---------------------------------------------------------------------------

WRONG_COUNTS = {
    "DisorderList": nomenclature("fr", ('<DisorderList count="9"', '<DisorderList count="10"')),
    "SynonymList": nomenclature("fr", ('<SynonymList count="2"', '<SynonymList count="3"')),
    "DisorderDisorderAssociationList": nomenclature(
        "fr", ('AssociationList count="2"', 'AssociationList count="1"')
    ),
    "AggregationLevelList": nomenclature("fr", ('LevelList count="1"', 'LevelList count="x"')),
    "ClassificationNodeChildList": classification(
        "fr", ('NodeChildList count="2"', 'NodeChildList count="9"')
    ),
    "ClassificationNodeRootList": classification(
        "fr", ('NodeRootList count="1"', 'NodeRootList count="0"')
    ),
}


@pytest.mark.parametrize("element", WRONG_COUNTS)
def test_declared_counts(tmp_path: Path, element: str) -> None:
    data = WRONG_COUNTS[element]
    error = refused_bytes(tmp_path, data, "count-mismatch")
    assert f"<{element}>" in error.message.fr
    assert "--force" in error.message.en
    _, report = load_bytes(tmp_path, data, options=Options(force=True))
    (noted,) = (each for each in report.oddities if each.key == "count-accepted")
    assert (noted.file, noted.line) == ("0.xml", error.line)
    assert [check.key for check in report.failed if check.key == "declared-counts"]


def test_a_code_twice_in_a_file(tmp_path: Path) -> None:
    data = nomenclature("fr", (entity("8"), entity("8") + entity("8")))
    first = line_of(data, '<Disorder id="98">')
    error = refused_bytes(tmp_path, data, "duplicate-code", first + entity("8").count("\n"))
    assert f"(déjà ligne {first})" in error.message.fr


@pytest.mark.parametrize("element", ["OrphaCode", "Name", "FlagValue", "ClassificationLevel"])
def test_missing_in_an_entity(tmp_path: Path, element: str) -> None:
    part = re.compile(rf"\s*<{element}\b.*?</{element}>", re.DOTALL)
    data = nomenclature("fr", (entity("8"), part.sub("", entity("8"), count=1)))
    line = line_of(data, '<Disorder id="98">')
    error = refused_bytes(tmp_path, data, "missing-element", line)
    assert f"<{element}>" in error.message.fr


@pytest.mark.parametrize("element", ["FlagValue", "ClassificationLevel"])
def test_missing_in_the_first_entity(tmp_path: Path, element: str) -> None:
    """A nomenclature file is recognised although its first entity is incomplete."""
    data = nomenclature("fr", (f"<{element}", "<Other"), (f"</{element}", "</Other"))
    refused_bytes(tmp_path, data, "missing-element")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("<FlagValue>8449<", "<FlagValue>4<"), "FlagValue"),
        (("<FlagValue>8449<", "<FlagValue>active<"), "FlagValue"),
        (('<DisorderType id="21394">', '<DisorderType id="1">'), "DisorderType"),
        (('<ClassificationLevel id="36547">', "<ClassificationLevel>"), "ClassificationLevel"),
        (('AssociationType id="21471">', 'AssociationType id="0">'), "AssociationType"),
        (('<Name lang="fr">Arach', '<Name lang="français">Arach'), "lang"),
        (('<Name lang="fr">Arach', "<Name>Arach"), "lang"),
        (("<OrphaCode>8</OrphaCode>", "<OrphaCode>huit</OrphaCode>"), "ORPHAcode"),
    ],
)
def test_unknown_values(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    assert change[0] in entity("8")
    data = nomenclature("fr", (entity("8"), entity("8").replace(*change)))
    error = refused_bytes(tmp_path, data, "bad-value")
    assert says in error.message.en
    start = line_of(data, '<Disorder id="98">')
    assert start <= (error.line or 0) < start + entity("8").count("\n")


def test_an_empty_synonym(tmp_path: Path) -> None:
    data = nomenclature("fr", (">MFS</Synonym>", "> </Synonym>"))
    refused_bytes(tmp_path, data, "bad-value", line_of(data, "> </Synonym>"))


@pytest.mark.parametrize(
    "change",
    [
        (("<OrphaCode>1</OrphaCode>", "")),
        (('<Name lang="fr">Cardiopathie rare</Name>', '<Name lang="fr"/>')),
        (('<Name lang="fr">Cardiopathies rares</Name>', "")),
    ],
    ids=["code", "name of an entity", "name of the classification"],
)
def test_missing_in_a_classification(tmp_path: Path, change: tuple[str, str]) -> None:
    refused_bytes(tmp_path, classification("fr", change), "missing-element")


def test_a_node_without_entity_below_the_root(tmp_path: Path) -> None:
    text = classification().decode("ISO-8859-1")
    start = text.index('<Disorder id="92">')
    node = text[start : text.index("</Disorder>", start) + len("</Disorder>")]
    refused_bytes(tmp_path, classification("fr", (node, "")), "missing-element")


@pytest.mark.parametrize("number", ["", "cardiac", "1" * 5000])
def test_the_number_of_a_classification(tmp_path: Path, number: str) -> None:
    change = ('<Classification id="146">', f'<Classification id="{number}">')
    refused_bytes(tmp_path, classification("fr", change), "bad-value")


def test_two_classifications_in_a_file(tmp_path: Path) -> None:
    text = classification().decode("ISO-8859-1")
    one = text[text.index("    <Classification id") : text.index("  </ClassificationList>")]
    data = classification(
        "fr", (one, one + one), ('<ClassificationList count="1"', '<ClassificationList count="2"')
    )
    refused_bytes(tmp_path, data, "bad-value")


def test_a_cycle(tmp_path: Path) -> None:
    """Entity 99, below 2, is called 1 there."""
    data = classification().replace(b"<OrphaCode>99<", b"<OrphaCode>1<")
    error = refused_bytes(tmp_path, data, "cycle")
    assert "558" in error.message.fr
    assert " > " in error.message.en


def test_a_cycle_over_two_classifications(tmp_path: Path) -> None:
    one = write(tmp_path / "one.xml", classification())
    other = classification("fr", ('<Classification id="146">', '<Classification id="147">'))
    swapped = other.replace(b"<OrphaCode>2<", b"<OrphaCode>x<").replace(
        b"<OrphaCode>558<", b"<OrphaCode>2<"
    )
    two = write(tmp_path / "two.xml", swapped.replace(b"<OrphaCode>x<", b"<OrphaCode>558<"))
    refused([one, two], "cycle", names=one)
    refused([two, one], "cycle", names=two)


def test_a_redirection_to_nowhere(tmp_path: Path) -> None:
    data = nomenclature("fr", (entity("8"), entity("8").replace(">558<", ">559<")))
    error = refused_bytes(
        tmp_path, data, "redirection-nowhere", line_of(data, '<Disorder id="98">')
    )
    assert "ORPHA:8 " in error.message.fr
    assert "ORPHA:559" in error.message.en


# --- Hostile XML --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["general", "parameter", "dtd", "public"])
def test_an_external_entity_is_not_read(tmp_path: Path, kind: str) -> None:
    canary = write(tmp_path / "canary", b"the canary sings")
    declaration = {
        "general": f'<!DOCTYPE JDBOR [<!ENTITY e SYSTEM "{canary.as_uri()}">]>',
        "parameter": f'<!DOCTYPE JDBOR [<!ENTITY % e SYSTEM "{canary.as_uri()}"> %e;]>',
        "dtd": f'<!DOCTYPE JDBOR SYSTEM "{canary.as_uri()}">',
        "public": f'<!DOCTYPE JDBOR PUBLIC "-//x//EN" "{canary.as_uri()}">',
    }[kind]
    text = nomenclature().decode("ISO-8859-1").replace("<JDBOR", f"{declaration}\n<JDBOR", 1)
    if kind == "general":
        text = text.replace("Syndrome de Marfan", "&e;")
    opened = canary.stat().st_atime_ns
    error = refused_bytes(tmp_path, text.encode("ISO-8859-1"), "doctype", 1)
    assert canary.stat().st_atime_ns == opened
    assert "canary" not in str(error).replace(str(tmp_path), "")


def test_billion_laughs(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
    )
    data = f"{XML}<!DOCTYPE JDBOR [{entities}]><JDBOR><DisorderList>&a9;</DisorderList></JDBOR>"
    refused_bytes(tmp_path, data.encode(), "doctype", 1)


def test_a_doctype_in_utf_16(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE JDBOR [{"<!-- -->" * 9}]><JDBOR/>'
    refused_bytes(tmp_path, text.encode("utf-16"), "doctype", 1)


def test_very_deep_nesting(tmp_path: Path) -> None:
    data = f"{XML}<JDBOR><ClassificationList>{'<ClassificationNode>' * 100_000}".encode()
    refused_bytes(tmp_path, data + b"</JDBOR>", "bad-xml")


# --- Several files ------------------------------------------------------------------------------


def test_two_years(tmp_path: Path) -> None:
    older = nomenclature("en", ('ExtractionDate="2023', 'ExtractionDate="2022'))
    fr, en = write(tmp_path / "fr.xml", nomenclature()), write(tmp_path / "en.xml", older)
    for paths in ([fr, en], [en, fr]):
        error = refused(paths, "two-years", names=en)
        assert "(2022: " in error.message.fr
        assert f"2023: {fr.name})" in error.message.en


@pytest.mark.parametrize("date", ["2023-02-30", "June 2023"])
def test_a_date_that_is_none(tmp_path: Path, date: str) -> None:
    data = nomenclature("fr", ('ExtractionDate="2023-06-21 18:14:45"', f'date="{date}"'))
    refused_bytes(tmp_path, data, "bad-value", 1)


def test_no_date_at_all(tmp_path: Path) -> None:
    data = nomenclature(form=Form(date_attribute=None))
    path = write(tmp_path / "fr.xml", data)
    error = refused(path, "no-date", names=path)
    assert "--release" in error.message.fr
    for bad in ("draft", "20", "²⁰²³"):
        refused(path, "no-date", names=path, options=Options(release=bad))
    snapshot, _ = loaders.load([path], Options(release="2023.4"))
    assert (snapshot.release.id, snapshot.release.date.isoformat()) == ("2023.4", "2023-01-01")


@pytest.mark.parametrize("data", [nomenclature(), classification()], ids=["names", "tree"])
def test_two_files_of_the_same_kind(tmp_path: Path, data: bytes) -> None:
    one = write(tmp_path / "one.xml", data)
    two = write(tmp_path / "two.xml", data.replace("é".encode("ISO-8859-1"), b"e") + b"\n")
    with pytest.raises(Refused) as caught:
        loaders.load([one, two])
    assert caught.value.reason == "same-file-twice"
    for text in caught.value.message:
        assert one.name in text
        assert two.name in text


def test_the_same_file_twice_is_noted(tmp_path: Path) -> None:
    once, _ = load_bytes(tmp_path, nomenclature())
    snapshot, report = load_bytes(tmp_path, nomenclature(), nomenclature())
    assert snapshot.concepts == once.concepts
    (noted,) = (each for each in report.oddities if each.key == "same-file-again")
    assert noted.file == "1.xml"
    assert "0.xml" in noted.message.fr
    assert len(report.files) == 1


def test_a_classification_with_unknown_codes(tmp_path: Path) -> None:
    """One of the ten codes that are named."""
    tree = classification().replace(b"<OrphaCode>2<", b"<OrphaCode>22<")
    paths = [write(tmp_path / "fr.xml", nomenclature()), write(tmp_path / "tree.xml", tree)]
    below = Options(max_unknown=0.09)
    error = refused(paths, "unknown-codes", names="tree.xml", options=below)
    assert "1 codes sur 10 (10%, seuil 9%)" in error.message.fr
    assert ": 22; " in error.message.en
    snapshot, report = loaders.load(paths, Options(max_unknown=0.1))
    assert "22" not in snapshot
    assert set(snapshot.classifications["146"].roots) == {"1", "40"}
    (noted,) = (each for each in report.oddities if each.key == "unknown-code")
    assert (noted.orpha, noted.line) == ("22", line_of(tree, "<OrphaCode>22<") - 1)
    (check,) = (check for check in report.checks if check.key == "known-codes")
    assert (check.passed, check.examples) == (False, ("22",))
