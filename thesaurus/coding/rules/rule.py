"""What a rule is: a small pure function with its reason, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Generic, NamedTuple, TypeVar

from ontologies.concept import Concept
from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.reference import Need

Judge = TypeVar("Judge", bound=Callable[..., object])
Judge_co = TypeVar("Judge_co", bound=Callable[..., object], covariant=True)

_DOCUMENTED = re.compile(r"(DX-[0-9]{3}): (.*?)\n\n(.*?)\n\nSource: (.*)", re.DOTALL)


class Found(NamedTuple):
    """What a rule found.

    Attributes:
        suggestions: the best first.
        field: the item at fault, below the diagnosis: ``code``, ``genes/0``; empty for the whole.
        severity: where it is not the usual one of the rule.
    """

    message: Message
    suggestions: tuple[Suggestion, ...] = ()
    field: str = "code"
    severity: Severity | None = None


@dataclass(frozen=True)
class Rule(Generic[Judge_co]):
    """A rule of the check.

    Attributes:
        id: ``DX-010``; never given to another rule.
        severity: the usual one; profiles may change it.
        title: the condition, in a few words.
        action: what to do about it.
        summary, reason, source: out of the docstring of the function, in English.
        needs: the dataset without which it judges nothing.
        concerns: whether it has anything to say of an entity of this status, level and type; it
            looks at nothing else, so that one answer serves all entities that are alike.
        apply: the function. It raises nothing and changes nothing.
    """

    id: str
    severity: Severity
    title: Message
    action: Message
    summary: str
    reason: str
    source: str
    needs: Need | None
    concerns: Callable[[Concept], bool]
    apply: Judge_co


def rule(
    severity: Severity,
    *,
    title: tuple[str, str],
    action: tuple[str, str],
    needs: Need | None = None,
    concerns: Callable[[Concept], bool] = lambda _: True,
) -> Callable[[Judge], Rule[Judge]]:
    """Make a rule of a function, whose docstring says id, summary, reason and source.

    Raises:
        ValueError: the docstring is not of that form.
    """

    def of(judge: Judge) -> Rule[Judge]:
        found = _DOCUMENTED.fullmatch(cleandoc(judge.__doc__ or "").strip())
        if not found:
            raise ValueError(f"{judge!r} does not say id, reason and source")
        name, summary, reason, source = (" ".join(each.split()) for each in found.groups())
        return Rule(
            id=name,
            severity=severity,
            title=Message(*title),
            action=Message(*action),
            summary=summary,
            reason=reason,
            source=source,
            needs=needs,
            concerns=concerns,
            apply=judge,
        )

    return of
