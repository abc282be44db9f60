"""The words in which the demonstration table is typed: one call per entity, by its type.

Each takes a code, the French and the English preferred term, and the synonyms of each
language as one text with `|` between them.
"""

from functools import partial
from typing import Final

from tests.packs.displays import (
    ACTIVE,
    BIOLOGICAL_ANOMALY,
    CATEGORY,
    CLINICAL_GROUP,
    CLINICAL_SUBTYPE,
    CLINICAL_SYNDROME,
    DISEASE,
    ETIOLOGICAL_SUBTYPE,
    HEAD_OF_CLASSIFICATION,
    HISTOPATHOLOGICAL_SUBTYPE,
    MALFORMATION_SYNDROME,
    MORPHOLOGICAL_ANOMALY,
    PARTICULAR_SITUATION,
    level_of,
)
from tests.packs.model import USUAL, Entity, Redirection

UNSTATED: Final = None
"""The aggregation that our sources of 2022 do not tell for some entities."""


def entity(
    type_id: int,
    code: str,
    french: str,
    english: str,
    *,
    fr: str = "",
    en: str = "",
    flag: int = ACTIVE,
    redirection: Redirection | None = None,
    counted_as: str | None = USUAL,
) -> Entity:
    """One row of the table; `counted_as` is the aggregation."""
    return Entity(
        code,
        {"fr": french, "en": english},
        {"fr": _synonyms(fr), "en": _synonyms(en)},
        flag,
        type_id,
        level_of(type_id),
        redirection,
        counted_as,
    )


def _synonyms(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


category = partial(entity, CATEGORY)
head = partial(entity, CATEGORY, flag=HEAD_OF_CLASSIFICATION)
clinical_group = partial(entity, CLINICAL_GROUP)
disease = partial(entity, DISEASE)
clinical_syndrome = partial(entity, CLINICAL_SYNDROME)
malformation_syndrome = partial(entity, MALFORMATION_SYNDROME)
biological_anomaly = partial(entity, BIOLOGICAL_ANOMALY)
morphological_anomaly = partial(entity, MORPHOLOGICAL_ANOMALY)
particular_situation = partial(entity, PARTICULAR_SITUATION)
etiological_subtype = partial(entity, ETIOLOGICAL_SUBTYPE)
clinical_subtype = partial(entity, CLINICAL_SUBTYPE)
histopathological_subtype = partial(entity, HISTOPATHOLOGICAL_SUBTYPE)
