"""The answers that draw on related datasets: concept pages, translations, specification."""

from __future__ import annotations

from pydantic import Field

from thesaurus.answers import (
    Answer,
    ClassificationItem,
    Code,
    ConceptItem,
    Label,
    LabelItem,
    Level,
    RedirectionItem,
    Status,
    Type,
)


class CodingItem(Answer):
    """A code in its system; FHIR: Coding."""

    system: str
    code: str
    curie: str = Field(description="The form to show.")
    label: str | None = Field(description="Its name, null where no loaded terminology has one.")
    lang: str | None = Field(description="Language of the label.")


class ProvenanceItem(Answer):
    """Who says so."""

    dataset: str = Field(description="The dataset in the register.")
    version: str = Field(description="Its release.")
    ends: dict[str, str] = Field(
        description="Versions of the systems at both ends, as far as the source says them."
    )
    justification: str | None = Field(description="SSSOM: mapping_justification.")
    confidence: float | None = Field(description="SSSOM: confidence, 0 to 1.")


class AlignmentItem(CodingItem):
    """Orphanet's ExternalReference; FHIR: an element of a ConceptMap; SSSOM: a mapping."""

    relation: str = Field(
        description="How this concept stands to that code: E exact, NTBT narrower, BTNT broader, "
        "ND not decided, W wrong, unspecified."
    )
    icd_relation: str | None = Field(
        description="Orphanet's DisorderMappingICDRelation: specific, inclusion, index or "
        "attributed."
    )
    validated: bool | None = Field(
        description="Orphanet's DisorderMappingValidationStatus; null where the source has none."
    )
    uri: str | None = Field(description="Address of the code in its system, where given.")
    written: str | None = Field(description="The code as in the source, where it differs.")
    provenance: ProvenanceItem


class GeneItem(Answer):
    """Orphanet's DisorderGeneAssociation."""

    symbol: str
    hgnc: str | None = Field(description="HGNC code, such as HGNC:3603.")
    name: str
    association: str = Field(description="DisorderGeneAssociationType, such as candidate.")
    association_label: str = Field(description="The same in words, French.")
    assessed: bool = Field(description="DisorderGeneAssociationStatus.")
    entity: ConceptItem = Field(description="The entity that is associated: this one or one below.")
    sources: list[str] = Field(description="What it was validated with.")


class SignItem(Answer):
    """A phenotype annotation: a row of phenotype.hpoa."""

    code: str = Field(description="HPO term.")
    label: str | None
    lang: str | None
    frequency: str | None = Field(description="HPO term of the frequency, or a ratio.")
    frequency_label: str | None
    excluded: bool = Field(description="The sign is absent in this entity.")
    onset: str | None
    aspect: str = Field(
        description="P phenotype, I inheritance, C clinical course, M modifier, H past history."
    )


class ConceptAnswer(Answer):
    release: str = Field(description="Id of the release; FHIR: version of the CodeSystem.")
    system: str = Field(default="orpha", description="The code system; FHIR: system.")
    system_uri: str | None = Field(default=None, description="The identifier of the code system.")
    code: Code
    curie: str
    label: Label
    lang: str
    labels: list[LabelItem] = Field(description="FHIR: designation.")
    definition: str | None
    definition_lang: str | None
    status: Status
    flag: int = Field(description="Orphanet's FlagValue.")
    level: Level
    type: Type
    is_head: bool = Field(description="Head of a classification: not for coding.")
    redirection: RedirectionItem | None
    aggregation: str | None = Field(
        description="The disorder to count (Orphanet's AggregationLevel), null where none applies."
    )
    aggregation_known: bool = Field(description="False where Orphanet's file does not say.")
    preferential_parent: str | None = Field(
        default=None, description="Null while no linearisation is loaded."
    )
    parents: list[ConceptItem]
    children_count: int
    classifications: list[ClassificationItem]
    alignments: list[AlignmentItem]
    genes: list[GeneItem] | None = Field(
        default=None,
        description="Of the entity; of a disorder or subtype also those of what stands below it. "
        "Null while no genes are loaded.",
    )
    signs: list[SignItem] | None = Field(
        default=None,
        description="HPO signs, the most frequent first. Null while no annotations are loaded.",
    )
    datasets: dict[str, str] = Field(
        default={}, description="The datasets that this answer could draw on: name and release."
    )
    link: str = Field(description="Page of the entity at Orphanet's.")


