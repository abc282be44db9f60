"""Errors as pages, for those who read: the same problem as JSON says, with a way on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.types import Scope

from ontologies.errors import ThesaurusError
from thesaurus.api.paths import is_for_programs
from thesaurus.api.problems import Problem, standard_problem
from thesaurus.web.page import HEADERS, PageQuery, page
from thesaurus.web.texts import say

_Handler = Callable[[Request, Any], Response | Awaitable[Response]]

_KINDS = {
    "unknown_code": "unknown_code",
    "index_not_ready": "not_ready",
    "no_active_release": "not_ready",
}
_KINDS_OF_STATUS = {
    400: "wrong_question",
    422: "wrong_question",
    403: "refused",
    404: "not_found",
    413: "too_large",
}
_KEPT = ("retry-after", "allow")
_FAILED = (
    '<!doctype html><html lang="fr"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>500</title>'
    f"<h1>{say('errors.failed', 'fr')}</h1><p>{say('errors.in_log', 'fr')}</p>"
    f'<p lang="en">{say("errors.failed", "en")}. {say("errors.in_log", "en")}</p></html>'
)


def install(app: FastAPI) -> None:
    """Answer the errors of pages as pages; after ``problems.install``, whose words they use."""
    for kind in (ThesaurusError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, partial(_answer, app.exception_handlers[kind]))


def failed(scope: Scope) -> Response:
    """Answer where the service itself failed: of a page without its layout, which may be why."""
    if _is_read_by_a_person(Request(scope)):
        return HTMLResponse(_FAILED, 500, {**HEADERS, "Cache-Control": "no-store"})
    return standard_problem("internal_error")


async def _answer(as_problem: _Handler, request: Request, error: Exception) -> Response:
    answer = as_problem(request, error)
    if not isinstance(answer, Response):
        answer = await answer
    if not _is_read_by_a_person(request):
        return answer
    problem = Problem.model_validate_json(bytes(answer.body))
    kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
    start = Response(status_code=problem.status, headers={**kept, "Cache-Control": "no-store"})
    del start.headers["content-length"]
    english = request.query_params.get("lang") == "en"
    query = PageQuery(lang="en" if english else "fr")
    return page(request, start, "error.html", query, problem=problem, kind=_kind(problem))


def _is_read_by_a_person(request: Request) -> bool:
    """A browser that opens an address asks for HTML; programs and modules do not."""
    wanted = request.headers.get("accept", "")
    return "text/html" in wanted and not is_for_programs(request.scope)


def _kind(problem: Problem) -> str:
    return _KINDS.get(problem.code) or _KINDS_OF_STATUS.get(problem.status, "failed")
