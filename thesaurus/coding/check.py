"""Check submissions against a release, with a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from thesaurus.coding import rules
from thesaurus.coding.profiles import severities
from thesaurus.coding.submission import (
    CheckAnswer,
    Diagnosis,
    Finding,
    Normalized,
    Result,
    Severity,
    Submission,
    Summary,
)
from thesaurus.runtime import Open, Presence

_WORST = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


class Checker:
    """Checks diagnoses. It returns findings and raises nothing for what it is given.

    Args:
        release: what to check against.
        presence: in which releases codes stand, to tell a new or a vanished code from a wrong one.
        profile: one of ``bamara``, ``cda-2022``, ``cda-2024``, ``stat``, ``pmsi``.

    Raises:
        UnknownProfile
    """

    def __init__(self, release: Open, presence: Presence, profile: str = "bamara") -> None:
        self._release = release
        self._presence = presence
        self._profile = profile
        self._changes = severities(profile)

    def check(self, submissions: Sequence[Submission]) -> CheckAnswer:
        results = [self._result(each) for each in submissions]
        diagnoses = sum(len(each.diagnoses) for each in submissions)
        return CheckAnswer(
            release=self._release.id,
            profile=self._profile,
            results=results,
            summary=_summary(results, diagnoses),
        )

    def _result(self, submission: Submission) -> Result:
        found: list[Finding] = []
        normalized: list[Normalized] = []
        for number, diagnosis in enumerate(submission.diagnoses):
            case = rules.Case(diagnosis, self._release, self._presence)
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

    def _findings(self, case: rules.Case, number: int) -> Iterable[Finding]:
        for found in rules.findings(case):
            yield Finding(
                rule=found.rule,
                severity=self._changes.get(found.rule, found.severity),
                path=f"/diagnoses/{number}/{found.field}",
                message=found.message.fr,
                message_en=found.message.en,
                suggestions=list(found.suggestions),
            )


def _normalized(case: rules.Case) -> Normalized:
    if case.concept is None:
        return Normalized(code=None, label=None)
    return Normalized(code=case.concept.code, label=case.concept.preferred("fr").text)


def _summary(results: Sequence[Result], diagnoses: int) -> Summary:
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
    )


def of_codes(codes: Iterable[str]) -> list[Submission]:
    """Make a submission of each code, as the command line gives them."""
    return [
        Submission(id=str(number), diagnoses=[Diagnosis(code=code)])
        for number, code in enumerate(codes, 1)
    ]
