"""FHIR: the ``Condition`` resources of R4 and R5, checked as the same submissions as a form's."""

from thesaurus.coding.fhir.checking import FhirAnswer, check_fhir
from thesaurus.coding.fhir.shapes import InvalidResource

__all__ = ["FhirAnswer", "InvalidResource", "check_fhir"]
