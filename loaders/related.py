"""What the readers of related datasets share: how a file is recognised, what reading it gives,
and how the files of one dataset become one release.

A reader is a ``Format``: it looks at a ``Sample`` of a file and says whether the file is its own,
by the content and never by the name, and reads it into a ``RelatedFile``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from loaders.dataset_checks import check_dataset
from loaders.messages import refuse
from loaders.report import Check, Finding
from ontologies.alignment import Alignment
from ontologies.concept import languages_of
from ontologies.dataset import Dataset, Sign
from ontologies.genes import Gene, GeneLink, GeneTable
from ontologies.release import Release, SourceFile
from ontologies.systems import CodeSystems, Coding
from ontologies.terminology import Term, joined

_SAMPLE = 65_536
_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[-_]?(0[1-9]|1[0-2])[-_]?([0-2][0-9]|3[01])(?![0-9])"
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True)
class Sample:
    """The beginning of a file, for sniffing."""

    name: str
    head: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Sample:
        return cls(name, data[:_SAMPLE])

    @cached_property
    def text(self) -> str:
        """The beginning as text; bytes that are not UTF-8 are replaced."""
        return self.head.decode("utf-8-sig", errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def columns(self) -> tuple[str, ...]:
        """The cells of the first line that is no comment, split at tabs."""
        for line in self.lines:
            if line and not line.startswith("#"):
                return tuple(cell.strip() for cell in line.split("\t"))
        return ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the user may ask of a reader, and the code systems that there are.

    Attributes:
        systems: for CURIEs and prefixes.
        dataset: the key that the user gave (``--system``); None where the reader chooses.
        force: accept declared counts that differ from what is there.
    """

    systems: CodeSystems = field(default_factory=CodeSystems)
    dataset: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class RelatedFile:
    """What one file of a related dataset says.

    Attributes:
        source: ``kind`` is the key of the format; ``date`` (ISO day) and ``version`` as the
            content states them, None where it does not.
        dataset: the key in the register of the dataset that the file belongs to. Files of one
            dataset and one version make one release.
        counts: items per kind as they stand in the file, for the report (``terms``, ``rows`` ...).
        rank: the order of trust among the files of a release, 0 the highest.
        ends: code system -> version of that end of the alignments, as far as the file says it.
    """

    source: SourceFile
    dataset: str
    terms: tuple[Term, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    genes: tuple[Gene, ...] = ()
    gene_links: tuple[GeneLink, ...] = ()
    signs: tuple[Sign, ...] = ()
    preferential_parents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ends: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """A reader.

    Attributes:
        key: its name in reports and documentation.
        recognises: whether a file is of this format.
        read: (name, data, reading) -> what the file says. Raises Refused.
    """

    key: str
    recognises: Callable[[Sample], bool]
    read: Callable[[str, bytes, Reading], RelatedFile]


@dataclass(frozen=True, slots=True)
class AssembledDataset:
    dataset: Dataset
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]


_Dated = tuple[RelatedFile, str | None, Finding | None]
"""A file, its day as far as it is known, and what is to be noted of it."""


def source(
    name: str,
    data: bytes,
    kind: str,
    *,
    lang: str | None = None,
    date: str | None = None,
    version: str | None = None,
    licence: str | None = None,
) -> SourceFile:
    """Describe a file that was read."""
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(name, digest, len(data), kind, lang, date, version, licence)


def day_in(text: str) -> str | None:
    """Return the first day that stands in a text, as ISO.

    >>> day_in("hp/releases/2025-01-16"), day_in("associated_genes_2023-12-04_en.tsv")
    ('2025-01-16', '2023-12-04')
    """
    for found in _DAY.finditer(text):
        day = "-".join(found.groups())
        try:
            return dt.date.fromisoformat(day).isoformat()
        except ValueError:
            continue
    return None


