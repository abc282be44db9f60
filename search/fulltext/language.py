"""The coders' query language: from a text to a tree, or to what is wrong and where.

::

    query    =  all { OR all }                    OR, OU
    all      =  one { [ AND ] one }               AND, ET; words beside each other mean AND
    one      =  { NOT } operand                   NOT, SAUF
    operand  =  [ field ":" ] ( word | "phrase" | "(" query ")" )

Operators are in capitals, so that "et" and "ou" in a name are words. ``*`` and ``?`` in a word
stand for any letters and for one. Nothing is forgiven silently: a coder who counts with a query
must know that it was read as meant. Every query is bounded before anything is looked up.

Small words (de, of, syndrome, type) that stand beside others are not demanded, as few who type them
know whether the name has them; quotation marks or AND demand them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ontologies.errors import Message
from search.fulltext.fields import TEXT_FIELDS, field_named
from search.fulltext.tokens import InvalidQuery, Token, tokens
from search.stopwords import NEGATIONS, STOP_WORDS
from search.text import Span, words

LONGEST_QUERY = 2000
MOST_LEAVES = 64
DEEPEST = 20
_SMALL_WORDS = STOP_WORDS - NEGATIONS  # a name without "sans" is another disease


@dataclass(frozen=True, slots=True)
class Field:
    """The name before a colon, as it was written."""

    name: str
    place: Span


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word or a phrase.

    Attributes:
        place: that of its text, quotes left out.
        demanded: false of a small word beside others, which adds to the score only.
    """

    text: str
    place: Span
    field: Field | None = None
    quoted: bool = False
    demanded: bool = True

    @property
    def is_pattern(self) -> bool:
        return not self.quoted and ("*" in self.text or "?" in self.text)

    @property
    def is_small(self) -> bool:
        """Tell whether it is a word that says little, outside quotation marks."""
        if self.quoted or self.is_pattern:
            return False
        if self.field and field_named(self.field.name)[0] not in TEXT_FIELDS:
            return False
        listed = words(self.text)
        return len(listed) == 1 and listed[0] in _SMALL_WORDS


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Leaf | And | Or | Not


def parse(query: str) -> Node:
    """Read a query.

    Raises:
        InvalidQuery: it is empty, too long or too deep, or not of the language.

    >>> parse("marfan SAUF type:sous-type").parts[1].part.field.name
    'type'
    """
    if len(query) > LONGEST_QUERY:
        raise InvalidQuery(
            query,
            Span(LONGEST_QUERY, len(query)),
            Message(
                f"une requête a au plus {LONGEST_QUERY} caractères.",
                f"a query has at most {LONGEST_QUERY} characters.",
            ),
        )
    return _Parser(query).parse()


def leaves(node: Node, *, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """The words and phrases of a query from left to right, each with whether it is excluded."""
    match node:
        case Leaf():
            yield node, negated
        case Not(part):
            yield from leaves(part, negated=not negated)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, negated=negated)


def _eased(parts: Sequence[Node], stated: set[int]) -> tuple[Node, ...]:
    """No longer demand the small words beside which a word of the same field stands that is none.

    Args:
        stated: the numbers of the parts beside a written AND; these stay demanded.
    """
    telling = {
        leaf.field
        for part in parts
        for leaf, negated in leaves(part)
        if not (negated or leaf.is_small)
    }
    return tuple(
        replace(part, demanded=False)
        if isinstance(part, Leaf)
        and part.is_small
        and part.field in telling
        and number not in stated
        else part
        for number, part in enumerate(parts)
    )


