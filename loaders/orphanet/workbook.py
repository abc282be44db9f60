"""The workbooks of the pack: the list of rare diseases and the master file (xlsx).

``List_of_rare_diseases_<year>_en.xlsx`` gives every active label with its level and every
deprecated or obsolete one with its target; ``ORPHAnomenclature_MasterFile_en_<year>.xlsx`` gives
the disorders with their ICD-10 and ICD-11 codes, without the kind of relation. Both are
in English only and neither gives entity types, so they make a thinner release than the XML does.
The codes of the master file are a dataset of their own beside that release.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from loaders.messages import refuse
from loaders.orphanet.products import FOUNDATION, LICENCE, Codes, orpha_end
from loaders.orphanet.reading import EntityRecord, Notebook, ParsedFile, source_of
from loaders.related import RelatedFile
from loaders.xlsx import Row, read_tables
from ontologies.alignment import Alignment
from ontologies.concept import (
    Concept,
    Label,
    LabelKind,
    Level,
    Redirection,
    RedirectionKind,
)
from ontologies.release import SourceFile
from ontologies.standard import ICD10, ICD11
from ontologies.systems import CodeSystems, Coding

MASTERFILE = "orphanet-masterfile"
_LANG = "en"
_ACTIVE, _DEPRECATED, _OBSOLETE = 1, 8449, 8208
_LEVELS = {level.en: level for level in Level}
_STATUSES = {
    "Deprecated": (_DEPRECATED, RedirectionKind.MOVED_TO),
    "Obsolete": (_OBSOLETE, RedirectionKind.REFERRED_TO),
}
_KINDS = {"Main name": LabelKind.PREFERRED, "Synonym": LabelKind.SYNONYM}
_ACTIVE_COLUMNS = ("ORPHAcode", "Label", "Type of label", "Classification level")
_INACTIVE_COLUMNS = (
    "Inactive ORPHAcode",
    "Inactive Label",
    "Type of label",
    "Classification level",
    "Status",
    "Target active ORPHAcode",
)
_ICD10_COLUMNS = ("ORPHAcode", "PreferredTerm", "Synonyms", "ICDcodes")
_ICD11_COLUMNS = ("ORPHAcode", "PreferredTerm", "Synonyms", "ICD-11 MMS codes", "ICD-11 URI")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_RELEASE = re.compile(rf"\b({'|'.join(_MONTHS)}) (20[0-9]{{2}}) release", re.ASCII)

Value = TypeVar("Value")


def read_workbook(
    name: str, data: bytes, *, force: bool = False, systems: CodeSystems = CodeSystems()
) -> ParsedFile:
    """Read a list or a master file, recognised by the columns of its sheets.

    Raises:
        Refused: not a workbook, or a workbook of another kind.
    """
    notebook = Notebook(name, force)
    tables, saved = read_tables(name, data)
    about = " ".join(cell for rows in tables for _, cells in rows[:40] for cell in cells)
    if actives := _first(tables, _ACTIVE_COLUMNS):
        kind, records = "list", _read_list(notebook, actives, _first(tables, _INACTIVE_COLUMNS))
    elif icd10 := _first(tables, _ICD10_COLUMNS):
        kind, records = "masterfile", _read_master(notebook, icd10)
    else:
        raise refuse("other-product", file=name, product="xlsx")
    source = replace(
        source_of(name, data, kind),
        lang=_LANG,
        date=_date(about, saved),
        licence="CC-BY-4.0" if "CC-BY-4.0" in about else None,
    )
    related = None
    if kind == "masterfile":
        related = _alignments(source, systems, icd10, _first(tables, _ICD11_COLUMNS))
    return ParsedFile(source, tuple(records), tuple(notebook.findings), related=related)


def _date(about: str, saved: str | None) -> str | None:
    """Read "July 2025 release" on the cover sheet, else when the workbook was last saved."""
    if found := _RELEASE.search(about):
        return f"{found[2]}-{_MONTHS.index(found[1]) + 1:02}-01"
    return saved


def _first(tables: Sequence[list[Row]], columns: tuple[str, ...]) -> list[Row]:
    """Return the body of the first table that starts with these column names."""
    for rows in tables:
        if rows[0][1][: len(columns)] == columns:
            return [(number, _padded(cells, len(columns))) for number, cells in rows[1:]]
    return []


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _read_list(
    notebook: Notebook, actives: list[Row], inactives: list[Row]
) -> Iterator[EntityRecord]:
    labels: dict[str, list[Label]] = {}
    levels: dict[str, tuple[Level, int]] = {}
    for line, (code_text, text, kind, level, *_) in actives:
        code = notebook.parsed_code(code_text, line)
        label = notebook.label(
            text, _LANG, _known(notebook, line, _KINDS, kind), code, line, inactive=False
        )
        labels.setdefault(code, []).append(label)
        levels[code] = _known(notebook, line, _LEVELS, level), line
    for code, (level_value, line) in levels.items():
        # The sheet is in alphabetical order: the preferred term goes first.
        ordered = sorted(labels[code], key=lambda label: label.kind is not LabelKind.PREFERRED)
        if ordered[0].kind is not LabelKind.PREFERRED:
            raise notebook.refuse(
                "missing-element", line, element="Main name", parent=f"ORPHA:{code}"
            )
        yield EntityRecord(Concept(code, _ACTIVE, level_value, None, tuple(ordered)), line)
    lines = {code: line for code, (_, line) in levels.items()}
    for row in inactives:
        yield _inactive(notebook, *row, lines)


def _inactive(
    notebook: Notebook, line: int, cells: tuple[str, ...], lines: dict[str, int]
) -> EntityRecord:
    code = notebook.parsed_code(cells[0], line)
    if lines.setdefault(code, line) != line:
        raise notebook.refuse("duplicate-code", line, orpha=code, first=lines[code])
    flag, kind = _known(notebook, line, _STATUSES, cells[4])
    label = notebook.label(cells[1], _LANG, LabelKind.PREFERRED, code, line, inactive=True)
    target = notebook.parsed_code(cells[5], line) if cells[5] else None
    return EntityRecord(
        Concept(
            code,
            flag,
            _known(notebook, line, _LEVELS, cells[3]),
            None,
            (label,),
            redirection=Redirection(kind, target) if target else None,
        ),
        line,
    )


def _read_master(notebook: Notebook, icd10: list[Row]) -> Iterator[EntityRecord]:
    """One row a synonym and one a code, in no fixed order; the same entity on several rows."""
    labels: dict[str, dict[Label, int]] = {}
    for line, (code_text, preferred, synonym, *_) in icd10:
        code = notebook.parsed_code(code_text, line)
        mine = labels.setdefault(code, {})
        for text, kind in ((preferred, LabelKind.PREFERRED), (synonym, LabelKind.SYNONYM)):
            if text:
                mine.setdefault(notebook.label(text, _LANG, kind, code, line, inactive=False), line)
    for code, mine in labels.items():
        # "disorders with their ICD codes": the file holds no other level.
        concept = Concept(code, _ACTIVE, Level.DISORDER, None, tuple(mine))
        yield EntityRecord(concept, next(iter(mine.values())))


def _alignments(
    source: SourceFile, systems: CodeSystems, icd10: list[Row], icd11: list[Row]
) -> RelatedFile | None:
    """Read the codes beside the entities; None where there are none."""
    codes = Codes(Notebook(source.name), systems)
    counts = Counter({"disorders": len({cells[0] for _, cells in (*icd10, *icd11)})})
    found: dict[Alignment, None] = {}
    for system, rows in ((ICD10, icd10), (ICD11, icd11)):
        coded = [(line, cells) for line, cells in rows if cells[3]]
        for line, (code_text, _preferred, _synonym, icd, *uri) in coded:
            orpha = codes.notebook.parsed_code(code_text, line)
            coding, written = codes.read(systems.get(system.name), icd, orpha, line)
            address = FOUNDATION + uri[0] if uri and uri[0].isdigit() else None
            subject = Coding("orpha", orpha)
            found[Alignment(subject, coding, uri=address, written=written)] = None
        counts[f"references_{system.name}"] = len(coded)
        counts[f"disorders_{system.name}"] = len({cells[0] for _, cells in coded})
        counts[f"codes_{system.name}"] = len({cells[3] for _, cells in coded})
    if not found:
        return None
    return RelatedFile(
        replace(source, licence=source.licence or LICENCE),
        MASTERFILE,
        alignments=tuple(found),
        ends=orpha_end(source),
        counts=counts,
        findings=tuple(codes.notebook.findings),
    )


def _known(notebook: Notebook, line: int, table: dict[str, Value], text: str) -> Value:
    try:
        return table[text]
    except KeyError:
        raise notebook.refuse("bad-value", line, value=text[:40], what=" / ".join(table)) from None
