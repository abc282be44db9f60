"""Documents that are not read, and why."""

import pytest

from tests.coding.cda.documents import WHOLE, document
from tests.coding.cda.leaks import broken
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.parsing import LARGEST, parse

GOOD = document(WHOLE)
BOMB = b'<!DOCTYPE a [<!ENTITY x0 "yyyyyyyyyyyyyyyyyyyy">%s]><a b="&x8;">&x8;</a>' % b"".join(
    b'<!ENTITY x%d "%s">' % (level, b"&x%d;" % (level - 1) * 20) for level in range(1, 9)
)
UTF_8_AS_LATIN = GOOD.replace(b"utf-8", b"ISO-8859-1")

REFUSED = {
    "empty": (b"", "not-xml", 1),
    "a text": (b"Bonjour", "not-xml", 1),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "not-xml", 1),
    "half a document": (GOOD[: len(GOOD) // 2], "truncated", None),
    "cut in a tag": (b"<a>\n<b x='", "truncated", 2),
    "another end tag": (b"<a>\n<b></a>", "mismatch", 2),
    "something after the end": (GOOD + b"<a/>", "after-end", None),
    "an attribute twice": (b"<a x='1'\n x='2'/>", "malformed", 2),
    "Latin-1 that says UTF-8": (b'<?xml version="1.0"?>\n<a>\xe9t\xe9</a>', "encoding", 2),
    "UTF-8 that says Latin-1": (UTF_8_AS_LATIN, "encoding", None),
    "UTF-8 that says UTF-16": (GOOD.replace(b"utf-8", b"UTF-16"), "encoding", 1),
    "an unknown encoding": (GOOD.replace(b"utf-8", b"utf-9"), "encoding", 1),
    "a DOCTYPE": (b"<!-- a -->\n<!DOCTYPE a>\n<a/>", "doctype", 2),
    "a DOCTYPE in UTF-16": ("<!DOCTYPE a><a/>".encode("utf-16"), "doctype", 1),
    "an entity bomb": (BOMB, "doctype", 1),
    "an external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "doctype", 1
    ),
    "an entity": (b"<a>\n&nom;</a>", "entity", 2),
    "a thousand levels": (b"<a>" * 1000 + b"</a>" * 1000, "limit", 1),
    "another root": (b"\n<Bundle xmlns='http://hl7.org/fhir'/>", "wrong-root", 2),
    "a root without namespace": (b"<ClinicalDocument/>", "wrong-root", 1),
    "another kind of CDA": (
        GOOD.replace(b'root="1.2.250.1.213.1.1.1.30"', b'root="1.2.250.1.213.1.1.1.29"'),
        "not-sdm-mr", 2
    ),
    "too large": (GOOD + b" " * LARGEST, "too-large", None),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_is_refused_says_why_and_where(case):
    data, reason, line = REFUSED[case]
    with pytest.raises(InvalidDocument) as caught:
        parse(data)
    assert caught.value.reason == reason
    assert line is None or caught.value.line == line
    if caught.value.line:
        assert caught.value.message.fr.startswith(f"Ligne {caught.value.line} : ")
        assert caught.value.message.en.startswith(f"Line {caught.value.line}: ")


def test_the_line_of_a_fault_deep_in_a_document():
    line = GOOD[: GOOD.index(b"<birthTime")].count(b"\n") + 1
    with pytest.raises(InvalidDocument) as caught:
        parse(GOOD.replace(b"<birthTime ", b"<birthTime <"))
    assert (caught.value.reason, caught.value.line) == ("malformed", line)


@pytest.mark.parametrize("damage", broken(GOOD))
def test_no_refusal_repeats_the_document(damage):
    with pytest.raises(InvalidDocument) as caught:
        parse(broken(GOOD)[damage])
    said = repr(caught.value) + str(caught.value)
    for secret in ("SECRET", "ESSAI", "Ondine", "family", "given", "19900101", "0xE9"):
        assert secret not in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_every_usual_encoding_is_read(encoding):
    declared = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)
    text = document(WHOLE | {"label": "Maladie de Ménière"}).decode()
    root, _ = parse(text.replace("utf-8", declared).encode(encoding))
    assert root.xpath("//@displayName")[0] == "Maladie de Ménière"


@pytest.mark.parametrize(
    ("written", "version"),
    [("2024.01", "2024.01"), ("2021.01", "2021.01"), ("SECRET", None), ("2024.01 Dupont", None)],
)
def test_a_version_is_given_back_only_where_it_looks_like_one(written, version):
    data = GOOD.replace(b'extension="2024.01"', f'extension="{written}"'.encode())
    assert parse(data).version == version


def test_words_of_a_doctype_in_a_comment_are_no_doctype():
    assert parse(GOOD.replace(b"<realmCode", b"<!-- <!DOCTYPE a> --><realmCode")).version
