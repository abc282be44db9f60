"""``/health/live``, ``/health/ready`` and ``/metrics``, for those who run the service."""

from __future__ import annotations

import os
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)

from thesaurus.api.problems import PROBLEM_RESPONSES
from thesaurus.runtime import Runtime

router = APIRouter(tags=["operations"])


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@router.get("/health/ready", responses={503: PROBLEM_RESPONSES[503]})
async def ready(request: Request) -> dict[str, str]:
    """The process answers from an active release."""
    runtime: Runtime = request.app.state.runtime
    return {"status": "ready", "release": runtime.current().id}


@router.get("/metrics", response_class=Response)
def metrics() -> Any:
    """Counters and times in Prometheus' text format, over all workers."""
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
