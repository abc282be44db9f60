"""``thesaurus evaluate``: tables, JSON, sets in and out, and what it cannot make."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.conftest import DEMONSTRATION

Run = Callable[..., Result]
PACK = str(DEMONSTRATION / "2023")
OLDER = str(DEMONSTRATION / "2022")


def rows(answer: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    found = json.loads(answer)["rows"]
    return {(row["names"], row["kind"], row["engine"]): row for row in found}


@pytest.mark.usefixtures("demo")
def test_every_kind_is_made_from_what_is_loaded(run: Run) -> None:
    answer = run("evaluate", "--count", "12", "--json").stdout
    found = json.loads(answer)
    assert (found["release"], found["older"], found["count"]) == ("demo-2023", "demo-2022", 12)
    assert found["missing"] == []
    assert found["left_out"] > 0
    assert "CPython" in found["machine"]
    kinds = {kind for _, kind, _ in rows(answer)}
    assert kinds >= {"whole", "one-typo", "reworded", "paraphrase", "mixed"}
    assert rows(answer)["own", "whole", "thesaurus"]["recall_at_5"] == 1
    assert rows(answer)["linked", "whole", "thesaurus"]["queries"] == 12


def test_without_an_older_release_and_linked_names_it_says_so(run: Run) -> None:
    shown = run("evaluate", "--pack", PACK, "--count", "5").stdout
    assert "reworded : pas mesuré, aucune version plus ancienne" in shown
    assert "paraphrase : pas mesuré, aucun nom lié" in shown
    assert "avec les noms liés" not in shown
    assert "whole" in shown
    assert "mixed" in shown


def test_tables_and_what_was_left_out(run: Run) -> None:
    shown = run("evaluate", "--pack", PACK, "--pack", str(DEMONSTRATION / "related"),
                "--older-pack", OLDER, "--count", "8", "--rivals", "fts5").stdout  # fmt: skip
    assert "libellés de la version / labels of the release" in shown
    assert "avec les noms liés / with linked names" in shown
    assert "are left out of every index" in shown
    assert "× our p50" in shown
    assert "fts5" in shown
    assert "release 2023" in shown


def test_sets_are_written_and_read_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "sets"
    made = run("evaluate", "--pack", PACK, "--kinds", "whole,sound", "--count", "7", "--write",
               str(folder), "--json").stdout  # fmt: skip
    paths = sorted(map(str, folder.iterdir()))
    assert [Path(path).name for path in paths] == ["sound.jsonl", "whole.jsonl"]
    again = run("evaluate", *paths, "--pack", PACK, "--json").stdout
    one = run("evaluate", *paths, "--kinds", "whole", "--pack", PACK, "--json").stdout
    for kind in ("whole", "sound"):
        key = ("own", kind, "thesaurus")
        assert rows(again)[key]["mrr"] == rows(made)[key]["mrr"]
    assert ("own", "sound", "thesaurus") not in rows(one)


def test_the_seed_decides(run: Run, tmp_path: Path) -> None:
    texts = []
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        run("evaluate", "--pack", PACK, "--kinds", "one-typo", "--count", "9", "--seed", seed,
            "--write", str(tmp_path / name))  # fmt: skip
        texts.append((tmp_path / name / "one-typo.jsonl").read_text())
    assert texts[0] == texts[1] != texts[2]


def test_a_code_that_the_release_does_not_have_is_named_with_its_place(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"query": "marfan", "codes": ["558"]}\n{"query": "x", "codes": ["999999"]}\n')
    shown = run("evaluate", str(path), "--pack", PACK, code=1).stderr
    assert "mine.jsonl, ligne 2 : le code « 999999 » est inconnu de la version 2023" in shown
    assert "mine.jsonl, line 2: code '999999' is unknown in release 2023" in shown


def test_nothing_measured_is_no_success(run: Run) -> None:
    shown = run("evaluate", "--pack", PACK, "--kinds", "paraphrase", code=1).stdout
    assert "not measured, no linked names" in shown


@pytest.mark.parametrize(
    "words",
    [
        ["--kinds", "guess"],
        ["--rivals", "lucene"],
        ["--count", "0"],
        ["--release", "2023"],
        ["--older-pack", "no-such-file"],
        ["no-such-set.jsonl"],
    ],
)
def test_wrong_usage(run: Run, words: list[str]) -> None:
    run("evaluate", "--pack", PACK, *words, code=2)


def test_with_nothing_loaded_it_says_what_to_do(run: Run) -> None:
    assert "thesaurus load" in run("evaluate", code=1).stderr
