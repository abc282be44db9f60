"""The HTTP routes, one file per resource, under ``/v1``."""

from thesaurus.api import (
    check,
    codes,
    concepts,
    hierarchy,
    operations,
    perimeters,
    releases,
    search,
    suggest,
    translate,
    usage,
)

RESOURCES = (
    *(suggest, search, concepts, hierarchy, translate, codes, check, usage, perimeters),
    *(releases, operations),
)
ROUTES = [route for resource in RESOURCES for route in resource.router.routes]
