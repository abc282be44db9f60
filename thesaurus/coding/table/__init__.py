"""Whole files of diagnoses, CSV or XLSX: opened, checked row by row, answered in three forms.

::

    with open_table(file, known) as table:
        steps = check_table(table, session)
        Annotated(table, HEADINGS).pieces(additions(steps))   the same file with columns added
        json_pieces(table, steps, ...)       a FileAnswer, or
        write_report(out, table, steps ...)  a workbook to work through

A file is read in a memory that does not grow with it, save some 25 bytes a row where it has
patients, and nothing of it outlives the call.
"""

from thesaurus.coding.table.added import HEADINGS, additions
from thesaurus.coding.table.answer import FileAnswer, json_pieces
from thesaurus.coding.table.checking import Step, check_table
from thesaurus.coding.table.digest import Digest
from thesaurus.coding.table.opening import is_tabular, open_table
from thesaurus.coding.table.report import write_report
from thesaurus.tables import Options, Table, UnreadableTable
from thesaurus.tables.annotated import Annotated

__all__ = [
    "HEADINGS",
    "Annotated",
    "Digest",
    "FileAnswer",
    "Options",
    "Step",
    "Table",
    "UnreadableTable",
    "additions",
    "check_table",
    "is_tabular",
    "json_pieces",
    "open_table",
    "write_report",
]
