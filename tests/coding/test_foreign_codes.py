"""What stands where a code should and is none: DX-002 says what it looks like."""

from __future__ import annotations

import pytest

from tests.coding.asking import Demonstration

ALIGNED = {
    "MONDO:0007947": ["558", "284963"],
    "Q87.4": ["558", "284963", "284973"],
    "G71.0†": ["98895", "98896"],
}
SYSTEMS = [
    ("MONDO:0007947", "Mondo"),
    ("OMIM:154700", "OMIM"),
    ("#154700", "OMIM"),
    ("Q87.4", "CIM-10"),
    ("G71.0†", "CIM-10"),
    ("C91", "CIM-10"),
    ("LD28.01", "CIM-11"),
    ("SCTID 19346006", "SNOMED CT"),
    ("HGNC:3603", "HGNC"),
    ("C0024796", "UMLS"),
    ("MESH:D008382", "MeSH"),
    ("GARD:6975", "GARD"),
]


@pytest.mark.parametrize(("text", "system"), SYSTEMS)
def test_a_code_of_another_system_is_named(
    demonstration: Demonstration, text: str, system: str
) -> None:
    (found,) = demonstration.findings({"code": text})
    assert found.rule == "DX-002"
    assert found.message == f"« {text} » ressemble à un code {system}, pas à un code ORPHA."
    english = system.replace("CIM", "ICD")
    assert found.message_en == f"'{text}' looks like a code of {english}, not an ORPHAcode."
    assert [each.code for each in found.suggestions] == ALIGNED.get(text, [])


@pytest.mark.parametrize(
    "text",
    [
        *("#N/A", "0", "-1", "abc", "C:\\x", "C:\\Users\\Marfan", "null", "Inconnu", "n/a", "?"),
        *("5.58E+02", "10 1081", "2024-07-01", "12/05/1998", "12 mois", "558a", "58 558"),
        *("https://example.org/marfan", "marfan@example.org", "DOID:14323 marfan", "voir dossier"),
    ],
)
def test_nothing_is_suggested_out_of_what_means_nothing(
    demonstration: Demonstration, text: str
) -> None:
    (found,) = demonstration.findings({"code": text})
    assert found.message == f"« {text} » n'est pas un code ORPHA."
    assert found.suggestions == []


@pytest.mark.parametrize(
    "text",
    [
        *("558.", "558,", '"558"', "558 - Marfan", "558;Syndrome de Marfan", "Marfan (ORPHA:558)"),
        *("syndrome de marfan", "Marfn", "Q87.4 (ORPHA:558)"),
    ],
)
def test_a_code_or_a_name_inside_the_text_is_suggested(
    demonstration: Demonstration, text: str
) -> None:
    (found,) = demonstration.findings({"code": text})
    assert found.message == f"« {text} » n'est pas un code ORPHA."
    assert found.suggestions[0].code == "558"


def test_the_label_is_searched_whatever_stands_in_the_code(demonstration: Demonstration) -> None:
    assert demonstration.suggested(code="Q87.4", label="Marfan")[0] == "558"
    assert demonstration.suggested(code="ORPHA:77777777", label="Marfan")[0] == "558"


@pytest.mark.parametrize("label", ["HP:0001250", "Q87.4", "166068", "5", "?", "", " ", "inconnu"])
def test_a_label_that_is_no_name_is_not_searched(
    demonstration: Demonstration, searched: list[str], label: str
) -> None:
    assert demonstration.suggested(code="999999999", label=label) == []
    assert searched == []


def test_an_inactive_code_is_not_suggested_by_name(demonstration: Demonstration) -> None:
    assert demonstration.suggested(code="x", label="ORPHA:255241") == []
