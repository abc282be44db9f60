"""The pages: made on the server, readable without a script, nothing from another host."""

from thesaurus.web import (
    check,
    classifications,
    concept,
    differences,
    guides,
    history,
    home,
    picker,
    releases,
    results,
    rules,
    static,
    status,
    translation,
)

PAGES = [
    *check.router.routes,
    *classifications.router.routes,
    *concept.router.routes,
    *differences.router.routes,
    *guides.router.routes,
    *history.router.routes,
    *home.router.routes,
    *picker.router.routes,
    *releases.router.routes,
    *results.router.routes,
    *rules.router.routes,
    *static.router.routes,
    *status.router.routes,
    *translation.router.routes,
]
