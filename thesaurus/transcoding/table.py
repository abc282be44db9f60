"""A transcoding table as people and programs read it: labels, decisions, proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ontologies.chain import Chain
from ontologies.codes import curie
from ontologies.concept import Concept
from ontologies.errors import Message
from ontologies.transcoding import Decision, Kind, Transcoding
from thesaurus.opening import Open
from thesaurus.store.transcoding import Decided, Signature
from thesaurus.transcoding import answer
from thesaurus.transcoding.legacy.matching import Matcher
from thesaurus.transcoding.legacy.proposals import matched
from thesaurus.transcoding.legacy.ways import LegacyWay
from thesaurus.transcoding.order import first_of_each_kind, ordered
from thesaurus.transcoding.proposing.proposals import Proposal
from thesaurus.transcoding.proposing.successors import successors
from thesaurus.transcoding.untold import untold
from thesaurus.transcoding.ways import Way, Ways

_STAYS = frozenset({Kind.NEW, Kind.LABEL_ONLY, Kind.REACTIVATED})


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of a table.

    Attributes:
        kinds, decisions: none for all.
        open: only those that wait for a person, or only the others.
        changed: only those of which the older release said something else, or only the others.
        within: codes of which the source or a target must be one, such as those of a filière.
    """

    kinds: frozenset[Kind] = frozenset()
    decisions: frozenset[Decision] = frozenset()
    open: bool | None = None
    changed: bool | None = None
    within: frozenset[str] | None = None

    def holds(self, row: Transcoding) -> bool:
        return (
            (not self.kinds or row.kind in self.kinds)
            and (not self.decisions or row.decision in self.decisions)
            and self.open in (None, row.open)
            and self.changed in (None, row.changed)
            and (self.within is None or not self.within.isdisjoint((row.source, *row.targets)))
        )


def page(
    way: Way,
    selection: Selection = Selection(),
    *,
    offset: int = 0,
    limit: int | None = None,
    of_each_kind: int | None = None,
    lang: str = "fr",
    target: Open | None = None,
) -> answer.TranscodingAnswer:
    """Return a table, or some rows of it, by kind and by the number of their code.

    Args:
        of_each_kind: the most rows of a kind, those that wait first; instead of offset and limit.
        target: the younger release, open, where proposals are wanted for rows that no person has
            decided upon.
    """
    rows = way.rows.values()
    chosen = ordered(row for row in rows if selection.holds(row))
    end = None if limit is None else offset + limit
    cut = chosen[offset:end] if of_each_kind is None else first_of_each_kind(chosen, of_each_kind)
    proposing = Proposing(way, target, lang) if target else None
    items = [_item(way, row, lang, proposing) for row in cut]
    return answer.TranscodingAnswer(
        release=way.target,
        from_=way.source,
        to=way.target,
        releases=list(way.releases),
        signed=signature_item(way.signature) if way.signature else None,
        counts=counted(row.kind for row in rows),
        changed_counts=counted(row.kind for row in rows if row.changed),
        decisions=counted(row.decision for row in rows),
        open=len(way.open),
        cautions=[
            answer.CautionItem(message=each.fr, message_en=each.en) for each in untold(way.chain)
        ],
        total=len(chosen),
        selected_counts=counted(row.kind for row in chosen),
        items=items,
    )


