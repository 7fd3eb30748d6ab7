"""Whatever the bytes, a reader gives paragraphs that keep their promises, or refuses; nothing else comes out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kamcoder.domain.errors import ImportRefused
from kamcoder.domain.transcript import Extracted, ParagraphKind
from kamcoder.formats.registry import IMPORTERS, Importer, importer_for
from tests.formats.making import docx_of, odt_of, pdf_of_turns

NOTES = '<w:footnotes NAMES><w:footnote w:id="1"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote></w:footnotes>'
WHOLE: dict[str, bytes] = {
    "docx": docx_of(
        '<w:p><w:r><w:t>I: Why 😀?</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>R</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl>",
        parts={"footnotes.xml": ("footnotes", NOTES)},
    ),
    "odt": odt_of(
        "<text:p>I: Why 😀?</text:p><table:table><table:table-row><table:table-cell/></table:table-row></table:table>"
    ),
    "rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}\b I:\b0  \u-10179?\u-8704?{\footnote n}"
    rb"\cell x\row \par}",
    "pdf": pdf_of_turns([("I", "Why so?"), ("R", "Because we want to. " * 20)]),
    "txt": "I: Why 😀?\r\nR: Because\x00 we’re here.\n\n".encode() * 3,
    "md": "# T\n\n**I:** Why 😀?\n\n| a | b |\n|---|---|\n| c | d |\n\n1. x\n".encode(),
    "html": b"<meta charset=utf-8><table><tr><td><p><b>I:</b> Why?<td>x</table><pre>a\nb</pre>",
    "vtt": "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Anna>Why <b>😀</b>?\nBen: x\n\n".encode() * 2,
    "srt": b"1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Why</i>?\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nx\r\n",
}


def promises_kept(extracted: Extracted) -> None:
    assert extracted.paragraphs
    for paragraph in extracted.paragraphs:
        text = paragraph.text
        text.encode("utf-8")
        assert text.strip()
        assert not set(text) & set("\n\r\x0b\x0c\x85\u2028\u2029\x00")
        ends = [0, *(edge for interval in paragraph.bold for edge in interval), len(text)]
        assert ends == sorted(ends)
        assert all(start < end for start, end in paragraph.bold)
        assert (paragraph.kind is ParagraphKind.TABLE_ROW) == bool(paragraph.cells)
        assert not paragraph.cells or "\t".join(paragraph.cells) == text


def survives(importer: Importer, data: bytes) -> None:
    try:
        extracted = importer.read(data, name="a.b")
    except ImportRefused as error:
        refused = error
    else:
        promises_kept(extracted)
        return
    assert refused.values["name"] == "a.b"


def changed(draw: st.DrawFn, whole: bytes) -> bytes:
    """Cut a file short, scramble some bytes, and put a piece of it somewhere else."""
    data = bytearray(whole[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else whole)
    for _ in range(draw(st.integers(0, 6))):
        if data:
            data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    if draw(st.booleans()) and data:
        start = draw(st.integers(0, len(data) - 1))
        piece = data[start : start + draw(st.integers(1, 40))]
        place = draw(st.integers(0, len(data)))
        data[place:place] = piece
    return bytes(data)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.key)
@given(data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_changed_file_is_read_or_refused(importer: Importer, data: st.DataObject) -> None:
    survives(importer, data.draw(st.composite(lambda draw: changed(draw, WHOLE[importer.key]))()))


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.key)
@given(junk=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_random_bytes_are_read_or_refused(importer: Importer, junk: bytes) -> None:
    survives(importer, junk)
    survives(importer, WHOLE[importer.key][:40] + junk)


MARKUP = [
    r"{", r"}", r"\b", r"\b0", r"\par", r"\cell", r"\row", r"\intbl", r"\u", r"\u-1", r"\u99", r"\uc0",
    r"\'9", r"\'e9", r"\footnote", r"\*", r"\shptxt", r"\pard", r"\bin3", r"\f1", r"\fonttbl", r"x", r"I:",
    " ",
]  # fmt: skip


@given(words=st.lists(st.sampled_from(MARKUP), max_size=40))
@example(words=["{", r"\footnote", "}", "}"])
def test_any_rich_text_is_read_or_refused(words: list[str]) -> None:
    importer = next(each for each in IMPORTERS if each.key == "rtf")
    survives(importer, ("{\\rtf1" + "".join(words) + "}").encode())


@given(
    lines=st.lists(
        st.sampled_from(
            [
                "",
                "WEBVTT",
                "1",
                "00:01.000 --> 00:02.000",
                "a --> b",
                "NOTE x",
                "<v A>b</v>",
                "<v>",
                "A: b",
                "- c",
                "&#0;&amp;",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_subtitle_lines_is_read_or_refused(lines: list[str]) -> None:
    for importer in (each for each in IMPORTERS if each.key in {"vtt", "srt"}):
        survives(importer, "\n".join(lines).encode())


@given(
    data=st.binary(max_size=120),
    name=st.sampled_from(["a.docx", "a.txt", "a.pdf", "a.md", "a", "a.xyz"]),
    key=st.sampled_from([*WHOLE]),
)
@settings(max_examples=150)
def test_choosing_a_reader_only_refuses(data: bytes, name: str, key: str) -> None:
    for content in (data, WHOLE[key][:80] + data):
        refused: ImportRefused | None = None
        try:
            assert importer_for(Path(name), content) in IMPORTERS
        except ImportRefused as error:
            refused = error
        assert refused is None or refused.values["name"] == name


XML = st.lists(
    st.sampled_from(
        [
            "p",
            "r",
            "t",
            "tbl",
            "tr",
            "tc",
            "txbxContent",
            "drawing",
            "sdt",
            "footnoteReference",
            "ruby",
            "br",
            "sym",
            "/",
        ]
    ),
    max_size=40,
)


@given(tags=XML)
def test_any_order_of_word_elements_is_read_or_refused(tags: list[str]) -> None:
    body, is_open = "", []
    for tag in tags:
        if tag != "/":
            body += f'<w:{tag} w:id="1" w:char="1F60A">x'
            is_open.append(tag)
        elif is_open:
            body += f"y</w:{is_open.pop()}>z"
    body += "".join(f"</w:{tag}>" for tag in reversed(is_open))
    importer = next(each for each in IMPORTERS if each.key == "docx")
    survives(importer, docx_of(body, parts={"footnotes.xml": ("footnotes", NOTES)}))
