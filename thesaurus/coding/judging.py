"""Apply the rules of a profile to a submission."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ontologies.concept import Concept
from thesaurus.coding import rules
from thesaurus.coding.answer import Finding, Severity
from thesaurus.coding.case import Against, Case, Field, Patient
from thesaurus.coding.profiles import Profile
from thesaurus.coding.reference import Need
from thesaurus.coding.rules import Found, Rule, writing
from thesaurus.coding.submission import CodedItem, Diagnosis, Submission

_ELSEWHERE = ("problems", "cause_of_death", "family_history")
_CODED_ITEMS = {
    "genes": Field.GENE,
    "phenotypes": Field.SIGN,
    "icd10": Field.ICD10,
    "description": Field.DESCRIPTION,
}
# What must be sent for the lack of a dataset to matter.
_SENT_FOR = {
    Need.GENES: Field.GENE,
    Need.SIGNS: Field.SIGN,
    Need.ICD10: Field.ICD10,
    Need.NATURAL_HISTORY: Field.DIAGNOSIS,
}


class _Applied(NamedTuple):
    """A rule as a profile has it: its function, its id and its severity."""

    apply: Callable[..., Any]
    rule: str
    severity: Severity
    fixed: bool
    concerns: Callable[[Concept], bool]


class _Concerning(NamedTuple):
    """The rules for entities of one status, level and type."""

    entity: tuple[_Applied, ...]
    diagnosis: tuple[_Applied, ...]


class Judged(NamedTuple):
    """What was found of a submission.

    Attributes:
        cases: its diagnoses, as they were read.
        not_applied: rule -> the dataset that is missing for it.
    """

    cases: Sequence[Case]
    findings: list[Finding]
    not_applied: dict[str, str]


class Judge:
    """The rules of a profile, ready to be applied.

    Args:
        has: the datasets that are loaded; rules that need another one are left out, and named where
            there was something for them to judge.
    """

    def __init__(self, profile: Profile, has: frozenset[Need]) -> None:
        self._profile = profile
        self._has = has
        self._missing: dict[Field, dict[str, str]] = {}
        self._by_kind: dict[tuple[object, ...], _Concerning] = {}
        self._text = self._applied(rules.TEXT)
        self._system = tuple(each for each in self._text if each.rule == writing.wrong_system.id)
        self._absent = self._applied(rules.ABSENT)
        self._entity = self._applied(rules.ENTITY)
        self._diagnosis = self._applied(rules.DIAGNOSIS)
        self._items = self._applied(rules.ITEMS)
        signs = self._applied(rules.SIGN)
        self._coded = {
            Field.GENE: (
                self._applied(rules.GENE),
                self._applied(rules.GENE_AND_CODE),
            ),
            Field.ICD10: (
                self._applied(rules.ICD10),
                self._applied(rules.ICD10_AND_CODE),
            ),
            Field.SIGN: (signs, ()),
            Field.DESCRIPTION: (signs, ()),
        }
        self._patient = self._applied(rules.PATIENT)
        self._call = self._applied(rules.CALL)

    def _applied(self, every: Iterable[Rule[Any]]) -> tuple[_Applied, ...]:
        return tuple(self._chosen(every))

    def _chosen(self, every: Iterable[Rule[Any]]) -> Iterator[_Applied]:
        for each in every:
            severity = self._profile.severity(each.id, each.severity)
            if severity is None:
                continue
            if each.needs and each.needs not in self._has:
                missing = self._missing.setdefault(_SENT_FOR[each.needs], {})
                missing[each.id] = each.needs.value
                continue
            fixed = each.id in self._profile.severities
            yield _Applied(each.apply, each.id, severity, fixed, each.concerns)

    def judge(self, submission: Submission, against: Against) -> Judged:
        """Apply every rule.

        The findings are in the order of the submission, those of one diagnosis the worst first, and
        those of the whole patient at the end.
        """
        findings: list[Finding] = []
        missing: dict[str, str] = {}
        cases = []
        for number, diagnosis in enumerate(submission.diagnoses):
            case = Case(diagnosis, against, f"/diagnoses/{number}", Field.DIAGNOSIS)
            cases.append(case)
            findings += self._of_diagnosis(case, diagnosis, missing)
        for name in _ELSEWHERE:
            for number, item in enumerate(getattr(submission, name)):
                findings += self._of_code(Case(item, against, f"/{name}/{number}", Field.ELSEWHERE))
        if len(cases) > 1:
            patient = Patient(submission, against, cases)
            findings += [
                _finding(applied, each, case.path)
                for applied in self._patient
                for case, each in applied.apply(patient)
            ]
        return Judged(cases, findings, missing)

    def of_call(self, against: Against) -> list[Finding]:
        """Apply the rules of what was asked, whose findings every submission of a call shares."""
        return _found(self._call, "", against)

    def _of_diagnosis(
        self, case: Case, diagnosis: Diagnosis, missing: dict[str, str]
    ) -> list[Finding]:
        findings = self._of_code(case)
        if case.concept:
            every = self._concerning(case.concept).diagnosis
            findings += _found(every, case.path, case, case.concept)
        findings += [
            _finding(applied, each, case.path)
            for applied in self._items
            for each in applied.apply(case, diagnosis)
        ]
        for name, field in _CODED_ITEMS.items():
            if items := getattr(diagnosis, name):
                findings += self._of_items(case, items, name, field)
                missing |= self._missing.get(field, {})
        if diagnosis.inheritance or diagnosis.age_at_onset:
            missing |= self._missing.get(Field.DIAGNOSIS, {})
        return sorted(findings, key=_by_weight) if len(findings) > 1 else findings

    def _of_code(self, case: Case) -> list[Finding]:
        """Judge a code wherever it stands, and the entity that it names."""
        findings = [] if case.is_plain else _found(self._text, case.path, case)
        if case.concept:
            every = self._concerning(case.concept).entity
            findings += _found(every, case.path, case, case.concept)
        elif case.code:
            findings += _found(self._absent, case.path, case, case.code)
        return findings

    def _concerning(self, concept: Concept) -> _Concerning:
        """Return the rules that have anything to say of an entity."""
        kind = (concept.flag, concept.level, concept.type)
        found = self._by_kind.get(kind)
        if found is None:
            found = self._by_kind[kind] = _Concerning(
                tuple(each for each in self._entity if each.concerns(concept)),
                tuple(each for each in self._diagnosis if each.concerns(concept)),
            )
        return found

    def _of_items(
        self, of: Case, items: Sequence[CodedItem], name: str, field: Field
    ) -> list[Finding]:
        """Judge the items of a diagnosis: each by itself, then beside the code."""
        alone, beside = self._coded[field]
        findings: list[Finding] = []
        for number, item in enumerate(items):
            case = Case(item, of.against, f"{of.path}/{name}/{number}", field)
            if not case.written:
                continue
            if field is not Field.GENE:
                findings += self._of_code(case)
            elif item.system:
                # A symbol is no code of HGNC, so of how a gene is written only its system counts.
                findings += _found(self._system, case.path, case)
            if alone:
                findings += _found(alone, case.path, case)
            if beside and of.concept:
                findings += _found(beside, case.path, of, case, of.concept)
        return findings


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def _by_weight(finding: Finding) -> tuple[int, str]:
    return _RANK[finding.severity], finding.rule


def _found(every: Iterable[_Applied], path: str, *judged: Any) -> list[Finding]:
    return [
        _finding(applied, found, path) for applied in every if (found := applied.apply(*judged))
    ]


def _finding(applied: _Applied, found: Found, path: str) -> Finding:
    severity = applied.severity
    if found.severity and not applied.fixed:
        severity = found.severity
    return Finding(
        rule=applied.rule,
        severity=severity,
        path=f"{path}/{found.field}" if found.field else path,
        message=found.message.fr,
        message_en=found.message.en,
        suggestions=list(found.suggestions),
    )
