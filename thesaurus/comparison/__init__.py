"""Two releases of the nomenclature compared: found in the register, filtered, worded, written."""

from thesaurus.comparison.answer import DifferencesAnswer
from thesaurus.comparison.answering import answer_of
from thesaurus.comparison.comparing import Comparison, Comparisons, Pairing
from thesaurus.comparison.filters import Filters, Kept, keep
from thesaurus.comparison.sources import Sealed
from thesaurus.comparison.workbook import write_xlsx
from thesaurus.comparison.writing import text_lines, write_csv

__all__ = [
    "Comparison",
    "Comparisons",
    "DifferencesAnswer",
    "Filters",
    "Kept",
    "Pairing",
    "Sealed",
    "answer_of",
    "keep",
    "text_lines",
    "write_csv",
    "write_xlsx",
]
