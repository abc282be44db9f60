"""Errors as RFC 9457 problems: ``application/problem+json`` with a closed set of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from ontologies.errors import Message, ThesaurusError, UnknownCode

log = structlog.get_logger()

Code = Literal[
    "conflict",
    "cycle",
    "damaged_release",
    "database_unavailable",
    "internal_error",
    "invalid_body",
    "invalid_code",
    "invalid_parameter",
    "method_not_allowed",
    "no_active_release",
    "not_found",
    "payload_too_large",
    "unknown_classification",
    "unknown_code",
    "unknown_parameter",
    "unknown_profile",
    "unknown_release",
    "unsupported_media_type",
]

_STATUS: Mapping[str, int] = {
    "conflict": 409,
    "cycle": 500,
    "damaged_release": 500,
    "database_unavailable": 503,
    "internal_error": 500,
    "invalid_body": 422,
    "invalid_code": 400,
    "invalid_parameter": 400,
    "method_not_allowed": 405,
    "no_active_release": 503,
    "not_found": 404,
    "payload_too_large": 413,
    "unknown_classification": 404,
    "unknown_code": 404,
    "unknown_parameter": 400,
    "unknown_profile": 400,
    "unknown_release": 404,
    "unsupported_media_type": 415,
}
_CODE_OF_STATUS: Mapping[int, Code] = {
    404: "not_found",
    405: "method_not_allowed",
    413: "payload_too_large",
    415: "unsupported_media_type",
}
MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One parameter or field that is wrong."""

    path: str
    message: str


class Problem(BaseModel):
    """An error. ``code`` never changes; the texts may."""

    type: str = "about:blank"
    title: str
    status: int
    code: Code
    detail: str = Field(description="In French.")
    detail_en: str
    faults: list[Fault] = []
    nearest: list[str] = Field(default=[], description="For an unknown code: codes at one typo.")


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, description in (
        (400, "A parameter is unknown or not of its form."),
        (404, "The code, release or classification does not exist."),
        (413, "The body is larger than this service takes."),
        (422, "The body is not of its form."),
        (503, "No release is active yet."),
    )
}


def problem(
    code: Code, message: Message, *, faults: Sequence[Fault] = (), nearest: Sequence[str] = ()
) -> JSONResponse:
    status = _STATUS[code]
    body = Problem(
        title=code.replace("_", " ").capitalize(),
        status=status,
        code=code,
        detail=message.fr,
        detail_en=message.en,
        faults=list(faults),
        nearest=list(nearest),
    )
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error as a problem."""
    app.add_exception_handler(ThesaurusError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ThesaurusError)  # noqa: S101
    nearest = error.nearest if isinstance(error, UnknownCode) else ()
    return problem(error.slug, error.message, nearest=nearest)  # type: ignore[arg-type]


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = [_fault(each) for each in error.errors()]
    in_body = any(each["loc"][:1] == ("body",) for each in error.errors())
    unknown = [each for each in error.errors() if each["type"] == "extra_forbidden"]
    if in_body:
        message = Message("Le corps de la requête n'est pas valide.", "The body is not valid.")
        return problem("invalid_body", message, faults=faults)
    if unknown:
        names = ", ".join(str(each["loc"][-1])[:60] for each in unknown)
        message = Message(f"Paramètre inconnu : {names}.", f"Unknown parameter: {names}.")
        return problem("unknown_parameter", message, faults=faults)
    names = ", ".join(fault.path for fault in faults)
    message = Message(f"Paramètre non valide : {names}.", f"Invalid parameter: {names}.")
    return problem("invalid_parameter", message, faults=faults)


def _fault(error: Mapping[str, Any]) -> Fault:
    """Say where and why; never what was sent, which may be about a patient."""
    place = "/".join(str(part)[:60] for part in error["loc"][1:])
    return Fault(path=place or str(error["loc"][0]), message=str(error["msg"]))


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    code = _CODE_OF_STATUS.get(error.status_code, "invalid_parameter")
    texts = {
        "not_found": Message("Cette adresse n'existe pas.", "There is nothing at this address."),
        "method_not_allowed": Message(
            "Méthode HTTP non admise ici.", "This HTTP method is not allowed here."
        ),
    }
    fallback = Message("Requête non valide.", "The request is not valid.")
    answer = problem(code, texts.get(code, fallback))
    answer.headers.update(error.headers or {})
    return answer


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected error", error=type(error).__name__, exc_info=error)
    message = Message(
        "Erreur inattendue ; elle est consignée dans le journal du service.",
        "Unexpected error; it is noted in the log of the service.",
    )
    return problem("internal_error", message)
