"""The demonstration releases, opened without a service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from ontologies.concept import Label, LabelKind
from ontologies.dataset import Dataset, Sign
from ontologies.related import Related
from ontologies.release import Release
from ontologies.systems import Coding
from ontologies.terminology import Term
from search import suggest
from tests.coding.asking import Demonstration
from thesaurus.cli.demo import load_demonstration
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('coding') / 'register.sqlite3'}")
    database.upgrade()
    register = Register(database)
    load_demonstration(register)
    runtime = Runtime(register)
    runtime.refresh()
    opened = {name: runtime.at(name) for name in ("demo-2022", "demo-2023")}
    database.dispose()
    return Demonstration(opened, runtime.presence())


@pytest.fixture(scope="session")
def complete(demonstration: Demonstration) -> Demonstration:
    """The demonstration with a few terms of HPO and what is known of two diseases."""
    current = demonstration.releases["demo-2023"]
    datasets = (*current.related.datasets, _hpo(), _natural_history())
    beside = current.beside(Related(datasets))
    return replace(demonstration, releases={**demonstration.releases, "demo-2023": beside})


def _release(system: str) -> Release:
    return Release("1", dt.date(2025, 1, 16), ("en",), digest=system, system=system)


def _hpo() -> Dataset:
    terms = (
        _term("HP:0001250", "Seizure", alternates=("HP:0001275",)),
        _term("HP:0002197", "Generalized-onset seizure"),
        _term("HP:0002300", "Mutism", obsolete=True, replaced_by=("HP:0002197",)),
        _term("HP:0002301", "Fits", obsolete=True, consider=("HP:0001250",)),
    )
    return Dataset(_release("hpo"), terms=terms)


def _term(code: str, name: str, **fields: object) -> Term:
    label = Label(name, "en", LabelKind.PREFERRED)
    return Term(Coding("hpo", code), labels=(label,), **fields)  # type: ignore[arg-type]


def _natural_history() -> Dataset:
    signs = (
        Sign("558", "HP:0000006", aspect="I"),
        Sign("15", "HP:0000006", aspect="I"),
        Sign("15", "HP:0030674", aspect="C"),
        Sign("15", "HP:0003623", aspect="C"),
        Sign("15", "HP:0001250"),
    )
    return Dataset(_release("orphanet-natural-history"), signs=signs)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are searched by name, as they are searched."""
    texts: list[str] = []
    search: Callable[..., object] = suggest

    def counted(index: object, text: str, **options: object) -> object:
        texts.append(text)
        return search(index, text, **options)

    monkeypatch.setattr("thesaurus.coding.suggestions.suggest", counted)
    return texts
