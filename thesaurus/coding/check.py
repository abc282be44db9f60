"""Check submissions against a release, with a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from thesaurus.coding.answer import (
    CheckAnswer,
    Finding,
    Normalized,
    Result,
    Severity,
    Summary,
)
from thesaurus.coding.case import Case
from thesaurus.coding.profiles import severities
from thesaurus.coding.rules import findings
from thesaurus.coding.submission import LONGEST_TEXT, Diagnosis, Submission
from thesaurus.coding.suggestions import MAX_SEARCHES, Suggestions
from thesaurus.runtime import Open, Presence

_WORST = tuple(Severity)


class Checker:
    """Checks diagnoses. It returns findings and raises nothing for what it is given.

    Args:
        release: what to check against.
        presence: in which releases codes stand, to tell a new or a vanished code from a wrong one.
        profile: one of ``bamara``, ``cda-2022``, ``cda-2024``, ``stat``, ``pmsi``.
        searches: most different searches by name in one session.

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
        self.release = release
        self.presence = presence
        self.profile = profile
        self.changes = severities(profile)
        self.searches = searches

    def session(self) -> Session:
        """Begin a call: submissions that share the bound of searches and the summary."""
        return Session(self)

    def check(self, submissions: Sequence[Submission]) -> CheckAnswer:
        session = self.session()
        results = [session.result(each) for each in submissions]
        return CheckAnswer(
            release=self.release.id,
            profile=self.profile,
            results=results,
            summary=session.summary(),
        )


class Session:
    """One call of the check: submissions one by one, in steady memory, then the summary."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._suggestions = Suggestions(checker.release, checker.searches)
        self._submissions = self._diagnoses = self._valid = 0
        self._severities: Counter[Severity] = Counter()
        self._rules: Counter[str] = Counter()

    def result(self, submission: Submission) -> Result:
        """Check one submission and count it."""
        checker = self._checker
        found: list[Finding] = []
        normalized: list[Normalized] = []
        for number, diagnosis in enumerate(submission.diagnoses):
            case = Case(diagnosis, checker.release, checker.presence, self._suggestions)
            found.extend(self._findings(case, number))
            normalized.append(_normalized(case))
        worst = next((each for each in _WORST if any(f.severity is each for f in found)), None)
        self._count(submission, found, worst)
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
                severity=self._checker.changes.get(found.rule, found.severity),
                path=f"/diagnoses/{number}/{found.field}",
                message=found.message.fr,
                message_en=found.message.en,
                suggestions=list(found.suggestions),
            )

    def _count(
        self, submission: Submission, found: Sequence[Finding], worst: Severity | None
    ) -> None:
        self._submissions += 1
        self._diagnoses += len(submission.diagnoses)
        self._valid += worst is not Severity.ERROR
        self._severities.update(each.severity for each in found)
        self._rules.update(each.rule for each in found)

    def summary(self) -> Summary:
        """What was found so far."""
        return Summary(
            submissions=self._submissions,
            diagnoses=self._diagnoses,
            valid=self._valid,
            errors=self._severities[Severity.ERROR],
            warnings=self._severities[Severity.WARNING],
            informations=self._severities[Severity.INFORMATION],
            rules=dict(sorted(self._rules.items())),
            suggestions_left_out=self._suggestions.left_out,
        )


def _normalized(case: Case) -> Normalized:
    if case.concept is None:
        return Normalized(code=None, label=None)
    return Normalized(code=case.concept.code, label=case.concept.preferred("fr").text)


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
