"""Alignments written as SSSOM, and read back."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.sssom_out import SetOfMappings, write
from ontologies.alignment import Alignment, IcdRelation, Relation
from ontologies.dataset import Dataset
from ontologies.release import Release
from ontologies.systems import CodeSystems, Coding
from tests.loaders.sssom_files import read


def written(
    alignments: list[Alignment], dataset: SetOfMappings, labels: Mapping[Coding, str]
) -> str:
    stream = io.StringIO()
    write(alignments, stream, systems=CodeSystems(), dataset=dataset, label=labels.get)
    return stream.getvalue()


def test_writing() -> None:
    marfan, icd = Coding("orpha", "558"), Coding("icd-10", "Q87.4")
    text = written(
        [
            Alignment(marfan, icd, Relation.NARROWER, IcdRelation.INCLUSION, validated=True),
            Alignment(marfan, Coding("gtr", "5"), Relation.WRONG, confidence=0.5),
        ],
        SetOfMappings("glass", "2025.1", "CC-BY-4.0", {"orpha": "2025"}),
        {marfan: 'Marfan  "syndrome"', icd: "Marfan\tsyndrome"},
    )
    header, _, body = text.partition("subject_id\t")
    for line in (
        "#  ORPHA: http://www.orpha.net/ORDO/Orphanet_",
        "#  GTR: 'https://bioregistry.io/gtr:'",
        "#mapping_set_id: https://w3id.org/sssom/mapping-set/glass.sssom.tsv",
        "#mapping_set_version: '2025.1'",
        "#license: https://spdx.org/licenses/CC-BY-4.0",
        "#- slot_name: icd_relation",
    ):
        assert line in header.splitlines()
    assert body.splitlines()[1:] == [
        (
            'ORPHA:558\t"Marfan ""syndrome"""\tskos:broadMatch\t\tICD-10:Q87.4\tMarfan syndrome'
            "\tsemapv:UnspecifiedMatching\t2025\t\tinclusion\tvalidated"
        ),
        (
            'ORPHA:558\t"Marfan ""syndrome"""\tskos:exactMatch\tNot\tGTR:5\t'
            "\tsemapv:UnspecifiedMatching\t2025\t0.5\t\t"
        ),
    ]


def test_a_licence_in_words() -> None:
    text = written([], SetOfMappings("glass", "1", "ask the authors"), {})
    assert "#comment: ask the authors" in text.splitlines()


def test_the_header_of_a_dataset() -> None:
    release = Release("2025", dt.date(2025, 1, 1), ("en",), "CC0-1.0", system="glass")
    assert SetOfMappings.of(Dataset(release, ends={"hpo": "1"})) == SetOfMappings(
        "glass", "2025", "CC0-1.0", {"hpo": "1"}
    )


codings = st.one_of(
    st.integers(1, 999_999).map(lambda number: Coding("orpha", str(number))),
    st.integers(0, 9_999_999).map(lambda number: Coding("mondo", f"MONDO:{number:07}")),
    st.integers(0, 999).map(lambda n: Coding("icd-10", f"Q{n // 10:02}.{n % 10}")),
    st.from_regex(r"[A-Za-z0-9_.-]{1,9}", fullmatch=True).map(lambda code: Coding("gtr", code)),
)
alignments = st.builds(
    Alignment,
    codings,
    codings,
    st.sampled_from(Relation),
    icd_relation=st.none() | st.sampled_from(IcdRelation),
    validated=st.none() | st.booleans(),
    justification=st.none() | st.just("semapv:ManualMappingCuration"),
    confidence=st.none() | st.floats(0, 1),
)


@settings(
    max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    rows=st.lists(alignments, min_size=1, max_size=6),
    label=st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)
def test_what_is_written_is_read_back(rows: list[Alignment], label: str | None) -> None:
    stream = io.StringIO()
    ends = {"orpha": "2025", "mondo": "2026-08-04", "icd-10": "2019", "gtr": "7"}
    dataset = SetOfMappings("glass", "2025.1", ends=ends)
    write(rows, stream, systems=CodeSystems(), dataset=dataset, label=lambda _: label)
    found = read(stream.getvalue().encode())
    assert list(found.alignments) == rows
    assert (found.dataset, found.source.version) == ("glass", "2025.1")
    used = {end.system for row in rows for end in (row.subject, row.object)}
    assert found.ends == {system: ends[system] for system in used}
