"""Mondo's report of rare diseases."""

from __future__ import annotations

import pytest

from loaders.mondo import FORMATS
from loaders.related import Reading, RelatedFile, Sample
from ontologies.concept import Label, LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding
from ontologies.terminology import Term

HEADER = "ID\tLABEL\tSYNONYMS"
(FORMAT,) = FORMATS


def report(*lines: str, header: str = HEADER) -> bytes:
    return ("\n".join((header, *lines)) + "\n").encode()


def read(data: bytes, dataset: str | None = None) -> RelatedFile:
    assert FORMAT.recognises(Sample.of("x.obo", data))
    return FORMAT.read("x.tsv", data, Reading(dataset=dataset))


def test_terms() -> None:
    parsed = read(
        report(
            "MONDO:0007947\tMarfan syndrome\tMFS|Marfan syndrome|MFS | arachnodactyly",
            'MONDO:0000001\tglass heart\t"heart of ""glass"""',
            "MONDO:0000002\tpaper skin\t",
        )
    )
    assert (parsed.dataset, parsed.source.kind, parsed.source.lang) == (
        "mondo-rare",
        "mondo-rare",
        "en",
    )
    assert parsed.terms == (
        Term(
            Coding("mondo", "MONDO:0007947"),
            (
                Label("Marfan syndrome", "en", LabelKind.PREFERRED),
                Label("MFS", "en", LabelKind.SYNONYM, scope="exact"),
                Label("arachnodactyly", "en", LabelKind.SYNONYM, scope="exact"),
            ),
        ),
        Term(
            Coding("mondo", "MONDO:0000001"),
            (
                Label("glass heart", "en", LabelKind.PREFERRED),
                Label('heart of "glass"', "en", LabelKind.SYNONYM, scope="exact"),
            ),
        ),
        Term(
            Coding("mondo", "MONDO:0000002"),
            (Label("paper skin", "en", LabelKind.PREFERRED),),
        ),
    )
    assert parsed.counts == {"terms": 3, "synonyms": 5, "synonyms_repeating": 2}


def test_another_key() -> None:
    assert read(report("MONDO:0000001\tx\t"), "mine").dataset == "mine"


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (report("MONDO:0000001\tx\t", "MONDO:0000002"), "bad-row", 3),
        (report("MONDO:0000001\tx\t", "MONDO:0000001\ty\t"), "duplicate-term", 3),
        (report("MONDO:0000001\t\tx"), "no-label", 2),
        (report("MONDO:0000001\tx\t", "0000002\ty\t"), "bad-code", 3),
        (report("MONDO:0000001\tx\t", "HP:0000002\ty\t"), "bad-value", 3),
        (report("MONDO:0000001\tx\t") + b"MONDO:0000002\tl\xe8vre\t", "not-text", 3),
    ],
)
def test_damage(data: bytes, reason: str, line: int) -> None:
    with pytest.raises(Refused) as caught:
        read(data)
    assert (caught.value.reason, caught.value.file, caught.value.line) == (reason, "x.tsv", line)


@pytest.mark.parametrize(
    "data",
    [
        report(),
        report("HP:0000001\tx\t"),
        report("MONDO:0000001\tx", header="ID\tLABEL"),
        b"format-version: 1.2\n\n[Term]\nid: MONDO:0000001\n",
    ],
)
def test_other_files_are_left_alone(data: bytes) -> None:
    assert not FORMAT.recognises(Sample.of("new-rare-diseases.tsv", data))
