"""Everything in the three real packs comes back from the routes, and nothing is added."""

from __future__ import annotations

from typing import Any

import pytest

from tests.real.conftest import Ask, clean
from tests.real.files import STATUS, Entity, Pack

pytestmark = pytest.mark.real

YEARS = [("2022", ("fr_2022",)), ("2023", ("fr_2023", "en_2023"))]


@pytest.mark.parametrize(("release", "names"), YEARS)
def test_every_entity(
    ask: Ask, packs: dict[str, Pack], release: str, names: tuple[str, ...]
) -> None:
    languages = {name[:2]: packs[name].entities for name in names}
    codes = languages["fr"].keys()
    counts = _register(ask)[release]["counts"]
    assert counts["entities"] == len(codes)
    for code in codes:
        page = ask(f"/v1/concepts/{code}", release=release)
        assert page["release"] == release
        _compare_facts(page, languages["fr"][code])
        _compare_labels(page, {lang: entities[code] for lang, entities in languages.items()})


def _compare_facts(page: dict[str, Any], entity: Entity) -> None:
    redirection = page["redirection"] and (
        page["redirection"]["kind"],
        page["redirection"]["target"],
    )
    found = (page["flag"], page["status"], page["level"], page["type"], redirection)
    expected = (
        entity.flag,
        STATUS[entity.flag],
        entity.level,
        entity.type,
        entity.redirection,
    )
    assert found == expected, page["code"]
    assert page["aggregation_known"] == entity.has_aggregation
    if entity.has_aggregation:
        assert page["aggregation"] == entity.aggregation, page["code"]


def _compare_labels(page: dict[str, Any], entities: dict[str, Entity]) -> None:
    """The raw texts are those of the files, in their order; the served ones are clean."""
    for lang, entity in entities.items():
        mine = [each for each in page["labels"] if each["lang"] == lang]
        names = [each["raw"] or each["text"] for each in mine if each["kind"] == "preferred"]
        synonyms = [each["raw"] or each["text"] for each in mine if each["kind"] == "synonym"]
        assert names == [entity.name], page["code"]
        assert synonyms == entity.synonyms, page["code"]
        if entity.has_definition:
            assert page["definition"], page["code"]
    assert {each["lang"] for each in page["labels"]} == set(entities)
    assert all(clean(each["text"]) for each in page["labels"]), page["code"]
    assert page["lang"] == "fr"


@pytest.mark.parametrize(("release", "names"), YEARS)
def test_every_edge(ask: Ask, packs: dict[str, Pack], release: str, names: tuple[str, ...]) -> None:
    edges = packs[names[0]].edges
    for other in names[1:]:
        assert packs[other].edges == edges
    answer = ask("/v1/classifications", release=release)
    assert {each["id"] for each in answer["items"]} == set(edges)
    for each in answer["items"]:
        expected = edges[each["id"]]
        assert _edges_of(ask, release, each["id"], each["roots"]) == {
            edge for edge in expected if edge[0]
        }
        below = {child for _, child in expected}
        heads = {parent for parent, _ in expected} - below - {None}
        heads |= {child for parent, child in expected if parent is None}
        assert {root["code"] for root in each["roots"]} == heads


def _edges_of(
    ask: Ask, release: str, classification: str | None, roots: list[dict[str, Any]]
) -> set[tuple[str, str]]:
    """Walk a classification down through the route for children."""
    found: set[tuple[str, str]] = set()
    waiting = [root["code"] for root in roots if root["children_count"]]
    seen = set(waiting)
    query = {"classification": classification} if classification else {}
    while waiting:
        code = waiting.pop()
        for child in ask(f"/v1/concepts/{code}/children", release=release, **query)["items"]:
            found.add((code, child["code"]))
            if child["children_count"] and child["code"] not in seen:
                seen.add(child["code"])
                waiting.append(child["code"])
    return found


@pytest.mark.parametrize(("release", "names"), YEARS)
def test_the_merged_hierarchy_is_the_union(
    ask: Ask, packs: dict[str, Pack], release: str, names: tuple[str, ...]
) -> None:
    union = {edge for edges in packs[names[0]].edges.values() for edge in edges if edge[0]}
    roots = {
        root["code"]: root
        for each in ask("/v1/classifications", release=release)["items"]
        for root in each["roots"]
    }
    assert _edges_of(ask, release, None, list(roots.values())) == union


def test_counts_are_those_of_the_data_notes(ask: Ask) -> None:
    """Figures of ``data/README.md`` and ``data/orphanet/README.md``."""
    records = _register(ask)
    counts = records["2022"]["counts"]
    assert counts["entities"] == 10_675
    assert counts["synonyms_fr"] == 13_045
    # 1,077 in the notes: 391658 -> 438279 stands twice in the file, and once here.
    assert counts["redirections_moved_to"] + counts["redirections_referred_to"] == 1_077 - 1
    assert (counts["edges"], counts["distinct_edges"]) == (35_276, 18_198)
    assert counts["classified"] == 9_369
    assert counts["definitions_fr"] == 5
    counts = records["2023"]["counts"]
    assert counts["entities"] == 10_839
    assert (counts["synonyms_fr"], counts["synonyms_en"]) == (13_322, 13_828)
    assert counts["redirections_moved_to"] == 288
    assert counts["redirections_referred_to"] == 836
    assert (counts["edges"], counts["distinct_edges"]) == (35_756, 18_424)
    assert counts["classified"] == 9_479
    assert counts["definitions_en"] == 6_790
    levels = [counts[f"level_{level}"] for level in ("group", "disorder", "subtype")]
    assert levels == [2_520, 7_048, 1_271]
    inactive = [counts[f"status_{status}"] for status in ("obsolete", "deprecated", "non_rare")]
    assert inactive == [931, 288, 141]
    assert counts["status_active"] == 9_132 + 32
    assert counts["status_active_historic"] == 315


def _register(ask: Ask) -> dict[str, Any]:
    return {each["id"]: each for each in ask("/v1/releases")["items"]}


def test_a_code_that_vanished(ask: Ask) -> None:
    assert ask("/v1/concepts/398980", release="2022")["status"] == "active"
    assert ask("/v1/concepts/398980", 404)["code"] == "unknown_code"
    page = ask("/v1/concepts/398980", as_of="2022-12-01")
    assert page["release"] == "2022"


@pytest.mark.parametrize(("query", "code"), [("mal alexandr", "58"), ("marfn", "558")])
def test_first_hits(ask: Ask, query: str, code: str) -> None:
    assert ask("/v1/suggest", q=query)["hits"][0]["code"] == code


def test_the_figures_of_the_hierarchy(ask: Ask) -> None:
    """The extremes that the data notes name."""
    assert len(ask("/v1/concepts/805/parents")["items"]) == 15
    assert ask("/v1/concepts/102283")["children_count"] == 657
    assert ask("/v1/subsumes", a="98006", b="58")["subsumes"] is True
