"""What is decided in a transcoding table: decide, import, sign, reopen, history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, BinaryIO

import typer

from ontologies.transcoding import Decision
from thesaurus.cli.output import Json, actor, err, out, print_json, readable, register
from thesaurus.cli.table_files import one_file
from thesaurus.comparison import Sealed
from thesaurus.store import Database
from thesaurus.store.transcoding import Decided, Wanted
from thesaurus.tables import Options
from thesaurus.tables.trouble import NoSuchColumn, NoSuchSheet, UnknownColumns
from thesaurus.transcoding import deciding
from thesaurus.transcoding.answer import (
    DecisionItem,
    DecisionsAnswer,
    SignatureAnswer,
    TranscodingHistory,
)
from thesaurus.transcoding.decision_file import DecisionFileAnswer, read_decisions, write_decisions
from thesaurus.transcoding.doubts import doubts
from thesaurus.transcoding.legacy.ways import AllWays
from thesaurus.transcoding.table import (
    decision_item,
    decisions,
    end_item,
    signatures,
    signed,
    source_item,
)
from thesaurus.transcoding.text import decision_line, file_lines, signature_line
from thesaurus.transcoding.ways import Way, Ways

_COLUMNS = re.compile(r"\bcolumns=(\S+)")
_LONGEST_NAME = 200
_HIGHEST_VERSION = 1_000_000_000

Older = Annotated[
    str, typer.Argument(metavar="A", help="Version de départ / release to start from: 2022.")
]
Younger = Annotated[
    str, typer.Argument(metavar="B", help="Version d'arrivée / release to go to: 2023.")
]
Comment = Annotated[str | None, typer.Option(help="Commentaire, gardé / comment, kept.")]
Author = Annotated[
    str | None,
    typer.Option(
        "--author", metavar="NOM", help="Qui décide, au lieu de l'utilisateur du système / who "
        "decides, instead of the operating system's user."
    ),
]  # fmt: skip


@contextmanager
def opened_ways() -> Iterator[tuple[Ways, Database]]:
    """The ways between the releases of the register, none of which is opened."""
    with register() as known:
        yield AllWays(Sealed(known), known.database), known.database


def decide(  # noqa: PLR0913, PLR0917  (its options)
    a: Older,
    b: Younger,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code à transcoder / source code.")],
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CIBLE", help="Cibles ; sans elles celles qui sont proposées / targets."
        ),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accepter la ligne / accept the row.")
    ] = False,
    none: Annotated[
        bool, typer.Option("--none", help="Aucun code ne correspond / nothing stands for the code.")
    ] = False,
    reject: Annotated[
        bool, typer.Option("--reject", help="Refuser ce qui est proposé / reject what is proposed.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Reprendre la décision / take the decision back.")
    ] = False,
    comment: Comment = None,
    version: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=_HIGHEST_VERSION,
            help="Version de la décision qui a été vue, 0 pour aucune ; échoue si quelqu'un a "
            "décidé depuis / version that was seen; fails where somebody decided since.",
        ),
    ] = None,
    author: Author = None,
    as_json: Json = False,
) -> None:
    """Décider d'un code. Decide of a code: --accept [CIBLE]..., --none, --reject or --reset."""
    if accept + none + reject + reset != 1:
        raise typer.BadParameter(
            "une décision parmi --accept, --none, --reject, --reset / exactly one decision."
        )
    if targets and not accept:
        raise typer.BadParameter("des cibles avec --accept seulement / targets with --accept only.")
    verdict = Decision.REJECTED if reject else Decision.PROPOSED if reset else Decision.ACCEPTED
    chosen = () if none else tuple(map(readable, targets)) if targets else None
    given = Wanted(readable(code), verdict, chosen, _readable(comment), version)
    with opened_ways() as (ways, _):
        way = ways.between(readable(a), readable(b))
        wanted = deciding.checked(way, given)
        (written,) = deciding.decide(ways, way, [wanted], actor=_author(author))
        before = ways.store.history(way.source, way.target, wanted.code, limit=2)[1:]
        waiting = len(ways.between(way.source, way.target).open)
    for doubt in doubts(way, wanted):
        err.print(f"Attention : {doubt.fr}\nCaution: {doubt.en}")
    for each in before:
        _say_replaced(way, each)
    item = decision_item(written)
    if as_json:
        print_json(DecisionsAnswer(release=way.target, from_=a, to=b, items=[item]))
        return
    out.print(_decided_line(way, item))
    out.print(f"En attente d'une décision / open rows: {waiting}")


