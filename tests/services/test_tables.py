"""Tables made from a project, with their words."""

import csv
import io
from pathlib import Path

import pytest

from kamcoder.analysis.measures import Measure
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput
from kamcoder.services.session import Session
from kamcoder.services.tables import TableDefinition, TableRows, print_grid, write_grid
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
    assert set(cells(study, TableDefinition(rows=TableRows.DOCUMENTS))) == {"A-CEO", "A-KAM", "B-KAM"}
    people = cells(study, TableDefinition(rows=TableRows.PARTICIPANTS))
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
            for rows in TableRows:
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
