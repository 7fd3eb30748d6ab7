"""Tables counted by hand on a study small enough to see whole."""

import pytest

from kamcoder.analysis.axes import (
    Axis,
    AxisField,
    CodedSpan,
    CodingFilter,
    Group,
    code_axis,
    grouped_documents,
    single_axis,
)
from kamcoder.analysis.crosstab import CrossTable, cross_tabulate
from kamcoder.analysis.measures import CountingRule, Measure
from kamcoder.domain.codebook import Code, Codebook
from kamcoder.domain.errors import NotFound

CODEBOOK = Codebook(
    (
        Code("direct", "Direct", position=0),
        Code("strategic", "strategic", "direct", 0),
        Code("tactical", "tactical", "direct", 1),
        Code("antecedents", "Antecedents", position=1),
    )
)
COLUMNS = code_axis(CODEBOOK, ["direct", "strategic", "antecedents"])
# Case C has no document; the joint interview belongs to A and B; the pilot to no case.
CASES = grouped_documents(["A", "B", "C"], {"a1": ["A"], "b1": ["B"], "joint": ["A", "B"], "pilot": []})


def coding(
    id_: str,
    document: str,
    code: str,
    start: int,
    end: int,
    *,
    coder: str = "mia",
    origin: str = "manual",
    role: str | None = "interviewee",
    participant: str | None = None,
) -> CodedSpan:
    return CodedSpan(id_, document, code, coder, start, end, origin, role, participant)


STUDY = [
    # The same words under parent and child by one coder: one passage of Direct.
    coding("parent", "a1", "direct", 10, 30),
    coding("child", "a1", "strategic", 10, 30),
    # Overlaps the two above by ten characters: a passage of its own, but no ten characters more.
    coding("overlap", "a1", "tactical", 20, 50),
    # The same words as the first, under the other heading.
    coding("why", "a1", "antecedents", 10, 30),
    # The second coder on the very same words.
    coding("second", "a1", "strategic", 10, 30, coder="tom"),
    coding("both", "joint", "strategic", 0, 5),
    coding("b", "b1", "tactical", 100, 101),
    coding("stray", "pilot", "direct", 0, 9),
]


def values(table: CrossTable) -> list[list[int]]:
    """Return the cells with the row totals at the right and the column totals below."""
    lines = [
        [*(cell.value for cell in line), total.value] for line, total in zip(table.cells, table.row_totals, strict=True)
    ]
    return [*lines, [*(cell.value for cell in table.column_totals), table.grand_total.value]]


def counted(
    measure: Measure, codings: list[CodedSpan] = STUDY, rows: Axis = CASES, columns: Axis = COLUMNS
) -> CrossTable:
    return cross_tabulate(codings, rows=rows, columns=columns, measure=measure)


def test_passages() -> None:
    table = counted(Measure.PASSAGES)
    assert (table.rows, table.columns) == (("A", "B", "C"), ("direct", "strategic", "antecedents"))
    assert values(table) == [
        # Direct: mia 10–30, mia 20–50, tom 10–30, joint. The words 10–30 of mia count once more under Antecedents,
        # but not in the total of the row.
        [4, 3, 1, 4],
        [2, 1, 0, 2],
        [0, 0, 0, 0],
        [5, 3, 1, 5],
    ]


def test_documents() -> None:
    assert values(counted(Measure.DOCUMENTS)) == [[2, 2, 1, 2], [2, 1, 0, 2], [0, 0, 0, 0], [3, 2, 1, 3]]


def test_characters() -> None:
    # a1 10–50 is 40 characters, the joint interview 5, b1 one.
    assert values(counted(Measure.CHARACTERS)) == [[45, 25, 20, 45], [6, 5, 0, 6], [0, 0, 0, 0], [46, 25, 20, 46]]


def test_present() -> None:
    table = counted(Measure.PRESENT)
    assert values(table) == [[1, 1, 1, 3], [1, 1, 0, 2], [0, 0, 0, 0], [2, 2, 1, 5]]
    assert table.grand_total.coding_ids == ("parent", "child", "why", "second", "overlap", "both", "b")


def test_every_number_keeps_its_codings_in_reading_order() -> None:
    table = counted(Measure.PASSAGES)
    assert table.cells[0][0].coding_ids == ("parent", "child", "second", "overlap", "both")
    assert table.cells[0][2].coding_ids == ("why",)
    assert table.cells[1][0].coding_ids == ("both", "b")
    assert table.cells[2][0].coding_ids == ()
    assert table.row_totals[0].coding_ids == ("parent", "child", "why", "second", "overlap", "both")
    assert table.column_totals[1].coding_ids == ("child", "second", "both")
    assert table.grand_total.coding_ids == ("parent", "child", "why", "second", "overlap", "both", "b")


def test_order_of_the_codings_changes_no_number() -> None:
    for measure in Measure:
        assert values(counted(measure, STUDY[::-1])) == values(counted(measure))


def test_a_coding_given_twice_counts_once() -> None:
    for measure in Measure:
        table = counted(measure, STUDY + STUDY)
        assert values(table) == values(counted(measure))
        assert table.grand_total.coding_ids == counted(measure).grand_total.coding_ids


