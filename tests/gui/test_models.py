from itertools import chain, groupby
from operator import itemgetter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from kamcoder.domain.coding import Coding, Origin
from kamcoder.domain.document import TextSpan
from kamcoder.gui.codebook.model import CodebookModel
from kamcoder.gui.codebook.palette import ChoiceModel
from kamcoder.gui.documents.model import DocumentsModel
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.offsets import Offsets
from kamcoder.gui.reader.marks import Line, Mark, Marks
from kamcoder.services.session import Session

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def follow(session: Session, model: DocumentsModel | CodebookModel) -> None:
    session.subscribe(model.on_changed)


@pytest.mark.parametrize("kind", [DocumentsModel, CodebookModel])
def test_models_hold_what_qt_expects_through_every_change(
    qapp: QApplication, study: Session, kind: type[DocumentsModel] | type[CodebookModel]
) -> None:
    model = kind()
    tester = QAbstractItemModelTester(model, FATAL)
    model.load(study)
    follow(study, model)
    code = study.codebook.add("New")
    document = study.documents.find("A-CEO")
    study.codings.apply(document.id, TextSpan(0, 4), code.id)
    study.codebook.move(code.id, study.codebook.all().find("Direct").id)
    study.cases.add("C")
    study.documents.link(document.id, study.cases.find("B").id)
    study.documents.rename(document.id, "Z-CEO")
    study.documents.delete(study.documents.find("B-KAM").id)
    study.codebook.delete(code.id, with_codings=True)
    for _ in range(8):
        study.undo()
    for _ in range(8):
        study.redo()
    model.load(None)
    assert model.rowCount() == 0
    del tester


def test_counts_kept_up_to_date_are_those_asked_for_anew(qapp: QApplication, study: Session) -> None:
    codes, documents = CodebookModel(), DocumentsModel()
    for model in (codes, documents):
        model.load(study)
        follow(study, model)
    assert study.coder is not None
    codes.count_for(study.coder.id)
    ben = study.coders.add("Ben")
    document = study.documents.find("A-KAM").id
    for name, end in (("social", 5), ("strategic", 9), ("Antecedents", 12)):
        study.codings.apply(document, TextSpan(0, end), study.codebook.all().find(name).id)
        study.codings.apply(document, TextSpan(0, end), study.codebook.all().find(name).id, coder_id=ben.id)
    study.codebook.merge(study.codebook.all().find("social").id, study.codebook.all().find("strategic").id)
    study.undo()
    study.undo()
    study.redo()
    fresh_codes, fresh_documents = CodebookModel(), DocumentsModel()
    fresh_codes.load(study)
    fresh_codes.count_for(study.coder.id)
    fresh_documents.load(study)
    for code in study.codebook.all().codes:
        assert codes.counts(code.id) == fresh_codes.counts(code.id)
    for node, fresh in zip(documents.nodes(), fresh_documents.nodes(), strict=True):
        assert (node.key, documents.count(node)) == (fresh.key, fresh_documents.count(fresh))


def test_an_index_into_an_earlier_tree_is_harmless(qapp: QApplication, study: Session) -> None:
    model = CodebookModel()
    model.load(study)
    stale = model.index(0, 0)
    kept = QPersistentModelIndex(model.index(0, 0))
    model.load(study)
    assert model.data(stale) is None
    assert model.parent(stale) == QModelIndex()
    assert not kept.isValid()


def test_a_document_of_two_cases_stands_under_both(qapp: QApplication, study: Session) -> None:
    model = DocumentsModel()
    study.documents.link(study.documents.find("A-CEO").id, study.cases.find("B").id)
    study.documents.link(study.documents.find("A-KAM").id, study.cases.find("A").id, linked=False)
    model.load(study)
    assert [node.value for node in model.nodes()] == ["A", "A-CEO", "B", "A-CEO", "B-KAM", "No case", "A-KAM"]
    assert len(model.documents()) == 3


def test_folders_of_codes_are_not_offered(qapp: QApplication, study: Session) -> None:
    study.codebook.edit(study.codebook.all().find("Direct").id, codable=False)
    model = ChoiceModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.load(study.codebook.all(), [])
    model.find("")
    paths = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert paths == ["Direct involvement › strategic", "Direct involvement › social", "Antecedents"]
    model.find("direct involvement › strategic")
    assert model.data(model.index(0, 0)) == "Direct involvement › strategic"
    assert model.rowCount() == 1  # no second code of that very path is offered
    del tester


