"""The CIM-10 for the PMSI as ATIH gives it to makers of software: the table LIBCIM10MULTI.TXT.

Six fields between bars, without column names, in Windows-1252 (UTF-8 is read too): the code
without its dot and padded with blanks, what the code may be used for in MCO and HAD, in SMR (SSR)
and in psychiatry, the short label in capitals and the long one. A code that was withdrawn stays
in the table, its long label marked ``*** SU09 ***`` with the year. Source: notice of the ATIH
nomenclature kit, as programs that read the table describe it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.messages import refuse
from loaders.related import Format, Reading, RelatedFile, Sample, refuse_empty, source
from loaders.report import Finding
from loaders.table import decoded
from ontologies.concept import Label, LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding, icd10
from ontologies.terminology import Term

DATASET = "cim-10"
LICENCE = "CIM-10 FR (c) OMS, ATIH"
_FIELDS = 6
_CODE = re.compile(r"[A-Z][0-9]{2}(?:[0-9]{1,4}|[0-9]?\+[0-9]{1,2})?")
_USE = re.compile(r"[0-9]|[A-Z]{1,3}|")
_WITHDRAWN = re.compile(r"\*{3}\s*SU\s?[0-9]{2}\s*\*{3}\s*")
_WHO_LENGTH = 4


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    code: str
    short: str
    long: str


def _recognises(sample: Sample) -> bool:
    """The first line and most of the others are rows of the table."""
    lines = [line for line in sample.lines[:200] if line.strip()]
    rows = [_is_row(line.split("|")) for line in lines]
    return bool(rows) and rows[0] and 2 * sum(rows) > len(rows)


def _is_row(cells: list[str]) -> bool:
    return (
        len(cells) == _FIELDS
        and _CODE.fullmatch(cells[0].rstrip()) is not None
        and all(_USE.fullmatch(cell.strip()) for cell in cells[1:4])
    )


def _read(name: str, data: bytes, reading: Reading) -> RelatedFile:
    rows: dict[str, _Row] = {}
    for row in _rows(name, _text(name, data)):
        if row.code in rows:
            first = rows[row.code].line
            raise refuse("duplicate-term", file=name, line=row.line, code=row.code, first=first)
        rows[row.code] = row
    terms = tuple(_term(row, _parent(row.code, rows)) for row in rows.values())
    file = RelatedFile(
        source(name, data, "atih-table", lang="fr", licence=LICENCE),
        reading.dataset or DATASET,
        terms,
        counts={
            "rows": len(rows),
            "terms": len(terms),
            "french_extensions": sum(len(code) > _WHO_LENGTH for code in rows),
            "obsolete_terms": sum(term.obsolete for term in terms),
        },
        findings=() if data.endswith(b"\n") else (Finding("no-final-newline", name),),
        rank=1,  # ClaML has chapters, blocks and inclusions
    )
    return refuse_empty(file)


def _text(name: str, data: bytes) -> str:
    try:
        return decoded(name, data)
    except Refused:
        return decoded(name, data, "cp1252")


def _rows(name: str, text: str) -> Iterator[_Row]:
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        cells = [" ".join(cell.split()) for cell in written.split("|")]
        if len(cells) != _FIELDS:
            raise refuse("bad-row", file=name, line=line, found=len(cells), expected=_FIELDS)
        code, *uses, short, long = cells
        if not _CODE.fullmatch(code):
            raise refuse("bad-value", file=name, line=line, value=code, what="code")
        for use, what in zip(uses, ("MCO/HAD", "SMR", "PSY"), strict=True):
            if not _USE.fullmatch(use):
                raise refuse("bad-value", file=name, line=line, value=use, what=what)
        if not short and not long:
            raise refuse("no-label", file=name, line=line, code=code)
        yield _Row(line, code, short, long)


def _parent(code: str, codes: dict[str, _Row]) -> str | None:
    """Return the longest shorter code of the table that this one starts with."""
    prefixes = (code[:length] for length in range(len(code) - 1, 2, -1))
    return next((prefix for prefix in prefixes if prefix in codes), None)


def _term(row: _Row, parent: str | None) -> Term:
    written = row.long or row.short
    clean = _WITHDRAWN.sub("", written) or row.short or written
    raw = written if written != clean else None
    labels = [Label(clean, "fr", LabelKind.PREFERRED, raw)]
    if row.short and row.short.casefold() != clean.casefold():
        labels.append(Label(row.short, "fr", LabelKind.SYNONYM))
    return Term(
        Coding("icd-10", _dotted(row.code)),
        tuple(labels),
        parents=(_dotted(parent),) if parent else (),
        obsolete=raw is not None,
    )


def _dotted(code: str) -> str:
    """Return our form of a code; ``C169+0`` is ``C16.9+0``."""
    return icd10(f"{code[:3]}.{code[3:]}" if len(code) > 3 else code)


FORMATS = (Format("atih-table", _recognises, _read),)
