"""The check of codes: submissions in, findings out. Pure, no data base."""

from thesaurus.coding.answer import CheckAnswer
from thesaurus.coding.check import Checker
from thesaurus.coding.profiles import Profiles
from thesaurus.coding.submission import CheckRequest, Submission

__all__ = ["CheckAnswer", "CheckRequest", "Checker", "Profiles", "Submission"]
