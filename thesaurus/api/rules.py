"""``GET /v1/rules`` and ``GET /v1/profiles``: what the check looks at, and for whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from thesaurus.api.problems import READING
from thesaurus.coding import Profiles, rule_table
from thesaurus.coding.profiles import DEFAULT
from thesaurus.coding.rule_table import ProfileItem, RuleItem

router = APIRouter(prefix="/v1", tags=["check"], responses=READING)


class RulesQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str = Field(
        default=DEFAULT, max_length=40, description="Profile whose severities are given."
    )


class RulesAnswer(BaseModel):
    profile: str
    items: list[RuleItem]


class ProfilesAnswer(BaseModel):
    items: list[ProfileItem]


class NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


@router.get("/rules")
def rules(request: Request, query: Annotated[RulesQuery, Query()]) -> RulesAnswer:
    """List the rules of the check with their severity in a profile, null where it is off."""
    profiles: Profiles = request.app.state.profiles
    profile = profiles[query.profile]
    return RulesAnswer(profile=profile.name, items=rule_table.rules_in(profile))


@router.get("/profiles")
def profiles(request: Request, _query: Annotated[NoQuery, Query()]) -> ProfilesAnswer:
    """List the profiles of this deployment with what each changes, and its lists of values."""
    known: Profiles = request.app.state.profiles
    return ProfilesAnswer(items=[rule_table.profile_item(each) for each in known.values()])
