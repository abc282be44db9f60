"""Ontologies in OBO."""

from __future__ import annotations

import gc
from collections.abc import Sequence

import pytest

from loaders.obo import FORMATS
from loaders.related import Sample
from loaders.report import tally
from ontologies.alignment import Alignment, Relation
from ontologies.concept import LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding
from ontologies.terminology import Term
from tests.loaders.ontology_files import OBO, english, mondo, read, refusal

MONDO = """\
format-version: 1.2
data-version: mondo/releases/2024-02-06/mondo.obo
synonymtypedef: layperson "layperson term"
ontology: mondo
property_value: terms:license https://creativecommons.org/licenses/by/4.0/
"""
DISEASE = "[Term]\nid: MONDO:0000001\nname: disease"
MARFAN = r"""[Term]
id: MONDO:0007947
name: Marfan  syndrome
alt_id: MONDO:0000222
alt_id: MONDO:0000111
def: "A disease, said \"connective\",\nof tissue." [PMID:1]
synonym: "Marfan syndrome" EXACT []
synonym: "MFS" EXACT layperson [OMIM:154700]
synonym: "arachnodactyly disease" RELATED []
synonym: "arachnodactyly disease" NARROW []
synonym: "connective disease" BROAD []
xref: Orphanet:558 {source="MONDO:equivalentTo"}
xref: OMIM:154700
xref: ICD-10:Q87.4+
xref: http://example.org/marfan
xref: PMID:12345
xref: ORCID:0000-0001-2345-6789
xref: MONDO:0000003
xref: XX:someone
xref: SCDO:0000012
is_a: MONDO:0000001 ! disease
property_value: exactMatch Orphanet:558
property_value: skos:broadMatch http://identifiers.org/hgnc/3603
property_value: http://www.w3.org/2004/02/skos/core#narrowMatch UMLS:C0024796
property_value: skos:closeMatch MESH:D008382
property_value: skos:relatedMatch DOID:14323
property_value: skos:exactMatch http://example.org/marfan
property_value: terms:creator https://orcid.org/0000-0001-2345-6789
equivalent_to: NCIT:C34807"""
OBSOLETE = """[Term]
id: MONDO:0000003
name: obsolete glass heart
is_obsolete: true
replaced_by: MONDO:0007947
consider: MONDO:0000001
consider: HP:0001166"""
FOREIGN = "[Term]\nid: HP:0001166\nname: Arachnodactyly\nxref: UMLS:C0003706"


def obo(*frames: str, header: str = MONDO) -> bytes:
    return ("\n\n".join((header.rstrip("\n"), *frames)) + "\n").encode()


def test_header() -> None:
    parsed = read(OBO, obo(DISEASE))
    assert parsed.dataset == "mondo"
    source = parsed.source
    assert (source.kind, source.lang, source.licence) == ("obo", "en", "CC-BY-4.0")
    assert (source.version, source.date) == ("2024-02-06", "2024-02-06")


@pytest.mark.parametrize(
    ("said", "version", "date"),
    [
        ("data-version: hp/releases/2025-01-16", "2025-01-16", "2025-01-16"),
        ("data-version: releases/4.1/onto.owl", "4.1", None),
        ('property_value: owl:versionInfo "4.5" xsd:string', "4.5", None),
        ("date: 16:01:2025 09:30", None, "2025-01-16"),
        ("data-version: 4.5\ndate: 16:01:2025 09:30", "4.5", "2025-01-16"),
        ("data-version: fresh", "fresh", None),
        ("remark: none", None, None),
    ],
)
def test_versions(said: str, version: str | None, date: str | None) -> None:
    source = read(OBO, obo(DISEASE, header=f"format-version: 1.2\n{said}\nontology: mondo")).source
    assert (source.version, source.date, source.licence) == (version, date, None)


@pytest.mark.parametrize(
    ("ontology", "dataset"),
    [
        ("mondo", "mondo"),
        ("mondo.obo", "mondo"),
        ("hp.obo", "hpo"),
        ("http://purl.obolibrary.org/obo/hp/hp-base.owl", "hp-base"),
        ("mondo/subsets/My_Rare.obo", "my-rare"),
    ],
)
def test_keys_of_datasets(ontology: str, dataset: str) -> None:
    header = f"format-version: 1.2\nontology: {ontology}"
    assert read(OBO, obo(DISEASE, header=header)).dataset == dataset
    assert read(OBO, obo(DISEASE, header=header), "mine").dataset == "mine"


