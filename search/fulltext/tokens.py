"""Cut a query into tokens, and say what is wrong with a query and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ontologies.errors import Message, ThesaurusError
from search.text import Span

_LONGEST_EXCERPT = 60
_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "SAUF": "not"}
_CLOSING = {'"': '"', "“": "”", "«": "»", "„": "“"}
_SIGNS = frozenset("-+~!‐‑‒–—−")
"""Other search boxes read these as "without" or "must"; word processors make dashes of hyphens."""
_ENDS = frozenset({")", *_CLOSING.values()})


class InvalidQuery(ThesaurusError):
    """A query that cannot be answered.

    Attributes:
        place: the range of characters at fault, in the query as it was given.
        reason: what is wrong and what to do, without the place.
    """

    slug = "invalid_query"

    def __init__(self, query: str, place: Span, reason: Message) -> None:
        excerpt = query[place.start : place.end]
        if len(excerpt) > _LONGEST_EXCERPT:
            excerpt = f"{excerpt[:_LONGEST_EXCERPT]}…"
        excerpt = "".join(each if each.isprintable() else "\ufffd" for each in excerpt)
        number = place.start + 1
        super().__init__(
            f"Requête, caractère {number}, « {excerpt} » : {reason.fr}",
            f"Query, character {number}, '{excerpt}': {reason.en}",
        )
        self.place = place
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is word, phrase, field, an operator (and, or, not) or a bracket."""

    kind: str
    text: str
    place: Span


def tokens(query: str) -> Iterator[Token]:
    """Cut a query.

    Raises:
        InvalidQuery: a quotation mark without its other, a lone colon, a sign before a word.
    """
    place, after_field = 0, False
    while place < len(query):
        letter = query[place]
        if _is_blank(letter):
            place += 1
            continue
        if letter in "()":
            token = Token(letter, letter, Span(place, place + 1))
        elif letter in _CLOSING:
            token = _phrase(query, place)
        else:
            token = _word(query, place, after_field=after_field)
        yield token
        after_field = token.kind == "field"
        place = token.place.end + (token.kind in ("phrase", "field"))


def _is_blank(letter: str) -> bool:
    return letter.isspace() or not (letter.isprintable() or letter > "\u009f")


def _phrase(query: str, start: int) -> Token:
    end = query.find(_CLOSING[query[start]], start + 1)
    if end < 0:
        raise InvalidQuery(
            query,
            Span(start, len(query)),
            Message(
                "ce guillemet n'est pas refermé ; fermer la phrase ou ôter le guillemet.",
                "this quotation mark is never closed; close the phrase or leave the mark out.",
            ),
        )
    return Token("phrase", query[start + 1 : end], Span(start + 1, end))


def _word(query: str, start: int, *, after_field: bool) -> Token:
    """Read to the next blank, bracket or quotation mark; before the first colon is a field."""
    end = start
    while end < len(query) and not (
        _is_blank(query[end]) or query[end] in "()" + "".join(_CLOSING)
    ):
        end += 1
    text = query[start:end]
    _refuse_sign(query, Span(start, end))
    name, colon, _ = text.partition(":")
    if colon and not after_field:
        if not name:
            raise InvalidQuery(
                query,
                Span(start, start + 1),
                Message(
                    "deux-points sans nom de champ ; écrire champ:valeur, ou ôter le signe.",
                    "a colon without the name of a field; write field:value, or leave it out.",
                ),
            )
        return Token("field", name, Span(start, start + len(name)))
    return Token(_OPERATORS.get(text, "word"), text, Span(start, end))


def _refuse_sign(query: str, place: Span) -> None:
    """Refuse ``-type``: words drop their signs, so it would ask for what is to be left out.

    After a bracket or a quotation mark that closes it is a hyphen, as inside a word. A sign that
    stands before nothing is refused later, as neither letters nor digits.
    """
    before, text = query[: place.start][-1:], query[place.start : place.end]
    if text[0] not in _SIGNS or before in _ENDS:
        return
    following = query[place.end : place.end + 1]
    if any(map(str.isalnum, text)) or (following and following in "(" + "".join(_CLOSING)):
        raise InvalidQuery(
            query,
            place,
            Message(
                f"le signe {text[0]} devant un mot n'est pas un opérateur ; écrire NOT ou SAUF "
                "pour exclure, sinon ôter le signe ou mettre le mot entre guillemets.",
                f"the sign {text[0]} before a word is no operator; write NOT or SAUF to leave "
                "something out, else drop the sign or put the word in quotation marks.",
            ),
        )
