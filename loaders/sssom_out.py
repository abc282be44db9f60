"""Alignments written as SSSOM TSV, so that ``loaders.sssom`` and any other program can read them.

Of an alignment everything is written but the address and the spelling of its object, for which
SSSOM has no slot: codes stand in our form and ``curie_map`` gives their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Self, TextIO

from loaders.curie_map import VOCABULARIES, addresses_of
from loaders.sssom import ICD_RELATION, UNSPECIFIED_MATCHING, VALIDATION, VALIDATION_STATUS
from ontologies.alignment import Alignment, Relation
from ontologies.dataset import Dataset
from ontologies.systems import CodeSystems, Coding

if TYPE_CHECKING:
    from curies import Converter
    from sssom_pydantic import MappingSetRecord, Record

Namer = Callable[[Coding], str | None]
"""The label of a concept, None where none is known."""
_SETS = "https://w3id.org/sssom/mapping-set/"
_COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id",
    "object_label", "mapping_justification", "subject_source_version", "object_source_version",
    "confidence", ICD_RELATION, VALIDATION_STATUS,
)  # fmt: skip
_STATUS = {validated: status for status, validated in VALIDATION.items()}


@dataclass(frozen=True, slots=True)
class SetOfMappings:
    """What the header says of the alignments below it.

    Attributes:
        id: the key of the dataset in the register.
        ends: code system -> version of that end.
    """

    id: str
    version: str
    licence: str | None = None
    ends: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        return cls(dataset.key, dataset.release.id, dataset.release.licence, dataset.ends)


def write(
    alignments: Iterable[Alignment],
    stream: TextIO,
    *,
    systems: CodeSystems,
    dataset: SetOfMappings,
    label: Namer,
) -> None:
    """Write alignments in their order, each on a line.

    Two slots extend the standard, for what Orphanet says and SSSOM has no word for:
    ``icd_relation`` and ``validation_status``.
    """
    import sssom_pydantic

    rows = list(alignments)
    # The library ends rows as CSV has it, with two characters; these come out as one.
    text = StringIO(newline=None)
    sssom_pydantic.write_unprocessed(
        _records(rows, systems, dataset.ends, label),
        text,
        metadata=_header(dataset),
        converter=_converter(rows, systems),
        columns=_columns(rows, dataset),
        condense=False,
    )
    stream.write(text.getvalue())


def _header(dataset: SetOfMappings) -> MappingSetRecord:
    from sssom_pydantic import ExtensionDefinitionRecord, MappingSetRecord

    slots: dict[str, object] = {
        "mapping_set_id": f"{_SETS}{dataset.id}.sssom.tsv",
        "mapping_set_version": dataset.version,
        "extension_definitions": [
            ExtensionDefinitionRecord(slot_name=slot, type_hint="xsd:string")
            for slot in (ICD_RELATION, VALIDATION_STATUS)
        ],
    }
    if licence := dataset.licence:
        if re.fullmatch(r"[\w.+-]+", licence):
            licence = f"https://spdx.org/licenses/{licence}"
        # The standard wants an address for a licence; what is none is said in words.
        slots["license" if licence.startswith("http") else "comment"] = licence
    return MappingSetRecord.model_validate(slots)


def _converter(rows: Sequence[Alignment], systems: CodeSystems) -> Converter:
    from curies import Converter
    from sssom_pydantic.constants import DEFAULT_PREFIX_MAP

    used = dict.fromkeys(end.system for row in rows for end in (row.subject, row.object))
    prefixes = {
        "semapv": DEFAULT_PREFIX_MAP["semapv"],
        "skos": VOCABULARIES["skos"],
        "oboInOwl": VOCABULARIES["oboInOwl"],
        "xsd": DEFAULT_PREFIX_MAP["xsd"],
    }
    return Converter.from_prefix_map(prefixes | addresses_of(map(systems.get, used)))


def _columns(rows: Sequence[Alignment], dataset: SetOfMappings) -> list[str]:
    """Leave out the columns that no row fills."""
    empty = {
        "predicate_modifier": not any(row.relation is Relation.WRONG for row in rows),
        "subject_source_version": not any(row.subject.system in dataset.ends for row in rows),
        "object_source_version": not any(row.object.system in dataset.ends for row in rows),
        "confidence": all(row.confidence is None for row in rows),
        ICD_RELATION: all(row.icd_relation is None for row in rows),
        VALIDATION_STATUS: all(row.validated is None for row in rows),
    }
    return [column for column in _COLUMNS if not empty.get(column)]


def _records(
    rows: Iterable[Alignment], systems: CodeSystems, ends: Mapping[str, str], label: Namer
) -> Iterator[Record]:
    from sssom_pydantic import Record

    for row in rows:
        yield Record(
            subject_id=systems.curie(row.subject),
            subject_label=_one_line(label(row.subject)),
            subject_source_version=ends.get(row.subject.system),
            predicate_id=row.relation.predicate,
            predicate_modifier="Not" if row.relation is Relation.WRONG else None,
            object_id=systems.curie(row.object),
            object_label=_one_line(label(row.object)),
            object_source_version=ends.get(row.object.system),
            mapping_justification=row.justification or UNSPECIFIED_MATCHING,
            confidence=row.confidence,
            extensions=_extensions(row),
        )


def _extensions(row: Alignment) -> dict[str, object] | None:
    from sssom_pydantic import Slot

    said = {
        ICD_RELATION: row.icd_relation and row.icd_relation.key,
        VALIDATION_STATUS: None if row.validated is None else _STATUS[row.validated],
    }
    return {slot: Slot.default(slot, value) for slot, value in said.items() if value} or None


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
