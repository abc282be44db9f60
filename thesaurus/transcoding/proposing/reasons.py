"""The reasons of proposals, in words."""

from __future__ import annotations

from ontologies.codes import curie
from ontologies.errors import Message

_LONGEST = 120


def quoted(text: str) -> str:
    """A text as it is shown in a reason."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def kept() -> Message:
    return Message("le code reste actif", "the code stays active")


def level_changed(before: str, after: str, before_en: str, after_en: str) -> Message:
    return Message(
        f"le code reste actif ; son niveau change : {before} → {after}",
        f"the code stays active; its level changes: {before_en} → {after_en}",
    )


def group_now(code: str) -> Message:
    return Message(
        f"{curie(code)} est devenu un groupe, trop large pour un patient ; ceci se trouve dessous",
        f"{curie(code)} became a group, too broad for a patient; this stands below it",
    )


def still_group() -> Message:
    return Message(
        "le code reste actif, mais c'est désormais un groupe, trop large pour un patient",
        "the code stays active, but is a group now, too broad for a patient",
    )


def moved_to(code: str) -> Message:
    return Message(
        f"{curie(code)} est déprécié, déplacé vers ce code",
        f"{curie(code)} is deprecated, moved to this code",
    )


def referred_to(code: str, *, group: bool) -> Message:
    if group:
        return Message(
            f"{curie(code)} est obsolète, associé à ce groupe, trop large pour un patient",
            f"{curie(code)} is obsolete, referred to this group, too broad for a patient",
        )
    return Message(
        f"{curie(code)} est obsolète, associé à ce code",
        f"{curie(code)} is obsolete, referred to this code",
    )


def refers_to_another(target: str) -> Message:
    return Message(
        f"mais Orphanet associe le code à {curie(target)}",
        f"but Orphanet refers the code to {curie(target)}",
    )


def below(target: str) -> Message:
    return Message(
        f"sous {curie(target)}, auquel le code est associé",
        f"below {curie(target)}, which the code is referred to",
    )


def former_place(parent: str) -> Message:
    return Message(
        f"sous {curie(parent)}, comme le code autrefois",
        f"below {curie(parent)}, as the code once was",
    )


def resembles(name: str) -> Message:
    return Message(f"nom proche : « {quoted(name)} »", f"similar name: '{quoted(name)}'")


def named(name: str) -> Message:
    return Message(f"nom actuel : « {quoted(name)} »", f"present name: '{quoted(name)}'")


def named_elsewhere(name: str, source: str) -> Message:
    return Message(f"nom dans {source} : « {quoted(name)} »", f"name in {source}: '{quoted(name)}'")


def once_named(name: str, release: str | None) -> Message:
    fr = f" (version {release})" if release else ""
    en = f" (release {release})" if release else ""
    return Message(f"ancien nom{fr} : « {quoted(name)} »", f"former name{en}: '{quoted(name)}'")


def name_of_inactive(name: str, code: str) -> Message:
    return Message(
        f"« {quoted(name)} » est le nom de {curie(code)}, inactif",
        f"'{quoted(name)}' is the name of {curie(code)}, which is inactive",
    )


def aligned(code: str) -> Message:
    return Message(f"aligné lui aussi avec {code}", f"aligned with {code} as well")


def gene(symbols: str) -> Message:
    return Message(f"même gène : {symbols}", f"same gene: {symbols}")


def both(one: Message, other: Message) -> Message:
    return Message(f"{one.fr} ; {other.fr}", f"{one.en}; {other.en}")


def ambiguous(count: int) -> Message:
    return Message(f"{count} entités possibles", f"{count} possible entities")


def one_of_several() -> Message:
    return Message("d'autres sont aussi probables", "others are as likely")


def given(code: str) -> Message:
    return Message(f"{curie(code)} est donné", f"{curie(code)} is given")


def gone(code: str, name: str) -> Message:
    return Message(
        f"{curie(code)} n'existe plus ; nom proche : « {quoted(name)} »",
        f"{curie(code)} is gone; similar name: '{quoted(name)}'",
    )


def agrees(code: str) -> Message:
    return Message(f"{curie(code)}, donné, dit de même", f"{curie(code)}, as given, says the same")


def label_says_otherwise(code: str) -> Message:
    return Message(
        f"le code donné, {curie(code)}, et le libellé se contredisent",
        f"the given code, {curie(code)}, and the label contradict each other",
    )


def label_not_read() -> Message:
    return Message("le libellé n'est pas reconnu", "the label is not recognised")


def icd10(code: str, count: int, *, approximate: bool) -> Message:
    fr, en = f"aligné avec la CIM-10 {code}", f"aligned with ICD-10 {code}"
    if approximate:
        fr, en = f"{fr} (approché)", f"{en} (approximate)"
    if count > 1:
        fr, en = f"{fr}, comme {count - 1} autres", f"{en}, as {count - 1} others are"
    return Message(fr, en)


def icd10_title(code: str, title: str) -> Message:
    return Message(f"CIM-10 {code} : « {quoted(title)} »", f"ICD-10 {code}: '{quoted(title)}'")


def icd10_says_otherwise(code: str) -> Message:
    return Message(
        f"la CIM-10 {code} n'est pas alignée avec cette entité",
        f"ICD-10 {code} is not aligned with this entity",
    )


def icd10_nearby(code: str) -> Message:
    return Message(
        f"la CIM-10 {code} est alignée avec une entité voisine",
        f"ICD-10 {code} is aligned with an entity next to it",
    )


NOTHING_GIVEN = Message(
    "rien qui permette une proposition : ni libellé, ni code ORPHA, ni CIM-10",
    "nothing to go by: no label, no ORPHAcode, no ICD-10",
)
LABEL_SAYS_NOTHING = Message("le libellé ne nomme rien", "the label names nothing")
NO_NAME_ALIKE = Message(
    "aucun nom ne ressemble assez au libellé", "no name is enough like the label"
)


def icd10_leads_nowhere(written: str) -> Message:
    return Message(
        f"la CIM-10 « {quoted(written)} » n'est alignée avec aucune entité active",
        f"ICD-10 '{quoted(written)}' is aligned with no active entity",
    )


def not_a_code(written: str) -> Message:
    return Message(
        f"« {quoted(written)} » n'est pas un code ORPHA", f"'{quoted(written)}' is no ORPHAcode"
    )
