"""Lists of cases, participants and interviews: all that is known, numbers as numbers, hostile text as text."""

import io

import openpyxl
import pytest

from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.formats.tables.xlsx import to_xlsx
from kamcoder.services.lists import ListKind, list_grid
from kamcoder.services.session import Session


@pytest.fixture
def known(study: Session) -> Session:
    case = study.cases.find("A").id
    employees = study.cases.add_attribute("employees", AttributeType.INTEGER, scope=AttributeScope.CASE)
    study.cases.set_value(employees.id, case, "1000")
    study.cases.edit(case, description="=HYPERLINK(1)")
    study.cases.add_participant("Zoë", case_id=case, role="CEO", years=20)
    return study


def test_cases_with_their_attributes_interviews_and_people(known: Session) -> None:
    grid = list_grid(known, ListKind.CASES)
    assert [column.label for column in grid.columns][-1] == "employees"
    assert grid.rows[0][:2] == ("A", "=HYPERLINK(1)")
    assert grid.rows[0][2] == "A-CEO, A-KAM"
    assert "Zoë" in str(grid.rows[0][3])
    assert grid.rows[0][-1] == 1000
    assert grid.rows[1][-1] is None


def test_participants_and_interviews(known: Session) -> None:
    rows = {row[0]: row for row in list_grid(known, ListKind.PARTICIPANTS).rows}
    assert rows["Zoë"][:4] == ("Zoë", "A", "CEO", 20)
    grid = list_grid(known, ListKind.DOCUMENTS)
    assert [row[0] for row in grid.rows] == ["A-CEO", "A-KAM", "B-KAM"]
    assert all(isinstance(row[3], int) and row[3] > 10 for row in grid.rows)
    assert sum(int(row[4] or 0) for row in grid.rows) == len(known.passages.book().lines())


def test_no_text_of_a_list_is_a_formula(known: Session) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(list_grid(known, ListKind.CASES)))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(1)", "s")


def test_an_empty_project_has_empty_lists(session: Session) -> None:
    for kind in ListKind:
        assert list_grid(session, kind).rows == ()
