"""Query sets as files: what is written is read again; what is wrong is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontologies.errors import Refused
from ontologies.release import Snapshot
from search.laboratory import Query, QuerySet, read_sets, write_sets

SETS = (
    QuerySet("one-typo", (Query("marfn", ("558",), "one-typo"),)),
    QuerySet("whole", (Query("œdème « α »", ("58", "558"), "whole"), Query("x", ("15",), "whole"))),
)


def test_sets_are_read_as_they_were_written(snapshot: Snapshot, tmp_path: Path) -> None:
    paths = write_sets(SETS, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["one-typo.jsonl", "whole.jsonl"]
    assert read_sets(paths, snapshot) == SETS
    before = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write_sets(SETS, tmp_path / "new" / "folder")] == before


def test_codes_are_read_in_every_form_and_the_kind_may_be_the_file(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('\n{"query": "marfan", "codes": ["ORPHA:558", "Orphanet_58"]}\n\n')
    [mine] = read_sets([path], snapshot)
    assert mine == QuerySet("mine", (Query("marfan", ("558", "58"), "mine"),))


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        ('{"query": "x", "codes": ["999999"]}', "999999 » est inconnu", "'999999' is unknown"),
        ('{"query": "x", "codes": ["marfan"]}', "« marfan » est inconnu", "'marfan' is unknown"),
        ('{"query": "x", "codes": []}', "champs inattendus", "unexpected fields"),
        ('{"query": "x", "codes": [558]}', "champs inattendus", "unexpected fields"),
        ('{"query": 5, "codes": ["558"]}', "champs inattendus", "unexpected fields"),
        ('{"query": "x", "code": "558"}', "champs inattendus", "unexpected fields"),
        ('{"query": "x", "codes": ["558"], "note": ""}', "champs inattendus", "unexpected fields"),
        ('["x", "558"]', "champs inattendus", "unexpected fields"),
        ("marfan;558", "JSON illisible", "not JSON"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_write(
    snapshot: Snapshot, tmp_path: Path, line: str, french: str, english: str
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(f'{{"query": "marfan", "codes": ["558"]}}\n\n{line}\n')
    with pytest.raises(Refused) as refused:
        read_sets([path], snapshot)
    fr, en = refused.value.message
    assert f"{path}, ligne 3 : " in fr
    assert f"{path}, line 3: " in en
    assert french in fr
    assert english in en
    assert '{"query": "marfn", "codes": ["558"], "kind": "one-typo"}' in fr
    assert refused.value.reason == "query-set"


@pytest.mark.parametrize(("content", "english"), [(b"\n", "no query"), (b"\xff\xfe", "not UTF-8")])
def test_a_file_of_nothing_is_refused(
    snapshot: Snapshot, tmp_path: Path, content: bytes, english: str
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(content)
    with pytest.raises(Refused, match=english):
        read_sets([path], snapshot)
