"""The only room with SQLAlchemy: the register of releases and their sealed content."""

from thesaurus.store.engine import Database
from thesaurus.store.releases import Event, Record, Register, Sealed, State

__all__ = ["Database", "Event", "Record", "Register", "Sealed", "State"]
