"""What the rows and the header of an SSSOM file mean."""

from __future__ import annotations

import pytest

from ontologies.alignment import Alignment, Relation
from ontologies.concept import Label, LabelKind
from ontologies.systems import Coding
from tests.loaders.sssom_files import COLUMNS, FIRST, HEADER, file, read, refused, row


def relation(**changes: str) -> Relation:
    [alignment] = read(file(row(**changes))).alignments
    return alignment.relation


def test_a_set_of_mondo() -> None:
    found = read(file(row(), row(subject_id="MONDO:0000002", subject_label="obsolete glass lung")))
    assert found.alignments[0] == Alignment(
        Coding("mondo", "MONDO:0000001"),
        Coding("orpha", "40"),
        Relation.EXACT,
        justification="semapv:ManualMappingCuration",
    )
    heart, lung = found.terms
    assert heart.coding == Coding("mondo", "MONDO:0000001")
    assert heart.labels == (Label("glass heart", "en", LabelKind.PREFERRED),)
    assert lung.labels == (
        Label("glass lung", "en", LabelKind.PREFERRED, raw="obsolete glass lung"),
    )
    assert [term.obsolete for term in found.terms] == [False, True]
    assert found.dataset == "glass-hearts"
    assert (found.source.version, found.source.date) == ("2026-01-02", "2026-01-02")
    assert found.source.licence == "https://example.org/licence"
    assert found.ends == {"mondo": "2026-01-02"}
    assert found.counts == {
        "rows": 2,
        "alignments": 2,
        "subjects": 2,
        "objects": 1,
        "terms": 2,
        "obsolete_terms": 1,
    }
    assert found.findings == ()


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("skos:exactMatch", Relation.EXACT),
        ("skos:broadMatch", Relation.NARROWER),
        ("skos:narrowMatch", Relation.BROADER),
        ("skos:relatedMatch", Relation.UNDECIDED),
        ("skos:closeMatch", Relation.UNSPECIFIED),
        ("oboInOwl:hasDbXref", Relation.UNSPECIFIED),
    ],
)
def test_relations(predicate: str, expected: Relation) -> None:
    assert relation(predicate_id=predicate) is expected


def test_what_is_said_not_to_match() -> None:
    assert relation(predicate_modifier="Not") is Relation.WRONG
    negated = row(predicate_id="skos:broadMatch", predicate_modifier="Not")
    found = read(file(row(), negated))
    assert len(found.alignments) == 1
    assert (found.counts["rows"], found.counts["rows_negated"]) == (2, 1)
    [finding] = found.findings
    assert (finding.key, finding.line, finding.concept) == (
        "negated-row",
        FIRST + 1,
        "MONDO:0000001",
    )
    assert "skos:broadMatch" in finding.message.en


def test_a_row_that_says_that_there_is_no_counterpart() -> None:
    found = read(file(row(), row(object_id="sssom:NoTermFound")))
    assert (len(found.alignments), found.counts["rows_no_counterpart"]) == (1, 1)
    assert [finding.key for finding in found.findings] == ["no-counterpart"]


def test_only_negated_rows() -> None:
    data = file(row(predicate_id="skos:broadMatch", predicate_modifier="Not"))
    assert len(read(data).terms) == 1
    refused(file(row(object_id="sssom:NoTermFound")), "nothing-inside", None)


def test_prefixes_of_every_kind() -> None:
    """Of the map, of our table in any case, and of a system that we do not know."""
    header = HEADER.replace("# license", "#   GTR: https://example.org/gtr/\n# license")
    rows = [row(object_id=each) for each in ("ORPHANET:40", "icd10:q874", "GTR:5", "Orphanet:41")]
    found = read(file(*rows, header=header))
    assert [each.object for each in found.alignments] == [
        Coding("orpha", "40"),
        Coding("icd-10", "Q87.4"),
        Coding("gtr", "5"),
        Coding("orpha", "41"),
    ]
    named = header.replace(
        "GTR: https://example.org/gtr/", "mine: http://www.orpha.net/ORDO/Orphanet_"
    )
    found = read(file(row(object_id="mine:42"), header=named))
    assert found.alignments[0].object == Coding("orpha", "42")
    [finding] = found.findings
    assert finding.key == "two-prefixes"
    assert "Orphanet, mine" in finding.message.en


