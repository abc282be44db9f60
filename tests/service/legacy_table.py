"""The legacy table of 300 rows, written by hand, and how well it is matched.

Each row has a local code, a label, an ORPHAcode and a CIM-10 code, any of them empty; the code of
2023 that it means, ``-`` for none, decided before anything was matched; and its kind: ``wording``
(present and old names), ``typo``, ``ward`` (abbreviations and qualifiers), ``icd10`` (CIM-10
alone), ``orpha`` (a code is given: right, inactive, gone or wrong) and ``none``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from thesaurus.transcoding.legacy.matching import Entry, Matching

NOTHING = "-"
SURE = 0.8


class Row(NamedTuple):
    entry: Entry
    expected: str
    kind: str


def rows() -> list[Row]:
    text = Path(__file__).with_suffix(".tsv").read_text("utf-8")
    read = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Row(
            Entry(each["code"], each["label"], each["orpha"], each["icd10"]),
            each["expected"],
            each["kind"],
        )
        for each in read
    ]


@dataclass
class Tally:
    """Of some rows: how many, right first, right within five, sure, and sure but wrong."""

    rows: int = 0
    first: int = 0
    within: int = 0
    sure: int = 0
    sure_and_wrong: int = 0

    def count(self, expected: str, found: Matching) -> None:
        codes = [each.code for each in found.proposals] or [NOTHING]
        sure = bool(found.proposals) and found.proposals[0].confidence >= SURE
        self.rows += 1
        self.first += codes[0] == expected
        self.within += expected in codes
        self.sure += sure
        self.sure_and_wrong += sure and codes[0] != expected

    def __str__(self) -> str:
        shares = (self.first / self.rows, self.within / self.rows)
        told = " ".join(f"{share:7.1%}" for share in shares)
        return f"{self.rows:5} {told} {self.sure:6} {self.sure_and_wrong:6}"


def measure(table: Iterable[Row], match: Callable[[Entry], Matching]) -> dict[str, Tally]:
    """Match rows; return the tally of each kind, and of ``all``."""
    found: dict[str, Tally] = {}
    for entry, expected, kind in table:
        matching = match(entry)
        for name in (kind, "all"):
            found.setdefault(name, Tally()).count(expected, matching)
    return found