def test_terms() -> None:
    parsed = read(OBO, obo(DISEASE, MARFAN, OBSOLETE, FOREIGN))
    preferred, synonym = LabelKind.PREFERRED, LabelKind.SYNONYM
    assert parsed.terms == (
        Term(mondo(1), (english(preferred, "disease"),)),
        Term(
            mondo(3),
            (english(preferred, "glass heart", raw="obsolete glass heart"),),
            obsolete=True,
            replaced_by=("MONDO:0007947",),
            consider=("MONDO:0000001",),
        ),
        Term(
            mondo(7947),
            (
                english(preferred, "Marfan syndrome", raw="Marfan  syndrome"),
                english(synonym, "MFS", "exact"),
                english(synonym, "arachnodactyly disease", "narrow"),
                english(synonym, "connective disease", "broad"),
            ),
            (("en", 'A disease, said "connective", of tissue.'),),
            parents=("MONDO:0000001",),
            alternates=("MONDO:0000111", "MONDO:0000222"),
        ),
    )
    (repair,) = parsed.findings
    assert (repair.key, repair.concept) == ("extra-spaces", "MONDO:0007947")


def test_alignments() -> None:
    parsed = read(OBO, obo(DISEASE, MARFAN, OBSOLETE, FOREIGN))
    marfan = mondo(7947)
    assert set(parsed.alignments) == {
        Alignment(marfan, Coding("orpha", "558"), Relation.EXACT),
        Alignment(marfan, Coding("ncit", "C34807"), Relation.EXACT),
        Alignment(marfan, Coding("hgnc", "HGNC:3603"), Relation.NARROWER),
        Alignment(marfan, Coding("umls", "C0024796"), Relation.BROADER),
        Alignment(marfan, Coding("mesh", "D008382"), Relation.UNSPECIFIED),
        Alignment(marfan, Coding("doid", "DOID:14323"), Relation.UNDECIDED),
        Alignment(marfan, Coding("omim", "154700"), Relation.UNSPECIFIED),
        Alignment(marfan, Coding("icd-10", "Q87.4"), written="Q87.4+"),
        Alignment(marfan, Coding("scdo", "0000012")),
    }
    assert len(parsed.alignments) == 9


def test_counts_are_those_of_the_file() -> None:
    parsed = read(OBO, obo(DISEASE, MARFAN, OBSOLETE, FOREIGN))
    assert parsed.counts == {
        "terms": 4,
        "terms_obsolete": 1,
        "terms_other_prefixes": 1,
        "links_other_prefixes": 1,
        "is_a": 1,
        "synonyms": 5,
        "synonyms_repeating": 2,
        "xrefs": 9,
        "xrefs_orpha": 1,
        "xrefs_omim": 1,
        "xrefs_icd-10": 1,
        "xrefs_mondo": 1,
        "xrefs_other_systems": 1,
        "xrefs_no_codes": 4,
        "matches": 7,
        "matches_no_codes": 1,
        "matches_doid": 1,
        "matches_hgnc": 1,
        "matches_mesh": 1,
        "matches_ncit": 1,
        "matches_orpha": 1,
        "matches_umls": 1,
        "alignments": 9,
    }


def test_line_ends_of_windows() -> None:
    data = obo(DISEASE, MARFAN, OBSOLETE)
    assert read(OBO, data.replace(b"\n", b"\r\n")).terms == read(OBO, data).terms


def test_undeclared_type_of_synonyms() -> None:
    """On such a synonym pronto stops, although it has read the file."""
    parsed = read(
        OBO, obo(DISEASE + '\nsynonym: "illness" EXACT homely []\nsynonym: "ill" EXACT odd []')
    )
    assert {label.text for label in parsed.terms[0].labels} == {"disease", "illness", "ill"}
    assert tally(parsed.findings) == {"undeclared-synonym-type": 2}
    assert {each.values["type"] for each in parsed.findings} == {"homely", "odd"}
    assert parsed.counts["synonyms"] == 2


def test_nameless_terms_are_noted() -> None:
    parsed = read(OBO, obo(DISEASE, "[Term]\nid: MONDO:0000002\nis_a: MONDO:0000001"))
    assert parsed.terms[1] == Term(mondo(2), parents=("MONDO:0000001",))
    assert [(each.key, dict(each.values)) for each in parsed.findings] == [
        ("nameless-terms", {"count": 1})
    ]


