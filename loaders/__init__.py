"""Files in, a snapshot and a report out.

Every format is recognised by its content, never by its name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from loaders.archive import InputFile, Limits, input_files
from loaders.messages import refuse
from loaders.orphanet.assembly import Options, assemble
from loaders.orphanet.reading import ParsedFile
from loaders.orphanet.sniffing import read_file
from loaders.report import Finding, LoadReport
from ontologies.errors import Refused
from ontologies.release import Snapshot

__all__ = ["Limits", "LoadReport", "Options", "load"]

Progress = Callable[[str, int], None]
"""Called after each file with its name and its size in bytes."""


def load(
    paths: Iterable[Path | str],
    options: Options = Options(),
    limits: Limits = Limits(),
    progress: Progress | None = None,
) -> tuple[Snapshot, LoadReport]:
    """Read files, folders and zip archives of one year of the Orphanet nomenclature.

    Several languages make one release. Pure as far as the service goes: nothing is written.

    Args:
        paths: what the user gave; a file named there must be of use, one that is only found in
            a folder or an archive is passed over, with a note, where it is another product.

    Raises:
        Refused: what, where and what to do, see ``docs/loading.md``.
    """
    start = time.perf_counter()
    given = [Path(path) for path in paths]
    skipped: list[Finding] = []
    files: list[ParsedFile] = []
    for file in input_files(given, limits):
        parsed = _parse(file, options, skipped)
        if parsed:
            files.append(parsed)
        if progress:
            progress(file.name, file.size)
    if not files:
        raise refuse("nothing-to-load", file=", ".join(map(str, given)) or None)
    assembled = assemble(files, options)
    release = assembled.snapshot.release
    return assembled.snapshot, LoadReport(
        files=release.sources,
        date=release.date.isoformat(),
        licence=release.licence,
        counts=release.counts,
        findings=(*skipped, *assembled.findings),
        checks=assembled.checks,
        seconds=time.perf_counter() - start,
    )


def _parse(file: InputFile, options: Options, skipped: list[Finding]) -> ParsedFile | None:
    """Read one file; in a pack, what is none of our products is noted and passed over.

    A pack has documents beside its files, but what is called XML there and is not was damaged.
    """
    passed_over = {"other-product"}
    if not file.name.lower().endswith(".xml"):
        passed_over.add("not-xml")
    try:
        return read_file(file.name, file.read(), force=options.force)
    except Refused as refusal:
        if file.given or refusal.reason not in passed_over:
            raise
        why = refusal.message.en.removeprefix(f"{file.name}: ")
        skipped.append(Finding("file-skipped", file.name, values={"why": why}))
        return None
