"""Put the service together."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool

from thesaurus import __version__
from thesaurus.api import ROUTES, openapi, problems
from thesaurus.api.context import NotModified, not_modified
from thesaurus.api.failed_tries import FailedTries
from thesaurus.api.middleware import BoundBody, HeadAsGet, Observe
from thesaurus.api.origins import AllowOrigins
from thesaurus.api.paths import BelowPath
from thesaurus.coding import Profiles
from thesaurus.comparison import Comparisons
from thesaurus.lookup.traces import Remembered
from thesaurus.runtime import Runtime
from thesaurus.searchable import searchable_of
from thesaurus.settings import Settings
from thesaurus.store import Accounts, Database, Register
from thesaurus.systems import code_systems
from thesaurus.transcoding.legacy.ways import AllWays
from thesaurus.usage import SearchLog
from thesaurus.web import PAGES, errors
from thesaurus.web.compression import PackPages

DESCRIPTION = """
Find, show, navigate and check rare-disease codes of the Orphanet nomenclature.

Every answer names the `release` it was given from. `release=2023` or `as_of=2023-05-01` ask another
one than the active one. Errors are RFC 9457 problems whose `code` never changes.

Data: Orphanet / Orphadata, © INSERM, CC BY 4.0; labels are cleaned: the load report of a release
(`/v1/releases/{release_id}/report`) says how.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the ASGI application; uvicorn calls it once in each worker."""
    settings = settings or Settings()
    configure_logs(settings.log_level)
    app = FastAPIOffline(  # its /docs needs no other host
        redoc_url=None,
        title="Thésaurus des maladies rares",
        summary="Rare-disease thesaurus and coding service",
        description=DESCRIPTION,
        version=__version__,
        # As they are: routes of included routers are searched anew, level by level, each request.
        routes=[*ROUTES, *PAGES],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=_lifespan,
        redirect_slashes=False,  # an address has one form; the others do not exist
    )
    app.state.settings = settings
    app.state.profiles = Profiles(settings.profiles)
    app.state.failed_tries = FailedTries()
    app.add_middleware(BoundBody, limit=settings.max_body_size)
    app.add_middleware(PackPages)
    app.add_middleware(AllowOrigins, origins=settings.origins)
    app.add_middleware(Observe, failed=errors.failed)
    app.add_middleware(HeadAsGet)
    if settings.root_path:
        app.add_middleware(BelowPath, root=settings.root_path)
    problems.install(app)
    errors.install(app)
    app.add_exception_handler(NotModified, not_modified)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def _document(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = openapi.document(app)
    return app.openapi_schema


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    database = Database(settings.database)
    await run_in_threadpool(database.upgrade)
    app.state.accounts = Accounts(database)
    runtime = Runtime(
        Register(database),
        keep=settings.open_releases,
        follow_seconds=settings.follow_seconds,
        systems=code_systems(settings.systems),
        sandbox=settings.sandbox,
    )
    await run_in_threadpool(runtime.start)
    app.state.runtime = runtime
    app.state.comparisons = Comparisons(runtime)
    app.state.remembered = remembered = Remembered(runtime)
    remembered.start()
    app.state.ways = AllWays(runtime, database)
    app.state.search_log = search_log = SearchLog(
        database,
        texts=settings.search_log,
        repeats=settings.search_log_repeats,
        seconds=settings.search_log_seconds,
    )
    if not settings.sandbox:  # trials must not order what coders find
        search_log.start()
    app.state.searchable = searchable = searchable_of(settings)
    searchable.start(runtime.current)
    yield
    await run_in_threadpool(searchable.stop)
    await run_in_threadpool(remembered.stop)
    if not settings.sandbox:
        await run_in_threadpool(search_log.stop)
    await run_in_threadpool(runtime.stop)
    database.dispose()


def configure_logs(level: str) -> None:
    """Log one JSON object a line on standard error, which leaves standard output to answers."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