class _Parser:
    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = list(tokens(query))
        self._next = 0
        self._leaves = 0

    def parse(self) -> Node:
        if not self._tokens:
            self._fail(
                Span(0, len(self._query)),
                "rien à chercher ; donner au moins un mot.",
                "nothing to search; give at least one word.",
            )
        found = self._either(None, 0)
        if token := self._peek():  # only a closing bracket stops the reading before the end
            self._fail(
                token.place,
                "cette parenthèse fermante n'a pas d'ouvrante ; l'ôter ou ouvrir le groupe.",
                "this closing bracket was never opened; leave it out or open the group.",
            )
        return found

    def _fail(self, place: Span, fr: str, en: str) -> None:
        raise InvalidQuery(self._query, place, Message(fr, en))

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, *kinds: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self._next += 1
        return token

    def _either(self, field: Field | None, depth: int) -> Node:
        parts = [self._every(field, depth)]
        while operator := self._take("or"):
            self._want_operand(operator)
            parts.append(self._every(field, depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _every(self, field: Field | None, depth: int) -> Node:
        parts = [self._one(field, depth)]
        stated: set[int] = set()
        while (token := self._peek()) and token.kind not in ("or", ")"):
            if operator := self._take("and"):
                self._want_operand(operator)
                stated |= {len(parts) - 1, len(parts)}
            parts.append(self._one(field, depth))
        return parts[0] if len(parts) == 1 else And(_eased(parts, stated))

    def _one(self, field: Field | None, depth: int) -> Node:
        negated = False
        while operator := self._take("not"):
            self._want_operand(operator)
            negated = not negated
        found = self._operand(field, depth)
        return Not(found) if negated else found

    def _want_operand(self, operator: Token) -> None:
        """After an operator something must come that is not another one, NOT excepted."""
        token = self._peek()
        if token is None or token.kind in ("and", "or", ")"):
            self._dangling(operator)

    def _dangling(self, operator: Token) -> None:
        self._fail(
            operator.place,
            f"l'opérateur {operator.text} attend un mot de chaque côté (NOT et SAUF : après) ; "
            "entre guillemets ou en minuscules, c'est un mot.",
            f"the operator {operator.text} wants a word on each side (NOT and SAUF: after it); in "
            "quotation marks or small letters it is a word.",
        )

    def _operand(self, field: Field | None, depth: int) -> Node:
        token = self._peek()
        assert token is not None  # noqa: S101  (whoever calls has looked)
        if token.kind in ("and", "or"):
            self._dangling(token)
        self._next += 1
        if token.kind == "field":
            return self._fielded(token, field, depth)
        if token.kind == "(":
            return self._group(token, field, depth)
        if token.kind == ")":
            self._fail(
                token.place,
                "cette parenthèse fermante n'a pas d'ouvrante, ou le groupe est vide.",
                "this closing bracket was never opened, or the group is empty.",
            )
        return self._leaf(token, field)

    def _fielded(self, token: Token, outer: Field | None, depth: int) -> Node:
        if outer is not None:
            self._fail(
                token.place,
                f"un champ dans le groupe du champ « {outer.name} » ; fermer ce groupe avant.",
                f"a field inside the group of the field '{outer.name}'; close that group first.",
            )
        following = self._peek()
        if following is None or following.kind not in ("word", "phrase", "("):
            self._fail(
                token.place,
                "ce champ n'a pas de valeur ; écrire champ:valeur, sinon ôter les deux-points.",
                "this field has no value; write field:value, else leave the colon out.",
            )
        return self._operand(Field(token.text, token.place), depth)

    def _group(self, opening: Token, field: Field | None, depth: int) -> Node:
        if depth == DEEPEST:
            self._fail(
                opening.place,
                f"plus de {DEEPEST} parenthèses l'une dans l'autre ; simplifier la requête.",
                f"more than {DEEPEST} brackets inside each other; make the query simpler.",
            )
        following = self._peek()
        if following is not None:
            found = self._either(field, depth + 1)
            if self._take(")"):
                return found
        self._fail(
            opening.place,
            "cette parenthèse n'est pas refermée ; fermer le groupe ou l'ôter.",
            "this bracket is never closed; close the group or leave the bracket out.",
        )
        raise AssertionError

    def _leaf(self, token: Token, field: Field | None) -> Leaf:
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            self._fail(
                token.place,
                f"plus de {MOST_LEAVES} mots et valeurs ; poser plusieurs questions.",
                f"more than {MOST_LEAVES} words and values; ask several questions.",
            )
        return Leaf(token.text, token.place, field, quoted=token.kind == "phrase")
