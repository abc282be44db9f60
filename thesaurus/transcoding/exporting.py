"""A transcoding table as a file: CSV, SSSOM or a workbook.

The CSV is for programs and for any spreadsheet: UTF-8 with its mark, semicolons and CRLF, as a
French Excel opens it; headings and keys are English and do not change; no cell is a formula.
``thesaurus transcoding import`` takes it back, and the workbook too.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from ontologies.systems import CodeSystems
from thesaurus.opening import Open
from thesaurus.tables.annotated import harmless
from thesaurus.transcoding.answer import ProposalItem, TranscodingAnswer, TranscodingItem
from thesaurus.transcoding.sssom import write_sssom
from thesaurus.transcoding.table import Selection, page
from thesaurus.transcoding.ways import Way
from thesaurus.transcoding.words import SEPARATOR, one_line, target_codes
from thesaurus.transcoding.workbook import write_xlsx

_HEADINGS = (
    *("from", "to", "source", "source_label", "source_level", "targets", "target_labels"),
    *("kind", "decision", "changed", "open", "via", "by", "date", "comment", "version"),
)
_PROPOSALS = "proposals"
_GIVEN = ("given_orpha", "given_icd10")
MOST_PROPOSED = 2000
FORMS = ("csv", "sssom", "xlsx")


def write_table(
    out: BinaryIO,
    form: str,
    way: Way,
    selection: Selection,
    *,
    lang: str,
    systems: CodeSystems,
    target: Open | None = None,
) -> None:
    """Write all rows of a table that a selection leaves.

    Args:
        out: binary and seekable.
        form: one of ``FORMS``.
        target: the younger release, open, where proposals are wanted for the rows that wait; a CSV
            has them for the first ``MOST_PROPOSED`` of these.
    """
    if form == "xlsx":
        open_rows = None if selection.open is not False else 0
        waiting = replace(selection, open=True)
        write_xlsx(
            out,
            page(way, selection, lang=lang),
            page(way, waiting, limit=open_rows, lang=lang, target=target),
        )
    elif form == "sssom":
        licence = way.chain.last.release.licence
        write_sssom(out, page(way, selection, lang=lang), systems=systems, licence=licence)
    else:
        proposed = _proposed(way, selection, target, lang) if target else None
        write_csv(out, page(way, selection, lang=lang), proposed)


def _proposed(
    way: Way, selection: Selection, target: Open, lang: str
) -> Mapping[str, Sequence[ProposalItem]]:
    """What is proposed for rows that wait, by their source; each costs some milliseconds."""
    if selection.open is False:
        return {}
    waiting = page(
        way, replace(selection, open=True), limit=MOST_PROPOSED, lang=lang, target=target
    )
    return {item.source.code: item.proposals or () for item in waiting.items}


def write_csv(
    out: BinaryIO,
    answer: TranscodingAnswer,
    proposed: Mapping[str, Sequence[ProposalItem]] | None = None,
) -> None:
    """Write the rows of an answer; with proposals, by the source of a row, where there are any."""
    text = io.TextIOWrapper(out, "utf-8", newline="")
    out.write(BOM_UTF8)
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    legacy = any(item.given is not None for item in answer.items)
    headings = (
        *_HEADINGS,
        *(_GIVEN if legacy else ()),
        *((_PROPOSALS,) if proposed is not None else ()),
    )
    write(headings)
    for item in answer.items:
        cells = _cells(answer, item)
        more = [] if proposed is None else [_proposals(proposed.get(item.source.code, ()))]
        beside = _given(item) if legacy else ()
        write([harmless(cell) for cell in (*cells, *beside, *more)])
    text.flush()
    text.detach()


def _cells(answer: TranscodingAnswer, item: TranscodingItem) -> Sequence[str]:
    return (
        *(answer.from_, answer.to, item.source.code, item.source.label, item.source.level or ""),
        *(target_codes(item), SEPARATOR.join(each.label for each in item.targets)),
        *(item.kind, item.decision, _truth(item.changed), _truth(item.open), item.via or ""),
        *(item.by or "", item.date.isoformat(timespec="seconds") if item.date else ""),
        *(one_line(item.comment), str(item.version)),
    )


def _given(item: TranscodingItem) -> Sequence[str]:
    given = item.given
    return (given.orpha or "", given.icd10 or "") if given else ("", "")


def _proposals(proposals: Sequence[ProposalItem]) -> str:
    return SEPARATOR.join(f"{each.code} {each.confidence:.2f}" for each in proposals)


def _truth(value: bool) -> str:
    return "true" if value else "false"
