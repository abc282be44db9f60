"""ORPHAcodes in every written form, and the identifiers of code systems."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ontologies.codes import (
    codes_inside,
    could_be_omim,
    curie,
    is_canonical,
    other_system,
    parse_code,
)
from ontologies.errors import InvalidCode

FORMS = (
    "{}",
    "ORPHA:{}",
    "orpha:{}",
    "ORPHA{}",
    "ORPHA {}",
    "ORPHA : {}",
    "Orpha-{}",
    "Orpha#{}",
    "Orphanet:{}",
    "Orphanet_{}",
    "ORPHAcode {}",
    "ORPHAnumber:{}",
    "ORDO:{}",
    "http://www.orpha.net/ORDO/Orphanet_{}",
    "https://www.orpha.net/ORDO/Orphanet_{}/",
    "http://www.orpha.net/consor/cgi-bin/OC_Exp.php?lng=fr&Expert={}",
    "https://www.orpha.net/consor/cgi-bin/OC_Exp.php?Expert={}&lng=fr",
    "https://www.orpha.net/consor4.01/www/cgi-bin/OC_Exp.php?lng=EN&Expert={}#top",
    "https://www.orpha.net/fr/disease/detail/{}",
    "https://www.orpha.net/en/disease/detail/{}?name=marfan&mode=name",
    "www.orpha.net/fr/disease/detail/{}",
)


@pytest.mark.parametrize("form", FORMS)
def test_every_written_form_is_read(form: str) -> None:
    assert parse_code(form.format("558")) == "558"
    assert parse_code(form.format("000558")) == "558"


@pytest.mark.parametrize(
    "text",
    [
        " 558 ",
        "558\n",
        "\t558",
        "５５８",
        "ＯＲＰＨＡ：５５８",
        "ORPHA:\u00a0558",
        "ORPHA\u202f558",
        "5\u200b58",
        "\ufeffORPHA:558",
        "\u200e558\u200f",
        "\u202aORPHA:558\u202c",
        "OR\u00adPHA:558",
        "ORPHA\u2011558",
        "ORPHA–558",
        "ORPHA—558",
        "558.0",
        " 558.0 ",
    ],
    ids=ascii,
)
def test_what_copying_does_to_a_code_is_undone(text: str) -> None:
    assert parse_code(text) == "558"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "000",
        "-1",
        "-558",
        "+558",
        ":558",
        "_558",
        "5 58",
        "558.00",
        "558.5",
        "558.",
        "558,0",
        "0.0",
        "0558.0",
        "1234567.0",
        "-558.0",
        "ORPHA:558.0",
        "5,58",
        "558a",
        "A558",
        "C0024796",
        "1234567890",
        "ORPHA",
        "ORPHA:",
        "ORPHA:0",
        "ORPHA::558",
        "ORPHA:-558",
        "OMIM:154700",
        "HP:0000558",
        "558 ORPHA",
        "ORPHA:558 ORPHA:58",
        "558;58",
        "(558)",
        "٥٥٨",
        "五五八",
        "558\u0000",
        "http://www.orpha.net/ORDO/Orphanet_558x",
        "http://www.orpha.net/ORDO/Orphanet_C001",
        "https://www.orpha.net/fr/disease/detail/558x",
        "https://www.orpha.net/OC_Exp.php?Expert=12345678901",
        "https://www.orpha.net/OC_Exp.php?NotExpert=558",
        "https://www.orpha.net.example.org/fr/disease/detail/558",
        "https://example.org/?https://www.orpha.net/fr/disease/detail/558",
    ],
    ids=ascii,
)
def test_what_is_not_a_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidCode):
        parse_code(text)


@settings(deadline=None)
@given(
    number=st.integers(1, 999_999_999),
    form=st.sampled_from(FORMS),
    zeros=st.integers(0, 6),
    noise=st.lists(st.tuples(st.integers(0, 200), st.sampled_from("\u200b\u00ad\ufeff\u200e"))),
)
def test_any_code_in_any_form_reads_back(
    number: int, form: str, zeros: int, noise: list[tuple[int, str]]
) -> None:
    text = form.format("0" * zeros + str(number))
    for place, invisible in noise[:20]:
        text = text[:place] + invisible + text[place:]
    assert parse_code(text) == str(number)


@settings(deadline=None)
@given(st.text())
@example("\ud800")
@example("ORPHA:" + "0" * 300)
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        code = parse_code(text)
    except InvalidCode:
        return
    assert code.isascii()
    assert parse_code(code) == parse_code(curie(code)) == code


@pytest.mark.parametrize(
    "piece", ["5", "0", " ", "ORPHA:", "ORPHA ", "www.orpha.net/OC_Exp.php?Expert=", "\ufdfa", "é"]
)
def test_a_long_text_is_refused_at_once(piece: str) -> None:
    start = time.perf_counter()
    for size in (199, 100_000):
        text = (piece * size)[:size] + "x"
        with pytest.raises(InvalidCode):
            parse_code(text)
        assert len(codes_inside(text)) <= 5
    assert time.perf_counter() - start < 0.5  # milliseconds, unless the work grows with the square


@pytest.mark.parametrize("text", ["558", "ORPHA:558"])
def test_what_we_emit_is_canonical(text: str) -> None:
    assert is_canonical(text)


@pytest.mark.parametrize("text", ["0558", "orpha:558", "ORPHA558", " 558", "ORPHA:0558", "", "５"])
def test_other_forms_are_not_canonical(text: str) -> None:
    assert not is_canonical(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Marfan (ORPHA:558)", ("558",)),
        ("ORPHA558/ORPHA58", ("558", "58")),
        ("ORPHA:558 et ORDO_58, ORPHA 558", ("558", "58")),
        ("ORPHA:558.0", ("558",)),
        ("voir https://www.orpha.net/fr/disease/detail/558 svp", ("558",)),
        ("voir www.orpha.net/OC_Exp.php?lng=fr&Expert=558", ("558",)),
        ("ORPHA:1 ORPHA:2 ORPHA:3 ORPHA:4 ORPHA:5 ORPHA:6", ("1", "2", "3", "4", "5")),
        ("558.0", ("558",)),
        ("558,", ("558",)),
        ("558,00", ("558",)),
        ('"558"', ("558",)),
        ('="558"', ("558",)),
        ("« 558 »", ("558",)),
        ("558 - Marfan", ("558",)),
        ("558 – Marfan", ("558",)),
        ("558;Syndrome de Marfan", ("558",)),
        ("558 (Marfan)", ("558",)),
        ("Marfan", ()),
        ("Marfan 558", ()),
        ("58 ou 558, ou 58", ()),
        ("1 2 3 4 5 6 7", ()),
        ("558a", ()),
        ("5,58", ()),
        ("5.58", ()),
        ("5.58E+02", ()),
        ("10 1081", ()),
        ("2024-07-01", ()),
        ("12/05/1998", ()),
        ("12-mai", ()),
        ("12 mois", ()),
        ("558 - type 2", ()),
        ("ORPHA 12/05/1998", ()),
        ("ORPHA:5.58E2", ()),
        ("ORPHA:12345678901", ()),
        ("orphan 5", ()),
        ("HP:0001250", ()),
        ("Q87.4", ()),
        ("C0024796", ()),
        ("MONDO:0007947", ()),
        ("OMIM:154700", ()),
        ("x" * 192 + " ORPHA:558", ()),
        ("558;" + "x" * 200, ()),
    ],
    ids=ascii,
)
def test_codes_inside_a_longer_text(text: str, codes: tuple[str, ...]) -> None:
    assert codes_inside(text) == codes


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("HP:0001250", "HPO"),
        ("hp_0001250", "HPO"),
        ("http://purl.obolibrary.org/obo/HP_0001250", "HPO"),
        ("MONDO:0007947", "Mondo"),
        ("OMIM:154700", "OMIM"),
        ("MIM 154700", "OMIM"),
        ("#154700", "OMIM"),
        ("OMIM:PS154700", "OMIM"),
        ("Q87.4", "ICD-10"),
        ("q87.4", "ICD-10"),
        ("Q874", "ICD-10"),
        ("G71.0", "ICD-10"),
        ("G71.0†", "ICD-10"),
        ("G71.0*", "ICD-10"),
        ("C91", "ICD-10"),
        ("Q87.4 - Marfan", "ICD-10"),
        ("CIM-10 : Q87.4", "ICD-10"),
        ("LD28.01", "ICD-11"),
        ("8C70.0", "ICD-11"),
        ("ICD-11: LD28", "ICD-11"),
        ("SNOMED CT: 19346006", "SNOMED CT"),
        ("SCTID 19346006", "SNOMED CT"),
        ("HGNC:3603", "HGNC"),
        ("C0024796", "UMLS"),
        ("UMLS:C0024796", "UMLS"),
        ("MeSH:D008382", "MeSH"),
        ("GARD:6975", "GARD"),
        ("558", None),
        ("ORPHA:558", None),
        ("Orphanet_558", None),
        ("Marfan", None),
        ("", None),
        ("#N/A", None),
        ("C:\\x", None),
        ("5.58E+02", None),
        ("2024-07-01", None),
        ("B12345", None),
        ("Q87.4.5", None),
        ("HP", None),
        ("MIM", None),
        ("type 2A", None),
    ],
    ids=ascii,
)
def test_codes_of_other_systems(text: str, system: str | None) -> None:
    assert other_system(text) == system


@settings(deadline=None)
@given(st.text())
def test_any_text_is_searched_for_codes(text: str) -> None:
    other_system(text)
    for code in codes_inside(text):
        assert parse_code(code) == code


@settings(deadline=None)
@given(number=st.integers(1, 999_999_999), form=st.sampled_from(FORMS))
def test_an_orphacode_is_of_no_other_system(number: int, form: str) -> None:
    assert other_system(form.format(number)) is None


def test_a_number_that_may_be_an_omim_number() -> None:
    assert could_be_omim("154700")
    assert not could_be_omim("558")
    assert not could_be_omim("716874")
