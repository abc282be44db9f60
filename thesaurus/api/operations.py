"""``/health/live``, ``/health/ready`` and ``/metrics``, for those who run the service."""

from __future__ import annotations

import os

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)

from thesaurus.answers import LiveAnswer, ReadyAnswer
from thesaurus.api.problems import documented
from thesaurus.runtime import Runtime

router = APIRouter(tags=["operations"])


@router.get("/health/live")
async def live() -> LiveAnswer:
    """The process answers."""
    return LiveAnswer()


@router.get("/health/ready", responses=documented(503))
async def ready(request: Request) -> ReadyAnswer:
    """The process answers from an active release."""
    runtime: Runtime = request.app.state.runtime
    return ReadyAnswer(release=runtime.current().id, sandbox=runtime.sandbox)


class PrometheusText(Response):
    media_type = CONTENT_TYPE_LATEST


@router.get("/metrics", response_class=PrometheusText)
def metrics() -> Response:
    """Counters and times in Prometheus' text format, over all workers."""
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return PrometheusText(generate_latest(registry))
