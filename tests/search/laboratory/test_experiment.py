"""Engines side by side: ranks, figures, rivals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ontologies.errors import InvalidRequest
from ontologies.release import Snapshot
from search.laboratory import Bench, Entry, Query, QuerySet, Sets, make, run
from search.laboratory.engines import first_of_each
from search.laboratory.experiment import MIXED, OWN, WITH_LINKED
from search.laboratory.measures import Outcome, percentile, rank, score
from search.laboratory.rivals import RIVALS, rivals
from tests.search.laboratory.test_wording import linked


class Parrot:
    """Knows names word for word; is asked three queries of a kind at most."""

    name = "parrot"
    most: int | None = 3

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    def ask(self, text: str, limit: int) -> list[str]:
        return first_of_each((code for code, name in self.entries if name == text), limit)


def test_the_rank_is_that_of_the_first_right_answer() -> None:
    assert rank(["1", "2", "3"], ["3", "2"]) == 2
    assert rank(["1"], ["2"]) is None
    assert rank([], ["2"]) is None


def test_a_score_sums_up() -> None:
    found = score([Outcome(1, 0.001), Outcome(2, 0.002), Outcome(10, 0.003), Outcome(None, 0.004)])
    assert found.recall == (0.25, 0.5, 0.75)
    assert found.mrr == pytest.approx((1 + 0.5 + 0.1) / 4)
    assert (found.p50, found.p99) == (0.002, 0.004)


@pytest.mark.parametrize(("share", "value"), [(1, 1), (50, 50), (99, 99), (100, 100)])
def test_percentiles_are_values_that_came_up(share: int, value: int) -> None:
    assert percentile(range(100, 0, -1), share) == value


def test_rivals_are_compared_on_the_same_queries(snapshot: Snapshot) -> None:
    sets = make(snapshot, kinds=["whole", "word-order"], count=10)
    report = run(Bench(snapshot, rivals=(Parrot,)), sets)
    rows = {(row.kind, row.engine): row for row in report.rows}
    assert rows["whole", "thesaurus"].score.count == 10
    parrot = rows["whole", "parrot"]
    assert parrot.score.count == parrot.ours.count == 3
    assert rows[MIXED, "parrot"].score.count == 6
    assert rows["word-order", "parrot"].score.mrr == 0
    assert {row.names for row in report.rows} == {OWN}


def test_linked_names_make_a_second_round_without_those_drawn(snapshot: Snapshot) -> None:
    sets = make(snapshot, linked=linked, kinds=["paraphrase", "whole"], count=10)
    report = run(Bench(snapshot, linked, rivals=(Parrot,)), sets)
    assert {row.names for row in report.rows} == {OWN, WITH_LINKED}
    assert report.names[WITH_LINKED] > report.names[OWN]
    answered = [
        row.score.mrr for row in report.rows if (row.kind, row.engine) == ("paraphrase", "parrot")
    ]
    assert answered == [0, 0]


def test_with_nothing_to_measure_there_are_no_rows(snapshot: Snapshot) -> None:
    assert run(Bench(snapshot), Sets(())).rows == ()


def test_rounds_ask_again_and_change_no_rank(snapshot: Snapshot) -> None:
    sets = make(snapshot, kinds=["whole"], count=5)
    once, thrice = (run(Bench(snapshot, rounds=n), sets).rows[0].score for n in (1, 3))
    assert (once.recall, once.mrr, once.count) == (thrice.recall, thrice.mrr, thrice.count)


@pytest.mark.parametrize("name", RIVALS)
def test_rivals_find_names_and_take_any_text(name: str, snapshot: Snapshot) -> None:
    pytest.importorskip(RIVALS[name][1] or "sqlite3")
    [build] = rivals([name])
    engine = build([Entry("558", "syndrome de marfan"), Entry("58", "maladie d alexander"),
                    Entry("558", "marfan syndrome")])  # fmt: skip
    assert engine.name == name
    assert list(engine.ask("Syndrome de Marfan", 10))[:1] == ["558"]
    assert list(engine.ask("maladie alexan", 10))[:1] == ["58"]
    for text in ("", "  ", "'\"*", "AND OR NOT", 'text:"x" AND (', "a"):
        assert len(engine.ask(text, 10)) <= 2


@pytest.mark.parametrize("name", ["tantivy", "tantivy-all", "whoosh"])
def test_engines_that_forgive_typos(name: str) -> None:
    pytest.importorskip(RIVALS[name][1] or "sqlite3")
    [build] = rivals([name])
    engine = build([Entry("558", "syndrome de marfan"), Entry("58", "maladie d alexander")])
    assert list(engine.ask("marfen", 10)) == ["558"]


def test_an_unknown_rival_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="fts5-trigram"):
        rivals(["lucene"])


def test_a_rival_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = {"absent": (Parrot, "no_such_module_at_all")}
    monkeypatch.setattr("search.laboratory.rivals.RIVALS", absent)
    with pytest.raises(InvalidRequest) as refused:
        rivals(["absent"])
    assert "n'est pas installé" in refused.value.message.fr
    assert 'pip install "rare-disease-thesaurus[rivals]"' in refused.value.message.en


def test_a_set_of_queries_written_by_hand(snapshot: Snapshot) -> None:
    hand = Sets((QuerySet("hand", (Query("marfan", ("558",), "hand"),)),))
    assert run(Bench(snapshot), hand).rows[0].score.recall == (1, 1, 1)
