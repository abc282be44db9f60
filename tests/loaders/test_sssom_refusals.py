"""Every way in which an SSSOM file can be wrong, each with its line."""

from __future__ import annotations

import pytest

from loaders.related import Sample
from tests.loaders.sssom_files import COLUMNS, FIRST, HEADER, SSSOM, file, refused, row


@pytest.mark.parametrize("column", ["subject_id", "predicate_id", "object_id"])
def test_a_column_that_is_missing(column: str) -> None:
    data = file(columns=COLUMNS.replace(column, f"x_{column}"))
    assert SSSOM.recognises(Sample.of("set.tsv", data))
    assert column in refused(data, "missing-column", FIRST - 1)
    refused(HEADER.encode(), "missing-column", FIRST - 1)


def test_a_column_that_stands_twice() -> None:
    refused(file(columns=f"{COLUMNS}\tsubject_id"), "bad-value", FIRST - 1)


def test_rows_of_another_length() -> None:
    whole = file(row(), row(subject_id="MONDO:0000002"))
    refused(whole[:-60], "bad-row", FIRST + 1)
    refused(file(row(), row().replace("\n", "\tmore\n")), "bad-row", FIRST + 1)


def test_quotes_that_are_not_closed() -> None:
    broken = row(subject_label='"glass heart')
    refused(file(row(), broken, row(), row(subject_label='"glass lung')), "bad-quotes", FIRST + 1)
    refused(file(row(), broken, *[row()] * 2000), "bad-quotes", FIRST + 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"subject_id": "0000001"}, "bad-code"),
        ({"object_id": "Orphanet:"}, "bad-code"),
        ({"object_id": "Orphanet:C016"}, "bad-code"),
        ({"object_id": "http://www.orpha.net/ORDO/Orphanet_40"}, "bad-code"),
        ({"object_id": "nowhere:40"}, "unknown-prefix"),
        ({"predicate_id": "skos:sameMatch"}, "unknown-predicate"),
        ({"predicate_id": ""}, "bad-value"),
        ({"subject_id": ""}, "bad-value"),
        ({"predicate_modifier": "Perhaps"}, "bad-value"),
        ({"confidence": "1.1"}, "bad-value"),
        ({"confidence": "-0.1"}, "bad-value"),
        ({"confidence": "nan"}, "bad-value"),
        ({"confidence": "high"}, "bad-value"),
        ({"mapping_justification": "by hand"}, "bad-mapping"),
        ({"mapping_justification": "nowhere:Hand"}, "bad-mapping"),
    ],
)
def test_values_of_a_row(changes: dict[str, str], reason: str) -> None:
    data = file(row(subject_id="MONDO:0000002"), row(**changes))
    message = refused(data, reason, FIRST + 1)
    assert "pydantic" not in message
    assert "Traceback" not in message


def test_the_known_predicates_are_named() -> None:
    data = file(row(predicate_id="skos:sameMatch"))
    assert "skos:exactMatch, skos:broadMatch" in refused(data, "unknown-predicate", FIRST)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("http://www.orpha.net/ORDO/Orphanet_", "https://example.org/", 3),
        ("http://www.orpha.net/ORDO/Orphanet_", "http://identifiers.org/omim/", 3),
        ("obo/MONDO_", "obo/HP_", 2),
        ("obo/MONDO_", "obo/XYZ_", 2),
        ("http://www.w3.org/2004/02/skos/core#", "https://example.org/skos#", 4),
    ],
)
def test_an_address_that_contradicts_its_prefix(old: str, new: str, line: int) -> None:
    data = file(header=HEADER.replace(old, new))
    assert new in refused(data, "wrong-prefix", line)


@pytest.mark.parametrize(
    ("header", "reason", "line"),
    [
        (f"{HEADER}# other: [never closed\n", "bad-header", 10),
        (f"{HEADER}# \tother: x\n", "bad-header", 10),
        ("# - a\n# - b\n", "bad-header", 1),
        ("# just words\n", "bad-header", 1),
        ("# curie_map: none\n# mapping_set_id: https://e.org/x\n", "bad-value", 1),
        (f"{HEADER}# mapping_date: yesterday\n", "bad-value", 10),
        (f"{HEADER}# mapping_set_confidence: 2\n", "bad-value", 10),
        (f"{HEADER}# creator_id: me\n", "bad-header", None),
        (f"{HEADER}# x: {'[' * 5000}\n", "bad-header", None),
    ],
)
def test_a_damaged_header(header: str, reason: str, line: int | None) -> None:
    refused(file(header=header), reason, line)


def test_another_encoding() -> None:
    data = file(row(), row(subject_label="cœur de verre à soie"))
    refused(data.replace("à".encode(), b"\xe0"), "not-text", FIRST + 1)


@pytest.mark.parametrize(
    ("slot", "value"), [("icd_relation", "sibling"), ("validation_status", "yes")]
)
def test_values_of_our_own_slots(slot: str, value: str) -> None:
    header = f"{HEADER}# extension_definitions:\n#   - slot_name: {slot}\n"
    columns = f"{COLUMNS}\t{slot}"
    data = file(row(columns, **{slot: value}), header=header, columns=columns)
    assert value in refused(data, "bad-value", FIRST + 2)


def test_a_slot_of_a_type_that_there_is_not() -> None:
    header = (
        f"{HEADER}# extension_definitions:\n#   - slot_name: size\n#     type_hint: xsd:giant\n"
    )
    columns = f"{COLUMNS}\tsize"
    refused(file(row(columns, size="5"), header=header, columns=columns), "bad-mapping", FIRST + 3)


@pytest.mark.parametrize(
    "text",
    [
        "subject_id\tpredicate_id\ttranslation_value\tsource_value\nHP:1\tx\ty\tz\n",
        "<ClaML/>",
        "subject_id,predicate_id,object_id,mapping_justification\n",
        "database_id\tdisease_name\n",
        "",
    ],
)
def test_files_of_other_formats(text: str) -> None:
    assert not SSSOM.recognises(Sample.of("mondo.sssom.tsv", text.encode()))
