"""``evaluate``: how well and how fast names are found, beside other engines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

import loaders
from ontologies.dataset import Dataset
from ontologies.related import Related
from ontologies.release import Snapshot
from search.laboratory import KINDS, Bench, Linked, Older, Sets, make, read_sets, run, write_sets
from search.laboratory.rivals import RIVALS, rivals
from thesaurus.cli import figures
from thesaurus.cli.output import Json, Lang, ReleaseOption, err, opened, print_json
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.store import State
from thesaurus.systems import code_systems


def install(app: typer.Typer) -> None:
    app.command()(evaluate)


def evaluate(  # noqa: PLR0913, PLR0917  (its options)
    sets: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="Jeux de requêtes, JSON lines / query sets, instead of made ones.",
        ),
    ] = None,
    kinds: Annotated[str, typer.Option(help=f"Genres / kinds: {','.join(KINDS)}.")] = "",
    against: Annotated[
        str, typer.Option("--rivals", help=f"Moteurs rivaux / rivals: {','.join(RIVALS)}.")
    ] = "",
    count: Annotated[int, typer.Option(min=1, help="Requêtes par genre / queries a kind.")] = 500,
    rounds: Annotated[
        int, typer.Option(min=1, help="Passages, pour les durées / rounds, for the times.")
    ] = 1,
    seed: Annotated[int, typer.Option(help="Graine du tirage / seed of the draw.")] = 2023,
    release: ReleaseOption = None,
    older: Annotated[
        str | None,
        typer.Option(help="Version plus ancienne / older release; default: the one before."),
    ] = None,
    lang: Lang = "fr",
    write: Annotated[
        Path | None, typer.Option(help="Écrire les jeux dans ce dossier / write the sets here.")
    ] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            help="Fichiers, au lieu d'une version / files instead of a release.",
        ),
    ] = None,
    older_pack: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="Fichiers de l'année d'avant / files of the year before."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Mesurer la recherche. Measure how well and how fast names are found."""
    wanted = _listed(kinds, KINDS if not sets else None, "--kinds")
    others = rivals(_listed(against, RIVALS, "--rivals"))
    if pack and (release or older):
        raise typer.BadParameter("--pack ou --release, --older, pas les deux / not both.")
    source = _of_files(pack) if pack else _of_register(release, older)
    if older_pack:
        source = replace(source, older=loaders.load(older_pack)[0])
    made = _sets(source, sets, wanted, count, seed)
    if write:
        write_sets(made.sets, write)
    bench = Bench(source.snapshot, source.linked, others, lang, rounds)
    quiet = as_json or not err.is_terminal
    report = run(bench, made, _pass_over if quiet else _say)
    about = figures.About.of(source.snapshot, source.older, seed=seed, count=count, rounds=rounds)
    if as_json:
        print_json(figures.as_json(report, about))
    else:
        figures.show(report, about)
    if not report.rows:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is evaluated: a release, an older one, and the names of other terminologies."""

    snapshot: Snapshot
    older: Older = None
    linked: Linked = None


def _sets(
    source: _Source, paths: Sequence[Path] | None, kinds: Sequence[str], count: int, seed: int
) -> Sets:
    if paths:
        read = read_sets(paths, source.snapshot)
        return Sets(tuple(each for each in read if not kinds or each.kind in kinds))
    return make(
        source.snapshot,
        older=source.older,
        linked=source.linked,
        kinds=kinds or KINDS,
        count=count,
        seed=seed,
    )


def _of_files(paths: Sequence[Path]) -> _Source:
    """Read a year of the nomenclature, and the datasets among the files for their names."""
    loaded = [each.content for each in loaders.load_all(paths)]
    datasets = [each for each in loaded if isinstance(each, Dataset)]
    snapshot = next((each for each in loaded if isinstance(each, Snapshot)), None)
    if snapshot is None:
        snapshot = loaders.load(paths)[0]  # says that there is no nomenclature
    return _Source(snapshot, linked=_names(Related(datasets, code_systems(Settings().systems))))


def _of_register(release: str | None, older: str | None) -> _Source:
    with opened(release) as (data, runtime):
        before = older or _before(data.id, runtime)
        old = runtime.at(before).snapshot if before else None
        return _Source(data.snapshot, old, _names(data.related))


def _before(release: str, runtime: Runtime) -> str | None:
    """Return the release whose data come right before those of another one."""
    served = [each.id for each in runtime.records if each.state is not State.ARCHIVED]
    place = served.index(release)
    return served[place - 1] if place else None


def _names(related: Related) -> Linked:
    return related.linked_labels if related.datasets else None


def _listed(text: str, known: Collection[str] | None, option: str) -> list[str]:
    """Split ``a,b``; refuse a name that is not known, where all of them are."""
    names = [name for each in text.split(",") if (name := each.strip())]
    if known is not None and (unknown := [name for name in names if name not in known]):
        raise typer.BadParameter(f"{unknown[0]} : {', '.join(known)}", param_hint=option)
    return names


def _say(what: str) -> None:
    err.print(f"… {what}")


def _pass_over(_what: str) -> None:
    """Say nothing: nobody watches."""
