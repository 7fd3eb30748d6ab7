"""What can be chosen of a table: levels of the codebook, whose words, grouped rows, what is empty; a recount in SQL."""

import random
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamcoder.analysis.measures import Measure
from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.services.session import Session
from kamcoder.services.tables import TableAxis, TableDefinition
from tests.builders import code_quote, small_study


def labels(session: Session, definition: TableDefinition) -> list[str]:
    return [column.label for column in session.tables.grid(definition).columns]


def cells(session: Session, definition: TableDefinition) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in session.tables.grid(definition).rows}


def test_a_level_of_the_tree_with_branches_that_end_before_it(study: Session) -> None:
    assert labels(study, TableDefinition(level=2))[1:-1] == ["strategic", "social", "Antecedents"]
    below = study.codebook.all().find("Direct involvement").id
    assert labels(study, TableDefinition(below=below))[1:-1] == ["strategic", "social"]
    leaf = study.codebook.all().find("social").id
    assert labels(study, TableDefinition(below=leaf))[1:-1] == ["social"]


def test_codings_above_the_level_are_not_lost_in_silence(study: Session) -> None:
    assert "above" not in study.tables.grid(TableDefinition(level=2)).rule
    code_quote(study, "A-KAM", "Direct involvement", "Hardly ever.")
    grid = study.tables.grid(TableDefinition(level=2))
    assert "1 codings have a code above" in grid.rule
    assert "above" not in study.tables.grid(TableDefinition()).rule


def test_a_level_follows_the_codebook(study: Session) -> None:
    definition = TableDefinition(level=2)
    study.codebook.add("tactical", parent_id=study.codebook.all().find("Direct involvement").id)
    assert "tactical" in labels(study, definition)


