"""Product 1 and the ICD mappings, written here in their official form."""

from __future__ import annotations

import pytest

from loaders.orphanet.crossreference import read_references
from loaders.orphanet.sniffing import read_file
from loaders.related import Reading, RelatedFile
from loaders.report import tally
from ontologies.alignment import Alignment, IcdRelation, Relation
from ontologies.errors import Refused
from ontologies.systems import Coding
from tests.loaders.small import PACK, changed, line_of
from tests.packs.markup import Form
from tests.packs.products import (
    ATTRIBUTED,
    EXACT,
    INCLUSION,
    INDEX,
    NARROWER,
    NOT_VALIDATED,
    SPECIFIC,
    Kind,
    Reference,
    references_xml,
)

ICD11 = Reference("ICD-11", "LD28.01", EXACT, SPECIFIC, uri="1048292217")
MARFAN = (
    Reference("OMIM", "154700"),
    Reference("ICD-10", "Q87.4", NARROWER, INDEX, NOT_VALIDATED),
    ICD11,
    Reference("UMLS", "C0024796"),
    Reference("MeSH", "D008382"),
    Reference("MedDRA", "10026829"),
    Reference("GARD", "0006975"),
    Reference("MONDO", "0007947"),
)
REFERENCES = {
    "558": MARFAN,
    "40": (
        Reference("ICD-10", "I51.8+", ("1", "ND (not yet)"), ATTRIBUTED, None),
        Reference("OMIM", "PS154700", ("2", "BTNT (Broader)")),
    ),
    "9": (Reference("OMIM", "600000", ("3", "W (Wrong)")),),  # obsolete
    "1": (),
}
MARFAN_CODING = Coding("orpha", "558")


def read(data: bytes, name: str = "any.xml") -> RelatedFile:
    """As a caller would, who does not know what the file is."""
    parsed = read_file(name, data)
    assert isinstance(parsed, RelatedFile)
    return parsed


def refused(data: bytes, reason: str, line: int | None) -> Refused:
    with pytest.raises(Refused) as caught:
        read_file("product.xml", data)
    assert (caught.value.reason, caught.value.line) == (reason, line), caught.value.message.en
    assert caught.value.file == "product.xml"
    assert caught.value.message.fr != caught.value.message.en
    return caught.value


def test_product1() -> None:
    parsed = read(references_xml(PACK, REFERENCES))
    assert parsed.dataset == "orphanet-references"
    assert (parsed.source.date, parsed.source.lang, parsed.source.licence) == (
        "2023-06-21",
        "en",
        "CC-BY-4.0",
    )
    assert parsed.ends == {"orpha": "2023"}
    assert parsed.findings == ()
    found = {each.object: each for each in parsed.alignments if each.subject == MARFAN_CODING}
    assert list(found) == [
        Coding("omim", "154700"),
        Coding("icd-10", "Q87.4"),
        Coding("icd-11", "LD28.01"),
        Coding("umls", "C0024796"),
        Coding("mesh", "D008382"),
        Coding("meddra", "10026829"),
        Coding("gard", "0006975"),
        Coding("mondo", "MONDO:0007947"),
    ]
    assert found[Coding("omim", "154700")] == Alignment(
        MARFAN_CODING, Coding("omim", "154700"), Relation.EXACT, validated=True
    )
    assert found[Coding("icd-10", "Q87.4")] == Alignment(
        MARFAN_CODING,
        Coding("icd-10", "Q87.4"),
        Relation.NARROWER,
        icd_relation=IcdRelation.INDEX,
        validated=False,
    )
    assert found[Coding("icd-11", "LD28.01")] == Alignment(
        MARFAN_CODING,
        Coding("icd-11", "LD28.01"),
        Relation.EXACT,
        icd_relation=IcdRelation.SPECIFIC,
        validated=True,
        uri="http://id.who.int/icd/entity/1048292217",
    )
    assert found[Coding("mondo", "MONDO:0007947")].written is None


def test_counts() -> None:
    parsed = read(references_xml(PACK, REFERENCES))
    assert parsed.counts == {
        "disorders": 4,
        "disorders_with_references": 3,
        "references": 11,
        "references_gard": 1,
        "references_icd-10": 2,
        "references_icd-11": 1,
        "references_meddra": 1,
        "references_mesh": 1,
        "references_mondo": 1,
        "references_omim": 3,
        "references_umls": 1,
    }


