"""The catalogue of sentences: whole, in both languages, all of it used, and nothing beside it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from thesaurus.web.texts import CATALOGUE, LANGUAGES, Text

ROOT = Path(__file__).parents[2]
WEB = ROOT / "thesaurus/web"
FILES = {key.partition(".")[0] for key in CATALOGUE}
QUERIES = re.compile(r"search\.(query|try)_|check\.columns_hint|home\.try_")
"""What is typed in a language of its own, whose quotation marks are straight."""

NAMES = {"CSV", "JSON", "XLSX", "HPO", "ORPHA", "CIM", "OMIM", "API"}
"""Words that are the same in every language."""

_SOURCE = re.compile(r"{% set source %}.*?{% endset %}", re.DOTALL)
_ENGLISH = re.compile(r'<div[^<>]*lang="en">.*?</div>', re.DOTALL)
_JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
_SPOKEN = re.compile(r"""(?:aria-label|alt|title|placeholder|data-say[\w-]*)=["']([^"']*)["']""")
_CODE = re.compile(r"<(code|kbd|pre)\b.*?</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""[\w-]+=(?:"[^"]*"|'[^']*')""")
_ADDRESS = re.compile(r"(?:/\w+)+")
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")


def sources(*suffixes: str) -> Iterator[Path]:
    for suffix in suffixes:
        yield from sorted(WEB.rglob(f"*{suffix}"))


@cache
def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sources(".py", ".html"))


@cache
def words_of_the_service() -> frozenset[str]:
    """Names and texts without blanks that code holds: keys of the API are among them."""
    found = set()
    for folder in ("thesaurus", "ontologies", "search"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    for path in (WEB / "templates").rglob("*.html"):
        found |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return frozenset(found)


def forms(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def texts_of(file: str) -> list[tuple[str, Mapping[str, Text]]]:
    return [(key, text) for key, text in CATALOGUE.items() if key.partition(".")[0] == file]


def values_of(texts: list[str]) -> set[str]:
    """The names in braces."""
    parsed = (part for text in texts for part in string.Formatter().parse(text))
    return {name for _, name, _, _ in parsed if name is not None}


def named() -> set[str]:
    """The keys that templates and Python name in full."""
    found = re.findall(r"""["'](\w+\.\w+)(?<!_)["'](?!\s*~)""", code())
    return {key for key in found if key.partition(".")[0] in FILES and not is_file(key)}


def is_file(key: str) -> bool:
    return key.endswith((".html", ".css", ".js", ".toml", ".svg", ".csv", ".xlsx", ".json", ".md"))


def built() -> set[tuple[str, str]]:
    """Keys that are put together: what stands before and behind the part that varies."""
    in_templates = re.findall(r'"(\w+\.\w*)" ?~ ?[^()"]*(?:\([^()]*\))?(?: ?~ ?"(\w+)")?', code())
    in_python = re.findall(r'f"(\w+\.\w*)\{[^{}]*\}(\w*)"', code())
    beginnings = [(each, "") for each in re.findall(r'"(\w+\.\w*_)"', code())]
    return {
        (before, behind)
        for before, behind in [*in_templates, *in_python, *beginnings]
        if before.partition(".")[0] in FILES
    }


def is_built(key: str, before: str, behind: str) -> bool:
    varies = key.removeprefix(before).removesuffix(behind)
    return (
        key.startswith(before)
        and key.endswith(behind)
        # Where nothing but the file stands before, the rest must be a word that somebody uses.
        and (not before.endswith(".") or varies in words_of_the_service())
    )


def test_every_text_that_is_named_exists():
    assert not sorted(named() - set(CATALOGUE))


def test_every_beginning_of_a_key_begins_some_text():
    for before, behind in built():
        assert any(is_built(key, before, behind) for key in CATALOGUE), before


def test_every_text_is_used():
    parts = built()
    unused = [
        key
        for key in sorted(set(CATALOGUE) - named())
        if not any(is_built(key, before, behind) for before, behind in parts)
    ]
    assert not unused


@pytest.mark.parametrize("file", sorted(FILES))
def test_texts_have_both_languages_with_the_same_values(file):
    for key, text in texts_of(file):
        assert set(text) == set(LANGUAGES), key
        french, english = forms(text["fr"]), forms(text["en"])
        assert len(french) == len(english) <= 2, key
        assert all(each.strip() for each in [*french, *english]), key
        assert values_of(french) == values_of(english), key


@pytest.mark.parametrize("file", sorted(FILES))
def test_french_is_set_as_french_is(file):
    for key, text in texts_of(file):
        for form in () if QUERIES.match(key) else forms(text["fr"]):
            assert not re.search(r" [:;?!»%]|« ", form), (key, "a line may break at a space")
            assert not re.search(r"[^\W\d_][;?!](?:\s|$)|[^\W\d_]:\s(?!»)", form), (key, "no space")
            assert not re.search(r"«\S|\S»", form), (key, "guillemets without their spaces")
            assert '"' not in form, (key, "straight quotation marks")
            assert "’" not in form, (key, "the repository writes '")


@pytest.mark.parametrize("path", list(sources(".html")), ids=lambda path: path.name)
def test_no_sentence_stands_in_a_template(path):
    """Code that is shown, and an example that is in English for all readers, are none."""
    markup = path.read_text(encoding="utf-8")
    for silent in (_SOURCE, _ENGLISH, _JINJA):
        markup = silent.sub(" ", markup)
    spoken = " ".join(_SPOKEN.findall(markup))
    shown = markup
    for silent in (_CODE, _TAG, _ATTRIBUTE, _ADDRESS):
        shown = silent.sub(" ", shown)
    assert set(_WORD.findall(f"{shown} {spoken}")) <= NAMES


@pytest.mark.parametrize("path", list(sources(".py")), ids=lambda path: path.name)
def test_no_french_stands_in_python(path):
    """wording.py has the states of a release, which the terminal says as well."""
    if path.name == "wording.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    shown = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    documented = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    texts = [each for each in shown if each not in documented]
    assert not [each for each in texts if re.search(r"[À-ÖØ-öø-ÿŒœ]", each)]
