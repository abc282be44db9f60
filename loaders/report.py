"""The load report: what was read, what was repaired, what is odd, which checks pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from loaders.messages import FINDINGS, REPAIRS
from ontologies.concept import LabelKind
from ontologies.errors import Message
from ontologies.release import ORPHANET, Snapshot, SourceFile

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """A repair or an oddity.

    Attributes:
        key: the entry of ``loaders.messages``.
        orpha: the ORPHAcode concerned, where there is one.
        concept: the CURIE concerned, of any system, where there is one.
        before, after: the text as the file has it and as we serve it (repairs).
    """

    key: str
    file: str | None = None
    line: int | None = None
    orpha: str | None = None
    before: str | None = None
    after: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    concept: str | None = None

    @property
    def is_repair(self) -> bool:
        return self.key in REPAIRS

    @property
    def message(self) -> Message:
        template = FINDINGS[self.key]
        return Message(template.fr.format(**self.values), template.en.format(**self.values))

    def as_json(self) -> dict[str, Any]:
        known = {
            "key": self.key,
            "file": self.file,
            "line": self.line,
            "code": self.orpha or self.concept,
            "before": self.before,
            "after": self.after,
            "message": self.message.fr,
            "message_en": self.message.en,
        }
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Check:
    """An integrity check of a release (domain rules, section 6).

    ``passed`` is None where the check has no object (no nomenclature file, one language only).
    ``examples`` are the first codes or file names at fault.
    """

    key: str
    message: Message
    passed: bool | None
    faults: int = 0
    examples: tuple[str, ...] = ()

    @classmethod
    def of(cls, key: str, fr: str, en: str, faults: Iterable[str], *, applies: bool = True) -> Self:
        """Judge by the faults found; what does not apply has neither passed nor failed."""
        found = tuple(faults) if applies else ()
        passed = not found if applies else None
        return cls(key, Message(fr, en), passed, len(found), found[:_SHOWN])


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did for one release, ready to be shown as text or JSON and kept with it."""

    files: tuple[SourceFile, ...]
    date: str
    licence: str | None
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    seconds: float = 0.0
    system: str = ORPHANET

    @property
    def repairs(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_repair)

    @property
    def oddities(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_repair)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.passed is False)

    def as_json(self) -> dict[str, Any]:
        return {
            "system": self.system,
            "date": self.date,
            "licence": self.licence,
            "seconds": round(self.seconds, 2),
            "files": [asdict(file) for file in self.files],
            "counts": dict(self.counts),
            "checks": [_check_as_json(check) for check in self.checks],
            "repairs": [finding.as_json() for finding in self.repairs],
            "oddities": [finding.as_json() for finding in self.oddities],
        }


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by key, the most frequent first."""
    return dict(Counter(finding.key for finding in findings).most_common())


def count(snapshot: Snapshot, rootless_edges: int = 0) -> dict[str, int]:
    """Count a release per kind of thing.

    ``edges`` sums the distinct (parent, child) pairs of each classification, with the links from a
    root without entity, as Orphanet's own figures do; ``distinct_edges`` counts a pair once.
    """
    totals: Counter[str] = Counter(entities=len(snapshot))
    for concept in snapshot:
        totals[f"status_{concept.status}"] += 1
        totals[f"level_{concept.level.key if concept.level else 'unknown'}"] += 1
        if concept.redirection:
            totals[f"redirections_{concept.redirection.kind.key}"] += 1
        for label in concept.labels:
            kind = "preferred_terms" if label.kind is LabelKind.PREFERRED else "synonyms"
            totals[f"{kind}_{label.lang}"] += 1
        for lang, _ in concept.definitions:
            totals[f"definitions_{lang}"] += 1
    totals["classifications"] = len(snapshot.classifications)
    totals["edges"] = rootless_edges + sum(
        len(each.edges) for each in snapshot.classifications.values()
    )
    totals["distinct_edges"] = snapshot.merged.edge_count
    totals["classified"] = len(snapshot.merged)
    return dict(sorted(totals.items()))


def _check_as_json(check: Check) -> dict[str, Any]:
    result = {True: "pass", False: "fail", None: "not_applicable"}[check.passed]
    return {
        "key": check.key,
        "result": result,
        "faults": check.faults,
        "examples": list(check.examples),
        "message": check.message.fr,
        "message_en": check.message.en,
    }
