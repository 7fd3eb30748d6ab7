from hypothesis import given
from hypothesis import strategies as st

from kamcoder.gui.offsets import Offsets

TEXTS = st.text(alphabet=st.sampled_from("ab \n\u00e9\u0308\u200d\uffff😀👩𝒳\U0010ffff"), max_size=60)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_positions_agree_with_utf_16(text: str) -> None:
    offsets = Offsets(text)
    assert offsets.qt_length == units(text)
    for position in range(len(text) + 1):
        there = units(text[:position])
        assert offsets.to_qt(position) == there
        assert offsets.to_text(there) == position


@given(TEXTS, st.integers(0, 130))
def test_a_position_inside_a_pair_means_behind_it(text: str, unit: int) -> None:
    unit = min(unit, units(text))
    behind = next(position for position in range(len(text) + 1) if units(text[:position]) >= unit)
    assert Offsets(text).to_text(unit) == behind


@given(TEXTS, st.data())
def test_a_span_holds_what_was_selected_in_either_direction(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = Offsets(text)
    for ends in ((start, end), (end, start)):
        span = offsets.span(*(offsets.to_qt(position) for position in ends))
        assert (span.of(text) if span else "") == text[start:end]


def test_a_lone_surrogate_counts_as_one() -> None:
    text = "a\ud800b😀c"
    offsets = Offsets(text)
    assert offsets.qt_length == 6
    assert offsets.to_text(5) == 4
