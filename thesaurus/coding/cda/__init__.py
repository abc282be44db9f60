"""Clinical documents (CDA): the SDM-MR volets 2022.01 and 2024.01 of the ANS, checked and written.

::

    vocabulary   the codes and OIDs of the volets, each once
    parsing      bytes -> tree, without trust; archive: the documents in a zip
    elements     small questions to a tree; reading: tree -> submission, and what stands where
    places       JSON pointer -> line and XPath
    checking     the whole way, with or without HTTP
    writing      submission -> document
"""

from thesaurus.coding.cda.answer import CheckedDocument, DocumentsAnswer
from thesaurus.coding.cda.checking import check_documents
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.writing import Unwritable, write

__all__ = [
    "CheckedDocument",
    "DocumentsAnswer",
    "InvalidDocument",
    "Unwritable",
    "check_documents",
    "write",
]
