"""A transcoding table as SSSOM TSV, for programs that know mappings and not this service.

A code that is replaced by one is ``IAO:0100001`` (term replaced by), by several
``oboInOwl:consider`` of each, one that stays ``skos:exactMatch``; where nothing stands for it the
object is ``sssom:NoTermFound``. Rows that nobody has decided upon are no mappings and are left out,
and so are codes that no record of the older release can bear, or whose name alone changed.

Sources: SSSOM 1.1, "Literal and non-literal mappings" and "NoTermFound"; OBO Foundry, principle of
term stability (``term replaced by``, ``consider``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from loaders.curie_map import VOCABULARIES, addresses_of
from ontologies.systems import CodeSystems
from ontologies.transcoding import Decision, Kind
from thesaurus.transcoding.answer import EndItem, SignatureItem, TranscodingAnswer, TranscodingItem
from thesaurus.transcoding.words import one_line, stays

if TYPE_CHECKING:
    from curies import Converter
    from sssom_pydantic import MappingSetRecord, Record

REPLACED_BY, CONSIDER, SAME = "IAO:0100001", "oboInOwl:consider", "skos:exactMatch"
NO_TERM = "sssom:NoTermFound"
_BY_A_PERSON, _UNSPECIFIED = "semapv:ManualMappingCuration", "semapv:UnspecifiedMatching"
_IAO = "http://purl.obolibrary.org/obo/IAO_"
_LOCAL = "urn:thesaurus:legacy:"
_SETS = "https://w3id.org/sssom/mapping-set/"
_NO_MAPPING = frozenset({Kind.NEW, Kind.LABEL_ONLY})
_APPLIES = frozenset({Decision.AUTOMATIC, Decision.ACCEPTED})
_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "author_label", "subject_source_version"),
    *("object_source_version", "mapping_date", "comment"),
)


def write_sssom(
    out: BinaryIO, answer: TranscodingAnswer, *, systems: CodeSystems, licence: str | None = None
) -> None:
    """Write the rows of an answer that apply.

    Args:
        licence: of the younger release: an SPDX name or an address.
    """
    import sssom_pydantic

    # The library ends rows as CSV has it, with two characters; these come out as one.
    text = StringIO(newline=None)
    sssom_pydantic.write_unprocessed(
        list(_records(answer)),
        text,
        metadata=_header(answer, licence),
        converter=_converter(answer, systems),
        columns=list(_COLUMNS),
        condense=False,
    )
    out.write(text.getvalue().encode())


def mappings_of(items: Iterable[TranscodingItem]) -> tuple[int, int, int]:
    """Count the mappings that are written of some rows, and the rows that are none.

    Returns:
        Mappings; rows of codes that lead nowhere else, which are new or have another name; rows
        that nobody has accepted.
    """
    mappings = same = undecided = 0
    for item in items:
        if item.kind in _NO_MAPPING:
            same += 1
        elif item.decision in _APPLIES:
            mappings += len(item.targets) or 1
        else:
            undecided += 1
    return mappings, same, undecided


def _header(answer: TranscodingAnswer, licence: str | None) -> MappingSetRecord:
    from sssom_pydantic import MappingSetRecord

    name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"transcoding-{answer.from_}-{answer.to}")
    slots: dict[str, object] = {
        "mapping_set_id": f"{_SETS}{name}.sssom.tsv",
        "mapping_set_title": f"ORPHA {answer.from_} → {answer.to}",
        "mapping_set_description": _description(answer),
    }
    if licence and re.fullmatch(r"[\w.+-]+", licence):
        licence = f"https://spdx.org/licenses/{licence}"
    if licence and licence.startswith("http"):
        slots["license"] = licence
    if answer.signed:
        slots["mapping_set_version"] = f"{answer.to}-edition-{answer.signed.edition}"
        slots["publication_date"] = answer.signed.date.date()
    return MappingSetRecord.model_validate(slots)


def _description(answer: TranscodingAnswer) -> str:
    way = ", ".join(answer.releases)
    said = f"From codes of release {answer.from_} to codes of release {answer.to}, through {way}."
    if answer.signed is None:
        waiting = "1 row waits" if answer.open == 1 else f"{answer.open} rows wait"
        return f"{said} Not signed: {waiting} for a decision."
    return f"{said} {_signed(answer.signed)}"


def _signed(signature: SignatureItem) -> str:
    comment = f": {one_line(signature.comment)}" if signature.comment else ""
    day = f"{signature.date:%Y-%m-%d}"
    return (
        f"Signed by {signature.by} on {day}, edition {signature.edition}, sha256 "
        f"{signature.sha256}{comment}"
    )


def _converter(answer: TranscodingAnswer, systems: CodeSystems) -> Converter:
    from curies import Converter
    from sssom_pydantic.constants import DEFAULT_PREFIX_MAP

    prefixes = {
        "semapv": DEFAULT_PREFIX_MAP["semapv"],
        "sssom": DEFAULT_PREFIX_MAP["sssom"],
        "skos": VOCABULARIES["skos"],
        "oboInOwl": VOCABULARIES["oboInOwl"],
        "IAO": _IAO,
    }
    if any(item.kind == Kind.LEGACY for item in answer.items):
        prefixes[answer.from_] = f"{_LOCAL}{answer.from_}:"
    return Converter.from_prefix_map(prefixes | addresses_of([systems.get("orpha")]))


def _records(answer: TranscodingAnswer) -> Iterator[Record]:
    for item in answer.items:
        if item.kind not in _NO_MAPPING and item.decision in _APPLIES:
            for target in item.targets or (None,):
                yield _record(answer, item, target)


def _record(answer: TranscodingAnswer, item: TranscodingItem, target: EndItem | None) -> Record:
    from sssom_pydantic import Record

    by_a_person = item.decision == Decision.ACCEPTED
    return Record(
        subject_id=_subject(answer, item),
        subject_label=one_line(item.source.label),
        subject_source_version=answer.from_,
        predicate_id=_predicate(item),
        object_id=target.curie if target else NO_TERM,
        object_label=one_line(target.label) if target else None,
        object_source_version=answer.to,
        mapping_justification=_BY_A_PERSON if by_a_person else _UNSPECIFIED,
        author_label=[one_line(item.by)] if item.by else None,
        mapping_date=item.date.date() if item.date else None,
        comment=_comment(answer, item),
    )


def _subject(answer: TranscodingAnswer, item: TranscodingItem) -> str:
    """The CURIE of a source; local codes are escaped under the name of their table."""
    if item.kind == Kind.LEGACY:
        return f"{answer.from_}:{quote(item.source.code, safe='')}"
    return item.source.curie


def _predicate(item: TranscodingItem) -> str:
    if stays(item):
        return SAME
    return CONSIDER if len(item.targets) > 1 else REPLACED_BY


def _comment(answer: TranscodingAnswer, item: TranscodingItem) -> str:
    """The kind of the row, where it was decided if not in this table, and why."""
    said = [item.kind]
    if item.decided_in and item.decided_in != [answer.from_, answer.to]:
        said.append(f"decided from {item.decided_in[0]} to {item.decided_in[1]}")
    if item.comment:
        said.append(one_line(item.comment))
    return "; ".join(said)
