"""Ontologies in OBO, OWL (RDF/XML) or obographs JSON, parsed by pronto without trust.

pronto stops at the first fault; what it says becomes a refusal with the line. Nothing is fetched:
imports stay closed, external entities are refused before the file is parsed.
"""

from __future__ import annotations

import gc
import itertools
import json
import re
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from loaders.messages import refuse
from loaders.table import decoded
from ontologies.errors import Refused

if TYPE_CHECKING:
    from pronto.ontology import Ontology

_ENTITY = 300
_GROWTH = 20
_BOM = b"\xef\xbb\xbf"
_FRAME = re.compile(r"^\[Term\][^\n]*\n(?:[^\S\n]*\n|!.*\n)*id:\s*(\S+)", re.MULTILINE)
_SAID_LINE = re.compile(r"at line (\d+)")
# YAML's set of characters, by which fastobo reads JSON, lacks these.
_C1 = re.compile(r"[\x7f-\x84\x86-\x9f]")
_TERM_FRAME = re.compile(r"^\[Term\].*\n((?:(?!\[).*\n?)*)", re.MULTILINE)
_UNKNOWN_CLAUSE = re.compile(
    r"^(?!(?:id|is_anonymous|name|namespace|alt_id|def|comment|subset|synonym|xref|builtin"
    r"|property_value|is_a|intersection_of|union_of|equivalent_to|disjoint_from|relationship"
    r"|created_by|creation_date|is_obsolete|replaced_by|consider):)[\w-]+:",
    re.MULTILINE,
)
_NODE_ID = re.compile(r'"id"\s*:\s*("(?:[^"\\]|\\.)*")')
_LONE = re.compile(r"'(intersection_of|union_of)' cannot have a cardinality of 1")


