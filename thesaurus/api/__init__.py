"""The HTTP routes, one file per resource, under ``/v1``."""

from thesaurus.api import (
    check,
    check_cda,
    check_fhir,
    check_file,
    check_stream,
    codes,
    concepts,
    hierarchy,
    operations,
    perimeters,
    releases,
    rules,
    search,
    suggest,
    translate,
    usage,
)

RESOURCES = (
    *(suggest, search, concepts, hierarchy, translate, codes),
    *(check, check_stream, check_cda, check_fhir, check_file, rules),
    *(usage, perimeters, releases, operations),
)
ROUTES = [route for resource in RESOURCES for route in resource.router.routes]
