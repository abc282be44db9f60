"""What every file of a pack shares: its form, its header, and an element that shows a name."""

from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape

from tests.packs.displays import Texts, shown
from tests.packs.model import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The spellings met in official files of several years; the default is that of 2023."""

    encoding: Literal["ISO-8859-1", "UTF-8"] = "ISO-8859-1"
    code_tag: Literal["OrphaCode", "OrphaNumber"] = "OrphaCode"
    """The name of the code in classification files: `OrphaNumber` in 2019."""
    date_attribute: Literal["ExtractionDate", "date"] | None = "ExtractionDate"
    licence: bool = True
    year_in_names: bool = True
    """Whether file names end with the year: they do not in 2022."""
    types_in_classifications: bool = True
    crlf: bool = False
    """Whether the nomenclature has Windows line ends; classifications never have them."""


OFFICIAL: Final = Form()

_LICENCE: Final = (
    "  <Availability> ",  # the space stands in the real files
    "    <Licence>",
    '      <FullName lang="en">Creative Commons Attribution 4.0 International</FullName>',
    "      <ShortIdentifier>CC-BY-4.0</ShortIdentifier>",
    "      <LegalCode>https://creativecommons.org/licenses/by/4.0/legalcode</LegalCode>",
    "    </Licence>",
    "  </Availability>",
)


def header(pack: Pack, form: Form) -> list[str]:
    """The first lines of a file, to be closed by `</JDBOR>`."""
    date = f'{form.date_attribute}="{pack.date}" ' if form.date_attribute else ""
    source = 'dbserver="jdbc:sybase:Tds:canard.orpha.net:2020"'
    return [
        f'<?xml version="1.0" encoding="{form.encoding}"?>',
        f'<JDBOR {date}version="{pack.version}" copyright="Orphanet (c) {pack.year}" {source}>',
        *(_LICENCE if form.licence else ()),
    ]


def encoded(lines: list[str], form: Form, line_end: str = "\n") -> bytes:
    """The bytes of a file; what ISO-8859-1 lacks becomes a character reference."""
    text = line_end.join(lines) + line_end
    return text.encode(form.encoding, errors="xmlcharrefreplace")


def in_language(tag: str, texts: Texts, lang: str) -> str:
    """An element with a text, marked with the language the text is really in."""
    text, really = shown(texts, lang)
    return f'<{tag} lang="{really}">{escape(text)}</{tag}>'


def expert_link(code: str, lang: str) -> str:
    """The address of the entity's page, as the files give it."""
    page = "http://www.orpha.net/consor/cgi-bin/OC_Exp.php"
    return f'<ExpertLink lang="{lang}">{page}?lng={lang}&amp;Expert={escape(code)}</ExpertLink>'


def internal_id(code: str) -> str:
    """Orphanet's row number: unique, the same in every file, and never the code."""
    return f"9{code}"
