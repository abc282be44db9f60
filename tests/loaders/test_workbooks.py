"""The workbooks of the pack, written here with openpyxl in their official form of 2025."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

import loaders
from loaders.orphanet.reading import ParsedFile
from loaders.orphanet.sniffing import read_file
from loaders.report import tally
from ontologies.alignment import Alignment, Relation
from ontologies.concept import Aggregation, LabelKind, Level, Redirection, RedirectionKind, Status
from ontologies.dataset import Dataset
from ontologies.errors import Refused
from ontologies.systems import Coding
from tests.loaders.small import classification, nomenclature, write, zipped

Rows = Sequence[Sequence[str | int | None]]

COVER: Rows = (
    (None, None, "This file is the property of Orphanet ... CC-BY-4.0"),
    (None,),
    (None, "List of all rare diseases of the Orphanet nomenclature - July 2025 release"),
)
ACTIVE: Rows = (
    ("ORPHAcode", "Label", "Type of label", "Classification level"),
    ("ORPHA:558", "MFS", "Synonym", "Disorder"),
    ("ORPHA:558", "Marfan syndrome ", "Main name", "Disorder"),
    ("ORPHA:1", "Rare  heart disease", "Main name", "Group of disorders"),
    ("ORPHA:99", "Marfan type 1", "Main name", "Subtype of disorder"),
)
INACTIVE: Rows = (
    ("Inactive ORPHAcode ", "Inactive Label", "Type of label", "Classification level", "Status",
     "Target active ORPHAcode", "Target active label"),
    ("ORPHA:8", "Arachnodactyly", "Main name", "Disorder", "Deprecated", "ORPHA:558", "Marfan"),
    ("ORPHA:9", "OBSOLETE: Old", "Main name", "Group of disorders", "Obsolete", "ORPHA:1", "Rare"),
    ("ORPHA:10", "OBSOLETE: Older", "Main name", "Disorder", "Obsolete", None, None),
)  # fmt: skip
ICD10: Rows = (
    ("ORPHAcode", "PreferredTerm", "Synonyms", "ICDcodes"),
    ("558", "Marfan syndrome", None, "Q87.4"),
    ("558", "Marfan syndrome", "MFS", None),
    (40, "Glass heart", None, "I51.8+"),
    (40, "Glass heart", None, "I43.8*"),
)
ICD11: Rows = (
    ("ORPHAcode", "PreferredTerm", "Synonyms", "ICD-11 MMS codes", "ICD-11 URI"),
    ("558", "Marfan syndrome", None, "LD28.01", "1048292217"),
    ("558", "Marfan syndrome", "MFS", None, None),
    ("40", "Glass heart", None, "BA00", "unknown"),
)


def book(path: Path, *sheets: Rows) -> Path:
    """A workbook last saved on 2025-06-25."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # openpyxl itself writes the present moment.
    parts["docProps/core.xml"] = re.sub(
        rb">20\d\d-[^<]*", b">2025-06-25T09:54:35Z", parts["docProps/core.xml"]
    )
    return zipped(path, parts)


@pytest.fixture
def the_list(tmp_path: Path) -> Path:
    return book(tmp_path / "List.xlsx", COVER, ACTIVE, ACTIVE, INACTIVE)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return book(tmp_path / "Master.xlsx", ICD10, ICD11)


def test_the_list(the_list: Path) -> None:
    snapshot, report = loaders.load([the_list])
    assert (snapshot.release.date.isoformat(), snapshot.release.licence) == (
        "2025-07-01",
        "CC-BY-4.0",
    )
    assert snapshot.release.languages == ("en",)
    marfan = snapshot.concept("558")
    assert (marfan.status, marfan.level, marfan.type) == (Status.ACTIVE, Level.DISORDER, None)
    assert [label.text for label in marfan.labels] == ["Marfan syndrome", "MFS"]
    assert marfan.aggregation == Aggregation(known=False)
    assert {code: str(each.status) for code, each in snapshot.concepts.items()} == {
        **dict.fromkeys(("558", "1", "99"), "active"),
        "8": "deprecated",
        **dict.fromkeys(("9", "10"), "obsolete"),
    }
    assert snapshot.concept("8").redirection == Redirection(RedirectionKind.MOVED_TO, "558")
    assert snapshot.concept("9").redirection == Redirection(RedirectionKind.REFERRED_TO, "1")
    assert snapshot.concept("10").redirection is None
    assert snapshot.concept("9").preferred().text == "Old"
    assert tally(report.findings) == {"inactive-prefix": 2, "extra-spaces": 1}


