"""From the codes of one release to those of a later one, over any number of releases between.

A code is looked at in the last release that knows it: what Orphanet says there of it goes before
what it said earlier. What a person decided on the way stands, unless the code came back to life
since, its target changed its level, or Orphanet moved it elsewhere (docs/adr/0013).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ontologies.concept import Concept, Label, Status
from ontologies.release import Snapshot
from ontologies.transcoding import Decision, Kind, Transcoding, Verdict, Verdicts

_KIND_OF_STATUS = {
    Status.DEPRECATED: Kind.DEPRECATED,
    Status.OBSOLETE: Kind.OBSOLETE,
    Status.NON_RARE: Kind.NON_RARE,
}


_LONGEST_WAY = 50
"""Codes followed one after the other; sound releases have no redirection to an inactive code."""

_Seen = frozenset[tuple[str, int]]
"""Codes on the way, each with the number of the release in which it was looked at."""


class Chain:
    """Releases one after the other, and the way from the codes of the first to those of the last.

    Args:
        snapshots: at least one, the oldest first.
        verdicts: what was decided between any two of them.
    """

    def __init__(self, snapshots: Sequence[Snapshot], verdicts: Verdicts | None = None) -> None:
        self._all = tuple(snapshots)
        self._last = len(self._all) - 1
        self._verdicts = _by_code(self._all, verdicts or {})
        self._rows: dict[tuple[str, int], Transcoding | None] = {}

    @property
    def first(self) -> Snapshot:
        return self._all[0]

    @property
    def last(self) -> Snapshot:
        return self._all[-1]

    @property
    def ids(self) -> tuple[str, ...]:
        """The releases, the oldest first."""
        return tuple(snapshot.release.id for snapshot in self._all)

    def __contains__(self, code: object) -> bool:
        """Tell whether any of the releases has a code."""
        return any(code in snapshot for snapshot in self._all)

    def first_word(self, code: str) -> Concept | None:
        """Return a concept as the oldest release has it that knows it."""
        having = (snapshot.concepts[code] for snapshot in self._all if code in snapshot)
        return next(having, None)

    def label(self, code: str, lang: str) -> Label | None:
        """Return the preferred term in a language of the youngest release that has one."""
        having = (snapshot.concepts[code] for snapshot in reversed(self._all) if code in snapshot)
        labels = (concept.preferred(lang) for concept in having)
        return next((label for label in labels if label.lang == lang), None)

    def last_with(self, code: str) -> Snapshot:
        """Return the youngest release before the last one in which a code was active.

        There stands what it was called and where. Where there is none, the youngest that has it.
        """
        before = [snapshot for snapshot in self._all[:-1] if code in snapshot] or [self.first]
        active = [each for each in before if code in each and each.concepts[code].status.is_active]
        return (active or before)[-1]

    def pointed_to(self, code: str) -> str | None:
        """Return where the last release that knows a code says that it leads."""
        having = [snapshot.concepts[code] for snapshot in self._all if code in snapshot]
        redirection = having[-1].redirection if having else None
        return redirection.target if redirection else None

    def row(self, code: str) -> Transcoding | None:
        """Return what becomes of a code; None where it stays as it was, or is in no release.

        A code whose target is itself recoded further waits for a person: the target had another
        meaning in the oldest release, and what is recoded must not move again when it is recoded
        once more.
        """
        row = self._row(code, 0, frozenset())
        if row is None or not row.applies or len(row.targets) != 1 or row.targets == (code,):
            return row
        (target,) = row.targets
        further = self._row(target, 0, frozenset())
        if further is None or not further.applies or further.targets == (target,):
            return row
        both = tuple(dict.fromkeys((target, *further.targets)))
        return replace(row, targets=both, decision=Decision.PROPOSED, changed=True)

    def rows(self) -> Iterator[Transcoding]:
        """Yield the rows of all codes, those of the oldest release first, in the files' order."""
        codes = dict.fromkeys(code for snapshot in self._all for code in snapshot.concepts)
        return (row for code in codes if (row := self.row(code)))

    def follow(self, targets: Iterable[str], release: str) -> Transcoding | None:
        """Carry codes that were decided upon for one of the releases on to the last one.

        Returns:
            A row whose targets are those of all codes together, open if one of them is; its source
            is the first code. None without codes.
        """
        at = next(n for n, each in enumerate(self._all) if each.release.id == release)
        return self._joined(tuple(targets), at, frozenset())

    # -- one code ------------------------------------------------------------------------

    def _row(self, code: str, start: int, seen: _Seen) -> Transcoding | None:
        key = (code, start)
        if key not in self._rows:
            self._rows[key] = self._decided(code, start, seen | {key})
        return self._rows[key]

    def _decided(self, code: str, start: int, seen: _Seen) -> Transcoding | None:
        """The undecided row with what a person said of it."""
        row = self._undecided(code, start, seen)
        since, until, verdict = self._verdict(code, start)
        if verdict is None:
            return row
        table = (self._all[since].release.id, self._all[until].release.id)
        if row is None:
            return self._both_stay(code, until, verdict)
        if row.kind is Kind.NEW or self._is_overtaken(code, until):
            return self._overtaken(row, until, verdict, seen)
        if not verdict.accepted:
            return replace(row, targets=(), decision=Decision.REJECTED, decided=table)
        carried = self._carried(code, verdict.targets, until, seen)
        if not carried.applies:
            return replace(
                carried,
                source=code,
                decision=Decision.PROPOSED,
                changed=True,
                via=None,
                decided=table,
            )
        return replace(
            row, targets=carried.targets, decision=Decision.ACCEPTED, via=None, decided=table
        )

    def _carried(self, code: str, targets: tuple[str, ...], until: int, seen: _Seen) -> Transcoding:
        kept = Transcoding(code, targets, Kind.LABEL_ONLY, Decision.AUTOMATIC)
        return kept if until == self._last else self._joined(targets, until, seen) or kept

    def _is_overtaken(self, code: str, until: int) -> bool:
        """Tell whether Orphanet said something binding of a code after somebody had decided."""
        if until == self._last:
            return False
        then, now = self._all[until].concepts.get(code), self.last.concepts.get(code)
        if then is None or now is None:
            return False
        if now.status.is_active:
            return not then.status.is_active or _changed_level(then, now)
        moved = now.status is Status.DEPRECATED
        return moved and (then.status, then.redirection) != (now.status, now.redirection)

    def _overtaken(
        self, row: Transcoding, until: int, verdict: Verdict, seen: _Seen
    ) -> Transcoding:
        """A code that is active stays; of one that moved elsewhere a person looks again."""
        if row.kind is not Kind.DEPRECATED or not verdict.accepted:
            return row
        carried = self._joined(verdict.targets, until, seen)
        if carried and carried.targets == row.targets:
            return row
        both = tuple(dict.fromkeys((*row.targets, *(carried.targets if carried else ()))))
        return replace(row, targets=both, decision=Decision.PROPOSED, changed=True)

    def _both_stay(self, code: str, until: int, verdict: Verdict) -> Transcoding | None:
        """A code that the first and the last release have alike, and that left in between.

        It stays, unless a person who saw the last release chose another one for it: then the same
        record would get two codes, by the year in which it was made.
        """
        chosen = verdict.accepted and verdict.targets != (code,)
        if until < self._last or not chosen or code not in self.last:
            return None
        both = tuple(dict.fromkeys((code, *verdict.targets)))
        return Transcoding(code, both, Kind.REACTIVATED, Decision.PROPOSED)

    def _verdict(self, code: str, start: int) -> tuple[int, int, Verdict | None]:
        """The newest verdict on a code that was given between releases from ``start`` on."""
        given = [each for each in self._verdicts.get(code, ()) if each[0] >= start]
        return max(given, key=lambda each: (each[1], -each[0]), default=(0, 0, None))

    def _undecided(self, code: str, start: int, seen: _Seen) -> Transcoding | None:
        """What the releases alone say."""
        have = [n for n in range(start, self._last + 1) if code in self._all[n]]
        if not have:
            return None
        at = have[-1]
        before, now = self._all[start].concepts.get(code), self._all[at].concepts[code]
        via = None if at == self._last else self._all[at].release.id
        if not now.status.is_active:
            return self._inactive(before, now, at, via, seen)
        if via is not None:
            known = before is not None
            return Transcoding(code, (), Kind.REMOVED, Decision.PROPOSED, changed=known, via=via)
        return self._active(before, now, start)

    def _inactive(
        self, before: Concept | None, now: Concept, at: int, via: str | None, seen: _Seen
    ) -> Transcoding:
        kind = _KIND_OF_STATUS[now.status]
        pointed = (now.redirection.target,) if now.redirection else ()
        onward = self._joined(pointed, at, seen)
        row = Transcoding(
            now.code,
            onward.targets if onward else (),
            kind,
            Decision.PROPOSED,
            changed=before is not None and _said_otherwise(before, now),
            via=via,
        )
        if kind is not Kind.DEPRECATED:
            return row
        if onward and onward.applies and onward.targets:
            return replace(row, decision=Decision.AUTOMATIC)
        return replace(row, changed=before is not None)  # nothing binds any more

    def _active(self, before: Concept | None, now: Concept, start: int) -> Transcoding | None:
        kind = self._kind_of_active(before, now, start)
        if kind is None:
            return None
        asks = before is not None and _changed_level(before, now)
        decision = Decision.PROPOSED if asks else Decision.AUTOMATIC
        return Transcoding(now.code, (now.code,), kind, decision)

    def _kind_of_active(self, before: Concept | None, now: Concept, start: int) -> Kind | None:
        if before is None:
            return Kind.NEW
        if not before.status.is_active:
            return Kind.REACTIVATED
        if _changed_level(before, now):
            return Kind.LEVEL_CHANGE
        languages = set(self._all[start].release.languages) & set(self.last.release.languages)
        for lang in languages:
            old, new = before.preferred(lang), now.preferred(lang)
            if old.lang == new.lang == lang and old.text != new.text:
                return Kind.LABEL_ONLY
        return None

    def _joined(self, codes: tuple[str, ...], at: int, seen: _Seen) -> Transcoding | None:
        """What becomes of several codes of one release, as one row."""
        if not codes:
            return None
        rows = [self._onward(code, at, seen) for code in codes]
        targets = tuple(dict.fromkeys(target for row in rows for target in row.targets))
        waiting = next((row for row in rows if not row.applies), rows[0])
        closed = next((row for row in rows if not row.targets), None)
        if waiting.applies and targets and closed:
            # One of several has nothing left: which one a record meant is a person's to say.
            waiting = replace(closed, source=waiting.source, decision=Decision.PROPOSED)
        return replace(waiting, targets=targets)

    def _onward(self, code: str, at: int, seen: _Seen) -> Transcoding:
        """What becomes of one code; a row also where it stays as it is."""
        circular = (code, at) in seen or len(seen) > _LONGEST_WAY
        row = None if circular else self._row(code, at, seen)
        if row is not None:
            return row
        concept = self.last.concepts.get(code)
        if not circular and concept and concept.status.is_active:
            return Transcoding(code, (code,), Kind.LABEL_ONLY, Decision.AUTOMATIC)
        return Transcoding(code, (), Kind.REMOVED, Decision.PROPOSED)


def _changed_level(before: Concept, now: Concept) -> bool:
    """Whether both say a level, and not the same."""
    return bool(before.level and now.level and before.level is not now.level)


def _said_otherwise(before: Concept, now: Concept) -> bool:
    """Whether a release says something else of a code that is inactive today, in what binds."""
    if before.status is not now.status:
        return True
    return now.status is Status.DEPRECATED and before.redirection != now.redirection


def _by_code(
    snapshots: Sequence[Snapshot], verdicts: Verdicts
) -> Mapping[str, Sequence[tuple[int, int, Verdict]]]:
    """Code -> (number of the older release, of the younger one, what was decided between them)."""
    place = {each.release.id: number for number, each in enumerate(snapshots)}
    found: dict[str, list[tuple[int, int, Verdict]]] = {}
    for (older, younger), by_code in verdicts.items():
        if older in place and younger in place:
            for code, verdict in by_code.items():
                found.setdefault(code, []).append((place[older], place[younger], verdict))
    return found
