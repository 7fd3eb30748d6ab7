"""Random tables against a recount that looks at every character and every coding for every single number."""

from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st

from kamcoder.analysis.axes import Axis, AxisField, CodedSpan, Group
from kamcoder.analysis.crosstab import Cell, CrossTable, cross_tabulate
from kamcoder.analysis.measures import Measure, Texts

FIELDS = {
    AxisField.DOCUMENT: ["d1", "d2", "d3"],
    AxisField.CODE: ["k1", "k2", "k3"],
    AxisField.CODER: ["mia", "tom"],
    AxisField.PARTICIPANT: ["ceo", "kam"],
    AxisField.CODING: [f"c{number}" for number in range(14)],
}


@st.composite
def codings(draw: st.DrawFn) -> list[CodedSpan]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        start = draw(st.integers(0, 6))
        found.append(
            CodedSpan(
                f"c{number}",
                draw(st.sampled_from(FIELDS[AxisField.DOCUMENT])),
                draw(st.sampled_from(FIELDS[AxisField.CODE])),
                draw(st.sampled_from(FIELDS[AxisField.CODER])),
                start,
                start + draw(st.integers(1, 4)),
                "manual",
                "interviewee",
                draw(st.sampled_from([*FIELDS[AxisField.PARTICIPANT], None])),
            )
        )
    return found


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    chosen = draw(st.sampled_from(list(AxisField)))
    members = st.frozensets(st.sampled_from(FIELDS[chosen]))
    groups = draw(st.lists(members, max_size=4))
    return Axis(chosen, tuple(Group(f"g{number}", found) for number, found in enumerate(groups)))


# Words begin at 0, 3, 4 and 9; in d1 the characters 1-3 and 6-8 are said by those whose words count, in d2 all.
WORDS = dict.fromkeys(FIELDS[AxisField.DOCUMENT], (0, 3, 4, 9))
SAID = {"d1": ((1, 4), (6, 9)), "d2": ((0, 100),)}

# Those in words count passages until the words are put in.
IN_PASSAGES = (Measure.PASSAGES, Measure.QUOTE, Measure.QUOTES, Measure.SUMMARY, Measure.ACTORS, Measure.CASES)


def recount(measure: Measure, found: list[CodedSpan]) -> float:
    covered = {(item.document_id, at) for item in found for at in range(item.start, item.end)}
    if measure is Measure.WORDS:
        return sum(at in WORDS[document] for document, at in covered)
    if measure is Measure.SHARE:
        said = sum(any(start <= at < end for start, end in SAID.get(document, ())) for document, at in covered)
        return 100 * said / 40
    if measure in IN_PASSAGES:
        return len({(item.document_id, item.start, item.end, item.coder_id) for item in found})
    if measure is Measure.DOCUMENTS:
        return len({item.document_id for item in found})
    if measure is Measure.CHARACTERS:
        return len(covered)
    return int(bool(found))


def standing(spans: list[CodedSpan], *wanted: tuple[Axis, Iterable[Group]]) -> list[CodedSpan]:
    """Return the codings that are in at least one of the groups of every axis."""
    return [
        span
        for span in spans
        if all(any(getattr(span, axis.field) in group.members for group in groups) for axis, groups in wanted)
    ]


def numbers_of(table: CrossTable, number: Callable[[Cell], object]) -> list[list[object]]:
    lines = [
        [number(cell) for cell in [*line, total]] for line, total in zip(table.cells, table.row_totals, strict=True)
    ]
    return [*lines, [number(cell) for cell in [*table.column_totals, table.grand_total]]]


@given(codings(), axes(), axes(), st.sampled_from(list(Measure)))
def test_every_number_equals_a_recount(spans: list[CodedSpan], rows: Axis, columns: Axis, measure: Measure) -> None:
    texts = Texts(word_starts=WORDS, said=SAID, bases={group.key: 40 for group in rows.groups}, whole=40)
    table = cross_tabulate(spans, rows=rows, columns=columns, measure=measure, texts=texts)
    down: list[Iterable[Group]] = [*([group] for group in rows.groups), rows.groups]
    across: list[Iterable[Group]] = [*([group] for group in columns.groups), columns.groups]
    places = [[standing(spans, (rows, some), (columns, others)) for others in across] for some in down]
    assert numbers_of(table, lambda cell: set(cell.coding_ids)) == [
        [{item.id for item in place} for place in line] for line in places
    ]
    expected = [[recount(measure, place) for place in line] for line in places]
    if measure is Measure.PRESENT:
        inner = [line[:-1] for line in expected[:-1]]
        expected = [[*line, sum(line)] for line in inner]
        expected.append([sum(column) for column in zip(*expected, strict=True)] or [0] * (len(columns.groups) + 1))
    assert numbers_of(table, lambda cell: cell.value) == expected
    outside = {item.id for item in standing(spans, (columns, columns.groups))}
    assert set(table.outside) == outside - {item.id for item in standing(spans, (rows, rows.groups))}
