"""``serve`` and ``demo``."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import structlog
import typer
import uvicorn

from loaders import Options
from ontologies.errors import InvalidRequest
from thesaurus import releases
from thesaurus.cli.output import actor, err, register
from thesaurus.settings import Settings
from thesaurus.store import Record, Register, State

_YEARS = ("2022", "2023")
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
    app.command()(demo)
    app.command()(serve)


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """Lancer le service. Serve the active release; a newly activated one is followed."""
    with register() as known:
        if known.active() is None:
            err.print(
                "Aucune version active : le service attend « thesaurus load CHEMIN --activate ».\n"
                "No active release: the service waits for 'thesaurus load PATH --activate'."
            )
    _run(host, port, workers)


def demo(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Servir le pack de démonstration, chargé au besoin. Serve the demonstration pack, loaded
    where it is missing; real data that are active are served instead.
    """
    with register() as known:
        active = known.active()
        if active and not releases.is_demonstration(active):
            err.print(
                "Des données réelles sont actives : elles sont servies, sans démonstration.\n"
                "Real data are active: they are served, without the demonstration."
            )
        else:
            load_demonstration(known)
            active = known.active()
    err.print(f"Version active / active release: {active.id if active else '-'}")
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    err.print(
        f"\n  {address}/docs\n  {address}/v1/suggest?q=marfn\n  {address}/v1/concepts/ORPHA:558\n\n"
        "Ctrl+C pour arrêter / to stop\n"
    )
    _run(host, port, 1)


def load_demonstration(known: Register) -> None:
    """Register the years of the demonstration pack that are missing; activate them in turn.

    What an interruption left undone is done; what a user did since (a roll-back) stays. Their ids
    start with ``demo-``, so that the real releases of these years keep theirs.
    """
    there = {record.id: record for record in known.records()}
    with as_file(files("thesaurus").joinpath("demonstration")) as folder:
        for year in _YEARS:
            version = f"{releases.DEMONSTRATION}{year}"
            record = there.get(version) or _load_year(known, folder / year, version)
            if record.state is State.CHECKED and not _was_active(record):
                releases.activate(known, record.id, actor=actor(), reason="demo")
        _load_beside(known, folder / "related")
    if known.active() is None:
        releases.activate(known, version, actor=actor(), reason="demo")


def _load_beside(known: Register, folder: Path) -> None:
    """Register the datasets of the demonstration; activate those that nothing stands in place of.

    Reading them takes seconds, so it is done once.
    """
    files = sorted(folder.iterdir())
    there = [record for record in known.everything() if releases.is_demonstration(record)]
    if len(there) >= len(_YEARS) + len(files):
        return
    options = Options(release=f"{releases.DEMONSTRATION}{_YEARS[-1]}")
    for file in files:
        record = releases.load(known, [file], actor=actor(), options=options).record
        own = known.of(record.release.system)
        if own.active() is None and not _was_active(record):
            releases.activate(own, record.id, actor=actor(), reason="demo")


def _load_year(known: Register, folder: Path, version: str) -> Record:
    options = Options(release=version)
    record = releases.load(known, [folder], actor=actor(), options=options).record
    err.print(f"Démonstration / demonstration: {record.id}")
    return record


def _was_active(record: Record) -> bool:
    return any(event.to_state is State.ACTIVE for event in record.history)


def _run(host: str, port: int, workers: int) -> None:
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
