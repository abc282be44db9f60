"""Small releases for tests of the service: built packs, loaded as a user loads them."""

from __future__ import annotations

from pathlib import Path

from loaders import Options
from tests.packs import displays
from tests.packs.model import Classification, Entity, Pack, tree
from tests.packs.writer import write_pack
from thesaurus import releases
from thesaurus.store import Record, Register


def small_pack(
    day: str = "2023-06-21", codes: tuple[str, ...] = ("58", "558"), label: str = "Maladie"
) -> Pack:
    """A pack of one classification: a head (1) and a few disorders below it."""
    head = Entity(
        "1",
        {"fr": f"Tête {label}"},
        flag=displays.HEAD_OF_CLASSIFICATION,
        type_id=displays.CATEGORY,
        level_id=displays.GROUP,
    )
    entities = (head, *(Entity(code, {"fr": f"{label} {code}"}) for code in codes))
    edges = [("1", code) for code in codes]
    classification = Classification("146", "156265", {"fr": "Classification"}, (tree("1", edges),))
    return Pack(day, entities, (classification,))


def load_pack(
    register: Register,
    folder: Path,
    pack: Pack,
    *,
    lang: str = "fr",
    release: str | None = None,
    activate: bool = False,
) -> Record:
    """Write a pack and load it; with ``activate``, serve it."""
    written = write_pack(folder, pack, lang)
    options = Options(release=release)
    record = releases.load(register, [written], actor="test", options=options).record
    if activate:
        record = releases.activate(register, record.id, actor="test")
    return record