def parsed(path: Path) -> ParsedFile:
    found = read_file(path.name, path.read_bytes())
    assert isinstance(found, ParsedFile)
    return found


def aligned(path: Path) -> list[tuple[str, str, str, str | None, str | None]]:
    related = parsed(path).related
    assert related
    return [
        (each.subject.code, each.object.system, each.object.code, each.written, each.uri)
        for each in related.alignments
    ]


def test_the_entities_of_the_master_file(master: Path) -> None:
    found = parsed(master)
    assert (found.kind, found.source.date) == ("masterfile", "2025-06-25")  # when it was saved
    by_code = {record.concept.code: record.concept for record in found.entities}
    assert list(by_code) == ["558", "40"]
    labels = [(label.text, label.kind) for label in by_code["558"].labels]
    assert labels == [("Marfan syndrome", LabelKind.PREFERRED), ("MFS", LabelKind.SYNONYM)]
    assert by_code["40"].level is Level.DISORDER
    assert found.findings == ()


def test_the_alignments_of_the_master_file(master: Path) -> None:
    related = parsed(master).related
    assert related
    assert (related.dataset, related.source.kind) == ("orphanet-masterfile", "masterfile")
    assert (related.source.date, related.ends) == ("2025-06-25", {"orpha": "2025"})
    assert related.alignments[0] == Alignment(
        Coding("orpha", "558"), Coding("icd-10", "Q87.4"), Relation.UNSPECIFIED
    )
    assert aligned(master) == [
        ("558", "icd-10", "Q87.4", None, None),
        ("40", "icd-10", "I51.8", "I51.8+", None),
        ("40", "icd-10", "I43.8", "I43.8*", None),
        ("558", "icd-11", "LD28.01", None, "http://id.who.int/icd/entity/1048292217"),
        ("40", "icd-11", "BA00", None, None),
    ]
    assert related.findings == ()
    assert related.counts == {
        "disorders": 2,
        "references_icd-10": 3,
        "disorders_icd-10": 2,
        "codes_icd-10": 3,
        "references_icd-11": 2,
        "disorders_icd-11": 2,
        "codes_icd-11": 2,
    }


def test_codes_of_other_forms_in_the_master_file(tmp_path: Path) -> None:
    icd10 = (ICD10[0], ("558", "Marfan", None, "A18.0,"), ("558", "Marfan", None, "Q65-Q79"))
    icd11 = (ICD11[0], ("558", "Marfan", None, "LD28.01&XH1/BA00", "N/A"))
    path = book(tmp_path / "Master.xlsx", icd10, icd11)
    assert [(code, written) for _, _, code, written, _ in aligned(path)] == [
        ("A18.0,", None),
        ("Q65-Q79", None),
        ("LD28.01&XH1/BA00", None),
    ]
    related = parsed(path).related
    assert related
    assert [(each.key, each.line, each.values["value"]) for each in related.findings] == [
        ("unfit-code", 2, "A18.0,"),
    ]


def test_a_master_file_without_codes_or_without_the_second_sheet(tmp_path: Path) -> None:
    uncoded = [(*row[:3], None) for row in ICD10[1:]]
    assert parsed(book(tmp_path / "a.xlsx", (ICD10[0], *uncoded))).related is None
    assert len(aligned(book(tmp_path / "b.xlsx", ICD10))) == 3


def test_a_bad_orphacode_on_the_second_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "Master.xlsx", ICD10, (ICD11[0], ("x", "Marfan", None, "BA00", "1")))
    with pytest.raises(Refused) as caught:
        parsed(path)
    assert (caught.value.reason, caught.value.line, caught.value.file) == (
        "bad-value",
        2,
        "Master.xlsx",
    )


