"""Rich Text Format."""

import pytest
from striprtf.striprtf import rtf_to_text

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import ParagraphKind
from tests.formats.making import bold_texts, kinds, notices, read, texts

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}}"


def rtf(body: str, header: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return ("{\\rtf1" + header + FONTS + body + "}").encode("latin-1")


def test_characters_in_all_their_spellings() -> None:
    body = (
        r"\pard it\'92s \u8220\'93fine\u8221\'94 \ldblquote q\rdblquote\emdash x \u-10179?\u-8704? e\u769?"
        r" {\uc0\u228}{\uc2\u246 xy}\~z {\f1\'cf\'f0\'e8} {\f2\'8e\'84} \{a\}\\ \u160\~b\_c\u55357?!\par"
    )
    extracted = read("rtf", rtf(body))
    assert texts(extracted) == ["it’s “fine” “q”—x 😀 e\u0301 äö\xa0z При 私 {a}\\ \xa0b\u2011c\ufffd!"]
    assert notices(extracted) == {"surrogates_replaced": {"count": 1}}
    assert extracted.encoding == "cp1252"


@pytest.mark.parametrize(("header", "byte"), [("\\ansi\\ansicpg1250", "b3"), ("\\mac", "bf"), ("\\pc", "82")])
def test_the_code_page_of_the_document_is_used(header: str, byte: str) -> None:
    assert texts(read("rtf", rtf(f"\\'{byte}", header))) == [{"b3": "ł", "bf": "ø", "82": "é"}[byte]]


def test_paragraphs_breaks_gaps_bold_headings_and_lists() -> None:
    body = (
        r"\pard\outlinelevel0 {\b Title}\par\pard {\b Anna:} one\line two\b  loud\b0  soft\plain\par\par"
        r"\pard{\listtext 1.\tab}\ls1 item\par{\pntext 2.\tab}item\par\pard Q6. end\page after"
    )
    extracted = read("rtf", rtf(body))
    assert texts(extracted) == ["Title", "Anna: one", "two loud soft", "item", "item", "Q6. end", "after"]
    assert kinds(extracted)[0] is ParagraphKind.HEADING
    assert kinds(extracted)[3:6] == [ParagraphKind.LIST_ITEM, ParagraphKind.LIST_ITEM, ParagraphKind.BODY]
    assert bold_texts(extracted) == ["Title", "Anna:", " loud"]
    assert [each.gap_before for each in extracted.paragraphs][3:5] == [True, False]


def test_notes_and_text_boxes_follow_their_paragraph() -> None:
    body = (
        r"one{\footnote\pard{\super\chftn} a {\b note}} more\par "
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard boxed\par}}{\shprslt{\*\do{\dptxbxtext boxed\par}}}}two\par"
    )
    extracted = read("rtf", rtf(body))
    assert texts(extracted) == ["one more", "a note", "two", "boxed"]
    assert kinds(extracted)[1] is ParagraphKind.FOOTNOTE
    assert bold_texts(extracted) == ["note"]


def test_tables_are_rows_also_without_table_properties() -> None:
    body = (
        r"\trowd\pard\intbl I\cell Why | now?\par Or not?\cell\row\trowd\pard\intbl R\cell\cell\row\pard after\par "
        r"loose\cell cells\cell\row"
    )
    extracted = read("rtf", rtf(body))
    assert [each.cells or each.text for each in extracted.paragraphs] == [
        *(("I", "Why | now?"), ("", "Or not?"), ("R", ""), "after", ("loose", "cells")),
    ]


def test_what_is_no_text_goes_and_what_a_reader_would_miss_is_told() -> None:
    body = (
        r"{\info{\title T}}{\*\unknown {\b x}}{\stylesheet{\s1 heading;}}{\header Study\par}{\footer 3\par}"
        r"a{\field{\*\fldinst HYPERLINK http://x.org}{\fldrslt link}}{\pict\bin5 }}}}}}b{\deleted gone}"
        r"{\*\annotation note}{\upr{old}{\*\ud{new}}}c"
    )
    extracted = read("rtf", rtf(body))
    assert texts(extracted) == ["alinkbnewc"]
    assert notices(extracted) == {
        "deletions_left_out": {"count": 1},
        "comments_left_out": {"count": 1},
        "margins_left_out": {"count": 1},
    }


def test_it_reads_what_a_common_library_reads() -> None:
    body = r"\pard I: Why \'e9t\'e9?\par\pard{\b R:} Because \u8212- so.\par Q6.\tab More\par"
    assert "\n".join(texts(read("rtf", rtf(body)))) == rtf_to_text(rtf(body).decode("latin-1")).strip()


def test_bytes_that_are_no_character_are_shown_and_told() -> None:
    extracted = read("rtf", rtf(r"a\'81b\u99999999 ?c"))
    assert texts(extracted) == ["a\ufffdb\ufffdc"]
    assert notices(extracted)["characters_unreadable"] == {"count": 2}


def test_what_follows_the_document_is_no_text() -> None:
    assert texts(read("rtf", rtf("one") + b" two {three}\x00")) == ["one"]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (rtf("one")[:-1], "import_cut_short"),
        (b"no rtf", "import_damaged"),
        (b"{\\rtf1}", "import_no_text"),
        (b"{\\rtf1" + b"{" * 5000 + b"x" + b"}" * 5001, "import_too_deep"),
        (b"{\\rtf1 \\bin99999999999 x}", "import_cut_short"),
    ],
)
def test_broken_files_are_refused(data: bytes, key: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read("rtf", data)
    assert refused.value.key == key
