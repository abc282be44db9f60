"""The table of code systems: identifiers, prefixes, and codes in every written form."""

import pytest

from ontologies.errors import InvalidCode, UnknownSystem
from ontologies.standard import ORPHA, STANDARD, CodeSystem
from ontologies.systems import CodeSystems, Coding, icd10

SYSTEMS = CodeSystems()


@pytest.mark.parametrize(
    "identifier",
    [
        "orpha",
        "ORPHANET",
        "http://www.orpha.net",
        "http://www.orpha.net/",
        "https://www.orpha.net",
        "urn:oid:1.2.250.1.213.2.49.1",
        "1.2.250.1.213.2.49.2",
        " URN:OID:1.3.6.1.4.1.12559.11.10.1.3.1.44.5 ",
    ],
)
def test_orpha_is_known_by_its_identifiers(identifier: str) -> None:
    assert ORPHA.is_named_by(identifier)
    assert SYSTEMS.named(identifier) is ORPHA


@pytest.mark.parametrize("identifier", ["", "urn:oid:", "1.2.250.1.213.2.49", "http://snomed.info"])
def test_other_identifiers_are_not_orpha(identifier: str) -> None:
    assert not ORPHA.is_named_by(identifier)


@pytest.mark.parametrize(
    ("identifier", "name", "uri"),
    [
        ("1.2.250.1.213.2.51", "hpo", "http://human-phenotype-ontology.org"),
        ("http://purl.obolibrary.org/obo/hp.owl", "hpo", "http://human-phenotype-ontology.org"),
        ("urn:oid:2.16.840.1.113883.6.3", "icd-10", "http://hl7.org/fhir/sid/icd-10"),
        ("CIM-10", "icd-10", "http://hl7.org/fhir/sid/icd-10"),
        ("2.16.840.1.113883.4.642.2.468", "hgnc", "http://www.genenames.org"),
        ("http://www.omim.org", "omim", "http://www.omim.org"),
        ("mondo", "mondo", "http://purl.obolibrary.org/obo/mondo.owl"),
        ("http://snomed.info/sct", "snomed-ct", "http://snomed.info/sct"),
    ],
)
def test_the_systems_of_the_domain_rules(identifier: str, name: str, uri: str) -> None:
    found = SYSTEMS.named(identifier)
    assert (found.name, found.uri) == (name, uri)


def test_an_unknown_system_is_said_with_the_known_ones() -> None:
    with pytest.raises(UnknownSystem, match="known ones: orpha, hpo"):
        SYSTEMS.named("urn:oid:1.2.3")


def test_no_identifier_means_two_systems() -> None:
    identifiers = [key for system in STANDARD for key in system.identifiers]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize(
    ("written", "system", "code"),
    [
        ("558", "orpha", "558"),
        ("ORPHA:558", "orpha", "558"),
        ("154700", "orpha", "154700"),  # six digits are an ORPHAcode unless somebody says OMIM
        ("HP:0001166", "hpo", "HP:0001166"),
        ("hp_0001166", "hpo", "HP:0001166"),
        ("HP:1166", "hpo", "HP:0001166"),
        ("http://purl.obolibrary.org/obo/HP_0001166", "hpo", "HP:0001166"),
        ("MONDO:0007947", "mondo", "MONDO:0007947"),
        ("Q87.4", "icd-10", "Q87.4"),
        ("q874", "icd-10", "Q87.4"),
        ("CIM-10:Q87.4", "icd-10", "Q87.4"),
        ("Q87.4+", "icd-10", "Q87.4"),
        ("R53+0", "icd-10", "R53.+0"),
        ("C169+0", "icd-10", "C16.9+0"),
        ("E66960", "icd-10", "E66.960"),
        ("OMIM:154700", "omim", "154700"),
        ("MIM 154700", "omim", "154700"),
        ("https://omim.org/entry/154700", "omim", "154700"),
        ("OMIM:PS118220", "omim", "PS118220"),
        ("OMIMPS:118220", "omim", "PS118220"),
        ("Genatlas:C9orf72", "genatlas", "C9orf72"),
        ("HGNC:3603", "hgnc", "HGNC:3603"),
        ("LD28.01", "icd-11", "LD28.01"),
        ("C0024796", "umls", "C0024796"),
        ("http://snomed.info/id/19346006", "snomed-ct", "19346006"),
    ],
)
def test_codes_are_read_as_people_write_them(written: str, system: str, code: str) -> None:
    assert SYSTEMS.read(written) == Coding(system, code)


@pytest.mark.parametrize(
    ("written", "system", "code"),
    [
        ("0001166", "hpo", "HP:0001166"),
        ("1166", "urn:oid:1.2.250.1.213.2.51", "HP:0001166"),
        ("154700", "omim", "154700"),
        ("3603", "hgnc", "HGNC:3603"),
        ("HGNC:3603", "hgnc", "HGNC:3603"),
        ("Orphanet:558", "orpha", "558"),
    ],
)
def test_a_named_system_says_what_a_number_is(written: str, system: str, code: str) -> None:
    assert SYSTEMS.read(written, system).code == code


@pytest.mark.parametrize(
    ("written", "system"),
    [
        ("Marfan", None),
        ("", None),
        ("HP:abc", None),
        ("FBN1", "hgnc"),
        ("x", "hpo"),
        ("12", "omim"),
    ],
)
def test_what_is_no_code_is_refused(written: str, system: str | None) -> None:
    with pytest.raises(InvalidCode):
        SYSTEMS.read(written, system)


@pytest.mark.parametrize(
    ("curie", "expected"),
    [
        ("Orphanet:558", Coding("orpha", "558")),
        ("ICD-10:E85.4+", Coding("icd-10", "E85.4")),
        ("icd11.foundation:236564145", Coding("icd-11-foundation", "236564145")),
        ("NCIT:C34807", Coding("ncit", "C34807")),
        ("OMIMPS:118220", Coding("omim", "PS118220")),
        ("UnheardOf:12:3", Coding("unheardof", "12:3")),
    ],
)
def test_curies_of_files(curie: str, expected: Coding) -> None:
    assert SYSTEMS.coding(curie) == expected


@pytest.mark.parametrize("curie", ["558", "", ":558", "ORPHA:", "https://example.org/12", "a b:1"])
def test_a_curie_without_prefix_is_refused(curie: str) -> None:
    with pytest.raises(InvalidCode):
        SYSTEMS.coding(curie)


def test_what_is_emitted() -> None:
    assert SYSTEMS.curie(Coding("orpha", "558")) == "ORPHA:558"
    assert SYSTEMS.curie(Coding("hpo", "HP:0001166")) == "HP:0001166"
    assert SYSTEMS.curie(Coding("icd-10", "Q87.4")) == "ICD-10:Q87.4"
    assert SYSTEMS.curie(Coding("unheardof", "12")) == "UNHEARDOF:12"


def test_a_deployment_may_add_systems() -> None:
    own = CodeSystem(
        "signes", "Signes", "https://chu.example/signes", prefix="SIG", form="[0-9]{4}"
    )
    systems = CodeSystems((*STANDARD, own))
    assert systems.read("SIG:1234") == Coding("signes", "1234")
    assert systems.named("https://chu.example/signes") is own


def test_blocks_and_chapters_of_icd10_stay() -> None:
    assert [icd10(code) for code in ("Q65-Q79", "xvii", "Q77")] == ["Q65-Q79", "XVII", "Q77"]
