"""The life of a code over the releases: since when it is there, its names, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pydantic import Field

from ontologies.differences import Kind
from ontologies.errors import InvalidRequest, UnknownCode
from thesaurus.answers import Answer, Code, Label, Level, RedirectionItem, Status, Type
from thesaurus.lookup.finding import coding_of, nearest_codes
from thesaurus.lookup.traces import Remembered, Trace, Traces, changes, readable
from thesaurus.runtime import Open


class LifeItem(Answer):
    """What one release says of a code; null throughout where it does not have it."""

    release: str
    date: dt.date = Field(description="The latest extraction date in the files of the release.")
    state: str = Field(description="Of the release: active, superseded, checked ...")
    known: bool = Field(description="Whether the release has the code.")
    label: Label | None = None
    lang: str | None = None
    status: Status | None = None
    level: Level = None
    type: Type = None
    redirection: RedirectionItem | None = None
    aggregation: str | None = Field(
        default=None, description="The disorder to count, null where none applies."
    )
    aggregation_known: bool | None = Field(
        default=None, description="False where Orphanet's file does not say."
    )
    changes: list[Kind] = Field(
        description="What changed against the release before, the next item: added, removed, "
        "status, level, type, renamed, redirection, aggregation. What one of both does not say is "
        "no change; other facts are compared by /v1/releases/{a}/differences/{b}."
    )


class LifeAnswer(Answer):
    release: str = Field(description="Id of the release that is asked.")
    code: Code
    items: list[LifeItem] = Field(description="The releases, the latest data first.")


def life(
    remembered: Remembered,
    release: Open,
    written: str,
    lang: str = "fr",
    *,
    system: str | None = None,
) -> LifeAnswer:
    """Tell what each release says of an ORPHAcode.

    Those are the releases that a date may choose, those in test, which readers are invited to try,
    and the one that is asked. Others that wait for their activation say nothing yet of the life of
    a code, and a draft failed its checks.

    Raises:
        InvalidCode, UnknownSystem
        InvalidRequest: the code is of another system.
        UnknownCode: none of these releases has it.
    """
    coding = coding_of(release, written, system)
    if coding.system != "orpha":
        raise InvalidRequest(
            "Seuls les codes ORPHA ont un historique d'une version à l'autre.",
            "Only ORPHAcodes have a history over the releases.",
        )
    told = tuple(remembered.of(readable(remembered.records, release.id)))
    if not any(each.get(coding.code) for each in told):
        raise UnknownCode(coding.code, release.id, nearest_codes(release, coding.code))
    return LifeAnswer(
        release=release.id, code=coding.code, items=list(_items(told, coding.code, lang))
    )


def _items(told: Sequence[Traces], code: str, lang: str) -> Iterable[LifeItem]:
    changed: list[list[Kind]] = [[], *(changes(*pair, code) for pair in pairwise(told))]
    for each, kinds in reversed(list(zip(told, changed, strict=True))):
        trace, record = each.get(code), each.record
        yield LifeItem(
            release=record.id,
            date=record.release.date,
            state=record.state,
            known=trace is not None,
            changes=kinds,
            **(_facts(each, trace, lang) if trace else {}),
        )


def _facts(traces: Traces, trace: Trace, lang: str) -> dict[str, object]:
    language, label = trace.name(lang)
    return {
        "label": label,
        "lang": language,
        "status": trace.status,
        "level": trace.level.key if trace.level else None,
        "type": trace.type.key if trace.type else None,
        "redirection": _redirection(traces, trace, lang),
        "aggregation": trace.aggregation.code,
        "aggregation_known": trace.aggregation.known,
    }


def _redirection(traces: Traces, trace: Trace, lang: str) -> RedirectionItem | None:
    if trace.redirection is None:
        return None
    target = trace.redirection.target
    return RedirectionItem(
        kind=trace.redirection.kind.key,
        target=target,
        label=traces.by_code[target].name(lang)[1],
    )
