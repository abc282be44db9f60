"""Who may ask what not everybody may: for now, whoever has the token of the deployment."""

from __future__ import annotations

import hmac

from fastapi import Request

from thesaurus.api.problems import Forbidden, Unauthorized
from thesaurus.settings import Settings


def need_token(request: Request) -> None:
    """Let a request pass that bears the token of the deployment.

    Raises:
        Forbidden: this deployment has no token.
        Unauthorized: the request bears none, or another one.
    """
    settings: Settings = request.app.state.settings
    if settings.metrics_token is None:
        raise Forbidden(
            "Fermé : l'exploitant ouvre cette route en réglant THESAURUS_METRICS_TOKEN (16 "
            "caractères au moins).",
            "Closed: the operator opens this route by setting THESAURUS_METRICS_TOKEN (at least 16 "
            "characters).",
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    wanted = settings.metrics_token.get_secret_value().encode()
    # Headers are decoded as Latin-1; a token may hold any letter.
    same = hmac.compare_digest(given.strip().encode("latin-1", errors="replace"), wanted)
    if scheme.lower() != "bearer" or not same:
        raise Unauthorized(
            "Il faut l'en-tête « Authorization: Bearer JETON » avec le jeton du déploiement.",
            "The header 'Authorization: Bearer TOKEN' with the token of the deployment is needed.",
        )
