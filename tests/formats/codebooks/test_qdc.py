"""REFI-QDA codebooks: what is written is valid for two validators and comes back; other tools' files are understood."""

import functools
import uuid
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given, settings
from lxml import etree

from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import ImportRefused, InvalidInput
from kamcoder.formats.codebooks.codebook_file import CodebookFile
from kamcoder.formats.codebooks.qdc import NAMESPACE, losses, read_qdc, write_qdc
from tests.formats.codebooks.trees import NASTY, codebooks, ladder

XSD = Path(__file__).parents[2] / "data" / "refi" / "Codebook-mrt2019.xsd"
ORIGIN = "KamCoder 1.0"
ONE, TWO = "6F1C9F0E-3F0E-4A52-9D3E-6C1C6D0B2A11", "6F1C9F0E-3F0E-4A52-9D3E-6C1C6D0B2A12"


@functools.cache
def schemas() -> tuple[etree.XMLSchema, xmlschema.XMLSchema]:
    return etree.XMLSchema(etree.parse(XSD)), xmlschema.XMLSchema(str(XSD))


def assert_valid(data: bytes) -> None:
    by_lxml, by_xmlschema = schemas()
    by_lxml.assertValid(etree.fromstring(data))
    by_xmlschema.validate(data.decode("utf-8"))


def write(book: Codebook) -> bytes:
    data = write_qdc(book, origin=ORIGIN)
    assert_valid(data)
    return data


def read(xml: str) -> CodebookFile:
    return read_qdc(xml.encode("utf-8"), name="from elsewhere.qdc")


def wrapped(codes: str, *, root: str = f'CodeBook xmlns="{NAMESPACE}"') -> str:
    return f"<{root}><Codes>{codes}</Codes></CodeBook>"


def refusal(data: bytes | str) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_qdc(data.encode("utf-8") if isinstance(data, str) else data, name="bad.qdc")
    assert caught.value.values["name"] == "bad.qdc"
    return caught.value.key


def notices(found: CodebookFile) -> dict[str, int]:
    return {notice.key: notice.values["count"] for notice in found.notices}


def carried(codes: tuple[Code, ...]) -> list[Code]:
    """Codes as the format can carry them: without shortcut and questions."""
    return [
        Code(
            code.id,
            code.name,
            code.parent_id,
            code.position,
            code.colour,
            code.definition,
            code.include,
            code.exclude,
            code.example,
            codable=code.codable,
        )
        for code in codes
    ]


@settings(deadline=None)
@given(codebooks())
def test_what_is_written_is_valid_and_comes_back(book: Codebook) -> None:
    found = read_qdc(write(book), name="mine.qdc")
    assert list(found.codes) == carried(tuple(code for _, code in book.walk()))
    assert found.notices == ()


def test_written_form() -> None:
    code = Code(ONE.lower(), "R&D", definition="what", exclude="not <that>", colour="#a1b2c3", codable=False)
    below = Code(TWO.lower(), "inner", code.id)
    assert write(Codebook((code, below))).decode("utf-8") == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f'<CodeBook xmlns="{NAMESPACE}" origin="{ORIGIN}">\n'
        "  <Codes>\n"
        f'    <Code guid="{ONE}" name="R&amp;D" isCodable="false" color="#A1B2C3">\n'
        "      <Description>Definition: what\nExclude: not &lt;that&gt;</Description>\n"
        f'      <Code guid="{TWO}" name="inner" isCodable="true" color="#888888"/>\n'
        "    </Code>\n"
        "  </Codes>\n"
        "</CodeBook>\n"
    )


def test_five_levels_deep() -> None:
    assert [code.name for code in read_qdc(write(ladder(5)), name="x.qdc").codes] == [f"level {n}" for n in range(5)]


def test_nasty_names() -> None:
    book = Codebook(tuple(Code(str(uuid.uuid4()), name, position=place) for place, name in enumerate(NASTY)))
    assert [code.name for code in read_qdc(write(book), name="x.qdc").codes] == list(NASTY)


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    book = Codebook((Code(ONE, "a\x01b\ud800", definition="x\x0by\ufffe\nz"), Code(TWO, "\x01", position=1)))
    first, second = read_qdc(write(book), name="x.qdc").codes
    assert (first.name, first.definition) == ("ab", "xy\nz")
    assert second.name == "\ufffd"


def test_an_empty_codebook_cannot_be_written() -> None:
    with pytest.raises(InvalidInput, match="codebook_empty_for_qdc"):
        write_qdc(Codebook(()), origin=ORIGIN)


