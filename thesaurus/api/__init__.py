"""The HTTP routes, one file per resource, under ``/v1``."""

from thesaurus.api import (
    check,
    codes,
    concepts,
    hierarchy,
    operations,
    releases,
    suggest,
    translate,
)

RESOURCES = (suggest, concepts, hierarchy, translate, codes, check, releases, operations)
ROUTES = [route for resource in RESOURCES for route in resource.router.routes]
