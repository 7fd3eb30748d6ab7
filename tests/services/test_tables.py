"""Tables made from a project, with their words."""

import csv
import io
from pathlib import Path

import pytest

from kamcoder.analysis.measures import Measure
from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.services.exporting import GRID_FORMATS, GridOptions, print_grid, write_grid
from kamcoder.services.session import Session
from kamcoder.services.tables import TableAxis, TableDefinition
from tests.builders import code_quote


def cells(session: Session, definition: TableDefinition) -> dict[str, tuple[object, ...]]:
    grid = session.tables.grid(definition)
    return {str(row[0]): row[1:] for row in grid.rows}


def test_cases_by_the_top_of_the_codebook(study: Session) -> None:
    grid = study.tables.grid(TableDefinition())
    assert [column.label for column in grid.columns] == ["case", "Direct involvement", "Antecedents", "total"]
    assert grid.rows == (("A", 1, 1, 2), ("B", 1, 0, 1))
    assert grid.totals == ("total", 2, 1, 3)
    assert "Ann" in grid.rule


def test_interviewers_words_are_left_out_unless_wanted(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Do you meet the board?")
    assert cells(study, TableDefinition())["A"] == (1, 1, 2)
    assert cells(study, TableDefinition(interviewers=True))["A"] == (2, 1, 3)
    assert "Interviewers" in study.tables.grid(TableDefinition()).rule


def test_each_coder_counts_separately_and_can_be_chosen(study: Session) -> None:
    ann = study.coders.find("Ann")
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "B-KAM", "social", "He drinks coffee with the big ones.")
    assert cells(study, TableDefinition())["B"] == (2, 0, 2)
    assert cells(study, TableDefinition(coder_ids=frozenset({ann.id})))["B"] == (1, 0, 1)
    assert "Ann, Ben" in study.tables.grid(TableDefinition()).rule


def test_measures(study: Session) -> None:
    code_quote(study, "A-KAM", "Direct involvement", "Hardly ever. Problems go to the sales director first.")
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    once = len("I meet the largest customers once a year.")
    twice = len("Hardly ever. Problems go to the sales director first.")
    assert cells(study, TableDefinition(measure=Measure.PASSAGES))["A"][0] == 3
    assert cells(study, TableDefinition(measure=Measure.DOCUMENTS))["A"][0] == 2
    assert cells(study, TableDefinition(measure=Measure.PRESENT))["A"][0] == 1
    assert cells(study, TableDefinition(measure=Measure.CHARACTERS))["A"][0] == once + twice


def test_rows_may_be_documents_or_participants_with_what_is_known_of_them(study: Session) -> None:
    assert set(cells(study, TableDefinition(rows=TableAxis.DOCUMENTS))) == {"A-CEO", "A-KAM", "B-KAM"}
    people = cells(study, TableDefinition(rows=TableAxis.PARTICIPANTS))
    assert people["A-CEO"] == ("CEO", None, 1, 1, 2)


def test_columns_may_be_any_codes_and_twins_are_told_apart_by_path(study: Session) -> None:
    book = study.codebook.all()
    study.codebook.add("social", parent_id=book.find("Antecedents").id)
    ids = tuple(code.id for code in study.codebook.all().codes if code.name == "social")
    grid = study.tables.grid(TableDefinition(code_ids=ids))
    labels = {column.label for column in grid.columns}
    assert labels == {"case", "Direct involvement › social", "Antecedents › social", "total"}


def test_a_table_without_codes_or_cases_is_empty_not_wrong(session: Session) -> None:
    grid = session.tables.grid(TableDefinition())
    assert grid.rows == ()
    assert grid.totals == ("total", 0)
    assert "Nothing is coded" in grid.rule


def test_files_hold_the_same_numbers(study: Session) -> None:
    grid = study.tables.grid(TableDefinition())
    rows = list(csv.reader(io.StringIO(write_grid(grid, Path("t.csv")).decode("utf-8-sig"))))
    assert ["A", "1", "1", "2"] in rows
    assert "<table" in write_grid(grid, Path("t.html")).decode("utf-8")
    assert print_grid(grid, width=80).startswith("Cases × codes")
    with pytest.raises(InvalidInput, match="format_unknown"):
        write_grid(grid, Path("t.pptx"))


def test_a_table_follows_every_change_as_if_read_anew(study: Session) -> None:
    def same_as_fresh() -> None:
        with Session.open(study.path, read_only=True) as fresh:
            for rows in (TableAxis.CASES, TableAxis.DOCUMENTS, TableAxis.PARTICIPANTS):
                definition = TableDefinition(rows=rows, measure=Measure.CHARACTERS)
                assert study.tables.grid(definition) == fresh.tables.grid(definition)

    same_as_fresh()
    coding = code_quote(study, "A-KAM", "social", "Hardly ever.")
    same_as_fresh()
    study.codings.recode(coding.id, study.codebook.all().find("Antecedents").id)
    same_as_fresh()
    study.codings.resize(coding.id, TextSpan(coding.span.start, coding.span.end + 9))
    same_as_fresh()
    document = study.documents.find("A-KAM")
    for speaker in study.documents.speakers(document.id):
        study.documents.set_speaker(speaker.id, role=SpeakerRole.INTERVIEWER)
    same_as_fresh()
    study.documents.delete(document.id)
    same_as_fresh()
    while study.to_undo is not None:
        study.undo()
        same_as_fresh()