def test_relations_by_the_key_of_their_name_marks_and_missing_validation() -> None:
    parsed = read(references_xml(PACK, REFERENCES))
    relations = {each.object.code: each.relation for each in parsed.alignments}
    assert relations["I51.8"] is Relation.UNDECIDED
    assert relations["PS154700"] is Relation.BROADER
    assert relations["600000"] is Relation.WRONG
    (heart,) = (each for each in parsed.alignments if each.object.code == "I51.8")
    assert (heart.written, heart.icd_relation) == ("I51.8+", IcdRelation.ATTRIBUTED)
    assert heart.validated is None


@pytest.mark.parametrize(
    ("references", "dataset"),
    [
        ([Reference("ICD-10", "Q87.4", NARROWER, INCLUSION)], "orphanet-icd10"),
        ([ICD11], "orphanet-icd11"),
        ([ICD11, Reference("ICD-10", "Q87.4")], "orphanet-references"),
        ([Reference("OMIM", "154700")], "orphanet-references"),
    ],
)
def test_which_of_the_three_by_the_systems_alone(references: list[Reference], dataset: str) -> None:
    parsed = read(references_xml(PACK, {"558": references}), "en_product6.xml")
    assert (parsed.dataset, parsed.source.kind) == (dataset, dataset)


def test_languages_give_the_same_alignments() -> None:
    """German names of relations have no key: the numbers tell."""
    german = (21527, "Genaues Mapping"), (21534, "Enger")
    one = {"558": [Reference("OMIM", "1", EXACT), Reference("MeSH", "D1", NARROWER)]}
    other = {"558": [Reference("OMIM", "1", german[0]), Reference("MeSH", "D1", german[1])]}
    form = Form(encoding="UTF-8", date_attribute="date")
    french, german_file = (
        read(references_xml(PACK, each, lang, form)) for each, lang in ((one, "fr"), (other, "de"))
    )
    assert french.alignments == german_file.alignments
    assert (french.source.lang, german_file.source.lang) == ("fr", "de")


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        (("9", "NTBT/E (Narrower, exact with a synonym)"), Relation.NARROWER),
        (("9", "BTNT/E (Broader, exact with a synonym)"), Relation.BROADER),
        (("9", "W/E"), Relation.WRONG),
    ],
)
def test_old_relations_by_a_synonym_are_noted(kind: Kind, relation: Relation) -> None:
    parsed = read(references_xml(PACK, {"558": [Reference("OMIM", "154700", kind)]}))
    assert [each.relation for each in parsed.alignments] == [relation]
    (noted,) = parsed.findings
    assert (noted.key, noted.orpha) == ("relation-by-synonym", "558")
    assert noted.values["kept"] == relation.key


@pytest.mark.parametrize("name", ["Genaues Mapping", "", "Exact", "Enger (E)", "NTBTX (x)"])
def test_an_unknown_relation_is_refused(name: str) -> None:
    data = references_xml(PACK, {"558": [Reference("OMIM", "154700", ("99", name))]})
    error = refused(data, "unknown-relation", line_of(data, "<DisorderMappingRelation"))
    assert "99" in error.message.en
    assert "French and English" in error.message.en


def test_a_relation_without_a_number_of_its_own_is_not_found_by_one() -> None:
    data = references_xml(PACK, {"558": [Reference("OMIM", "154700", ("None", "Weiter"))]})
    refused(data, "unknown-relation", line_of(data, "<DisorderMappingRelation"))


def test_codes_that_fit_no_form_are_kept_and_noted() -> None:
    references = [Reference("ICD-10", "A18.0,"), Reference("ICD-10", "Q65-Q79"), MARFAN[0]]
    parsed = read(references_xml(PACK, {"558": references}))
    assert [each.object.code for each in parsed.alignments] == ["A18.0,", "Q65-Q79", "154700"]
    assert [(each.key, each.orpha, each.values["value"]) for each in parsed.findings] == [
        ("unfit-code", "558", "A18.0,"),
    ]


def test_an_unknown_system_is_kept_and_noted_once() -> None:
    strange = [Reference("New Base", "x1"), Reference("New Base", "x2")]
    parsed = read(references_xml(PACK, {"558": [*strange, Reference("SNOMED CT", "19346006")]}))
    assert [each.object for each in parsed.alignments] == [
        Coding("new-base", "x1"),
        Coding("new-base", "x2"),
        Coding("snomed-ct", "19346006"),
    ]
    assert [(each.key, each.values["source"]) for each in parsed.findings] == [
        ("unknown-source", "New Base")
    ]


