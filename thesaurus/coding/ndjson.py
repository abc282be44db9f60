"""Submissions as lines of JSON (NDJSON), answered line by line in steady memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from thesaurus.coding.check import Checker
from thesaurus.coding.submission import Refused, read_submission
from thesaurus.strict_json import strict_json

LONGEST_LINE = 1_000_000


class Lines:
    """Answers lines, one after the other, and sums up.

    A line that is no submission gets ``{line, problem}``, without what stands in it; blank lines
    get nothing.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._session = checker.session()
        self._line = self._problems = 0

    def answers(self, lines: Iterable[bytes | None]) -> Iterator[bytes]:
        """Yield the answer to each line, itself a line; None is one too long to be held."""
        for line in lines:
            self._line += 1
            if line is None or len(line) > LONGEST_LINE:
                yield self._problem(
                    f"plus de {LONGEST_LINE} octets", f"more than {LONGEST_LINE} bytes"
                )
            elif line.strip():
                yield self._result(line)

    def _result(self, line: bytes) -> bytes:
        try:
            read = read_submission(strict_json(line))
        except json.JSONDecodeError as error:
            return self._problem(f"ce n'est pas du JSON ({error.msg})", f"not JSON ({error.msg})")
        except UnicodeError:
            return self._problem("ce n'est pas de l'UTF-8", "not UTF-8")
        except RecursionError:
            return self._problem("trop d'objets l'un dans l'autre", "nested too deeply")
        except ValueError:  # of int(): Python bounds the digits of a number
            return self._problem("un nombre a trop de chiffres", "a number has too many digits")
        if isinstance(read, Refused):
            faults = [each._asdict() for each in read.faults]
            return self._problem("ce n'est pas un envoi", "not a submission", faults)
        return self._session.result(read).model_dump_json().encode() + b"\n"

    def _problem(self, fr: str, en: str, faults: list[dict[str, str]] | None = None) -> bytes:
        self._problems += 1
        problem: dict[str, Any] = {
            "code": "invalid_body",
            "detail": f"Ligne {self._line} : {fr}.",
            "detail_en": f"Line {self._line}: {en}.",
            "faults": faults or [],
        }
        return _line({"line": self._line, "problem": problem})

    @property
    def is_fine(self) -> bool:
        """Whether no line had an error, a warning or a problem so far."""
        summary = self._session.summary()
        return not (summary.errors or summary.warnings or self._problems)

    def last(self) -> bytes:
        """What was asked, and the sum of all lines."""
        summary = self._session.summary().model_dump(mode="json")
        return _line(
            {
                "release": self._checker.release.id,
                "profile": self._checker.profile.name,
                "summary": {**summary, "problems": self._problems},
            }
        )


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
