"""Which code of a release stands for one of an older release.

A code that was moved has one successor. One that is only referred to another leads there or below;
what is gone, or obsolete without a target, leads to what is the nearest by name, genes, alignments
and former place. One whose level changed stays, or is made more precise (domain rules, section 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ontologies.concept import Concept, Level, RedirectionKind, Status
from ontologies.release import Snapshot
from search.text import words
from thesaurus.coding.reference import reference
from thesaurus.coding.suggestions import DISORDERS, SUBTYPES
from thesaurus.opening import Open
from thesaurus.transcoding.proposing import reasons as say
from thesaurus.transcoding.proposing.in_common import shared_codes, shared_genes
from thesaurus.transcoding.proposing.nearest import Near, near, nearest
from thesaurus.transcoding.proposing.proposals import MOST, Evidence, Ground, Proposal

_CHILDREN = 60  # compared one by one; of more only what a search finds
_LEAST_ALIKE = 0.4
_OF_TARGET, _OF_TARGET_GROUP, _OF_BELOW = 0.55, 0.35, 0.1
_BY_NAME_AT_MOST = 0.9
_BEHIND = 0.95  # of the confidence of what Orphanet itself refers to
_BELOW_A_NEW_GROUP, _STILL_A_GROUP, _ONE_OF_SEVERAL = 0.3, 0.15, 0.65


def successors(
    code: str, before: Snapshot, after: Open, *, limit: int = MOST, lang: str = "fr"
) -> list[Proposal]:
    """Return what may stand in ``after`` for a code of ``before``, the surest first.

    None for what is not rare in Europe: nothing in the nomenclature stands for it.

    Raises:
        UnknownCode: neither release has the code.
    """
    concepts = after.snapshot.concepts
    then, now = before.concepts.get(code), concepts.get(code)
    last = now or before.concept(code)
    evidence = Evidence()
    if now and now.status.is_active:
        _still_there(evidence, then or now, now, after)
    elif last.status is Status.NON_RARE:
        return []
    elif (target := _target(last, after)) and last.redirection:
        if last.redirection.kind is RedirectionKind.MOVED_TO:
            evidence.add(target.code, Ground.MOVED_TO, 1.0, say.moved_to(code))
        else:
            _referred(evidence, _names(code, before, after), last, target, after)
    else:
        _gone(evidence, _names(code, before, after), last, before, after)
    return evidence.ranked(concepts.get, limit=limit, lang=lang)


def _target(concept: Concept, after: Open) -> Concept | None:
    """The active entity that an inactive one points to in the end."""
    seen: set[str] = set()
    here: Concept | None = concept
    while here and not here.status.is_active and here.redirection and here.code not in seen:
        seen.add(here.code)
        here = after.snapshot.concepts.get(here.redirection.target)
    return here if here and here.code != concept.code and here.status.is_active else None


def _names(code: str, before: Snapshot, after: Open) -> tuple[str, ...]:
    """The names that any release gives a code: of the older one first, preferred terms first."""
    known = (
        each for each in (before.concepts.get(code), after.snapshot.concepts.get(code)) if each
    )
    labels = [label for concept in known for label in concept.labels]
    labels += after.former.get(code, ())
    labels.sort(key=lambda label: label.kind != "preferred")
    return tuple(dict.fromkeys(label.text for label in labels))


def _still_there(evidence: Evidence, then: Concept, now: Concept, after: Open) -> None:
    """What is active stays; a disorder that became a group is made more precise."""
    if then.level is now.level or not (then.level and now.level):
        evidence.add(now.code, Ground.KEPT, 1.0, say.kept())
    elif now.level is Level.GROUP:
        levels = SUBTYPES if then.level is Level.SUBTYPE else DISORDERS
        names = [label.text for label in then.labels]
        for code in reference(after).nearest_below(now.code, levels):
            evidence.add(code, Ground.LEVEL, _BELOW_A_NEW_GROUP, say.group_now(now.code))
        _named_alike(evidence, (near(after, names, code) for code in evidence.codes))
        evidence.doubt(_ONE_OF_SEVERAL, say.one_of_several())
        evidence.add(now.code, Ground.KEPT, _STILL_A_GROUP, say.still_group())
    else:
        levels_said = (then.level.fr, now.level.fr, then.level.en, now.level.en)
        evidence.add(now.code, Ground.LEVEL, 0.95, say.level_changed(*levels_said))


def _referred(
    evidence: Evidence, names: tuple[str, ...], source: Concept, target: Concept, after: Open
) -> None:
    """The target, and what below it is more like what was referred to it."""
    group = target.level is Level.GROUP
    reason = say.referred_to(source.code, group=group)
    evidence.add(target.code, Ground.REFERRED_TO, _OF_TARGET_GROUP if group else _OF_TARGET, reason)
    _named_alike(evidence, [near(after, names, target.code, source.languages)])
    for code in _alike_below(names, source, target.code, after):
        evidence.add(code, Ground.BELOW_TARGET, _OF_BELOW, say.below(target.code))
        _named_alike(evidence, [near(after, names, code, source.languages)])
    _sharing(evidence, source.code, after, evidence.codes)
    _behind(evidence, names, target.code, after)


def _behind(evidence: Evidence, names: tuple[str, ...], target: str, after: Open) -> None:
    """Put what is merely alike behind the target; what has the very words of a name may lead."""
    said = {frozenset(words(name)) for name in names}
    most = _BEHIND * evidence.confidence(target)
    for code in evidence.codes:
        sure = evidence.confidence(code)
        own = {frozenset(words(label.text)) for label in after.snapshot.concepts[code].labels}
        if code != target and sure > most and said.isdisjoint(own):
            reason = say.refers_to_another(target)
            evidence.weaken(code, Ground.CONTRADICTION, most / sure, reason)


def _alike_below(names: tuple[str, ...], source: Concept, above: str, after: Open) -> Iterator[str]:
    """What stands below a code and is like an entity by name, alignment or gene."""
    below = after.snapshot.merged.descendants(above)
    if len(below) <= _CHILDREN:
        found: Iterator[Near | None] = (
            near(after, names, code, source.languages) for code in below
        )
    else:
        found = iter(nearest(after, names, within=above, langs=source.languages))
    alike = {each.code for each in found if each and each.likeness >= _LEAST_ALIKE}
    shared = shared_codes(after.related, source.code)
    for code in below:
        if code in alike or code in shared or shared_genes(after.related, source.code, code):
            yield code


def _gone(
    evidence: Evidence, names: tuple[str, ...], last: Concept, before: Snapshot, after: Open
) -> None:
    """What is the nearest by name, alignment, gene and former place."""
    for code, shared in shared_codes(after.related, last.code).items():
        said = after.related.systems.curie(shared.coding)
        evidence.add(code, Ground.ALIGNMENT, shared.strength, say.aligned(said))
    _named_alike(evidence, nearest(after, names, langs=last.languages))
    _named_alike(evidence, [near(after, names, code, last.languages) for code in evidence.codes])
    for parent in before.merged.parents(last.code):
        for code in _alike_below(names, last, parent, after):
            _named_alike(evidence, [near(after, names, code, last.languages)])
            evidence.add(code, Ground.FORMER_PARENTS, _OF_BELOW, say.former_place(parent))
    _sharing_genes(evidence, last.code, after, evidence.codes)


def _named_alike(evidence: Evidence, found: Iterable[Near | None]) -> None:
    for each in found:
        if each and each.likeness >= _LEAST_ALIKE:
            strength = _BY_NAME_AT_MOST * each.trust * each.likeness**2
            evidence.add(each.code, Ground.NAME, strength, say.resembles(each.name.text))


def _sharing(evidence: Evidence, code: str, after: Open, codes: Iterable[str]) -> None:
    shared = shared_codes(after.related, code)
    for each in codes:
        if each in shared:
            said = after.related.systems.curie(shared[each].coding)
            evidence.add(each, Ground.ALIGNMENT, shared[each].strength, say.aligned(said))
    _sharing_genes(evidence, code, after, codes)


def _sharing_genes(evidence: Evidence, code: str, after: Open, codes: Iterable[str]) -> None:
    for each in codes:
        if genes := shared_genes(after.related, code, each):
            symbols = ", ".join(gene.symbol for gene in genes[:3])
            evidence.add(each, Ground.GENE, 0.3 / len(genes), say.gene(symbols))
