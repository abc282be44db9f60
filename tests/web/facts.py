"""The facts of the page of an entity, read from its HTML and from the API's JSON in one form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import lxml.html

Ask = Callable[[str], Any]


def _all(page: Any, field: str) -> list[Any]:
    return list(page.xpath(".//*[@data-field=$field]", field=field))


def _one(page: Any, field: str) -> Any:
    (found,) = _all(page, field)
    return found


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _edges(nodes: Iterable[Any], above: str | None = None) -> set[tuple[str | None, str]]:
    """The edges of nested lists; those of the heads have nothing above."""
    found: set[tuple[str | None, str]] = set()
    for node in nodes:
        found.add((above, node.get("data-code")))
        found |= _edges(node.xpath("./ul/li"), node.get("data-code"))
    return found


def of_page(html: str) -> dict[str, Any]:
    """What a page of an entity says."""
    page = lxml.html.fromstring(html)
    redirection = _all(page, "redirection")
    names = _all(page, "name")
    definition = page.xpath(".//*[@data-field='definition']/*[@class='text']")
    return {
        "label": _text(_one(page, "label")),
        "code": _one(page, "code").get("data-copy"),
        "status": _one(page, "status").get("data-key"),
        "level": _one(page, "level").get("data-key"),
        "type": _one(page, "type").get("data-key"),
        "aggregation": _one(page, "aggregation").get("data-code"),
        "redirection": [(each.get("data-kind"), each.get("data-code")) for each in redirection],
        "labels": sorted(
            (each.get("data-lang"), each.get("data-kind"), _text(each[0])) for each in names
        ),
        "definition": [_text(each) for each in definition],
        "alignments": {
            tuple(each.get(f"data-{name}") for name in ("system", "code", "relation", "icd"))
            for each in _all(page, "alignment")
        },
        "genes": {
            tuple(each.get(f"data-{name}") for name in ("symbol", "code", "association"))
            for each in _all(page, "gene")
        },
        "signs": [
            tuple(each.get(f"data-{name}") for name in ("code", "frequency", "excluded"))
            for each in _all(page, "sign")
        ],
        "parents": [each.get("data-code") for each in _all(page, "parent")],
        "children": [each.get("data-code") for each in _all(page, "child")],
        "places": {
            each.get("data-id"): _edges(each.xpath("./ul/li"))
            for each in _all(page, "classification")
        },
        "life": [
            (each.get("data-release"), each.get("data-changes")) for each in _all(page, "life")
        ],
    }


def of_api(ask: Ask, code: str) -> dict[str, Any]:
    """The same of the answers of the API."""
    concept = ask(f"/v1/concepts/{code}")
    redirection = concept["redirection"]
    inactive = concept["status"] in ("deprecated", "obsolete", "non_rare")
    target = (redirection["kind"], redirection["target"]) if redirection else ("", "")
    children = [each["code"] for each in ask(f"/v1/concepts/{code}/children")["items"]]
    assert len(children) == concept["children_count"]
    return {
        "label": " ".join(concept["label"].split()),
        "code": concept["curie"],
        "status": concept["status"],
        "level": concept["level"] or "",
        "type": concept["type"] or "",
        "aggregation": concept["aggregation"] or "",
        "redirection": [target] if inactive else [],
        "labels": sorted(
            (each["lang"], each["kind"], " ".join(each["text"].split()))
            for each in concept["labels"]
        ),
        "definition": [" ".join(concept["definition"].split())] if concept["definition"] else [],
        "alignments": {
            (each["system"], each["code"], each["relation"], each["icd_relation"] or "")
            for each in concept["alignments"]
        },
        "genes": {
            (each["symbol"], each["entity"]["code"], each["association"])
            for each in concept["genes"] or ()
        },
        "signs": [
            (each["code"], each["frequency"] or "", str(each["excluded"]).lower())
            for each in concept["signs"] or ()
        ],
        "parents": [each["code"] for each in concept["parents"]],
        "children": children[:50],
        "places": {each["id"]: _ways(ask, code, each["id"]) for each in concept["classifications"]},
        "life": [
            (each["release"], " ".join(each["changes"]))
            for each in ask(f"/v1/concepts/{code}/history")["items"]
        ],
    }


def _ways(ask: Ask, code: str, classification: str) -> set[tuple[str | None, str]]:
    """The edges of all paths from the heads down."""
    paths = ask(f"/v1/concepts/{code}/paths?classification={classification}")["paths"]
    ways = [[None, *(each["code"] for each in way)] for way in paths]
    return {edge for way in ways for edge in pairwise(way)}