def test_a_reference_given_twice() -> None:
    data = references_xml(PACK, {"558": [MARFAN[0], MARFAN[0]]})
    parsed = read(data)
    assert len(parsed.alignments) == 1
    assert parsed.counts["references_omim"] == 2
    (noted,) = parsed.findings
    assert (noted.key, noted.values["first"]) == (
        "repeated-row",
        line_of(data, '<ExternalReference id="7"'),
    )


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("12", "http://id.who.int/icd/entity/12"),
        ("https://id.who.int/icd/entity/12", "https://id.who.int/icd/entity/12"),
        ("N/A", None),
        ("", None),
    ],
)
def test_addresses_in_the_foundation(uri: str, address: str | None) -> None:
    references = {"558": [Reference("ICD-11", "LD28.01", uri=uri)]}
    (alignment,) = read(references_xml(PACK, references)).alignments
    assert alignment.uri == address


FILE = references_xml(PACK, REFERENCES)


@pytest.mark.parametrize(
    ("old", "new", "reason", "at"),
    [
        ("<OrphaCode>558<", "<OrphaCode>0<", "bad-value", '<Disorder id="9558"'),
        ("<OrphaCode>40<", "<OrphaCode>558<", "duplicate-code", '<Disorder id="940"'),
        ('List count="8"', 'List count="9"', "count-mismatch", '<ExternalReferenceList count="'),
        ('DisorderList count="4"', 'DisorderList count="5"', "count-mismatch", "<DisorderList"),
        ("<Source>OMIM</Source>", "", "missing-element", "<ExternalReference id"),
        ("<Reference>154700</Reference>", "", "missing-element", "<ExternalReference id"),
        ('DisorderMappingICDRelation id="21597"', 'DisorderMappingICDRelation id="5"',
         "bad-value", 'ICDRelation id="5"'),
        ("2023-06-21 18", "2023-13-21 18", "bad-value", "<?xml"),
        ("<Reference>154700<", "<Reference>&xx;<", "bad-xml", "&xx;"),
    ],
)  # fmt: skip
def test_damage(old: str, new: str, reason: str, at: str) -> None:
    data = changed(FILE, "ISO-8859-1", (old, new))
    refused(data, reason, line_of(data, at))


def test_a_reference_to_no_orphacode() -> None:
    data = references_xml(PACK, {"558": [Reference("ORPHA", "none")]})
    refused(data, "bad-value", line_of(data, "<ExternalReference id"))


def test_a_missing_relation() -> None:
    data = FILE.replace(b"DisorderMappingRelation", b"Other")
    refused(data, "missing-element", line_of(data, "<ExternalReference id"))


def test_a_truncated_file() -> None:
    cut = FILE[: FILE.index(b"<Reference>C0024796")]
    refused(cut, "truncated-xml", cut.count(b"\n") + 1)


def test_another_encoding_than_declared() -> None:
    data = FILE.replace(b'encoding="ISO-8859-1"', b'encoding="UTF-8"').replace(b"MFS", b"\xe9")
    accented = data.replace(b"Marfan syndrome", b"Marfan \xe9", 1)
    refused(accented, "bad-xml", line_of(accented, "Marfan"))


def test_no_references_at_all() -> None:
    refused(references_xml(PACK, {"558": ()}), "nothing-inside", None)


def test_force_accepts_counts_and_notes_them() -> None:
    data = changed(FILE, "ISO-8859-1", ('DisorderList count="4"', 'DisorderList count="9"'))
    for parsed in (
        read_references("a.xml", data, Reading(force=True)),
        read_file("a.xml", data, force=True),
    ):
        assert isinstance(parsed, RelatedFile)
        assert tally(parsed.findings) == {"count-accepted": 1}
        assert len(parsed.alignments) == 11


def test_lines_far_down() -> None:
    """libxml2 keeps 16 bits of a line; beyond, it looks at the text nearby and may be one off."""
    data = references_xml(PACK, {"558": [Reference("OMIM", "1", ("9", "?"))]})
    data = data.replace(b"<DisorderList", b"\n" * 70_000 + b"<DisorderList")
    with pytest.raises(Refused) as caught:
        read_file("product.xml", data)
    line = line_of(data, '<DisorderMappingRelation id="9"')
    assert line > 70_000
    assert caught.value.line in (line, line + 1)