# -- measures of text ----------------------------------------------------------------------------------------------


def test_share_is_of_what_the_interviewees_said_in_the_row(study: Session) -> None:
    said = {"A": 0, "B": 0}
    for document in study.documents.all():
        spoken = sum(len(turn.span) for turn in study.documents.turns(document.id) if turn.kind == "answer")
        said[document.name[0]] += spoken
    here = len("I meet the largest customers once a year.")
    shown = cells(study, TableDefinition(measure=Measure.SHARE))
    assert shown["A"][0] == pytest.approx(100 * here / said["A"], abs=1e-4)
    totals = study.tables.grid(TableDefinition(measure=Measure.SHARE)).totals
    coffee = len("He drinks coffee with the big ones.")
    assert totals is not None
    assert totals[1] == pytest.approx(100 * (here + coffee) / sum(said.values()), abs=1e-4)
    column = study.tables.grid(TableDefinition(measure=Measure.SHARE)).columns[1]
    assert (column.decimals, column.unit) == (1, "%")


def test_share_of_a_coding_over_a_question_counts_the_answers_only(study: Session) -> None:
    text = study.documents.text(study.documents.find("A-CEO").id)
    whole = "I meet the largest customers once a year.\nWhy only once?\nBecause"
    assert whole in text
    code_quote(study, "A-CEO", "social", whole)
    shown = cells(study, TableDefinition(measure=Measure.SHARE, rows=TableAxis.DOCUMENTS))["A-CEO"][0]
    everything = sum(
        len(turn.span) for turn in study.documents.turns(study.documents.find("A-CEO").id) if turn.kind == "answer"
    )
    assert shown == pytest.approx(100 * (len(whole) - len("\nWhy only once?\n")) / everything, abs=1e-4)


def test_shares_of_people_are_of_their_own_words(study: Session) -> None:
    shown = cells(study, TableDefinition(measure=Measure.SHARE, rows=TableAxis.PARTICIPANTS, attributes=False))
    by_document = cells(study, TableDefinition(measure=Measure.SHARE, rows=TableAxis.DOCUMENTS))
    assert shown == by_document


def test_words_begin_under_the_passages_and_count_once(study: Session) -> None:
    assert cells(study, TableDefinition(measure=Measure.WORDS))["A"][0] == 8
    code_quote(study, "A-CEO", "social", "largest customers once")
    assert cells(study, TableDefinition(measure=Measure.WORDS))["A"][0] == 8
    code_quote(study, "A-CEO", "social", "CEO 😀, and Zoe\u0308")
    assert cells(study, TableDefinition(measure=Measure.WORDS))["A"][0] == 8 + 3


# -- words in cells ------------------------------------------------------------------------------------------------


def test_quotes_stand_in_cells_with_their_reference(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    shown = cells(study, TableDefinition(measure=Measure.QUOTES))
    assert shown["A"][0] == "“I meet the largest customers once a year.” (A-CEO ¶2)\n“Hardly ever.” (A-KAM ¶4)"
    assert shown["A"][-1] == 4
    assert shown["B"][1] is None
    first = cells(study, TableDefinition(measure=Measure.QUOTE))
    assert first["A"][0] == "“I meet the largest customers once a year.” (A-CEO ¶2)"


def test_summaries_stand_in_cells_without_totals(study: Session) -> None:
    case, code = study.cases.find("A"), study.codebook.all().find("Direct involvement")
    study.summaries.write(case.id, code.id, "The CEO comes once a year.")
    grid = study.tables.grid(TableDefinition(measure=Measure.SUMMARY))
    assert grid.rows == (("A", "The CEO comes once a year.", None), ("B", None, None))
    assert grid.totals is None
    with pytest.raises(InvalidInput, match="table_of_summaries"):
        study.tables.grid(TableDefinition(measure=Measure.SUMMARY, rows=TableAxis.DOCUMENTS))


# -- other rows and columns ----------------------------------------------------------------------------------------


def test_rows_may_be_groups_by_an_attribute_of_cases(study: Session) -> None:
    size = study.cases.add_attribute("employees", AttributeType.INTEGER, scope=AttributeScope.CASE)
    study.cases.set_value(size.id, study.cases.find("A").id, "1000")
    grid = study.tables.grid(TableDefinition(rows=TableAxis.GROUPS, row_attribute=size.id))
    assert grid.rows == ((1000, 1, 1, 2), ("not given", 1, 0, 1))
    study.cases.set_value(size.id, study.cases.find("B").id, "200")
    assert [
        row[0] for row in study.tables.grid(TableDefinition(rows=TableAxis.GROUPS, row_attribute=size.id)).rows
    ] == [
        200,
        1000,
    ]
    with pytest.raises(InvalidInput, match="table_needs_attribute"):
        study.tables.grid(TableDefinition(rows=TableAxis.GROUPS))
    with pytest.raises(NotFound, match="attribute_unknown"):
        study.tables.grid(TableDefinition(rows=TableAxis.GROUPS, row_attribute="gone"))


def test_codes_by_coders_and_by_groups_of_people(study: Session) -> None:
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "B-KAM", "social", "He drinks coffee with the big ones.")
    grid = study.tables.grid(TableDefinition(rows=TableAxis.CODES, columns=TableAxis.CODERS))
    assert [column.label for column in grid.columns] == ["code", "Ann", "Ben", "total"]
    assert grid.rows == (("Direct involvement", 2, 1, 3), ("Antecedents", 1, 0, 1))
    level = study.cases.add_attribute("level", AttributeType.TEXT, scope=AttributeScope.PARTICIPANT)
    people = {person.name: person.id for person in study.cases.participants()}
    study.cases.set_value(level.id, people["A-CEO"], "top")
    by_level = TableDefinition(rows=TableAxis.CODES, columns=TableAxis.GROUPS, column_attribute=level.id)
    grid = study.tables.grid(by_level)
    assert [column.label for column in grid.columns] == ["code", "top", "not given", "total"]
    assert grid.rows[0] == ("Direct involvement", 1, 2, 3)
    assert grid.title == "Codes × level: passages"


