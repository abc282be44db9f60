"""``testkit``: samples for every rule, for those who connect their software."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from thesaurus.cli.output import ReleaseOption, opened, out
from thesaurus.coding import Checker, Profiles
from thesaurus.coding.testkit import MANIFEST, kit
from thesaurus.settings import Settings


def install(app: typer.Typer) -> None:
    app.command("testkit")(write_kit)


def write_kit(
    folder: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Dossier à créer / folder to be made.")
    ],
    release: ReleaseOption = None,
) -> None:
    """Écrire des exemples pour chaque règle. Write samples for every rule, and what is found.

    JSON and clinical documents (CDA), each faulty and put right, with the findings that the service
    answers.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise typer.BadParameter(
            f"{folder} existe et n'est pas un dossier vide / exists and is no empty folder.",
            param_hint="DOSSIER",
        )
    with opened(release) as (current, runtime):
        presence = runtime.presence()
        before = presence.before(current.record)
        profiles = Profiles(Settings().profiles)

        def checker_for(profile: str, older: bool) -> Checker | None:
            if older and before is None:
                return None
            asked = runtime.at(before.id) if older and before else current
            return Checker(asked, presence, profiles[profile])

        files = list(kit(checker_for))
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    manifest = json.loads(files[-1].data)
    rules = {each["rule"] for each in manifest["samples"] if each["kind"] == "faulty"}
    out.print(
        f"{len(manifest['samples'])} exemples de {len(rules)} règles dans {folder} "
        f"({MANIFEST} les décrit) / samples of {len(rules)} rules, described by {MANIFEST}."
    )
    for each in manifest["without_sample"]:
        out.print(f"{each['rule']} : sans exemple, il manque / no sample, needs {each['needs']}")
