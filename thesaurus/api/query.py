"""Query parameters read by pydantic itself, for the route that is asked at each key press.

FastAPI looks at every annotation of a query model anew in each request, which takes longer than
the search (docs/performance.md). The document and the errors are the same as with ``Query()``.
"""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


def read_query(model: type[Model], request: Request) -> Model:
    """Return the parameters of a request.

    Raises:
        RequestValidationError: as FastAPI does for a query model.
    """
    given = request.query_params
    try:
        return model.model_validate(
            {name: given.getlist(name) if _is_list(model, name) else given[name] for name in given}
        )
    except ValidationError as error:
        raise RequestValidationError(
            [{**each, "loc": ("query", *each["loc"])} for each in error.errors(include_url=False)]
        ) from None


def _is_list(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and isinstance(field.default, list)


def parameters(model: type[BaseModel]) -> dict[str, Any]:
    """Return what the OpenAPI document says of the parameters, for ``openapi_extra``."""
    schema = model.model_json_schema()
    required = schema.get("required", [])
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "schema": field,
                "description": field.get("description", ""),
            }
            for name, field in schema["properties"].items()
        ]
    }
