"""A count of one release: what was chosen, rows in, an answer out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ontologies.codes import curie
from ontologies.counting import Count, Counting, Counts, Number, Row
from ontologies.errors import InvalidRequest, Message, NoDataset
from ontologies.recipe import Reason, Recipe, Rule, along, along_specialties
from thesaurus.counting.answer import (
    CountAnswer,
    CountItem,
    DroppedItem,
    Numbers,
    RecipeItem,
    Scope,
    Total,
)
from thesaurus.counting.request import RecipeChoice
from thesaurus.lookup import find
from thesaurus.runtime import Open

Perimeter = Callable[[str], frozenset[str]]
"""Returns the codes of a perimeter by its name. Raises UnknownPerimeter."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be counted, of one release.

    Attributes:
        name: of the recipe that was chosen; some of it may have been changed.
        perimeter: the codes that are listed; None means all.
        within: the code below which they stand.
    """

    asked: RecipeChoice
    recipe: Recipe
    perimeter: frozenset[str] | None
    within: str | None

    @classmethod
    def of(cls, release: Open, asked: RecipeChoice, perimeter: Perimeter) -> Choice:
        """Read what was asked.

        Raises:
            InvalidRequest, InvalidCode, UnknownCode, UnknownClassification, UnknownPerimeter
            NoDataset: the recipe goes by a dataset that is not loaded.
        """
        recipe = asked.chosen()
        if recipe.by_specialty and asked.classification is not None:
            raise InvalidRequest(
                "Un comptage par parent préférentiel ne suit aucune classification ; ôter "
                "« classification », ou ajouter by_specialty=false.",
                "A count by preferential parent follows no classification; leave "
                "'classification' out, or add by_specialty=false.",
            )
        release.snapshot.hierarchy(asked.classification)
        _need_datasets(release, recipe)
        return cls(
            asked,
            recipe,
            perimeter(asked.perimeter) if asked.perimeter is not None else None,
            find(release, asked.within).code if asked.within is not None else None,
        )


def _need_datasets(release: Open, recipe: Recipe) -> None:
    if recipe.specify and not release.related.genes:
        raise NoDataset(Message("les gènes", "genes"))
    if recipe.by_specialty and not _linearisations(release):
        raise NoDataset(
            Message(
                "les parents préférentiels (linéarisation d'Orphanet)",
                "preferential parents (Orphanet's linearisation)",
            )
        )


def _linearisations(release: Open) -> dict[str, str]:
    datasets = release.related.datasets
    return {each.key: each.release.id for each in datasets if each.preferential_parents}


def _of_genes(release: Open) -> dict[str, str]:
    return {each.key: each.release.id for each in release.related.datasets if each.gene_links}


class CodeCount:
    """Rows of patients, counted."""

    def __init__(self, release: Open, choice: Choice) -> None:
        self._release, self._choice = release, choice
        snapshot, related = release.snapshot, release.related
        self._parent = related.preferential_parent
        self._above = (
            along_specialties(snapshot, self._parent)
            if choice.recipe.by_specialty
            else along(snapshot, choice.asked.classification)
        )
        rule = Rule(snapshot, choice.recipe, self._above, related.genes)
        self._counting = Counting(rule)

    @property
    def release(self) -> Open:
        return self._release

    @property
    def by_genes(self) -> bool:
        """Whether the genes of rows are asked for."""
        return self._choice.recipe.specify

    def add(self, rows: Iterable[Row]) -> None:
        """Count rows; those without a code are told as such."""
        self._counting.add(rows)

    def drop(self, reason: Reason, patient: str | None = None) -> None:
        self._counting.drop(reason, patient)

    def answer(self, lang: str = "fr") -> CountAnswer:
        counts = self._counting.counts()
        choice, recipe = self._choice, self._choice.recipe
        wanted = self._wanted()
        listed = [each for each in counts if wanted(each.code)]
        return CountAnswer(
            release=self._release.id,
            classification=choice.asked.classification,
            recipe=_recipe_item(choice.asked.recipe, recipe),
            scope=Scope(
                level=list(choice.asked.level),
                perimeter=choice.asked.perimeter,
                within=choice.within,
            ),
            datasets=self._datasets(),
            total=self._total(counts, wanted),
            dropped={reason: _numbers(each) for reason, each in counts.dropped.items()},
            dropped_codes=list(self._dropped(counts, lang)),
            items=[self._item(each, lang) for each in listed],
        )

    def _datasets(self) -> dict[str, str]:
        recipe = self._choice.recipe
        found = _of_genes(self._release) if recipe.specify else {}
        return found | (_linearisations(self._release) if recipe.by_specialty else {})

    def _wanted(self) -> Callable[[str], bool]:
        """Tell which codes are listed; what stands below one is told by the classifications."""
        choice, concepts = self._choice, self._release.snapshot.concepts
        hierarchy = self._release.snapshot.hierarchy(choice.asked.classification)
        within, perimeter, levels = choice.within, choice.perimeter, frozenset(choice.asked.level)

        def wanted(code: str) -> bool:
            level = concepts[code].level
            return (
                (perimeter is None or code in perimeter)
                and (not levels or (level is not None and level.key in levels))
                and (within is None or code == within or hierarchy.subsumes(within, code))
            )

        return wanted

    def _total(self, counts: Counts, wanted: Callable[[str], bool]) -> Total:
        unassigned = None
        if self._choice.recipe.by_specialty:
            without = frozenset(code for code in counts.codes if not self._above(code))
            unassigned = _numbers(counts.together(without.__contains__))
        return Total(
            read=_numbers(counts.read),
            counted=_numbers(counts.counted),
            selected=_numbers(counts.together(wanted)),
            unassigned=unassigned,
        )

    def _item(self, count: Count, lang: str) -> CountItem:
        concept = self._release.snapshot.concepts[count.code]
        label = concept.preferred(lang)
        above = self._above(count.code) if self._choice.recipe.by_specialty else None
        return CountItem(
            code=count.code,
            curie=curie(count.code),
            label=label.text,
            lang=label.lang,
            level=concept.level.key if concept.level else None,
            rows=count.rows,
            patients=count.patients,
            direct=count.direct,
            preferential_parent=above[0] if above else None,
        )

    def _dropped(self, counts: Counts, lang: str) -> Iterator[DroppedItem]:
        for (code, reason), number in counts.dropped_codes.items():
            assert code is not None  # noqa: S101  (those without are not listed)
            assert reason is not None  # noqa: S101
            concept = self._release.snapshot.concepts[code]
            label = concept.preferred(lang)
            yield DroppedItem(
                code=code,
                curie=curie(code),
                label=label.text,
                lang=label.lang,
                level=concept.level.key if concept.level else None,
                status=concept.status,
                reason=reason,
                **_numbers(number).model_dump(),
            )


def _numbers(number: Number) -> Numbers:
    return Numbers(rows=number.rows, patients=number.patients)


def _recipe_item(name: str, recipe: Recipe) -> RecipeItem:
    return RecipeItem(
        name=name,
        redirect=recipe.redirect,
        specify=recipe.specify,
        groups=recipe.groups,
        aggregate=recipe.aggregate,
        by_specialty=recipe.by_specialty,
    )
