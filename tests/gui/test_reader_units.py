"""Words, sentences, paragraphs and turns as units of selection, and the words found in one document."""

import pytest

from kamcoder.domain.document import TextSpan, Turn, TurnKind
from kamcoder.gui.reader.hits import find_hits
from kamcoder.gui.reader.page import Page
from kamcoder.gui.reader.units import Unit, grown, shrunk, taken, unit_at

TEXT = "Why? Zoe\u0308 asked 😀.\nWe trust 👩‍👩‍👧 people. Trust grows, slowly!\nAnd it lasts.\n\nשלום לכולם. איך הולך?"


def page() -> Page:
    second = TEXT.index("We trust")
    third = TEXT.index("\n\n")
    turns = [
        Turn("1", "d", 0, TextSpan(0, second - 1), TurnKind.QUESTION),
        Turn("2", "d", 1, TextSpan(second, third), TurnKind.ANSWER),
        Turn("3", "d", 2, TextSpan(third + 2, len(TEXT)), TurnKind.ANSWER),
    ]
    return Page.of(TEXT, turns, [])


def words(span: TextSpan | None) -> str:
    return span.of(TEXT) if span else ""


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit.WORD, "Trust"),
        (Unit.SENTENCE, "Trust grows, slowly!"),
        (Unit.PARAGRAPH, "We trust 👩‍👩‍👧 people. Trust grows, slowly!"),
        (Unit.TURN, "We trust 👩‍👩‍👧 people. Trust grows, slowly!\nAnd it lasts."),
    ],
)
def test_units_are_found_at_a_position(unit: Unit, expected: str) -> None:
    assert words(unit_at(page(), unit, TEXT.index("Trust") + 2)) == expected


def test_a_selection_grows_through_all_units_and_then_no_more() -> None:
    span, seen = None, []
    while (span := grown(page(), span, TEXT.index("Trust") + 1)) is not None:
        seen.append(words(span))
    assert [len(text) for text in seen] == sorted({len(text) for text in seen})
    assert seen[0] == "Trust"
    assert seen[-1].startswith("We trust")
    assert seen[-1].endswith("lasts.")
    assert len(seen) == 4


def test_combining_marks_belong_to_their_word_and_right_to_left_text_has_units_too() -> None:
    assert words(unit_at(page(), Unit.WORD, TEXT.index("Zoe") + 1)) == "Zoe\u0308"
    hebrew = TEXT.index("איך")
    assert words(unit_at(page(), Unit.SENTENCE, hebrew + 1)) == "איך הולך?"
    assert words(grown(page(), unit_at(page(), Unit.SENTENCE, hebrew), hebrew)) == "שלום לכולם. איך הולך?"


def test_growing_at_an_emoji_goes_to_its_sentence() -> None:
    assert words(grown(page(), None, TEXT.index("😀") + 1)) == "Zoe\u0308 asked 😀."


def test_nothing_grows_in_an_empty_paragraph() -> None:
    assert grown(page(), None, TEXT.index("\n\n") + 1) is None


def test_a_selection_over_several_sentences_grows_to_whole_ones() -> None:
    start = TEXT.index("people")
    span = TextSpan(start, TEXT.index("grows") + 2)
    assert words(grown(page(), span, start)) == "people. Trust grows"
    assert words(grown(page(), grown(page(), span, start), start)) == "We trust 👩‍👩‍👧 people. Trust grows, slowly!"


def test_shrinking_goes_to_the_unit_at_the_beginning() -> None:
    span = unit_at(page(), Unit.TURN, TEXT.index("We trust"))
    seen = []
    while span is not None:
        seen.append(words(span))
        span = shrunk(page(), span)
    assert [text.split()[-1] for text in seen] == ["lasts.", "slowly!", "people.", "We"]


def test_taking_the_same_unit_again_takes_in_the_next() -> None:
    start = TEXT.index("We trust")
    first = taken(page(), Unit.SENTENCE, None, start)
    assert words(first) == "We trust 👩‍👩‍👧 people."
    second = taken(page(), Unit.SENTENCE, first, start)
    assert words(second) == "We trust 👩‍👩‍👧 people. Trust grows, slowly!"
    third = taken(page(), Unit.SENTENCE, second, start)
    assert words(third).endswith("And it lasts.")
    assert words(taken(page(), Unit.WORD, TextSpan(start, start + 2), start)) == "We trust"
    last = unit_at(page(), Unit.TURN, len(TEXT) - 1)
    assert taken(page(), Unit.TURN, last, len(TEXT)) == last


def test_an_empty_text_has_no_units() -> None:
    empty = Page.of("", (), ())
    assert all(unit_at(empty, unit, 0) is None for unit in Unit)
    assert grown(empty, None, 0) is None


@pytest.mark.parametrize(
    ("typed", "case", "whole", "found"),
    [
        ("trust", False, False, ["trust", "Trust"]),
        ("Trust", True, False, ["Trust"]),
        ("ow", False, False, ["ow", "ow"]),
        ("ow", False, True, []),
        ("grow", False, True, []),
        ("lasts", False, True, ["lasts"]),
        ("Zo\u00eb", False, False, ["Zoe\u0308"]),
        ("Zoe", False, False, []),
        ("slowly!  And", False, False, ["slowly!\nAnd"]),
        ("😀", False, False, ["😀"]),
        ("לכולם", False, True, ["לכולם"]),
        ("(", False, False, []),
        ("   ", False, False, []),
        (".*", False, False, []),
    ],
)
def test_words_are_found_as_they_are_typed(typed: str, case: bool, whole: bool, found: list[str]) -> None:
    hits = find_hits(TEXT, typed, case=case, whole=whole)
    assert [TEXT[start:end] for start, end in zip(hits.starts, hits.ends, strict=True)] == found


def test_apostrophes_are_alike() -> None:
    assert len(find_hits("It’s what it's", "it's")) == 2


def test_hits_are_found_by_place() -> None:
    hits = find_hits("a b a b a", "a")
    assert list(hits.between(3, 8)) == [1]
    assert list(hits.between(0, 100)) == [0, 1, 2]
    assert hits.from_position(5) == 2
    assert hits.from_position(9) == 0
