"""Product 9, ages: ages at onset and modes of inheritance as signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

import loaders
from loaders.catalogue import addresses
from loaders.messages import ODDITIES
from loaders.orphanet.sniffing import read_file
from loaders.related import RelatedFile
from ontologies.dataset import Dataset, Sign
from ontologies.errors import Refused
from ontologies.related import Related
from tests.loaders.small import PACK, changed, line_of
from tests.packs import products
from tests.packs.products import Kind, natural_history_xml
from thesaurus.coding.values import value_set
from thesaurus.store import related as store

AGES: Final[Mapping[str, Sequence[Kind]]] = {
    "558": [products.ALL_AGES, products.ADULT],
    "99": [products.INFANCY, products.NEONATAL],
    "40": [products.NO_AGE],
    "1": [],
}
MODES: Final[Mapping[str, Sequence[Kind]]] = {
    "558": [products.DOMINANT],
    "99": [products.UNKNOWN_MODE, products.MULTIFACTORIAL],
    "40": [products.NOT_INHERITED, products.NO_MODE],
    "7": [(99, "Epigenetic"), products.RECESSIVE],
}
PERIODS = {
    products.ANTENATAL: "HP:0030674",
    products.NEONATAL: "HP:0003623",
    products.INFANCY: "HP:0003593",
    products.CHILDHOOD: "HP:0011463",
    products.ADOLESCENT: "HP:0003621",
    products.ADULT: "HP:0003581",
    products.ELDERLY: "HP:0003584",
}
INHERITANCE = {
    products.DOMINANT: "HP:0000006",
    products.RECESSIVE: "HP:0000007",
    products.X_DOMINANT: "HP:0001423",
    products.X_RECESSIVE: "HP:0001419",
    products.Y_LINKED: "HP:0001450",
    products.MITOCHONDRIAL: "HP:0001427",
    products.MULTIFACTORIAL: "HP:0001426",
    products.OLIGOGENIC: "HP:0010983",
    products.SEMI_DOMINANT: "HP:0032113",
}


def read(data: bytes) -> RelatedFile:
    parsed = read_file("any.xml", data)
    assert isinstance(parsed, RelatedFile)
    return parsed


def of_marfan(ages: Sequence[Kind] = (), modes: Sequence[Kind] = (), lang: str = "en") -> bytes:
    return natural_history_xml(PACK, {"558": ages}, {"558": modes}, lang)


def refused(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(Refused) as caught:
        read_file("ages.xml", data)
    assert (caught.value.reason, caught.value.line) == (reason, line), caught.value.message.en
    assert caught.value.file == "ages.xml"


def test_ages_and_modes_are_signs() -> None:
    parsed = read(natural_history_xml(PACK, AGES, MODES))
    assert (parsed.dataset, parsed.source.kind) == ("orphanet-natural-history",) * 2
    assert (parsed.source.date, parsed.source.lang) == ("2023-06-21", "en")
    assert parsed.signs == (
        *(Sign("558", each, aspect="C") for each in PERIODS.values()),
        Sign("558", "HP:0000006", aspect="I"),
        Sign("99", "HP:0003593", aspect="C"),
        Sign("99", "HP:0003623", aspect="C"),
        Sign("99", "HP:0001426", aspect="I"),
        Sign("7", "HP:0000007", aspect="I"),
    )
    assert parsed.counts == {
        "disorders": 5,
        "signs": 12,
        "ages": 5,
        "ages_all_ages": 1,
        "ages_no_data_available": 1,
        "inheritance": 7,
        "inheritance_unknown": 1,
        "inheritance_not_applicable": 1,
        "inheritance_no_data_available": 1,
        "inheritance_not_known": 1,
    }


@pytest.mark.parametrize("kind", PERIODS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_age_by_its_number_or_its_name(kind: Kind, lang: str) -> None:
    number, name = kind
    for written in [(number, "Renamed"), ("", f" {name.upper()} "), (77, name)]:
        (sign,) = read(of_marfan(ages=[written], lang=lang)).signs
        assert sign == Sign("558", PERIODS[kind], aspect="C")


@pytest.mark.parametrize("kind", INHERITANCE)
def test_a_mode_by_its_number_or_its_name(kind: Kind) -> None:
    number, name = kind
    for written in [(number, "Renommé"), ("", name.lower()), (77, name)]:
        (sign,) = read(of_marfan(modes=[written])).signs
        assert sign == Sign("558", INHERITANCE[kind], aspect="I")


def test_the_check_understands_every_mode() -> None:
    """DX-103 reads them by the value set of the profile; each must mean one thing of its own."""
    inheritance = value_set("inheritance")
    meant = [value.means for code in INHERITANCE.values() for value in inheritance.read(code)]
    assert len(meant) == len(set(meant)) == len(INHERITANCE)


def test_what_is_not_known_is_noted_once_and_counted() -> None:
    strange: Kind = (99, "Epigenetic")
    modes = {"558": [strange, products.DOMINANT], "99": [strange]}
    data = natural_history_xml(PACK, {"558": [(99, "Epigenetic")]}, modes)
    parsed = read(data)
    assert [each.orpha for each in parsed.signs] == ["558"]
    assert parsed.counts["inheritance_not_known"] == 2
    assert parsed.counts["ages_not_known"] == 1
    age, mode = parsed.findings
    assert {age.key, mode.key} == {"unknown-value"} < set(ODDITIES)
    assert age.values == {"what": "AverageAgeOfOnset", "value": "99 Epigenetic"}
    assert (mode.orpha, mode.line) == ("558", line_of(data, '<TypeOfInheritance id="99"'))
    assert "99 Epigenetic" in mode.message.fr


def test_a_number_that_contradicts_its_name_is_not_believed() -> None:
    """Were Orphanet to number its values anew, no disease must get another one's inheritance."""
    anew = (products.DOMINANT[0], products.RECESSIVE[1])
    parsed = read(of_marfan(modes=[anew, products.Y_LINKED]))
    assert [each.code for each in parsed.signs] == ["HP:0001450"]
    assert [each.key for each in parsed.findings] == ["unknown-value"]


