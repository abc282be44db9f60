"""The rules and profiles as tables: ``GET /v1/rules``, ``GET /v1/profiles`` and docs/rules.md.

``python -m thesaurus.coding.rule_table`` prints the table of docs/rules.md; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from thesaurus.coding.answer import Severity
from thesaurus.coding.profiles import Profile, Profiles
from thesaurus.coding.rules import RULES, Rule
from thesaurus.coding.values import ValueSet


class RuleItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    rule: str
    severity: Severity | None = Field(description="In the profile asked; null where it is off.")
    title: str
    title_en: str
    action: str
    action_en: str
    reason: str = Field(description="In English.")
    source: str
    needs: str | None = Field(description="The dataset without which it judges nothing.")


class ValueItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    means: str
    label: str
    label_en: str
    codes: dict[str, str] = Field(description="List -> what it calls this value.")
    nearest: dict[str, str] = Field(description="List -> what comes nearest in it.")


class ValueSetItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    item: str
    accepted: list[str] = Field(description="Lists whose codes are taken; empty: anything is.")
    values: list[ValueItem]


class ProfileItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    profile: str
    title: str
    title_en: str
    max_diagnoses: int
    mandatory: list[str]
    overlap_days: int | None
    severities: dict[str, Severity | None] = Field(description="Where they are not the usual ones.")
    value_sets: list[ValueSetItem]


def rules_in(profile: Profile) -> list[RuleItem]:
    """Return every rule, with its severity in a profile."""
    return [
        RuleItem(
            rule=each.id,
            severity=profile.severity(each.id, each.severity),
            title=each.title.fr,
            title_en=each.title.en,
            action=each.action.fr,
            action_en=each.action.en,
            reason=each.reason,
            source=each.source,
            needs=each.needs,
        )
        for each in RULES.values()
    ]


def profile_item(profile: Profile) -> ProfileItem:
    return ProfileItem(
        profile=profile.name,
        title=profile.title.fr,
        title_en=profile.title.en,
        max_diagnoses=profile.max_diagnoses,
        mandatory=list(profile.mandatory),
        overlap_days=profile.overlap_days,
        severities=dict(profile.severities),
        value_sets=[_value_set_item(each) for each in profile.value_sets.values()],
    )


def _value_set_item(value_set: ValueSet) -> ValueSetItem:
    values = [
        ValueItem(
            means=each.means,
            label=each.name.fr,
            label_en=each.name.en,
            codes=dict(each.codes),
            nearest=dict(each.near),
        )
        for each in value_set.values
    ]
    return ValueSetItem(item=value_set.item, accepted=list(value_set.lists), values=values)


_LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFORMATION: "I", None: "-"}


def markdown() -> Iterator[str]:
    """Yield the lines of the table of rules."""
    profiles = Profiles()
    names = list(profiles)
    yield f"| Règle | Condition | {' | '.join(names)} | Que faire | Condition, in English |"
    yield "|---|---|" + "---|" * (len(names) + 2)
    for each in RULES.values():
        letters = " | ".join(
            _LETTERS[profiles[name].severity(each.id, each.severity)] for name in names
        )
        yield f"| {each.id} | {each.title.fr} | {letters} | {each.action.fr} | {each.title.en} |"
    yield from ("", "## Why", "")
    for each in RULES.values():
        yield from _reasons(each)


def _reasons(rule: Rule[Any]) -> Iterator[str]:
    needs = f" Needs the dataset `{rule.needs}`." if rule.needs else ""
    paragraph = (
        f"**{rule.id}, {rule.summary.rstrip('.')}.** {rule.reason}{needs} *Source: {rule.source}*"
    )
    yield from wrap(paragraph, 100, break_long_words=False, break_on_hyphens=False)
    yield ""


if __name__ == "__main__":
    print("\n".join(markdown()))
