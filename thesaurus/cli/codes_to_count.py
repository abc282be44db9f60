"""``redirect`` and ``aggregate``: lists of codes, each with the code that counts for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Annotated

import typer

from thesaurus import lookup
from thesaurus.answers import AggregateAnswer, AggregateItem, RedirectAnswer, RedirectItem
from thesaurus.cli import words
from thesaurus.cli.codes import Given, codes_of, given, wrong
from thesaurus.cli.output import AsOf, Json, Lang, ReleaseOption, opened, out, print_json
from thesaurus.runtime import Open

Codes = Annotated[
    list[str],
    typer.Argument(
        help="Codes, fichiers (un code par ligne) ou - / codes, files (one code a line) or -."
    ),
]


def install(app: typer.Typer) -> None:
    app.command()(redirect)
    app.command()(aggregate)


def redirect(
    codes: Codes,
    referred: Annotated[
        bool,
        typer.Option(
            "--referred", help="Suivre aussi « associé à » / follow 'referred to' as well."
        ),
    ] = False,
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Rediriger des codes. What replaces each code; exit 1 where one is unknown."""
    listed = _listed(codes)
    with opened(release, as_of) as (data, _):
        answer = lookup.redirections(data, [each.code for each in listed], referred=referred)
        lines = list(_lines(data, lang, listed, answer, _replaced))
    _say(answer, lines, as_json=as_json)


def aggregate(
    codes: Codes,
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Agréger des codes. The disorder that each code counts as; exit 1 where one is unknown."""
    listed = _listed(codes)
    with opened(release, as_of) as (data, _):
        answer = lookup.aggregations(data, [each.code for each in listed])
        lines = list(_lines(data, lang, listed, answer, _counted))
    _say(answer, lines, as_json=as_json)


def _listed(codes: Sequence[str]) -> list[Given]:
    with ExitStack() as files:
        found: list[Given] = []
        for item in given(codes, files):
            found.extend([item] if isinstance(item, Given) else codes_of(item))
    if not found:
        raise wrong("aucun code lu", "no code was read")
    return found


Answer = RedirectAnswer | AggregateAnswer
Item = RedirectItem | AggregateItem
_Worded = Callable[[Item], tuple[str | None, str]]
"""From an item to the code that counts and, where none does or it is the same, to words."""


def _lines(
    release: Open, lang: str, listed: Sequence[Given], answer: Answer, worded: _Worded
) -> Iterator[str]:
    several = len({each.file for each in listed}) > 1
    items: Sequence[Item] = answer.items
    for sent, item in zip(listed, items, strict=True):
        place = sent.place(several)
        start = f"{place}  " if place else ""
        if not item.known:
            yield f"{start}{sent.code[:40]}  code inconnu / unknown code"
            continue
        code, why = worded(item)
        label = release.snapshot.concepts[code].preferred(lang).text if code else ""
        target = f"ORPHA:{code}  {label}  " if code else ""
        yield f"{start}ORPHA:{item.code}  →  {target}({why})"


def _replaced(item: Item) -> tuple[str | None, str]:
    assert isinstance(item, RedirectItem)  # noqa: S101
    return item.target, words.redirection(item.kind) if item.kind else "inchangé / unchanged"


def _counted(item: Item) -> tuple[str | None, str]:
    assert isinstance(item, AggregateItem)  # noqa: S101
    if item.aggregation is None:
        return None, "aucune pathologie d'agrégation / no disorder to count as"
    same = item.aggregation == item.code
    return item.aggregation, "inchangé / unchanged" if same else "agrégation / aggregation"


def _say(answer: Answer, lines: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        for line in lines:
            out.print(line)
    if not all(item.known for item in answer.items):
        raise typer.Exit(1)