def test_whose_words_count_can_be_chosen(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Do you meet the board?")
    only = TableDefinition(speaker_roles=frozenset({SpeakerRole.INTERVIEWER.value}))
    assert cells(study, only) == {"A": (1, 0, 1), "B": (0, 0, 0)}
    assert "Only words of: interviewers." in study.tables.grid(only).rule


def test_a_filter_on_codes_takes_in_those_below(study: Session) -> None:
    direct = study.codebook.all().find("Direct involvement").id
    grid = study.tables.grid(TableDefinition(columns=TableAxis.CODERS, only_codes=frozenset({direct})))
    assert grid.rows == (("A", 1, 1), ("B", 1, 1))
    assert "Only codes: Direct involvement." in grid.rule


def test_rows_are_brought_together_by_an_attribute(study: Session) -> None:
    study.cases.add("C")
    size = study.cases.add_attribute("employees", AttributeType.INTEGER, scope=AttributeScope.CASE)
    other = study.cases.add_attribute("sector", AttributeType.TEXT, scope=AttributeScope.CASE)
    study.cases.set_value(other.id, study.cases.find("A").id, "tools")
    study.cases.set_value(size.id, study.cases.find("A").id, "1000")
    study.cases.set_value(size.id, study.cases.find("C").id, "90")
    made = study.tables.make(TableDefinition(group_by=size.id))
    assert [row[:3] for row in made.grid.rows] == [("C", 90, None), ("A", 1000, "tools"), ("B", "not given", None)]
    assert [column.label for column in made.grid.columns][:3] == ["case", "employees", "sector"]
    assert made.groups == ("90", "1000", "")
    assert [study.cases.find(key).name for key in made.rows] == ["C", "A", "B"]
    documents = study.tables.make(TableDefinition(rows=TableAxis.DOCUMENTS, group_by=size.id, attributes=False))
    assert [row[0] for row in documents.grid.rows] == ["A-CEO", "A-KAM", "B-KAM"]
    with pytest.raises(InvalidInput, match="table_grouping"):
        study.tables.make(TableDefinition(rows=TableAxis.CODES, columns=TableAxis.CASES, group_by=size.id))


@pytest.mark.parametrize("measure", list(Measure))
def test_empty_rows_and_columns_can_be_left_out(study: Session, measure: Measure) -> None:
    study.cases.add("Nobody")
    study.codebook.add("Never used")
    if measure is Measure.SUMMARY:
        study.summaries.write(study.cases.find("A").id, study.codebook.all().find("Antecedents").id, "Because.")
    made = study.tables.make(TableDefinition(measure=measure, hide_empty=True))
    names = ["A"] if measure is Measure.SUMMARY else ["A", "B"]
    assert [row[0] for row in made.grid.rows] == names
    assert "Never used" not in [column.label for column in made.grid.columns]
    assert [study.cases.find(key).name for key in made.rows] == names
    quotes = {item.coding.id: item.coding.quote for item in study.passages.select()}
    place = [study.codebook.all().get(key).name for key in made.columns].index("Antecedents")
    assert [quotes[key] for key in made.coding_ids(0, place)] == ["Because the sales director is closer to them."]
    assert "empty is hidden" in made.grid.rule


def test_empty_codes_are_left_out_of_what_stands_together(study: Session) -> None:
    made = study.tables.make(TableDefinition(rows=TableAxis.CODES, level=2, hide_empty=True))
    study.codebook.add("Never used")
    again = study.tables.make(TableDefinition(rows=TableAxis.CODES, level=2, hide_empty=True))
    assert again.grid == made.grid
    assert len(again.coding_ids(0, 0)) == 1


def test_shares_turn_with_the_table(study: Session) -> None:
    straight = study.tables.grid(TableDefinition(measure=Measure.SHARE))
    turned = study.tables.grid(
        TableDefinition(rows=TableAxis.CODES, columns=TableAxis.CASES, measure=Measure.SHARE, attributes=False)
    )
    whole = [row[1:] for row in (*straight.rows, straight.totals or ())]
    assert [row[1:] for row in (*turned.rows, turned.totals or ())] == list(zip(*whole, strict=True))
    assert "said in a column" in turned.rule


def test_summaries_turn_with_the_table(study: Session) -> None:
    study.summaries.write(study.cases.find("A").id, study.codebook.all().find("Antecedents").id, "Because.")
    turned = study.tables.grid(TableDefinition(rows=TableAxis.CODES, columns=TableAxis.CASES, measure=Measure.SUMMARY))
    assert turned.rows == (("Direct involvement", None, None), ("Antecedents", "Because.", None))


def test_reading_piece_by_piece_comes_to_the_same(study: Session) -> None:
    with Session.open(study.path, read_only=True) as fresh:
        assert [fresh.tables.read_some(0) for _ in range(3)] == [(0, 2), (1, 2), (2, 2)]
        assert fresh.tables.grid(TableDefinition()) == study.tables.grid(TableDefinition())


def test_a_change_between_two_pieces_is_not_missed(study: Session, tmp_path: Path) -> None:
    study.save_copy(tmp_path / "copy.kamcoder")
    with Session.open(tmp_path / "copy.kamcoder") as fresh:
        fresh.coders.activate(fresh.coders.find("Ann"))
        assert [fresh.tables.read_some(0)[0] for _ in range(2)] == [0, 1]
        for name in ("A-CEO", "B-KAM"):
            fresh.codings.apply(fresh.documents.find(name).id, TextSpan(60, 70), fresh.codebook.all().find("social").id)
        while len(set(fresh.tables.read_some(0))) > 1:
            pass
        assert fresh.tables.count(TableDefinition(interviewers=True)).grand_total.value == 5


# -- a recount in SQL ------------------------------------------------------------------------------------------------

_RECOUNT = {
    Measure.PASSAGES: "count(DISTINCT c.document_id || ' ' || c.span_start || ' ' || c.span_end || ' ' || c.coder_id)",
    Measure.DOCUMENTS: "count(DISTINCT c.document_id)",
    Measure.PRESENT: "min(1, count(*))",
}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), measure=st.sampled_from(list(_RECOUNT)))
def test_cells_and_totals_equal_a_recount_in_sql(seed: int, measure: Measure) -> None:
    with tempfile.TemporaryDirectory() as name, Session.create(Path(name) / "s.kamcoder") as session:
        _random_study(session, Path(name), random.Random(seed))
        made = session.tables.make(TableDefinition(measure=measure, level=2, attributes=False))
        raw = sqlite3.connect(session.path)
        line = f"""
            WITH RECURSIVE inside(code, member) AS (
                SELECT id, id FROM codes UNION SELECT i.code, k.id FROM codes k JOIN inside i ON k.parent_id = i.member)
            SELECT {_RECOUNT[measure]} FROM codings c
            JOIN document_cases l ON l.document_id = c.document_id JOIN inside i ON i.member = c.code_id
            JOIN turns t ON t.document_id = c.document_id AND t.span_start = (
                SELECT max(span_start) FROM turns WHERE document_id = c.document_id AND span_start <= c.span_start)
            JOIN speakers s ON s.id = t.speaker_id AND s.role <> 'interviewer'
            WHERE l.case_id IN ({{rows}}) AND i.code IN ({{columns}})"""

        def recount(rows: tuple[str, ...], columns: tuple[str, ...]) -> int:
            asked = line.format(rows=",".join("?" * len(rows)), columns=",".join("?" * len(columns)))
            return int(raw.execute(asked, (*rows, *columns)).fetchone()[0])

        for number, row in enumerate(made.rows):
            shown = made.grid.rows[number][1:-1]
            assert shown == tuple(recount((row,), (column,)) for column in made.columns)
            if measure is not Measure.PRESENT:
                assert made.grid.rows[number][-1] == recount((row,), made.columns)
        if measure is not Measure.PRESENT:
            assert made.grid.totals is not None
            assert made.grid.totals[1:-1] == tuple(recount(made.rows, (column,)) for column in made.columns)
            assert made.grid.totals[-1] == recount(made.rows, made.columns)
        raw.close()


def _random_study(session: Session, folder: Path, chance: random.Random) -> None:
    small_study(session, folder)
    session.cases.add("empty")
    shared = session.documents.find("A-KAM")
    session.documents.link(shared.id, session.cases.find("B").id)
    people = [session.coders.find("Ann"), session.coders.add("Ben")]
    codes = [code.id for code in session.codebook.all().codes]
    for _ in range(chance.randrange(25)):
        document = chance.choice(session.documents.all())
        start = chance.randrange(0, document.length - 30)
        span = TextSpan(start, start + chance.choice([5, 5, 9, 30]))
        session.codings.apply(document.id, span, chance.choice(codes), coder_id=chance.choice(people).id)
