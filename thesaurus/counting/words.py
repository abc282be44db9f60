"""What a count says to people, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.concept import Level
from ontologies.errors import Message
from ontologies.recipe import Reason, Redirect
from thesaurus.counting.answer import CountAnswer, RecipeItem

REASONS: Mapping[Reason, Message] = {
    Reason.GROUP: Message("groupe de pathologies", "group of disorders"),
    Reason.NON_RARE: Message("non rare en Europe", "non rare in Europe"),
    Reason.DEPRECATED: Message("déprécié", "deprecated"),
    Reason.OBSOLETE: Message("obsolète", "obsolete"),
    Reason.NO_DISORDER: Message("sans pathologie d'agrégation", "no disorder to count as"),
    Reason.OUTSIDE: Message("hors de la classification", "outside the classification"),
    Reason.UNKNOWN_CODE: Message("code inconnu de la version", "code unknown in the release"),
    Reason.UNREADABLE_CODE: Message("code illisible", "unreadable code"),
    Reason.NO_CODE: Message("sans code", "without a code"),
    Reason.UNREADABLE_ROW: Message("ligne illisible", "unreadable row"),
}
_RECIPES: Mapping[str, str] = {"plain": "simple", "national": "nationale"}
_REDIRECTIONS: Mapping[Redirect, str] = {
    Redirect.NONE: "aucune redirection suivie",
    Redirect.MOVED: "redirections « déplacé vers » suivies",
    Redirect.REFERRED: "redirections « déplacé vers » et « associé à » suivies",
}


def recipe(item: RecipeItem) -> str:
    """Say in French what was done before counting."""
    steps = [
        _REDIRECTIONS[item.redirect],
        "codes précisés par les gènes" if item.specify else "",
        "" if item.groups else "groupes non comptés",
        "sous-types comptés comme leur pathologie" if item.aggregate else "",
    ]
    return f"{_RECIPES[item.name]} : {', '.join(step for step in steps if step)}"


def hierarchy(answer: CountAnswer) -> str:
    """Say in French along what was counted."""
    if answer.recipe.by_specialty:
        return "par parent préférentiel"
    if answer.classification:
        return f"le long de la classification {answer.classification}"
    return "le long de toutes les classifications"


def scope(answer: CountAnswer) -> str:
    """Say in French which codes are listed; nothing where all are."""
    chosen = answer.scope
    parts = [
        f"niveaux {', '.join(map(level, chosen.level))}" if chosen.level else "",
        f"périmètre {chosen.perimeter}" if chosen.perimeter else "",
        f"sous ORPHA:{chosen.within}" if chosen.within else "",
    ]
    return ", ".join(part for part in parts if part)


def level(key: str) -> str:
    """A level in French."""
    return Level.of_key(key).fr.lower()


def recoded(column: str) -> Message:
    """Of a file that ``recode`` wrote the new codes count."""
    return Message(
        f"Fichier recodé : le code de la colonne {column} compte où il y en a un, sinon l'ancien.",
        f"A recoded file: the code in column {column} counts where there is one, else the old one.",
    )


def misread(column: str, other: tuple[str, int] | None) -> Message:
    """Most codes are none.

    Args:
        column: that is read.
        other: the column that holds codes, and its number.
    """
    fr = f"La plupart des codes de la colonne {column} sont illisibles ou inconnus de la version ; "
    en = f"Most codes in column {column} are unreadable or unknown in the release; "
    if other is None:
        return Message(f"{fr}vérifier le fichier et la version.", f"{en}check file and release.")
    name, number = other
    return Message(
        f"{fr}la colonne {name} semble contenir des codes ORPHA : columns=code={number}.",
        f"{en}column {name} seems to hold ORPHAcodes: columns=code={number}.",
    )
