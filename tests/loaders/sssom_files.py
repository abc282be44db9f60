"""SSSOM files to read: a header, rows with one thing changed, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from loaders import sssom
from loaders.related import Reading, RelatedFile, Sample
from ontologies.errors import Refused

[SSSOM] = sssom.FORMATS
HEADER = """\
# curie_map:
#   MONDO: http://purl.obolibrary.org/obo/MONDO_
#   Orphanet: http://www.orpha.net/ORDO/Orphanet_
#   skos: http://www.w3.org/2004/02/skos/core#
#   semapv: https://w3id.org/semapv/vocab/
# license: https://example.org/licence
# mapping_set_id: https://example.org/sets/glass_hearts.sssom.tsv
# mapping_set_version: https://example.org/releases/2026-01-02/glass_hearts.sssom.tsv
# subject_source: infores:mondo
"""
COLUMNS = (
    "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label"
    "\tmapping_justification\tconfidence"
)
FIRST = HEADER.count("\n") + 2  # the line of the first row
ROW = {
    "subject_id": "MONDO:0000001",
    "subject_label": "glass heart",
    "predicate_id": "skos:exactMatch",
    "object_id": "Orphanet:40",
    "object_label": "Glass heart",
    "mapping_justification": "semapv:ManualMappingCuration",
}


def row(columns: str = COLUMNS, **changes: str) -> str:
    cells: Mapping[str, str] = ROW | changes
    return "\t".join(cells.get(column, "") for column in columns.split("\t")) + "\n"


def file(*rows: str, header: str = HEADER, columns: str = COLUMNS) -> bytes:
    return f"{header}{columns}\n{''.join(rows or (row(),))}".encode()


def read(data: bytes, dataset: str | None = None) -> RelatedFile:
    assert SSSOM.recognises(Sample.of("set.tsv", data))
    return SSSOM.read("set.tsv", data, Reading(dataset=dataset))


def refused(data: bytes, reason: str, line: int | None) -> str:
    """Read in vain; the message in English."""
    with pytest.raises(Refused) as caught:
        SSSOM.read("set.tsv", data, Reading())
    assert (caught.value.reason, caught.value.file, caught.value.line) == (
        reason,
        "set.tsv",
        line,
    ), caught.value.message.en
    return caught.value.message.en
