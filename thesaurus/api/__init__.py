"""The HTTP routes, one file per resource, under ``/v1``."""

from fastapi import APIRouter

from thesaurus.api import check, codes, concepts, hierarchy, releases, suggest

router = APIRouter(prefix="/v1")
for resource in (suggest, concepts, hierarchy, codes, check, releases):
    router.include_router(resource.router)
