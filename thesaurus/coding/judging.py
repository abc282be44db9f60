"""Apply the rules of a profile to a submission."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ontologies.concept import Concept
from ontologies.standard import HPO
from thesaurus.coding import rules
from thesaurus.coding.answer import Finding, Severity
from thesaurus.coding.case import Against, Case, Field, Patient
from thesaurus.coding.profiles import Profile
from thesaurus.coding.reference import Need
from thesaurus.coding.rules import Found, Rule
from thesaurus.coding.submission import CodedItem, Diagnosis, Submission

_SOUND_KEPT = 50_000
_LONGEST_KEPT = 60
_ELSEWHERE = ("problems", "cause_of_death", "family_history")
# What must be sent for a rule to have something to judge, were its dataset there.
_SENT_FOR = {
    rules.genes.unknown_gene.id: "genes",
    rules.genes.unrelated_gene.id: "genes",
    rules.genes.one_fits.id: "genes",
    rules.signs.unknown_sign.id: "phenotypes",
    rules.icd10.not_aligned.id: "icd10",
    rules.natural_history.other_inheritance.id: "inheritance",
    rules.natural_history.other_onset.id: "age_at_onset",
}


class _Applied(NamedTuple):
    """A rule as a profile has it: its function, its id and its severity."""

    apply: Callable[..., Any]
    rule: str
    severity: Severity
    fixed: bool
    concerns: Callable[[Concept], bool]


class _Coded(NamedTuple):
    """A list of codes that a diagnosis has, and the rules for each of them.

    Attributes:
        writing: of how it is written; a symbol is no code of HGNC, so of a gene only its system.
        alone, beside: of the code by itself, and beside that of the diagnosis.
        sound: what was judged once and found good, with the code of the diagnosis where it matters:
            the same comes again with the next patient.
    """

    name: str
    field: Field
    writing: tuple[_Applied, ...]
    alone: tuple[_Applied, ...]
    beside: tuple[_Applied, ...]
    sound: set[tuple[str | None, ...]]


class _Missing(NamedTuple):
    """A rule that cannot judge, and the item whose presence makes that matter."""

    sent: str
    rule: str
    dataset: str


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
        self.profile = profile
        self._has = has
        self._missing: list[_Missing] = []
        self._by_kind: dict[tuple[object, ...], _Concerning] = {}
        self._by_code: dict[str, _Concerning] = {}
        self._text = self._applied(rules.TEXT)
        self._absent = self._applied(rules.ABSENT)
        self._entity = self._applied(rules.ENTITY)
        self._diagnosis = self._applied(rules.DIAGNOSIS)
        self._items = self._applied(rules.ITEMS)
        text, signs = self._text, self._applied(rules.SIGN)
        system = tuple(each for each in text if each.rule == rules.writing.wrong_system.id)
        genes, with_gene = self._applied(rules.GENE), self._applied(rules.GENE_AND_CODE)
        icd10, with_icd10 = self._applied(rules.ICD10), self._applied(rules.ICD10_AND_CODE)
        self._coded = (
            _Coded("genes", Field.GENE, system, genes, with_gene, set()),
            _Coded("phenotypes", Field.SIGN, text, signs, (), set()),
            _Coded("icd10", Field.ICD10, text, icd10, with_icd10, set()),
            _Coded("description", Field.DESCRIPTION, text, signs, (), set()),
        )
        self._patient = self._applied(rules.PATIENT)
        self._call = self._applied(rules.CALL)

    def _applied(self, every: Iterable[Rule[Any]]) -> tuple[_Applied, ...]:
        return tuple(self._chosen(every))

    def _chosen(self, every: Iterable[Rule[Any]]) -> Iterator[_Applied]:
        for each in every:
            severity = self.profile.severity(each.id, each.severity)
            if severity is None:
                continue
            if each.needs and each.needs not in self._has:
                self._missing.append(_Missing(_SENT_FOR[each.id], each.id, each.needs.value))
                continue
            fixed = each.id in self.profile.severities
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
                case = Case(item, against, f"/{name}/{number}", Field.ELSEWHERE)
                findings += self._of_code(case, self._text)
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
        findings = self._of_code(case, self._text)
        if case.concept:
            every = self._concerning(case.concept).diagnosis
            findings += _found(every, case.path, case, case.concept)
        findings += [
            _finding(applied, each, case.path)
            for applied in self._items
            for each in applied.apply(case, diagnosis)
        ]
        for coded in self._coded:
            if items := getattr(diagnosis, coded.name):
                findings += self._of_items(case, items, coded)
        for each in self._missing:
            if getattr(diagnosis, each.sent) or (
                each.sent == "phenotypes" and any(map(_is_sign, diagnosis.description))
            ):
                missing[each.rule] = each.dataset
        return sorted(findings, key=_by_weight) if len(findings) > 1 else findings

    def _of_code(self, case: Case, writing: tuple[_Applied, ...]) -> list[Finding]:
        """Judge how a code is written, wherever it stands, and the entity that it names."""
        findings = [] if case.is_plain else _found(writing, case.path, case)
        if case.concept:
            every = self._concerning(case.concept).entity
            findings += _found(every, case.path, case, case.concept)
        elif case.code:
            findings += _found(self._absent, case.path, case, case.code)
        return findings

    def _concerning(self, concept: Concept) -> _Concerning:
        """Return the rules that have anything to say of an entity."""
        found = self._by_code.get(concept.code)
        if found is None:
            kind = (concept.flag, concept.level, concept.type)
            if kind not in self._by_kind:
                self._by_kind[kind] = _Concerning(
                    tuple(each for each in self._entity if each.concerns(concept)),
                    tuple(each for each in self._diagnosis if each.concerns(concept)),
                )
            found = self._by_code[concept.code] = self._by_kind[kind]
        return found

    def _of_items(self, of: Case, items: Sequence[CodedItem], coded: _Coded) -> list[Finding]:
        """Judge the items of a diagnosis: each by itself, then beside the code."""
        findings: list[Finding] = []
        sound, code = coded.sound, of.code if coded.beside else None
        for number, item in enumerate(items):
            key = (item.code, item.system, code)
            if not item.code or (key in sound and item.label is None):
                continue
            case = Case(item, of.against, f"{of.path}/{coded.name}/{number}", coded.field)
            found = self._of_item(of, case, coded)
            findings += found
            # Beside a CIM-10 code that fits others are let pass (DX-090): that is of this patient.
            alone = len(items) == 1 or coded.field is not Field.ICD10
            if not found and alone and len(sound) < _SOUND_KEPT and _may_be_kept(case, of, coded):
                sound.add(key)
        return findings

    def _of_item(self, of: Case, case: Case, coded: _Coded) -> list[Finding]:
        if not case.written:
            return []
        findings = self._of_code(case, coded.writing)
        findings += _found(coded.alone, case.path, case)
        if of.concept and coded.beside:
            findings += _found(coded.beside, case.path, of, case, of.concept)
        return findings


def _is_sign(item: CodedItem) -> bool:
    """Tell whether an item of the description is a sign, where HPO is not loaded to tell."""
    return (item.code or "").startswith("HP:") or HPO.is_named_by(item.system or "")


def _may_be_kept(case: Case, of: Case, coded: _Coded) -> bool:
    """Tell whether an item is a code and nothing else, so that no text of a patient is kept.

    A code must stand as we emit it; a gene, which is looked up as it is written, must be short.
    """
    item = case.item
    written = item.code or ""
    if item.label is not None or len(item.system or "") > _LONGEST_KEPT:
        return False
    if case.coding:
        return written == case.coding.code
    return bool(coded.alone and of.concept) and len(written) <= _LONGEST_KEPT


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
