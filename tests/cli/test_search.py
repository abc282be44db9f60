"""``thesaurus search`` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from ontologies.concept import EntityType, Level, Status
from search.fulltext.fields import VALUES, meant
from thesaurus.cli import words
from thesaurus.settings import Settings
from thesaurus.store import Perimeters, Register

Run = Callable[..., Result]


def test_the_index_is_built_once_and_that_is_said(run: Run, demo: None) -> None:
    first = run("search", "marfan", "type:sous-type")
    assert "index" in first.stderr
    assert "ORPHA:284963" in first.stdout
    assert "2 résultat(s)" in first.stdout
    assert "niveau : sous-type de pathologie (2)" in first.stdout
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
    shown = run("search", "marfan ET", code=2).stderr
    assert "caractère 8" in shown
    assert "character 8" in shown
    assert "Traceback" not in shown


def test_counts_are_said_in_french_and_classifications_by_name(run: Run, demo: None) -> None:
    shown = run("search", "marfan").stdout.splitlines()
    counts = dict(line.strip().split(" : ", 1) for line in shown if " : " in line)
    assert list(counts) == ["niveau", "type", "statut", "classification"]
    assert counts["type"] == "sous-type clinique (2), maladie (1)"
    assert counts["statut"] == "actif (3)"
    assert "199 Classification Orphanet des maladies osseuses rares (3)" in counts["classification"]


@pytest.mark.parametrize(
    ("field", "keys", "said"),
    [
        ("level", [each.key for each in Level], words.level),
        ("type", [each.key for each in EntityType], words.entity_type),
        ("status", list(Status), words.status),
    ],
)
def test_the_words_of_counts_may_be_asked_for(
    field: str, keys: list[str], said: Callable[[str], str]
) -> None:
    for key in keys:
        assert meant(field, said(key), VALUES[field]) == (key,)


def test_a_page_after_the_last_one_is_said(run: Run, demo: None) -> None:
    run("search", "marfan")
    beyond = run("search", "marfan", "--page", "9")
    assert beyond.stdout == ""
    assert "Pas de page 9 : la dernière est la page 1." in beyond.stderr
    assert "no page 9" in beyond.stderr
    answer = json.loads(run("search", "marfan", "--page", "9", "--json").stdout)
    assert (answer["total"], answer["items"]) == (3, [])


def test_a_perimeter_bounds_the_search(run: Run, demo: None, home: Register) -> None:
    Perimeters(home.database).replace("oscar", ["558", "586"], actor="ana")
    shown = run("search", "marfan", "--perimeter", "oscar").stdout
    assert "1 résultat(s)" in shown
    assert "ORPHA:558 " in shown
    assert "oscar" in run("search", "marfan", "--perimeter", "nulle-part", code=1).stderr


def test_a_folder_that_cannot_be_written_is_said(run: Run, demo: None) -> None:
    (Settings().home / "search").write_text("a file")
    shown = run("search", "marfan", code=1).stderr
    assert "search" in shown
    assert "Traceback" not in shown
