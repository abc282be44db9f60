"""The HTTP routes, one file per resource, under ``/v1``."""

from thesaurus.api import check, codes, concepts, hierarchy, operations, releases, suggest

RESOURCES = (suggest, concepts, hierarchy, codes, check, releases, operations)
ROUTES = [route for resource in RESOURCES for route in resource.router.routes]
