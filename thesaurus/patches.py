"""Patches: a corrected pack of a year that is loaded already is 2024.1, the next one 2024.2.

Which release a patch corrects stands in its id, so that nothing can contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thesaurus.store import Record

_BASE = 35  # of the 40 characters of an id, the rest is for the number of a patch
_PATCH = re.compile(r"(?P<base>.+)\.(?P<number>[1-9][0-9]{0,3})", re.ASCII)


def free_id(version: str, records: Iterable[Record]) -> str:
    """Return the version, or its first patch (2023.1 ...) that is not taken."""
    taken = {record.id for record in records}
    ids = (version, *(f"{version[:_BASE]}.{number}" for number in range(1, len(taken) + 2)))
    return next(each for each in ids if each not in taken)


def patch_of(record: Record, records: Iterable[Record]) -> str | None:
    """Return the release that another one corrects: the one before it in its line.

    2024.2 corrects 2024.1, which corrects 2024. None where it is no patch, also where its id only
    looks like one: the register has nothing of that name and year.
    """
    read = _PATCH.fullmatch(record.id)
    if read is None:
        return None
    release, base = record.release, read["base"]
    numbers = {
        _number(each.id, base): each.id
        for each in records
        if each.release.system == release.system and each.release.date.year == release.date.year
    }
    before = [each for each in numbers if each is not None and each < int(read["number"])]
    return numbers[max(before)] if 0 in before else None


def _number(version: str, base: str) -> int | None:
    """Return which patch of a release a version is, 0 for that release itself."""
    if version[:_BASE] == base:
        return 0
    read = _PATCH.fullmatch(version)
    return int(read["number"]) if read and read["base"] == base else None
