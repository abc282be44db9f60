"""``serve``."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import structlog
import typer
import uvicorn

from ontologies.errors import InvalidRequest
from thesaurus.cli.output import err, register
from thesaurus.settings import Settings

_GRACE_SECONDS = 10
_UVICORN_LOGS: dict[str, Any] = {  # one JSON object a line, as our own logs
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "foreign_pre_chain": [
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"uvicorn": {"handlers": ["stderr"], "propagate": False}},
}

Host = Annotated[str, typer.Option(help="Adresse d'écoute / address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port d'écoute / port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processus / worker processes.")]


def install(app: typer.Typer) -> None:
    app.command()(serve)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    sandbox: Annotated[
        bool,
        typer.Option(
            "--sandbox",
            help="La version en test répond à la place de l'active / the release in test answers "
            "instead of the active one.",
        ),
    ] = False,
) -> None:
    """Lancer le service. Serve the active release; a newly activated one is followed."""
    if sandbox:
        os.environ["THESAURUS_SANDBOX"] = "true"  # for the workers too
    with register() as known:
        if known.active() is None:
            err.print(
                "Aucune version active : le service attend « thesaurus load CHEMIN --activate ».\n"
                "No active release: the service waits for 'thesaurus load PATH --activate'."
            )
    run(host, port, workers)


def run(host: str, port: int, workers: int) -> None:
    level = Settings().log_level
    _refuse_taken(host, port)
    with ExitStack() as stack:
        if workers > 1:
            # Counters of several processes are summed through files in this folder.
            folder = stack.enter_context(TemporaryDirectory(prefix="thesaurus-metrics-"))
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        uvicorn.run(
            "thesaurus.app:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,  # it would write queries, which may name a patient
            server_header=False,
            log_config=_UVICORN_LOGS,
            log_level=level,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )


def _refuse_taken(host: str, port: int) -> None:
    """Say that a port is taken before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InvalidRequest(
                f"Impossible d'écouter sur {host}:{port} ({error.strerror}) ; choisir --port.",
                f"Cannot listen on {host}:{port} ({error.strerror}); choose another --port.",
            ) from None
