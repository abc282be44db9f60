"""Read and write ORPHAcodes in every written form; tell those of other systems.

Source: Orphanet pack description V5 (2025).
"""

from __future__ import annotations

import re
import unicodedata

from ontologies.errors import InvalidCode

# Codes have one to six digits in 2025, and Orphanet announces that more may come.
_DIGITS = r"0*([1-9][0-9]{0,8})"
_PREFIX = r"(?:orpha(?:net|code|number)?|ordo)"
# A sign needs the word before it: data bases write -1 or -9 for a value that is missing. Word
# processors turn a hyphen into a dash.
_BEFORE = rf"(?:{_PREFIX}\s*[:_#\-‐–—−]?\s*)?"
_WRITTEN = re.compile(_BEFORE + _DIGITS, re.IGNORECASE)
# What pandas writes for the numbers of a column in which a cell is empty.
_AS_DECIMAL = re.compile(r"([1-9][0-9]{0,5})\.0")
_SITE = r"(?:https?://)?(?:www\.)?orpha\.net/"
_ADDRESSES = (
    re.compile(rf"{_SITE}ordo/orphanet_{_DIGITS}/?", re.IGNORECASE),
    re.compile(
        rf"{_SITE}\S*OC_Exp\.php\?\S*?\bExpert={_DIGITS}(?![0-9])\S*",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_SITE}(?:[a-z]{{2}}/)?disease/detail/{_DIGITS}(?:[/?#]\S*)?",
        re.IGNORECASE,
    ),
)
# A number that ends here: not in a decimal, a date, a list of numbers or 5.58E+02.
_WHOLE = r"(?:\.0+)?(?!\w)(?![.,:/\-–—]?\s?\d)"
_AFTER_PREFIX = re.compile(
    rf"(?:\b{_PREFIX}\s*[:_#\-‐–—−]?\s*|\borpha\.net/\S*?(?:detail/|[?&]Expert=)){_DIGITS}{_WHOLE}",
    re.IGNORECASE,
)
_QUOTES = r"\s\"'’«»“”"
# 558.0 and "558"; 558; and 558 - with words after it. "12 mois" and "12-mai" are not codes.
_ALONE = re.compile(
    rf"[={_QUOTES}]*{_DIGITS}(?:\.0+|,00?)?"
    rf"(?:[{_QUOTES}.,;]*|[{_QUOTES}]*(?:[;,:|(\t]|\s[\-–—]\s)[^\d]*[^\W\d_]{{3}}[^\d]*)"
)
_CANONICAL = re.compile(r"(?:ORPHA:)?[1-9][0-9]{0,8}")
# Characters that word processors and PDF viewers slip into copied codes.
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_LONGEST = 200


def _other(form: str) -> re.Pattern[str]:
    """A code of another system at the start of a text, then nothing, a sign or a blank."""
    return re.compile(rf"[={_QUOTES}(]*(?:{form})(?![\w.]*\w)", re.IGNORECASE)


_SIGN = r"\s*[:_#]?\s*"
_OBO = r"(?:https?://purl\.obolibrary\.org/obo/)?"
_ICD10 = r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}|[0-9]{1,2})?[+*†‡]?"
_ICD11 = r"[1-9A-HJ-NP-Z][A-HJ-NP-Z][0-9][0-9A-HJ-NP-Z]\.[0-9A-HJ-NP-Z]{1,3}"
_OTHER_SYSTEMS = (
    ("HPO", _other(rf"{_OBO}HP(?:\s*[:_]\s*[0-9]+|[0-9]{{7}})")),
    ("Mondo", _other(rf"{_OBO}MONDO{_SIGN}[0-9]+")),
    ("OMIM", _other(rf"(?:OMIM|MIM){_SIGN}(?:PS|[#*+%^])?[0-9]+|#[1-6][0-9]{{5}}")),
    ("SNOMED CT", _other(rf"(?:SNOMED(?:[\s_-]?CT)?|SCTID|SCT){_SIGN}[0-9]+")),
    ("HGNC", _other(rf"HGNC{_SIGN}[0-9]+")),
    ("UMLS", _other(rf"(?:UMLS{_SIGN})?C[0-9]{{7}}")),
    ("MeSH", _other(rf"MESH{_SIGN}[CD][0-9]+")),
    ("GARD", _other(rf"GARD{_SIGN}[0-9]+")),
    ("ICD-10", _other(rf"(?:(?:ICD|CIM)[\s-]?10{_SIGN})?{_ICD10}")),
    ("ICD-11", _other(rf"(?:ICD|CIM)[\s-]?11{_SIGN}[0-9A-Z]{{4}}(?:\.[0-9A-Z]+)?|{_ICD11}")),
)


def cleaned(text: str) -> str:
    """Undo what copying does to a code: invisible characters, wide digits, outer blanks."""
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()


def parse_code(text: str) -> str:
    """Return the machine form of an ORPHAcode: its digits, without prefix or leading zeros.

    Raises:
        InvalidCode: the text is not one of the written forms.

    >>> [parse_code(form) for form in ("558", "ORPHA:558", "Orpha-558", "Orphanet_000558")]
    ['558', '558', '558', '558']
    >>> parse_code("https://www.orpha.net/fr/disease/detail/558")
    '558'
    """
    if len(text) <= _LONGEST:
        plain = cleaned(text)
        for form in (_WRITTEN, _AS_DECIMAL, *_ADDRESSES):
            if found := form.fullmatch(plain):
                return found.group(1)
    raise InvalidCode(text)


def is_canonical(text: str) -> bool:
    """Tell whether a text is a code as we emit it: ``558`` or ``ORPHA:558``."""
    return _CANONICAL.fullmatch(text) is not None


def codes_inside(text: str, limit: int = 5) -> tuple[str, ...]:
    """Return the distinct ORPHAcodes that a longer text surely holds, in reading order.

    Those after a prefix (``ORPHA:``, ``ORDO``, an address of orpha.net), else a number that starts
    the text and is followed by nothing that makes it another one. Numbers of other systems, dates
    and decimals are left alone.

    >>> codes_inside("Marfan (ORPHA:558)"), codes_inside("558 - Marfan"), codes_inside("Q87.4")
    (('558',), ('558',), ())
    """
    plain = cleaned(text[:_LONGEST])
    if len(text) > _LONGEST:
        plain = plain.rpartition(" ")[0]  # what was cut may be half a number
    elif alone := _ALONE.fullmatch(plain):
        return (alone.group(1),)
    found = dict.fromkeys(match.group(1) for match in _AFTER_PREFIX.finditer(plain))
    return tuple(found)[:limit]


def other_system(text: str) -> str | None:
    """Return the name of the code system that a text is surely written in, if it is not ORPHA.

    ICD-10 is meant with or without the dot, as coders of hospitals write it.

    >>> [other_system(text) for text in ("Q87.4", "HP:0001250", "ORPHA:558", "Marfan")]
    ['ICD-10', 'HPO', None, None]
    """
    plain = cleaned(text[:_LONGEST])
    return next((name for name, form in _OTHER_SYSTEMS if form.match(plain)), None)


def curie(code: str) -> str:
    """Return the display form.

    >>> curie("558")
    'ORPHA:558'
    """
    return f"ORPHA:{code}"


def could_be_omim(code: str) -> bool:
    """Tell whether a number may be an OMIM number: these have six digits, the first 1 to 6."""
    return len(code) == 6 and code[0] in "123456"
