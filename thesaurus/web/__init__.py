"""The pages: made on the server, readable without a script, nothing from another host."""

from thesaurus.web import history, static

PAGES = [*history.router.routes, *static.router.routes]
