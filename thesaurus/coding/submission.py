"""What is sent to be checked. Field names are a contract (docs/api.md).

A form, a table and a clinical document all become the same ``Submission``, so that the same
diagnosis gets the same findings whatever way it came. Items that no rule reads are passed over and
never kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
)

from ontologies.standard import HPO, ICD10, ORPHA

LONGEST_TEXT = 2000
MOST_ITEMS = 200
LONGEST_ID = 200
MOST_OF_A_PATIENT = 1000
MOST_IN_A_CALL = 20_000
"""Diagnoses of one submission, and of one call that is not streamed."""

_MOST_FAULTS = 20
_LONGEST_NAME = 60

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]

_ITEM = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True, allow_inf_nan=False)


class CodedItem(BaseModel):
    """A code in its system, as FHIR's Coding and CDA's CD have it.

    Attributes:
        code: as it was written; None where only words are known.
        system: name, URI or OID of the code system; that of the field where it is left out.
        label: the words that came with the code.
    """

    model_config = _ITEM

    code: Text | None = None
    system: Text | None = None
    label: Text | None = None


def _as_items(given: Any) -> Any:
    """One item may stand for a list, and a bare code for an item."""
    if given is None:
        return ()
    listed = given if isinstance(given, list | tuple) else [given]
    return [
        {"code": each} if isinstance(each, str | int) and not isinstance(each, bool) else each
        for each in listed
    ]


Items = Annotated[tuple[CodedItem, ...], BeforeValidator(_as_items), Field(max_length=MOST_ITEMS)]

_MEASURED = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,3})?)\s*([^\W\d_]{1,8})?\.?")


class Age(BaseModel):
    """When something came: a period of life, within it an age where one is known.

    Attributes:
        period: a value of the profile's list of ages, such as ``767023003`` or ``neonatal``.
        value: the age, in ``unit``.
        unit: UCUM (``a``, ``mo``, ``wk``, ``d``) or the French or English word; years without.
    """

    model_config = _ITEM

    period: Text | None = None
    value: float | None = Field(default=None, ge=0, le=1_000_000)
    unit: Annotated[str, Field(max_length=20)] | None = None


def _as_age(given: Any) -> Any:
    """A text is ``5 mo`` or a period; a number alone is years."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        return {"value": given}
    if not isinstance(given, str):
        return given
    if measured := _MEASURED.fullmatch(given.strip()):
        number, unit = measured.groups()
        return {"value": number.replace(",", "."), "unit": unit}
    return {"period": given} if given.strip() else None


OptionalAge = Annotated[Age | None, BeforeValidator(_as_age)]


class Diagnosis(BaseModel):
    """One diagnosis of a patient, with the items of the SDM-MR that a rule reads."""

    model_config = _ITEM

    code: Text | None = None
    system: Text | None = Field(
        default=None,
        description="The code system; ORPHA when absent. Identifiers of ORPHA: "
        f"{', '.join((ORPHA.name, ORPHA.uri, *ORPHA.aliases))}. OIDs also without urn:oid:.",
    )
    label: Text | None = Field(
        default=None,
        description="The diagnosis in words: compared with the names of the code, and searched "
        "for suggestions.",
    )
    status: Text | None = Field(
        default=None,
        description="A status of the profile's list (GET /v1/profiles). In each profile but those "
        "of CDA: BaMaRa's words, the codes of the ANS, FHIR's verificationStatus.",
    )
    null_flavor: Annotated[str, Field(max_length=20)] | None = Field(
        default=None, description="Why there is no code, as CDA says it: UNK, NA, NASK ..."
    )
    type: Text | None = Field(
        default=None, description="Type or form of the disorder in words: 'type 2', 'IIa'."
    )
    icd10: Items = Field(
        default=(), description="CIM-10 codes of the same diagnosis, as for the PMSI."
    )
    genes: Items = Field(default=(), description="Symbols or HGNC codes.")
    phenotypes: Items = Field(default=(), description="Signs: HPO codes.")
    description: Items = Field(
        default=(),
        description="Clinical description: groups of ORPHA, signs of HPO, CIM-10; ``system`` says "
        f"which ({ORPHA.name}, {HPO.name}, {ICD10.name}, or their URIs and OIDs).",
    )
    familial: Text | None = Field(default=None, description="Sporadic or familial (MED-073).")
    age_at_onset: OptionalAge = Field(default=None, description="First signs (PAT-013, PAT-014).")
    assessment: Text | None = Field(
        default=None, description="The diagnosis when the patient came to the centre (MED-071)."
    )
    age_at_diagnosis: OptionalAge = Field(
        default=None, description="In one item, as in 2022 (PAT-015, PAT-016)."
    )
    age_at_clinical_diagnosis: OptionalAge = Field(default=None, description="PAT-062, PAT-063.")
    age_at_genetic_diagnosis: OptionalAge = Field(default=None, description="PAT-064, PAT-065.")
    techniques: Items = Field(default=(), description="Genetic techniques (MED-1286, MED-068).")
    investigations: Items = Field(default=(), description="Investigations made (ORG-017).")
    inheritance: Text | None = Field(default=None, description="Mode of inheritance: HPO or words.")


class Submission(BaseModel):
    """The diagnoses of one patient. The id is any opaque token; it is given back, never kept.

    ``problems``, ``cause_of_death`` and ``family_history`` are rare diseases that stand elsewhere
    in the record: their codes are checked, and they are no diagnoses of this patient to count.
    """

    model_config = _ITEM

    id: str = Field(max_length=LONGEST_ID)
    diagnoses: list[Diagnosis] = Field(max_length=MOST_OF_A_PATIENT)
    problems: Items = Field(default=(), description="Rare diseases in the list of problems.")
    cause_of_death: Items = ()
    family_history: Items = Field(default=(), description="Rare diseases of the first case.")


class Fault(NamedTuple):
    """What is wrong with the form of a submission, and where; never what stands there."""

    path: str
    message: str


class Refused(NamedTuple):
    """A submission that has not the form of one; the others of its call are judged all the same.

    Attributes:
        id: as it was sent, empty where it cannot be read.
    """

    id: str
    faults: tuple[Fault, ...]


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Say where and why, in pydantic's English; never what was sent, which may be of a patient."""
    listed = error.errors(include_url=False, include_input=False, include_context=False)
    return tuple(
        Fault("".join(f"/{str(step)[:_LONGEST_NAME]}" for step in each["loc"]), each["msg"])
        for each in listed[:_MOST_FAULTS]
    )


def read_submission(given: Any) -> Submission | Refused:
    """Read a submission, or say what is wrong with its form."""
    try:
        return Submission.model_validate(given)
    except ValidationError as error:
        name = given.get("id") if isinstance(given, dict) else None
        known = isinstance(name, str | int) and len(str(name)) <= LONGEST_ID
        return Refused(str(name) if known else "", faults_of(error))


if TYPE_CHECKING:
    ReadSubmission = Submission | Refused
else:  # for the schema a submission, as what is refused has none
    ReadSubmission = Annotated[
        Any, PlainValidator(read_submission, json_schema_input_type=Submission)
    ]


class CheckRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str = Field(default="bamara", max_length=40)
    release: str | None = Field(default=None, max_length=40)
    autocorrect: Literal["deprecated"] | None = Field(
        default=None, description="Bring each submission with deprecated codes replaced."
    )
    submissions: list[ReadSubmission]
