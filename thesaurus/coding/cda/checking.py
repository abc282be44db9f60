"""Documents in, findings with their places out. Knows neither HTTP nor files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from thesaurus.coding.answer import PlacedFinding, Result, Summary
from thesaurus.coding.cda.answer import (
    CheckedDocument,
    DocumentProblem,
    DocumentsAnswer,
    PlacedResult,
)
from thesaurus.coding.cda.archive import documents_in, is_archive
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.notes import note
from thesaurus.coding.cda.parsing import parse
from thesaurus.coding.cda.places import Places
from thesaurus.coding.cda.reading import read
from thesaurus.coding.cda.vocabulary import NEWEST, PROFILES
from thesaurus.coding.check import Checker, Session
from thesaurus.coding.submission import MOST_IN_A_CALL

CheckerFor = Callable[[str], Checker]


def check_documents(
    name: str, data: bytes, checker_for: CheckerFor, profile: str | None = None
) -> DocumentsAnswer:
    """Check an SDM-MR document, or each one in a zip.

    Args:
        name: a neutral name for a document that comes alone; in a zip each file has its own.
        data: XML or zip.
        checker_for: gives the checker of a profile; those of one call are of one release.
        profile: the profile to use; without, the version of each document chooses.

    Raises:
        InvalidDocument: the only document, or the archive, cannot be read; a broken document in an
            archive is answered with its own problem.
        UnknownProfile
    """
    call = _Call(checker_for, profile)
    if is_archive(data):
        documents = [call.attempt(each, content) for each, content in documents_in(data)]
    else:
        documents = [call.check(name, data)]
    return call.answer(documents)


@dataclass
class _Call:
    """One call: a session for each profile that its documents ask for."""

    checker_for: CheckerFor
    profile: str | None
    sessions: dict[str, Session] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    release: str = ""
    diagnoses: int = 0

    def __post_init__(self) -> None:
        self.session(self.profile or PROFILES[NEWEST])

    def session(self, profile: str) -> Session:
        if profile not in self.sessions:
            checker = self.checker_for(profile)
            self.release = checker.release.id
            self.sessions[profile] = checker.session()
        return self.sessions[profile]

    def attempt(self, name: str, data: bytes) -> CheckedDocument:
        """Check a document, or say what is wrong with it."""
        try:
            return self.check(name, data)
        except InvalidDocument as error:
            if error.reason == "too-many-in-all":
                raise
            message = error.plain
            problem = DocumentProblem(
                message=f"{message.fr}.", message_en=f"{message.en}.", line=error.line
            )
            return CheckedDocument(name=name, problem=problem)

    def check(self, name: str, data: bytes) -> CheckedDocument:
        root, version = parse(data)
        submission, elements, notes = read(root, name)
        self._count(len(submission.diagnoses))
        known = PROFILES.get((version or "")[:4])
        profile = self.profile or known or PROFILES[NEWEST]
        result = self.session(profile).result(submission)
        self.results.append(result)
        return CheckedDocument(
            name=name,
            version=version,
            profile=profile,
            result=_placed(result, Places(elements, data)),
            notes=[*([] if known or self.profile else [note("version")]), *notes],
        )

    def _count(self, diagnoses: int) -> None:
        self.diagnoses += diagnoses
        if self.diagnoses > MOST_IN_A_CALL:
            raise InvalidDocument("too-many-in-all")

    def answer(self, documents: Sequence[CheckedDocument]) -> DocumentsAnswer:
        used = {each.profile for each in documents if each.profile}
        return DocumentsAnswer(
            release=self.release,
            profile=self.profile or (used.pop() if len(used) == 1 else None),
            documents=list(documents),
            results=self.results,
            summary=_together([each.summary() for each in self.sessions.values()]),
        )


def _placed(result: Result, places: Places) -> PlacedResult:
    findings = []
    for found in result.findings:
        place = places.of(found.path)
        findings.append(PlacedFinding(**dict(found), line=place.line, xpath=place.xpath))
    return PlacedResult(
        id=result.id,
        valid=result.valid,
        severity=result.severity,
        findings=findings,
        normalized=result.normalized,
    )


def _together(summaries: Sequence[Summary]) -> Summary:
    """Add up the summaries of sessions; those in which nothing was checked have nothing to say."""
    used = [each for each in summaries if each.submissions] or summaries[:1]
    return Summary.model_validate(reduce(_added, (each.model_dump() for each in used)))


def _added(one: Any, other: Any) -> Any:
    """Numbers are added, name by name; texts stay."""
    if isinstance(one, dict):
        both = {name: _added(one[name], other[name]) for name in one.keys() & other.keys()}
        return one | other | both
    return one + other if isinstance(one, int) else one
