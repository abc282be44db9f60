"""Put files of one year together: languages merged, classifications joined, one snapshot.

Who is believed: for the names in a language, the richest file in that language; for the facts,
the richest file of all, and between two languages the one extracted last.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.messages import refuse
from loaders.orphanet.integrity import check_integrity
from loaders.orphanet.reading import ParsedFile
from loaders.report import Check, Finding
from ontologies.concept import Alignment, Concept, Label, LabelKind
from ontologies.hierarchy import Cycle
from ontologies.release import Classification, Release, Snapshot

_RICHNESS = ("nomenclature", "list", "masterfile", "classification")
# These two name every entity, so that a code outside them is unknown.
_COMPLETE = frozenset({"nomenclature", "list"})


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may ask of a load.

    Attributes:
        release: the id to give instead of the year of the data.
        force: accept declared counts that differ from what is there.
        max_unknown: share (0 to 1) of a classification's codes that may be unknown to the
            nomenclature; they are left out and reported, above it the load is refused.
    """

    release: str | None = None
    force: bool = False
    max_unknown: float = 0.01


@dataclass(frozen=True, slots=True)
class Assembled:
    snapshot: Snapshot
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]


def assemble(files: Sequence[ParsedFile], options: Options = Options()) -> Assembled:
    """Make one snapshot of the files of one year.

    Raises:
        Refused: two years, no date, the same file in two versions, a redirection to nowhere,
            a cycle, too many unknown codes.
    """
    findings: list[Finding] = []
    day = _day_of(files, options, findings)
    files = sorted(_once_each(files, findings), key=_rank)
    concepts = _Concepts(files, options.max_unknown, findings).merged()
    classifications = tuple(_classifications(files, concepts, findings))
    _check_redirections(files, concepts, findings)
    release = Release(
        id=options.release or str(day.year),
        date=day,
        languages=_languages(concepts.values()),
        licence=next((file.source.licence for file in files if file.source.licence), None),
        sources=tuple(file.source for file in files),
    )
    snapshot = Snapshot(release, concepts.values(), classifications)
    _check_cycles(snapshot)
    counts = count(snapshot, _rootless_edges(files))
    snapshot = snapshot.under(replace(release, counts=counts))
    kept = (*_kept_findings(files), *findings)
    return Assembled(snapshot, kept, check_integrity(snapshot, files, kept))


def _rank(file: ParsedFile) -> tuple[int, int, str]:
    """Order of trust; French before English before the others."""
    lang = file.source.lang or ""
    return _RICHNESS.index(file.kind), ("fr", "en").index(lang) if lang in ("fr", "en") else 2, lang


def _once_each(files: Iterable[ParsedFile], findings: list[Finding]) -> Iterator[ParsedFile]:
    seen: dict[tuple[str, ...], ParsedFile] = {}
    for file in files:
        first = seen.setdefault(file.identity, file)
        if first is file:
            yield file
        elif first.source.sha256 == file.source.sha256:
            findings.append(
                Finding("same-file-again", file.source.name, values={"first": first.source.name})
            )
        else:
            what = " ".join(part for part in file.identity if part)
            raise refuse(
                "same-file-twice", file=file.source.name, what=what, first=first.source.name
            )


def _day_of(files: Sequence[ParsedFile], options: Options, findings: list[Finding]) -> dt.date:
    """Return the latest extraction date; all dates must be of one year."""
    undated = [file for file in files if file.source.date is None]
    findings.extend(Finding("header-without-date", file.source.name) for file in undated)
    dates = sorted({_parsed_date(file) for file in files if file not in undated})
    years = sorted({day.year for day in dates})
    if len(years) > 1:
        raise refuse("two-years", years=", ".join(map(str, years)))
    if dates:
        return dates[-1]
    year = (options.release or "")[:4]
    if not (year.isdigit() and year >= "1999"):
        raise refuse("no-date")
    return dt.date(int(year), 1, 1)


def _parsed_date(file: ParsedFile) -> dt.date:
    written = file.source.date or ""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise refuse(
            "bad-value", file=file.source.name, line=1, value=written, what="date"
        ) from None


