"""Submissions as lines of JSON (NDJSON), answered line by line in steady memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from thesaurus.coding.check import Checker
from thesaurus.coding.submission import Submission
from thesaurus.strict_json import strict_json

LONGEST_LINE = 1_000_000
SEARCHES = 2000
"""Most different searches by name; a stream has no end that could be known."""

_FAULTS = 20
_LONGEST_NAME = 60


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
                    f"Ligne de plus de {LONGEST_LINE} octets.",
                    f"A line of more than {LONGEST_LINE} bytes.",
                )
            elif line.strip():
                yield self._result(line)

    def _result(self, line: bytes) -> bytes:
        try:
            submission = Submission.model_validate(strict_json(line))
        except ValidationError as error:
            return self._problem(
                "La ligne n'est pas un envoi.", "The line is not a submission.", _faults(error)
            )
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else "not UTF-8"
            return self._problem("La ligne n'est pas du JSON.", f"The line is not JSON: {why}.")
        return self._session.result(submission).model_dump_json().encode() + b"\n"

    def _problem(self, fr: str, en: str, faults: list[dict[str, str]] | None = None) -> bytes:
        self._problems += 1
        problem: dict[str, Any] = {"code": "invalid_body", "detail": fr, "detail_en": en}
        return _line({"line": self._line, "problem": problem | {"faults": faults or []}})

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


def _faults(error: ValidationError) -> list[dict[str, str]]:
    """Say where and why; never what was sent."""
    return [
        {
            "path": "/".join(str(part)[:_LONGEST_NAME] for part in each["loc"]),
            "message": each["msg"],
        }
        for each in error.errors(include_url=False, include_input=False)[:_FAULTS]
    ]


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
