"""Read and write identifiers: ORPHAcodes in every written form, and the code systems.

Sources: Orphanet pack description V5 (2025) for the ORPHAcode; ANS SDM-MR volets and
MyHealth@EU for the OIDs; HL7 terminology for the URIs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ontologies.errors import InvalidCode

# Codes have one to six digits in 2025, and Orphanet announces that more may come.
_DIGITS = r"0*([1-9][0-9]{0,8})"
_PREFIX = r"(?:orpha(?:net|code|number)?|ordo)"
# A sign needs the word before it: data bases write -1 or -9 for a value that is missing. Word
# processors turn a hyphen into a dash.
_BEFORE = rf"(?:{_PREFIX}\s*[:_#\-‐–—−]?\s*)?"
_WRITTEN = re.compile(_BEFORE + _DIGITS, re.IGNORECASE)
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
_INSIDE_TEXT = re.compile(rf"\b{_BEFORE}{_DIGITS}\b", re.IGNORECASE)
_CANONICAL = re.compile(r"(?:ORPHA:)?[1-9][0-9]{0,8}")
# Characters that word processors and PDF viewers slip into copied codes.
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_LONGEST = 200


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
        cleaned = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()
        for form in (_WRITTEN, *_ADDRESSES):
            if found := form.fullmatch(cleaned):
                return found.group(1)
    raise InvalidCode(text)


def is_canonical(text: str) -> bool:
    """Tell whether a text is a code as we emit it: ``558`` or ``ORPHA:558``."""
    return _CANONICAL.fullmatch(text) is not None


def codes_inside(text: str, limit: int = 5) -> tuple[str, ...]:
    """Return the distinct numbers of a longer text that could be ORPHAcodes, in reading order.

    >>> codes_inside("Marfan (ORPHA:558)")
    ('558',)
    """
    found = dict.fromkeys(match.group(1) for match in _INSIDE_TEXT.finditer(text[:_LONGEST]))
    return tuple(found)[:limit]


def curie(code: str) -> str:
    """Return the display form.

    >>> curie("558")
    'ORPHA:558'
    """
    return f"ORPHA:{code}"


def could_be_omim(code: str) -> bool:
    """Tell whether a number may be an OMIM number: these have six digits, the first 1 to 6."""
    return len(code) == 6 and code[0] in "123456"


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A code system with the identifiers under which documents name it.

    Attributes:
        name: the key in our routes and files.
        uri: the identifier that we emit.
        aliases: other identifiers that we accept (URIs, ``urn:oid:`` forms, short names).
    """

    name: str
    uri: str
    aliases: tuple[str, ...] = ()

    def is_named_by(self, identifier: str) -> bool:
        return _bare(identifier) in {_bare(known) for known in (self.name, self.uri, *self.aliases)}


def _bare(identifier: str) -> str:
    """Fold the spellings of one identifier: case, ``urn:oid:`` and a closing slash."""
    return identifier.strip().lower().removeprefix("urn:oid:").rstrip("/")


ORPHA = CodeSystem(
    "orpha",
    "http://www.orpha.net",
    (
        "https://www.orpha.net",
        "orphanet",
        "ordo",
        "urn:oid:1.2.250.1.213.2.49.1",  # ANS: diseases
        "urn:oid:1.2.250.1.213.2.49.2",  # ANS: groups
        "urn:oid:1.3.6.1.4.1.12559.11.10.1.3.1.44.5",  # MyHealth@EU
    ),
)
