"""A small pack to load and to break: one entity of every status, level and kind of link."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pytest

import loaders
from loaders import Limits, LoadReport, Options
from loaders.messages import REFUSALS
from loaders.report import Finding
from ontologies.errors import Refused
from ontologies.release import Snapshot
from tests.packs.displays import (
    CATEGORY,
    CLINICAL_GROUP,
    CLINICAL_SUBTYPE,
    DEPRECATED,
    GROUP,
    HISTORIC,
    NON_RARE_IN_EUROPE,
    OBSOLETE,
    SUBTYPE,
)
from tests.packs.model import Classification, Entity, Pack, moved_to, referred_to, tree
from tests.packs.writer import OFFICIAL, Form, classification_xml, nomenclature_xml

MARFAN: Final = "Syndrome de Marfan"

HEART: Final = Classification(
    "146",
    "156265",
    {"fr": "Cardiopathies rares", "en": "Rare cardiac diseases"},
    (tree("1", [("1", "2"), ("1", "558"), ("2", "558"), ("2", "40"), ("558", "99")]),),
    "rare_cardiac_diseases",
)
GENES: Final = Classification(
    "156",
    "156610",
    {"fr": "Maladies génétiques rares", "en": "Rare genetic diseases"},
    (tree("3", [("3", "558"), ("558", "99")]),),
    "rare_genetic_diseases",
)

PACK: Final = Pack(
    entities=(
        Entity(
            "558",
            {"fr": "Syndrome de Marfan", "en": "Marfan syndrome"},
            {"fr": ("MFS", "Maladie de Marfan"), "en": ("MFS",)},
        ),
        Entity(
            "99",
            {"fr": "Marfan type 1", "en": "Marfan type 1"},
            type_id=CLINICAL_SUBTYPE,
            level_id=SUBTYPE,
            aggregation="558",
        ),
        Entity("40", {"fr": "Cœur de verre", "en": "Glass heart"}, flag=HISTORIC),
        Entity(
            "1",
            {"fr": "Cardiopathie rare", "en": "Rare heart disease"},
            type_id=CATEGORY,
            level_id=GROUP,
            definitions={"en": "A <i>group</i> of disorders."},
        ),
        Entity(
            "2",
            {"fr": "Aortopathie", "en": "Aortopathy"},
            type_id=CLINICAL_GROUP,
            level_id=GROUP,
        ),
        Entity(
            "3",
            {"fr": "Maladie génétique", "en": "Genetic disease"},
            type_id=CATEGORY,
            level_id=GROUP,
        ),
        Entity(
            "8",
            {"fr": "Arachnodactylie", "en": "Arachnodactyly"},
            flag=DEPRECATED,
            redirection=moved_to("558"),
        ),
        Entity(
            "9",
            {"fr": "OBSOLETE : Dolichosténomélie", "en": "OBSOLETE: Dolichostenomelia"},
            flag=OBSOLETE,
            redirection=referred_to("558"),
        ),
        Entity(
            "7",
            {"fr": "NON RARE EN EUROPE : Diabète", "en": "NON RARE IN EUROPE: Diabetes"},
            flag=NON_RARE_IN_EUROPE,
        ),
    ),
    classifications=(HEART, GENES),
)


def nomenclature(lang: str = "fr", *changes: tuple[str, str], form: Form = OFFICIAL) -> bytes:
    """The nomenclature file with some passages replaced; each must be there, the first one goes."""
    return changed(nomenclature_xml(PACK, lang, form=form), form.encoding, *changes)


def classification(lang: str = "fr", *changes: tuple[str, str], form: Form = OFFICIAL) -> bytes:
    """The file of the first classification, changed likewise."""
    return changed(classification_xml(PACK, HEART, lang, form=form), form.encoding, *changes)


def changed(data: bytes, encoding: str, *changes: tuple[str, str]) -> bytes:
    text = data.decode(encoding)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode(encoding)


def entity(code: str, data: bytes | None = None) -> str:
    """The text of one <Disorder> of the nomenclature, to be replaced by another."""
    text = (data or nomenclature()).decode("ISO-8859-1")
    start = text.index(f'    <Disorder id="9{code}">')
    return text[start : text.index("    </Disorder>\n", start) + len("    </Disorder>\n")]


def line_of(data: bytes, passage: str) -> int:
    """The line on which a passage first stands, from 1."""
    return data[: data.index(passage.encode("ISO-8859-1"))].count(b"\n") + 1


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def load_bytes(
    folder: Path, *files: bytes, options: Options = Options()
) -> tuple[Snapshot, LoadReport]:
    """Load files given one by one, called 0.xml, 1.xml ..."""
    paths = [write(folder / f"{number}.xml", data) for number, data in enumerate(files)]
    return loaders.load(paths, options)


def same(one: Snapshot, other: Snapshot) -> bool:
    """Equal to the byte once stored: order counts."""
    return (
        list(one.concepts.items()) == list(other.concepts.items())
        and list(one.classifications.items()) == list(other.classifications.items())
        and one.release.counts == other.release.counts
    )


def found(report: LoadReport, key: str) -> list[Finding]:
    return [each for each in report.findings if each.key == key]


def refused(
    paths: Path | Iterable[Path],
    reason: str,
    *,
    names: str | Path,
    line: int | None = None,
    options: Options = Options(),
    limits: Limits = Limits(),
) -> Refused:
    """Load in vain; the message names the file (and the line) in both languages."""
    assert reason in REFUSALS
    given = [paths] if isinstance(paths, Path) else list(paths)
    with pytest.raises(Refused) as caught:
        loaders.load(given, options, limits)
    fr, en = caught.value.message
    assert caught.value.reason == reason, en
    name = names.name if isinstance(names, Path) else names
    assert name in (caught.value.file or "")
    assert name in fr
    assert name in en
    assert fr != en
    assert caught.value.line == line or line is None, en
    if caught.value.line:
        assert f", ligne {caught.value.line} : " in fr
        assert f", line {caught.value.line}: " in en
    return caught.value


def refused_bytes(folder: Path, data: bytes, reason: str, line: int | None = None) -> Refused:
    return refused(write(folder / "file.xml", data), reason, names="file.xml", line=line)