def _decided_line(way: Way, item: DecisionItem) -> str:
    """A decision with the names of its codes."""
    source = source_item(way, item.code, "fr")
    targets = [end_item(way.chain.last.concepts[each], "fr", way.chain) for each in item.targets]
    return decision_line(item, f"{way.named(item.code)} {source.label}", targets)


def _say_replaced(way: Way, replaced: Decided) -> None:
    if replaced.verdict is not None:
        line = _decided_line(way, decision_item(replaced))
        err.print(f"Décision remplacée / decision replaced: {line}")


def import_decisions(
    a: Older,
    b: Younger,
    file: Annotated[str, typer.Argument(help="CSV ou XLSX, ou - / CSV or XLSX, or -.")],
    check: Annotated[
        bool, typer.Option("--check", help="Contrôler sans écrire / check, write nothing.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(help="Colonnes non reconnues / columns not recognised: source=1,decision=F."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Feuille du classeur / sheet of the workbook.")
    ] = None,
    author: Author = None,
    as_json: Json = False,
) -> None:
    """Reprendre les décisions d'un fichier, toutes ou aucune. Take the decisions of a file, all of
    them or none; exit 1 where rows are wrong.
    """
    options = Options(columns=_readable(columns), sheet=_readable(sheet))
    with ExitStack() as files, opened_ways() as (ways, _):
        source = one_file(file, files).file
        way = ways.between(readable(a), readable(b))
        answer = _decisions_of(way, source, options)
        wrong = bool(answer.faults or answer.conflicts)
        if not check and not wrong:
            answer = write_decisions(ways, way, source, actor=_author(author), options=options)
    if as_json:
        print_json(answer)
    else:
        for line in file_lines(answer):
            out.print(line)
    if wrong:
        raise typer.Exit(1)


def _decisions_of(way: Way, file: BinaryIO, options: Options) -> DecisionFileAnswer:
    """Read a file of decisions; what does not fit of the options is wrong usage."""
    try:
        return read_decisions(way, file, options)[0]
    except NoSuchSheet as error:
        raise typer.BadParameter(str(error), param_hint="--sheet") from None
    except NoSuchColumn as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None
    except UnknownColumns as error:
        raise UnknownColumns(
            *(_COLUMNS.sub(r"--columns '\1'", each) for each in error.message)
        ) from None


def sign(
    a: Older, b: Younger, comment: Comment = None, author: Author = None, as_json: Json = False
) -> None:
    """Signer une table décidée. Sign a table whose rows are all decided; it is frozen."""
    with opened_ways() as (ways, _):
        way = ways.between(readable(a), readable(b))
        signature = deciding.sign(ways, way, actor=_author(author), comment=_readable(comment))
    _say_signature(signed(way.source, way.target, signature), as_json)


def reopen(
    a: Older,
    b: Younger,
    reason: Annotated[str, typer.Option(help="Motif, gardé / reason, kept.")],
    author: Author = None,
    as_json: Json = False,
) -> None:
    """Rouvrir une table signée. Open a signed table again; the edition stays in the history."""
    source, target = readable(a), readable(b)
    with opened_ways() as (ways, _):
        ways.state(source, target)
        found = deciding.reopen(ways, source, target, actor=_author(author), why=readable(reason))
    _say_signature(signed(source, target, found), as_json)


def history(
    a: Older,
    b: Younger,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Un code seulement / one code only.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Montrer qui a décidé quoi et qui a signé. Show who decided what, and who signed."""
    source, target = readable(a), readable(b)
    with opened_ways() as (ways, _):
        decided = decisions(ways, source, target, _readable(code)).items
        editions = signatures(ways, source, target).items
        names = {item.code: ways.named(source, item.code) for item in decided}
    if as_json:
        print_json(
            TranscodingHistory(
                release=target, from_=source, to=target, decisions=decided, signatures=editions
            )
        )
        return
    for item in decided:
        out.print(decision_line(item, names[item.code]))
    for edition in editions:
        out.print(signature_line(edition))
    if not decided and not editions:
        out.print("Rien n'est décidé ni signé / nothing is decided or signed.")


def _author(name: str | None) -> str:
    """Who decides. The user of the operating system may be a common one."""
    if name is None:
        return actor()
    author = readable(name).strip()
    if not author or len(author) > _LONGEST_NAME or not author.isprintable():
        raise typer.BadParameter(
            f"dire qui décide : un nom de 1 à {_LONGEST_NAME} caractères / say who decides: a name "
            f"of 1 to {_LONGEST_NAME} characters.",
            param_hint="--author",
        )
    return author


def _readable(text: str | None) -> str | None:
    return None if text is None else readable(text)


def _say_signature(answer: SignatureAnswer, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        out.print(f"{answer.from_} → {answer.to} : {signature_line(answer.signature)}")