def test_everything_of_2025_together(tmp_path: Path, the_list: Path, master: Path) -> None:
    """Names and statuses of the list, types and links of the XML; the codes beside them."""
    book(master, ICD10[:3], ICD11[:3])
    tree = classification("fr", ('ExtractionDate="2023', 'date="2025'))
    paths = [master, write(tmp_path / "tree.xml", tree), the_list]
    options = loaders.Options(max_unknown=0.5)
    snapshot, report = loaders.load(paths, options)
    other, _ = loaders.load(paths[::-1], options)
    assert list(other.concepts.items()) == list(snapshot.concepts.items())
    marfan = snapshot.concept("558")
    assert marfan.type is not None
    assert marfan.preferred("fr").text == "Syndrome de Marfan"
    assert marfan.preferred("en").text == "Marfan syndrome"
    # Entity 40 is in the tree and not in the list.
    assert [each.orpha for each in report.oddities if each.key == "unknown-code"] == ["2", "40"]
    contents = [each.content for each in loaders.load_all(paths, options)]
    (dataset,) = (each for each in contents if isinstance(each, Dataset))
    assert dataset.key == "orphanet-masterfile"
    assert len(dataset.alignments) == 2


def test_the_xml_of_the_year_is_believed_before_the_workbooks(tmp_path: Path, master: Path) -> None:
    data = nomenclature("en", ('ExtractionDate="2023', 'ExtractionDate="2025'))
    snapshot, _ = loaders.load([master, write(tmp_path / "en.xml", data)])
    assert str(snapshot.concept("40").status) == "active_historic"
    assert [label.text for label in snapshot.concept("558").labels] == ["Marfan syndrome", "MFS"]


@pytest.mark.parametrize(
    ("sheets", "reason", "line"),
    [
        ([(ACTIVE[0], ("x", "Label", "Main name", "Disorder"))], "bad-value", 2),
        ([(ACTIVE[0], ("ORPHA:5", "Label", "Title", "Disorder"))], "bad-value", 2),
        ([(ACTIVE[0], ("ORPHA:5", "Label", "Main name", "Disease"))], "bad-value", 2),
        ([(ACTIVE[0], ("ORPHA:5", "Label", "Synonym", "Disorder"))], "missing-element", 2),
        ([ACTIVE, (*INACTIVE, (*INACTIVE[1][:4], "Gone", None))], "duplicate-code", 5),
        ([(*ACTIVE, ("ORPHA:8", "New", "Main name", "Disorder")), INACTIVE], "duplicate-code", 2),
        ([ACTIVE, (INACTIVE[0], (*INACTIVE[1][:4], "Gone", None))], "bad-value", 2),
        ([ACTIVE, (INACTIVE[0], (*INACTIVE[1][:5], "ORPHA:5"))], "redirection-nowhere", 2),
        ([ACTIVE[1:]], "other-product", None),
        ([ACTIVE[:1]], "other-product", None),
    ],
)
def test_broken_rows(tmp_path: Path, sheets: Sequence[Rows], reason: str, line: int | None) -> None:
    path = book(tmp_path / "List.xlsx", *sheets)
    with pytest.raises(Refused) as caught:
        loaders.load([path])
    assert (caught.value.reason, caught.value.line) == (reason, line)
    assert caught.value.file == path.name


def vast(path: Path, claim: bytes, instead_of: bytes) -> Path:
    """The list with a claim about the size of its first sheet."""
    with zipfile.ZipFile(book(path, ACTIVE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert instead_of in parts[name]
    return zipped(path, {**parts, name: parts[name].replace(instead_of, claim)})


def test_a_sheet_that_claims_to_be_wide(tmp_path: Path) -> None:
    snapshot, _ = loaders.load([vast(tmp_path / "List.xlsx", b'"A1:XFD1048576"', b'"A1:D5"')])
    assert len(snapshot) == 3


def test_a_sheet_that_claims_to_be_long(tmp_path: Path) -> None:
    path = vast(tmp_path / "List.xlsx", b'<row r="99999999999"', b'<row r="4"')
    with pytest.raises(Refused) as caught:
        loaders.load([path])
    assert caught.value.reason == "bad-workbook"
    assert "rows" in caught.value.message.en