def decisions(
    ways: Ways,
    source: str,
    target: str,
    code: str | None = None,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> answer.DecisionsAnswer:
    """Return the decisions of a table, the latest first; of one code if it is given.

    Raises:
        UnknownRelease, InvalidRequest, InvalidCode
    """
    ways.state(source, target)
    wanted = code and ways.code_of(source, code)
    found = ways.store.history(source, target, wanted, offset=offset, limit=limit)
    items = [decision_item(each) for each in found]
    return answer.DecisionsAnswer(release=target, from_=source, to=target, items=items)


def signatures(ways: Ways, source: str, target: str) -> answer.SignaturesAnswer:
    """Return the editions of a table that were signed, the latest first.

    Raises:
        UnknownRelease, InvalidRequest
    """
    ways.state(source, target)
    items = [signature_item(each) for each in ways.store.signatures(source, target)]
    return answer.SignaturesAnswer(release=target, from_=source, to=target, items=items)


def signed(source: str, target: str, signature: Signature) -> answer.SignatureAnswer:
    item = signature_item(signature)
    return answer.SignatureAnswer(release=target, from_=source, to=target, signature=item)


def counted(values: Iterable[str]) -> dict[str, int]:
    """How often each value stands, in the order of the values."""
    return {str(value): count for value, count in sorted(Counter(values).items())}


def _item(
    way: Way, row: Transcoding, lang: str, proposing: Proposing | None
) -> answer.TranscodingItem:
    decision = way.decision(row)
    found, why = proposing.of(row) if proposing else (None, None)
    return answer.TranscodingItem(
        source=source_item(way, row.source, lang),
        given=_given(way, row.source),
        targets=[end_item(way.chain.last.concepts[code], lang, way.chain) for code in row.targets],
        kind=row.kind,
        decision=row.decision,
        changed=row.changed,
        open=row.open,
        via=row.via,
        decided_in=list(row.decided) if row.decided else None,
        by=decision.actor if decision else None,
        date=decision.at if decision else None,
        comment=decision.comment if decision else None,
        version=way.own_version(row.source),
        proposals=None
        if found is None
        else [_renamed(each, lang, way) for each in proposal_items(found)],
        why=why.fr if why else None,
        why_en=why.en if why else None,
    )


def source_item(way: Way, code: str, lang: str) -> answer.EndItem:
    """Return the source of a row; its release may be archived since the table was signed."""
    if isinstance(way, LegacyWay):
        entry = way.entries.get(code)
        label = (entry.label if entry else None) or code
        return answer.EndItem(
            code=code, curie=code, label=label, lang="", level=None, status="legacy"
        )
    concept = way.chain.first_word(code)
    if concept is not None:
        return end_item(concept, lang, way.chain)
    return answer.EndItem(
        code=code, curie=curie(code), label=curie(code), lang=lang, level=None, status="unknown"
    )


def _given(way: Way, code: str) -> answer.GivenItem | None:
    entry = way.entries.get(code) if isinstance(way, LegacyWay) else None
    return answer.GivenItem(orpha=entry.orpha, icd10=entry.icd10) if entry else None


def proposals(way: Way, row: Transcoding, target: Open, lang: str) -> Sequence[Proposal]:
    """What may stand for the source of a row that nobody accepted, without what was refused."""
    if row.applies or row.kind in _STAYS:
        return ()
    found = successors(row.source, way.chain.last_with(row.source), target, lang=lang)
    if row.decision is not Decision.REJECTED:
        return found
    refused = way.chain.pointed_to(row.source)
    return [each for each in found if each.code != refused]


class Proposing:
    """Proposes for the rows of one table; what it learns of the release serves the next row.

    Args:
        target: the younger release, open.
    """

    def __init__(self, way: Way, target: Open, lang: str) -> None:
        self._way, self._target, self._lang = way, target, lang

    def of(self, row: Transcoding) -> tuple[Sequence[Proposal], Message | None]:
        """Return what is proposed, and for entries of legacy tables why nothing is."""
        if not isinstance(self._way, LegacyWay):
            return proposals(self._way, row, self._target, self._lang), None
        matching = matched(self._way, row, self._matcher)
        return (matching.proposals, matching.why) if matching else ((), None)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._target, lang=self._lang)


def proposal_items(found: Iterable[Proposal]) -> list[answer.ProposalItem]:
    return [
        answer.ProposalItem(
            code=each.code,
            curie=curie(each.code),
            label=each.label,
            lang=each.lang,
            level=each.level.key if each.level else None,
            status=each.status,
            confidence=round(each.confidence, 2),
            reasons=[
                answer.ReasonItem(
                    kind=reason.ground, message=reason.message.fr, message_en=reason.message.en
                )
                for reason in each.reasons
            ],
        )
        for each in found
    ]


def _renamed(item: answer.ProposalItem, lang: str, way: Way) -> answer.ProposalItem:
    """Return a proposal with its name in a language, where a release on the way has one."""
    label = way.chain.label(item.code, lang) if item.lang != lang else None
    return item.model_copy(update={"label": label.text, "lang": lang}) if label else item


def end_item(concept: Concept, lang: str, chain: Chain | None = None) -> answer.EndItem:
    """Return a code with its label.

    Args:
        chain: the releases that may have the label in ``lang`` where the entity has none.
    """
    label = concept.preferred(lang)
    if label.lang != lang and chain:
        label = chain.label(concept.code, lang) or label
    return answer.EndItem(
        code=concept.code,
        curie=curie(concept.code),
        label=label.text,
        lang=label.lang,
        level=concept.level.key if concept.level else None,
        status=concept.status,
    )


def signature_item(signature: Signature) -> answer.SignatureItem:
    reopened: dict[str, Any] = {}
    if signature.reopened:
        at, by, why = signature.reopened
        reopened = {"reopened_at": at, "reopened_by": by, "reopened_why": why}
    return answer.SignatureItem(
        edition=signature.edition,
        by=signature.actor,
        date=signature.at,
        comment=signature.comment,
        sha256=signature.sha256,
        **reopened,
    )


def decision_item(decided: Decided) -> answer.DecisionItem:
    return answer.DecisionItem(
        code=decided.code,
        version=decided.version,
        decision=decided.decision,
        targets=list(decided.targets),
        by=decided.actor,
        date=decided.at,
        comment=decided.comment,
    )
