"""From the texts of the files to the texts that we serve.

Each repair answers a fault counted in the real packs of 2022, 2023 and 2025; nothing else is
changed, and the raw text of a label is kept beside the clean one.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_SUSPECT = re.compile(r"[\x80-\x9f\u00a0\u202f]|\s\s|^\s|\s$|[\t\r\n]")
_NO_BREAK = re.compile(r"[\u00a0\u202f]")
_C1 = re.compile(r"[\x80-\x9f]")
_PREFIX = re.compile(
    r"\s*(?:OBSOL[EÈ]TE|DEPRECATED|D[EÉ]PR[EÉ]CI[EÉ]E?|NON[ -]RARE\s+(?:EN|IN)\s+EUROPE)\s*:\s*",
    re.IGNORECASE,
)
# Bytes of Windows-1252 that occur ("l'\x9cil"): in Mac Roman they would be ú and å.
_WINDOWS = {"\x8c": "Œ", "\x9c": "œ"}
# The closed set of tags in Orphanet's definitions; "<i<SYNE1</i>" is one of 2023.
_TAG = re.compile(
    r"<\s*/?\s*(?:i|b|u|em|strong|sup|sub|span|font)(?:\s[^<>]*)?(?:/?>|<(?=\w))", re.IGNORECASE
)
_BREAK = re.compile(r"<\s*/?\s*(?:br|p|li|ul|ol|div)(?:\s[^<>]*)?/?>", re.IGNORECASE)


class Cleaned(NamedTuple):
    """A clean text and the keys of the repairs that made it."""

    text: str
    repairs: tuple[str, ...] = ()


def clean_label(raw: str, *, inactive: bool) -> Cleaned:
    r"""Repair a label; the prefix "OBSOLETE:" goes from those of inactive entities.

    >>> clean_label("NON RARE EN EUROPE : Diab\x8fte de type 1", inactive=True).text
    'Diabète de type 1'
    """
    repairs: list[str] = []
    text = raw
    if _SUSPECT.search(text):
        text = _repair_characters(text, repairs)
    if inactive and (prefix := _PREFIX.match(text)) and prefix.end() < len(text):
        text = text[prefix.end() :]
        repairs.append("inactive-prefix")
    return Cleaned(text, tuple(repairs))


def _repair_characters(text: str, repairs: list[str]) -> str:
    if _C1.search(text):
        text = _C1.sub(_restore, text)
        repairs.append("c1-characters")
    if _NO_BREAK.search(text):
        repairs.append("no-break-space")
    if (letters := _NO_BREAK.sub("x", text)) != " ".join(letters.split()):
        repairs.append("extra-spaces")
    return " ".join(_NO_BREAK.sub(" ", text).split())


def _restore(match: re.Match[str]) -> str:
    r"""Read a stray byte as Mac Roman, French accents being what it stands for.

    "légè\x8fre" holds its letter twice: the stray byte then says nothing new.
    """
    byte = match.group()
    letter = _WINDOWS.get(byte) or byte.encode("latin-1").decode("mac_roman")
    return "" if match.string[match.start() - 1 : match.start()] == letter else letter


def plain_definition(raw: str) -> Cleaned:
    """Return a definition as plain text: no tags, no HTML entities, single spaces.

    >>> plain_definition("the <i>SYNE1</i> gene (&lt;10&nbsp;m/s)").text
    'the SYNE1 gene (<10 m/s)'
    """
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", raw)))
    text = " ".join(_C1.sub(_restore, text).split())
    return Cleaned(text, () if text == raw else ("definition-markup",))
