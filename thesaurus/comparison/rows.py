"""Changes as rows in French, for the terminal, CSV and the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import NamedTuple

from ontologies.alignment import IcdRelation, Relation
from ontologies.concept import EntityType, Level, Numbered, RedirectionKind, Status
from ontologies.differences import Kind
from thesaurus.answers import RedirectionItem
from thesaurus.comparison import answer
from thesaurus.comparison.items import Wording
from thesaurus.comparison.wording import STATUSES, WHAT

HEADINGS = (
    *("code ORPHA", "libellé", "niveau", "statut", "nature", "langue"),
    *("avant ou retiré", "après ou ajouté", "précision"),
)
NONE = "(aucun)"
_BETWEEN = " | "


class Row(NamedTuple):
    """One change of a code.

    Attributes:
        before, after: of a value, what it was and is; of a set (synonyms, parents), what went and
            what came.
        note: what else is to be known.
    """

    code: str
    label: str
    level: str
    status: str
    kind: Kind
    lang: str
    before: str
    after: str
    note: str


class _Said(NamedTuple):
    before: str = ""
    after: str = ""
    note: str = ""
    lang: str = ""


def rows_of(wording: Wording, code: str, kind: Kind) -> Iterator[Row]:
    """Word the changes of one kind of a code."""
    item = wording.item(code, (kind,))
    status = STATUSES[Status(item.status)].fr
    for change in item.changes:
        said = _said(change, wording)
        yield Row(
            code, item.label, level_word(item.level), status, kind,
            said.lang, said.before, said.after, said.note,
        )  # fmt: skip


def level_word(key: str | None) -> str:
    return Level.of_key(key).fr if key else ""


@singledispatch
def _said(change: answer.ChangeItem, wording: Wording) -> _Said:
    """Say what changed, in French."""
    raise TypeError(change, wording)


@_said.register
def _(change: answer.PresenceChange, _: Wording) -> _Said:
    redirection = _pointing(change.redirection) if change.redirection else ""
    above = _named(change.parents)
    return _Said(note=redirection or (f"sous {above}" if above else ""))


@_said.register
def _(change: answer.StatusChange, _: Wording) -> _Said:
    redirection = _pointing(change.redirection) if change.redirection else ""
    counted = f"agrégation {_one(change.aggregation)}" if change.aggregation else ""
    before, after = (STATUSES[Status(each)].fr for each in (change.before, change.after))
    return _Said(before, after, " ; ".join(filter(None, (redirection, counted))))


@_said.register
def _(change: answer.ValueChange, _: Wording) -> _Said:
    kind: type[Numbered] = Level if change.kind == "level" else EntityType
    return _Said(kind.of_key(change.before).fr, kind.of_key(change.after).fr)


@_said.register
def _(change: answer.LabelChange, _: Wording) -> _Said:
    note = "orthographe du fichier corrigée" if change.respelled else ""
    return _Said(change.before or NONE, change.after or NONE, note, change.lang)


@_said.register
def _(change: answer.SynonymsChange, _: Wording) -> _Said:
    went, came = _BETWEEN.join(change.removed), _BETWEEN.join(change.added)
    return _Said(went, came, lang=change.lang)


@_said.register
def _(change: answer.DefinitionChange, _: Wording) -> _Said:
    return _Said(change.before or NONE, change.after or NONE, lang=change.lang)


@_said.register
def _(change: answer.RedirectionChange, _: Wording) -> _Said:
    return _Said(_pointing(change.before), _pointing(change.after))


@_said.register
def _(change: answer.AggregationChange, _: Wording) -> _Said:
    return _Said(_one(change.before), _one(change.after))


@_said.register
def _(change: answer.ParentsChange, _: Wording) -> _Said:
    went = [each for each in change.before if each.code in change.removed]
    came = [each for each in change.after if each.code in change.added]
    return _Said(_named(went), _named(came))


@_said.register
def _(change: answer.ClassificationsChange, wording: Wording) -> _Said:
    came = [each for each in change.places if each.before is None]
    went = [each for each in change.places if each.after is None]
    moved = [each for each in change.places if each.before is not None and each.after is not None]
    return _Said(_names(went), _names(came), _BETWEEN.join(_move(wording, each) for each in moved))


@_said.register
def _(change: answer.AlignmentsChange, _: Wording) -> _Said:
    what = f"{change.dataset} : {WHAT[change.what]}"
    return _Said(_aligned(change, change.before), _aligned(change, change.after), what)


def _names(places: Iterable[answer.PlaceItem]) -> str:
    return _BETWEEN.join(f"{each.id} {each.name}" for each in places)


def _move(wording: Wording, place: answer.PlaceItem) -> str:
    before, after = place.before or [], place.after or []
    went = [each for each in wording.all_named(before) if each.code not in after]
    came = [each for each in wording.all_named(after) if each.code not in before]
    said = (f"− {_named(went)}" if went else "", f"+ {_named(came)}" if came else "")
    return f"{place.id} {place.name} : {' '.join(filter(None, said))}"


def _one(named: answer.NamedCode | None) -> str:
    return f"ORPHA:{named.code} {named.label or ''}".rstrip() if named else NONE


def _named(codes: Iterable[answer.NamedCode]) -> str:
    return _BETWEEN.join(map(_one, codes))


def _pointing(redirection: RedirectionItem | None) -> str:
    if redirection is None:
        return NONE
    kind = RedirectionKind.of_key(redirection.kind).fr.lower()
    return f"{kind} ORPHA:{redirection.target} {redirection.label}".rstrip()


def _aligned(change: answer.AlignmentsChange, state: answer.AlignmentState | None) -> str:
    if state is None:
        return NONE
    said = [Relation.of_key(state.relation).fr]
    if state.icd_relation:
        said.append(IcdRelation.of_key(state.icd_relation).fr)
    if state.validated is not None:
        said.append("validé" if state.validated else "non validé")
    return f"{change.system} {change.code} ({', '.join(said)})"
