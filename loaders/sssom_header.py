"""The header of an SSSOM file: YAML behind comment signs, told what it says and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loaders.messages import refuse
from ontologies.errors import Refused

if TYPE_CHECKING:
    from curies import Converter
    from pydantic import ValidationError
    from sssom_pydantic import MappingSetRecord, SemanticMapping

RowParser = Callable[[Mapping[str, str], int], "SemanticMapping"]
"""(cells by column, line) -> the mapping, with what the header says for all rows."""
_SETS = "https://w3id.org/sssom/mapping-set/"
_KEY = re.compile(r"#+\s*([^\s:#][^:#]*):(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the column names.

    Attributes:
        length: its number of lines.
        values: the slots of the mapping set, as text, lists and mappings.
        lines: slot or prefix -> its line.
    """

    file: str
    length: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def text(self, slot: str) -> str:
        value = self.values.get(slot, "")
        return value.strip() if isinstance(value, str) else ""

    @property
    def prefixes(self) -> dict[str, str]:
        """The curie_map. Raises Refused where it is no list of prefixes and addresses."""
        found = self.values.get("curie_map") or {}
        if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
            raise self._bad("curie_map", found)
        return found

    def row_parser(self, converter: Converter, dataset: str) -> RowParser:
        """Return what turns the cells of a row into a mapping.

        Raises:
            Refused: a slot of the header has a value that the standard does not allow.
        """
        from pydantic import ValidationError
        from sssom_pydantic.io import row_to_semantic_mapping

        record = self._record(dataset)
        definitions = self._extensions(record, converter)
        shared = record.get_propagatable()

        def parse(cells: Mapping[str, str], line: int) -> SemanticMapping:
            try:
                return row_to_semantic_mapping(
                    cells, converter, propagatable=shared, extension_definitions=definitions
                )
            except ValidationError as error:
                slot, value = _first_fault(error)
                raise refuse(
                    "bad-value", file=self.file, line=line, value=value, what=slot
                ) from None
            except (ValueError, TypeError, KeyError, NotImplementedError) as error:
                raise refuse("bad-mapping", file=self.file, line=line, why=error) from None

        return parse

    def _record(self, dataset: str) -> MappingSetRecord:
        from pydantic import ValidationError
        from sssom_pydantic import MappingSetRecord
        from sssom_pydantic.constants import MULTIVALUED

        slots = {
            # One value where the standard has a list is a common slip.
            key: [value] if key in MULTIVALUED and isinstance(value, str) else value
            for key, value in self.values.items()
            if value and key not in {"curie_map", "license"}
        }
        slots.setdefault("mapping_set_id", f"{_SETS}{dataset}")
        try:
            return MappingSetRecord.model_validate(slots)
        except ValidationError as error:
            raise self._bad(*_first_fault(error)) from None

    def _extensions(self, record: MappingSetRecord, converter: Converter) -> list[Any] | None:
        try:
            return record.process(converter).extension_definitions
        except ValueError as error:
            raise refuse("bad-header", file=self.file, why=error) from None

    def _bad(self, slot: str, value: object) -> Refused:
        line = self.lines.get(slot)
        return refuse("bad-value", file=self.file, line=line, value=value, what=slot)


def read_header(name: str, text: str) -> Header:
    """Read the comment lines at the top of a file.

    Raises:
        Refused: they are not YAML, or not a list of slots.
    """
    written: list[str] = []
    start = 0
    while text.startswith("#", start):
        end = text.find("\n", start) + 1 or len(text) + 1
        written.append(text[start:end].rstrip())
        start = end
    lines: dict[str, int] = {}
    for number, line in enumerate(written, 1):
        if found := _KEY.match(line):
            lines.setdefault(found[1].strip("\"' "), number)
    values = _slots(name, "\n".join(line.lstrip("#") for line in written))
    return Header(name, len(written), values, lines)


def _slots(name: str, header: str) -> dict[str, Any]:
    import yaml

    try:
        # Every value stays text: a version like 2026-08-04 is no date, 1.10 no number.
        values = yaml.load(header, Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        why = getattr(error, "problem", None) or "YAML"
        raise refuse("bad-header", file=name, line=line, why=why) from None
    except RecursionError:
        raise refuse("bad-header", file=name, why="YAML") from None
    if values is None or values == "":
        return {}
    if not isinstance(values, dict):
        raise refuse("bad-header", file=name, line=1, why="YAML")
    return values


def _first_fault(error: ValidationError) -> tuple[str, object]:
    fault = error.errors()[0]
    return str(fault["loc"][0]) if fault["loc"] else "?", fault["input"]
