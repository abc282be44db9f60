"""The query language: what is read, what is refused and where."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.fulltext import InvalidQuery
from search.fulltext.language import (
    DEEPEST,
    LONGEST_QUERY,
    MOST_LEAVES,
    And,
    Leaf,
    Node,
    Not,
    Or,
    leaves,
    parse,
)
from search.fulltext.patterns import fits, pattern_words


def drawn(node: Node) -> str:
    """A tree in one line: ``(and a (or b c))``."""
    match node:
        case Leaf(text, _, field, quoted):
            shown = f'"{text}"' if quoted else text
            return f"{field.name}:{shown}" if field else shown
        case Not(part):
            return f"(not {drawn(part)})"
        case And(parts):
            return f"(and {' '.join(map(drawn, parts))})"
        case Or(parts):
            return f"(or {' '.join(map(drawn, parts))})"


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("marfan", "marfan"),
        ("a b c", "(and a b c)"),
        ("a AND b ET c", "(and a b c)"),
        ("a OR b OU c", "(or a b c)"),
        ("a b OR c d", "(or (and a b) (and c d))"),
        ("a (b OU c)", "(and a (or b c))"),
        ("a NOT b", "(and a (not b))"),
        ("a SAUF b", "(and a (not b))"),
        ("a ET SAUF b", "(and a (not b))"),
        ("NOT NOT a", "a"),
        ("NOT (a OR b)", "(not (or a b))"),
        ("et ou not", "(and et ou not)"),
        ('"AND"', '"AND"'),
        ('label:"a b" c', '(and label:"a b" c)'),
        ("« a b » “c”", '(and " a b " "c")'),
        ("label: a", "label:a"),
        ("label:(a OR b) c", "(and (or label:a label:b) c)"),
        ("mondo:MONDO:0007947", "mondo:MONDO:0007947"),
        ("code: ORPHA:558", "code:ORPHA:558"),
        ("ORPHA:558", "ORPHA:558"),
        ("((a))", "a"),
        ("a\tb\nc\x00d", "(and a b c d)"),
        ("type(1)", "(and type 1)"),
        ("d'Ehlers-Danlos", "d'Ehlers-Danlos"),
        ('"-type" « +x »', '(and "-type" " +x ")'),
        ("ALK- ALK+ (a)-b", "(and ALK- ALK+ a -b)"),
        ("- !!", "(and - !!)"),
    ],
)
def test_what_is_read(query: str, tree: str) -> None:
    assert drawn(parse(query)) == tree


@pytest.mark.parametrize(
    ("query", "place", "word"),
    [
        ("", (0, 0), "nothing"),
        ("   ", (0, 3), "nothing"),
        ("a AND", (2, 5), "AND"),
        ("ET a", (0, 2), "ET"),
        ("a AND OR b", (2, 5), "AND"),
        ("a OU", (2, 4), "OU"),
        ("a NOT", (2, 5), "NOT"),
        ("(a OR)", (3, 5), "OR"),
        ("(a", (0, 1), "closed"),
        ("(", (0, 1), "closed"),
        ("a)", (1, 2), "opened"),
        ("()", (1, 2), "empty"),
        ('a "b', (2, 4), "closed"),
        ("« b", (0, 3), "closed"),
        (":a", (0, 1), "colon"),
        ("label:", (0, 5), "no value"),
        ("label:AND", (0, 5), "no value"),
        ("a label: ) b", (2, 7), "no value"),
        ("label:(a type:b)", (9, 13), "inside"),
        ("a -type", (2, 7), "sign -"),
        ("+a", (0, 2), "sign +"),
        ("(~a)", (1, 3), "NOT or SAUF"),
        ("a !b", (2, 4), "sign !"),
        ("a –b", (2, 4), "sign –"),
        ("a -type:disease", (2, 15), "sign -"),
        ("label:-a", (6, 8), "sign -"),
        ('a -"b c"', (2, 3), "sign -"),
        ("a +(b)", (2, 3), "sign +"),
        ("x" * (LONGEST_QUERY + 1), (LONGEST_QUERY, LONGEST_QUERY + 1), str(LONGEST_QUERY)),
        ("(" * (DEEPEST + 1) + "a", (DEEPEST, DEEPEST + 1), str(DEEPEST)),
        ("a " * MOST_LEAVES + "b", (2 * MOST_LEAVES, 2 * MOST_LEAVES + 1), str(MOST_LEAVES)),
    ],
)
def test_what_is_refused_and_where(query: str, place: tuple[int, int], word: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse(query)
    assert refused.value.place == place
    assert word in refused.value.reason.en
    assert f"character {place[0] + 1}," in refused.value.message.en
    assert f"caractère {place[0] + 1}," in refused.value.message.fr


def test_what_is_shown_of_a_query_is_short_and_printable() -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse('"\x1b[31m' + "x" * 500)
    assert "\x1b" not in str(refused.value)
    assert len(refused.value.message.en) < 300


def check_place(refused: InvalidQuery, query: str) -> None:
    assert 0 <= refused.place.start <= refused.place.end <= len(query)
    assert refused.message.fr


PIECES = st.sampled_from(
    [*("AND", "OU", "NOT", "(", ")", '"', "«", "»", ":", "label:", "a*", "?", " ", "é", "\x00")]
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | st.lists(PIECES, max_size=40).map(" ".join))
@example('"')
@example("a:(" * 20)
def test_any_text_is_read_or_refused_at_a_place_inside_it(query: str) -> None:
    try:
        tree = parse(query)
    except InvalidQuery as refused:
        check_place(refused, query)
        return
    found = list(leaves(tree))
    assert 1 <= len(found) <= MOST_LEAVES
    for leaf, _ in found:
        assert query[leaf.place.start : leaf.place.end] == leaf.text


def test_excluded_leaves_are_marked() -> None:
    marked = [(leaf.text, negated) for leaf, negated in leaves(parse("a NOT (b NOT c)"))]
    assert marked == [("a", False), ("b", True), ("c", False)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("abc", "abc", True),
        ("a*", "a", True),
        ("a*c", "abbc", True),
        ("a*c", "abcd", False),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("*b*", "abc", True),
        ("a**", "abc", True),
        ("", "", True),
        ("?", "", False),
    ],
)
def test_patterns(pattern: str, text: str, expected: bool) -> None:
    assert fits(pattern, text) is expected


@given(st.text("ab", max_size=12), st.text("ab*?", max_size=12))
def test_patterns_agree_with_the_plain_definition(text: str, pattern: str) -> None:
    def plain(pattern: str, text: str) -> bool:
        if not pattern:
            return not text
        if pattern[0] == "*":
            return any(plain(pattern[1:], text[n:]) for n in range(len(text) + 1))
        return bool(text) and pattern[0] in ("?", text[0]) and plain(pattern[1:], text[1:])

    pattern = "*".join(pattern.split("*")[:5])
    assert fits(pattern, text) is plain(pattern, text)


def test_words_of_patterns_are_folded() -> None:
    assert pattern_words("Œdème* T-B+* d'ALK+ h?mo-phil*") == [
        *("oedeme*", "t", "b+", "*", "d", "alk+", "h?mo", "phil*")
    ]
