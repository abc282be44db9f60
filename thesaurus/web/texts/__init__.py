"""The catalogue: every sentence of the pages in French and English, a TOML file a page.

A text has a key, ``search.found``: the file and its name there. In braces stand the values to put
in. Where a number decides between two forms a text has both, the singular first::

    found = { fr = ["{count} fiche", "{count} fiches"], en = ["{count} page", "{count} pages"] }
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import Any

Text = str | Sequence[str]

LANGUAGES = ("fr", "en")
_THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
_SEPARATORS = {"fr": _THIN_SPACE, "en": ","}


def _read() -> dict[str, Mapping[str, Text]]:
    return {
        f"{file.name.removesuffix('.toml')}.{key}": text
        for file in files(__name__).iterdir()
        if file.name.endswith(".toml")
        for key, text in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


CATALOGUE: Mapping[str, Mapping[str, Text]] = MappingProxyType(_read())


def say(key: str, lang: str, **values: Any) -> str:
    """Return a text in a language with its values; numbers are written as the language does.

    >>> say("common.orphacodes", "fr", count=1), say("common.orphacodes", "fr", count=2)
    ('1 code ORPHA', '2 codes ORPHA')

    Args:
        values: ``count`` also chooses between the singular and the plural.

    Raises:
        KeyError: the catalogue has no such text, or the text has a value that is not given.
    """
    text = CATALOGUE[key][lang]
    if not isinstance(text, str):
        text = text[0 if _is_singular(values["count"], lang) else 1]
    shown = {name: _shown(value, lang) for name, value in values.items()}
    return text.format_map(shown)


def number(value: int, lang: str) -> str:
    """Write a whole number.

    >>> number(10839, "en")
    '10,839'
    """
    return f"{value:,}".replace(",", _SEPARATORS[lang])


def _shown(value: Any, lang: str) -> Any:
    return number(value, lang) if isinstance(value, int) else value


def _is_singular(count: int, lang: str) -> bool:
    """French counts none as one."""
    return abs(count) < 2 if lang == "fr" else abs(count) == 1
