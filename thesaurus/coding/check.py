"""Check submissions against a release, with a profile."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from ontologies.concept import Concept
from search.index import Index
from thesaurus.coding.answer import (
    CheckAnswer,
    CorrectedResult,
    FaultItem,
    Finding,
    Normalized,
    RefusedResult,
    Result,
    Severity,
    Summary,
)
from thesaurus.coding.case import Against
from thesaurus.coding.correction import corrected
from thesaurus.coding.judging import Judge, Judged
from thesaurus.coding.profiles import DEFAULT, Profile, Profiles
from thesaurus.coding.reference import reference
from thesaurus.coding.submission import LONGEST_TEXT, Diagnosis, Refused, Submission
from thesaurus.coding.suggestions import MAX_SEARCHES, Suggestions
from thesaurus.presence import Presence
from thesaurus.runtime import Open

_WORST = tuple(Severity)


class Checker:
    """Checks diagnoses. It returns findings and raises nothing for what it is given.

    Args:
        release: what to check against.
        presence: the other releases, to tell a new or a vanished code from a wrong one.
        profile: a profile, or the name of one of ours.
        searches: most different searches by name in one session.
        autocorrect: whether results bring the submission with deprecated codes replaced.
        today: for what ends on a day.

    Raises:
        UnknownProfile
    """

    def __init__(
        self,
        release: Open,
        presence: Presence,
        profile: str | Profile = DEFAULT,
        *,
        searches: int = MAX_SEARCHES,
        autocorrect: bool = False,
        today: dt.date | None = None,
    ) -> None:
        self.release = release
        self.presence = presence
        self.profile = Profiles()[profile] if isinstance(profile, str) else profile
        self.searches = searches
        self.autocorrect = autocorrect
        self.today = today or dt.datetime.now(dt.UTC).date()
        self.judge = _judge(release, self.profile)

    def under(self, profile: str) -> Checker:
        """Return the same checker with another profile of ours."""
        return Checker(
            self.release,
            self.presence,
            profile,
            searches=self.searches,
            autocorrect=self.autocorrect,
            today=self.today,
        )

    def session(self) -> Session:
        """Begin a call: submissions that share the bound of searches and the summary."""
        return Session(self)

    def check(self, submissions: Sequence[Submission | Refused]) -> CheckAnswer:
        session = self.session()
        results = [
            session.refused(each) if isinstance(each, Refused) else session.result(each)
            for each in submissions
        ]
        return CheckAnswer(
            release=self.release.id,
            profile=self.profile.name,
            results=results,
            summary=session.summary(),
        )


_JUDGES: WeakKeyDictionary[Index, dict[str, Judge]] = WeakKeyDictionary()


def _judge(release: Open, profile: Profile) -> Judge:
    """Return the judge of a release and a profile; what it learnt serves the next call."""
    known = _JUDGES.setdefault(release.index, {})
    judge = known.get(profile.name)
    if judge is None or judge.profile is not profile:
        judge = known[profile.name] = Judge(profile, reference(release).has)
    return judge


class Session:
    """One call of the check: submissions one by one, in steady memory, then the summary."""

    def __init__(self, checker: Checker) -> None:
        known = reference(checker.release)
        self._judge = checker.judge
        self._autocorrect = checker.autocorrect
        self._against = Against(
            release=checker.release,
            reference=known,
            presence=checker.presence,
            profile=checker.profile,
            suggestions=Suggestions(checker.release, known, checker.searches),
            today=checker.today,
        )
        self._of_call = self._judge.of_call(self._against)
        self._submissions = self._diagnoses = self._valid = self._problems = 0
        self._severities: Counter[Severity] = Counter()
        self._rules: Counter[str] = Counter()
        self._not_applied: dict[str, str] = {}
        self._read: dict[str, Normalized] = {}

    def result(self, submission: Submission) -> Result:
        """Check one submission and count it."""
        judged = self._judge.judge(submission, self._against)
        findings = judged.findings + self._of_call
        severities = [each.severity for each in findings]
        worst = min(severities, key=_WORST.index) if severities else None
        self._count(submission, findings, worst)
        if judged.not_applied:
            self._not_applied |= judged.not_applied
        result = Result(
            id=submission.id,
            valid=worst is not Severity.ERROR,
            severity=worst,
            findings=findings,
            normalized=[self._normalized(each.concept) for each in judged.cases],
        )
        return self._with_correction(result, submission, judged) if self._autocorrect else result

    def refused(self, submission: Refused) -> RefusedResult:
        """Count a submission that has not the form of one, and say why."""
        self._problems += 1
        places = ", ".join(each.path for each in submission.faults[:3])
        return RefusedResult(
            id=submission.id,
            valid=False,
            severity=Severity.ERROR,
            findings=[],
            normalized=[],
            message=f"L'envoi n'a pas la forme attendue : {places or '/'}.",
            message_en=f"The submission has not the form expected: {places or '/'}.",
            faults=[FaultItem(path=each.path, message=each.message) for each in submission.faults],
        )

    def _normalized(self, concept: Concept | None) -> Normalized:
        if concept is None:
            return _UNREAD
        found = self._read.get(concept.code)
        if found is None:
            label = concept.preferred("fr").text
            found = self._read[concept.code] = Normalized(code=concept.code, label=label)
        return found

    def _with_correction(
        self, result: Result, submission: Submission, judged: Judged
    ) -> CorrectedResult:
        correction = corrected(submission, judged.findings)
        remaining = result.findings
        if correction.changes:
            again = Submission.model_validate(correction.submission)
            remaining = self._judge.judge(again, self._against).findings + self._of_call
        return CorrectedResult(
            **dict(result),
            corrected=correction.submission,
            changes=correction.changes,
            remaining=remaining,
        )

    def _count(
        self, submission: Submission, found: Sequence[Finding], worst: Severity | None
    ) -> None:
        self._submissions += 1
        self._diagnoses += len(submission.diagnoses)
        self._valid += worst is not Severity.ERROR
        for each in found:
            self._severities[each.severity] += 1
            self._rules[each.rule] += 1

    def summary(self) -> Summary:
        """What was found so far."""
        return Summary(
            submissions=self._submissions,
            problems=self._problems,
            diagnoses=self._diagnoses,
            valid=self._valid,
            errors=self._severities[Severity.ERROR],
            warnings=self._severities[Severity.WARNING],
            informations=self._severities[Severity.INFORMATION],
            rules=dict(sorted(self._rules.items())),
            suggestions_left_out=self._against.suggestions.left_out,
            not_applied=dict(sorted(self._not_applied.items())),
        )


_UNREAD = Normalized(code=None, label=None)


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
