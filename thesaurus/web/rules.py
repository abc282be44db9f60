"""``/rules``: what the check looks at, how much it matters to whom, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from search.text import fold
from thesaurus.api.rules import ProfilesAnswer, RulesAnswer
from thesaurus.coding import Profiles, rule_table
from thesaurus.coding.answer import Severity
from thesaurus.coding.profiles import DEFAULT
from thesaurus.coding.rule_table import RuleItem, ValueSetItem
from thesaurus.coding.values import LISTS
from thesaurus.web.page import ReleasePageQuery, open_if_asked, page
from thesaurus.web.tables import Cell, csv_file
from thesaurus.web.texts import CATALOGUE, say

router = APIRouter(include_in_schema=False)

OFF = "off"
SEVERITIES = (*Severity, OFF)


class RulesPageQuery(ReleasePageQuery):
    profile: str = Field(default=DEFAULT, max_length=40)
    severity: Literal["error", "warning", "information", "off"] | None = None
    q: str = Field(default="", max_length=200)
    format: Literal["html", "csv"] = "html"


@router.get("/rules")
async def get_rules_page(
    request: Request, response: Response, query: Annotated[RulesPageQuery, Query()]
) -> Response:
    """The rules by subject with their severity in a profile, and what each profile takes."""
    known: Profiles = request.app.state.profiles
    profile = known[query.profile]
    rules = RulesAnswer(profile=profile.name, items=rule_table.rules_in(profile))
    profiles = ProfilesAnswer(items=[rule_table.profile_item(each) for each in known.values()])
    state = (rules.model_dump_json(), profiles.model_dump_json())
    release = await open_if_asked(request, response, query, *state)
    found = [each for each in rules.items if _is_wanted(each, query)]
    if query.format == "csv":
        headings = [say(f"rules.csv_{each}", query.lang) for each in _COLUMNS]
        return csv_file(f"rules-{profile.name}", headings, _rows(found, query.lang), response)
    return page(
        request,
        response,
        "rules.html",
        query,
        release=release,
        asked=query,
        profile=next(each for each in profiles.items if each.profile == profile.name),
        profiles=profiles.items,
        rules=found,
        every=len(rules.items),
        groups=list(_grouped(found)),
        severities=SEVERITIES,
        lists_of=_lists,
        item_names=_item_names(query.lang),
        purposes={each.profile: _purpose(each.profile, query.lang) for each in profiles.items},
    )


def _is_wanted(rule: RuleItem, query: RulesPageQuery) -> bool:
    if query.severity and (rule.severity or OFF) != query.severity:
        return False
    text = fold(f"{rule.rule} {rule.title} {rule.title_en} {rule.action} {rule.action_en}")
    return all(word in text for word in fold(query.q).split())


def group_of(rule: str) -> str:
    """Return the subject of a rule: the tens of its number.

    >>> group_of("DX-072"), group_of("DX-104")
    ('070', '100')
    """
    return f"{int(rule.removeprefix('DX-')) // 10 * 10:03}"


def _grouped(rules: Sequence[RuleItem]) -> Iterator[tuple[str, list[RuleItem]]]:
    groups: dict[str, list[RuleItem]] = {}
    for each in rules:
        groups.setdefault(group_of(each.rule), []).append(each)
    yield from groups.items()


def _lists(values: ValueSetItem) -> list[str]:
    """Return the lists that name some value of an item."""
    return [name for name in LISTS if any(name in each.codes for each in values.values)]


def _item_names(lang: str) -> dict[str, str]:
    """From the keys of items to what the catalogue calls them; a profile may name others."""
    start = "rules.item_"
    return {key.removeprefix(start): say(key, lang) for key in CATALOGUE if key.startswith(start)}


def _purpose(profile: str, lang: str) -> str | None:
    """Say what one of our profiles is for; those of a deployment have their title alone."""
    key = f"rules.for_{profile}"
    return say(key, lang) if key in CATALOGUE else None


_COLUMNS = ("rule", "severity", "group", "title", "action", "reason", "source", "needs")


def _rows(rules: Iterable[RuleItem], lang: str) -> Iterator[list[Cell]]:
    french = lang == "fr"
    for each in rules:
        yield [
            each.rule,
            say(f"rules.{each.severity or OFF}", lang),
            say(f"rules.group_{group_of(each.rule)}", lang),
            each.title if french else each.title_en,
            each.action if french else each.action_en,
            each.reason,
            each.source,
            each.needs,
        ]
