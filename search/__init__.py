"""From what people type to codes."""

from search.index import Index
from search.suggest import Filters, Hit, Match, suggest

__all__ = ["Filters", "Hit", "Index", "Match", "suggest"]
