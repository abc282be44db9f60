"""How often what is proposed for a code is what Orphanet itself says, when that is hidden.

``python -m tests.real.hidden_redirections FOLDER`` prints it for the active release of a data
folder (docs/performance.md).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ontologies.concept import Concept, Label, RedirectionKind
from ontologies.release import Snapshot
from search import Index
from thesaurus.opening import Open
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register
from thesaurus.transcoding.proposing.successors import successors

BANDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.0)


@dataclass(frozen=True)
class Guess:
    """What was proposed first for a code whose redirection was hidden.

    ``right`` means the true target or what stands below it; ``within_five`` of any proposal.
    """

    kind: RedirectionKind
    confidence: float
    right: bool
    within_five: bool


def guesses(release: Open, step: int = 1) -> Iterator[Guess]:
    """Ask for every redirected code, or one of ``step``, as if it were gone."""
    before = Snapshot(
        release.snapshot.release,
        [replace(each, redirection=None) for each in release.snapshot],
        release.snapshot.classifications.values(),
    )
    after = _without_inactive(release)
    redirected = [each for each in release.snapshot if each.redirection]
    for concept in redirected[::step]:
        assert concept.redirection
        yield _guess(concept, before, after, concept.redirection.target)


def _guess(concept: Concept, before: Snapshot, after: Open, target: str) -> Guess:
    proposed = successors(concept.code, before, after)
    right = [after.snapshot.merged.subsumes(target, each.code) for each in proposed]
    assert concept.redirection
    return Guess(
        concept.redirection.kind,
        proposed[0].confidence if proposed else 0.0,
        right=bool(right) and right[0],
        within_five=any(right),
    )


def _without_inactive(release: Open) -> Open:
    old = release.snapshot
    active = [each for each in old if each.status.is_active]
    snapshot = Snapshot(old.release, active, old.classifications.values())
    former = {code: names for code, names in release.former.items() if code in snapshot}

    def further(code: str) -> Sequence[Label]:
        return (*former.get(code, ()), *release.related.linked_labels(code))

    index = Index(snapshot, further)
    return replace(release, snapshot=snapshot, index=index, former=former)


def table(found: Sequence[Guess]) -> str:
    """Confidence of the first proposal -> how many, and which share of them is right."""
    lines = ["confidence  number  right"]
    above = 1.01
    for least in BANDS:
        band = [each for each in found if least <= each.confidence < above]
        share = sum(each.right for each in band) / len(band) if band else 0
        lines.append(f"{least:.1f} +       {len(band):6}  {share:6.1%}")
        above = least
    right = sum(each.right for each in found) / len(found)
    five = sum(each.within_five for each in found) / len(found)
    lines.append(f"all         {len(found):6}  {right:6.1%}   within five {five:.1%}")
    return "\n".join(lines)


def main(home: Path) -> None:
    runtime = Runtime(Register(Database(Settings(home=home).database)))
    runtime.refresh()
    found = list(guesses(runtime.current()))
    for kind in RedirectionKind:
        print(f"\n{kind.key}\n{table([each for each in found if each.kind is kind])}")
    print(f"\nboth\n{table(found)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
