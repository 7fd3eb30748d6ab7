"""Undo and redo restore the exact rows, whatever was done."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kamcoder.domain.case import AttributeType
from kamcoder.domain.changes import ChangeOrigin, ChangeSet, Operation
from kamcoder.domain.coding import WorkState
from kamcoder.domain.document import SpeakerRole, TextSpan
from kamcoder.domain.errors import InvalidInput, KamCoderError, NotFound
from kamcoder.domain.memo import MemoTarget
from kamcoder.services.checking import check_file
from kamcoder.services.session import Session
from kamcoder.services.table_definition import TableDefinition
from kamcoder.storage.schema import JOURNALLED
from tests.builders import code_quote, import_interviews, small_study, write_interviews

Rows = dict[str, list[Any]]


def rows_of(session: Session) -> Rows:
    """Every journalled row of the file, as another reader would see it."""
    store = session._store
    return {table: store.rows(table) for table in JOURNALLED}


class Acts(RuleBasedStateMachine):
    """Random acts of a researcher with undo and redo in between; a plain list of row dumps is the model."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        self.session = small_study(Session.create(folder / "study.kamcoder"), folder)
        self.past: list[Rows] = []
        self.future: list[Rows] = []
        self.steps_before = self._undoable()
        self.now = rows_of(self.session)

    def _undoable(self) -> int:
        return self.session._editing.history._done

    def act(self, verb: Callable[[], object]) -> None:
        try:
            verb()
        except (InvalidInput, NotFound):
            assert rows_of(self.session) == self.now  # a refused act changes nothing
            return
        after = rows_of(self.session)
        if after != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = after

    def pick(self, items: list[Any], number: int) -> Any:
        if not items:
            raise NotFound("code_unknown", code="none")
        return items[number % len(items)]

    def a_code(self, number: int) -> str:
        return self.pick([code.id for code in self.session.codebook.all().codes], number)

    def a_document(self, number: int) -> Any:
        return self.pick(self.session.documents.all(), number)

    def a_coding(self, number: int) -> str:
        return self.pick([passage.coding.id for passage in self.session.passages.select()], number)

    numbers = st.integers(0, 30)

    @rule(document=numbers, start=st.integers(0, 250), length=st.integers(1, 60), code=numbers)
    def apply(self, document: int, start: int, length: int, code: int) -> None:
        self.act(
            lambda: self.session.codings.apply(
                self.a_document(document).id, TextSpan(start, start + length), self.a_code(code), memo="why"
            )
        )

    @rule(coding=numbers)
    def remove(self, coding: int) -> None:
        self.act(lambda: self.session.codings.remove([self.a_coding(coding)]))

    @rule(coding=numbers, code=numbers)
    def recode(self, coding: int, code: int) -> None:
        self.act(lambda: self.session.codings.recode(self.a_coding(coding), self.a_code(code)))

    @rule(coding=numbers, start=st.integers(0, 200), length=st.integers(1, 80))
    def resize(self, coding: int, start: int, length: int) -> None:
        self.act(lambda: self.session.codings.resize(self.a_coding(coding), TextSpan(start, start + length)))

    @rule(name=st.sampled_from(["new", "other", "strategic", " "]), parent=st.none() | numbers)
    def add_code(self, name: str, parent: int | None) -> None:
        self.act(lambda: self.session.codebook.add(name, parent_id=None if parent is None else self.a_code(parent)))

    @rule(code=numbers, under=st.none() | numbers, position=st.none() | st.integers(0, 3))
    def move_code(self, code: int, under: int | None, position: int | None) -> None:
        self.act(
            lambda: self.session.codebook.move(
                self.a_code(code), None if under is None else self.a_code(under), position=position
            )
        )

    @rule(code=numbers, into=numbers)
    def merge_codes(self, code: int, into: int) -> None:
        self.act(lambda: self.session.codebook.merge(self.a_code(code), self.a_code(into)))

    @rule(code=numbers, coding=numbers)
    def split_code(self, code: int, coding: int) -> None:
        self.act(lambda: self.session.codebook.split_off(self.a_code(code), [self.a_coding(coding)], "split"))

    @rule(code=numbers)
    def delete_code(self, code: int) -> None:
        self.act(lambda: self.session.codebook.delete(self.a_code(code), with_codings=True))

    @rule(document=numbers)
    def delete_document(self, document: int) -> None:
        self.act(lambda: self.session.documents.delete(self.a_document(document).id))

    @rule()
    def import_again(self) -> None:
        def verb() -> None:
            preview = self.session.imports.preview(write_interviews(Path(self.folder.name)))
            self.session.imports.commit(preview)

        self.act(verb)

    @rule(document=numbers, role=st.sampled_from(list(SpeakerRole)))
    def set_speaker(self, document: int, role: SpeakerRole) -> None:
        def verb() -> None:
            speakers = self.session.documents.speakers(self.a_document(document).id)
            self.session.documents.set_speaker(self.pick(speakers, 1).id, role=role)

        self.act(verb)

    @rule(name=st.sampled_from(["A", "B", "C", ""]), document=numbers)
    def add_case_and_link(self, name: str, document: int) -> None:
        self.act(lambda: self.session.cases.add(name))
        self.act(
            lambda: self.session.documents.link(
                self.a_document(document).id, self.pick(self.session.cases.all(), document).id
            )
        )

    @rule(case=numbers, value=st.sampled_from(["12", "", "many"]))
    def set_value(self, case: int, value: str) -> None:
        def verb() -> None:
            known = self.session.cases.attributes()
            attribute = known[0] if known else self.session.cases.add_attribute("employees", AttributeType.INTEGER)
            self.now = rows_of(self.session) if not known else self.now
            if not known:
                self.past.append(self.before_attribute)
                self.future.clear()
            self.session.cases.set_value(attribute.id, self.pick(self.session.cases.all(), case).id, value)

        self.before_attribute = self.now
        self.act(verb)

    @rule(case=numbers)
    def delete_case(self, case: int) -> None:
        self.act(lambda: self.session.cases.delete(self.pick(self.session.cases.all(), case).id))

    @rule(
        case=st.none() | numbers,
        code=st.none() | numbers,
        text=st.sampled_from(["They never meet [1].", "Often [2]. 😀", "[1] and [3]", ""]),
        coding=numbers,
        goes_on=st.booleans(),
    )
    def write_summary(self, case: int | None, code: int | None, text: str, coding: int, goes_on: bool) -> None:
        def verb() -> None:
            self.session.summaries.write(
                None if case is None else self.pick(self.session.cases.all(), case).id,
                None if code is None else self.a_code(code),
                text,
                marks={number: self.a_coding(coding + number) for number in (1, 2)},
                goes_on=goes_on,
            )

        self.act(verb)
        # What goes on is no step of its own.
        del self.past[self._undoable() - self.steps_before :]

    @rule(name=st.sampled_from(["One", "Two"]), level=st.integers(1, 2), number=numbers)
    def save_table(self, name: str, level: int, number: int) -> None:
        self.act(lambda: self.session.saved_tables.save(name, TableDefinition(level=level)))
        tables = self.session.saved_tables.all()
        self.act(lambda: self.session.saved_tables.rename(self.pick(tables, number).id, f"{name} again"))
        if number % 3 == 0:
            self.act(lambda: self.session.saved_tables.delete(self.pick(tables, number).id))

    @rule(code=numbers)
    def write_memo(self, code: int) -> None:
        self.act(lambda: self.session.memos.write(MemoTarget.CODE, self.a_code(code), "unclear"))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        change = self.session.undo()
        assert change.origin is ChangeOrigin.UNDO
        self.future.append(self.now)
        self.now = self.past.pop()
        assert rows_of(self.session) == self.now

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.session.redo()
        self.past.append(self.now)
        self.now = self.future.pop()
        assert rows_of(self.session) == self.now

    @invariant()
    def as_many_steps_as_acts(self) -> None:
        assert self._undoable() - self.steps_before == len(self.past)

    def teardown(self) -> None:
        path = self.session.path
        while self.past:
            self.undo()
        while self.future:
            self.redo()
        self.session.close()
        assert check_file(path).findings == ()
        self.folder.cleanup()


