"""Write a pack as Orphanet publishes it: same names, elements, order, attributes, indentation.

The bytes depend on the pack and the form alone, so a test may break a pack by editing them.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.packs.classification import classification_xml
from tests.packs.markup import OFFICIAL, Form
from tests.packs.model import Pack
from tests.packs.nomenclature import nomenclature_xml

__all__ = [
    "OFFICIAL",
    "Form",
    "classification_xml",
    "nomenclature_xml",
    "pack_files",
    "pack_folder",
    "write_pack",
    "zip_pack",
]

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def pack_files(pack: Pack, lang: str, *, form: Form = OFFICIAL) -> Iterator[tuple[str, bytes]]:
    """Every file of the pack in one language: its path below the pack's folder, its bytes."""
    ending = f"{lang}_{pack.year}.xml" if form.year_in_names else f"{lang}.xml"
    yield f"ORPHAnomenclature_{ending}", nomenclature_xml(pack, lang, form=form)
    for each in pack.classifications:
        name = f"Classifications/ORPHAclassification_{each.id}_{each.slug}_{ending}"
        yield name, classification_xml(pack, each, lang, form=form)


def pack_folder(lang: str) -> str:
    """The name of the folder that holds a pack, for example `Orphanet_Nomenclature_Pack_FR`."""
    return f"Orphanet_Nomenclature_Pack_{lang.upper()}"


def write_pack(folder: Path, pack: Pack, lang: str, *, form: Form = OFFICIAL) -> Path:
    """Write the pack's folder below `folder`; returns the pack's folder."""
    target = folder / pack_folder(lang)
    for name, content in pack_files(pack, lang, form=form):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return target


def zip_pack(path: Path, pack: Pack, lang: str, *, form: Form = OFFICIAL) -> Path:
    """Write the pack as the zip that Orphanet offers; the same pack gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pack_files(pack, lang, form=form):
            entry = zipfile.ZipInfo(f"{pack_folder(lang)}/{name}", _ZIP_TIME)
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return path
