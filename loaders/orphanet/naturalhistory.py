"""``<lang>_product9_ages.xml``: at which ages a disease begins, and how it is inherited.

Each value becomes a sign, as ``phenotype.hpoa`` has them: an age at onset under aspect C, a mode
of inheritance under aspect I, both as terms of HPO. Ages of death, which files of former years
have, are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from loaders.orphanet.products import Entities
from loaders.orphanet.reading import Notebook
from loaders.related import Reading, RelatedFile, refuse_empty
from loaders.xml import text
from ontologies.dataset import Sign

NATURAL_HISTORY = "orphanet-natural-history"

_SEVEN = (
    ("23508", "antenatal", "HP:0030674"),
    ("23515", "neonatal", "HP:0003623"),
    ("23522", "infancy", "HP:0003593"),
    ("23529", "childhood", "HP:0011463"),
    ("23536", "adolescent", "HP:0003621"),  # HPO: juvenile onset
    ("23543", "adult", "HP:0003581"),
    ("23550", "elderly", "HP:0003584"),  # HPO: late onset
)
# Orphanet's number, English name, terms of HPO; none where the value says nothing.
_AGES = (
    *((number, name, (term,)) for number, name, term in _SEVEN),
    # "From birth to adulthood without peak of onset" (ORDO): no age speaks against the disease.
    ("23557", "all ages", tuple(term for *_, term in _SEVEN)),
    ("", "no data available", ()),
)
_MODES = (
    ("23410", "autosomal dominant", ("HP:0000006",)),
    ("23417", "autosomal recessive", ("HP:0000007",)),
    # HPO calls it non-Mendelian now, "more than one gene"; polygenic and oligogenic are below it.
    ("23424", "multigenic/multifactorial", ("HP:0001426",)),
    ("23431", "x-linked recessive", ("HP:0001419",)),
    ("23438", "mitochondrial inheritance", ("HP:0001427",)),
    ("23445", "x-linked dominant", ("HP:0001423",)),
    ("23459", "oligogenic", ("HP:0010983",)),
    ("23466", "semi-dominant", ("HP:0032113",)),
    ("23473", "y-linked", ("HP:0001450",)),
    ("23480", "unknown", ()),
    ("23487", "no data available", ()),
    ("23494", "not applicable", ()),  # ORDO: "Clinical entity without genetic inheritance"
)


@dataclass(frozen=True, slots=True)
class _Values:
    """One of Orphanet's lists of values.

    The numbers are those of excerpts of Orphadata's files (2020 to 2025; the same in English,
    French, German, Italian and Polish); no excerpt shows that of "no data available" for ages.
    Names and meaning: ORDO 2.6, inheritance (C005) and age of onset (C023). Terms: HPO 2025-01-16,
    where none of them is obsolete.

    Attributes:
        tag: the element of one value; its list is called so too, with "List" behind.
        aspect: of the signs.
        counted: how its counts begin.
        terms: English name -> terms of HPO.
        names: number -> English name.
    """

    tag: str
    aspect: str
    counted: str
    terms: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def meant(self, number: str, name: str) -> str | None:
        """Return the English name of a value by its number or its name; None where neither is
        known, and where they contradict each other.
        """
        plain = " ".join(name.split()).casefold()
        said = {self.names.get(number), plain if plain in self.terms else None} - {None}
        return said.pop() if len(said) == 1 else None


def _values(
    tag: str, aspect: str, counted: str, rows: tuple[tuple[str, str, tuple[str, ...]], ...]
) -> _Values:
    by_name = {name: terms for _, name, terms in rows}
    by_number = {number: name for number, name, _ in rows if number}
    return _Values(tag, aspect, counted, by_name, by_number)


_LISTS = (
    _values("AverageAgeOfOnset", "C", "ages", _AGES),
    _values("TypeOfInheritance", "I", "inheritance", _MODES),
)


def read_natural_history(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read ages at onset and modes of inheritance. Raises Refused: see ``docs/loading.md``."""
    notebook = Notebook(name, reading.force)
    reader = _Reader(notebook)
    entities = Entities(notebook, data)
    for code, element in entities:
        reader.take(code, element)
    return refuse_empty(
        RelatedFile(
            entities.source(NATURAL_HISTORY),
            NATURAL_HISTORY,
            signs=tuple(reader.signs),
            counts={"disorders": entities.count, "signs": len(reader.signs), **reader.counts},
            findings=tuple(notebook.findings),
        )
    )


@dataclass(slots=True)
class _Reader:
    notebook: Notebook
    # In file order and once each: "all ages" and one of them may stand together.
    signs: dict[Sign, None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    _strange: set[tuple[str, str]] = field(default_factory=set)

    def take(self, orpha: str, disorder: etree._Element) -> None:
        for values in _LISTS:
            for meant in self._meant(values, orpha, disorder):
                terms = values.terms[meant]
                self.signs.update((Sign(orpha, term, aspect=values.aspect), None) for term in terms)
                # So that one may reckon the signs from the values.
                if len(terms) != 1:
                    self.counts[f"{values.counted}_{meant.replace(' ', '_')}"] += 1

    def _meant(self, values: _Values, orpha: str, disorder: etree._Element) -> Iterator[str]:
        """Yield what an entity has of a list, once each. What is not known is noted."""
        lines: dict[str, int | None] = {}
        for each in disorder.iterfind(f"{values.tag}List/{values.tag}"):
            self.counts[values.counted] += 1
            meant = values.meant(each.get("id", ""), text(each, "Name") or "")
            if meant is None:
                self._note_strange(values, orpha, each)
            elif meant in lines:
                first, line = lines[meant], each.sourceline
                self.notebook.note("repeated-row", line=line, orpha=orpha, first=first)
            else:
                lines[meant] = each.sourceline
                yield meant

    def _note_strange(self, values: _Values, orpha: str, element: etree._Element) -> None:
        """Count a value that is not known; it is noted where it stands for the first time."""
        self.counts[f"{values.counted}_not_known"] += 1
        value = f"{element.get('id', '')} {text(element, 'Name') or ''}".strip()
        if (values.tag, value) not in self._strange:
            self._strange.add((values.tag, value))
            self.notebook.note(
                "unknown-value",
                line=element.sourceline,
                orpha=orpha,
                what=values.tag,
                value=value[:40],
            )
