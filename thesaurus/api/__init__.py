"""The HTTP routes, one file per resource, under ``/v1``."""

from thesaurus.api import (
    account,
    check,
    check_cda,
    check_fhir,
    check_file,
    check_stream,
    codes,
    concepts,
    count,
    differences,
    hierarchy,
    history,
    legacy,
    operations,
    perimeters,
    recode,
    releases,
    rules,
    search,
    suggest,
    transcoding,
    transcoding_deciding,
    translate,
    usage,
)

RESOURCES = (
    *(suggest, search, concepts, hierarchy, translate, codes, count, recode),
    *(check, check_stream, check_cda, check_fhir, check_file, rules),
    *(usage, perimeters, history, releases, differences, transcoding, transcoding_deciding),
    *(legacy, account, operations),
)
ROUTES = [route for resource in RESOURCES for route in resource.router.routes]
