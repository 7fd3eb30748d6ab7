"""HTML."""

import pytest

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import ParagraphKind
from tests.formats.making import bold_texts, kinds, notices, read, texts


def test_blocks_breaks_headings_lists_and_bold() -> None:
    page = """<!DOCTYPE html><html><head><title>not this</title><style>p{}</style></head><body>
    <nav>menu</nav><h2>Interview 😀</h2>
    <p><b>Anna:</b> we
       met <i>there</i>&nbsp;&amp; e&#769;<br/>Ben: <span style="font-weight: 700">never</span></p>
    <ul><li>one</li><li><p>two</p></li></ul><script>var x</script><template>t</template>tail
    <div>div</div></body></html>"""
    extracted = read("html", page.encode())
    assert texts(extracted) == [
        *("Interview 😀", "Anna: we met there\xa0& e\u0301", "Ben: never"),
        *("one", "two", "tail", "div"),
    ]
    assert kinds(extracted)[0] is ParagraphKind.HEADING
    assert kinds(extracted)[3:6] == [ParagraphKind.LIST_ITEM, ParagraphKind.LIST_ITEM, ParagraphKind.BODY]
    assert bold_texts(extracted) == ["Anna:", "never"]


def test_a_style_beats_the_tag_for_bold() -> None:
    assert bold_texts(read("html", b'<b style="font-weight:normal">a <b>c</b></b>')) == ["c"]


def test_tables_are_rows_with_a_row_for_each_line_of_a_cell() -> None:
    page = (
        "<table><tr><th>Who</th><th>Said</th></tr><tr><td><b>I</b></td><td><p>Why?</p><p>Or\tnot?</p></td></tr></table>"
    )
    extracted = read("html", page.encode())
    assert [each.cells for each in extracted.paragraphs] == [("Who", "Said"), ("I", "Why?"), ("", "Or not?")]
    assert [each.text for each in extracted.paragraphs] == ["Who\tSaid", "I\tWhy?", "\tOr not?"]
    assert bold_texts(extracted) == ["I"]


def test_a_table_within_a_cell_follows_its_row_and_a_frame_is_no_table() -> None:
    page = (
        "<table><tr><td>a<table><tr><td>x</td><td>y</td></tr></table></td><td>b</td></tr></table>"
        "<table><tr><td><p>I: q</p><p>R: a</p></td></tr></table>"
    )
    extracted = read("html", page.encode())
    assert [each.cells or each.text for each in extracted.paragraphs] == [("a", "b"), ("x", "y"), "I: q", "R: a"]


def test_empty_paragraphs_and_double_breaks_are_gaps() -> None:
    extracted = read("html", b"<p>a</p><p>&nbsp;</p><p>b<br><br>c<br>d</p><hr><p>e</p>")
    assert [(each.text, each.gap_before) for each in extracted.paragraphs] == [
        *(("a", False), ("b", True), ("c", True), ("d", False), ("e", True)),
    ]


def test_preformatted_lines_stay_lines() -> None:
    assert texts(read("html", b"<pre>I: one\n  R:  two</pre>")) == ["I: one", "  R:  two"]


@pytest.mark.parametrize(
    "meta",
    ['<meta charset="windows-1251">', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
)
def test_the_declared_charset_is_used(meta: str) -> None:
    extracted = read("html", f"<html><head>{meta}</head><p>краткий</p></html>".encode("cp1251"))
    assert (texts(extracted), extracted.encoding) == (["краткий"], "cp1251")


def test_xhtml_and_plain_text_raise_no_warning() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>é</p></body></html>'
    )
    assert texts(read("html", page.encode())) == ["é"]
    assert texts(read("html", b"interview.txt")) == ["interview.txt"]


def test_nothing_is_lost_at_any_depth_or_after_a_null() -> None:
    deep = "<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>after\x00 all</p>" + "<p>x</p>" * 200
    extracted = read("html", deep.encode())
    assert texts(extracted)[:2] == ["deep", "after all"]
    assert notices(extracted)["controls_dropped"] == {"count": 1}


def test_unclosed_and_misnested_tags_keep_their_text() -> None:
    extracted = read("html", b"<p><b>Anna: <i>a</b> b</i><td>loose</td><li>item<tr><td>c")
    assert "".join("".join(texts(extracted)).split()) == "Anna:ablooseitemc"


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        read("html", b"<html><body><script>x</script><img src=x></body></html>")
    assert refused.value.key == "import_no_text"


def test_long_runs_of_white_space_cost_no_more_than_their_length() -> None:
    # A pattern that looks for white space from every place would take minutes here.
    assert texts(read("html", b"<p>a" + b" " * 400_000 + b"b" + b"\n" * 400_000 + b"</p>")) == ["a b"]
