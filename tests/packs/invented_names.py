"""Invented disease names: pronounceable eponyms, organs and signs, joined as Orphanet does."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.packs.displays import Texts

_ONSETS: Final = ("B", "Br", "C", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V")
_VOWELS: Final = ("a", "e", "i", "o", "u", "é", "ö", "au")
_CODAS: Final = ("l", "n", "r", "s", "t", "m", "ck", "nd", "ss", "rt")
_ENDINGS: Final = ("er", "man", "sson", "ov", "ini", "eau", "berg", "ez", "ard", "ka")

_SIGNS: Final = (
    ("ataxie", "ataxia"),
    ("cardiomyopathie", "cardiomyopathy"),
    ("cataracte", "cataract"),
    ("déficience intellectuelle", "intellectual disability"),
    ("dysplasie squelettique", "skeletal dysplasia"),
    ("épilepsie", "epilepsy"),
    ("hypotonie", "hypotonia"),
    ("ichtyose", "ichthyosis"),
    ("microcéphalie", "microcephaly"),
    ("myopathie", "myopathy"),
    ("néphropathie", "nephropathy"),
    ("neuropathie périphérique", "peripheral neuropathy"),
    ("petite taille", "short stature"),
    ("rétinite pigmentaire", "retinitis pigmentosa"),
    ("surdité", "deafness"),
    ("thrombopénie", "thrombocytopenia"),
)
_GROUPS: Final = (
    ("Anomalie rare", "Rare anomaly"),
    ("Maladie rare", "Rare disease"),
    ("Trouble génétique", "Genetic disorder"),
    ("Tumeur rare", "Rare tumor"),
)
_FORMS: Final = (
    ("", ""),
    (" autosomique dominante", ", autosomal dominant"),
    (" autosomique récessive", ", autosomal recessive"),
    (" de l'adulte", ", adult form"),
    (" infantile", ", infantile form"),
    (" liée à l'X", ", X-linked"),
)


@dataclass(frozen=True, slots=True)
class Invented:
    """A preferred term and its synonyms, by language."""

    labels: Texts
    synonyms: dict[str, tuple[str, ...]]


class Namer:
    """Gives names, never the same preferred term twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._times: dict[str, int] = {}

    def name(self, group: bool) -> Invented:
        """A name of several words; a group is named without synonyms, as most real ones are."""
        eponym, other = self._eponym(), self._eponym()
        if group:
            french, english = self._random.choice(_GROUPS)
            return Invented(self._unique(f"{french} de {eponym}", f"{english}, {eponym}"), {})
        (sign, sign_en), (more, more_en) = self._random.sample(_SIGNS, 2)
        form, form_en = self._random.choice(_FORMS)
        if self._random.random() < 0.5:
            labels = self._unique(
                f"Syndrome de {eponym}-{sign}-{more}", f"{eponym} {sign_en}-{more_en} syndrome"
            )
        else:
            labels = self._unique(
                f"{sign.capitalize()}-{more} de {eponym}-{other}{form}",
                f"{eponym}-{other} {sign_en}-{more_en}{form_en}",
            )
        return Invented(labels, self._synonyms(eponym, other, sign, sign_en))

    def _synonyms(
        self, eponym: str, other: str, sign: str, sign_en: str
    ) -> dict[str, tuple[str, ...]]:
        wanted = self._random.choices((0, 1, 2, 3, 4), weights=(40, 25, 18, 10, 7))[0]
        acronym = f"{eponym[0]}{other[0]}{sign_en[0].upper()}{self._random.randrange(1, 60)}"
        french = (acronym, f"Maladie de {eponym}", f"{sign.capitalize()} de {eponym}", f"{other} 1")
        english = (acronym, f"{eponym} disease", f"{eponym} {sign_en}", f"{other} 1")
        return {"fr": french[:wanted], "en": english[:wanted]}

    def _eponym(self) -> str:
        choose = self._random.choice
        syllables = choose(_ONSETS) + choose(_VOWELS) + choose(_CODAS)
        if self._random.random() < 0.5:
            syllables += choose(_VOWELS) + choose(_CODAS)
        return syllables + choose(_ENDINGS)

    def _unique(self, french: str, english: str) -> Texts:
        """The pair as it is the first time, with a type number from then on."""
        times = max(self._times.get(french, 0), self._times.get(english, 0)) + 1
        self._times[french] = self._times[english] = times
        if times == 1:
            return {"fr": french, "en": english}
        return {"fr": f"{french} type {times}", "en": f"{english} type {times}"}