def test_codings_without_a_row_are_told_and_not_counted() -> None:
    table = counted(Measure.PASSAGES)
    assert table.outside == ("stray",)
    assert CountingRule.OUTSIDE in table.rules
    inside = counted(Measure.PASSAGES, [found for found in STUDY if found.id != "stray"])
    assert inside.outside == ()
    assert CountingRule.OUTSIDE not in inside.rules
    assert values(inside) == values(table)


def test_rules_are_those_that_hold() -> None:
    assert counted(Measure.PASSAGES).rules == (
        CountingRule.PASSAGES_ONCE,
        CountingRule.CODERS_APART,
        CountingRule.ROW_TOTALS_ONCE,
        CountingRule.COLUMN_TOTALS_ONCE,
        CountingRule.OUTSIDE,
    )
    plain = [coding("one", "a1", "strategic", 0, 4), coding("two", "b1", "antecedents", 0, 4)]
    apart = code_axis(CODEBOOK, ["direct", "antecedents"])
    assert counted(Measure.PASSAGES, plain, columns=apart).rules == (CountingRule.PASSAGES_ONCE,)
    assert counted(Measure.DOCUMENTS, plain, columns=apart).rules == (CountingRule.DOCUMENTS_ONCE,)
    assert counted(Measure.CHARACTERS, plain, columns=apart).rules == (CountingRule.CHARACTERS_ONCE,)
    assert counted(Measure.PRESENT, STUDY[:7]).rules == (CountingRule.PRESENCE,)
    shared = [coding("one", "joint", "strategic", 0, 4)]
    assert counted(Measure.PASSAGES, shared, columns=apart).rules == (
        CountingRule.PASSAGES_ONCE,
        CountingRule.COLUMN_TOTALS_ONCE,
    )


@pytest.mark.parametrize("measure", list(Measure))
def test_nothing_to_count(measure: Measure) -> None:
    table = counted(measure, [])
    assert values(table) == [[0, 0, 0, 0]] * 4
    assert table.grand_total.coding_ids == ()
    nowhere = Axis(AxisField.CODE, ())
    assert values(counted(measure, STUDY, columns=nowhere)) == [[0]] * 4
    assert values(counted(measure, STUDY, rows=Axis(AxisField.DOCUMENT, ()))) == [[0, 0, 0, 0]]
    # A column that takes in no code at all.
    assert values(counted(measure, STUDY, columns=Axis(AxisField.CODE, (Group("none", frozenset()),)))) == [[0, 0]] * 4


def test_filter_on_coder_origin_and_role() -> None:
    codings = [
        coding("kept", "a1", "direct", 0, 5),
        coding("other coder", "a1", "direct", 0, 5, coder="tom"),
        coding("from a search", "a1", "direct", 6, 9, origin="search"),
        coding("question", "a1", "direct", 10, 12, role="interviewer"),
        coding("nobody speaks", "a1", "direct", 13, 15, role=None),
    ]
    chosen = CodingFilter(
        coders=frozenset({"mia"}), origins=frozenset({"manual"}), roles=frozenset({"interviewee", None})
    ).chosen(codings)
    assert [found.id for found in chosen] == ["kept", "nobody speaks"]
    assert CodingFilter().chosen(codings) == codings
    assert CodingFilter(coders=frozenset()).chosen(codings) == []


def test_participants_as_rows_and_coders_as_columns() -> None:
    codings = [
        coding("ceo", "a1", "direct", 0, 5, participant="ceo"),
        coding("kam", "a1", "direct", 6, 9, participant="kam"),
        coding("kam again", "a1", "tactical", 6, 9, participant="kam", coder="tom"),
        coding("nobody", "a1", "direct", 10, 12),
    ]
    table = counted(
        Measure.PASSAGES,
        codings,
        rows=single_axis(AxisField.PARTICIPANT, ["ceo", "kam"]),
        columns=single_axis(AxisField.CODER, ["mia", "tom", "mia"]),
    )
    assert table.columns == ("mia", "tom")
    assert values(table) == [[1, 0, 1], [1, 1, 2], [2, 1, 3]]
    assert table.outside == ("nobody",)


def test_transposed_table_has_the_same_numbers() -> None:
    for measure in Measure:
        plain = values(counted(measure))
        turned = values(counted(measure, rows=COLUMNS, columns=CASES))
        assert turned == [list(column) for column in zip(*plain, strict=True)]


def test_a_code_column_takes_in_its_children_and_must_exist() -> None:
    assert COLUMNS.groups[0] == Group("direct", frozenset({"direct", "strategic", "tactical"}))
    assert single_axis(AxisField.CODE, ["direct"]).groups[0].members == {"direct"}
    with pytest.raises(NotFound):
        code_axis(CODEBOOK, ["gone"])


def test_document_groups_keep_their_order_and_empty_ones() -> None:
    axis = grouped_documents(["second", "first", "none"], {"x": ["first", "elsewhere"], "y": ["second", "first"]})
    assert [(group.key, set(group.members)) for group in axis.groups] == [
        ("second", {"y"}),
        ("first", {"x", "y"}),
        ("none", set()),
    ]
