"""Mondo's report of rare diseases: identifier, label and exact synonyms, in English."""

from __future__ import annotations

from collections import Counter

from loaders.messages import refuse
from loaders.related import Format, Reading, RelatedFile, Sample, refuse_empty, source
from loaders.table import decoded, rows
from ontologies.concept import Label, LabelKind
from ontologies.errors import InvalidCode
from ontologies.systems import Coding
from ontologies.terminology import Term

_DATASET = "mondo-rare"
_LICENCE = "CC-BY-4.0"  # Mondo's; the table bears none
_COLUMNS = ("ID", "LABEL", "SYNONYMS")


def _read(name: str, data: bytes, reading: Reading) -> RelatedFile:
    """Read the report.

    Raises:
        Refused: not UTF-8, a column missing, a code of another system, twice the same, no label.
    """
    counts: Counter[str] = Counter()
    terms: dict[Coding, Term] = {}
    lines: dict[Coding, int] = {}
    for line, (written, label, synonyms) in rows(name, decoded(name, data), _COLUMNS):
        coding = _coding(name, line, written, reading)
        if coding in terms:
            first = lines[coding]
            raise refuse("duplicate-term", file=name, line=line, code=coding.code, first=first)
        if not label:
            raise refuse("no-label", file=name, line=line, code=coding.code)
        texts = [text for part in synonyms.split("|") if (text := part.strip())]
        counts.update(terms=1, synonyms=len(texts))
        kept = [text for text in dict.fromkeys(texts) if text != label]
        counts["synonyms_repeating"] += len(texts) - len(kept)
        terms[coding] = Term(coding, _labels(label, kept))
        lines[coding] = line
    file = RelatedFile(
        source(name, data, "mondo-rare", lang="en", licence=_LICENCE),
        reading.dataset or _DATASET,
        terms=tuple(terms.values()),
        counts=dict(sorted(counts.items())),
    )
    return refuse_empty(file)


def _coding(name: str, line: int, written: str, reading: Reading) -> Coding:
    try:
        coding = reading.systems.coding(written)
    except InvalidCode:
        raise refuse("bad-code", file=name, line=line, value=written) from None
    if coding.system != "mondo":
        raise refuse("bad-value", file=name, line=line, value=written, what="ID")
    return coding


def _labels(label: str, synonyms: list[str]) -> tuple[Label, ...]:
    return (
        Label(label, "en", LabelKind.PREFERRED),
        *(Label(text, "en", LabelKind.SYNONYM, scope="exact") for text in synonyms),
    )


def _recognises(sample: Sample) -> bool:
    return sample.columns[:3] == _COLUMNS and "\nMONDO:" in sample.text


FORMATS: tuple[Format, ...] = (Format("mondo-rare", _recognises, _read),)
