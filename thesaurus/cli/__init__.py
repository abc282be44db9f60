"""The commands: ``thesaurus --help``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
import typer.main

from thesaurus.cli.output import Commands

_ROOMS = {
    "demo": ["demo"],
    "serve": ["serve"],
    "load": ["load"],
    "releases": ["releases", "activate", "rollback", "state", "remove"],
    "overlap": ["overlap"],
    "history": ["history"],
    "diff": ["diff"],
    "transcoding": ["transcoding"],
    "legacy": ["legacy"],
    "ask": ["suggest"],
    "check": ["check"],
    "search": ["search"],
    "show": ["show", "translate", "specify"],
    "export": ["export"],
    "testkit": ["testkit"],
    "download": ["download"],
    "evaluate": ["evaluate"],
    "usage": ["usage"],
    "perimeter": ["perimeter"],
    "account": ["account"],
    "count": ["count"],
    "recode": ["recode"],
    "codes_to_count": ["redirect", "aggregate"],
}
"""The module of each command; one is imported when its command is named, as all of them together
take a tenth of the time in which a service starts."""

_ROOM_OF = {command: room for room, commands in _ROOMS.items() for command in commands}


class Rooms(Mapping[str, Any]):
    """The commands by name."""

    def __getitem__(self, command: str) -> Any:
        name = _ROOM_OF[command]
        return self._installed(name)[command]

    def get(self, command: str, default: Any = None) -> Any:
        """As of any mapping; a KeyError of what is imported is not taken for an unknown command."""
        return self[command] if command in _ROOM_OF else default

    @staticmethod
    def _installed(name: str) -> Mapping[str, Any]:
        room = import_module(f"{__name__}.{name}")
        installed = typer.Typer(rich_markup_mode=None)
        room.install(installed)
        return typer.main.get_group(installed).commands

    def __iter__(self) -> Iterator[str]:
        return iter(_ROOM_OF)

    def __len__(self) -> int:
        return len(_ROOM_OF)


class _App(Commands):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"commands": Rooms()})


app = typer.Typer(
    name="thesaurus",
    cls=_App,
    help="Thésaurus et codage des maladies rares (Orphanet). Rare-disease thesaurus and coding.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _main() -> None:
    """Typer wants to know that there are commands."""
