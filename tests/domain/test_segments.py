"""Words, sentences and paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamcoder.domain.segments import next_word, paragraph_span, previous_word, sentence_span, sentences, word_span

TEXT = "Well, Mr. Smith came. He said: no! Zoe\u0308 😀 left…\n\nI don't know. Price 3.5 is o.k. for us"


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Dr. Jansen, e.g. the CEO. Yes.", ["Dr. Jansen, e.g. the CEO.", "Yes."]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("It costs 3.5 million. Really.", ["It costs 3.5 million.", "Really."]),
        ("Well... maybe. Or... No.", ["Well... maybe.", "Or...", "No."]),
        ("So did I. You too.", ["So did I.", "You too."]),
        ("no mark at all", ["no mark at all"]),
        ("はい。そうです。", ["はい。", "そうです。"]),
        ("   ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_the_sentence_at_a_place_stays_in_its_paragraph() -> None:
    at = TEXT.index("said")
    found = sentence_span(TEXT, at)
    assert found is not None
    assert found.of(TEXT) == "He said: no!"
    last = sentence_span(TEXT, len(TEXT))
    assert last is not None
    assert last.of(TEXT) == "Price 3.5 is o.k. for us"
    assert sentence_span(TEXT, TEXT.index("\n\n") + 1) is None


def test_words_take_their_combining_marks_and_apostrophes() -> None:
    for word in ("Zoe\u0308", "don't", "Price"):
        start = TEXT.index(word)
        for position in (start, start + 1, start + len(word)):
            found = word_span(TEXT, position)
            assert found is not None
            assert found.of(TEXT) == word
    assert word_span("😀  x", 1) is None
    assert word_span("", 0) is None


def test_word_steps_go_over_line_ends_and_stop_at_the_ends() -> None:
    text = "one, two\nthree"
    assert [next_word(text, 0), next_word(text, 3), next_word(text, 8), next_word(text, 14)] == [3, 8, 14, 14]
    assert [previous_word(text, 14), previous_word(text, 9), previous_word(text, 0)] == [9, 5, 0]


@given(st.text(alphabet="ab .!?\n😀\u0308A", max_size=60), st.integers(0, 60))
def test_units_lie_inside_one_another(text: str, position: int) -> None:
    position = min(position, len(text))
    start, end = paragraph_span(text, position)
    assert "\n" not in text[start:end]
    found = sentences(text, start, end)
    assert "".join(span.of(text) for span in found).replace(" ", "") == text[start:end].replace(" ", "")
    sentence, word = sentence_span(text, position), word_span(text, position)
    if sentence is not None:
        assert start <= sentence.start < sentence.end <= end
    if word is not None:
        assert start <= word.start < word.end <= end
