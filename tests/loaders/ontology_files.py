"""What the tests of ontologies share: how a file is read, refused, and what is expected."""

from __future__ import annotations

import pytest

from loaders.obo import FORMATS
from loaders.related import Format, Reading, RelatedFile, Sample
from ontologies.concept import Label, LabelKind
from ontologies.errors import Refused
from ontologies.systems import Coding

OBO, OWL, OBOGRAPHS = FORMATS


def read(form: Format, data: bytes, dataset: str | None = None) -> RelatedFile:
    sample = Sample.of("x.tsv", data)
    assert [each.key for each in FORMATS if each.recognises(sample)] == [form.key]
    return form.read("x", data, Reading(dataset=dataset))


def refusal(form: Format, data: bytes, dataset: str | None = None) -> tuple[str, int | None]:
    with pytest.raises(Refused) as caught:
        read(form, data, dataset)
    assert caught.value.file == "x"
    return caught.value.reason, caught.value.line


def english(kind: LabelKind, text: str, scope: str | None = None, raw: str | None = None) -> Label:
    return Label(text, "en", kind, raw=raw, scope=scope)


def mondo(number: int) -> Coding:
    return Coding("mondo", f"MONDO:{number:07}")
