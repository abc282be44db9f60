"""A transcoding table as it was signed once, also where it was opened again since."""

from __future__ import annotations

from dataclasses import replace

from ontologies.errors import InvalidRequest
from thesaurus.transcoding.ways import Way, Ways, content_read


def signed_way(ways: Ways, source: str, target: str, edition: int) -> Way:
    """Return the way from a release or a legacy table as an edition of its table has it.

    Its signature tells whether and why it was opened again.

    Raises:
        UnknownRelease, InvalidRequest: as ``Ways.between``; or there is no such edition.
        DamagedRelease: the content is not what was signed.
    """
    ways.state(source, target)
    signatures = {each.edition: each for each in ways.store.signatures(source, target)}
    if edition not in signatures:
        known = ", ".join(map(str, sorted(signatures))) or "-"
        raise InvalidRequest(
            f"La table {source} → {target} n'a pas d'édition {edition} signée ; signées : {known}.",
            f"The table {source} → {target} has no signed edition {edition}; signed: {known}.",
        )
    releases, rows, authors = content_read(ways.store.signed_content(source, target, edition))
    return replace(
        ways.between(source, target),
        releases=releases,
        rows=rows,
        authors=authors,
        signature=signatures[edition],
    )
