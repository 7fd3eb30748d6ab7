"""Cases, participants and attributes by hand: many at once, in order, retyped, deleted; each act one step of undo."""

from dataclasses import replace

import pytest

from kamcoder.domain.case import AttributeScope, AttributeType, Case, Participant
from kamcoder.domain.changes import ChangeSet, Operation
from kamcoder.domain.errors import ImportRefused, InvalidInput, NotFound
from kamcoder.domain.ids import new_id
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.session import Session
from kamcoder.services.sheet_plans import sheet_of
from kamcoder.storage.schema import JOURNALLED


@pytest.fixture
def study(study: Session) -> Session:
    """The small study before anybody was heard."""
    study.cases.delete_participants([person.id for person in study.cases.participants()])
    return study


def rows_of(session: Session) -> dict[str, list[object]]:
    return {table: session._store.rows(table) for table in JOURNALLED}


def names(session: Session) -> list[str]:
    return [case.name for case in session.cases.all()]


def undone_and_redone(session: Session, before: dict[str, list[object]]) -> None:
    """Take the last step back and do it again, and look at every row both times."""
    after = rows_of(session)
    session.undo()
    assert rows_of(session) == before
    session.redo()
    assert rows_of(session) == after


def test_many_values_are_one_step_or_nothing(study: Session) -> None:
    staff = study.cases.add_attribute("employees", AttributeType.INTEGER)
    a, b = (case.id for case in study.cases.all())
    study.cases.set_value(staff.id, b, "7")
    before = rows_of(study)
    with pytest.raises(InvalidInput, match="attribute_value"):
        study.cases.set_values(AttributeScope.CASE, {(staff.id, a): "5", (staff.id, b): "many"})
    assert rows_of(study) == before
    heard: list[ChangeSet] = []
    study.subscribe(heard.append)
    study.cases.set_values(AttributeScope.CASE, {(staff.id, a): " 0500 ", (staff.id, b): ""})
    assert study.cases.values() == {(staff.id, a): "500"}
    assert [change.operation for change in heard] == [Operation.SET_VALUE]
    undone_and_redone(study, before)


def test_values_of_another_scope_are_refused(study: Session) -> None:
    staff = study.cases.add_attribute("employees", AttributeType.INTEGER)
    with pytest.raises(NotFound, match="attribute_unknown"):
        study.cases.set_values(AttributeScope.PARTICIPANT, {(staff.id, study.cases.all()[0].id): "5"})


def test_cases_are_added_and_renamed_with_their_values_as_one_step(study: Session) -> None:
    sector = study.cases.add_attribute("sector", AttributeType.TEXT)
    first, new = study.cases.all()[0], Case(new_id(), "  Zebra   GmbH ", "", 9)
    before = rows_of(study)
    study.cases.write_cases([replace(first, name="Alpha"), new], {(sector.id, new.id): "zoo 🦓"})
    assert names(study) == ["Alpha", "B", "Zebra GmbH"]
    assert study.cases.values() == {(sector.id, new.id): "zoo 🦓"}
    undone_and_redone(study, before)


@pytest.mark.parametrize(("name", "key"), [("b", "case_name_taken"), (" ", "case_name_empty")])
def test_a_name_that_is_empty_or_taken_writes_nothing(study: Session, name: str, key: str) -> None:
    before = rows_of(study)
    first = study.cases.all()[0]
    with pytest.raises(InvalidInput, match=key):
        study.cases.write_cases([Case(new_id(), "New", "", 5), replace(first, name=name)], {})
    with pytest.raises(InvalidInput, match="case_name_taken"):
        study.cases.write_cases([Case(new_id(), "Twin", "", 5), Case(new_id(), "TWIN", "", 6)], {})
    assert rows_of(study) == before


