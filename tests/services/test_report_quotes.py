"""Which passages a report quotes."""

import pytest

from kamcoder.services.passages import CodingLine
from kamcoder.services.report_quotes import LIMIT, choose, stretches

_KEYS = iter(range(10_000))


def line(document: str, start: int, end: int, coder: str = "ann", key: str = "") -> CodingLine:
    return CodingLine(key or f"c{next(_KEYS)}", document, start, end, "code", coder)


def chosen(lines: list[CodingLine], most: int, links: tuple[str, ...] = ()) -> list[tuple[str, int, int]]:
    found = choose(stretches(lines, links=links), most)
    return [(item.document_id, item.start, item.end) for item in found]


def test_the_interviews_take_turns() -> None:
    lines = [line("a", 0, 50), line("a", 60, 100), line("a", 110, 140), line("b", 0, 5), line("c", 0, 9)]
    assert chosen(lines, 3) == [("a", 0, 50), ("b", 0, 5), ("c", 0, 9)]
    assert chosen(lines, 4) == [("a", 0, 50), ("a", 60, 100), ("b", 0, 5), ("c", 0, 9)]
    assert chosen(lines, 99) == [(item.document_id, item.start, item.end) for item in lines]


def test_what_more_coders_put_there_goes_before_what_is_longer() -> None:
    lines = [line("a", 0, 500), line("a", 600, 620), line("a", 600, 620, "ben")]
    assert chosen(lines, 1) == [("a", 600, 620)]


def test_of_equals_the_longest_within_the_limit_is_taken() -> None:
    lines = [line("a", 0, LIMIT + 1), line("a", 1000, 1000 + LIMIT), line("a", 2000, 2010)]
    assert chosen(lines, 1) == [("a", 1000, 1000 + LIMIT)]
    assert chosen(lines, 2) == [("a", 1000, 1000 + LIMIT), ("a", 2000, 2010)]
    assert chosen(lines[:1], 1) == [("a", 0, LIMIT + 1)]


def test_nothing_is_quoted_twice() -> None:
    lines = [line("a", 0, 100), line("a", 50, 120), line("a", 100, 130)]
    assert chosen(lines, 3) == [("a", 0, 100), ("a", 100, 130)]


def test_what_the_summary_is_linked_to_comes_first_in_the_order_of_the_links() -> None:
    lines = [line("a", 0, 90), line("a", 100, 101, key="second"), line("b", 0, 1, key="first"), line("b", 5, 99)]
    assert chosen(lines, 1, ("first", "second")) == [("b", 0, 1)]
    assert chosen(lines, 3, ("first", "second")) == [("a", 0, 90), ("a", 100, 101), ("b", 0, 1)]


@pytest.mark.parametrize("most", [0, 1])
def test_nothing_to_choose_from(most: int) -> None:
    assert chosen([], most) == []
    assert chosen([line("a", 0, 1)], 0) == []
