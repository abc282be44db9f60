"""The demonstration pack of the wheel: well-known entities, typed by hand, of two years.

`python -m tests.packs.demonstration` writes it anew below `thesaurus/demonstration`.
The facts are Orphanet's (INSERM, CC BY 4.0); the selection and the shortened trees are ours.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.packs.demonstration.changes import EDGES_ADDED, EDGES_REMOVED, NEW, REVISED, VANISHED
from tests.packs.demonstration.classifications import EDGES_OF_2022, SPECIALTIES, planted
from tests.packs.demonstration.disorders import (
    BLOOD_TUMOURS_AND_IMMUNITY,
    HEART_AND_LUNG,
    METABOLISM,
    SKIN_AND_BONE,
)
from tests.packs.demonstration.groups import GROUPS
from tests.packs.demonstration.inactive import INACTIVE
from tests.packs.demonstration.neurology import NEUROLOGY
from tests.packs.demonstration.related import related_products, related_tables
from tests.packs.demonstration.subtypes import SUBTYPES
from tests.packs.model import Classification, Entity, Pack
from tests.packs.writer import Form, pack_files, pack_folder

FOLDER: Final = Path(__file__).parents[3] / "thesaurus" / "demonstration"

LANGUAGES: Final = ("fr", "en")

_ENTITIES_OF_2022: Final = (
    *GROUPS,
    *METABOLISM,
    *HEART_AND_LUNG,
    *SKIN_AND_BONE,
    *BLOOD_TUMOURS_AND_IMMUNITY,
    *NEUROLOGY,
    *SUBTYPES,
    *INACTIVE,
)


def _entities_of_2023() -> Iterator[Entity]:
    revised = {entity.code: entity for entity in REVISED}
    for entity in _ENTITIES_OF_2022:
        if entity.code not in VANISHED:
            yield revised.get(entity.code, entity)
    yield from NEW


def _classifications_of_2023() -> Iterator[Classification]:
    for specialty in SPECIALTIES:
        removed = EDGES_REMOVED.get(specialty.id, frozenset())
        kept = [edge for edge in EDGES_OF_2022[specialty.id] if edge not in removed]
        yield planted(specialty, [*kept, *EDGES_ADDED.get(specialty.id, ())])


DEMONSTRATION_2022: Final = Pack(
    "2022-06-14",
    _ENTITIES_OF_2022,
    tuple(planted(each, EDGES_OF_2022[each.id]) for each in SPECIALTIES),
    "1.3.16 / 4.1.7 [2022-01-26] (orientdb version)",
)

DEMONSTRATION_2023: Final = Pack(
    "2023-06-21", tuple(_entities_of_2023()), tuple(_classifications_of_2023())
)


def demonstration_files() -> Iterator[tuple[Path, bytes]]:
    """Every XML file of the demonstration: its path below `FOLDER` and its bytes."""
    years = ((DEMONSTRATION_2022, Form(year_in_names=False)), (DEMONSTRATION_2023, Form()))
    for pack, form in years:
        for lang in LANGUAGES:
            for name, content in pack_files(pack, lang, form=form):
                yield Path(pack.year, pack_folder(lang), name), content
    yield from related_products(DEMONSTRATION_2023)


def demonstration_tables() -> Iterator[tuple[Path, bytes]]:
    """Every text file of the demonstration: its path below `FOLDER` and its bytes."""
    yield from related_tables(DEMONSTRATION_2023)