def test_open_branches_and_the_current_row_survive_a_change(workspace: MainWindow) -> None:
    session, tree = workspace.session, workspace.place.codebook.tree
    assert session is not None
    book = session.codebook.all()
    antecedents, direct = book.find("Antecedents").id, book.find("Direct").id
    tree.point(antecedents)
    tree.collapse(workspace.place.codebook.model.find(direct))
    session.codebook.add("Another")
    assert tree.current_key() == antecedents
    assert not tree.isExpanded(workspace.place.codebook.model.find(direct))
    assert tree.isVisible()


SPANS = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 400)), max_size=40)


def coding(number: int, start: int, length: int) -> Coding:
    return Coding(
        str(number), "d", TextSpan(start, start + length), "", "c", "ann", Origin.MANUAL, "2026-01-01T00:00:00.000Z"
    )


def line(number: int, start: int, length: int) -> Line:
    made = coding(number, start, length)
    return made.id, made.span.start, made.span.end, made.code_id, made.coder_id, made.origin, made.created_at


def apart(marks: list[Mark]) -> None:
    for one in marks:
        for other in marks:
            if one is not other and one.lane == other.lane:
                assert one.end <= other.start or other.end <= one.start


def pieces_of(lines: list[Line], most: int) -> list[list[Line]]:
    """Cut lines as the project gives them out: by place, those that start at one place together."""
    groups = [list(group) for _, group in groupby(sorted(lines, key=itemgetter(1)), key=itemgetter(1))]
    return [list(chain(*groups[first : first + most])) for first in range(0, len(groups), most)]


@settings(max_examples=60)
@given(SPANS, st.integers(1, 4), st.data())
def test_marks_that_come_in_pieces_are_those_that_come_at_once(
    spans: list[tuple[int, int]], most: int, data: st.DataObject
) -> None:
    lines = [line(number, *span) for number, span in enumerate(spans)]
    whole, parts = Marks(Offsets("x" * 6000)), Marks(Offsets("x" * 6000))
    whole.load([sorted(lines, key=itemgetter(1))], "ann")
    parts.load(pieces_of(lines, most), "ann")
    start = data.draw(st.integers(0, 5500))
    end = start + data.draw(st.integers(1, 3000))
    found = [(mark.id, mark.lane) for mark in parts.overlapping(start, end)]
    assert found == [(mark.id, mark.lane) for mark in whole.overlapping(start, end)]
    # Coding goes on while some are still to come; what is in the file already comes once only.
    new = coding(900, start, end - start)
    late = coding(0, *spans[0]) if spans else new
    for marks in (whole, parts):
        for one in (new, late):
            marks.add(one)
        if spans:
            marks.remove(str(len(spans) - 1))
    shown = {(mark.id, mark.start, mark.end) for mark in parts}
    assert shown == {(mark.id, mark.start, mark.end) for mark in whole}
    assert parts.complete
    assert len(parts) == len(whole)
    apart(list(parts))
    strokes = {stroke[:2] for stroke in parts.strokes(0, parts.numbered, lanes=99)}
    assert strokes == {(mark.start, mark.end) for mark in parts}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(SPANS, SPANS, st.data())
def test_marks_are_found_by_place_and_never_share_a_lane(
    first: list[tuple[int, int]], then: list[tuple[int, int]], data: st.DataObject
) -> None:
    marks = Marks(Offsets("x" * 6000))
    marks.load([[line(number, *span) for number, span in enumerate(first)]], "ann")
    apart(list(marks))
    lanes = {mark.coding.id: mark.lane for mark in marks}
    for number, span in enumerate(then, start=100):
        marks.add(coding(number, *span))
    for mark in marks:
        assert lanes.get(mark.coding.id, mark.lane) == mark.lane
    apart(list(marks))
    for gone in data.draw(st.lists(st.sampled_from([str(n) for n in range(140)]), max_size=10)):
        marks.remove(gone)
    start = data.draw(st.integers(0, 5500))
    end = start + data.draw(st.integers(1, 3000))
    found = marks.overlapping(start, end)
    assert {mark.coding.id for mark in found} == {
        mark.coding.id for mark in marks if mark.start < end and start < mark.end
    }
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)
    assert Qt is not None
