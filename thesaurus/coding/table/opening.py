"""Tables of diagnoses, opened."""

from __future__ import annotations

from typing import BinaryIO

from thesaurus import tables
from thesaurus.coding.table.headings import DIAGNOSES
from thesaurus.tables import Known, Options, Table


def open_table(file: BinaryIO, known: Known, options: Options = Options()) -> Table:
    """Open a table of diagnoses, see ``tables.open_table``."""
    return tables.open_table(file, DIAGNOSES, known, options)


def is_tabular(file: BinaryIO) -> bool:
    """Tell a table of diagnoses from a plain list, see ``tables.is_tabular``."""
    return tables.is_tabular(file, DIAGNOSES)