def test_a_value_that_is_given_twice() -> None:
    data = of_marfan(ages=[products.ADULT, products.ADULT])
    parsed = read(data)
    assert len(parsed.signs) == 1
    (noted,) = parsed.findings
    first = line_of(data, "<AverageAgeOfOnset ")
    assert (noted.key, noted.orpha, noted.values) == ("repeated-row", "558", {"first": first})


def test_files_of_former_years() -> None:
    """They say OrphaNumber, and have ages of death, which are not read."""
    death = '<AverageAgeOfDeathList count="1"><AverageAgeOfDeath id="23655"><Name lang="en">'
    death += "No data available</Name></AverageAgeOfDeath></AverageAgeOfDeathList>"
    data = of_marfan([products.ADULT], [products.DOMINANT]).decode("ISO-8859-1")
    data = data.replace("OrphaCode>", "OrphaNumber>").replace(
        "<TypeOfInheritanceList", f"{death}<TypeOfInheritanceList"
    )
    parsed = read(data.encode("ISO-8859-1"))
    assert [each.code for each in parsed.signs] == ["HP:0003581", "HP:0000006"]
    assert "ages_no_data_available" not in parsed.counts


@pytest.mark.parametrize("missing", ["AverageAgeOfOnset", "TypeOfInheritance"])
def test_one_list_is_enough_to_know_the_file(missing: str) -> None:
    data = of_marfan([products.ADULT], [products.DOMINANT])
    start, end = data.index(f"<{missing}List".encode()), data.index(f"</{missing}List>".encode())
    parsed = read(data[:start] + data[end + len(missing) + 7 :])
    assert len(parsed.signs) == 1


@pytest.mark.parametrize(
    ("old", "new", "reason", "at"),
    [
        ("<OrphaCode>99<", "<OrphaCode>ninety<", "bad-value", '<Disorder id="999"'),
        ("<OrphaCode>99<", "<OrphaCode>558<", "duplicate-code", '<Disorder id="999"'),
        ('AgeOfOnsetList count="2"', 'AgeOfOnsetList count="3"', "count-mismatch",
         '<AverageAgeOfOnsetList count="3"'),
        ('<DisorderList count="5"', '<DisorderList count="7000"', "count-mismatch",
         '<DisorderList count="7000"'),
        ("</Disorder>", "</Entity>", "bad-xml", "</Entity>"),
    ],
)  # fmt: skip
def test_damage(old: str, new: str, reason: str, at: str) -> None:
    data = changed(natural_history_xml(PACK, AGES, MODES), "ISO-8859-1", (old, new))
    refused(data, reason, line_of(data, at))


def test_a_shortened_file_is_read_by_force() -> None:
    changes = ('<DisorderList count="5"', '<DisorderList count="7000"')
    data = changed(natural_history_xml(PACK, AGES, MODES), "ISO-8859-1", changes)
    parsed = read_file("any.xml", data, force=True)
    assert "count-accepted" in {each.key for each in parsed.findings}


def test_nothing_but_silence() -> None:
    refused(of_marfan([products.NO_AGE], [products.NOT_INHERITED]), "nothing-inside", None)


def test_sealed_and_read_back_and_asked(tmp_path: Path) -> None:
    """In two languages the file says the same, and counts once."""
    for lang in ("en", "fr"):
        (tmp_path / lang).write_bytes(natural_history_xml(PACK, AGES, MODES, lang))
    (loaded,) = loaders.load_all([tmp_path])
    dataset = loaded.content
    assert isinstance(dataset, Dataset)
    assert (dataset.key, dataset.release.id) == ("orphanet-natural-history", "2023-06-21")
    assert (dataset.release.licence, dataset.release.counts["signs"]) == ("CC-BY-4.0", 12)
    _, parts = store.encode(dataset)
    assert store.decode(dataset.release, {each.name: each for each in parts}) == dataset
    asked = Related([dataset])
    assert [each.code for each in asked.signs("99")] == ["HP:0003593", "HP:0003623", "HP:0001426"]
    # Nobody who types the code of a mode of inheritance is shown the diseases that have it.
    assert asked.with_sign("HP:0000006") == ()


def test_its_address() -> None:
    (address,) = addresses("fr", ["ages"])
    assert address.url == "https://www.orphadata.com/data/xml/fr_product9_ages.xml"
