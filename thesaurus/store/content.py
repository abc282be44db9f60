"""A snapshot as sealed parts, and back.

Each part is JSON, compressed, with the SHA-256 of the JSON. The digest of a release is made of
these checksums, so it depends on the content alone: the same files give the same digest on any
machine and in any data base.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ontologies.concept import (
    Aggregation,
    Concept,
    EntityType,
    Label,
    LabelKind,
    Level,
    Redirection,
    RedirectionKind,
)
from ontologies.errors import DamagedRelease
from ontologies.release import Classification, Release, Snapshot

FORMAT = 1
"""Version of this layout; a release written with another one is refused with its number."""

CONCEPTS, LABELS, DEFINITIONS, CLASSIFICATIONS = (
    "concepts",
    "labels",
    "definitions",
    "classifications",
)
_LEVELS = {level.key: level for level in Level}
_TYPES = {kind.key: kind for kind in EntityType}
_REDIRECTIONS = {kind.key: kind for kind in RedirectionKind}
_LABEL_KINDS = {kind.value: kind for kind in LabelKind}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    sha256: str
    payload: bytes


def make_part(name: str, value: Any) -> Part:
    """Write a JSON value as a part; equal values give equal checksums."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    data = text.encode()
    return Part(name, hashlib.sha256(data).hexdigest(), zlib.compress(data, level=6))


def read_part(part: Part, release: str) -> Any:
    """Return the JSON value of a part.

    Raises:
        DamagedRelease: the checksum is not that of the content.
    """
    try:
        data = zlib.decompress(part.payload)
    except zlib.error:
        data = b""
    if hashlib.sha256(data).hexdigest() != part.sha256:
        raise DamagedRelease(
            f"La partie « {part.name} » de la version {release} est abîmée : la recharger.",
            f"Part '{part.name}' of release {release} is damaged: load the release again.",
        )
    return json.loads(data)


def encode(snapshot: Snapshot) -> tuple[str, tuple[Part, ...]]:
    """Return the digest of a snapshot and its parts."""
    concepts = list(snapshot)
    parts = (
        make_part(CONCEPTS, [_facts(concept) for concept in concepts]),
        make_part(
            LABELS,
            [
                [[label.text, label.lang, label.kind, label.raw] for label in concept.labels]
                for concept in concepts
            ],
        ),
        make_part(DEFINITIONS, [concept.definitions for concept in concepts]),
        make_part(
            CLASSIFICATIONS,
            [
                [each.id, each.number, each.names, each.roots, each.edges]
                for each in snapshot.classifications.values()
            ],
        ),
    )
    sealed = "".join(f"{part.name} {part.sha256}\n" for part in parts)
    return hashlib.sha256(sealed.encode()).hexdigest(), parts


def decode(release: Release, parts: Mapping[str, Part]) -> Snapshot:
    """Return the snapshot that the parts hold.

    Raises:
        DamagedRelease: a part is absent or damaged.
    """
    facts, labels, definitions, classifications = (
        part_value(release, parts, name)
        for name in (CONCEPTS, LABELS, DEFINITIONS, CLASSIFICATIONS)
    )
    return Snapshot(release, _concepts(facts, labels, definitions), _trees(classifications))


def flags(release: Release, parts: Mapping[str, Part]) -> dict[str, int]:
    """Return code -> FlagValue without decoding the rest."""
    return {code: flag for code, flag, *_ in part_value(release, parts, CONCEPTS)}


def names(release: Release, parts: Mapping[str, Part]) -> dict[str, list[tuple[str, str]]]:
    """Return code -> (text, language) of every name without decoding the rest."""
    codes = (code for code, *_ in part_value(release, parts, CONCEPTS))
    labels = part_value(release, parts, LABELS)
    return {
        code: [(text, lang) for text, lang, *_ in each]
        for code, each in zip(codes, labels, strict=True)
    }


def part_value(release: Release, parts: Mapping[str, Part], name: str) -> Any:
    """Return the JSON value of one of a release's parts.

    Raises:
        DamagedRelease: the part is absent or damaged.
    """
    try:
        return read_part(parts[name], release.id)
    except KeyError:
        raise DamagedRelease(
            f"La partie « {name} » de la version {release.id} manque.",
            f"Part '{name}' of release {release.id} is missing.",
        ) from None


def _facts(concept: Concept) -> list[Any]:
    return [
        concept.code,
        concept.flag,
        concept.level.key if concept.level else None,
        concept.type.key if concept.type else None,
        [concept.redirection.kind.key, concept.redirection.target] if concept.redirection else None,
        concept.aggregation.code,
        concept.aggregation.known,
        [],  # where format 1 had the codes of the master file, now a dataset of their own
    ]


def _concepts(facts: Any, labels: Any, definitions: Any) -> Iterator[Concept]:
    for fact, names, texts in zip(facts, labels, definitions, strict=True):
        code, flag, level, kind, redirection, aggregation, known, *_ = fact
        yield Concept(
            code=code,
            flag=flag,
            level=_LEVELS[level] if level else None,
            type=_TYPES[kind] if kind else None,
            labels=tuple([Label(text, lang, _LABEL_KINDS[k], raw) for text, lang, k, raw in names]),
            definitions=tuple([(lang, text) for lang, text in texts]),
            redirection=(
                Redirection(_REDIRECTIONS[redirection[0]], redirection[1]) if redirection else None
            ),
            aggregation=Aggregation(aggregation, known),
        )


def _trees(rows: Any) -> Iterator[Classification]:
    for identity, number, names, roots, edges in rows:
        yield Classification(
            identity,
            number,
            tuple((lang, name) for lang, name in names),
            tuple(roots),
            tuple([(parent, child) for parent, child in edges]),
        )
