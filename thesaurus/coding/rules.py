"""The rules that need only the nomenclature, DX-001 to DX-022 (domain rules, section 4).

Each rule is a function of a ``Case`` that yields what it finds; a rule never raises.
Sources: Orphanet procedural document and pack description V5 for the statuses; ANS SDM-MR 2024.01
for groups, which may stand only in the clinical description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ontologies.codes import ORPHA, codes_inside, could_be_omim, curie, is_canonical, parse_code
from ontologies.concept import Concept, EntityType, Level, RedirectionKind, Status
from ontologies.errors import InvalidCode, Message
from search import Filters, suggest
from thesaurus.coding.profiles import is_confirmed
from thesaurus.coding.submission import Diagnosis, Severity, Suggestion
from thesaurus.runtime import Open, Presence

_SUGGESTIONS = 5


class Found(NamedTuple):
    rule: str
    severity: Severity
    field: str
    message: Message
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Case:
    """One diagnosis with what is needed to judge it."""

    diagnosis: Diagnosis
    release: Open
    presence: Presence

    @cached_property
    def written(self) -> str:
        return (self.diagnosis.code or "").strip()

    @property
    def is_orpha(self) -> bool:
        return not self.diagnosis.system or ORPHA.is_named_by(self.diagnosis.system)

    @cached_property
    def code(self) -> str | None:
        """The machine code, None where the text is not one, or one of another system."""
        if not self.is_orpha:
            return None
        try:
            return parse_code(self.written)
        except InvalidCode:
            return None

    @cached_property
    def concept(self) -> Concept | None:
        return self.release.snapshot.concepts.get(self.code) if self.code else None

    @property
    def shown(self) -> str:
        return curie(self.code) if self.code else self.written

    def name(self, code: str) -> str:
        return self.release.snapshot.concepts[code].preferred("fr").text

    def suggestion(self, code: str, reason: str, *, automatic: bool = False) -> Suggestion:
        return Suggestion(code=code, label=self.name(code), reason=reason, automatic=automatic)

    def by_name(self, text: str | None, reason: str) -> tuple[Suggestion, ...]:
        """Propose active codes that a name finds."""
        if not text:
            return ()
        hits = suggest(self.release.index, text, limit=_SUGGESTIONS)
        return tuple(self.suggestion(hit.concept.code, reason) for hit in hits)

    def below(self, concept: Concept, levels: frozenset[str]) -> tuple[Suggestion, ...]:
        """Propose what stands below a group: what the label sent finds there, else the nearest."""
        if self.diagnosis.label:
            hits = suggest(
                self.release.index,
                self.diagnosis.label,
                limit=_SUGGESTIONS,
                filters=Filters(levels=levels, within=concept.code),
            )
            if hits:
                return tuple(
                    self.suggestion(hit.concept.code, "libellé, sous ce groupe") for hit in hits
                )
        fitting: list[Suggestion] = []
        for code in self.release.snapshot.merged.descendants(concept.code):
            level = self.release.snapshot.concepts[code].level
            if level and level.key in levels:
                fitting.append(self.suggestion(code, "sous ce groupe"))
                if len(fitting) == _SUGGESTIONS:
                    break
        return tuple(fitting)


_DISORDERS = frozenset({Level.DISORDER.key})
_BELOW_A_CATEGORY = frozenset({Level.GROUP.key, Level.DISORDER.key})


def no_code(case: Case) -> Iterator[Found]:
    """DX-001: a confirmed diagnosis without a code is a patient who is not counted."""
    if not case.written and is_confirmed(case.diagnosis.status):
        yield Found(
            "DX-001",
            Severity.ERROR,
            "code",
            Message(
                "Diagnostic confirmé sans code ORPHA.", "Confirmed diagnosis without an ORPHAcode."
            ),
            case.by_name(case.diagnosis.label, "libellé"),
        )


def unreadable(case: Case) -> Iterator[Found]:
    """DX-002: the text is not an ORPHAcode in any written form."""
    if case.written and case.code is None:
        inside = (
            case.suggestion(code, "code lu dans le texte")
            for code in codes_inside(case.written)
            if code in case.release.snapshot
        )
        yield Found(
            "DX-002",
            Severity.ERROR,
            "code",
            Message(
                f"« {case.written[:60]} » n'est pas un code ORPHA.",
                f"'{case.written[:60]}' is not an ORPHAcode.",
            ),
            tuple(inside) or case.by_name(case.diagnosis.label or case.written, "libellé"),
        )


def not_canonical(case: Case) -> Iterator[Found]:
    """DX-003: readable, but not as 558 or ORPHA:558."""
    if case.code and not is_canonical(case.diagnosis.code or ""):
        found = (case.suggestion(case.code, "forme canonique"),) if case.concept else ()
        yield Found(
            "DX-003",
            Severity.INFORMATION,
            "code",
            Message(
                f"« {case.written[:60]} » est lu {case.shown}.",
                f"'{case.written[:60]}' is read as {case.shown}.",
            ),
            found,
        )


def absent(case: Case) -> Iterator[Found]:
    """DX-004, DX-005, DX-006: unknown everywhere, not yet there, there no more."""
    if case.code is None or case.concept is not None:
        return
    holding = case.presence.holding(case.code)
    order = [release for release, _ in case.presence.releases]
    later = [each for each in holding if order.index(each) > order.index(case.release.id)]
    if not holding:
        yield _unknown(case)
    elif len(later) == len(holding):
        yield Found(
            "DX-005",
            Severity.ERROR,
            "code",
            Message(
                f"{case.shown} n'existe qu'à partir de la version {later[0]}.",
                f"{case.shown} exists only from release {later[0]} on.",
            ),
        )
    else:
        last = [each for each in holding if each not in later][-1]
        yield Found(
            "DX-006",
            Severity.ERROR,
            "code",
            Message(
                f"{case.shown} était dans la version {last} et n'est plus dans la version "
                f"{case.release.id}.",
                f"{case.shown} was in release {last} and is no longer in release "
                f"{case.release.id}.",
            ),
            case.by_name(case.diagnosis.label, "libellé"),
        )


def _unknown(case: Case) -> Found:
    """DX-004. A number of six digits may be an OMIM number, sent in the wrong field."""
    omim_fr, omim_en = "", ""
    if case.code and could_be_omim(case.code):
        omim_fr, omim_en = " Est-ce un numéro OMIM ?", " Is it an OMIM number?"
    return Found(
        "DX-004",
        Severity.ERROR,
        "code",
        Message(
            f"{case.shown} est inconnu de toutes les versions chargées.{omim_fr}",
            f"{case.shown} is unknown in every loaded release.{omim_en}",
        ),
        case.by_name(case.diagnosis.label, "libellé"),
    )


def deprecated(case: Case) -> Iterator[Found]:
    """DX-010: moved to another code, which may be taken without asking."""
    concept = case.concept
    if concept and concept.status is Status.DEPRECATED:
        found: tuple[Suggestion, ...] = ()
        if concept.redirection:
            binding = concept.redirection.kind is RedirectionKind.MOVED_TO
            found = (
                case.suggestion(concept.redirection.target, "déplacé vers", automatic=binding),
            )
        yield Found(
            "DX-010",
            Severity.ERROR,
            "code",
            Message(f"{case.shown} est déprécié.", f"{case.shown} is deprecated."),
            found,
        )


def obsolete(case: Case) -> Iterator[Found]:
    """DX-011, DX-012: out of the nomenclature; a human chooses what to code instead."""
    concept = case.concept
    if concept is None or concept.status is not Status.OBSOLETE:
        return
    if concept.redirection is None:
        yield Found(
            "DX-012",
            Severity.ERROR,
            "code",
            Message(
                f"{case.shown} est obsolète, sans entité de remplacement.",
                f"{case.shown} is obsolete and nothing replaces it.",
            ),
            case.by_name(case.diagnosis.label or concept.preferred("fr").text, "libellé proche"),
        )
        return
    target = case.release.snapshot.concepts[concept.redirection.target]
    found = [case.suggestion(target.code, "associé à")]
    if target.level is Level.GROUP:
        found += case.below(target, _DISORDERS)
    yield Found(
        "DX-011",
        Severity.ERROR,
        "code",
        Message(
            f"{case.shown} est obsolète ; à examiner : {curie(target.code)}.",
            f"{case.shown} is obsolete; to be considered: {curie(target.code)}.",
        ),
        tuple(found),
    )


def non_rare(case: Case) -> Iterator[Found]:
    """DX-013: outside the field of rare diseases."""
    if case.concept and case.concept.status is Status.NON_RARE:
        yield Found(
            "DX-013",
            Severity.ERROR,
            "code",
            Message(
                f"{case.shown} n'est pas une maladie rare en Europe : la décrire en CIM-10 dans "
                "la description clinique.",
                f"{case.shown} is not rare in Europe: describe it in ICD-10 in the clinical "
                "description.",
            ),
        )


def historic(case: Case) -> Iterator[Found]:
    """DX-014: active, of historical interest."""
    if case.concept and case.concept.status is Status.HISTORIC:
        yield Found(
            "DX-014",
            Severity.INFORMATION,
            "code",
            Message(f"{case.shown} est une entité historique.", f"{case.shown} is historic."),
        )


def group(case: Case) -> Iterator[Found]:
    """DX-020, DX-021, DX-022: a group is not a diagnosis; a category still less."""
    concept = case.concept
    if concept is None or not concept.status.is_active or concept.level is not Level.GROUP:
        return
    if concept.type is EntityType.CATEGORY or concept.is_head:
        yield Found(
            "DX-021",
            Severity.ERROR,
            "code",
            Message(
                f"{case.shown} est une catégorie ou une tête de classification, pas un diagnostic.",
                f"{case.shown} is a category or head of a classification, not a diagnosis.",
            ),
            case.below(concept, _BELOW_A_CATEGORY),
        )
    else:
        yield Found(
            "DX-020",
            Severity.WARNING,
            "code",
            Message(
                f"{case.shown} est un groupe : coder si possible la maladie.",
                f"{case.shown} is a group: code the disorder if possible.",
            ),
            case.below(concept, _DISORDERS),
        )
    if is_confirmed(case.diagnosis.status):
        yield Found(
            "DX-022",
            Severity.WARNING,
            "status",
            Message(
                f"{case.shown} est un groupe et le diagnostic est dit confirmé.",
                f"{case.shown} is a group and the diagnosis is said to be confirmed.",
            ),
            case.below(concept, _DISORDERS),
        )


def wrong_system(case: Case) -> Iterator[Found]:
    """DX-060: the code is said to be of another system than ORPHA."""
    system = case.diagnosis.system or ""
    if not case.is_orpha:
        yield Found(
            "DX-060",
            Severity.ERROR,
            "system",
            Message(
                f"Système de codes « {system[:60]} » au lieu de {ORPHA.uri}.",
                f"Code system '{system[:60]}' instead of {ORPHA.uri}.",
            ),
        )


RULES = (
    no_code,
    unreadable,
    not_canonical,
    absent,
    deprecated,
    obsolete,
    non_rare,
    historic,
    group,
)


def findings(case: Case) -> Iterable[Found]:
    """Apply every rule to a case; a code of another system is not judged as an ORPHAcode."""
    applied = RULES if case.is_orpha else (wrong_system,)
    return [found for rule in applied for found in rule(case)]
