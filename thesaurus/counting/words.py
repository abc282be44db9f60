"""What a count says to people, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

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
    return f"{item.name} : {', '.join(step for step in steps if step)}"


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
        f"niveaux {', '.join(chosen.level)}" if chosen.level else "",
        f"périmètre {chosen.perimeter}" if chosen.perimeter else "",
        f"sous ORPHA:{chosen.within}" if chosen.within else "",
    ]
    return ", ".join(part for part in parts if part)
