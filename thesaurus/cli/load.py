"""``load``: files into the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

import loaders
from loaders import Limits, Options
from loaders.archive import measure
from ontologies.differences import differences
from ontologies.errors import Conflict, DamagedRelease
from ontologies.release import ORPHANET
from thesaurus import releases
from thesaurus.cli.output import Json, actor, err, out, print_json, register
from thesaurus.cli.overlap import Reason, usual_window
from thesaurus.cli.releases import say_active
from thesaurus.cli.report import conclusion, print_report
from thesaurus.patches import patch_of
from thesaurus.settings import Settings
from thesaurus.store import Record, Register, State
from thesaurus.systems import code_systems


def install(app: typer.Typer) -> None:
    app.command()(load)


def load(
    paths: Annotated[
        list[Path], typer.Argument(help="Zips, dossiers, fichiers / zips, folders, files.")
    ],
    activate: Annotated[
        bool, typer.Option("--activate", help="L'activer ensuite / activate it then.")
    ] = False,
    release: Annotated[
        str | None, typer.Option(help="Identifiant, au lieu de l'année / id instead of the year.")
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Accepter les nombres annoncés faux et, avec --activate, les contrôles échoués / "
            "accept wrong declared counts and, with --activate, failed checks.",
        ),
    ] = False,
    max_unknown: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Part tolérée de codes inconnus / accepted share of unknown codes."
        ),
    ] = Options().max_unknown,
    system: Annotated[
        str | None,
        typer.Option(
            help="Nom d'une autre terminologie ou table / name of another terminology or table."
        ),
    ] = None,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Charger Orphanet, HPO, Mondo, CIM-10, gènes... Load packs, folders or files: a year of the
    nomenclature and the datasets beside it.
    """
    settings = Settings()
    options = Options(
        release=release,
        force=force,
        max_unknown=max_unknown,
        dataset=system,
        systems=code_systems(settings.systems),
    )
    largest = settings.max_file_size
    limits = Limits(file=largest, total=5 * largest)
    with register() as known:
        with _progress(paths, quiet=as_json) as progress:
            loaded = releases.load_all(
                known,
                paths,
                actor=actor(),
                options=options,
                limits=limits,
                progress=progress,
                reason=reason,
            )
        # Before a word is printed: whoever reads may have gone ("| head").
        outcome = [
            _activated(known.of(each.record.release.system), each, reason=reason, force=force)
            if activate
            else _Outcome(each, each.record.state)
            for each in _in_order(loaded)
        ]
        patches = {each.record.id: patch for each in loaded if (patch := _Patch.of(known, each))}
        if not as_json:
            _report_all(loaded, activate=activate, force=force)
            for patch in patches.values():
                patch.say()
    _answer_loaded(outcome, patches, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a release that was loaded; ``refused`` says why it is not active."""

    loaded: releases.Loaded
    state: State
    refused: Conflict | None = None
    replaced: Record | None = None


@dataclass(frozen=True, slots=True)
class _Patch:
    """A release of the nomenclature that corrects another one, and how much it changes of it."""

    release: str
    corrects: str
    counts: Mapping[str, int]

    @classmethod
    def of(cls, known: Register, loaded: releases.Loaded) -> _Patch | None:
        record = loaded.record
        corrects = patch_of(record, known.records()) if record.release.system == ORPHANET else None
        if corrects is None or loaded.already:
            return None
        try:
            before, after = known.snapshot(corrects), known.snapshot(record.id)
        except DamagedRelease:  # of the one that it corrects: the load went well all the same
            return None
        return cls(record.id, corrects, differences(before, after).counts)

    def say(self) -> None:
        from thesaurus.comparison.wording import COUNTS  # its room takes time to import

        out.print(f"\n{self.release} corrige / corrects {self.corrects}")
        changed = {name: count for name, count in self.counts.items() if count}
        for name, count in changed.items():
            out.print(f"  {count:>6}  {COUNTS.get(name, name)}")
        if not changed:
            out.print("  aucune différence / no difference")
        out.print(f"  thesaurus diff {self.corrects} {self.release}")


def _in_order(loaded: tuple[releases.Loaded, ...]) -> list[releases.Loaded]:
    """The oldest data first, so that of two versions of a dataset the later one stays active."""
    return sorted(loaded, key=lambda each: each.record.release.date)


def _activated(
    known: Register, loaded: releases.Loaded, *, reason: str | None, force: bool
) -> _Outcome:
    """Activate one release; one whose checks failed does not keep the others from it."""
    record = loaded.record
    if record.state is State.ACTIVE:
        return _Outcome(loaded, record.state)
    replaced = known.active()
    window = usual_window(known.system)
    try:
        record = releases.activate(
            known,
            record.id,
            actor=actor(),
            reason=reason,
            force=force,
            accepted_until=window,
            signed=Settings().signed_transcoding,
        )
    except Conflict as refused:
        return _Outcome(loaded, record.state, refused=refused)
    left = known.record(replaced.id) if replaced else None
    return _Outcome(loaded, record.state, replaced=left)


def _report_all(loaded: tuple[releases.Loaded, ...], *, activate: bool, force: bool) -> None:
    for number, each in enumerate(loaded):
        if number:
            out.print()
        print_report(each)
        activates = activate and (force or not each.report.failed)
        for line in conclusion(each, activates=activates):
            out.print(line)


def _answer_loaded(
    outcome: list[_Outcome], patches: Mapping[str, _Patch], *, as_json: bool
) -> None:
    if as_json:
        answers = [_as_json(each, patches.get(each.loaded.record.id)) for each in outcome]
        print_json(answers[0] if len(answers) == 1 else {"releases": answers})
    else:
        for each in outcome:
            if each.state is State.ACTIVE and each.loaded.record.state is not State.ACTIVE:
                say_active(each.loaded.record, each.replaced)
                _warn_of_loss(each)
    if refused := next((each.refused for each in outcome if each.refused), None):
        raise refused


def _warn_of_loss(outcome: _Outcome) -> None:
    """Say when an older or a much smaller release has taken the place of another one."""
    now, before = outcome.loaded.record, outcome.replaced
    if before is None:
        return
    older = now.release.date < before.release.date
    sizes = [sum(each.release.counts.values()) for each in (now, before)]
    if older or 2 * sizes[0] < sizes[1]:
        system = now.release.system
        back = "thesaurus rollback" + ("" if system == ORPHANET else f" --system {system}")
        err.print(
            f"Attention : {now.id} est plus ancienne ou bien plus petite que {before.id} ; pour "
            f"revenir : {back}\nWarning: {now.id} is older or much smaller than {before.id}; to go "
            f"back: {back}",
            style="yellow",
        )


def _as_json(outcome: _Outcome, patch: _Patch | None) -> dict[str, Any]:
    record = outcome.loaded.record
    corrected = {"patch_of": patch.corrects, "changed": patch.counts} if patch else {}
    return {
        "already_loaded": outcome.loaded.already,
        "state": outcome.state,
        "release": record.id,
        "digest": record.release.digest,
        **corrected,
        **outcome.loaded.report.as_json(),
    }


@contextmanager
def _progress(paths: list[Path], *, quiet: bool) -> Iterator[loaders.Progress | None]:
    """Show a bar while files are read, where somebody watches."""
    if quiet or not err.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Lecture / reading", total=measure(paths) or None)

        def advance(name: str, size: int) -> None:
            bar.update(task, advance=size, description=name.rpartition("/")[2][:60])

        yield advance
