"""The active code that stands for one of any status, when nothing but the code is known."""

from __future__ import annotations

from typing import NamedTuple

from ontologies.codes import could_be_omim, curie
from ontologies.concept import Level, RedirectionKind, Status
from ontologies.errors import Message
from thesaurus.opening import Open
from thesaurus.transcoding.proposing import reasons as say
from thesaurus.transcoding.proposing.nearest import nearest
from thesaurus.transcoding.proposing.proposals import Ground

_REFERRED, _REFERRED_TO_GROUP = 0.6, 0.4
_LEAST_ALIKE, _GONE_AT_MOST = 0.6, 0.8


class Standing(NamedTuple):
    """An active code, and how surely it stands for the one that was asked for, 0 to 1."""

    code: str
    share: float
    ground: Ground
    message: Message


def standing(release: Open, code: str) -> list[Standing]:
    """Return what stands for a code, the surest first: itself where it is active, its target, or
    the nearest by the names that it had where it is gone.
    """
    concept = release.snapshot.concepts.get(code)
    if concept is None:
        return _of_gone(release, code)
    if concept.status.is_active:
        return [Standing(code, 1.0, Ground.ORPHA, say.given(code))]
    entities = release.index.entities
    target = release.index.concepts[entities.targets[entities.number_of[code]]]
    if target is concept or concept.redirection is None:
        return []
    if concept.redirection.kind is RedirectionKind.MOVED_TO:
        return [Standing(target.code, 1.0, Ground.MOVED_TO, say.moved_to(code))]
    group = target.level is Level.GROUP
    share = _REFERRED_TO_GROUP if group else _REFERRED
    return [Standing(target.code, share, Ground.REFERRED_TO, say.referred_to(code, group=group))]


def _of_gone(release: Open, code: str) -> list[Standing]:
    names = [label.text for label in release.former.get(code, ())]
    return [
        Standing(
            each.code,
            _GONE_AT_MOST * each.trust * each.likeness,
            Ground.FORMER_NAME,
            say.gone(code, each.name.text),
        )
        for each in nearest(release, names)
        if each.likeness >= _LEAST_ALIKE
    ]


def nothing_stands_for(release: Open, code: str) -> Message:
    """Say why ``standing`` has nothing for a code."""
    concept = release.snapshot.concepts.get(code)
    shown = curie(code)
    if concept and concept.status is Status.NON_RARE:
        return Message(
            f"{shown} ({concept.preferred('fr').text}) n'est pas rare en Europe : aucun code ORPHA",
            f"{shown} ({concept.preferred('en').text}) is not rare in Europe: no ORPHAcode",
        )
    if concept:
        return Message(
            f"{shown} est obsolète, sans remplaçant", f"{shown} is obsolete, without a replacement"
        )
    fr, en = f"{shown} est inconnu de toutes les versions", f"{shown} is unknown in every release"
    if could_be_omim(code):
        return Message(f"{fr} ; peut-être un numéro OMIM", f"{en}; perhaps an OMIM number")
    return Message(fr, en)
