"""ATIH's table of the CIM-10: codes, labels, withdrawn codes, and damaged rows."""

from __future__ import annotations

import pytest

from loaders import atih
from loaders.related import Reading, RelatedFile, Sample
from ontologies.concept import Label, LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding
from ontologies.terminology import Term

[TABLE] = atih.FORMATS
ROWS = (
    "Q77   |3|NNN|3|OS DE VERRE|Os de verre",
    "Q773  |0|ONO|0|OS DE VERRE PONCTUES|Os de verre, ponctués",
    "Q7731 |0|ONO|0|OS DE VERRE PONCT. A GAUCHE|Os de verre, ponctués, à gauche",
    "R53+0 |1|NNO|1|FATIGUE|Fatigue",
    "C16   |3|NNN|3|TUMEUR|Tumeur de verre",
    "C169  |0|OOO|0|TUMEUR SAI|Tumeur de verre, sans précision",
    "C169+0|0|OOO|0|TUMEUR FAM.|Tumeur de verre familiale",
    "M0720 |3|NNN|3|SPONDYLITE|*** SU09 *** Spondylite de verre",
)


def table(*rows: str, encoding: str = "cp1252", end: str = "\r\n") -> bytes:
    return "".join(f"{row}{end}" for row in rows or ROWS).encode(encoding)


def read(data: bytes) -> RelatedFile:
    assert TABLE.recognises(Sample.of("table.txt", data))
    return TABLE.read("table.txt", data, Reading())


def refused(data: bytes, reason: str, line: int) -> str:
    with pytest.raises(Refused) as caught:
        TABLE.read("table.txt", data, Reading())
    assert (caught.value.reason, caught.value.line) == (reason, line), caught.value.message.en
    assert caught.value.file == "table.txt"
    return caught.value.message.en


def test_the_table() -> None:
    found = read(table())
    assert [(term.code, term.parents) for term in found.terms] == [
        ("Q77", ()),
        ("Q77.3", ("Q77",)),
        ("Q77.31", ("Q77.3",)),
        ("R53.+0", ()),
        ("C16", ()),
        ("C16.9", ("C16",)),
        ("C16.9+0", ("C16.9",)),
        ("M07.20", ()),
    ]
    assert found.terms[1] == Term(
        Coding("icd-10", "Q77.3"),
        (
            Label("Os de verre, ponctués", "fr", LabelKind.PREFERRED),
            Label("OS DE VERRE PONCTUES", "fr", LabelKind.SYNONYM),
        ),
        parents=("Q77",),
    )
    assert len(found.terms[0].labels) == 1  # the short label is the long one in capitals
    assert (found.dataset, found.source.lang, found.source.date, found.source.version) == (
        "cim-10",
        "fr",
        None,
        None,
    )
    assert found.counts == {
        "rows": 8,
        "terms": 8,
        "french_extensions": 4,
        "obsolete_terms": 1,
    }
    assert found.findings == ()


def test_withdrawn_codes() -> None:
    withdrawn = read(table()).terms[-1]
    assert withdrawn.obsolete
    assert withdrawn.labels[0] == Label(
        "Spondylite de verre", "fr", LabelKind.PREFERRED, raw="*** SU09 *** Spondylite de verre"
    )


@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n")])
def test_other_encodings_and_line_ends(encoding: str, end: str) -> None:
    assert read(table(encoding=encoding, end=end)).terms == read(table()).terms


def test_a_row_with_one_label_only() -> None:
    found = read(table(ROWS[0], "Q773  |0|ONO|0|OS DE VERRE PONCTUES|"))
    assert found.terms[1].labels == (Label("OS DE VERRE PONCTUES", "fr", LabelKind.PREFERRED),)


def test_a_file_that_was_cut() -> None:
    assert [each.key for each in read(table()[:-4]).findings] == ["no-final-newline"]
    refused(table()[:-40], "bad-row", 8)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Q774  |0|ONO|0|OS", "bad-row"),
        ("Q774  |0|ONO|0|OS|Os|de verre", "bad-row"),
        ("Q7    |0|ONO|0|OS|Os", "bad-value"),
        ("verre |0|ONO|0|OS|Os", "bad-value"),
        ("Q774  |oui|ONO|0|OS|Os", "bad-value"),
        ("Q774  |0|ONO|22|OS|Os", "bad-value"),
        ("Q774  |0|ONO|0| | ", "no-label"),
        ("Q773  |0|ONO|0|OS|Os", "duplicate-term"),
    ],
)
def test_damaged_rows(row: str, reason: str) -> None:
    data = table(*ROWS, row)
    assert TABLE.recognises(Sample.of("table.txt", data))
    message = refused(data, reason, 9)
    if reason == "duplicate-term":
        assert "line 2)" in message


def test_bytes_that_are_no_text() -> None:
    refused(table() + b"Q774  |0|ONO|0|OS|Os \x81\r\n", "not-text", 9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Q77|Os de verre\n",
        "code|mco|ssr|psy|court|long\n",
        "HP:0000001|a|b|c|d|e\n",
        "Q77\t3\tNNN\t3\tOS\tOs\n",
        "Q77|un mot|un autre|3|OS|Os\n",
        "<Q77|0|0|0|a|b\n",
    ],
)
def test_files_of_other_formats(text: str) -> None:
    assert not TABLE.recognises(Sample.of("LIBCIM10MULTI.TXT", text.encode()))
