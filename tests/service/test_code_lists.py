"""Lists and tables of codes that a deployment writes itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontologies.errors import Refused
from thesaurus.code_lists import read_codes, read_counts


def file_of(folder: Path, content: str | bytes, name: str = "codes.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "558\n586\n",
        "558\r\n586",
        "\ufeffcode\nORPHA:558\nOrphanet_586\n",
        "# liste 2026\n\n558  # Marfan\n586\n#fin",
        "ORPHAcode;Libellé\n558;Syndrome de Marfan\n586;Mucoviscidose\n",
        'Libellé,"Code ORPHA"\n"Marfan, syndrome de",558\nMucoviscidose,586\n',
        "558,Syndrome de Marfan\n586,x,y\n",
        "nom\tCode\nx\t558\ny\t586",
        "http://www.orpha.net/ORDO/Orphanet_558\nhttps://www.orpha.net/fr/disease/detail/586\n",
    ],
)
def test_lists_of_codes_are_read_in_many_forms(tmp_path: Path, content: str) -> None:
    assert read_codes(file_of(tmp_path, content)).codes == ("558", "586")


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        ("558,3\n586,10\n", {"558": 3, "586": 10}),
        ("code;count\nORPHA:558;3\n558;4\n", {"558": 7}),
        ("nombre;libellé;code\n3;Marfan;558\n", {"558": 3}),
        ("558,0\n", {"558": 0}),
    ],
)
def test_tables_of_counts_are_read(tmp_path: Path, content: str, counts: dict[str, int]) -> None:
    assert read_counts(file_of(tmp_path, content)) == counts


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        ("558\nMarfan\n", 2, "cannot be read"),
        ("libellé\n558\n", 1, "cannot be read"),
        ("558\n\n;x\n", 3, "cannot be read"),
        (b"558\n\xe9\n", 2, "UTF-8"),
        (b"558\n5\x008\n", 2, "UTF-8"),
        ("558\n586".encode("utf-16"), None, "UTF-8"),
        (b"PK\x03\x04xlsx", None, "CSV"),
        ("", None, "no code"),
        ("code\n", None, "no code"),
        ("# rien\n", None, "no code"),
    ],
)
def test_a_fault_in_a_list_has_its_line(
    tmp_path: Path, content: str | bytes, line: int | None, why: str
) -> None:
    with pytest.raises(Refused, match=why) as caught:
        read_codes(file_of(tmp_path, content))
    assert caught.value.line == line
    assert caught.value.file == "codes.csv"


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "9" * 13, "²"])
def test_a_count_is_a_whole_number(tmp_path: Path, number: str) -> None:
    with pytest.raises(Refused, match=r"codes.csv, line 2: .*whole number"):
        read_counts(file_of(tmp_path, f"558,1\n586,{number}\n"))


def test_a_file_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thesaurus.code_lists._LARGEST", 10)
    with pytest.raises(Refused, match="more than 10 bytes"):
        read_codes(file_of(tmp_path, "558\n" * 10))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    file = file_of(tmp_path, content, "any.csv")
    for read in (read_codes, read_counts):
        try:
            read(file)
        except Refused:
            continue
