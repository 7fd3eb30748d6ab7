"""Markdown."""

import pytest

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import ParagraphKind
from tests.formats.making import bold_texts, kinds, read, texts


def test_markup_goes_and_bold_and_headings_are_kept() -> None:
    extracted = read(
        "md", "# Interview *A* 😀\n\n**Anna:** a [link](http://x.org) and `code`, 5 \\* 3 &amp; e\u0301\n".encode()
    )
    assert texts(extracted) == ["Interview A 😀", "Anna: a link and code, 5 * 3 & e\u0301"]
    assert kinds(extracted) == [ParagraphKind.HEADING, ParagraphKind.BODY]
    assert bold_texts(extracted) == ["Anna:"]


def test_turns_on_lines_of_their_own_stay_apart_and_wrapped_lines_are_joined() -> None:
    text = "**I:** Why is\nthat so?\n**R:** Because.\nQ6. And the prices?\n[00:01:23] Well  \nyes,\none thing: price.\n"
    assert texts(read("md", text.encode())) == [
        "I: Why is that so?",
        "R: Because.",
        "Q6. And the prices?",
        "[00:01:23] Well",
        "yes, one thing: price.",
    ]


def test_numbers_that_count_a_list_go_and_others_stay() -> None:
    extracted = read(
        "md",
        b"1. one\n2. two\n\ntext\n\n1. a\n1. b\n\ntext\n\n6. Who manages it?\n7. Why?\n\ntext\n\n1986. That was it.",
    )
    assert texts(extracted) == [
        *("one", "two", "text", "a", "b", "text"),
        *("6. Who manages it?", "7. Why?", "text", "1986. That was it."),
    ]
    assert kinds(extracted)[:3] == [ParagraphKind.LIST_ITEM, ParagraphKind.LIST_ITEM, ParagraphKind.BODY]


def test_a_table_keeps_all_cells_even_those_beyond_its_head() -> None:
    extracted = read("md", b"| who | said |\n|---|---|\n| **I** | Why? | aside \\| x |\n| R | |\n")
    assert [each.cells for each in extracted.paragraphs] == [
        ("who", "said"),
        ("I", "Why?", "aside | x"),
        ("R", ""),
    ]
    assert [each.gap_before for each in extracted.paragraphs] == [False, False, False]


def test_what_only_looks_like_markup_is_text() -> None:
    text = (
        "[Anna]: Yes\n\nR: <inaudible> and <laughs>\n\n<inaudible>\n\nR: a <b>bold</b> word<br>next <!-- not this -->\n"
    )
    extracted = read("md", text.encode())
    assert texts(extracted) == [
        "[Anna]: Yes",
        "R: <inaudible> and <laughs>",
        "<inaudible>",
        "R: a bold word",
        "next",
    ]
    assert bold_texts(extracted) == ["bold"]


def test_empty_lines_are_gaps_and_code_is_text() -> None:
    extracted = read("md", b"I: Why?\n\n    R: indented\n    I: more\n\n```\nfenced\n```\n> quoted\n")
    assert texts(extracted) == ["I: Why?", "R: indented", "I: more", "fenced", "quoted"]
    assert [each.gap_before for each in extracted.paragraphs] == [False, True, False, True, False]


def test_absurd_nesting_is_refused_and_deep_nesting_loses_nothing() -> None:
    assert texts(read("md", (">" * 60 + " deep").encode())) == ["deep"]
    with pytest.raises(ImportRefused) as refused:
        read("md", (">" * 5000 + " deep").encode())
    assert refused.value.key == "import_too_deep"


def test_comments_go_and_one_that_never_ends_is_text() -> None:
    assert texts(read("md", b"<!-- a\nb -->\n\nI: Why?\n\n<!-- c")) == ["I: Why?", "<!-- c"]
    assert len(texts(read("md", b"<!--" * 50_000))) == 1
