"""Plain text files and hard-wrapped text."""

import textwrap

import pytest

from kamcoder.domain.errors import ImportRefused
from tests.formats.making import notices, read, texts

SPEECH = (
    "Well, I would say that the top managers are involved in a good many of these accounts, though not in all of "
    "them, and certainly not in the same way everywhere; one thing: price is decided upstairs. "
)


def test_a_line_is_a_paragraph() -> None:
    extracted = read("txt", "I: Why?\r\nR: Because 😀.\r\n\r\n\r\nR: And e\u0301.  \r\n".encode())
    assert texts(extracted) == ["I: Why?", "R: Because 😀.", "R: And e\u0301."]
    assert [each.gap_before for each in extracted.paragraphs] == [False, False, True]
    assert (extracted.format, extracted.encoding, extracted.notices) == ("txt", "utf-8", ())


def test_an_empty_line_at_the_start_is_a_gap() -> None:
    assert read("txt", b"\n\nI: Why?\n").paragraphs[0].gap_before


@pytest.mark.parametrize("width", [60, 72, 79])
def test_hard_wrapped_paragraphs_are_rejoined_with_a_notice(width: int) -> None:
    paragraphs = [f"Anna: {SPEECH * 2}".strip(), f"Ben: {SPEECH}".strip(), (SPEECH * 3).strip()]
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    extracted = read("txt", wrapped.encode())
    assert texts(extracted) == paragraphs
    assert notices(extracted)["lines_rejoined"] == {"count": wrapped.count("\n") - 2 * (len(paragraphs) - 1)}


def test_a_turn_within_a_wrapped_block_stays_a_paragraph() -> None:
    block = f"{textwrap.fill('Anna: ' + SPEECH * 2, 70)}\n{textwrap.fill('Ben: ' + SPEECH * 2, 70)}"
    assert [text.split(":")[0] for text in texts(read("txt", block.encode()))] == ["Anna", "Ben"]


def test_a_hyphen_at_a_wrapped_line_end_is_kept() -> None:
    text = textwrap.fill(
        "Anna: " + "the well-known top-management decides about all the prices in the end and " * 6, 61
    )
    assert "-\n" in text
    assert texts(read("txt", text.encode())) == [" ".join(text.replace("-\n", "-").split())]


def test_ordinary_turns_of_similar_length_are_not_joined() -> None:
    lines = [f"{who}: {SPEECH[: 50 + 7 * (number % 3)]}." for number, who in enumerate("IRIRIRIR")]
    assert texts(read("txt", "\n".join(lines).encode())) == lines


def test_verse_is_not_joined() -> None:
    lines = ["Short lines", "stay as they are,", "each a paragraph", "of its own,", "and none", "is long."]
    extracted = read("txt", "\n".join(lines).encode())
    assert texts(extracted) == lines
    assert extracted.notices == ()


def test_control_characters_are_told_of() -> None:
    extracted = read("txt", b"I: one\x00 two\x07\nR: three" + b" and more" * 30)
    assert texts(extracted)[0] == "I: one two"
    assert notices(extracted)["controls_dropped"] == {"count": 2}


def test_blank_characters_are_no_text() -> None:
    with pytest.raises(ImportRefused) as refused:
        read("txt", "\u2003 \xa0\n\u3000".encode())
    assert refused.value.key == "import_no_text"
