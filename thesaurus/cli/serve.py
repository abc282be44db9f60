"""``serve`` and ``demo``."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from importlib.resources import as_file, files
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
import uvicorn

from loaders import Options
from ontologies.errors import InvalidRequest
from thesaurus import releases
from thesaurus.cli.output import actor, err, register
from thesaurus.settings import Settings
from thesaurus.store import Register

_YEARS = ("2022", "2023")

Host = Annotated[str, typer.Option(help="Adresse d'écoute / address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
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
    """Charger le pack de démonstration si rien ne l'est, puis servir. Load the demonstration
    pack where nothing is loaded, then serve.
    """
    with register() as known:
        if not known.records():
            load_demonstration(known)
        active = known.active()
    err.print(f"Version active / active release: {active.id if active else '-'}")
    address = f"http://{host}:{port}"
    err.print(
        f"\n  {address}/docs\n  {address}/v1/suggest?q=marfn\n  {address}/v1/concepts/ORPHA:558\n\n"
        "Ctrl+C pour arrêter / to stop\n"
    )
    _run(host, port, 1)


def load_demonstration(known: Register) -> None:
    """Register the two years of the demonstration pack and activate the second one.

    Their ids start with ``demo-``, so that the real releases of these years keep theirs.
    """
    with as_file(files("thesaurus").joinpath("demonstration")) as folder:
        for year in _YEARS:
            loaded = releases.load(
                known,
                [folder / year],
                actor=actor(),
                options=Options(release=f"{releases.DEMONSTRATION}{year}"),
            )
            err.print(f"Démonstration / demonstration: {loaded.record.id}")
            releases.activate(known, loaded.record.id, actor=actor(), reason="demo")


def _run(host: str, port: int, workers: int) -> None:
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
            log_level=Settings().log_level,
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