def test_several_parents_in_order() -> None:
    frames = [f"[Term]\nid: MONDO:000000{n}\nname: t{n}" for n in (9, 2, 5)]
    child = "[Term]\nid: MONDO:0000001\nname: c\nis_a: MONDO:0000009\nis_a: MONDO:0000002"
    parsed = read(OBO, obo(child, *frames, header="format-version: 1.2\nontology: mondo"))
    assert parsed.terms[0].parents == ("MONDO:0000002", "MONDO:0000009")


UNKNOWN = (
    "[Term]\nid: FOO:01\nname: one\nalt_id: FOO:09\nxref: HP:0001166",
    "[Term]\nid: FOO:02\nname: two\nis_a: FOO:01",
)


def test_an_ontology_of_an_unknown_prefix() -> None:
    parsed = read(OBO, obo(*UNKNOWN, header="format-version: 1.2\nontology: foo/bar.obo"))
    assert parsed.dataset == "bar"
    assert [term.coding for term in parsed.terms] == [
        Coding("bar", "FOO:01"),
        Coding("bar", "FOO:02"),
    ]
    assert parsed.terms[0].alternates == ("FOO:09",)
    assert parsed.terms[1].parents == ("FOO:01",)
    assert parsed.alignments == (Alignment(Coding("bar", "FOO:01"), Coding("hpo", "HP:0001166")),)


def test_an_ontology_without_a_name() -> None:
    nameless = obo(*UNKNOWN, header="format-version: 1.2")
    assert refusal(OBO, nameless) == ("no-dataset", None)
    parsed = read(OBO, nameless, "foo")
    assert (parsed.dataset, parsed.terms[0].coding) == ("foo", Coding("foo", "01"))
    known = read(OBO, obo(DISEASE, header="format-version: 1.2"), "mine")
    assert (known.dataset, known.terms[0].coding) == ("mine", mondo(1))


def test_language_of_the_header() -> None:
    parsed = read(OBO, obo(DISEASE, header=f'{MONDO}property_value: dc:language "fr" xsd:string'))
    assert (parsed.source.lang, parsed.terms[0].labels[0].lang) == ("fr", "fr")


ORDO = "format-version: 1.2\nontology: doid/imports/orphanet_import"
OLD_DISEASE = """[Term]
id: Orphanet:1
name: old name
synonym: "older" EXACT []
xref: ICD-10:E85.4+
xref: OMIM:605714
is_a: Orphanet:2"""
ORDO_FRAMES = (
    OLD_DISEASE,
    "[Term]\nid: Orphanet:2\nname: old group\nis_a: Orphanet:C001",
    "[Term]\nid: Orphanet:C001\nname: phenome",
    "[Term]\nid: Orphanet:120000\nname: a gene\nxref: HGNC:3603\nxref: OMIM:134797",
)


def test_an_import_of_ordo_gives_alignments_only() -> None:
    parsed = read(OBO, obo(*ORDO_FRAMES, header=ORDO))
    assert (parsed.dataset, parsed.terms, parsed.source.lang) == ("ordo-import", (), None)
    assert parsed.alignments == (
        Alignment(Coding("orpha", "1"), Coding("icd-10", "E85.4"), written="E85.4+"),
        Alignment(Coding("orpha", "1"), Coding("omim", "605714")),
    )
    assert parsed.counts == {
        "terms": 4,
        "terms_other_prefixes": 1,
        "terms_genes": 1,
        "synonyms": 1,
        "is_a": 2,
        "xrefs": 2,
        "xrefs_icd-10": 1,
        "xrefs_omim": 1,
        "xrefs_of_genes": 2,
        "alignments": 2,
    }
    assert [(each.key, dict(each.values)) for each in parsed.findings] == [
        ("names-not-served", {"terms": 4, "synonyms": 1, "is_a": 2})
    ]


MARFAN_EQUIVALENTS = """[Term]
id: MONDO:0007947
equivalent_to: Orphanet:558
equivalent_to: https://omim.org/entry/154700
equivalent_to: ICD10WHO:Q874"""


