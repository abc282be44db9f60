"""``GET /v1/releases/{a}/differences/{b}``: what changed from one release to another."""

from __future__ import annotations

import io
import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ontologies.concept import Level
from ontologies.differences import Kind
from thesaurus.api.context import NOT_MODIFIED, mark
from thesaurus.api.problems import READING
from thesaurus.comparison import (
    Comparisons,
    DifferencesAnswer,
    Filters,
    Kept,
    answer_of,
    keep,
    write_csv,
    write_xlsx,
)
from thesaurus.lookup import LevelKey
from thesaurus.runtime import Runtime

_WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": DifferencesAnswer,
        "description": "The differences; or all that the filters leave as a table or a workbook.",
        "content": {media.partition(";")[0]: _BINARY for media in _MEDIA.values()},
    }
}

router = APIRouter(prefix="/v1/releases", tags=["releases"], responses=READING | NOT_MODIFIED)

ReleaseId = Annotated[str, Path(max_length=40, description="Id of a release, such as 2023.")]


class WantedDifferences(BaseModel):
    """Which differences are wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: list[Kind] = Field(
        default=[], max_length=20, description="Only these kinds of change; may be repeated."
    )
    level: list[LevelKey] = Field(
        default=[],
        max_length=3,
        description="Only codes that have one of these levels in either release; may be repeated.",
    )
    classification: str | None = Field(
        default=None,
        max_length=20,
        description="Only codes that stand in this classification in either release.",
    )
    perimeter: str | None = Field(
        default=None,
        max_length=40,
        description="Only the codes of this perimeter (a filière), and new codes below them.",
    )


class DifferencesQuery(WantedDifferences):
    """Which differences are wanted, and in which form."""

    lang: str = Field(
        default="fr",
        pattern="^[a-z]{2,3}$",
        description="Language of the labels; another one is given where a label is missing.",
    )
    offset: int = Field(default=0, ge=0, le=100_000, description="Items to pass over.")
    limit: int = Field(default=100, ge=0, le=5000, description="Most items; of JSON only.")
    format: Literal["json", "csv", "xlsx"] = "json"


@router.get("/{a}/differences/{b}", responses=_DOCUMENTED, response_model=DifferencesAnswer)
def get_differences(
    request: Request,
    response: Response,
    a: ReleaseId,
    b: ReleaseId,
    query: Annotated[DifferencesQuery, Query()],
) -> DifferencesAnswer | Response:
    """What changed from release a to release b, which may also be the older one: codes in and out,
    and of codes of both their status, level, type, names, definition, redirection, aggregation,
    parents, and the alignments beside them. What one of the releases does not say is not compared,
    and that is said.
    """
    kept = kept_for(request, response, a, b, query)
    if query.format == "json":
        return answer_of(kept, lang=query.lang, offset=query.offset, limit=query.limit)
    return _file(kept, query.format, query.lang, response)


def kept_for(
    request: Request, response: Response, a: str, b: str, wanted: WantedDifferences, *state: str
) -> Kept:
    """Compare two releases, which takes a moment the first time, and set the answer's ETag.

    Args:
        state: what else the answer depends on.

    Raises:
        NotModified, UnknownRelease, UnknownClassification, UnknownPerimeter, DamagedRelease
    """
    runtime: Runtime = request.app.state.runtime
    comparisons: Comparisons = request.app.state.comparisons
    pairing = comparisons.pairing(a, b)
    perimeter = runtime.perimeter(wanted.perimeter) if wanted.perimeter else None
    local = [runtime.local_version] if wanted.perimeter else []
    mark(request, response, pairing.digest, *local, *state)
    filters = Filters(
        kinds=frozenset(wanted.kind),
        levels=frozenset(map(Level.of_key, wanted.level)),
        classification=wanted.classification,
        perimeter=perimeter,
    )
    return keep(comparisons.of(pairing), filters)


def _file(kept: Kept, form: str, lang: str, response: Response) -> Response:
    out = io.BytesIO()
    _WRITERS[form](out, kept, lang=lang)
    found = kept.comparison.differences
    name = re.sub(r"[^A-Za-z0-9._-]", "_", f"differences_{found.before.id}_{found.after.id}.{form}")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        **{key: response.headers[key] for key in ("etag", "cache-control")},
    }
    return Response(out.getvalue(), media_type=_MEDIA[form], headers=headers)
