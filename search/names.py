"""The names by which a concept is found: its own, and further ones from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ontologies.concept import Concept, Label
from search.text import words

LinkedNames = Callable[[str], Iterable[Label]]
"""From a code to further names of its concept: in other terminologies, in older releases."""


def no_names(_code: str) -> Iterable[Label]:
    return ()


def _distinct(concept: Concept) -> Iterable[Label]:
    """The labels of a concept; a synonym that repeats a name before it adds nothing to find."""
    found: dict[tuple[str, str], Label] = {}
    for label in concept.labels:
        found.setdefault((label.text, label.lang), label)
    return found.values()


def names(concept: Concept, linked: LinkedNames) -> Iterator[Label]:
    own = tuple(_distinct(concept))
    yield from own
    yield from _news(own, linked(concept.code))


def _news(own: Iterable[Label], linked: Iterable[Label]) -> Iterator[Label]:
    """The further names that a concept does not bear itself, each once whatever its spelling."""
    known: set[str] | None = None
    for label in linked:
        known = known if known is not None else {" ".join(words(each.text)) for each in own}
        text = " ".join(words(label.text))
        if text not in known:
            known.add(text)
            yield label
