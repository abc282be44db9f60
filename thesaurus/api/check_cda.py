"""``POST /v1/check/cda``: is this clinical document fit to be sent?"""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thesaurus.api.checking import checker_for, written
from thesaurus.api.context import ReleaseQuery
from thesaurus.api.problems import SENDING, Fault, UnsupportedForm, problem
from thesaurus.coding.cda import DocumentsAnswer, InvalidDocument, check_documents
from thesaurus.runtime import Runtime

_MEDIA_TYPES = (
    "application/xml",
    "text/xml",
    "application/hl7-v3+xml",
    "application/zip",
    "application/octet-stream",
)
_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "An SDM-MR document, or a zip with some, as secure mail brings them.",
        "required": True,
        "content": {
            each: {"schema": {"type": "string", "format": "binary"}} for each in _MEDIA_TYPES
        },
    }
}

router = APIRouter(prefix="/v1", tags=["check"], responses=SENDING)


class DocumentQuery(ReleaseQuery):
    profile: str | None = Field(
        default=None,
        max_length=40,
        description="Profile of the check; without, the version of each document chooses.",
    )


@router.post("/check/cda", response_model=DocumentsAnswer, openapi_extra=_BODY)
async def check_cda(request: Request, query: Annotated[DocumentQuery, Query()]) -> Response:
    """Check the rare-disease codes of an SDM-MR document (CDA), or of each one in a zip.

    Each finding tells its line and XPath. Of a document only codes and ages are read; nothing is
    stored or logged. A document that cannot be read is a problem with its line; in a zip it has
    its own, and the others are checked.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES:
        listed = ", ".join(_MEDIA_TYPES)
        raise UnsupportedForm(
            f"Le corps doit être le document (XML) ou l'archive : {listed}.",
            f"The body must be the document (XML) or the archive: {listed}.",
        )
    data = await request.body()
    try:
        return await run_in_threadpool(_check, request, data, query)
    except InvalidDocument as error:
        return problem("invalid_body", error.message, faults=_faults(error))


def _check(request: Request, data: bytes, query: DocumentQuery) -> Response:
    runtime: Runtime = request.app.state.runtime
    release = runtime.at(query.release, query.as_of)
    return written(
        check_documents(
            "document", data, lambda profile: checker_for(request, release, profile), query.profile
        )
    )


def _faults(error: InvalidDocument) -> list[Fault]:
    return [Fault(path=f"line {error.line}", message=error.plain.en)] if error.line else []
