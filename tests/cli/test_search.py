"""``thesaurus search`` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable

from typer.testing import Result

from thesaurus.settings import Settings

Run = Callable[..., Result]


def test_the_index_is_built_once_and_that_is_said(run: Run, demo: None) -> None:
    first = run("search", "marfan", "type:sous-type")
    assert "index" in first.stderr
    assert "ORPHA:284963" in first.stdout
    assert "2 résultat(s)" in first.stdout
    assert "level: subtype 2" in first.stdout
    again = run("search", "marfan", "type:sous-type")
    assert again.stderr == ""
    assert again.stdout == first.stdout
    assert (Settings().home / "search").stat().st_mode & 0o077 == 0


def test_as_json(run: Run, demo: None) -> None:
    run("search", "marfan")
    answer = json.loads(
        run("search", "NOT x", "--page", "2", "--page-size", "3", "--sort", "code", "--json").stdout
    )
    assert (answer["page"], answer["page_size"], len(answer["items"])) == (2, 3, 3)
    assert answer["release"] == "demo-2023"
    older = json.loads(run("search", "marfan", "--release", "demo-2022", "--json").stdout)
    assert older["release"] == "demo-2022"


def test_nothing_found_says_what_may_be_meant(run: Run, demo: None) -> None:
    shown = run("search", "marfna", code=1).stdout
    assert "did you mean: marfan" in shown
    assert "no result" in shown


def test_inactive_codes_show_their_target(run: Run, demo: None) -> None:
    shown = run("search", "code:255241").stdout
    assert "[déprécié]  → ORPHA:506" in shown


def test_a_wrong_query_says_where(run: Run, demo: None) -> None:
    shown = run("search", "marfan ET", code=1).stderr
    assert "caractère 8" in shown
    assert "character 8" in shown
    assert "Traceback" not in shown


def test_a_folder_that_cannot_be_written_is_said(run: Run, demo: None) -> None:
    (Settings().home / "search").write_text("a file")
    shown = run("search", "marfan", code=1).stderr
    assert "search" in shown
    assert "Traceback" not in shown
