"""Product 7 and ORPHAlinearisation: one preferential parent for each entity."""

from __future__ import annotations

import pytest

from loaders.orphanet.sniffing import read_file
from loaders.related import RelatedFile
from ontologies.errors import Refused
from tests.loaders.small import PACK, changed, line_of
from tests.packs.displays import MOVED_TO, REFERRED_TO
from tests.packs.products import Kind, linearisation_xml

PARENTS = {"558": "2", "99": "2", "40": "2", "2": None, "1": None}


def read(data: bytes) -> RelatedFile:
    parsed = read_file("any.xml", data)
    assert isinstance(parsed, RelatedFile)
    return parsed


def refused(data: bytes, reason: str, line: int | None) -> Refused:
    with pytest.raises(Refused) as caught:
        read_file("linear.xml", data)
    assert (caught.value.reason, caught.value.line) == (reason, line), caught.value.message.en
    assert caught.value.file == "linear.xml"
    return caught.value


def test_preferential_parents() -> None:
    parsed = read(linearisation_xml(PACK, PARENTS))
    assert (parsed.dataset, parsed.source.kind) == ("orphanet-linearisation",) * 2
    assert parsed.preferential_parents == {"558": "2", "99": "2", "40": "2"}
    assert parsed.counts == {
        "disorders": 5,
        "preferential_parents": 3,
        "heads": 2,
        "associations_mirrored": 3,
    }
    assert (parsed.source.date, parsed.source.lang) == ("2023-06-21", "en")
    assert parsed.findings == ()


@pytest.mark.parametrize(
    "kind", [("21485", "Parent préférentiel"), ("27342", "Renamed"), ("5", "Bevorzugte Zuordnung ")]
)
def test_a_preferential_parent_by_its_number_or_its_name(kind: Kind) -> None:
    parsed = read(linearisation_xml(PACK, PARENTS, "fr", kind))
    assert len(parsed.preferential_parents) == 3


def test_a_head_that_comes_first_may_have_no_list() -> None:
    data = linearisation_xml(PACK, {"2": None, "558": "2"})
    start = data.index(b"<DisorderDisorderAssociationList")
    end = data.index(b"</DisorderDisorderAssociationList>") + 34
    parsed = read(data[:start] + data[end:])
    assert parsed.preferential_parents == {"558": "2"}


def test_redirections_are_counted_and_passed_over() -> None:
    redirections = {"8": (MOVED_TO, "558"), "9": (REFERRED_TO, "558")}
    parsed = read(linearisation_xml(PACK, PARENTS, redirections=redirections))
    assert parsed.counts["associations_redirections"] == 2
    assert set(parsed.preferential_parents) == {"558", "99", "40"}


def test_several_parents() -> None:
    data = linearisation_xml(PACK, {"558": "2", "2": None})
    start = data.index(b"<DisorderDisorderAssociation>")
    end = data.index(b"</DisorderDisorderAssociation>") + 30
    link = data[start:end]
    data = data[:start] + link + link.replace(b">2<", b">1<") + data[end:]
    data = data.replace(b'AssociationList count="1"', b'AssociationList count="2"', 1)
    parsed = read(data)
    assert parsed.preferential_parents == {"558": "2"}
    (noted,) = parsed.findings
    assert (noted.key, noted.orpha, noted.values) == ("several-parents", "558", {"kept": "2"})


def test_an_unknown_association_is_refused() -> None:
    data = linearisation_xml(PACK, PARENTS, kind=("77", "Cousin"))
    error = refused(data, "bad-value", line_of(data, "<DisorderDisorderAssociationType"))
    assert "77 Cousin" in error.message.en


@pytest.mark.parametrize("parents", [{"558": "558"}, {"1": "2", "558": "40", "40": "558"}])
def test_circles_are_refused(parents: dict[str, str]) -> None:
    data = linearisation_xml(PACK, parents)
    error = refused(data, "cycle", line_of(data, '<Disorder id="9558"'))
    assert "558 > " in error.message.en


@pytest.mark.parametrize(
    ("old", "new", "reason", "at"),
    [
        ("<OrphaCode>2</OrphaCode>", "<OrphaCode>two</OrphaCode>", "bad-value",
         "<DisorderDisorderAssociation>"),
        ("<OrphaCode>99<", "<OrphaCode>558<", "duplicate-code", '<Disorder id="999"'),
        ('AssociationList count="1"', 'AssociationList count="3"', "count-mismatch",
         '<DisorderDisorderAssociationList count="3"'),
        ("</Disorder>", "</Entity>", "bad-xml", "</Entity>"),
    ],
)  # fmt: skip
def test_damage(old: str, new: str, reason: str, at: str) -> None:
    data = changed(linearisation_xml(PACK, PARENTS), "ISO-8859-1", (old, new))
    refused(data, reason, line_of(data, at))


def test_a_truncated_file() -> None:
    data = linearisation_xml(PACK, PARENTS)
    cut = data[: data.index(b'<Disorder id="940"')]
    refused(cut, "truncated-xml", cut.count(b"\n") + 1)


def test_no_parents_at_all() -> None:
    refused(linearisation_xml(PACK, {"1": None}), "nothing-inside", None)
