"""Archives that mean harm, or are damaged."""

import io
import struct
import zipfile

import pytest

from kamcoder.domain.errors import ImportRefused
from kamcoder.formats import archives
from kamcoder.formats.archives import Package, parse_xml
from tests.formats.making import archive, docx_of, odt_of, read


def refusal(data: bytes, part: str = "a.xml") -> str:
    with pytest.raises(ImportRefused) as refused:
        Package(data, name="a.docx").read(part)
    assert refused.value.values == {"name": "a.docx"}
    return refused.value.key


def test_a_part_comes_back_whole() -> None:
    package = Package(archive({"a.xml": "x" * 3_000_000, "b": "y"}), name="a.docx")
    assert package.parts == ("a.xml", "b")
    assert "b" in package
    assert package.read("a.xml") == b"x" * 3_000_000


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_by_what_it_unpacks_to(method: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(archive({"a.xml": bytes(12 * 1024 * 1024)}, compression=method)) == "import_bomb"
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1000)
    assert refusal(archive({"a.xml": "x" * 1001}, compression=zipfile.ZIP_STORED)) == "import_bomb"


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    data = archive({"a.xml": bytes(50 * 1024 * 1024)})
    honest = struct.pack("<L", 50 * 1024 * 1024)
    assert refusal(data.replace(honest, struct.pack("<L", 100))) in {"import_bomb", "import_damaged"}


@pytest.mark.parametrize("name", ["../evil", "a/../../b", "/etc/passwd", "\\evil", "C:\\evil", "a\\..\\b"])
def test_names_that_would_escape_are_refused(name: str) -> None:
    assert refusal(archive({"a.xml": "x", name: "x"})) == "import_unsafe_names"


def test_too_many_members_are_refused() -> None:
    assert refusal(archive({f"{number}": "" for number in range(10_001)})) == "import_bomb"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(archive({"a.xml": "x"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert refusal(bytes(data)) == "import_encrypted"


def test_missing_parts_wrong_checksums_and_unknown_methods_are_damage() -> None:
    data = archive({"a.xml": "some text to pack"}, compression=zipfile.ZIP_STORED)
    assert refusal(data, "b.xml") == "import_damaged"
    assert refusal(data.replace(b"some", b"sOme")) == "import_damaged"
    assert (
        refusal(
            data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00")
        )
        == "import_damaged"
    )
    assert refusal(data[:-10]) == "import_damaged"


def test_a_rebuilt_archive_holds_the_same_and_no_entities() -> None:
    data = archive({"a.xml": "<a>😀</a>", "b/c.bin": b"\x00\x01"})
    with zipfile.ZipFile(io.BytesIO(Package(data, name="a").rebuilt())) as rebuilt:
        assert {name: rebuilt.read(name) for name in rebuilt.namelist()} == {
            "a.xml": "<a>😀</a>".encode(),
            "b/c.bin": b"\x00\x01",
        }
    with pytest.raises(ImportRefused):
        Package(archive({"a.xml": BOMB}), name="a").rebuilt()


def test_a_rebuilt_archive_has_a_bound_for_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1000)
    with pytest.raises(ImportRefused) as refused:
        Package(archive({str(number): "x" * 300 for number in range(4)}), name="a").rebuilt()
    assert refused.value.key == "import_bomb"


BOMB = (
    '<!DOCTYPE a [<!ENTITY x "haha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;&y;&y;&y;">]>'
    "<a>&z;</a>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, '<!DOCTYPE a [<!ENTITY % p "<!ELEMENT a ANY>"> %p;]><a/>'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(xml: str, encoding: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        parse_xml(xml.encode(encoding), name="a.docx")
    assert refused.value.key == "import_entities"


def test_a_document_type_without_entities_is_harmless() -> None:
    assert parse_xml(b'<!DOCTYPE a PUBLIC "x" "Manifest.dtd"><a>b</a>', name="a").text == "b"


@pytest.mark.parametrize(
    "data", [b"", b"text", b"<a>", b'<?xml version="1.0" encoding="nonsense"?><a/>', b"<a>\x00</a>"]
)
def test_damaged_xml_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        parse_xml(data, name="a.docx")
    assert refused.value.key == "import_damaged"


@pytest.mark.parametrize(("key", "data"), [("docx", docx_of("<w:p/>")), ("odt", odt_of("<text:p/>"))])
def test_documents_with_an_entity_bomb_are_refused(key: str, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = "word/document.xml" if key == "docx" else "content.xml"
    with pytest.raises(ImportRefused) as refused:
        read(key, archive({**parts, main: BOMB.encode()}))
    assert refused.value.key == "import_entities"
