"""Mondo's real SSSOM files: the counts of the README beside the data."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from loaders import sssom
from loaders.related import Reading, RelatedFile, Sample
from loaders.sssom_out import SetOfMappings, write
from ontologies.alignment import Relation
from ontologies.systems import CodeSystems

pytestmark = pytest.mark.real
[SSSOM] = sssom.FORMATS


def read(path: Path) -> RelatedFile:
    data = path.read_bytes()
    assert SSSOM.recognises(Sample.of(path.name, data))
    return SSSOM.read(path.name, data, Reading())


# The README says 1,328 obsolete Mondo terms: so many rows have one, of 1,327 terms.
@pytest.mark.parametrize(
    ("kind", "rows", "subjects", "relation"),
    [
        ("exactmatch", 9785, 9740, Relation.EXACT),
        ("hasdbxref", 10491, 10378, Relation.UNSPECIFIED),
    ],
)
def test_mondo(real_data: Path, kind: str, rows: int, subjects: int, relation: Relation) -> None:
    found = read(real_data.parent / "mondo" / f"mondo_{kind}_orphanet.sssom.tsv")
    assert found.counts == {
        "rows": rows,
        "alignments": rows,
        "subjects": subjects,
        "objects": rows,
        "terms": subjects,
        "obsolete_terms": 1327,
    }
    obsolete = {term.coding for term in found.terms if term.obsolete}
    assert sum(each.subject in obsolete for each in found.alignments) == 1328
    assert {each.relation for each in found.alignments} == {relation}
    assert {(each.subject.system, each.object.system) for each in found.alignments} == {
        ("mondo", "orpha")
    }
    assert found.findings == ()
    assert (found.dataset, found.source.version) == (f"mondo-{kind}-orphanet", "2026-08-04")
    assert found.ends == {"mondo": "2026-08-04"}
    assert found.source.licence == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_mondo_written_and_read_back(real_data: Path) -> None:
    found = read(real_data.parent / "mondo" / "mondo_exactmatch_orphanet.sssom.tsv")
    labels = {term.coding: term.labels[0].in_file for term in found.terms}
    stream = io.StringIO()
    dataset = SetOfMappings(found.dataset, "2026-08-04", found.source.licence, found.ends)
    write(found.alignments, stream, systems=CodeSystems(), dataset=dataset, label=labels.get)
    again = SSSOM.read("again.tsv", stream.getvalue().encode(), Reading())
    assert again.alignments == found.alignments
    assert again.terms == found.terms
    assert (again.dataset, again.ends) == (found.dataset, found.ends)
    assert (again.source.version, again.source.licence) == ("2026-08-04", found.source.licence)
