"""The only room with SQLAlchemy: the register of releases and their sealed content, what is counted
of searches, and perimeters.
"""

from thesaurus.store.accounts import Accounts
from thesaurus.store.engine import Database
from thesaurus.store.perimeters import Perimeter, Perimeters
from thesaurus.store.records import Event, Record, Sealed, State
from thesaurus.store.releases import Register
from thesaurus.store.searches import Searches, SearchHistory, SearchTally
from thesaurus.store.usage import Usage, UsageCounts

__all__ = [
    "Accounts",
    "Database",
    "Event",
    "Perimeter",
    "Perimeters",
    "Record",
    "Register",
    "Sealed",
    "SearchHistory",
    "SearchTally",
    "Searches",
    "State",
    "Usage",
    "UsageCounts",
]