class _Concepts:
    """Merges what the files say of each entity."""

    def __init__(
        self, files: Sequence[ParsedFile], max_unknown: float, findings: list[Finding]
    ) -> None:
        self.files = files
        self.max_unknown = max_unknown
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

    def merged(self) -> dict[str, Concept]:
        codes = self._codes()
        if any(file.kind in _COMPLETE for file in self.files):
            self._refuse_unknown(codes)
        elif self.files[0].kind == "classification":
            self.findings.append(Finding("inferred-status"))
        return {code: self._merge(code) for code in codes}

    def _codes(self) -> dict[str, None]:
        complete = [number for number in self.order if self.files[number].kind in _COMPLETE]
        return {code: None for number in complete or self.order for code in self.by_file[number]}

    def _refuse_unknown(self, codes: dict[str, None]) -> None:
        for number, file in enumerate(self.files):
            mine = self.by_file[number]
            unknown = [code for code in mine if code not in codes]
            share = len(unknown) / max(len(mine), 1)
            if share > self.max_unknown:
                raise refuse(
                    "unknown-codes",
                    file=file.source.name,
                    unknown=len(unknown),
                    total=len(mine),
                    share=share,
                    threshold=self.max_unknown,
                    codes=", ".join(unknown[:10]),
                )
            lines = {record.concept.code: record.line for record in file.entities}
            self.findings.extend(
                Finding("unknown-code", file.source.name, lines[code], code) for code in unknown
            )

    def _merge(self, code: str) -> Concept:
        said = [
            (number, self.by_file[number][code])
            for number in self.order
            if code in self.by_file[number]
        ]
        primary, facts = said[0]
        same_kind = [
            (number, concept)
            for number, concept in said[1:]
            if self.files[number].kind == self.files[primary].kind != "classification"
        ]
        for number, other in same_kind:
            self._note_disagreements(facts, other, primary, number)
        kind = next((concept.type for _, concept in said if concept.type), None)
        level = next((concept.level for _, concept in said if concept.level), None)
        return replace(
            facts,
            type=kind,
            level=level or (kind.level if kind else None),
            labels=self._labels(code),
            definitions=self._definitions(code),
            alignments=_alignments(concept for _, concept in said),
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
                    Finding(
                        "language-disagreement",
                        self.files[number].source.name,
                        orpha=facts.code,
                        values={"what": what, "kept": self.files[primary].source.name},
                    )
                )


def _alignments(concepts: Iterable[Concept]) -> tuple[Alignment, ...]:
    return tuple(dict.fromkeys(each for concept in concepts for each in concept.alignments))


def _classifications(
    files: Sequence[ParsedFile], concepts: dict[str, Concept], findings: list[Finding]
) -> Iterator[Classification]:
    """Join the languages of each classification; unknown codes are left out."""
    by_id: dict[str, list[ParsedFile]] = {}
    for file in files:
        if file.tree:
            by_id.setdefault(file.tree.id, []).append(file)
    for identity, versions in by_id.items():
        kept = max(versions, key=lambda file: file.source.date or "")
        tree = kept.tree
        assert tree is not None  # noqa: S101  (only files with a tree are in by_id)
        for other in versions:
            if other.tree and set(other.tree.edges) != set(tree.edges):
                what = f"classification {identity}"
                findings.append(
                    Finding(
                        "language-disagreement",
                        other.source.name,
                        values={"what": what, "kept": kept.source.name},
                    )
                )
        edges = tuple(edge for edge in tree.edges if edge[0] in concepts and edge[1] in concepts)
        named = {code: None for edge in tree.edges for code in edge if code in concepts}
        below = {child for _, child in edges}
        roots = dict.fromkeys(code for code in tree.roots if code in concepts)
        roots.update((code, None) for code in named if code not in below)
        names = tuple(dict.fromkeys(file.tree.name for file in versions if file.tree))
        yield Classification(identity, tree.number, names, tuple(roots), edges)


def _check_redirections(
    files: Sequence[ParsedFile], concepts: dict[str, Concept], findings: list[Finding]
) -> None:
    for file in files:
        for record in file.entities:
            redirection = record.concept.redirection
            if redirection and redirection.target not in concepts:
                raise refuse(
                    "redirection-nowhere",
                    file=file.source.name,
                    line=record.line,
                    orpha=record.concept.code,
                    target=redirection.target,
                )
        for code, other, line in file.mirrors:
            if other not in concepts:
                findings.append(
                    Finding(
                        "mirror-association", file.source.name, line, code, values={"other": other}
                    )
                )


def _check_cycles(snapshot: Snapshot) -> None:
    try:
        snapshot.merged  # noqa: B018  (built here so that a cycle shows here)
    except Cycle as cycle:
        raise refuse("cycle", codes=" > ".join(cycle.codes[:12])) from None


def _kept_findings(files: Iterable[ParsedFile]) -> Iterator[Finding]:
    """Leave out what was noted on names of classification files that are not used."""
    named = {file.source.lang for file in files if file.kind != "classification"}
    for file in files:
        unused = file.kind == "classification" and file.source.lang in named
        yield from (finding for finding in file.findings if not (unused and finding.is_repair))


def _rootless_edges(files: Iterable[ParsedFile]) -> int:
    """Count the links from roots without entity, once per classification."""
    trees = {file.tree.id: file.tree.rootless_edges for file in files if file.tree}
    return sum(trees.values())


def _languages(concepts: Iterable[Concept]) -> tuple[str, ...]:
    found = {label.lang for concept in concepts for label in concept.labels}
    return tuple(sorted(found, key=lambda lang: (lang != "fr", lang != "en", lang)))


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
        for alignment in concept.alignments:
            totals[f"alignments_{alignment.system}"] += 1
    totals["classifications"] = len(snapshot.classifications)
    totals["edges"] = rootless_edges + sum(
        len(each.edges) for each in snapshot.classifications.values()
    )
    totals["distinct_edges"] = snapshot.merged.edge_count
    totals["classified"] = len(snapshot.merged)
    return dict(sorted(totals.items()))
