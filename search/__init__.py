"""From what people type to codes."""

from search.filters import Filters
from search.index import Index
from search.suggest import Hit, Match, suggest

__all__ = ["Filters", "Hit", "Index", "Match", "suggest"]
