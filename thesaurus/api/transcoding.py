"""``/v1/releases/{a}/transcoding/{b}``: what becomes of the codes of a release in a later one."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ontologies.errors import InvalidRequest
from ontologies.transcoding import Decision, Kind
from thesaurus.api.context import NOT_MODIFIED, CodeText, mark
from thesaurus.api.problems import READING
from thesaurus.api.received import BINARY, CSV, XLSX
from thesaurus.api.releases import state_of
from thesaurus.opening import Open
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.systems import code_systems
from thesaurus.tables import scratch_file
from thesaurus.transcoding import table
from thesaurus.transcoding.answer import (
    DecisionsAnswer,
    SignaturesAnswer,
    TranscodingAnswer,
)
from thesaurus.transcoding.editions import signed_way
from thesaurus.transcoding.exporting import write_table
from thesaurus.transcoding.ways import Way, Ways

_MOST_WITH_PROPOSALS = 200
_TSV = "text/tab-separated-values"
_MEDIA = {"csv": f"{CSV}; charset=utf-8", "sssom": f"{_TSV}; charset=utf-8", "xlsx": XLSX}
_ENDINGS = {"csv": "csv", "sssom": "sssom.tsv", "xlsx": "xlsx"}
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": TranscodingAnswer,
        "description": "The table; as a file all rows that the filters leave.",
        "content": {CSV: BINARY, _TSV: BINARY, XLSX: BINARY},
    }
}

router = APIRouter(prefix="/v1/releases", tags=["transcoding"], responses=READING | NOT_MODIFIED)

Older = Annotated[str, Path(max_length=40, description="Id of a release, such as 2022.")]
Younger = Annotated[str, Path(max_length=40, description="Id of one with younger data: 2023.")]


class NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DecisionsQuery(NoQuery):
    code: CodeText | None = Field(default=None, description="Only the decisions on this code.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="Decisions to pass over.")
    limit: int = Field(default=1000, ge=1, le=1000, description="Most decisions.")


class TranscodingQuery(NoQuery):
    """Which rows are wanted, and in which form."""

    kind: list[Kind] = Field(default=[], max_length=20, description="Only these; may be repeated.")
    decision: list[Decision] = Field(
        default=[], max_length=10, description="Only these; may be repeated."
    )
    open: bool | None = Field(
        default=None, description="Only rows that wait for a person, or only the others."
    )
    changed: bool | None = Field(
        default=None,
        description="Only rows of which the older release said something else, or the others.",
    )
    perimeter: str | None = Field(
        default=None, max_length=40, description="Only codes of this perimeter (a filière)."
    )
    lang: str = Field(
        default="fr",
        pattern="^[a-z]{2,3}$",
        description="Language of the labels; another one is given where a label is missing.",
    )
    limit: int = Field(default=100, ge=0, le=1000, description="Most rows; of JSON only.")
    offset: int = Field(default=0, ge=0, le=100_000, description="Rows to pass over; of JSON only.")
    proposals: bool = Field(
        default=False,
        description="What may stand for the source of rows that nobody has decided upon; with a "
        f"limit of at most {_MOST_WITH_PROPOSALS}. A file has them for rows that wait, a workbook "
        "always.",
    )
    format: Literal["json", "csv", "sssom", "xlsx"] = "json"
    edition: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="As it was signed in this edition, also where it was opened again since.",
    )


@router.get("/{a}/transcoding/{b}", responses=_DOCUMENTED, response_model=TranscodingAnswer)
def get_transcoding(
    request: Request,
    response: Response,
    a: Older,
    b: Younger,
    query: Annotated[TranscodingQuery, Query()],
) -> TranscodingAnswer | Response:
    """What becomes in release b of each code that release a says something else of, or that is
    inactive: where it leads, who says so, and which rows wait for a person.

    Codes without a row stay as they are. A signed table stays as it was signed.
    """
    runtime: Runtime = request.app.state.runtime
    ways = ways_of(request)
    if query.proposals and query.limit > _MOST_WITH_PROPOSALS:
        raise InvalidRequest(
            f"Avec proposals, limit={_MOST_WITH_PROPOSALS} au plus.",
            f"With proposals at most limit={_MOST_WITH_PROPOSALS}.",
        )
    state = ways.state(a, b)
    proposing = query.proposals or query.format == "xlsx"
    beside = map(state_of, (*runtime.records, *runtime.datasets)) if proposing else ()
    local = (runtime.local_version,) if query.perimeter else ()
    mark(request, response, *state, *beside, *local)
    selection = table.Selection(
        frozenset(query.kind),
        frozenset(query.decision),
        open=query.open,
        changed=query.changed,
        within=runtime.perimeter(query.perimeter) if query.perimeter else None,
    )
    way = signed_way(ways, a, b, query.edition) if query.edition else ways.between(a, b)
    target = runtime.at(b) if proposing else None
    if query.format != "json":
        return _file(request, response, way, selection, query, target)
    return table.page(
        way, selection, offset=query.offset, limit=query.limit, lang=query.lang, target=target
    )


@router.get("/{a}/transcoding/{b}/decisions")
def get_decisions(
    request: Request,
    response: Response,
    a: Older,
    b: Younger,
    query: Annotated[DecisionsQuery, Query()],
) -> DecisionsAnswer:
    """The decisions that were ever taken in a table, the latest first; nothing is overwritten."""
    ways = ways_of(request)
    mark(request, response, *ways.state(a, b))
    return table.decisions(ways, a, b, query.code, offset=query.offset, limit=query.limit)


@router.get("/{a}/transcoding/{b}/signatures")
def get_signatures(
    request: Request,
    response: Response,
    a: Older,
    b: Younger,
    _query: Annotated[NoQuery, Query()],
) -> SignaturesAnswer:
    """The editions of a table that were signed, the latest first, also those reopened since."""
    ways = ways_of(request)
    mark(request, response, *ways.state(a, b))
    return table.signatures(ways, a, b)


def ways_of(request: Request) -> Ways:
    ways: Ways = request.app.state.ways
    return ways


def _file(
    request: Request,
    response: Response,
    way: Way,
    selection: table.Selection,
    query: TranscodingQuery,
    target: Open | None,
) -> Response:
    settings: Settings = request.app.state.settings
    systems = code_systems(settings.systems)
    with scratch_file() as out:
        write_table(
            out, query.format, way, selection, lang=query.lang, systems=systems, target=target
        )
        out.seek(0)
        content = out.read()
    name = f"transcodage_{way.source}_{way.target}.{_ENDINGS[query.format]}"
    disposition = f'attachment; filename="{re.sub(r"[^A-Za-z0-9._-]", "_", name)}"'
    marks = {key: response.headers[key] for key in ("etag", "cache-control")}
    headers = marks | {"Content-Disposition": disposition}
    return Response(content, media_type=_MEDIA[query.format], headers=headers)
