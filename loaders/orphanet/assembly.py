"""Put files of one year together: one release, one snapshot, and what is to be said of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from loaders.messages import refuse
from loaders.orphanet.integrity import check_integrity
from loaders.orphanet.merging import RICHNESS, merge_classifications, merge_concepts
from loaders.orphanet.reading import ParsedFile
from loaders.report import Check, Finding, count
from ontologies.concept import Concept, languages_of
from ontologies.hierarchy import Cycle
from ontologies.release import Release, Snapshot
from ontologies.systems import CodeSystems


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may ask of a load.

    Attributes:
        release: the id to give instead of the year of the data.
        force: accept declared counts that differ from what is there.
        max_unknown: share (0 to 1) of the codes named by all files that may be unknown to the
            nomenclature; they are left out and reported, above it the load is refused.
        dataset: the key under which a related dataset is kept, instead of its reader's choice.
        systems: the code systems, for CURIEs and prefixes.
    """

    release: str | None = None
    force: bool = False
    max_unknown: float = 0.01
    dataset: str | None = None
    systems: CodeSystems = field(default_factory=CodeSystems)


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
    # The order in which the paths were given must not show in the release.
    files = sorted(files, key=_rank)
    day = _day_of(files, options)
    files = tuple(_once_each(files, findings))
    findings.extend(
        Finding("header-without-date", file.source.name) for file in files if not file.source.date
    )
    concepts = merge_concepts(files, options.max_unknown, findings)
    classifications = tuple(merge_classifications(files, concepts, findings))
    _check_redirections(files, concepts, findings)
    release = Release(
        id=options.release or str(day.year),
        date=day,
        languages=languages_of(label for each in concepts.values() for label in each.labels),
        licence=next((file.source.licence for file in files if file.source.licence), None),
        sources=tuple(file.source for file in files),
    )
    snapshot = Snapshot(release, concepts.values(), classifications)
    _check_cycles(snapshot, files)
    counts = count(snapshot, _rootless_edges(files))
    snapshot = snapshot.under(replace(release, counts=counts))
    kept = (*_kept_findings(files), *findings)
    return Assembled(snapshot, kept, check_integrity(snapshot, files, kept))


def _rank(file: ParsedFile) -> tuple[int, bool, bool, str, int, str, str]:
    """Order of trust; French before English before the others, then by classification."""
    lang, number = file.source.lang or "", int(file.tree.id) if file.tree else 0
    richness = RICHNESS.index(file.kind)
    return richness, lang != "fr", lang != "en", lang, number, file.source.sha256, file.source.name


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


def _day_of(files: Sequence[ParsedFile], options: Options) -> dt.date:
    """Return the latest extraction date; all dates must be of one year."""
    dated = [(_parsed_date(file), file.source.name) for file in files if file.source.date]
    years = {day.year: name for day, name in dated}
    if len(years) > 1:
        named = ", ".join(f"{year}: {name}" for year, name in sorted(years.items()))
        raise refuse("two-years", file=years[min(years)], years=named)
    if dated:
        return max(day for day, _ in dated)
    found = re.match(r"(?:19|20)[0-9]{2}", options.release or "")
    if not found:
        raise refuse("no-date", file=files[0].source.name)
    return dt.date(int(found[0]), 1, 1)


def _parsed_date(file: ParsedFile) -> dt.date:
    written = file.source.date or ""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise refuse(
            "bad-value", file=file.source.name, line=1, value=written, what="date"
        ) from None


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


def _check_cycles(snapshot: Snapshot, files: Sequence[ParsedFile]) -> None:
    try:
        snapshot.merged  # noqa: B018  (built here so that a cycle shows here)
    except Cycle as cycle:
        codes = cycle.codes
        named = [_file_of(edge, files) for edge in pairwise(codes)]
        raise refuse(
            "cycle", file=", ".join(dict.fromkeys(named)), codes=" > ".join(codes[:12])
        ) from None


def _file_of(edge: tuple[str, str], files: Sequence[ParsedFile]) -> str:
    return next(file.source.name for file in files if file.tree and edge in file.tree.edges)


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
