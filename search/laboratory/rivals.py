"""Engines of other makes, each in the way its own documentation would have it used here.

They get the same folded names, one document for each, and answer with the best name of each
entity. Their packages are imported when they are asked for and are no part of the service.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from weakref import finalize

from ontologies.errors import InvalidRequest
from search.laboratory.engines import Entry, Rival, first_of_each
from search.laboratory.plain import plain_words

# Names that are looked through for ten entities: some entities have dozens of names alike.
_NAMES = 60
_FUZZY_FROM = 4
_TWO_TYPOS_FROM = 8


class Tantivy:
    """tantivy: each word exact (boosted) or as a fuzzy prefix, any of them, ranked by BM25.

    Distance 0 under 4 letters, 1 up to 7, 2 from 8 on, as search sites commonly set it.
    """

    name = "tantivy"
    most: int | None = None

    def __init__(self, entries: Sequence[Entry]) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace")
        builder.add_text_field("code", stored=True, tokenizer_name="raw")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer()
        for code, text in entries:
            writer.add_document(tantivy.Document(text=text, code=code))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def ask(self, text: str, limit: int) -> list[str]:
        words = [self._word(word) for word in plain_words(text)]
        return self._found(words, self._tantivy.Occur.Should, limit) if words else []

    def _found(self, words: Sequence[Any], occur: Any, limit: int) -> list[str]:
        query = self._tantivy.Query.boolean_query([(occur, word) for word in words])
        found = self._searcher.search(query, _NAMES).hits
        return first_of_each((self._searcher.doc(at)["code"][0] for _, at in found), limit)

    def _word(self, word: str) -> Any:
        either = [(self._tantivy.Occur.Should, each) for each in self._ways(word)]
        return self._tantivy.Query.boolean_query(either)

    def _ways(self, word: str) -> list[Any]:
        query = self._tantivy.Query
        distance = (len(word) >= _FUZZY_FROM) + (len(word) >= _TWO_TYPOS_FROM)
        exact = query.boost_query(query.term_query(self._schema, "text", word), 2.0)
        return [exact, query.fuzzy_term_query(self._schema, "text", word, distance, prefix=True)]


class TantivyAll(Tantivy):
    """tantivy at its best here: all words first, then any; a prefix without a typo counts more.

    It asks twice where the first answer is not full, hence slower and better.
    """

    name = "tantivy-all"

    def ask(self, text: str, limit: int) -> list[str]:
        words = [self._word(word) for word in plain_words(text)]
        if not words:
            return []
        occur = self._tantivy.Occur
        found = self._found(words, occur.Must, limit)
        if len(found) < limit:
            found += self._found(words, occur.Should, limit)
        return first_of_each(found, limit)

    def _ways(self, word: str) -> list[Any]:
        query = self._tantivy.Query
        prefix = query.fuzzy_term_query(self._schema, "text", word, 0, prefix=True)
        return [*super()._ways(word), query.boost_query(prefix, 1.5)]


class _Fts5:
    """SQLite's full-text table of names, asked with one query or several in turn."""

    name: str
    most: int | None
    options: str

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._base = sqlite3.connect(":memory:")
        finalize(self, self._base.close)
        self._base.execute(
            f"CREATE VIRTUAL TABLE names USING fts5(text, code UNINDEXED, {self.options})"
        )
        rows = ((text, code) for code, text in entries)
        self._base.executemany("INSERT INTO names VALUES (?, ?)", rows)
        self._base.execute("INSERT INTO names(names) VALUES ('optimize')")

    def _found(self, query: str, limit: int) -> list[str]:
        rows = self._base.execute(
            "SELECT code FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (query, _NAMES)
        )
        return first_of_each((code for (code,) in rows), limit)


class Fts5(_Fts5):
    """SQLite FTS5: all words as prefixes; where that finds too few, any of them; BM25."""

    name = "fts5"
    most: int | None = None
    options = "prefix='2 3 4', tokenize=\"unicode61 remove_diacritics 2\""

    def ask(self, text: str, limit: int) -> list[str]:
        words = [f'"{word}"*' for word in plain_words(text)]
        if not words:
            return []
        found = self._found(" AND ".join(words), limit)
        if len(found) < limit and len(words) > 1:
            found += self._found(" OR ".join(words), limit)
        return first_of_each(found, limit)


class Trigrams(_Fts5):
    """SQLite FTS5 over groups of three letters: any of the query's groups, ranked by BM25."""

    name = "fts5-trigram"
    most: int | None = 50
    options = "tokenize='trigram'"

    def ask(self, text: str, limit: int) -> list[str]:
        words = " ".join(plain_words(text))
        groups = dict.fromkeys(words[n : n + 3] for n in range(len(words) - 2))
        return self._found(" OR ".join(f'"{each}"' for each in groups), limit) if groups else []


class Whoosh:
    """Whoosh: every word as a prefix or, from 4 letters, with one typo after its first letter.

    A few queries take seconds, hence the few that it is asked.
    """

    name = "whoosh"
    most: int | None = 20

    def __init__(self, entries: Sequence[Entry]) -> None:
        from whoosh import analysis, fields, query
        from whoosh.filedb.filestore import RamStorage

        self._query = query
        words = analysis.SpaceSeparatedTokenizer()
        schema = fields.Schema(text=fields.TEXT(analyzer=words), code=fields.STORED)
        writer = RamStorage().create_index(schema).writer()
        for code, text in entries:
            writer.add_document(text=text, code=code)
        writer.commit()
        self._searcher = writer.storage.open_index().searcher()

    def ask(self, text: str, limit: int) -> list[str]:
        words = plain_words(text)
        if not words:
            return []
        found = self._searcher.search(
            self._query.And([self._word(word) for word in words]), limit=_NAMES
        )
        return first_of_each((hit["code"] for hit in found), limit)

    def _word(self, word: str) -> Any:
        ways = [self._query.Prefix("text", word)]
        if len(word) >= _FUZZY_FROM:
            ways.append(self._query.FuzzyTerm("text", word, maxdist=1, prefixlength=1))
        return self._query.Or(ways)


RIVALS: Mapping[str, tuple[Rival, str | None]] = {
    Tantivy.name: (Tantivy, "tantivy"),
    TantivyAll.name: (TantivyAll, "tantivy"),
    Fts5.name: (Fts5, None),
    Trigrams.name: (Trigrams, None),
    Whoosh.name: (Whoosh, "whoosh"),
}
"""Each rival by its name, with the module that it wants beyond the standard library."""


def rivals(names: Sequence[str]) -> tuple[Rival, ...]:
    """Return builders of the rivals of these names.

    Raises:
        InvalidRequest: there is no such rival, or its package is not installed.
    """
    for name in names:
        if name not in RIVALS:
            listed = ", ".join(RIVALS)
            raise InvalidRequest(
                f"Moteur rival « {name} » inconnu ; connus : {listed}.",
                f"Unknown rival '{name}'; known ones: {listed}.",
            )
        _need(name, RIVALS[name][1])
    return tuple(RIVALS[name][0] for name in dict.fromkeys(names))


def _need(name: str, module: str | None) -> None:
    if module is None:
        return
    with suppress(ImportError):
        __import__(module)
        return
    extra = 'pip install "rare-disease-thesaurus[rivals]"'
    raise InvalidRequest(
        f"Le moteur rival « {name} » n'est pas installé : {extra}.",
        f"The rival '{name}' is not installed: {extra}.",
    )
