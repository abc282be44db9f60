"""The only room with SQLAlchemy: the register of releases and their sealed content."""

from thesaurus.store.engine import Database
from thesaurus.store.records import Event, Record, Sealed, State
from thesaurus.store.releases import Register

__all__ = ["Database", "Event", "Record", "Register", "Sealed", "State"]
