"""What every page has: its language, its layout, and headers that let nothing foreign in."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field

from thesaurus.web.wording import STATES, day, moment

Lang = Literal["fr", "en"]

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TEMPLATES = Environment(
    loader=PackageLoader("thesaurus.web"),
    autoescape=True,  # what people wrote never becomes markup
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class PageQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Lang = Field(default="fr", description="Language of the page.")


def page(
    request: Request, response: Response, template: str, lang: Lang, **values: Any
) -> HTMLResponse:
    """Render a template in a language.

    A template says every sentence in both, ``say("français", "English")``, and addresses below
    ``root``, the path under which a reverse proxy shows the service.

    Args:
        response: its headers, such as the ETag, and its status are taken over.
    """
    text = _TEMPLATES.get_template(template).render(
        lang=lang,
        root=request.scope.get("root_path", ""),
        say=lambda fr, en: fr if lang == "fr" else en,
        state=lambda name: STATES[name][lang],
        day=lambda value: day(value, lang),
        moment=lambda value: moment(value, lang),
        **values,
    )
    headers = {**_HEADERS, "Content-Language": lang, **response.headers}
    return HTMLResponse(text, response.status_code or 200, headers)
