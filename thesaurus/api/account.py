"""``GET /v1/account``: whose key this is, so that a client can try it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from thesaurus.answers import Answer
from thesaurus.api.access import need_account
from thesaurus.api.problems import READING, WITH_KEY

router = APIRouter(prefix="/v1", tags=["account"], responses=READING | WITH_KEY)


class NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeyItem(Answer):
    id: str = Field(description="The public part of the key, by which it is revoked.")
    expires_at: dt.datetime | None = Field(description="None where it does not expire.")


class AccountAnswer(Answer):
    name: str
    roles: list[str] = Field(description="editor decides, signer signs and opens again.")
    key: KeyItem


@router.get("/account")
def get_account(
    request: Request, response: Response, _query: Annotated[NoQuery, Query()]
) -> AccountAnswer:
    """The account of the key that the request bears, and what it may do."""
    actor = need_account(request)
    response.headers["Cache-Control"] = "no-store"
    return AccountAnswer(
        name=actor.name,
        roles=sorted(actor.roles),
        key=KeyItem(id=actor.key.id, expires_at=actor.key.expires_at),
    )
