"""Languages merged, entity by entity and classification by classification.

Who is believed: for the names in a language, the richest file in that language; for the facts,
the richest file of all, and between two languages the one extracted last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from loaders.messages import refuse
from loaders.orphanet.reading import ParsedFile
from loaders.report import Finding
from ontologies.concept import Concept, Label
from ontologies.release import Classification

RICHNESS = ("nomenclature", "list", "masterfile", "classification")
# These two name every entity, so that a code outside them is unknown.
_COMPLETE = frozenset({"nomenclature", "list"})


def merge_concepts(
    files: Sequence[ParsedFile], max_unknown: float, findings: list[Finding]
) -> dict[str, Concept]:
    """Return code -> concept.

    Args:
        files: in order of trust.
        max_unknown: share (0 to 1) of the load's codes that may be unknown to the nomenclature.
        findings: where to note unknown codes and differences between the languages.

    Raises:
        Refused: too many unknown codes.
    """
    codes = _codes(files)
    if any(file.kind in _COMPLETE for file in files):
        findings.extend(_unknown(files, codes, max_unknown))
    elif files[0].kind == "classification":
        findings.append(Finding("inferred-status"))
    merger = _Merger(files, findings)
    return {code: merger.merge(code) for code in codes}


def _codes(files: Sequence[ParsedFile]) -> dict[str, None]:
    complete = [file for file in files if file.kind in _COMPLETE]
    return {record.concept.code: None for file in complete or files for record in file.entities}


def _unknown(
    files: Sequence[ParsedFile], codes: Collection[str], max_unknown: float
) -> list[Finding]:
    """Note the codes that only classifications name; too many of them are another year's."""
    unknown = [
        Finding("unknown-code", file.source.name, record.line, record.concept.code)
        for file in files
        for record in file.entities
        if record.concept.code not in codes
    ]
    foreign = tuple(dict.fromkeys(finding.orpha or "" for finding in unknown))
    total = len(codes) + len(foreign)
    if len(foreign) > max_unknown * total:
        raise refuse(
            "unknown-codes",
            file=unknown[0].file,
            unknown=len(foreign),
            total=total,
            share=len(foreign) / total,
            threshold=max_unknown,
            codes=", ".join(foreign[:10]),
        )
    return unknown


class _Merger:
    """Merges what the files say of each entity."""

    def __init__(self, files: Sequence[ParsedFile], findings: list[Finding]) -> None:
        self.files = files
        self.findings = findings
        self.by_file = [
            {record.concept.code: record.concept for record in file.entities} for file in files
        ]
        # Facts come from the richest kind there is, and in it from the latest file.
        best = [number for number, file in enumerate(files) if file.kind == files[0].kind]
        latest = max(best, key=lambda number: (files[number].source.date or "", -number))
        self.order = [latest, *(number for number in range(len(files)) if number != latest)]
        self.namers = self._namers()

    def _namers(self) -> list[int]:
        """The files that give names: for each language, those of the richest kind."""
        richest: dict[str, str] = {}
        for file in self.files:
            richest.setdefault(file.source.lang or "?", file.kind)
        return [
            number
            for number, file in enumerate(self.files)
            if richest[file.source.lang or "?"] == file.kind
        ]

    def merge(self, code: str) -> Concept:
        said = [
            (number, self.by_file[number][code])
            for number in self.order
            if code in self.by_file[number]
        ]
        primary, facts = said[0]
        for number, other in said[1:]:
            if self.files[number].kind == self.files[primary].kind != "classification":
                self._note_disagreements(facts, other, primary, number)
        kind = next((concept.type for _, concept in said if concept.type), None)
        level = next((concept.level for _, concept in said if concept.level), None)
        stated = (concept.aggregation for _, concept in said if concept.aggregation.known)
        return replace(
            facts,
            type=kind,
            level=level,
            labels=self._labels(code),
            definitions=self._definitions(code),
            aggregation=next(stated, facts.aggregation),
        )

    def _labels(self, code: str) -> tuple[Label, ...]:
        """Names of every language; those of classification files where no other has one."""
        labels: dict[tuple[str, str, str], Label] = {}
        named: set[str] = set()
        for number in self.namers:
            concept = self.by_file[number].get(code)
            if concept is None:
                continue
            if self.files[number].kind == "classification" and named & set(concept.languages):
                continue
            named.update(concept.languages)
            for label in concept.labels:
                labels.setdefault((label.lang, label.kind, label.in_file), label)
        if not labels:
            return next(mine[code].labels for mine in self.by_file if code in mine)
        return tuple(labels.values())

    def _definitions(self, code: str) -> tuple[tuple[str, str], ...]:
        found: dict[str, str] = {}
        for number in self.namers:
            if concept := self.by_file[number].get(code):
                for lang, text in concept.definitions:
                    found.setdefault(lang, text)
        return tuple(found.items())

    def _note_disagreements(
        self, facts: Concept, other: Concept, primary: int, number: int
    ) -> None:
        for what in ("flag", "level", "type", "redirection", "aggregation"):
            if getattr(facts, what) != getattr(other, what):
                self.findings.append(
                    _disagreement(what, self.files[number], self.files[primary], facts.code)
                )


def _disagreement(
    what: str, file: ParsedFile, kept: ParsedFile, code: str | None = None
) -> Finding:
    values = {"what": what, "kept": kept.source.name}
    return Finding("language-disagreement", file.source.name, orpha=code, values=values)


def merge_classifications(
    files: Sequence[ParsedFile], concepts: Collection[str], findings: list[Finding]
) -> Iterator[Classification]:
    """Join the languages of each classification; codes outside ``concepts`` are left out."""
    by_id: dict[str, list[ParsedFile]] = {}
    for file in files:
        if file.tree:
            by_id.setdefault(file.tree.id, []).append(file)
    for versions in by_id.values():
        yield _merge_classification(versions, concepts, findings)


def _merge_classification(
    versions: Sequence[ParsedFile], concepts: Collection[str], findings: list[Finding]
) -> Classification:
    kept = max(versions, key=lambda file: file.source.date or "")
    tree = kept.tree
    assert tree is not None  # noqa: S101  (only files with a tree come here)
    findings.extend(
        _disagreement(f"classification {tree.id}", other, kept)
        for other in versions
        if other.tree and set(other.tree.edges) != set(tree.edges)
    )
    edges = tuple(edge for edge in tree.edges if edge[0] in concepts and edge[1] in concepts)
    named = [code for code in (*tree.roots, *_ends(tree.edges)) if code in concepts]
    below = {child for _, child in edges}
    tops = dict.fromkeys(code for code in named if code in tree.roots or code not in below)
    return Classification(tree.id, tree.number, _names(versions), tuple(tops), edges)


def _ends(edges: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (code for edge in edges for code in edge)


def _names(versions: Sequence[ParsedFile]) -> tuple[tuple[str, str], ...]:
    """One name a language; a name in another language than the file's is a makeshift."""
    names: dict[str, str] = {}
    pairs = [(file.source.lang, file.tree.name) for file in versions if file.tree]
    for _, (lang, name) in sorted(pairs, key=lambda pair: pair[0] != pair[1][0]):
        names.setdefault(lang, name)
    return tuple(names.items())
