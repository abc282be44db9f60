"""The code systems of a deployment: the standard ones, and what ``THESAURUS_SYSTEMS`` adds.

The file is TOML, a table for each system::

    [hpo]                                    # a standard one: identifiers are added
    aliases = ["urn:oid:1.2.3"]

    [local-signs]                            # one of the deployment's own
    title = "Signes du CHU"
    uri = "https://chu.example/signes"
    prefix = "SIG"
    form = "[0-9]{4}"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ontologies.errors import InvalidSetting
from ontologies.standard import STANDARD, CodeSystem
from ontologies.systems import CodeSystems

_ADDED = ("aliases", "prefixes", "addresses")
_TYPES = {field.name: field.default for field in fields(CodeSystem) if field.name != "name"}
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


def code_systems(path: Path | None = None) -> CodeSystems:
    """Return the table of code systems.

    Raises:
        InvalidSetting: the file cannot be read, or says something that the table has no place for.
    """
    known = {each.name: each for each in STANDARD}
    for name, values in (_tables(path) if path else {}).items():
        known[name] = _with(known.get(name), name, values, path)
    return CodeSystems(known.values())


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _invalid(path, f"{error.strerror}") from None
    except UnicodeDecodeError:
        raise _invalid(path, "UTF-8") from None
    except tomllib.TOMLDecodeError as error:  # it says the line
        raise _invalid(path, str(error)) from None


def _with(known: CodeSystem | None, name: str, values: Any, path: Path | None) -> CodeSystem:
    if not isinstance(values, dict) or not _NAME.fullmatch(name):
        raise _invalid(path, f"[{name}]")
    system = known or CodeSystem(name, title=name, prefix=name.upper())
    changes: dict[str, Any] = {}
    for key, value in values.items():
        if not _fits(key, value):
            raise _invalid(path, f"[{name}] {key} = {value!r}")
        changes[key] = (*getattr(system, key), *value) if key in _ADDED else value
    system = replace(system, **changes)
    try:
        re.compile(system.form)
    except re.error as error:
        raise _invalid(path, f"[{name}] form: {error}") from None
    return system


def _fits(key: str, value: Any) -> bool:
    if key in _ADDED:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return key in _TYPES and type(value) is type(_TYPES[key])


def _invalid(path: Path | None, why: str) -> InvalidSetting:
    return InvalidSetting("THESAURUS_SYSTEMS", f"{path}: {why}")
