"""Activate a release, roll back, remove: the only ways in which what is served changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ontologies.errors import Conflict, InvalidRequest, UnknownRelease
from ontologies.release import ORPHANET
from thesaurus.datasets import open_dataset
from thesaurus.loading import DEMONSTRATION, Loaded, is_demonstration, load, load_all
from thesaurus.opening import open_release
from thesaurus.store import Record, Register, State

__all__ = [
    "DEMONSTRATION",
    "Loaded",
    "accept_until",
    "activate",
    "is_demonstration",
    "load",
    "load_all",
    "remove",
    "roll_back",
]


def activate(
    register: Register,
    version: str,
    *,
    actor: str,
    reason: str | None = None,
    force: bool = False,
    instead_of: str | None = None,
    accepted_until: dt.date | None = None,
    signed: bool = False,
) -> Record:
    """Make a release the active one, after trying that it opens; ``force`` does not help one that
    does not.

    Args:
        force: activate a draft, against failed checks.
        instead_of: the release that the caller believes to be active.
        accepted_until: the last day on which the release that is left is still taken (DX-062);
            without it the profiles of the check say how long.
        signed: demand that the transcoding table from the active release is signed, where this one
            comes after it in the register; ``force`` goes against it.

    Raises:
        InvalidRequest: the window has ended before it begins, or it is of a dataset.
        UnknownRelease: the register has none of this id.
        DamagedRelease: it cannot be opened; the active release stays.
        Conflict: it is active already, archived, or a draft or unsigned (unless ``force``).
    """
    _refuse_useless_window(register, accepted_until)
    record = register.record(version)
    if register.system == ORPHANET:
        open_release(register, record)
    else:
        open_dataset(register, record)
    real = register.system == ORPHANET and not is_demonstration(record)
    return register.move(
        version,
        State.ACTIVE,
        actor=actor,
        reason=reason,
        force=force,
        instead_of=instead_of,
        accepted_until=accepted_until,
        put_away=_demonstration(register) if real else (),
        signed_from=_is_real if signed and register.system == ORPHANET else None,
    )


def accept_until(
    register: Register,
    version: str,
    day: dt.date | None,
    *,
    actor: str,
    reason: str | None = None,
) -> Record:
    """Change the last day on which a superseded release is still taken (DX-062).

    Args:
        day: a day that is gone ends the window; None leaves it to the profiles of the check.

    Raises:
        InvalidRequest: it is a release of a dataset.
        UnknownRelease: the register has none of this id.
        Conflict: it is not superseded.
    """
    if register.system != ORPHANET:
        raise _no_window()
    return register.accept_until(version, day, actor=actor, reason=reason)


def _refuse_useless_window(register: Register, until: dt.date | None) -> None:
    if until is None:
        return
    if register.system != ORPHANET:
        raise _no_window()
    if until < (today := dt.datetime.now(dt.UTC).date()):
        raise InvalidRequest(
            f"La fenêtre finirait le {until}, avant aujourd'hui ({today}) ; rien n'a été activé.",
            f"The window would end on {until}, before today ({today}); nothing was activated.",
        )


def _no_window() -> InvalidRequest:
    return InvalidRequest(
        "Seules les versions de la nomenclature ont une fenêtre de recouvrement.",
        "Only releases of the nomenclature have an overlap window.",
    )


def remove(register: Register, *, actor: str, reason: str | None = None) -> tuple[Record, ...]:
    """Archive every release of a related dataset; what else is loaded stays as it is.

    Raises:
        Conflict: it is the nomenclature itself.
        UnknownRelease: the register has no such dataset that is not archived.
    """
    if register.system == ORPHANET:
        raise Conflict(
            "La nomenclature ne se retire pas ; activer une autre version.",
            "The nomenclature cannot be removed; activate another release.",
        )
    archived = register.archive_all(actor=actor, reason=reason)
    if not archived:
        known = {
            each.release.system
            for each in register.everything()
            if each.release.system != ORPHANET and each.state is not State.ARCHIVED
        }
        raise UnknownRelease(register.system, sorted(known))
    return archived


def _is_real(active: Record) -> bool:
    """Nobody bears codes of the demonstration that would have to be transcoded."""
    return not is_demonstration(active)


def _demonstration(register: Register) -> list[Record]:
    """Once real data serve, no roll-back and no date may lead to 160 entities for practice."""
    return [each for each in register.everything() if is_demonstration(each)]


def roll_back(
    register: Register,
    *,
    actor: str,
    reason: str | None = None,
    accepted_until: dt.date | None = None,
) -> Record:
    """Make the release active that was active before the present one; again goes further back.

    Args:
        accepted_until: see ``activate``; the release that is left has no window without it.

    Raises:
        Conflict: no other release was active before.
    """
    records = register.records()
    active = next((each.id for each in records if each.state is State.ACTIVE), None)
    superseded = {each.id for each in records if each.state is State.SUPERSEDED}
    before = [version for version in _activations(records) if version in superseded]
    if not before:
        raise Conflict(
            f"Pas de retour possible : aucune version ne précède {active or '-'} sur le chemin "
            "suivi ; une autre s'active par son nom (thesaurus activate).",
            f"There is nothing to go back to: no release precedes {active or '-'} on the way "
            "taken; activate another by its name (thesaurus activate).",
        )
    return activate(
        register,
        before[-1],
        actor=actor,
        reason=reason,
        instead_of=active,
        accepted_until=accepted_until,
    )


def _activations(records: Iterable[Record]) -> list[str]:
    """Return the releases on the way to the present one; those that were gone back from are off."""
    steps = sorted(
        (event.at, record.id)
        for record in records
        for event in record.history
        if event.to_state is State.ACTIVE
    )
    way: list[str] = []
    for _, version in steps:
        way = way[: way.index(version)] if version in way else way
        way.append(version)
    return way
