"""Tables of any kind as people keep them, CSV or XLSX: told by their content, read line by line.

::

    with open_table(file, vocabulary, known, options) as table:
        for line in table.lines():
            line.values      field -> text, as the vocabulary names the columns
            line.problem     why this line cannot be read; the others are

A file is read in a memory that does not grow with it. What is written stays as it was, byte for
byte, with columns added (``annotated``); no cell that is added is a formula.
"""

from thesaurus.tables.cells import Known
from thesaurus.tables.columns import Columns
from thesaurus.tables.lines import Line
from thesaurus.tables.opening import Options, Table, is_tabular, open_table
from thesaurus.tables.records import Record
from thesaurus.tables.scratch import scratch_file
from thesaurus.tables.trouble import Problem, UnreadableTable
from thesaurus.tables.vocabulary import CODE, ICD10, ID, LABEL, Vocabulary

__all__ = [
    "CODE",
    "ICD10",
    "ID",
    "LABEL",
    "Columns",
    "Known",
    "Line",
    "Options",
    "Problem",
    "Record",
    "Table",
    "UnreadableTable",
    "Vocabulary",
    "is_tabular",
    "open_table",
    "scratch_file",
]
