"""Patients counted along the classifications: in JSON, in files of any size, in a table.

::

    count = CodeCount(release, choice)
    count.add(rows)                          rows of a request, or
    answer = count.answer(lang)              a CountAnswer; or of a file
    answer = count_table(count, table)       in steady memory save its patients
    write_csv(out, answer)  write_xlsx(out, answer)

Identifiers of patients are neither kept nor logged: all that is held of one is a hash.
"""

from thesaurus.counting.answer import CountAnswer
from thesaurus.counting.choice import Choice, CodeCount
from thesaurus.counting.headings import COUNTED, MOST_ROWS
from thesaurus.counting.request import CountRequest, RecipeChoice
from thesaurus.counting.table import (
    FileCountAnswer,
    FileNotes,
    add_table,
    count_table,
    mostly_unread,
)
from thesaurus.counting.writing import write_csv, write_xlsx

__all__ = [
    "COUNTED",
    "MOST_ROWS",
    "Choice",
    "CodeCount",
    "CountAnswer",
    "CountRequest",
    "FileCountAnswer",
    "FileNotes",
    "RecipeChoice",
    "add_table",
    "count_table",
    "mostly_unread",
    "write_csv",
    "write_xlsx",
]
