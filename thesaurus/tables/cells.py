"""What cells look like: codes of diseases, codes of ICD-10, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode

Known = Callable[[str], bool]
"""Tells whether a release has a code, given as digits."""

_ICD10 = re.compile(r"[A-Za-z][0-9]{2}(?:\.?[0-9]{1,3})?[+*†‡]?(?:[\s|,;/].*)?", re.DOTALL)
_NAME = re.compile(r"[^\W\d_]{5}")
_PREFIXED = re.compile(r"orpha", re.IGNORECASE)
_BARE = re.compile(r"\d+(?:\.0)?")
_OLDEST, _YEARS, _LONG = 150, range(1900, 2100), 10
_ENOUGH = 0.5


def is_code(cell: str, known: Known) -> bool:
    """Tell a code of the release; bare numbers are one only if it is there."""
    try:
        code = parse_code(cell)
    except InvalidCode:
        return False
    return not _BARE.fullmatch(cell) or known(code)


def are_codes(cells: Sequence[str], known: Known) -> bool:
    return _mostly([is_code(cell, known) for cell in cells])


def are_prefixed(cells: Sequence[str], known: Known) -> bool:
    """Tell codes that say themselves of which system they are."""
    return _mostly([bool(_PREFIXED.match(cell)) and is_code(cell, known) for cell in cells])


def are_ages_or_years(cells: Sequence[str]) -> bool:
    """Tell numbers that nobody means as codes, although codes are among them."""
    bare = [cell for cell in cells if len(cell) < _LONG and _BARE.fullmatch(cell)]
    numbers = [int(cell.removesuffix(".0")) for cell in bare]
    if len(numbers) < len(cells) or not numbers:
        return False
    return max(numbers) <= _OLDEST or all(number in _YEARS for number in numbers)


def are_icd10(cells: Sequence[str]) -> bool:
    return _mostly([bool(_ICD10.fullmatch(cell)) for cell in cells])


def are_names(cells: Sequence[str]) -> bool:
    return _mostly([_is_name(cell) for cell in cells])


def _is_name(cell: str) -> bool:
    named = _NAME.search(cell) and not cell[0].isdigit()
    return bool(named and not _PREFIXED.search(cell) and not _ICD10.fullmatch(cell))


def _mostly(judged: Sequence[bool]) -> bool:
    return bool(judged) and sum(judged) >= _ENOUGH * len(judged)
