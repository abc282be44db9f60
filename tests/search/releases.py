"""A small release with everything that the coders' search looks at, written down in a few words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ontologies.concept import Concept, EntityType, Label, LabelKind, Redirection, RedirectionKind
from ontologies.genes import Association, Gene, GeneLink
from ontologies.related import Related
from ontologies.release import Classification, Release, Snapshot
from ontologies.systems import Coding
from tests.ontologies.datasets import align, dataset, term

_TYPES = {each.key: each for each in EntityType}


def concept(
    code: str,
    fr: str,
    en: str,
    *synonyms: str,
    kind: str = "disease",
    flag: int = 1,
    definition: str = "",
    target: str | None = None,
) -> Concept:
    labels = [Label(fr, "fr", LabelKind.PREFERRED), Label(en, "en", LabelKind.PREFERRED)]
    labels += [Label(each, "fr", LabelKind.SYNONYM) for each in synonyms]
    redirection = Redirection(RedirectionKind.MOVED_TO, target) if target else None
    return Concept(
        code,
        flag,
        _TYPES[kind].level,
        _TYPES[kind],
        tuple(labels),
        (("en", definition),) if definition else (),
        redirection,
    )


CONCEPTS = (
    concept("1", "Maladie rare du squelette", "Rare bone disease", kind="category"),
    concept("10", "Maladie rare du cœur", "Rare heart disease", kind="category"),
    concept("558", "Syndrome de Marfan", "Marfan syndrome", "MFS",
            definition="A disease of connective tissue with aneurysm of the aorta."),
    concept("2840", "Syndrome de Marfan type 1", "Marfan syndrome type 1",
            kind="clinical_subtype"),
    concept("2841", "Syndrome de Marfan type 2", "Marfan syndrome type 2",
            kind="clinical_subtype"),
    concept("287", "Syndrome d'Ehlers-Danlos classique", "Classical Ehlers-Danlos syndrome",
            "Anévrisme fragile"),
    concept("75", "Anévrisme de l'aorte", "Aortic aneurysm", kind="morphological_anomaly"),
    concept("76", "Cardiomyopathie dilatée", "Dilated cardiomyopathy"),
    concept("77", "Syndrome de Marfan ancien", "Old Marfan syndrome", flag=8449, target="558"),
    concept("78", "Lymphome ALK+", "ALK+ lymphoma"),
    concept("79", "Hypertension commune", "Common hypertension", flag=8225),
)  # fmt: skip
CLASSIFICATIONS = (
    Classification("199", None, (("fr", "Classification des maladies osseuses"),
                                 ("en", "Classification of bone diseases")), ("1",),
                   (("1", "558"), ("558", "2840"), ("558", "2841"), ("1", "287"))),
    Classification("146", None, (("fr", "Classification des maladies cardiaques"),
                                 ("en", "Classification of cardiac diseases")), ("10",),
                   (("10", "558"), ("10", "75"), ("10", "76"))),
)  # fmt: skip


def release_of(
    concepts: Iterable[Concept], classifications: Iterable[Classification] = ()
) -> Snapshot:
    release = Release("2023", dt.date(2023, 6, 1), ("fr", "en"), digest="a" * 64)
    return Snapshot(release, concepts, classifications)


def snapshot() -> Snapshot:
    return release_of(CONCEPTS, CLASSIFICATIONS)


def related() -> Related:
    alignments = (
        align("ORPHA:558", "E", "OMIM:154700"),
        align("ORPHA:558", "E", "MONDO:0007947"),
        align("ORPHA:558", "NTBT", "ICD-10:Q87.4"),
        align("ORPHA:287", "NTBT", "ICD-10:Q79.6"),
        align("ORPHA:76", "W", "ICD-10:Q87.8"),
        align("ORPHA:558", "E", "UMLS:C0024796"),
        align("ORPHA:558", "E", "MESH:D008382"),
        align("ORPHA:558", "E", "MEDDRA:10026829"),
        align("ORPHA:558", "E", "ICD-11:LD28.01"),
    )
    names = (term("MONDO:0007947", "Arachnodactyly contractures of Marfan"),)
    genes = (Gene("1", Coding("hgnc", "HGNC:3603"), "FBN1", synonyms=("FBN",)),
             Gene("2", None, "TTN"))  # fmt: skip
    links = (GeneLink("2840", "1", Association.GERMLINE, assessed=True),
             GeneLink("76", "2", Association.GERMLINE, assessed=True))  # fmt: skip
    return Related(
        [
            dataset("table", alignments=alignments),
            dataset("names", terms=names),
            dataset("genes", genes=genes, gene_links=links),
        ]
    )
