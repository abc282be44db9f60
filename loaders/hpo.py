"""What comes with the Human Phenotype Ontology: its translations, and the signs of diseases.

The signs are ``phenotype.hpoa`` (obophenotype.github.io/human-phenotype-ontology/annotations).
Those of OMIM and DECIPHER are counted; names of diseases, references, evidence, modifiers and
curators are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from loaders import babelon
from loaders.messages import refuse
from loaders.related import Format, Reading, RelatedFile, Sample, day_in, refuse_empty, source
from loaders.report import Finding
from loaders.table import decoded, rows
from ontologies.codes import parse_code
from ontologies.dataset import Sign
from ontologies.errors import InvalidCode

_DATASET = "hpo-annotations"
_COLUMNS = ("database_id", "qualifier", "hpo_id", "onset", "frequency", "sex", "aspect")
_TERM = re.compile(r"HP:[0-9]{7}")
_QUALIFIERS = ("", "NOT")
_ASPECTS = "PICMH"
_COMMENT = re.compile(r"^#([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_DECLARED = re.compile(r"([0-9]+):? ORPHA")


@dataclass
class _Signs:
    """The signs of one file, and what was passed over."""

    name: str
    signs: list[Sign] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    _codes: dict[str, str] = field(default_factory=dict)

    def orpha(self, line: int, written: str) -> str:
        """Return the ORPHAcode of a disease. Raises Refused."""
        if written not in self._codes:
            try:
                self._codes[written] = parse_code(written)
            except InvalidCode:
                raise refuse("bad-code", file=self.name, line=line, value=written) from None
        return self._codes[written]

    def check_row(self, line: int, qualifier: str, code: str, aspect: str) -> None:
        """Raise Refused for a value that the format does not have."""
        if not _TERM.fullmatch(code):
            raise refuse("bad-code", file=self.name, line=line, value=code)
        if qualifier not in _QUALIFIERS:
            value, what = qualifier, "qualifier"
        elif len(aspect) != 1 or aspect not in _ASPECTS:
            value, what = aspect, "aspect"
        else:
            return
        raise refuse("bad-value", file=self.name, line=line, value=value, what=what)

    def note_contradictions(self) -> None:
        """Note the signs that are present in one row and absent in another one."""
        present = {(each.orpha, each.code) for each in self.signs if not each.excluded}
        for line, each in zip(self.lines, self.signs, strict=True):
            if each.excluded and (each.orpha, each.code) in present:
                values = {"code": each.code}
                self.findings.append(
                    Finding("contradictory-sign", self.name, line, orpha=each.orpha, values=values)
                )


def _read_annotations(name: str, data: bytes, reading: Reading) -> RelatedFile:
    """Read the signs of ORPHA entities.

    Raises:
        Refused: not UTF-8, a column missing, a wrong code, qualifier or aspect.
    """
    text = decoded(name, data)
    found = _Signs(name)
    for line, (database_id, qualifier, code, onset, frequency, sex, aspect) in rows(
        name, text, _COLUMNS
    ):
        database = database_id.partition(":")[0].lower()
        found.counts[f"rows_{database}"] += 1
        if database != "orpha":
            continue
        found.check_row(line, qualifier, code, aspect)
        orpha = found.orpha(line, database_id)
        found.signs.append(
            Sign(
                orpha,
                code,
                frequency=frequency or None,
                excluded=qualifier == "NOT",
                onset=onset or None,
                aspect=aspect,
                sex=sex or None,
            )
        )
        found.lines.append(line)
    return _file(found, data, text, reading)


def _file(found: _Signs, data: bytes, text: str, reading: Reading) -> RelatedFile:
    said = dict(_COMMENT.findall(text[: text.find("\ndatabase_id") + 1]))
    version = said.get("version") or said.get("date")
    signs = tuple(dict.fromkeys(found.signs))
    found.counts["signs"] = len(signs)
    found.counts["diseases"] = len({each.orpha for each in signs})
    found.note_contradictions()
    declared = _DECLARED.search(said.get("description", ""))
    if declared and declared[1] != str(found.counts["diseases"]):
        values = {"declared": declared[1][:20], "found": found.counts["diseases"]}
        found.findings.append(Finding("declared-diseases", found.name, 1, values=values))
    ontology = day_in(said.get("hpo-version", ""))
    file = RelatedFile(
        source(
            found.name,
            data,
            "hpo-annotations",
            date=day_in(version or ""),
            version=version,
            licence=babelon.HPO_LICENCE,
        ),
        reading.dataset or _DATASET,
        signs=signs,
        ends={"hpo": ontology} if ontology else {},
        counts=dict(sorted(found.counts.items())),
        findings=tuple(found.findings),
    )
    return refuse_empty(file)


def _is_annotations(sample: Sample) -> bool:
    return sample.text.startswith("#description") and set(_COLUMNS) <= set(sample.columns)


FORMATS: tuple[Format, ...] = (
    *babelon.FORMATS,
    Format("hpo-annotations", _is_annotations, _read_annotations),
)
