"""The table of ORDO's external references."""

from __future__ import annotations

import pytest

from loaders.orphanet.xrefs import FORMATS
from loaders.related import Reading, RelatedFile, Sample
from ontologies.alignment import Alignment, Relation
from ontologies.errors import Refused
from ontologies.systems import Coding

LINES = (
    "orpha_code\tsource\treference\tlabel_en_2018",
    "558\tICD10\tQ87.4\tMarfan",
    "558\tOMIM\t154700\tMarfan",
    "558\tMESH\tD008382\tMarfan",
    "40\tICD10\tI51.8+\tGlass heart",
    "40\tUMLS\tC0000001\tGlass heart",
    "40\tMedDRA\t10000001\tGlass heart",
)
(FORMAT,) = FORMATS


def table(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def read(data: bytes) -> RelatedFile:
    assert FORMAT.recognises(Sample.of("anything.obo", data))
    return FORMAT.read("x.tsv", data, Reading())


def test_references() -> None:
    parsed = read(table(*LINES))
    assert (parsed.dataset, parsed.source.kind) == ("ordo-xrefs", "ordo-xrefs")
    assert (parsed.source.date, parsed.ends) == (None, {"orpha": "2018"})
    marfan, heart = Coding("orpha", "558"), Coding("orpha", "40")
    assert parsed.alignments == (
        Alignment(marfan, Coding("icd-10", "Q87.4")),
        Alignment(marfan, Coding("omim", "154700")),
        Alignment(marfan, Coding("mesh", "D008382")),
        Alignment(heart, Coding("icd-10", "I51.8"), written="I51.8+"),
        Alignment(heart, Coding("umls", "C0000001")),
        Alignment(heart, Coding("meddra", "10000001")),
    )
    assert {each.relation for each in parsed.alignments} == {Relation.UNSPECIFIED}
    assert parsed.counts == {
        "rows": 6,
        "disorders": 2,
        "references_icd-10": 2,
        "references_meddra": 1,
        "references_mesh": 1,
        "references_omim": 1,
        "references_umls": 1,
    }
    assert parsed.findings == ()


def test_oddities_are_kept_and_noted() -> None:
    parsed = read(table(*LINES, "40\tICD10\tC85,7\tx", "40\tXYZ\t1\tx", LINES[1]))
    assert [each.object for each in parsed.alignments][-2:] == [
        Coding("icd-10", "C85,7"),
        Coding("xyz", "1"),
    ]
    assert [(each.key, each.line) for each in parsed.findings] == [
        ("unfit-code", 8),
        ("unknown-source", 9),
        ("repeated-row", 10),
    ]
    assert len(parsed.alignments) == 8
    assert parsed.counts["rows"] == 9


def test_without_labels_the_year_is_unknown() -> None:
    parsed = read(b"reference\torpha_code\tsource\n154700\t558\tOMIM\n")
    assert parsed.ends == {}
    assert parsed.alignments[0].object == Coding("omim", "154700")


@pytest.mark.parametrize(
    "text", ["", "orpha_code\tgene_id\n", "subject_id\tpredicate_id\n", "<JDBOR/>", "source,x\n"]
)
def test_other_files_are_not_claimed(text: str) -> None:
    assert not FORMAT.recognises(Sample.of("ordo_xrefs.tsv", text.encode()))


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (table(LINES[0], "x\tOMIM\t1\tx"), "bad-value", 2),
        (table(*LINES, "40\t\t1\tx"), "bad-value", 8),
        (table(*LINES, "40\tOMIM\t\tx"), "bad-value", 8),
        (table(*LINES, "40\tOMIM"), "bad-row", 8),
        (table(LINES[0]), "nothing-inside", None),
        (table(*LINES)[:-20] + b"\n", "bad-row", 7),
        (table(*LINES, "40\tOMIM\t1\t\xe9").replace(b"\xc3\xa9", b"\xe9"), "not-text", 8),
    ],
)
def test_damage(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(Refused) as caught:
        read(data)
    assert (caught.value.reason, caught.value.line) == (reason, line)
    assert caught.value.file == "x.tsv"


def test_a_missing_column() -> None:
    with pytest.raises(Refused) as caught:
        FORMAT.read("x.tsv", b"orpha_code\tsource\n1\tOMIM\n", Reading())
    assert (caught.value.reason, caught.value.line) == ("missing-column", 1)
