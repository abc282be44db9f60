"""The external references of ORDO as a table: one row a reference, without its relation.

Derived from ORDO 2.6 of 2018, where dagger and asterisk still stand behind ICD-10 codes.
"""

from __future__ import annotations

import re
from collections import Counter

from loaders.orphanet.products import LICENCE, Codes
from loaders.orphanet.reading import Notebook
from loaders.related import Format, Reading, RelatedFile, Sample, refuse_empty, source
from loaders.table import decoded, rows
from ontologies.alignment import Alignment
from ontologies.systems import Coding

KEY = "ordo-xrefs"
_COLUMNS = ("orpha_code", "source", "reference")
# The labels of the table are those of a year, which its column says.
_YEAR = re.compile(r"\blabel_[a-z]{2}_((?:19|20)[0-9]{2})\b")


def _recognises(sample: Sample) -> bool:
    return set(_COLUMNS) <= set(sample.columns)


def read_xrefs(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read the alignments of a table. Raises Refused: see ``docs/loading.md``."""
    notebook = Notebook(name, reading.force)
    codes = Codes(notebook, reading.systems)
    counts: Counter[str] = Counter()
    found: dict[Alignment, int] = {}
    for line, (code, database, reference) in rows(name, decoded(name, data), _COLUMNS):
        orpha = notebook.parsed_code(code, line)
        if not database or not reference:
            what = "reference" if database else "source"
            raise notebook.refuse("bad-value", line, value="", what=what)
        system = codes.system(database, line)
        coding, written = codes.read(system, reference, orpha, line)
        alignment = Alignment(Coding("orpha", orpha), coding, written=written)
        if found.setdefault(alignment, line) != line:
            notebook.note("repeated-row", line=line, orpha=orpha, first=found[alignment])
        counts["rows"] += 1
        counts[f"references_{system.name}"] += 1
    counts["disorders"] = len({alignment.subject for alignment in found})
    year = _YEAR.search(" ".join(Sample.of(name, data).columns))
    return refuse_empty(
        RelatedFile(
            source(name, data, KEY, lang="en", licence=LICENCE),
            KEY,
            alignments=tuple(found),
            ends={"orpha": year[1]} if year else {},
            counts=counts,
            findings=tuple(notebook.findings),
        )
    )


FORMATS: tuple[Format, ...] = (Format(KEY, _recognises, read_xrefs),)