def test_depth_has_the_same_end_both_ways() -> None:
    assert len(read_qdc(write_qdc(ladder(100), origin=ORIGIN), name="x.qdc").codes) == 100
    with pytest.raises(InvalidInput, match="codebook_too_deep_to_export"):
        write_qdc(ladder(101), origin=ORIGIN)
    nested = f'<Code name="x" guid="{ONE}">' * 101 + "</Code>" * 101
    assert refusal(wrapped(nested)) == "codebook_too_deep"
    # Far deeper files are stopped by the parser.
    assert refusal(wrapped("<Code>" * 100_000)) == "qdc_not_xml"


def test_losses_are_told() -> None:
    book = Codebook((Code(ONE, "A", shortcut="K", questions=("Q1",)), Code(TWO, "B", questions=("Q2",))))
    assert [(notice.key, notice.values["count"]) for notice in losses(book)] == [
        ("qdc_without_shortcuts", 1),
        ("qdc_without_questions", 2),
    ]
    assert losses(ladder(2)) == ()


@pytest.mark.parametrize(
    "root",
    [
        'CodeBook xmlns="urn:QDA-XML:codebook:0:4"',
        'CodeBook xmlns="urn:QDA-XML:codebook:0:10"',
        'CodeBook name="Ours" origin="x" extra="y"',
        'CodeBook xmlns="urn:QDA-XML:codebook:1.0" xmlns:o="urn:other" o:extra="y"',
    ],
)
def test_any_namespace_and_unknown_attributes(root: str) -> None:
    found = read(wrapped(f'<Code guid="{ONE}" name="A" isCodable="false" color="#ABC" weight="3"/>', root=root))
    assert [(code.id, code.name, code.codable, code.colour) for code in found.codes] == [
        (ONE.lower(), "A", False, "#AABBCC")
    ]
    assert found.name == ("Ours" if "Ours" in root else "from elsewhere")
    assert found.notices == ()


def test_prefixed_names_and_utf_16() -> None:
    xml = (
        '<?xml version="1.0" encoding="UTF-16"?><!-- a <tag> -->'
        f'<q:CodeBook xmlns:q="{NAMESPACE}"><q:Codes><q:Code name="é😀"/></q:Codes></q:CodeBook>'
    )
    assert [code.name for code in read_qdc(xml.encode("utf-16"), name="x.qdc").codes] == ["é😀"]


def test_taguette_s_flat_codes_and_empty_sets() -> None:
    xml = (
        f'<CodeBook xmlns="{NAMESPACE}" origin="Taguette"><Codes>'
        f'<Code guid="{ONE}" name="a.b" isCodable="true"/></Codes><Sets/></CodeBook>'
    )
    found = read(xml)
    assert [code.name for code in found.codes] == ["a.b"]
    assert found.notices == ()


def test_guids_in_braces_any_case_missing_and_twice() -> None:
    codes = f'<Code guid="{{{ONE}}}" name="A"/><Code guid="{ONE.lower()}" name="B"/>'
    codes += '<Code name="C"/><Code guid="7" name="D"/>'
    found = read(wrapped(codes))
    assert found.codes[0].id == ONE.lower()
    assert len({str(uuid.UUID(code.id)) for code in found.codes}) == 4
    assert notices(found) == {"qdc_ids_replaced": 3}


@pytest.mark.parametrize(
    ("written", "codable"),
    [
        ("", True),
        ('isCodable="true"', True),
        ('isCodable="1"', True),
        ('isCodable="False"', False),
        ('isCodable="0"', False),
    ],
)
def test_codable(written: str, codable: bool) -> None:
    assert read(wrapped(f'<Code guid="{ONE}" name="A" {written}/>')).codes[0].codable is codable


def test_sets_and_strange_elements_are_told() -> None:
    xml = (
        f'<CodeBook><Codes><Code guid="{ONE}" name="A"><NoteRef targetGUID="{TWO}"/></Code></Codes>'
        f'<Sets><Set guid="{TWO}" name="S"><MemberCode guid="{ONE}"/></Set><Set guid="{ONE}" name="T"/></Sets>'
        "</CodeBook>"
    )
    assert notices(read(xml)) == {"qdc_elements_left_out": 1, "qdc_sets_left_out": 2}


