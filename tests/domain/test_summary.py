"""Marks in summaries: what is one, which stay, and how two texts become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamcoder.domain.summary import Summary, joined, next_number, numbers_in, places_in, standing, with_marks


def summary(text: str, marks: dict[int, str] | None = None) -> Summary:
    found = marks or {}
    return Summary("s", "a", "k", "c", text, False, "t", "t", tuple(found.values()), tuple(found))


def test_a_mark_is_a_short_number_in_brackets() -> None:
    assert numbers_in("Once [1], often [12] [x] [2019] [] [3") == [1, 12]
    assert places_in("👩‍👩‍👧 so [7]") == [(9, 12, 7)]
    assert with_marks("a [1] b [2]", lambda number: f"({number * 2})") == "a (2) b (4)"


def test_without_numbers_links_count_from_one() -> None:
    assert Summary("s", "a", "k", "c", "", False, "t", "t", ("x", "y")).marks == {1: "x", 2: "y"}


def test_a_mark_without_a_passage_is_lost() -> None:
    assert summary("So [1] and [3], again [3].", {1: "x"}).lost == [3]


def test_a_mark_that_was_taken_out_goes_and_one_that_never_stood_there_stays() -> None:
    assert standing({1: "x", 2: "y", 3: "z"}, "only [2]", before="[1] and [2]") == {2: "y", 3: "z"}


def test_the_next_number_is_above_all() -> None:
    assert next_number([]) == 1
    assert next_number([1, 7]) == 8
    with pytest.raises(ValueError, match="1000"):
        next_number([999])


def test_two_texts_become_one_with_marks_numbered_on() -> None:
    text, marks = joined(
        summary("First [1] [4].", {1: "x", 4: "gone too"}), summary("Second [1] [2] [9].", {1: "y", 2: "x"})
    )
    assert text == "First [1] [4].\n\nSecond [5] [1] [6]."
    assert marks == {1: "x", 4: "gone too", 5: "y"}


_MARKS = st.dictionaries(st.integers(1, 6), st.sampled_from("xyz"), max_size=3).map(
    lambda found: {number: key for key, number in {key: number for number, key in found.items()}.items()}
)
_TEXTS = st.lists(st.sampled_from(["[1]", "[2]", "[3]", "[6]", "word"]), max_size=5).map(" ".join)


@given(_TEXTS, _MARKS, _TEXTS, _MARKS)
def test_joined_texts_lead_to_the_same_passages(
    one: str, some: dict[int, str], two: str, others: dict[int, str]
) -> None:
    text, marks = joined(summary(one, some), summary(two, others))
    assert [marks.get(number) for number in numbers_in(text)] == [
        *(some.get(number) for number in numbers_in(one)),
        *(others.get(number) for number in numbers_in(two)),
    ]
    assert set(marks.values()) == {*some.values(), *others.values()}
