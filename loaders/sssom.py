"""Alignments in SSSOM TSV, the Simple Standard for Sharing Ontological Mappings.

The rows go through sssom-pydantic, which knows every slot of the standard; prefixes, predicates
and everything that has to be named with its line are looked at here. Writing is in
``loaders.sssom_out``.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from loaders.curie_map import CurieMap
from loaders.messages import refuse
from loaders.related import Format, Reading, RelatedFile, Sample, day_in, refuse_empty, source
from loaders.report import Finding
from loaders.sssom_header import Header, RowParser, read_header
from loaders.table import decoded
from ontologies.alignment import RELATION_OF_PREDICATE, Alignment, IcdRelation, Relation
from ontologies.concept import Label, LabelKind
from ontologies.systems import Coding
from ontologies.terminology import Term

if TYPE_CHECKING:
    from sssom_pydantic import SemanticMapping

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
ICD_RELATION, VALIDATION_STATUS = "icd_relation", "validation_status"
VALIDATION = {"validated": True, "not_yet_validated": False}
UNSPECIFIED_MATCHING = "semapv:UnspecifiedMatching"
_NO_TERM = "sssom:NoTermFound"
_VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}")
_OBSOLETE = re.compile(r"obsolete[:\s]+", re.IGNORECASE)
_ICD_RELATIONS = {relation.key: relation for relation in IcdRelation}

T = TypeVar("T")
Cells = dict[str, str]


def _recognises(sample: Sample) -> bool:
    """Three of the four obligatory columns, or one and the header of a mapping set."""
    columns = sample.columns
    present = sum(column in columns for column in REQUIRED)
    return present >= 3 or (present > 0 and "mapping_set_id:" in sample.text.split("subject_")[0])


def _read(name: str, data: bytes, reading: Reading) -> RelatedFile:
    text = decoded(name, data)
    header = read_header(name, text)
    dataset = reading.dataset or _dataset(name, header)
    prefixes = CurieMap(name, header.prefixes, reading.systems, header.lines)
    parse = header.row_parser(prefixes.converter(), dataset)
    rows = _Rows(name, prefixes, parse)
    for line, cells in _cells(name, text, header.length):
        rows.read(line, cells)
    return refuse_empty(_result(name, data, dataset, header, rows))


def _dataset(name: str, header: Header) -> str:
    """Make a key of the last part of the mapping set's address."""
    last = re.split(r"[/#]", header.text("mapping_set_id").rstrip("/"))[-1]
    last = re.sub(r"(?:\.sssom)?(?:\.tsv)?$", "", last)
    slug = re.sub(r"[^a-z0-9.]+", "-", last.lower()).strip("-.")
    if not slug:
        raise refuse("no-dataset", file=name)
    return slug


def _cells(name: str, text: str, above: int) -> Iterator[tuple[int, Cells]]:
    """Yield the line and the cells by column of each row below the header; a row has one line."""
    reader = csv.reader(islice(StringIO(text, newline="\n"), above, None), delimiter="\t")
    columns: list[str] = []
    end = above
    try:
        for row in reader:
            line, end = end + 1, above + reader.line_num
            if end > line:
                raise refuse("bad-quotes", file=name, line=line)
            if not any(cell.strip() for cell in row):
                continue
            if columns:
                yield line, _by_column(name, line, columns, row)
            else:
                columns = _columns(name, line, row)
    except csv.Error:
        raise refuse("bad-quotes", file=name, line=end + 1) from None
    if not columns:
        raise refuse("missing-column", file=name, line=end + 1, columns=", ".join(REQUIRED))


def _columns(name: str, line: int, row: list[str]) -> list[str]:
    columns = [cell.strip() for cell in row]
    if missing := [column for column in REQUIRED if column not in columns]:
        raise refuse("missing-column", file=name, line=line, columns=", ".join(missing))
    for column, times in Counter(filter(None, columns)).items():
        if times > 1:
            raise refuse("bad-value", file=name, line=line, value=column, what="columns")
    return columns


def _by_column(name: str, line: int, columns: list[str], row: list[str]) -> Cells:
    if len(row) != len(columns):
        raise refuse("bad-row", file=name, line=line, found=len(row), expected=len(columns))
    filled = zip(columns, (cell.strip() for cell in row), strict=True)
    return {column: cell for column, cell in filled if column and cell}