def test_names_are_made_to_fit_and_told() -> None:
    names = ('name="A"', 'name="a"', 'name="a (2)"', 'name=""', "", 'name="x › y"', 'name=" two&#10;lines "')
    found = read(wrapped("".join(f"<Code {name}/>" for name in names)))
    assert [code.name for code in found.codes] == ["A", "a (2)", "a (2) (2)", "#4", "#5", "x > y", "two lines"]
    assert notices(found)["qdc_names_changed"] == 5


def test_bad_colours_are_replaced_and_told() -> None:
    found = read(wrapped(f'<Code guid="{ONE}" name="A" color="red"/><Code guid="{TWO}" name="B" color="#FFFF0000"/>'))
    assert len({code.colour for code in found.codes}) == 2
    assert notices(found) == {"qdc_colours_replaced": 2}


@pytest.mark.parametrize(
    ("description", "fields"),
    [
        ("plain words\nInclude: no heading of ours", ("plain words\nInclude: no heading of ours", "", "", "")),
        ("Definition: a\nb\n\nInclude: c\nExample: d", ("a\nb", "c", "", "d")),
        ("Definition:\nbelow\nExclude: e", ("below", "", "e", "")),
        ("Include: only", ("", "only", "", "")),
        (
            "Definition: a\nExample: b\nInclude: out of order",
            ("Definition: a\nExample: b\nInclude: out of order", "", "", ""),
        ),
        ("Definition: a\nDefinition: b", ("Definition: a\nDefinition: b", "", "", "")),
        ("Definition: a\n Include: set in", ("a\nInclude: set in", "", "", "")),
        ("definition: small letter", ("definition: small letter", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_descriptions_are_split_when_the_headings_are_ours(description: str, fields: tuple[str, ...]) -> None:
    code = read(wrapped(f'<Code guid="{ONE}" name="A"><Description>{description}</Description></Code>')).codes[0]
    assert (code.definition, code.include, code.exclude, code.example) == fields


def test_comments_and_markup_in_a_description_lose_no_text() -> None:
    code = read(
        wrapped(
            '<Code name="A"><Description>one <!-- x -->two <b>three</b> <![CDATA[<!DOCTYPE a>]]></Description></Code>'
        )
    ).codes[0]
    assert code.definition == "one two three <!DOCTYPE a>"


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "prolog",
    [
        BOMB,
        '<!DOCTYPE CodeBook SYSTEM "file:///etc/hostname">',
        '<?xml version="1.0"?>\n<!-- <CodeBook> --><?pi x?>\n' + BOMB,
        "<!doctype CodeBook>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_document_types_are_refused(prolog: str, encoding: str) -> None:
    xml = prolog + wrapped(f'<Code guid="{ONE}" name="A"/>')
    assert refusal(xml.encode(encoding)) == "qdc_document_type"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "codebook_file_empty"),
        (b"  \n", "codebook_file_empty"),
        (b"name,definition\nA,b\n", "qdc_not_xml"),
        (b"PK\x03\x04\x00\x00", "qdc_not_xml"),
        (wrapped("<Code name='A'/>").encode()[:-12], "qdc_not_xml"),
        (b"<CodeBook><Codes><Code name='&unknown;'/></Codes></CodeBook>", "qdc_not_xml"),
        (b"<CodeBook><Codes><Code name='\xff'/></Codes></CodeBook>", "qdc_not_xml"),
        (b'<?xml version="1.0" encoding="klingon"?><CodeBook/>', "qdc_not_xml"),
        (b"<!-- never closed", "qdc_not_xml"),
        (b'<Project xmlns="urn:QDA-XML:project:1.0" name="x"/>', "qdc_other_root"),
        (b"<html><body/></html>", "qdc_other_root"),
        (b"<CodeBook/>", "codebook_without_codes"),
        (b"<CodeBook><Codes/></CodeBook>", "codebook_without_codes"),
        (b"<CodeBook><Codes>" + b"<Code/>" * 2_500_000 + b"</Codes></CodeBook>", "codebook_file_too_large"),
    ],
)
def test_bad_files_are_refused(data: bytes, key: str) -> None:
    assert refusal(data) == key


def test_the_line_of_a_fault_is_named() -> None:
    with pytest.raises(ImportRefused) as caught:
        read("<CodeBook>\n<Codes>\n<Code name='A'>\n</Codes></CodeBook>")
    assert caught.value.values["line"] == 4


def test_a_large_codebook_is_read() -> None:
    found = read(wrapped('<Code name="same"/>' * 20_000))
    assert len({code.name for code in found.codes}) == 20_000
