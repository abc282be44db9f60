"""A dataset is sealed and comes back as it was; on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ontologies.alignment import Alignment, IcdRelation, Relation
from ontologies.concept import Label, LabelKind
from ontologies.dataset import Dataset, Sign
from ontologies.errors import Conflict, UnknownRelease
from ontologies.genes import Association, Gene, GeneLink
from ontologies.systems import Coding
from ontologies.terminology import Term
from tests.ontologies.datasets import coding, dataset
from thesaurus.store import Register, Sealed, State, related

EVERYTHING = dataset(
    "everything",
    terms=(
        Term(
            coding("HP:0001166"),
            (
                Label("Arachnodactyly", "en", LabelKind.PREFERRED),
                Label(
                    "Doigts longs", "fr", LabelKind.SYNONYM, "Doigts  longs", "exact", "official"
                ),
            ),
            (("en", "Long fingers."),),
            ("HP:0001238",),
            ("HP:0001505",),
            True,
            ("HP:0000001",),
            ("HP:0000002",),
        ),
    ),
    alignments=(
        Alignment(
            coding("ORPHA:558"),
            coding("ICD-10:Q87.4"),
            Relation.NARROWER,
            IcdRelation.INDEX,
            True,
            "http://id.who.int/icd/entity/1",
            "Q87.4+",
            "semapv:ManualMappingCuration",
            0.9,
        ),
    ),
    genes=(
        Gene(
            "16032",
            Coding("hgnc", "HGNC:3603"),
            "FBN1",
            "fibrillin 1",
            ("MFS1",),
            ("15q21.1",),
            (coding("OMIM:134797"),),
            "gene with protein product",
        ),
    ),
    gene_links=(GeneLink("558", "16032", Association.GERMLINE, True, ("PMID:1",)),),
    signs=(Sign("558", "HP:0001166", "HP:0040281", True, "HP:0003577", "P", "male"),),
    preferential_parents={"558": "98623"},
    ends={"orpha": "2023", "icd-10": "2019"},
)


def sealed(content: Dataset, state: State = State.CHECKED) -> Sealed:
    digest, parts = related.encode(content)
    return Sealed(replace(content.release, digest=digest), parts, {"counts": {}}, state)


def test_everything_comes_back(register: Register) -> None:
    register.write_all([sealed(EVERYTHING)], actor="ana")
    back = register.of("everything").dataset("2025")
    expected = replace(
        EVERYTHING,
        release=back.release,
        alignments=tuple(replace(each, source=back.provenance) for each in EVERYTHING.alignments),
    )
    assert back == expected
    assert back.provenance.ends == {"orpha": "2023", "icd-10": "2019"}


def test_the_digest_depends_on_the_content_alone() -> None:
    other = replace(EVERYTHING, release=replace(EVERYTHING.release, id="x", system="y"))
    assert related.encode(EVERYTHING) == related.encode(other)
    changed = replace(EVERYTHING, signs=())
    assert related.encode(EVERYTHING)[0] != related.encode(changed)[0]


def test_all_are_written_or_none(register: Register) -> None:
    register.write_all([sealed(dataset("one"))], actor="ana")
    with pytest.raises(Conflict, match="one 2025"):
        register.write_all([sealed(dataset("two")), sealed(dataset("one"))], actor="ana")
    assert [each.release.system for each in register.everything()] == ["one"]


def test_each_system_has_its_own_releases_and_one_active(register: Register) -> None:
    drafts = [
        sealed(dataset("hpo", "2024")),
        sealed(dataset("hpo", "2025")),
        sealed(dataset("mondo")),
    ]
    register.write_all(drafts, actor="ana")
    hpo, mondo = register.of("hpo"), register.of("mondo")
    hpo.move("2024", State.ACTIVE, actor="ana")
    mondo.move("2025", State.ACTIVE, actor="ana")
    hpo.move("2025", State.ACTIVE, actor="ana")
    assert [(each.id, each.state) for each in hpo.records()] == [
        ("2024", State.SUPERSEDED),
        ("2025", State.ACTIVE),
    ]
    assert [each.state for each in mondo.records()] == [State.ACTIVE]
    assert register.records() == ()
    with pytest.raises(UnknownRelease):
        mondo.record("2024")


def test_a_dataset_may_be_put_away_while_it_is_active(register: Register) -> None:
    register.write_all([sealed(dataset("hpo"))], actor="ana")
    hpo = register.of("hpo")
    hpo.move("2025", State.ACTIVE, actor="ana")
    assert hpo.move("2025", State.ARCHIVED, actor="ana").state is State.ARCHIVED
    assert hpo.active() is None
    assert hpo.move("2025", State.ACTIVE, actor="ana").state is State.ACTIVE
