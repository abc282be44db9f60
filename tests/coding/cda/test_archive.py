"""Documents in a zip, as secure mail brings them."""

import io
import zipfile

import pytest

from tests.coding.cda.documents import MARFAN, WHOLE, archive, document
from thesaurus.coding.cda.archive import documents_in, is_archive
from thesaurus.coding.cda.errors import InvalidDocument

GOOD = document(MARFAN)
METADATA = (
    b'<?xml version="1.0"?><SubmitObjectsRequest xmlns="urn:oasis:x">SECRET</SubmitObjectsRequest>'
)
INDEX = b"<!DOCTYPE html><html><body>ClinicalDocument urn:hl7-org:v3</body></html>"


def names(data):
    return [name for name, _ in documents_in(data)]


def test_a_message_of_secure_mail():
    data = archive(
        README_TXT=b"SECRET",
        INDEX_HTM=INDEX,
        IHE_XDM__SUBSET01__METADATA_XML=METADATA,
        IHE_XDM__SUBSET01__DOC0001_XML=GOOD,
        IHE_XDM__SUBSET01__DOC0002_PDF=b"%PDF-1.7",
        autre__courrier_cda=document(WHOLE).decode().replace("utf-8", "utf-16").encode("utf-16"),
    )
    assert is_archive(data)
    found = dict(documents_in(data))
    assert list(found) == ["IHE_XDM/SUBSET01/DOC0001.XML", "document-2"]
    assert found["IHE_XDM/SUBSET01/DOC0001.XML"] == GOOD


def test_archives_in_the_archive_are_passed_over():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as written:  # stored: the document can be seen in it
        written.writestr("DOC.XML", GOOD)
    assert names(archive(DOC1_XML=GOOD, inner_zip=inner.getvalue())) == ["DOC1.XML"]


def test_a_name_that_may_be_a_patients_is_not_given_back():
    data = archive(DOC_xml=GOOD, DUPONT__DOC0001_XML=GOOD, DUPONT_Jeanne=GOOD)
    assert names(data) == ["document-1", "document-2", "DOC0001.XML"]


def with_entry(name, data=GOOD, **changes):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in changes.items():
            setattr(info, key, value)
        written.writestr(info, data)
    return stream.getvalue()


def encrypted():
    data = bytearray(with_entry("DOC.XML"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def damaged():
    data = bytearray(with_entry("DOC.XML", b"<ClinicalDocument " + b"a" * 100_000))
    data[60] ^= 0xFF
    return bytes(data)


REFUSED = {
    "empty": (archive(), "zip-empty"),
    "nothing of ours": (archive(INDEX_HTM=INDEX, METADATA_XML=METADATA), "zip-empty"),
    "cut": (archive(DOC_XML=GOOD)[:-40], "zip-damaged"),
    "damaged": (damaged(), "zip-damaged"),
    "encrypted": (encrypted(), "zip-encrypted"),
    "a way out": (with_entry("../SECRET.XML"), "zip-abnormal"),
    "an absolute name": (with_entry("/etc/SECRET.XML"), "zip-abnormal"),
    "a link": (with_entry("SECRET.XML", external_attr=0xA1FF << 16), "zip-abnormal"),
    "a bomb": (with_entry("SECRET.XML", b"<" + b" " * 15_000_000), "zip-abnormal"),
    "a giant": (with_entry("SECRET.XML", b"<" + b" " * 21_000_000), "zip-abnormal"),
    "many files": (archive(**{f"SECRET{each}_XML": b"" for each in range(2001)}), "zip-abnormal"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_archive_that_is_refused_says_why_and_names_no_file(case):
    data, reason = REFUSED[case]
    with pytest.raises(InvalidDocument) as caught:
        names(data)
    assert caught.value.reason == reason
    assert "SECRET" not in repr(caught.value)
