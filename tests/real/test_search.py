"""The coders' search on the packs of 2023 beside all datasets: what must be found, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.fulltext import Found, FullText
from search.fulltext.building import build
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

pytestmark = pytest.mark.real

Ask = Callable[..., Found]


@pytest.fixture(scope="module")
def ask(complete_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the release of 2023, French and English, with everything beside it."""
    folder = tmp_path_factory.mktemp("search")
    database = Database(Settings(home=complete_home).database)
    register = Register(database)
    runtime = Runtime(register)
    runtime.refresh()
    release = runtime.current()
    database.dispose()
    (folder / "index").mkdir()
    build(folder / "index", release.snapshot, release.related)
    index = FullText(folder / "index")
    return lambda query, **options: index.search(
        release.snapshot, release.related, query, **options
    )


def codes(found: Found) -> list[str]:
    return [hit.concept.code for hit in found.hits]


@pytest.mark.parametrize(
    ("query", "first", "total"),
    [
        ("syndrome de marfan", "558", None),
        ("marfan type:sous-type", "284963", 2),
        ("libellé:mucoviscidose", "586", None),
        ("cystic fibrosis type:maladie", "586", None),
        ("omim:154700", "558", None),
        ("cim10:Q87.4", "558", 7),
        ("cim11:LD28.01", "558", 1),
        ("umls:C0024796", "558", 1),
        ("mondo:0007947", "558", None),
        ('"ehlers-danlos vasculaire"', "286", None),
        ("code:616874", "616874", 1),
        ("parent:558", "284963", 2),
        ("gene:CFTR level:disorder", None, None),
        ("label:steinert", "273", None),
    ],
)
def test_what_a_coder_looks_for(ask: Ask, query: str, first: str | None, total: int | None) -> None:
    found = ask(query)
    assert first is None or codes(found)[0] == first
    assert found.total == total if total is not None else found.total > 0


def test_counts_are_those_of_the_release(ask: Ask) -> None:
    """10,839 entities in 2023 (domain.md, section 2.6)."""
    everything = ask("NOT code:0*")
    assert everything.total == 10_839
    for counts in (everything.facets["level"], everything.facets["type"],
                   everything.facets["status"]):  # fmt: skip
        assert sum(count for _, count in counts) == 10_839
    assert len(everything.facets["classification"]) == 34
    assert ask('statut:"non rare"').total == dict(everything.facets["status"])["non_rare"]


def test_cystic_fibrosis_is_tied_to_its_gene(ask: Ask) -> None:
    assert "586" in codes(ask("gene:CFTR", page_size=100))


def test_a_typo_is_told(ask: Ask) -> None:
    assert ask("mucovicidose").did_you_mean == "mucoviscidose"
    assert ask("syndrme de marfn").did_you_mean == "syndrome de marfan"
