"""The search laboratory: query sets, their distortions, engines side by side, figures.

``thesaurus evaluate`` runs it; ``docs/laboratory.md`` says how to read what it prints.
"""

from search.laboratory.engines import Engine, Entry, Ours
from search.laboratory.experiment import Bench, Report, run
from search.laboratory.making import KINDS, Linked, Older, Sets, make
from search.laboratory.material import Material
from search.laboratory.query import Query, QuerySet, read_sets, write_sets

__all__ = [
    "KINDS",
    "Bench",
    "Engine",
    "Entry",
    "Linked",
    "Material",
    "Older",
    "Ours",
    "Query",
    "QuerySet",
    "Report",
    "Sets",
    "make",
    "read_sets",
    "run",
    "write_sets",
]
