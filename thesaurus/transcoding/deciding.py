"""Decide rows of a transcoding table, sign it, open it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import category

from ontologies.codes import curie, parse_code
from ontologies.errors import Conflict, InvalidRequest
from ontologies.release import Snapshot
from ontologies.transcoding import Decision, Kind
from thesaurus.store.transcoding import Decided, Signature, Wanted
from thesaurus.transcoding.ways import Way, Ways, content_of
from thesaurus.transcoding.words import STATUSES

MOST_TARGETS = 10
LONGEST_COMMENT = 2000
_LONGEST_SHOWN = 60
_NO_TEXT = frozenset({"Cc", "Cs"})
# They show a text in another order than it has.
_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_DECIDED = frozenset({Kind.NEW, Kind.LABEL_ONLY})
_DECISIONS = frozenset({Decision.ACCEPTED, Decision.REJECTED, Decision.PROPOSED})


def decide(ways: Ways, way: Way, wanted: Iterable[Wanted], *, actor: str) -> Sequence[Decided]:
    """Write decisions on rows of a table: all of them, or none.

    A row is accepted for one or several active codes of the target release, or for none, which says
    that nothing stands for the code; without targets where the row proposes some, these are meant.
    ``proposed`` takes a decision back.

    Raises:
        InvalidRequest: there is no such row, or a target is no active code.
        Conflict: the table is signed, or somebody decided meanwhile.
    """
    ready = [checked(way, each) for each in wanted]
    code, times = Counter(each.code for each in ready).most_common(1)[0] if ready else ("", 0)
    if times > 1:
        named = way.named(code)
        raise InvalidRequest(
            f"Plusieurs décisions pour {named}.", f"Several decisions for {named}."
        )
    return ways.store.decide(way.source, way.target, ready, actor=actor)


def checked(way: Way, wanted: Wanted) -> Wanted:
    """Return a decision as it would be written: canonical codes, the targets that are meant.

    Raises:
        InvalidRequest, InvalidCode: as ``decide``.
    """
    code = way.code_of(wanted.code)
    row = way.asked(code)
    table = f"{way.source} → {way.target}"
    if row is None or row.kind in _NOT_DECIDED:
        raise InvalidRequest(
            f"{way.named(code)[:_LONGEST_SHOWN]} n'attend pas de décision dans la table {table}.",
            f"{way.named(code)[:_LONGEST_SHOWN]} asks for no decision in the table {table}.",
        )
    accepted = wanted.decision is Decision.ACCEPTED
    if accepted and wanted.targets is None and row.kind is Kind.NON_RARE:
        wanted = replace(wanted, targets=row.targets)  # that nothing stands for it is what it says
    return replace(
        wanted,
        code=code,
        targets=targets_of(way, wanted, code, row.targets),
        comment=fit_comment(wanted.comment),
    )


def fit_comment(text: str | None) -> str | None:
    """Return a comment without outer blanks, None for an empty one.

    Raises:
        InvalidRequest: it is too long, or holds characters that no text has.
    """
    fit = (text or "").replace("\r\n", "\n").strip()
    if len(fit) > LONGEST_COMMENT:
        raise InvalidRequest(
            f"Commentaire de plus de {LONGEST_COMMENT} caractères.",
            f"The comment has more than {LONGEST_COMMENT} characters.",
        )
    no_text = (sign for sign in fit if category(sign) in _NO_TEXT or sign in _BIDIRECTIONAL)
    if any(sign not in "\n\t" for sign in no_text):
        raise InvalidRequest(
            "Le commentaire contient des caractères de commande ; les enlever.",
            "The comment holds control characters; remove them.",
        )
    return fit or None


def targets_of(way: Way, wanted: Wanted, code: str, proposed: Sequence[str]) -> tuple[str, ...]:
    """Return the targets of a decision, active codes of the target release each.

    Raises:
        InvalidRequest, InvalidCode: of the decision or one of its targets.
    """
    named = way.named(code)
    if wanted.decision not in _DECISIONS:
        raise InvalidRequest(
            f"Décision « {wanted.decision} » : accepted, rejected ou proposed.",
            f"Decision '{wanted.decision}': accepted, rejected or proposed.",
        )
    if wanted.decision is not Decision.ACCEPTED:
        if wanted.targets:
            raise InvalidRequest(
                f"{named} : une décision « {wanted.decision} » n'a pas de cible.",
                f"{named}: a decision '{wanted.decision}' has no target.",
            )
        return ()
    if wanted.targets is None and not proposed:
        raise InvalidRequest(
            f"{named} : rien n'est proposé ; nommer une cible, ou dire qu'il n'y en a pas.",
            f"{named}: nothing is proposed; name a target, or say that there is none.",
        )
    written = proposed if wanted.targets is None else wanted.targets
    targets = tuple(dict.fromkeys(map(parse_code, written)))
    if len(targets) > MOST_TARGETS:
        raise InvalidRequest(
            f"{named} : {MOST_TARGETS} cibles au plus.", f"{named}: at most {MOST_TARGETS} targets."
        )
    for target in targets:
        refuse_inactive(way.chain.last, target)
    return targets


def refuse_inactive(release: Snapshot, target: str) -> None:
    """Raise InvalidRequest for what is no active code of a release."""
    concept = release.concepts.get(target)
    if concept is None or not concept.status.is_active:
        status = "inconnu" if concept is None else STATUSES[concept.status]
        raise InvalidRequest(
            f"{curie(target)} n'est pas un code actif de la version {release.release.id} "
            f"({status}).",
            f"{curie(target)} is no active code of release {release.release.id} "
            f"({'unknown' if concept is None else concept.status}).",
        )


def sign(ways: Ways, way: Way, *, actor: str, comment: str | None = None) -> Signature:
    """Freeze a table whose rows are all decided.

    Raises:
        InvalidRequest: of the comment.
        Conflict: rows wait for a decision, it is signed already, or somebody decided meanwhile.
    """
    if way.signature is None:
        refuse_open(way)
    return ways.store.sign(
        way.source,
        way.target,
        content_of(way),
        actor=actor,
        seen=way.version,
        comment=fit_comment(comment),
    )


def refuse_open(way: Way) -> None:
    """Raise Conflict where rows of a table wait for a person."""
    if waiting := way.open:
        first = ", ".join(way.named(row.source) for row in waiting[:5])
        more = ", …" if len(waiting) > 5 else ""
        raise Conflict(
            f"La table {way.source} → {way.target} attend encore des décisions, {len(waiting)} en "
            f"tout : {first}{more}",
            f"The table {way.source} → {way.target} still waits for decisions, {len(waiting)} in "
            f"all: {first}{more}",
        )


def reopen(ways: Ways, source: str, target: str, *, actor: str, why: str) -> Signature:
    """Open a signed table again, also one that is damaged; the signed edition stays readable.

    Args:
        source: a release, or a legacy table.

    Raises:
        InvalidRequest: no reason is given.
        Conflict: it is not signed.
    """
    reason = fit_comment(why)
    if reason is None:
        raise InvalidRequest("Donner le motif de la réouverture.", "Give the reason to reopen.")
    return ways.store.reopen(source, target, actor=actor, why=reason)
