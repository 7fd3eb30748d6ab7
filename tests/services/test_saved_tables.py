"""Tables saved by name: kept whole, undone like everything, and honest about what is gone."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamcoder.analysis.measures import Measure
from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.coding import Origin
from kamcoder.domain.errors import InvalidInput, NotFound
from kamcoder.services.messages import notice
from kamcoder.services.session import Session
from kamcoder.services.tables import TableAxis, TableDefinition


def full(study: Session) -> TableDefinition:
    """A definition in which everything is chosen."""
    book = study.codebook.all()
    owner = study.cases.add_attribute("ownership", AttributeType.TEXT, scope=AttributeScope.CASE)
    study.cases.set_value(owner.id, study.cases.find("A").id, "family")
    return TableDefinition(
        rows=TableAxis.GROUPS,
        row_attribute=owner.id,
        code_ids=(book.find("social").id, book.find("Antecedents").id),
        measure=Measure.WORDS,
        coder_ids=frozenset({study.coders.find("Ann").id}),
        origins=frozenset({Origin.MANUAL.value}),
        case_ids=frozenset({study.cases.find("A").id}),
        values=frozenset({(owner.id, "family")}),
        attributes=False,
        turns_apart=2,
        below=book.find("Direct involvement").id,
        level=2,
        only_codes=frozenset({book.find("social").id}),
        speaker_roles=frozenset({"interviewee", None}),
        group_by=owner.id,
        hide_empty=True,
    )


def test_everything_chosen_comes_back(study: Session) -> None:
    wanted = full(study)
    study.saved_tables.save("  All of   it ", wanted)
    with Session.open(study.path, read_only=True) as fresh:
        table = fresh.saved_tables.find("all of it")
        assert table.name == "All of it"
        assert fresh.saved_tables.definition(table) == (wanted, ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.sampled_from([axis for axis in TableAxis if axis is not TableAxis.GROUPS]),
    measure=st.sampled_from(list(Measure)),
    level=st.integers(1, 5),
    turns=st.none() | st.integers(0, 9),
    roles=st.none() | st.frozensets(st.sampled_from(["interviewer", "interviewee", "other", None])),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_any_definition_comes_back(
    study: Session,
    rows: TableAxis,
    measure: Measure,
    level: int,
    turns: int | None,
    roles: frozenset[str | None] | None,
    flags: tuple[bool, bool, bool],
) -> None:
    wanted = TableDefinition(
        rows=rows,
        measure=measure,
        level=level,
        turns_apart=turns,
        speaker_roles=roles,
        attributes=flags[0],
        interviewers=flags[1],
        hide_empty=flags[2],
    )
    table = study.saved_tables.save("one", wanted)
    assert study.saved_tables.definition(table) == (wanted, ())
    study.undo()


def test_saving_renaming_and_deleting_are_undone_and_logged(study: Session) -> None:
    table = study.saved_tables.save("First", TableDefinition())
    study.saved_tables.rename(table.id, "Second")
    study.saved_tables.change(table.id, TableDefinition(measure=Measure.WORDS))
    study.saved_tables.change(table.id, TableDefinition(measure=Measure.WORDS))
    study.saved_tables.delete(table.id)
    assert [line.operation for line in study.log(last=4)] == [
        "save_table",
        "rename_table",
        "save_table",
        "delete_table",
    ]
    study.undo()
    assert study.saved_tables.definition(study.saved_tables.find("second"))[0].measure is Measure.WORDS
    study.undo()
    study.undo()
    assert [item.name for item in study.saved_tables.all()] == ["First"]
    study.undo()
    assert study.saved_tables.all() == []


def test_names_are_checked(study: Session) -> None:
    table = study.saved_tables.save("Straße", TableDefinition())
    other = study.saved_tables.save("Other", TableDefinition())
    with pytest.raises(InvalidInput, match="table_name_taken"):
        study.saved_tables.save("STRASSE", TableDefinition())
    with pytest.raises(InvalidInput, match="table_name_taken"):
        study.saved_tables.rename(other.id, "straße")
    with pytest.raises(InvalidInput, match="table_name_empty"):
        study.saved_tables.save("  ", TableDefinition())
    assert study.saved_tables.rename(table.id, "STRASSE").name == "STRASSE"
    with pytest.raises(NotFound, match="table_unknown"):
        study.saved_tables.find("Third")


def test_what_is_deleted_later_is_left_out_and_said(study: Session) -> None:
    table = study.saved_tables.save("one", full(study))
    owner = study.cases.attributes()[0]
    study.cases.delete_attribute(owner.id)
    study.codebook.delete(study.codebook.all().find("social").id, with_codings=True)
    study.cases.delete(study.cases.find("A").id)
    definition, notices = study.saved_tables.definition(table)
    told = [notice(item) for item in notices]
    assert len(told) == 3
    for name in ("ownership", "Direct involvement › social", "case A"):
        assert sum(name in line for line in told) == 1
    assert definition.rows is TableAxis.CASES
    assert definition.row_attribute is None
    assert definition.code_ids == (study.codebook.all().find("Antecedents").id,)
    assert (definition.case_ids, definition.values, definition.only_codes) == (None, None, None)
    assert study.tables.grid(replace(definition, hide_empty=False)).rows  # it is a table still
    for _ in range(3):
        study.undo()
    assert study.saved_tables.definition(table)[1] == ()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 99}', '{"rows": "cases", "columns": "codes", "measure": "x"}', '{"rows": 1}']
)
def test_a_damaged_definition_is_said_not_raised_as_a_bug(study: Session, text: str) -> None:
    table = study.saved_tables.save("one", TableDefinition())
    with study._editing.edit("save_table"):  # type: ignore[arg-type]
        study._store.update("table_definitions", table.id, definition=text)
    with pytest.raises(InvalidInput, match="table_unreadable"):
        study.saved_tables.definition(study.saved_tables.find("one"))