TestActs = Acts.TestCase
TestActs.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_listeners_hear_every_commit_once_and_nothing_else(study: Session) -> None:
    heard: list[ChangeSet] = []
    stop = study.subscribe(heard.append)
    coding = code_quote(study, "A-KAM", "social", "Hardly ever.")
    with pytest.raises(KamCoderError):
        study.codings.recode(coding.id, "no such code")
    study.undo()
    study.redo()
    stop()
    study.undo()
    assert [(change.operation, change.origin) for change in heard] == [
        (Operation.APPLY_CODE, ChangeOrigin.DO),
        (Operation.APPLY_CODE, ChangeOrigin.UNDO),
        (Operation.APPLY_CODE, ChangeOrigin.REDO),
    ]
    assert heard[0].touches("codings")
    assert not heard[0].touches("codes", "turns")
    assert [change.row["id"] for change in heard[0].of("codings")] == [coding.id]
    assert next(heard[1].of("codings")).after is None


def test_nothing_to_undo_is_said(session: Session) -> None:
    with pytest.raises(InvalidInput, match="nothing_to_undo"):
        session.undo()
    with pytest.raises(InvalidInput, match="nothing_to_redo"):
        session.redo()


def test_a_new_act_ends_what_could_be_redone(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.undo()
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    assert study.to_redo is None


def test_rows_changed_from_elsewhere_end_the_history_without_harm(study: Session) -> None:
    coding = code_quote(study, "A-KAM", "social", "Hardly ever.")
    study._store._connection.execute("DELETE FROM codings WHERE id = ?", [coding.id])
    before = rows_of(study)
    with pytest.raises(KamCoderError, match="history_broken"):
        study.undo()
    assert rows_of(study) == before
    assert study.to_undo is None


def test_the_log_tells_who_did_what_and_keeps_what_was_undone(study: Session) -> None:
    code_quote(study, "A-KAM", "social", "Hardly ever.")
    study.undo()
    entries = study.log()
    assert entries[0].operation is Operation.CREATE_PROJECT
    done, undone = entries[-2:]
    assert (done.coder, done.operation, done.origin) == ("Ann", Operation.APPLY_CODE, ChangeOrigin.DO)
    assert done.details["code"] == "Direct involvement › social"
    assert done.details["quote"] == "Hardly ever."
    assert done.rows == {"codings": [1, 0, 0]}
    assert (undone.operation, undone.origin, undone.rows) == (
        Operation.APPLY_CODE,
        ChangeOrigin.UNDO,
        {"codings": [0, 0, 1]},
    )
    assert [entry.number for entry in study.log(last=2)] == [done.number, undone.number]


def test_a_closed_project_has_its_log_and_rows_when_opened_again(study: Session) -> None:
    path, before, entries = study.path, rows_of(study), study.log()
    study.close()
    with Session.open(path) as again:
        assert rows_of(again) == before
        assert again.log() == entries
    study._store = Session.open(path)._store  # so that the fixture has something to close


def test_progress_noted_after_an_import_does_not_stand_in_the_way_of_its_undo(session: Session, tmp_path: Path) -> None:
    session.coders.activate(session.coders.add("Ann"))
    first = import_interviews(session, tmp_path)[0]
    session.documents.set_work_state(first.id, WorkState.IN_PROGRESS)
    session.undo()
    assert session.documents.all() == []
    session.redo()
    session.documents.delete(first.id)
    session.undo()
    session.documents.set_work_state(first.id, WorkState.FINISHED)
    session.redo()
    assert first.id not in {document.id for document in session.documents.all()}
    session.undo()
    session.documents.set_work_state(first.id, WorkState.IN_PROGRESS)
    for _ in range(2):  # the import, and then the coder
        session.undo()
    assert session.coders.all() == []


def test_a_coder_who_was_undone_is_not_active_any_more(session: Session, tmp_path: Path) -> None:
    (first, *_) = import_interviews(session, tmp_path)
    session.coders.activate(session.coders.add("Ann"))
    session.undo()
    assert session.coder is None
    with pytest.raises(InvalidInput, match="coder_needed"):
        session.documents.set_work_state(first.id, WorkState.FINISHED)
