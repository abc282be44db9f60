"""What changed between two releases of the nomenclature, in either direction of time.

Figures and kinds are those of the domain rules, section 6. What one of the releases does not say is
never a change: it stands in ``not_compared`` with its reason.
"""

from ontologies.differences.alignments import AlignmentChange, alignment_changes
from ontologies.differences.applying import apply
from ontologies.differences.comparing import differences
from ontologies.differences.values import (
    Change,
    ClassificationChanges,
    ConceptChanges,
    Differences,
    Facet,
    Kind,
    NotCompared,
    Place,
    PreferredChange,
    SynonymsChange,
    TextChange,
)

__all__ = [
    "AlignmentChange",
    "Change",
    "ClassificationChanges",
    "ConceptChanges",
    "Differences",
    "Facet",
    "Kind",
    "NotCompared",
    "Place",
    "PreferredChange",
    "SynonymsChange",
    "TextChange",
    "alignment_changes",
    "apply",
    "differences",
]