@dataclass
class _Rows:
    """What the rows of a file say, gathered row by row."""

    file: str
    map: CurieMap
    parse: RowParser
    alignments: list[Alignment] = field(default_factory=list)
    terms: dict[Coding, Term] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    versions: dict[str, set[str | None]] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)

    def read(self, line: int, cells: Cells) -> None:
        self.counts["rows"] += 1
        for column in REQUIRED:
            if column not in cells:
                raise refuse("bad-value", file=self.file, line=line, value="", what=column)
        if _NO_TERM in (cells["subject_id"], cells["object_id"]):
            self._pass_over("no-counterpart", "rows_no_counterpart", line, cells)
            return
        subject = self.map.coding(cells["subject_id"], line)
        object_ = self.map.coding(cells["object_id"], line)
        relation = self._relation(line, cells)
        mapping = self.parse(
            cells
            | {
                "subject_id": self.map.spelled(subject, cells["subject_id"]),
                "object_id": self.map.spelled(object_, cells["object_id"]),
            },
            line,
        )
        self._see(subject, cells.get("subject_label"))
        self._see(object_, cells.get("object_label"))
        self._date(mapping, subject, object_)
        if relation is None:
            self._pass_over("negated-row", "rows_negated", line, cells)
        else:
            self.alignments.append(self._alignment(mapping, subject, object_, relation, line))

    def _relation(self, line: int, cells: Cells) -> Relation | None:
        """Return the relation; None for one that a Not makes something that we have no word for."""
        predicate = cells["predicate_id"]
        relation = RELATION_OF_PREDICATE.get(predicate)
        if relation is None:
            known = ", ".join(RELATION_OF_PREDICATE)
            raise refuse(
                "unknown-predicate", file=self.file, line=line, value=predicate, known=known
            )
        if "predicate_modifier" not in cells:
            return relation
        return Relation.WRONG if predicate == Relation.WRONG.predicate else None

    def _pass_over(self, finding: str, count: str, line: int, cells: Cells) -> None:
        self.counts[count] += 1
        self.findings.append(
            Finding(
                finding,
                self.file,
                line,
                values={"predicate": cells["predicate_id"]},
                concept=cells["subject_id"],
            )
        )

    def _see(self, coding: Coding, label: str | None) -> None:
        """Keep the name of a concept; the names of Orphanet's are known better elsewhere."""
        if label is None or coding.system == "orpha" or coding in self.terms:
            return
        marked = _OBSOLETE.match(label)
        clean = label[marked.end() :] if marked else label
        raw = label if marked else None
        names = (Label(clean or label, "en", LabelKind.PREFERRED, raw),)
        self.terms[coding] = Term(coding, names, obsolete=bool(marked))

    def _date(self, mapping: SemanticMapping, subject: Coding, object_: Coding) -> None:
        self.versions.setdefault(subject.system, set()).add(mapping.subject_source_version)
        self.versions.setdefault(object_.system, set()).add(mapping.object_source_version)
        for day in (mapping.mapping_date, mapping.publication_date):
            if day:
                self.days.add(day.isoformat())

    def _alignment(
        self,
        mapping: SemanticMapping,
        subject: Coding,
        object_: Coding,
        relation: Relation,
        line: int,
    ) -> Alignment:
        justification = mapping.justification.curie
        return Alignment(
            subject,
            object_,
            relation,
            icd_relation=self._own(mapping, ICD_RELATION, _ICD_RELATIONS, line),
            validated=self._own(mapping, VALIDATION_STATUS, VALIDATION, line),
            justification=None if justification == UNSPECIFIED_MATCHING else justification,
            confidence=mapping.confidence,
        )

    def _own(
        self, mapping: SemanticMapping, slot: str, meanings: Mapping[str, T], line: int
    ) -> T | None:
        """Read one of the slots with which we extend the standard."""
        found = (mapping.extensions or {}).get(slot)
        if found is None:
            return None
        if found.value not in meanings:
            raise refuse("bad-value", file=self.file, line=line, value=found.value, what=slot)
        return meanings[str(found.value)]


def _result(name: str, data: bytes, dataset: str, header: Header, rows: _Rows) -> RelatedFile:
    stated = header.text("mapping_set_version")
    published = header.text("publication_date")
    if published and day_in(published) is None:
        line = header.lines.get("publication_date")
        raise refuse("bad-value", file=name, line=line, value=published, what="publication_date")
    days = rows.days | {day for day in [day_in(published)] if day}
    day = day_in(stated) or max(days, default=None)
    return RelatedFile(
        source(
            name,
            data,
            "sssom",
            date=day,
            version=stated if _VERSION.fullmatch(stated) else day,
            licence=header.text("license") or None,
        ),
        dataset,
        terms=tuple(rows.terms.values()),
        alignments=tuple(rows.alignments),
        ends=_ends(header, rows, day_in(stated)),
        counts=_counts(rows),
        findings=(*rows.map.findings(), *rows.findings, *_ending(name, data)),
    )


def _ends(header: Header, rows: _Rows, release: str | None) -> dict[str, str]:
    """The version of each end where all rows agree; a release of Mondo is its own version."""
    ends = {system: next(iter(found)) for system, found in rows.versions.items() if len(found) == 1}
    if release and header.text("subject_source") == "infores:mondo":
        ends["mondo"] = ends.get("mondo") or release
    return {system: version for system, version in ends.items() if version}


def _counts(rows: _Rows) -> dict[str, int]:
    alignments = rows.alignments
    return dict(rows.counts) | {
        "alignments": len(alignments),
        "subjects": len({each.subject for each in alignments}),
        "objects": len({each.object for each in alignments}),
        "terms": len(rows.terms),
        "obsolete_terms": sum(term.obsolete for term in rows.terms.values()),
    }


def _ending(name: str, data: bytes) -> tuple[Finding, ...]:
    """Note a last line without an end: what was cut inside its last cell cannot be told."""
    return () if data.endswith((b"\n", b"\r")) else (Finding("no-final-newline", name),)


FORMATS = (Format("sssom", _recognises, _read),)
