"""``/check``: are the codes of a list or a file fit to be sent? Findings on a page, or as a file.

Nothing of what is sent is stored or logged, and no address ever holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from ontologies.errors import InvalidRequest, Message
from thesaurus.api.check_file import FileQuery, answer_of_file
from thesaurus.api.checking import checker_for
from thesaurus.coding import Profiles
from thesaurus.coding.profiles import Profile
from thesaurus.coding.suggestions import MAX_SEARCHES_OF_A_FILE
from thesaurus.coding.table import UnreadableTable, open_table
from thesaurus.coding.table.headings import FRENCH
from thesaurus.runtime import Open
from thesaurus.settings import Settings
from thesaurus.web.check_findings import MOST, Outcome, outcome_of
from thesaurus.web.check_form import LONGEST_TEXT, Choices, Sent, Unfit, sent
from thesaurus.web.page import HEADERS, ReleasePageQuery, open_page, page
from thesaurus.web.texts import CATALOGUE, say

router = APIRouter(include_in_schema=False)

_REFUSED = 422
_NOTHING = Sent(Choices(), "", None)


@router.get("/check")
async def get_check_page(
    request: Request, response: Response, query: Annotated[ReleasePageQuery, Query()]
) -> HTMLResponse:
    """The form: paste a list, or choose a file."""
    titles = [f"{each.name} {each.title}" for each in _profiles(request)]
    release = await open_page(request, response, query, *titles)
    return _page(request, response, query, release, _NOTHING)


@router.post("/check")
async def check(
    request: Request, response: Response, query: Annotated[ReleasePageQuery, Query()]
) -> Response:
    """The findings below the form, or the report; what cannot be read is said beside the form."""
    response.headers["Cache-Control"] = "no-store"
    release = await open_page(request, response, query)
    form = _NOTHING
    with ExitStack() as opened:
        try:
            form = await sent(request)
            opened.callback(form.close)
            answer = await run_in_threadpool(_answer, request, response, query, release, form)
        except Unfit as error:
            response.status_code = error.status
            problem = say(f"check.{error.reason}", query.lang, size=LONGEST_TEXT // 1000)
        except (UnreadableTable, InvalidRequest) as error:
            response.status_code = _REFUSED
            problem = _in(query.lang, error.message)
        else:
            opened.pop_all()  # the file is read as the report is sent
            return answer
    return _page(request, response, query, release, form, problem=problem)


def _answer(
    request: Request, response: Response, query: ReleasePageQuery, release: Open, form: Sent
) -> Response:
    file, options = form.file()
    if form.choices.format != "page":
        asked = FileQuery(profile=form.choices.profile, format=form.choices.format)
        answer = answer_of_file(request, file, asked, release, options)
        answer.headers.update(HEADERS)
        return answer
    checker = checker_for(request, release, form.choices.profile, searches=MAX_SEARCHES_OF_A_FILE)
    with closing(file), open_table(file, release.snapshot.__contains__, options) as table:
        outcome = outcome_of(table, checker)
    return _page(request, response, query, release, form, outcome=outcome)


def _page(
    request: Request,
    response: Response,
    query: ReleasePageQuery,
    release: Open,
    form: Sent,
    *,
    outcome: Outcome | None = None,
    problem: str | None = None,
) -> HTMLResponse:
    settings: Settings = request.app.state.settings
    return page(
        request,
        response,
        "check.html",
        query,
        release=release,
        profiles=[(each, _purpose(each, query.lang)) for each in _profiles(request)],
        form=form,
        outcome=outcome,
        problem=problem,
        most=MOST,
        largest_file=settings.max_check_file_size,
        longest_text=LONGEST_TEXT,
        field_name=lambda key: FRENCH[key] if query.lang == "fr" else key.replace("_", " "),
    )


def _profiles(request: Request) -> Iterator[Profile]:
    profiles: Profiles = request.app.state.profiles
    return iter(profiles.values())


def _purpose(profile: Profile, lang: str) -> str:
    """Say what a profile is for; of one of the deployment's own, its title alone is known."""
    title, key = _in(lang, profile.title), f"check.for_{profile.name}"
    return f"{title} – {say(key, lang)}" if key in CATALOGUE else title


def _in(lang: str, message: Message) -> str:
    return message.fr if lang == "fr" else message.en
