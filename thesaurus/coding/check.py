"""Check submissions against a release, with a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from thesaurus.coding.case import Case
from thesaurus.coding.profiles import severities
from thesaurus.coding.rules import findings
from thesaurus.coding.submission import (
    LONGEST_TEXT,
    CheckAnswer,
    Diagnosis,
    Finding,
    Normalized,
    Result,
    Severity,
    Submission,
    Summary,
)
from thesaurus.coding.suggestions import MAX_SEARCHES, Suggestions
from thesaurus.runtime import Open, Presence

_WORST = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


class Checker:
    """Checks diagnoses. It returns findings and raises nothing for what it is given.

    Args:
        release: what to check against.
        presence: in which releases codes stand, to tell a new or a vanished code from a wrong one.
        profile: one of ``bamara``, ``cda-2022``, ``cda-2024``, ``stat``, ``pmsi``.
        searches: most different searches by name in one call of ``check``.

    Raises:
        UnknownProfile
    """

    def __init__(
        self,
        release: Open,
        presence: Presence,
        profile: str = "bamara",
        *,
        searches: int = MAX_SEARCHES,
    ) -> None:
        self._release = release
        self._presence = presence
        self._profile = profile
        self._changes = severities(profile)
        self._searches = searches

    def check(self, submissions: Sequence[Submission]) -> CheckAnswer:
        suggestions = Suggestions(self._release, self._searches)
        results = [self._result(each, suggestions) for each in submissions]
        diagnoses = sum(len(each.diagnoses) for each in submissions)
        return CheckAnswer(
            release=self._release.id,
            profile=self._profile,
            results=results,
            summary=_summary(results, diagnoses, suggestions.left_out),
        )

    def _result(self, submission: Submission, suggestions: Suggestions) -> Result:
        found: list[Finding] = []
        normalized: list[Normalized] = []
        for number, diagnosis in enumerate(submission.diagnoses):
            case = Case(diagnosis, self._release, self._presence, suggestions)
            found.extend(self._findings(case, number))
            normalized.append(_normalized(case))
        worst = next((each for each in _WORST if any(f.severity is each for f in found)), None)
        return Result(
            id=submission.id,
            valid=worst is not Severity.ERROR,
            severity=worst,
            findings=found,
            normalized=normalized,
        )

    def _findings(self, case: Case, number: int) -> Iterable[Finding]:
        for found in findings(case):
            yield Finding(
                rule=found.rule,
                severity=self._changes.get(found.rule, found.severity),
                path=f"/diagnoses/{number}/{found.field}",
                message=found.message.fr,
                message_en=found.message.en,
                suggestions=list(found.suggestions),
            )


def _normalized(case: Case) -> Normalized:
    if case.concept is None:
        return Normalized(code=None, label=None)
    return Normalized(code=case.concept.code, label=case.concept.preferred("fr").text)


def _summary(results: Sequence[Result], diagnoses: int, left_out: int) -> Summary:
    found = Counter(finding.severity for result in results for finding in result.findings)
    by_rule = Counter(finding.rule for result in results for finding in result.findings)
    return Summary(
        submissions=len(results),
        diagnoses=diagnoses,
        valid=sum(result.valid for result in results),
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
        informations=found[Severity.INFORMATION],
        rules=dict(sorted(by_rule.items())),
        suggestions_left_out=left_out,
    )


def of_codes(codes: Iterable[str]) -> list[Submission]:
    """Make a submission of each code, as the command line gives them.

    What is too long for a code is cut, marked so that it stays unreadable, and found by DX-002.
    """
    return [
        Submission(id=str(number), diagnoses=[Diagnosis(code=_cut(code))])
        for number, code in enumerate(codes, 1)
    ]


def _cut(code: str) -> str:
    return code if len(code) <= LONGEST_TEXT else code[: LONGEST_TEXT - 1] + "…"