class GeneDetail(Answer):
    symbol: str
    name: str
    synonyms: list[str]
    loci: list[str]
    type: str | None
    references: list[CodingItem]


class TermAnswer(Answer):
    """A concept of a terminology beside Orphanet: HPO, Mondo, ICD-10, HGNC ..."""

    release: str = Field(description="Id of the Orphanet release that is asked beside it.")
    system: str
    system_uri: str | None
    code: str
    curie: str
    label: str | None = Field(description="Null where alignments name the code and nothing else.")
    lang: str | None
    labels: list[LabelItem]
    definition: str | None
    definition_lang: str | None
    status: str | None = Field(
        description="active or obsolete; null where alignments name the code and nothing else."
    )
    replaced_by: list[ConceptItem]
    consider: list[ConceptItem]
    alternates: list[str] = Field(description="Codes that were merged into this one.")
    parents: list[ConceptItem]
    children_count: int
    alignments: list[AlignmentItem] = Field(description="At most 200; /v1/translate gives all.")
    alignments_total: int
    gene: GeneDetail | None = Field(description="For a gene: symbol, synonyms, locus.")
    diseases: list[GeneItem] | None = Field(description="For a gene: the associated entities.")
    datasets: dict[str, str]


class Confirmation(Answer):
    relation: str
    path: list[CodingItem]
    provenance: list[ProvenanceItem]


class TranslationItem(CodingItem):
    status: str | None = Field(
        description="Status of the code in its terminology; null where it is not known."
    )
    relation: str = Field(description="How the source stands to this code, see alignments.")
    icd_relation: str | None
    validated: bool | None
    approximate: bool = Field(
        description="True where the ICD-10 code itself is not aligned, but the WHO code that it "
        "starts with, or its category."
    )
    way: str = Field(description="direct, composed, truncated or category.")
    level: Level
    type: Type
    confirmed: Confirmation | None = Field(
        description="Of a direct alignment that does not say its relation, what two alignments say."
    )
    path: list[CodingItem] = Field(description="The codes on the way, both ends included.")
    provenance: list[ProvenanceItem] = Field(description="Who says so, for every step.")


class TranslateAnswer(Answer):
    """FHIR: ConceptMap/$translate."""

    release: str
    source: CodingItem
    target: str
    total: int
    offset: int
    items: list[TranslationItem]
    levels: dict[str, int] = Field(
        description="How many items have each level, whatever levels were asked for; of "
        "ORPHAcodes only."
    )
    datasets: dict[str, str]


class SpecifiedCode(Answer):
    code: Code
    label: Label


class GivenGene(Answer):
    given: str
    symbols: list[str] = Field(description="The genes that this means; none where it is unknown.")
    linked: bool = Field(
        description="Whether one of them has an assessed, disease-causing link with the code or "
        "with what stands below it."
    )


class SpecifyAnswer(Answer):
    release: str
    code: Code
    status: Status
    redirection: RedirectionItem | None = Field(description="What replaces an inactive code.")
    result: SpecifiedCode
    changed: bool
    consistent: bool = Field(
        description="Whether one of the genes is known to cause the entity or one below it."
    )
    candidates: list[ConceptItem]
    genes: list[GivenGene]
    datasets: dict[str, str]


class SystemItem(Answer):
    """A code system; FHIR: CodeSystem."""

    name: str
    title: str
    uri: str | None
    aliases: list[str] = Field(description="Other identifiers that are accepted: URIs, OIDs.")
    prefix: str
    concepts: int = Field(description="Concepts with a name that are loaded.")
    aligned: int = Field(description="Codes that stand in alignments.")


class SystemsAnswer(Answer):
    release: str
    items: list[SystemItem]
    datasets: dict[str, str]
