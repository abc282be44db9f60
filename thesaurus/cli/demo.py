"""``demo``: the service at work on the demonstration pack."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import typer

from loaders import Options
from thesaurus import releases
from thesaurus.cli.output import actor, err, register
from thesaurus.cli.serve import Host, Port, run
from thesaurus.store import Record, Register, State

_YEARS = ("2022", "2023")


def install(app: typer.Typer) -> None:
    app.command()(demo)


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
        f"\n  {address}/\n  {address}/docs\n  {address}/v1/suggest?q=marfn\n\n"
        "Ctrl+C pour arrêter / to stop\n"
    )
    run(host, port, 1)


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
