"""Codes that stand together: by hand, and against a look at every pair."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamcoder.analysis.axes import Axis, AxisField, CodedSpan, Group, code_axis, single_axis
from kamcoder.analysis.cooccurrence import Cooccurrence, cooccur
from kamcoder.domain.codebook import Code, Codebook

BOOK = Codebook(
    (Code("direct", "Direct"), Code("social", "social", "direct"), Code("why", "Why"), Code("price", "Price"))
)
CODES = code_axis(BOOK, ["direct", "social", "why", "price"])
TURNS = {"d": [0, 20, 40, 60]}


def coding(key: str, code: str, start: int, end: int, *, coder: str = "ann", document: str = "d") -> CodedSpan:
    return CodedSpan(key, document, code, coder, start, end, "manual")


STUDY = [
    coding("a", "social", 0, 10),
    coding("b", "why", 0, 10),  # the very same words
    coding("c", "why", 9, 12),  # one character in common with a
    coding("d", "price", 10, 15),  # begins where a ends: no word in common, the same turn
    coding("e", "price", 45, 50),  # two turns on
    coding("f", "why", 0, 50, coder="ben"),
    coding("g", "why", 0, 50, document="other"),
]


def number(found: Cooccurrence, row: str, column: str) -> int | None:
    return found.counts[found.codes.index(row)][found.codes.index(column)]


def behind(found: Cooccurrence, row: str, column: str) -> set[str]:
    return set(found.coding_ids(found.codes.index(row), found.codes.index(column)))


def test_overlap_needs_a_character_in_common_and_one_coder() -> None:
    found = cooccur(STUDY, codes=CODES)
    assert number(found, "social", "why") == 2
    assert number(found, "direct", "why") == 2
    assert number(found, "why", "price") == 1
    assert number(found, "social", "price") == 0
    assert behind(found, "social", "why") == {"a", "b", "c"}
    assert behind(found, "why", "price") == {"c", "d"}
    assert behind(found, "social", "price") == set()


def test_a_code_is_not_compared_with_itself_or_with_what_it_takes_in() -> None:
    found = cooccur(STUDY, codes=CODES)
    assert [number(found, code, code) for code in found.codes] == [None] * 4
    assert number(found, "direct", "social") is None
    assert found.passages == (1, 1, 4, 2)
    assert behind(found, "why", "why") == {"b", "c", "f", "g"}


@pytest.mark.parametrize(("turns", "expected"), [(0, 1), (1, 1), (2, 2)])
def test_turns_apart(turns: int, expected: int) -> None:
    found = cooccur(STUDY, codes=CODES, turn_starts=TURNS, turns=turns)
    assert number(found, "social", "price") == expected
    assert behind(found, "social", "price") == {"a", "d", "e"} - ({"e"} if expected == 1 else set())


def test_a_passage_reaches_into_every_turn_it_touches() -> None:
    spans = [coding("long", "why", 0, 41), coding("there", "price", 50, 60), coding("beyond", "price", 61, 62)]
    assert number(cooccur(spans, codes=CODES, turn_starts=TURNS), "why", "price") == 1
    shorter = [coding("long", "why", 0, 40), *spans[1:]]
    assert number(cooccur(shorter, codes=CODES, turn_starts=TURNS), "why", "price") == 0


def test_nothing_is_coded() -> None:
    found = cooccur([], codes=CODES)
    assert found.passages == (0, 0, 0, 0)
    assert cooccur(STUDY, codes=Axis(AxisField.CODE, ())).counts == ()


@st.composite
def codings(draw: st.DrawFn) -> list[CodedSpan]:
    places = st.tuples(st.sampled_from("dx"), st.sampled_from("klm"), st.sampled_from("ab"), st.integers(0, 12))
    drawn = draw(st.lists(st.tuples(places, st.integers(1, 6)), max_size=14, unique=True))
    return [
        CodedSpan(f"c{at}", document, code, coder, start, start + length, "manual")
        for at, ((document, code, coder, start), length) in enumerate(drawn)
    ]


@given(codings(), st.none() | st.integers(0, 2), st.booleans())
def test_every_number_equals_a_look_at_all_pairs(spans: list[CodedSpan], turns: int | None, shared: bool) -> None:
    groups = [Group("k", frozenset("k")), Group("l", frozenset("l")), Group("m", frozenset("m"))]
    axis = Axis(AxisField.CODE, tuple(groups[: 3 if not shared else 2]))
    starts = {"d": [0, 4, 5, 9], "x": [0, 8]}
    found = cooccur(spans, codes=axis, turn_starts=None if turns is None else starts, turns=turns or 0)

    stretches: dict[tuple[str, str, int, int], set[str]] = {}
    for span in spans:
        stretches.setdefault((span.document_id, span.coder_id, span.start, span.end), set()).add(span.code_id)

    def near(one: tuple[str, str, int, int], other: tuple[str, str, int, int]) -> bool:
        if one[:2] != other[:2]:
            return False
        if turns is None:
            return one[2] < other[3] and other[2] < one[3]
        taken = [{bisect_right(starts[item[0]], place) for place in range(item[2], item[3])} for item in (one, other)]
        return min(abs(here - there) for here in taken[0] for there in taken[1]) <= turns

    keys = list(stretches)
    for row, some in enumerate(axis.groups):
        for column, others in enumerate(axis.groups):
            if row == column:
                continue
            pairs = {
                frozenset((one, other))
                for one in keys
                for other in keys
                if some.key in stretches[one] and others.key in stretches[other] and near(one, other)
            }
            assert found.counts[row][column] == len(pairs)
            inside = {key for pair in pairs for key in pair}
            ids = {
                span.id
                for span in spans
                if span.code_id in (some.key, others.key)
                and (span.document_id, span.coder_id, span.start, span.end) in inside
            }
            assert set(found.coding_ids(row, column)) == ids


def test_single_codes_may_be_the_axis_too() -> None:
    found = cooccur(STUDY, codes=single_axis(AxisField.CODE, ["direct", "social"]))
    assert number(found, "direct", "social") == 0
