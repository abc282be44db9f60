"""The two demonstration releases, opened with the datasets beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

from thesaurus.opening import Open
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register


def opened(loaded: Path, copied: Path) -> dict[str, Open]:
    """Open the releases of a loaded data folder in a copy of it."""
    home = copied / "home"
    shutil.copytree(loaded, home)
    database = Database(Settings(home=home).database)
    runtime = Runtime(Register(database))
    runtime.refresh()
    found = {name: runtime.at(name) for name in ("demo-2022", "demo-2023")}
    database.dispose()
    return found