def test_the_order_of_cases_and_attributes_can_be_changed(study: Session) -> None:
    study.cases.add("C")
    last = study.cases.find("C").id
    before = rows_of(study)
    study.cases.move(last, -5)
    assert names(study) == ["C", "A", "B"]
    undone_and_redone(study, before)
    study.cases.move(last, 1)
    assert names(study) == ["A", "C", "B"]
    people = study.cases.add_attribute("age", AttributeType.INTEGER, scope=AttributeScope.PARTICIPANT)
    made = [study.cases.add_attribute(name, AttributeType.TEXT) for name in ("one", "two", "three")]
    study.cases.move_attribute(made[2].id, -2)
    assert [item.name for item in study.cases.attributes(AttributeScope.CASE)] == ["three", "one", "two"]
    assert [item.id for item in study.cases.attributes(AttributeScope.PARTICIPANT)] == [people.id]


def test_an_attribute_takes_another_type_if_its_values_do(study: Session) -> None:
    teams = study.cases.add_attribute("teams", AttributeType.TEXT)
    a, b = (case.id for case in study.cases.all())
    study.cases.set_values(AttributeScope.CASE, {(teams.id, a): "Yes", (teams.id, b): "0"})
    before = rows_of(study)
    study.cases.edit_attribute(teams.id, name="key account teams", kind=AttributeType.YES_NO)
    assert study.cases.values() == {(teams.id, a): "yes", (teams.id, b): "no"}
    undone_and_redone(study, before)
    before = rows_of(study)
    with pytest.raises(InvalidInput, match="attribute_value"):
        study.cases.edit_attribute(teams.id, kind=AttributeType.DATE)
    with pytest.raises(InvalidInput, match="attribute_choice"):
        study.cases.edit_attribute(teams.id, kind=AttributeType.CHOICE, choices=["yes", "perhaps"])
    with pytest.raises(InvalidInput, match="attribute_choices"):
        study.cases.edit_attribute(teams.id, kind=AttributeType.CHOICE, choices=[" "])
    assert rows_of(study) == before
    study.cases.edit_attribute(teams.id, kind=AttributeType.CHOICE, choices=["No", "Yes", "yes", ""])
    assert study.cases.attributes()[0].choices == ("No", "Yes")
    assert study.cases.values()[(teams.id, a)] == "Yes"
    study.cases.edit_attribute(teams.id, kind=AttributeType.TEXT)
    assert study.cases.attributes()[0].choices == ()


def test_what_goes_with_cases_is_said_and_comes_back_with_undo(study: Session) -> None:
    sector = study.cases.add_attribute("sector", AttributeType.TEXT)
    a, b = (case.id for case in study.cases.all())
    study.cases.set_values(AttributeScope.CASE, {(sector.id, a): "retail", (sector.id, b): "steel"})
    study.cases.add_participant("Zoë", case_id=a)
    study.memos.write(MemoTarget.CASE, a, "family firm")
    study.summaries.write(a, study.codebook.all().find("Antecedents").id, "Risk.")
    impact = study.cases.impact([a, b])
    assert (impact.values, impact.memos, impact.summaries, impact.documents, impact.participants) == (2, 1, 1, 3, 1)
    before = rows_of(study)
    study.cases.delete_many([a, b])
    assert study.cases.all() == []
    assert study.cases.values() == {}
    assert [person.case_id for person in study.cases.participants()] == [None]
    assert len(study.documents.all()) == 3
    undone_and_redone(study, before)


