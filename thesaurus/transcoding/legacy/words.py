"""What the label of a legacy table says, beside words that qualify it or say nothing.

Suspicion is a status of its own and never another code (domain rules, section 3); what a table
leaves open (« SAI », « non précisé ») is the entity itself; « autre » is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.stopwords import STOP_WORDS
from search.text import words

_LONGEST = 200
_LITTLE_LESS, _OTHER, _PART, _WORD = 0.97, 0.6, 0.75, 0.5

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_CODES = re.compile(
    r"\b(?:orpha(?:net|code)?|ordo)\s*[:_#-]?\s*[0-9]{1,6}\b|\b[A-Z][0-9]{2}\.[0-9]{1,3}\b",
    re.IGNORECASE,
)
_QUALIFIERS = re.compile(
    r"""\?+|…|\.\.\.
    | \b(?:forte\ )?(?:suspicions?|susp\.?|hypoth[eè]se|tableau|diagnostic|dg|
        [eé]vocateurs?|ant[eé]c[eé]dents?|atcd)\s+(?:de\s+|d['’]\s*|du\s+|:\s*)
    | \b(?:suspect[eé]?e?s?|probables?|probablement|possibles?|pr[eé]sum[eé]e?s?|confirm[eé]e?s?)\b
    | \b(?:[àa]\s+(?:confirmer|[eé]liminer|pr[eé]ciser|revoir)|en\s+cours(?:\s+de\s+diagnostic)?)
    | (?:\bforme\s+)?\b(?:non|pas)\s+(?:pr[eé]cis|sp[eé]cifi|class)[eé]e?s?\b
    | \bsans\s+(?:autre\s+(?:indication|pr[eé]cision)|pr[eé]cision)
    | \b(?:SAI|NOS|NSP)\b
    | \b(?:not\s+otherwise\s+specified|unspecified|suspected|possible|probable)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OTHERS = re.compile(r"^\s*(?:autres?|other)\s+", re.IGNORECASE)
_BORDERS = re.compile(r"\s+[-–—/+]\s+|[:;,]\s|\s(?:en fait|ex|anciennement|dit)\s", re.IGNORECASE)
_ACRONYMS = re.compile(r"\b[A-Z][A-Z0-9]{2,5}\b")
_CAPITALS = re.compile(r"[A-Z]{3,6}")
# What data bases and hurried people write where no disease is named.
_NOT_NAMES = """
    absence absent annule annulee attente aucun aucune autre autres bilan completer confirmer
    consultation cours diag diagnostic diagnostics diagnostique divers dossier dossiers inconnu
    inconnue indetermine indeterminee manquant missing na nc neant non none np nr nsp null patient
    patiente precise precisee preciser ras renseigne renseignee renseigner revoir rien sans sp suivi
    test unknown vide voir
"""
_EMPTY = frozenset(_NOT_NAMES.split())


class Reading(NamedTuple):
    """One way to read a label.

    Attributes:
        text: what may be a name.
        share: how much less than the label itself it may be trusted, 0 to 1.
    """

    text: str
    share: float = 1.0

    @property
    def is_part(self) -> bool:
        return self.share in (_PART, _WORD)


def readings(label: str) -> list[Reading]:
    """Return the ways to read a label, the plainest first: as it is, without brackets, codes and
    words that qualify; then what stands in brackets and on both sides of a border.

    >>> [each.text for each in readings("suspicion de GPA (Wegener)")]
    ['suspicion de GPA (Wegener)', 'GPA', 'Wegener']
    """
    whole = " ".join(label[:_LONGEST].split())
    found: dict[str, Reading] = {}
    for each in _every(whole):
        text = each.text.strip(" \t.,;:-–—/+*\"'«»")
        if text and not says_nothing(text):
            found.setdefault(text, each._replace(text=text))
    return list(found.values())


def _every(whole: str) -> Iterator[Reading]:
    yield Reading(whole)
    plain = _CODES.sub(" ", _BRACKETS.sub(" ", whole))
    unqualified = " ".join(_QUALIFIERS.sub(" ", plain).split())
    share = _OTHER if _OTHERS.match(unqualified) else _LITTLE_LESS
    yield Reading(_OTHERS.sub("", unqualified), share)
    for inside in _BRACKETS.findall(whole):
        text = _QUALIFIERS.sub(" ", _CODES.sub(" ", "".join(inside)))
        yield Reading(text, _PART)
    parts = _BORDERS.split(unqualified)
    yield from (Reading(part, _PART) for part in parts if part != unqualified)
    yield from (Reading(word, _WORD) for word in _ACRONYMS.findall(unqualified))


def says_nothing(label: str) -> bool:
    """Tell whether a label names nothing: no word of two letters, or only words like « inconnu ».

    >>> [says_nothing(label) for label in ("?", "à compléter", "non renseigné", "Marfan")]
    [True, True, True, False]
    """
    if _CAPITALS.fullmatch(label.strip()) and label.strip().lower() not in _EMPTY:
        return len(set(label.strip())) == 1
    told = [word for word in words(label) if word not in STOP_WORDS and word not in _EMPTY]
    return not any(_is_word(word) for word in told)


def _is_word(word: str) -> bool:
    return len({letter for letter in word if letter.isalpha()}) >= 2
