"""``/concepts/{code}``: everything known of a code of any system, on one page."""

from thesaurus.web.concept.routes import router

__all__ = ["router"]