@contextmanager
def collector_paused() -> Iterator[None]:
    """Stop the garbage collector for a while.

    An ontology is a million small objects that all stay; looking for garbage among them again and
    again takes a third of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def parse_obo(name: str, data: bytes) -> Ontology:
    """Parse OBO text. Raises Refused: with the line where it is not OBO, or an id stands twice."""
    text = decoded(name, data)
    _refuse_unknown_clauses(name, text)
    _refuse_duplicates(name, text)
    return _parsed(name, text.encode(), text)


def parse_owl(name: str, data: bytes) -> Ontology:
    """Parse RDF/XML.

    Entities that abbreviate addresses are expanded, as Protégé writes them.

    Raises:
        Refused: external entities, entities that grow, XML or OWL that cannot be read.
    """
    _inspect_entities(name, data)
    plain = data.removeprefix(_BOM).lstrip()
    if not plain.startswith((b"<?xml", b"<rdf:RDF")):
        plain = b'<?xml version="1.0"?>' + plain  # by which pronto knows XML
    return _parsed(name, plain, data.decode("utf-8", "replace"))


def parse_obographs(name: str, data: bytes) -> Ontology:
    """Parse obographs JSON. Raises Refused: not JSON, no graph, a node that stands twice."""
    text = decoded(name, data)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated") or not text[error.pos :].strip()
        reason = "truncated-ontology" if cut else "bad-ontology"
        raise refuse(reason, file=name, line=error.lineno, why=error.msg) from None
    except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
        raise refuse("bad-ontology", file=name, why="JSON") from None
    _inspect_graphs(name, text, content)
    plain = _C1.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _parsed(name, plain.encode(), text)


def _parsed(name: str, data: bytes, text: str) -> Ontology:
    from pronto.ontology import Ontology

    # Of a stream pronto would guess the encoding; it takes ours with a path only.
    with tempfile.TemporaryDirectory(prefix="thesaurus-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "ontology"
        path.write_bytes(data)
        try:
            return Ontology(path, import_depth=0, encoding="utf-8", threads=1)
        except Exception as error:  # fastobo and pronto raise of every kind
            raise _refusal(name, text, error) from None
        except BaseException as panic:
            # A failure inside fastobo, which is written in Rust, is no Exception.
            if type(panic).__name__ != "PanicException":
                raise
            raise refuse("bad-ontology", file=name, why=panic) from None


def _refusal(name: str, text: str, error: Exception) -> Refused:
    """Say what pronto stumbled upon, and where."""
    if isinstance(error, KeyError):
        code = str(error.args[0])
        return refuse("unknown-concept", file=name, line=_line_of_link(text, code), code=code)
    why = str(error.args[0]) if error.args else type(error).__name__
    line = _line_of_fault(text, error, why)
    lines = text.rstrip("\n").count("\n") + 1
    if isinstance(error, SyntaxError) and line and line >= lines:
        return refuse("truncated-ontology", file=name, line=line, why=why)
    return refuse("bad-ontology", file=name, line=line, why=why)


def _line_of_fault(text: str, error: Exception, why: str) -> int | None:
    """Find the line: fastobo has ``lineno``, ElementTree ``position``, others say it in words."""
    if isinstance(error, SyntaxError):
        found: int | None = getattr(error, "position", (error.lineno, 0))[0]
        return found
    if said := _SAID_LINE.search(why):
        return int(said[1])
    if lone := _LONE.search(why):
        return _line_of_lone(text, lone[1])
    if why.startswith("identifier already in use: "):
        return text.count("\n", 0, text.rfind(f"\nid: {why.split()[4]}") + 1) + 1
    return _line_of(text, why.rpartition(": ")[2].strip('"')) if ": " in why else None


def _line_of(text: str, words: str) -> int | None:
    place = text.find(words)
    return text.count("\n", 0, place) + 1 if place >= 0 else None


def _line_of_lone(text: str, tag: str) -> int | None:
    """Return the line of a clause that stands alone in its frame, where two are needed."""
    start = 0
    for frame in re.split(r"(?m)^(?=\[)", text):
        if frame.count(f"\n{tag}:") == 1:
            return text.count("\n", 0, start + frame.index(f"\n{tag}:")) + 2
        start += len(frame)
    return None


def _line_of_link(text: str, code: str) -> int | None:
    """Return the line of the first link to a code: ``is_a`` in OBO, ``subClassOf`` in OWL."""
    spelled = "(?:" + "|".join(map(re.escape, (code, code.replace(":", "_")))) + r")(?![\w.])"
    for link in (rf"^is_a:\s*{spelled}", rf"subClassOf\b.*{spelled}", spelled):
        if found := re.search(link, text, re.MULTILINE):
            return text.count("\n", 0, found.end()) + 1
    return None


def _refuse_unknown_clauses(name: str, text: str) -> None:
    """Refuse a clause that OBO does not have; at some of them fastobo falls over."""
    for frame in _TERM_FRAME.finditer(text):
        if clause := _UNKNOWN_CLAUSE.search(frame[1]):
            line = text.count("\n", 0, frame.start(1) + clause.start()) + 1
            raise refuse("bad-ontology", file=name, line=line, why=clause[0])


def _refuse_duplicates(name: str, text: str) -> None:
    """Refuse an id that stands twice; pronto would merge the two terms without a word."""
    seen: dict[str, int] = {}
    for frame in _FRAME.finditer(text):
        code = frame[1]
        if code in seen:
            first, line = (text.count("\n", 0, at) + 1 for at in (seen[code], frame.end()))
            raise refuse("duplicate-term", file=name, line=line, code=code, first=first)
        seen[code] = frame.end()


def _inspect_graphs(name: str, text: str, content: object) -> None:
    graphs = content.get("graphs") if isinstance(content, dict) else None
    if not isinstance(graphs, list) or not all(isinstance(graph, dict) for graph in graphs):
        raise refuse("bad-ontology", file=name, line=1, why="graphs")
    if not graphs:
        raise refuse("nothing-inside", file=name, kind="obographs")
    seen: set[str] = set()
    lists = [nodes for graph in graphs if isinstance(nodes := graph.get("nodes"), list)]
    for node in itertools.chain(*lists):
        code = node.get("id") if isinstance(node, dict) else None
        if not isinstance(code, str):
            continue  # the parser refuses it or passes over it
        if code in seen:
            first, line, *_ = (*_lines_of_node(text, code), 1, 1)
            raise refuse("duplicate-term", file=name, line=line, code=code, first=first)
        seen.add(code)


def _lines_of_node(text: str, code: str) -> Iterator[int]:
    """Yield the lines of the nodes of an id, however they spell it."""
    for written in _NODE_ID.finditer(text):
        if json.loads(written[1]) == code:
            yield text.count("\n", 0, written.end()) + 1


def _inspect_entities(name: str, data: bytes) -> None:
    """Read the head of an XML file up to its root and judge the entities that it declares.

    Raises:
        Refused: one that lies outside the file, holds other ones, or makes the file too large.
    """
    values: dict[str, str] = {}
    parser = expat.ParserCreate()

    def on_doctype(_root: str, system: str | None, public: str | None, _internal: bool) -> None:
        if system or public:
            raise refuse("external-entity", file=name, line=parser.CurrentLineNumber)

    def on_entity(
        entity: str, parameter: bool, value: str | None, _base: str | None,
        _system: str | None, _public: str | None, _notation: str | None,
    ) -> None:  # fmt: skip
        line = parser.CurrentLineNumber
        if value is None or parameter:
            raise refuse("external-entity", file=name, line=line)
        if len(value) > _ENTITY or "&" in value or "<" in value:
            raise refuse("entity-bomb", file=name, line=line, entity=entity)
        values[entity] = value

    def on_root(_tag: str, _attributes: dict[str, str]) -> None:
        raise StopIteration

    parser.StartDoctypeDeclHandler = on_doctype
    parser.EntityDeclHandler = on_entity
    parser.StartElementHandler = on_root
    try:
        parser.Parse(data, True)
    except StopIteration:
        pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 1)  # the others are of an encoding that it cannot read
        raise refuse("bad-ontology", file=name, line=line, why=str(error)[:100]) from None
    grown = sum(data.count(b"&%s;" % key.encode()) * len(text) for key, text in values.items())
    if grown > _GROWTH * len(data):
        raise refuse("entity-bomb", file=name, line=1, entity=", ".join(list(values)[:5]))
