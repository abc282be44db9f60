"""Errors as RFC 9457 problems: ``application/problem+json`` with a closed set of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from ontologies.errors import (
    DatabaseUnavailable,
    InvalidRequest,
    Message,
    ThesaurusError,
    UnknownCode,
)
from search.fulltext import InvalidQuery
from thesaurus.searchable import IndexNotReady, IndexUnavailable

log = structlog.get_logger()

Code = Literal[
    "conflict",
    "cycle",
    "damaged_release",
    "database_unavailable",
    "forbidden",
    "index_not_ready",
    "index_unavailable",
    "internal_error",
    "invalid_body",
    "invalid_code",
    "invalid_file",
    "invalid_parameter",
    "invalid_query",
    "method_not_allowed",
    "no_active_release",
    "no_dataset",
    "not_found",
    "payload_too_large",
    "too_many_requests",
    "unauthorized",
    "unknown_classification",
    "unknown_code",
    "unknown_parameter",
    "unknown_legacy_table",
    "unknown_perimeter",
    "unknown_profile",
    "unknown_release",
    "unknown_system",
    "unsupported_media_type",
]
CODES: frozenset[str] = frozenset(get_args(Code))

_STATUS: Mapping[str, int] = {
    "conflict": 409,
    "cycle": 500,
    "damaged_release": 500,
    "database_unavailable": 503,
    "forbidden": 403,
    "index_not_ready": 503,
    "index_unavailable": 503,
    "internal_error": 500,
    "invalid_body": 422,
    "invalid_code": 400,
    "invalid_file": 422,
    "invalid_parameter": 400,
    "invalid_query": 400,
    "method_not_allowed": 405,
    "no_active_release": 503,
    "no_dataset": 404,
    "not_found": 404,
    "payload_too_large": 413,
    "too_many_requests": 429,
    "unauthorized": 401,
    "unknown_classification": 404,
    "unknown_code": 404,
    "unknown_parameter": 400,
    "unknown_legacy_table": 404,
    "unknown_perimeter": 404,
    "unknown_profile": 400,
    "unknown_release": 404,
    "unknown_system": 400,
    "unsupported_media_type": 415,
}
# FastAPI says 400 only of a body that it could not read.
_CODE_OF_STATUS: Mapping[int, Code] = {
    400: "invalid_body",
    404: "not_found",
    405: "method_not_allowed",
    413: "payload_too_large",
    415: "unsupported_media_type",
}
_TEXTS: Mapping[str, Message] = {
    "database_unavailable": Message(
        "La base de données ne répond pas ; la raison est dans le journal du service.",
        "The data base does not answer; the reason is in the log of the service.",
    ),
    "internal_error": Message(
        "Erreur inattendue ; elle est consignée dans le journal du service.",
        "Unexpected error; it is noted in the log of the service.",
    ),
    "invalid_body": Message("Le corps de la requête n'est pas valide.", "The body is not valid."),
    "method_not_allowed": Message(
        "Méthode HTTP non admise ici.", "This HTTP method is not allowed here."
    ),
    "not_found": Message("Cette adresse n'existe pas.", "There is nothing at this address."),
    "payload_too_large": Message(
        "Le corps de la requête dépasse la taille admise (THESAURUS_MAX_BODY_SIZE ; pour un "
        "fichier à contrôler, THESAURUS_MAX_CHECK_FILE_SIZE).",
        "The body exceeds the size allowed (THESAURUS_MAX_BODY_SIZE; for a file to be checked, "
        "THESAURUS_MAX_CHECK_FILE_SIZE).",
    ),
    "unsupported_media_type": Message(
        "Le corps doit être du JSON (Content-Type: application/json).",
        "The body must be JSON (Content-Type: application/json).",
    ),
}
_COMPRESSED = Message(
    "Les corps compressés (gzip, deflate, br) ne sont pas admis : envoyer le corps tel quel, sans "
    "Content-Encoding.",
    "Compressed bodies (gzip, deflate, br) are not taken: send the body as it is, without "
    "Content-Encoding.",
)
_KINDS: Mapping[str, Message] = {
    "missing": Message("champ manquant", "missing field"),
    "extra_forbidden": Message("champ inconnu", "unknown field"),
    "json_invalid": Message("ce n'est pas du JSON", "this is not JSON"),
    "too_long": Message("trop long", "too long"),
    "string_too_long": Message("trop long", "too long"),
    "too_short": Message("trop court", "too short"),
    "string_too_short": Message("trop court", "too short"),
    "literal_error": Message("valeur qui n'est pas admise", "a value that is not allowed"),
    "string_pattern_mismatch": Message("forme non admise", "a form that is not allowed"),
    **dict.fromkeys(
        ("greater_than", "greater_than_equal", "less_than", "less_than_equal"),
        Message("nombre hors des bornes", "a number out of bounds"),
    ),
    **dict.fromkeys(
        ("int_parsing", "int_from_float", "float_parsing", "finite_number"),
        Message("nombre attendu", "a number is expected"),
    ),
}
"""The kinds of faults that pydantic names, as people call them."""
_TYPES: Mapping[str, Message] = {
    "string_type": Message("texte attendu", "a text is expected"),
    **dict.fromkeys(("list_type", "tuple_type"), Message("liste attendue", "a list is expected")),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"),
        Message("objet attendu", "an object is expected"),
    ),
    **dict.fromkeys(("int_type", "float_type"), Message("nombre attendu", "a number is expected")),
}
_WRONG_TYPE = Message("mauvais type", "wrong type")
_WRONG_VALUE = Message("valeur non valide", "invalid value")
_NO_BODY = Message("il est vide", "it is empty")
_WITHOUT_SUBMISSIONS = Message(
    'mettre l\'envoi dans « submissions » : {"submissions": [{"id": "1", "diagnoses": [...]}]}',
    'put the submission into "submissions": {"submissions": [{"id": "1", "diagnoses": [...]}]}',
)
_CHECK = "/v1/check"
MEDIA_TYPE = "application/problem+json"
_MOST_FAULTS = 20
_LONGEST_NAME = 60
_FIELD_NAME = re.compile(r"[a-z][A-Za-z0-9_]{0,39}")


class InvalidBody(InvalidRequest):
    """A body of the right form that asks what cannot be."""

    slug = "invalid_body"


class UnsupportedForm(ThesaurusError):
    """A body in a form that the route does not take, where the text says which one it takes."""

    slug = "unsupported_media_type"


class Unauthorized(ThesaurusError):
    """The request does not say who asks, or says it wrongly."""

    slug = "unauthorized"


class Forbidden(ThesaurusError):
    """Nobody may ask this here, or not this one."""

    slug = "forbidden"


class TooManyTries(ThesaurusError):
    """Keys that were refused, one after the other; ``retry_after`` is in seconds."""

    slug = "too_many_requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            f"Trop de clés refusées depuis cette adresse ; redemander dans {retry_after} s.",
            f"Too many keys were refused from this address; ask again in {retry_after} s.",
        )
        self.retry_after = retry_after


class Fault(BaseModel):
    """One parameter or field that is wrong."""

    path: str = Field(
        description="Name of the parameter, or way to the field: submissions/0/id; of a query "
        "the characters: q/7-10, counted from 0, end excluded."
    )
    message: str = Field(description="In English.")


class Problem(BaseModel):
    """An error (RFC 9457). ``code`` never changes; the texts may."""

    type: str = "about:blank"
    title: str
    status: int
    code: Code
    detail: str = Field(description="In French.")
    detail_en: str
    faults: list[Fault] = Field(
        default=[], description=f"At most {_MOST_FAULTS}; never the values that were sent."
    )
    nearest: list[str] = Field(default=[], description="For an unknown code: codes at one typo.")


_DESCRIPTIONS: Mapping[int, str] = {
    400: "A parameter is unknown or not of its form.",
    401: "The request bears no token or key, or a wrong one.",
    403: "This deployment does not open the route, or the account lacks the role.",
    404: "The code, release or classification does not exist.",
    409: "Somebody decided meanwhile, or the table is signed, or is not yet to be signed.",
    413: "The body is larger than this service takes.",
    415: "The body is of a form that the route does not take, or is compressed.",
    422: "The body is not of its form.",
    429: "Too many keys were refused from this address; see Retry-After.",
    500: "The service failed.",
    503: "No release is active yet, its search index is not ready, or the data base is away.",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses of some statuses, each a problem."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": _DESCRIPTIONS[status], "content": content} for status in statuses
    }


READING = documented(400, 404, 500, 503)
SENDING = documented(400, 404, 413, 415, 422, 500, 503)
WITH_KEY = documented(401, 403, 429)


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
        faults=list(faults[:_MOST_FAULTS]),
        nearest=list(nearest),
    )
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def status_of(error: ThesaurusError) -> int:
    """Return the HTTP status of one of our errors."""
    return _STATUS[error.slug]


def standard_problem(code: Code) -> JSONResponse:
    """Return a problem whose text does not depend on the request."""
    return problem(code, _TEXTS[code])


def compressed() -> JSONResponse:
    """Refuse a body that is compressed."""
    answer = problem("unsupported_media_type", _COMPRESSED)
    answer.headers["Accept-Encoding"] = "identity"
    return answer


def install(app: FastAPI) -> None:
    """Answer every error as a problem; what nobody foresaw is answered by ``Observe``."""
    app.add_exception_handler(ThesaurusError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


# Asynchronous although they wait for nothing: Starlette runs the others in a thread, which costs
# more than the whole answer.


async def _ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ThesaurusError)  # noqa: S101
    if isinstance(error, DatabaseUnavailable):  # names hosts and folders
        log.error("data base unavailable", why=error.message.en)
        return standard_problem("database_unavailable")
    nearest = error.nearest if isinstance(error, UnknownCode) else ()
    faults = [_fault_of_query(error)] if isinstance(error, InvalidQuery) else []
    answer = problem(error.slug, error.message, faults=faults, nearest=nearest)  # type: ignore[arg-type]
    if isinstance(error, IndexNotReady | IndexUnavailable | TooManyTries):
        answer.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthorized):
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _fault_of_query(error: InvalidQuery) -> Fault:
    return Fault(path=f"q/{error.place.start}-{error.place.end}", message=error.reason.en)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    errors = error.errors()
    faults = [_fault(each) for each in errors]
    if wrong := next((each for each in errors if each["loc"][0] == "body"), None):
        bare = _route(request) == _CHECK and _is_bare_submission(error.body)
        why = _WITHOUT_SUBMISSIONS if bare else _why(wrong)
        message = Message(
            f"Le corps de la requête n'est pas valide : {why.fr}.",
            f"The body is not valid: {why.en}.",
        )
        return problem("invalid_body", message, faults=faults)
    if unknown := [each for each in errors if each["type"] == "extra_forbidden"]:
        names = _names(_fault(each) for each in unknown)
        message = Message(f"Paramètre inconnu : {names}.", f"Unknown parameter: {names}.")
        return problem("unknown_parameter", message, faults=faults)
    names = _names(faults)
    message = Message(f"Paramètre non valide : {names}.", f"Invalid parameter: {names}.")
    return problem("invalid_parameter", message, faults=faults)


def _fault(error: Mapping[str, Any]) -> Fault:
    """Say where and why; never what was sent, which may be about a patient."""
    kind, (source, *place) = error["type"], error["loc"]
    if kind == "json_invalid":
        return Fault(path=source, message=f"{error['msg']}: {error['ctx']['error']}")
    if kind == "extra_forbidden" and source == "body" and not _FIELD_NAME.fullmatch(str(place[-1])):
        place = place[:-1]  # a name of another form may be a value, such as a patient's name
    shown = "/".join(str(part)[:_LONGEST_NAME] for part in place)
    return Fault(path=shown or source, message=str(error["msg"]))


def _why(error: Mapping[str, Any]) -> Message:
    """Say in both languages where a body is wrong and in which way; never what was sent."""
    kind, path = error["type"], _fault(error).path
    if kind == "missing" and path == "body":
        return _NO_BODY
    said = _KINDS.get(kind) or _of_type(kind)
    if path == "body":
        return said
    return Message(f"{path} : {said.fr}", f"{path}: {said.en}")


def _of_type(kind: str) -> Message:
    if expected := _TYPES.get(kind):
        fr, en = _WRONG_TYPE
        return Message(f"{fr} ({expected.fr})", f"{en} ({expected.en})")
    return _WRONG_TYPE if kind.endswith("_type") else _WRONG_VALUE


def _route(request: Request) -> str:
    return getattr(request.scope.get("route"), "path_format", "")


def _is_bare_submission(body: Any) -> bool:
    """Tell whether a body is what should stand in ``submissions``."""
    if isinstance(body, dict):
        return "submissions" not in body and not body.keys().isdisjoint(("diagnoses", "code"))
    return isinstance(body, list)


def _names(faults: Iterable[Fault]) -> str:
    return ", ".join(dict.fromkeys(fault.path for fault in faults))


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    answer = standard_problem(_CODE_OF_STATUS.get(error.status_code, "internal_error"))
    answer.headers.update(error.headers or {})
    return answer