def test_participants_are_written_and_deleted_with_what_they_said_kept(study: Session) -> None:
    age = study.cases.add_attribute("age", AttributeType.INTEGER, scope=AttributeScope.PARTICIPANT)
    zoe = Participant(new_id(), None, "Zoë", "CEO", 20, "20+ years")
    before = rows_of(study)
    study.cases.write_participants([zoe], {(age.id, zoe.id): "61"})
    undone_and_redone(study, before)
    document = study.documents.find("A-CEO")
    voice = next(speaker for speaker in study.documents.speakers(document.id) if speaker.name == "CEO")
    study.documents.set_speaker(voice.id, participant_id=zoe.id)
    study.memos.write(MemoTarget.PARTICIPANT, zoe.id, "open and kind")
    before = rows_of(study)
    study.cases.delete_participants([zoe.id])
    assert study.cases.participants() == []
    assert {speaker.participant_id for speaker in study.documents.speakers(document.id)} == {None}
    undone_and_redone(study, before)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": " "}, "participant_name_empty"),
        ({"name": "ANA"}, "participant_name_taken"),
        ({"years": -1}, "participant_years"),
        ({"years": 10**30}, "participant_years"),
    ],
)
def test_a_participant_with_a_fault_is_refused(study: Session, change: dict[str, object], key: str) -> None:
    study.cases.add_participant("Ana")
    zoe = study.cases.add_participant("Zoë")
    before = rows_of(study)
    with pytest.raises(InvalidInput, match=key):
        study.cases.edit_participant(replace(zoe, **change))
    assert rows_of(study) == before


# -- sheets, looked at before they are taken in ---------------------------------------------------------------------


def test_a_plan_says_what_a_sheet_would_do_and_does_nothing(study: Session) -> None:
    staff = study.cases.add_attribute("Employees", AttributeType.INTEGER)
    study.cases.set_value(staff.id, study.cases.find("A").id, "5")
    before = rows_of(study)
    table = [
        ["firm", "employees", "since", "note"],
        ["A", "6", "1950-01-01", "x"],
        ["New", "7", "", "x"],
        ["", "9", "", ""],
    ]
    plan = study.sheets.plan(sheet_of(table, name="paste"), AttributeScope.CASE, key="firm", kinds={"note": None})
    assert rows_of(study) == before
    assert (list(plan.new.values()), plan.known, plan.problems) == (["New"], 1, ())
    assert [(column.header, column.new, column.filled, column.replaced) for column in plan.columns] == [
        ("firm", False, 0, 0),
        ("employees", False, 1, 1),
        ("since", True, 1, 0),
        ("note", False, 0, 0),
    ]
    study.sheets.take(plan)
    assert names(study) == ["A", "B", "New"]
    assert [item.name for item in study.cases.attributes()] == ["Employees", "since"]
    assert len(study.cases.values()) == 3
    undone_and_redone(study, before)


def test_a_plan_lists_every_cell_that_does_not_fit(study: Session) -> None:
    table = [["case", "size"], ["A", "5"], ["B", "big"], ["C", "huge"]]
    sheet = sheet_of(table, name="paste")
    plan = study.sheets.plan(sheet, AttributeScope.CASE, kinds={"size": AttributeType.INTEGER})
    assert [problem.row for problem in plan.problems] == [3, 4]
    with pytest.raises(InvalidInput, match="attribute_value"):
        study.sheets.take(plan)
    assert names(study) == ["A", "B"]
    chosen = study.sheets.plan(sheet, AttributeScope.CASE, kinds={"size": AttributeType.CHOICE})
    study.sheets.take(chosen)
    assert study.cases.attributes()[0].choices == ("5", "big", "huge")


def test_a_plan_of_participants_knows_their_fields(study: Session) -> None:
    table = [["name", "case", "years", "age"], ["Zoë", "A", "20+", "61"], ["Cem", "Nowhere", "x", "1"]]
    sheet = sheet_of(table, name="paste")
    plan = study.sheets.plan(sheet, AttributeScope.PARTICIPANT, key="name")
    assert [column.fixed for column in plan.columns] == [True, True, True, False]
    assert [(problem.row, problem.error.key) for problem in plan.problems] == [(3, "case_unknown")]
    good = study.sheets.plan(sheet_of(table[:2], name="paste"), AttributeScope.PARTICIPANT, key="name")
    study.sheets.take(good)
    assert [(person.name, person.years) for person in study.cases.participants()] == [("Zoë", 20)]


def test_a_table_without_headers_is_refused() -> None:
    with pytest.raises(ImportRefused, match="sheet_header_empty"):
        sheet_of([["case", ""], ["A", "x"]], name="paste")