def assemble_datasets(
    files: Iterable[RelatedFile], version: str | None, today: dt.date
) -> list[AssembledDataset]:
    """Make one release of the files of each dataset and version, whatever their order.

    Args:
        version: the id that the user gave, for files that have none of their own; where the load
            holds one dataset only, for that one.
        today: the date of files that bear none.
    """
    groups: dict[tuple[str, str | None], list[_Dated]] = {}
    files = sorted(files, key=lambda file: (file.rank, file.source.sha256, file.source.name))
    only = len({file.dataset for file in files}) == 1
    for file in _once_each(files):
        day, finding = _day(file)
        named = version if only or day is None else None
        day = day or day_in(named or "")
        name = named or _version(file) or day
        groups.setdefault((file.dataset, name), []).append((file, day, finding))
    return [
        _assemble(dataset, name, group, today)
        for (dataset, name), group in sorted(
            groups.items(), key=lambda item: (item[0][0], item[0][1] or "")
        )
    ]


def _once_each(files: Sequence[RelatedFile]) -> list[RelatedFile]:
    """The same bytes of the same dataset count once, under whatever names."""
    return list({(file.dataset, file.source.sha256): file for file in reversed(files)}.values())[
        ::-1
    ]


def _version(file: RelatedFile) -> str | None:
    """The version that a file states, where it can name a release: Orphanet's names a program."""
    stated = file.source.version or ""
    return stated if _ID.fullmatch(stated) else None


def _day(file: RelatedFile) -> tuple[str | None, Finding | None]:
    """Return the day of a file: what it says, else what its name says, which is noted."""
    if stated := file.source.date:
        return stated, None
    if named := day_in(file.source.name.rpartition("/")[2]):
        return named, Finding("date-from-name", file.source.name, values={"date": named})
    return None, Finding("undated", file.source.name)


def _assemble(
    key: str,
    version: str | None,
    group: Sequence[_Dated],
    today: dt.date,
) -> AssembledDataset:
    files = [file for file, _, _ in group]
    findings = [each for file in files for each in file.findings]
    findings += [finding for *_, finding in group if finding]
    days = [day for _, day, _ in group if day]
    content = hashlib.sha256("".join(sorted(f.source.sha256 for f in files)).encode()).hexdigest()
    terms = _terms(files)
    release = Release(
        id=version or f"undated-{content[:8]}",
        date=dt.date.fromisoformat(max(days)) if days else today,
        languages=languages_of(label for term in terms for label in term.labels),
        licence=next((file.source.licence for file in files if file.source.licence), None),
        counts=_counts(files, terms),
        sources=tuple(file.source for file in files),
        system=key,
    )
    dataset = Dataset(
        release,
        terms=terms,
        alignments=tuple(dict.fromkeys(each for file in files for each in file.alignments)),
        genes=tuple(GeneTable((gene for file in files for gene in file.genes), ()).genes.values()),
        gene_links=tuple(dict.fromkeys(each for file in files for each in file.gene_links)),
        signs=tuple(dict.fromkeys(each for file in files for each in file.signs)),
        preferential_parents={
            code: parent
            for file in reversed(files)
            for code, parent in file.preferential_parents.items()
        },
        ends={end: v for file in reversed(files) for end, v in file.ends.items()},
    )
    return AssembledDataset(dataset, tuple(findings), check_dataset(dataset))


def _terms(files: Sequence[RelatedFile]) -> tuple[Term, ...]:
    if len(files) == 1:
        return files[0].terms
    found: dict[Coding, list[Term]] = {}
    for file in files:
        for term in file.terms:
            found.setdefault(term.coding, []).append(term)
    return tuple(joined(same) if len(same) > 1 else same[0] for same in found.values())


def _counts(files: Sequence[RelatedFile], terms: Sequence[Term]) -> dict[str, int]:
    """Sum what the readers counted; with terms also what is left of them once joined.

    The same file in several languages says the same, and counts once.
    """
    totals: Counter[str] = Counter()
    languages: dict[str, str | None] = {}
    for file in files:
        if languages.setdefault(file.source.kind, file.source.lang) == file.source.lang:
            totals.update(file.counts)
    if len(files) > 1 and terms:
        totals["concepts"] = len(terms)
    return dict(sorted(totals.items()))


def refuse_empty(file: RelatedFile) -> RelatedFile:
    """Refuse a file in which nothing was found: it is another one than it seems, or cut short."""
    held = (
        file.terms, file.alignments, file.genes, file.gene_links, file.signs,
        file.preferential_parents,
    )  # fmt: skip
    if not any(held):
        raise refuse("nothing-inside", file=file.source.name, kind=file.source.kind)
    return file
