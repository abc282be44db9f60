"""The builders write what Orphanet would: these tests read it back with lxml alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.packs.demonstration import (
    DEMONSTRATION_2022,
    DEMONSTRATION_2023,
    FOLDER,
    demonstration_files,
)
from tests.packs.displays import DEPRECATED, GROUP, OBSOLETE, OBSOLETE_WITHOUT_STATUS
from tests.packs.model import Classification, Entity, Node, Pack, moved_to, referred_to, tree
from tests.packs.random_packs import random_pack
from tests.packs.writer import Form, classification_xml, nomenclature_xml, write_pack, zip_pack

EDGES = (("1", "2"), ("1", "3"), ("2", "558"), ("3", "558"))

CLASSIFICATION = Classification("146", "156265", {"en": "Hearts"}, (tree("1", EDGES),), "hearts")

PACK = Pack(
    entities=(
        Entity("558", {"fr": "Syndrome de Marfan", "en": "Marfan"}, {"fr": ("MFS", "A & <B>")}),
        Entity("9", {"fr": "OBSOLETE : α"}, flag=OBSOLETE, redirection=referred_to("558")),
        Entity("8", {"fr": "Ancien"}, flag=DEPRECATED, redirection=moved_to("558")),
        Entity("7", {"fr": "Sans statut"}, flag=OBSOLETE_WITHOUT_STATUS, aggregation=None),
        Entity("1", {"fr": "Cœur"}, level_id=GROUP, definitions={"fr": "<i>Texte</i>"}),
    ),
    classifications=(CLASSIFICATION,),
)


def disorders(content: bytes) -> dict[str, etree._Element]:
    root = etree.fromstring(content)
    return {each.findtext("OrphaCode") or "": each for each in root.iterfind("DisorderList/*")}


def seen(element: etree._Element, path: str) -> str:
    """What an XPath finds first, as text."""
    return str(element.xpath(f"string({path})"))


def test_every_declared_count_is_right() -> None:
    for content in (nomenclature_xml(PACK, "fr"), classification_xml(PACK, CLASSIFICATION, "fr")):
        for element in etree.fromstring(content).iter():
            if "count" in element.attrib:
                assert int(element.attrib["count"]) == len(element), element.tag


def test_an_entity_has_its_labels_with_their_true_language() -> None:
    marfan = disorders(nomenclature_xml(PACK, "fr"))["558"]
    assert [each.text for each in marfan.iter("Synonym")] == ["MFS", "A & <B>"]
    assert marfan.findtext("AggregationLevelSection//OrphaCode") == "558"
    english = disorders(nomenclature_xml(PACK, "en"))
    assert [seen(each, "Name/@lang") for each in english.values()] == ["en", *["fr"] * 4]


def test_a_redirection_stands_on_both_sides() -> None:
    by_code = disorders(nomenclature_xml(PACK, "fr"))
    [link] = by_code["8"].iter("DisorderDisorderAssociation")
    assert link.findtext("TargetDisorder/OrphaCode") == "558"
    assert seen(link, "RootDisorder/@cycle") == "true"
    mirrors = list(by_code["558"].iter("DisorderDisorderAssociation"))
    assert [each.findtext("RootDisorder/OrphaCode") for each in mirrors] == ["8", "9"]
    assert all(seen(each, "TargetDisorder/@cycle") == "true" for each in mirrors)
    kinds = [seen(each, "DisorderDisorderAssociationType/@id") for each in mirrors]
    assert kinds == ["21471", "27341"]


def test_parts_that_an_entity_may_lack() -> None:
    by_code = disorders(nomenclature_xml(PACK, "fr"))
    assert by_code["7"].find("Totalstatus") is None
    assert by_code["7"].find("AggregationLevelSection") is None
    assert by_code["558"].find("SummaryInformationList") is None
    assert by_code["1"].findtext(".//Contents") == "<i>Texte</i>"
    status = by_code["1"].findtext("AggregationLevelSection/AggregationLevelStatus")
    assert status == "Not applicable"


def test_a_poly_hierarchy_becomes_a_tree_with_repeated_subtrees() -> None:
    content = classification_xml(PACK, CLASSIFICATION, "fr")
    codes = [each.text for each in etree.fromstring(content).iter("OrphaCode")]
    assert codes == ["1", "2", "558", "3", "558"]


def test_a_root_may_have_no_entity() -> None:
    bare = Classification("235", "616871", {"en": "None"}, (Node(None, (Node("558"),)),))
    root = etree.fromstring(classification_xml(PACK, bare, "fr"))
    assert seen(root, "count(.//ClassificationNodeRootList/ClassificationNode/Disorder)") == "0"
    assert seen(root, ".//OrphaCode") == "558"


@pytest.mark.parametrize(
    ("form", "present", "absent"),
    [
        (Form(), b'encoding="ISO-8859-1"', b"OrphaNumber>558"),
        (Form(encoding="UTF-8"), b'encoding="UTF-8"', b"ISO-8859-1"),
        (Form(code_tag="OrphaNumber"), b"<OrphaNumber>558", b"OrphaCode"),
        (Form(date_attribute="date"), b'<JDBOR date="2023', b"ExtractionDate"),
        (Form(date_attribute=None), b"<JDBOR version=", b"2023-06-21"),
        (Form(licence=False), b"<JDBOR", b"Licence"),
        (Form(types_in_classifications=False), b"<Disorder ", b"DisorderType"),
    ],
)
def test_forms_of_a_classification(form: Form, present: bytes, absent: bytes) -> None:
    content = classification_xml(PACK, CLASSIFICATION, "fr", form=form)
    assert present in content
    assert absent not in content


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8"])
def test_labels_survive_the_encoding(encoding: str) -> None:
    form = Form(encoding="UTF-8" if encoding == "UTF-8" else "ISO-8859-1", crlf=True)
    content = nomenclature_xml(PACK, "fr", form=form)
    assert content.count(b"\r\n") == content.count(b"\n")
    assert disorders(content)["9"].findtext("Name") == "OBSOLETE : α"
    assert disorders(content)["1"].findtext("Name") == "Cœur"


def test_folders_and_zips_have_the_official_names(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, PACK, "fr", form=Form(year_in_names=False))
    names = sorted(str(path.relative_to(tmp_path)) for path in folder.rglob("*.xml"))
    assert names == [
        "Orphanet_Nomenclature_Pack_FR/Classifications/ORPHAclassification_146_hearts_fr.xml",
        "Orphanet_Nomenclature_Pack_FR/ORPHAnomenclature_fr.xml",
    ]
    first = zip_pack(tmp_path / "1.zip", PACK, "fr").read_bytes()
    assert zip_pack(tmp_path / "2.zip", PACK, "fr").read_bytes() == first


def edges(classification: Classification) -> Iterator[tuple[str | None, str | None]]:
    pending = list(classification.roots)
    while pending:
        node = pending.pop()
        for child in node.children:
            yield node.code, child.code
            pending.append(child)


def assert_sound(pack: Pack) -> None:
    by_code = {each.code: each for each in pack.entities}
    assert len(by_code) == len(pack.entities)
    placed = {code for each in pack.classifications for edge in edges(each) for code in edge}
    assert placed - {None} == {each.code for each in pack.entities if each.active}
    for lang in ("fr", "en"):
        assert len({each.names[lang] for each in pack.entities}) == len(by_code)
    for each in pack.entities:
        assert each.redirection is None or by_code[each.redirection[1]].active
        assert each.counted_as in {None, "not applicable", *by_code}


def test_a_random_pack_is_sound_and_repeatable() -> None:
    pack = random_pack(2000, classifications=5, seed=7)
    assert len(pack.entities) == 2000
    assert_sound(pack)
    assert random_pack(2000, classifications=5, seed=7) == pack
    assert random_pack(2000, classifications=5, seed=8) != pack


@pytest.mark.parametrize("pack", [DEMONSTRATION_2022, DEMONSTRATION_2023])
def test_the_demonstration_is_sound(pack: Pack) -> None:
    assert_sound(pack)


def test_the_demonstration_on_disk_is_what_the_table_gives() -> None:
    wanted = dict(demonstration_files())
    found = {path.relative_to(FOLDER) for path in FOLDER.rglob("*.xml")}
    assert found == set(wanted)
    for name, content in wanted.items():
        assert (FOLDER / name).read_bytes() == content, name