@pytest.mark.parametrize(
    "address",
    [
        "https://www.orpha.net/ORDO/Orphanet_",
        "https://www.orpha.net/en/disease/detail/",
        "http://identifiers.org/orphanet/",
        "https://bioregistry.io/orphanet:",
        "http://purl.obolibrary.org/obo/Orphanet_",
    ],
)
def test_other_addresses_of_a_system(address: str) -> None:
    header = HEADER.replace("http://www.orpha.net/ORDO/Orphanet_", f"'{address}'")
    assert len(read(file(header=header)).alignments) == 1


@pytest.mark.parametrize(
    ("dataset", "set_id", "expected"),
    [
        ("mine", "https://example.org/x.sssom.tsv", "mine"),
        (None, "https://example.org/A_b_C.sssom.tsv", "a-b-c"),
        (None, "https://example.org/sets/plain/", "plain"),
        (None, "https://example.org/x#mondo.tsv", "mondo"),
    ],
)
def test_the_key_of_the_dataset(dataset: str | None, set_id: str, expected: str) -> None:
    header = HEADER.replace("https://example.org/sets/glass_hearts.sssom.tsv", set_id)
    assert read(file(header=header), dataset).dataset == expected


@pytest.mark.parametrize(
    ("stated", "version", "date"),
    [
        ("2025-03-04", "2025-03-04", "2025-03-04"),
        ("2025.1", "2025.1", "2024-05-06"),
        ("the first of all", "2024-05-06", "2024-05-06"),
        ("https://example.org/2023-01-31/x.tsv", "2023-01-31", "2023-01-31"),
        ("", "2024-05-06", "2024-05-06"),
    ],
)
def test_version_and_date(stated: str, version: str, date: str) -> None:
    lines = [line for line in HEADER.splitlines(True) if "mapping_set_version" not in line]
    header = "".join(lines) + (f"# mapping_set_version: {stated}\n" if stated else "")
    columns = f"{COLUMNS}\tmapping_date"
    rows = [row(columns, mapping_date=day) for day in ("2024-05-06", "2024-05-05")]
    found = read(file(*rows, header=header, columns=columns)).source
    assert (found.version, found.date) == (version, date)


def test_versions_of_both_ends() -> None:
    header = f"{HEADER}# object_source_version: '2025'\n"
    assert read(file(header=header)).ends == {"mondo": "2026-01-02", "orpha": "2025"}
    columns = f"{COLUMNS}\tsubject_source_version\tobject_source_version"
    rows = [
        row(columns, subject_source_version="2026-02", object_source_version=year)
        for year in ("2024", "2025")
    ]
    assert read(file(*rows, columns=columns)).ends == {"mondo": "2026-02"}


def test_a_file_without_a_header() -> None:
    """Known prefixes are enough; only the dataset has to be named."""
    data = file(header="")
    assert read(data, "mine").alignments == read(file()).alignments
    assert "--system" in refused(data, "no-dataset", None)


def test_line_ends_quotes_and_blank_lines() -> None:
    rows = [row(subject_label='"glass ""heart"""'), "\n", row(subject_id="MONDO:0000002")]
    data = file(*rows).replace(b"\n", b"\r\n")
    found = read(b"\xef\xbb\xbf" + data)
    assert [term.labels[0].text for term in found.terms] == ['glass "heart"', "glass heart"]
    assert found.counts["rows"] == 2
    refused(file(*rows, row(object_id="40")), "bad-code", FIRST + 3)


def test_a_value_where_the_standard_has_a_list() -> None:
    header = f"{HEADER}# subject_match_field: rdfs:label\n# comment: 1.10\n#\n"
    assert len(read(file(header=header)).alignments) == 1


def test_a_last_line_without_an_end() -> None:
    assert [each.key for each in read(file()[:-1]).findings] == ["no-final-newline"]