def test_codes_by_codes_tell_what_stands_together(study: Session) -> None:
    code_quote(study, "A-CEO", "social", "Trust matters")
    overlap = TableDefinition(rows=TableAxis.CODES)
    assert study.tables.grid(overlap).rows == (("Direct involvement", None, 0, 3), ("Antecedents", 0, None, 1))
    made = study.tables.make(TableDefinition(rows=TableAxis.CODES, turns_apart=0))
    assert made.grid.rows[0] == ("Direct involvement", None, 1, 3)
    quotes = {item.coding.id: item.coding.quote for item in study.passages.select()}
    assert {quotes[key] for key in made.coding_ids(0, 1)} == {
        "Trust matters",
        "Because the sales director is closer to them.",
    }
    assert len(made.coding_ids(0, None)) == 3
    near = study.tables.grid(TableDefinition(rows=TableAxis.CODES, turns_apart=2))
    assert near.rows[0] == ("Direct involvement", None, 2, 3)
    assert "2 turns" in near.rule


def test_only_what_is_asked_for_counts_and_the_rule_says_so(study: Session) -> None:
    owner = study.cases.add_attribute("ownership", AttributeType.TEXT, scope=AttributeScope.CASE)
    study.cases.set_value(owner.id, study.cases.find("A").id, "family")
    some = study.tables.grid(TableDefinition(values=frozenset({(owner.id, "family")}), attributes=False))
    assert some.rows == (("A", 1, 1, 2),)
    assert "Only ownership: family." in some.rule
    one = TableDefinition(case_ids=frozenset({study.cases.find("B").id}), rows=TableAxis.DOCUMENTS)
    assert cells(study, one) == {"B-KAM": (1, 0, 1)}
    assert "Only cases: B." in study.tables.grid(one).rule
    assert cells(study, TableDefinition(origins=frozenset({"import"}), attributes=False))["A"] == (0, 0, 0)


def test_a_made_table_knows_the_codings_behind_every_number(study: Session) -> None:
    made = study.tables.make(TableDefinition())
    assert made.first_column == 1
    quotes = {item.coding.id: item.coding.quote for item in study.passages.select()}
    assert [quotes[key] for key in made.coding_ids(1, 0)] == ["He drinks coffee with the big ones."]
    assert len(made.coding_ids(0, None)) == 2
    assert len(made.coding_ids(None, 0)) == 2
    assert len(made.coding_ids(None, None)) == 3
    assert [study.cases.find(key).name for key in made.rows] == ["A", "B"]


@pytest.mark.parametrize("ending", GRID_FORMATS)
def test_every_ending_that_is_offered_is_written(study: Session, ending: str) -> None:
    data = write_grid(study.tables.grid(TableDefinition()), Path(f"t{ending}"))
    assert data.startswith(b"PK" if ending in (".xlsx", ".docx") else b"")
    assert len(data) > 50


def test_a_csv_can_go_without_the_mark_and_a_page_without_shades(study: Session) -> None:
    grid = study.tables.grid(TableDefinition())
    assert write_grid(grid, Path("t.csv"), GridOptions(bom=False)).startswith(b"case,")
    assert b"--heat: 1" in write_grid(grid, Path("t.htm"))
    assert b"--heat: 1" not in write_grid(grid, Path("t.htm"), GridOptions(heat=False))