def test_a_list_of_equivalents() -> None:
    frames = (
        "[Term]\nid: ADRENAL:GLAND\nequivalent_to: MONDO:0000001",
        "[Term]\nid: ICD10WHO:Q874\nequivalent_to: MONDO:0007947",
        "[Term]\nid: MONDO:0000001\nequivalent_to: https://omim.org/phenotypicSeries/PS125310",
        MARFAN_EQUIVALENTS,
    )
    parsed = read(
        OBO, obo(*frames, header="format-version: 1.2\nontology: mondo/imports/equivalencies")
    )
    assert (parsed.dataset, parsed.terms) == ("mondo-equivalencies", ())
    assert set(parsed.alignments) == {
        Alignment(mondo(7947), Coding("icd-10", "Q87.4"), Relation.EXACT),
        Alignment(mondo(7947), Coding("orpha", "558"), Relation.EXACT),
        Alignment(mondo(7947), Coding("omim", "154700"), Relation.EXACT),
        Alignment(mondo(1), Coding("omim", "PS125310"), Relation.EXACT),
    }
    assert len(parsed.alignments) == 4
    assert parsed.counts == {
        "terms": 4,
        "terms_mondo": 2,
        "terms_no_codes": 1,
        "equivalents": 6,
        "equivalents_mondo": 2,
        "equivalents_icd-10": 1,
        "equivalents_omim": 2,
        "equivalents_orpha": 1,
        "alignments": 4,
    }


@pytest.mark.parametrize(
    ("frames", "reason", "line"),
    [
        ((DISEASE, DISEASE), "duplicate-term", 12),
        (
            (DISEASE, "[Term]\nid: MONDO:0000002\nname: x\nis_a: MONDO:0000009"),
            "unknown-concept",
            14,
        ),
        ((DISEASE + "\nfoo: bar", FOREIGN), "bad-ontology", 10),
        ((DISEASE + "\ndeef: bar", FOREIGN), "bad-ontology", 10),
        ((DISEASE + "\ndef: no quotes []", FOREIGN), "bad-ontology", 10),
        ((DISEASE + "\nname", FOREIGN), "bad-ontology", 10),
        ((DISEASE + "\nintersection_of: MONDO:0000001", FOREIGN), "bad-ontology", 10),
        ((DISEASE, "[Typedef]\nid: MONDO:0000001\nname: x"), "bad-ontology", 12),
        (("[Term]\nname: x\nid: MONDO:0000001", FOREIGN), "bad-ontology", 8),
        ((), "nothing-inside", None),
    ],
)
def test_damage(frames: Sequence[str], reason: str, line: int | None) -> None:
    assert refusal(OBO, obo(*frames)) == (reason, line)


def test_the_first_of_two_is_named() -> None:
    with pytest.raises(Refused) as caught:
        read(OBO, obo(DISEASE, FOREIGN, DISEASE))
    assert "MONDO:0000001" in caught.value.message.en
    assert "line 8)" in caught.value.message.en


@pytest.mark.parametrize("cut", [4, 12, 24, 34])
def test_truncated_obo(cut: int) -> None:
    """The last lines are id, name and is_a."""
    data = obo(DISEASE, "[Term]\nid: MONDO:0000002\nname: xyz\nis_a: MONDO:0000001")
    reason, line = refusal(OBO, data[:-cut])
    assert reason == "truncated-ontology"
    assert line == data[:-cut].rstrip(b"\n").count(b"\n") + 1


def test_other_encodings() -> None:
    assert refusal(OBO, obo(DISEASE).replace(b"disease", b"entit\xe9")) == ("not-text", 9)
    assert refusal(OBO, obo(DISEASE).replace(b"disease", b"dis\x00ase")) == ("not-text", 9)
    french = read(OBO, b"\xef\xbb\xbf" + obo(DISEASE.replace("disease", "entité œ")))
    assert french.terms[0].labels[0].text == "entité œ"


def test_imports_stay_closed() -> None:
    parsed = read(OBO, obo(DISEASE, header=MONDO + "import: http://127.0.0.1:9/x.obo"))
    assert len(parsed.terms) == 1


def test_the_collector_runs_again() -> None:
    read(OBO, obo(DISEASE))
    assert gc.isenabled()
    refusal(OBO, obo(DISEASE, DISEASE))
    assert gc.isenabled()


@pytest.mark.parametrize(
    "data",
    [
        b"ID\tLABEL\tSYNONYMS\nMONDO:0000001\tx\t\n",
        b"<?xml version='1.0'?>\n<JDBOR date='2023-06-21'/>",
        b'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        b'{"nodes": []}',
        b"# format-version: 1.2\n",
        b"",
    ],
)
def test_other_files_are_left_alone(data: bytes) -> None:
    assert not any(each.recognises(Sample.of("hp.obo", data)) for each in FORMATS)


def test_blank_lines_in_a_damaged_frame_do_not_make_it_endless() -> None:
    data = b"format-version: 1.2\nontology: foo\n\n[Term]\n" + b"\n" * 5000 + b"name: x\n"
    assert refusal(OBO, data)[0] == "truncated-ontology"
