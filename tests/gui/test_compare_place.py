"""The place of comparison on a real project: Ann and Ben on the small study."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kamcoder.analysis.agreement.kinds import DisagreementKind
from kamcoder.domain.coding import Coding, Origin, WorkState
from kamcoder.domain.document import TextSpan
from kamcoder.gui.comparing.columns import Shows
from kamcoder.gui.comparing.model import MEAN, POOLED
from kamcoder.gui.comparing.place import ComparePlace
from kamcoder.gui.main_window import MainWindow
from kamcoder.services.agreement_shapes import CompareScope
from kamcoder.services.session import Session
from tests.builders import code_quote
from tests.gui.comparing_scene import MEETS, go, settle


@pytest.fixture
def place(comparing: ComparePlace) -> ComparePlace:
    return comparing


def row(place: ComparePlace, key: str) -> list[str]:
    index = place.model.find(key)
    return [str(index.siblingAtColumn(column).data()) for column in range(place.model.columns)]


def code_id(session: Session, name: str) -> str:
    return session.codebook.all().find(name).id


def ann_codings(session: Session) -> list[Coding]:
    """Return what Ann coded in A-CEO."""
    ann, document = session.coders.find("Ann").id, session.documents.find("A-CEO").id
    return [coding for coding in session.codings.of_document(document) if coding.coder_id == ann]


def kinds(place: ComparePlace) -> list[DisagreementKind | None]:
    return [item.kind for item in place.behind.model.items]


def test_the_table_shows_what_the_service_counts(place: ComparePlace, double: Session) -> None:
    QAbstractItemModelTester(place.model, QAbstractItemModelTester.FailureReportingMode.Fatal, place)
    found = double.comparing.compare(CompareScope())
    heads = [place.model.headerData(number, Qt.Orientation.Horizontal) for number in range(place.model.columns)]
    assert heads[:7] == ["code", "Ann %", "Ben %", "agree %", "kappa", "alpha", "F1"]
    assert heads[7:] == ["agreed", "other ends", "other code", "only Ann", "only Ben", "remark"]
    strategic = code_id(double, "strategic")
    shown = row(place, strategic)
    assert shown[4] == f"{found.of(strategic).kappa.value:.3f}"
    assert shown[7:12] == ["", "1", "1", "", ""]
    assert row(place, POOLED)[4] == f"{found.pooled.kappa.value:.3f}"
    assert row(place, MEAN)[4] == f"{found.mean.kappa.value:.3f}"
    assert "Ann" in place.told.title.text()
    assert "The unit is the character" in place.told.rule.text()


def test_codes_stand_below_their_parents_or_in_one_list_by_a_figure(place: ComparePlace, double: Session) -> None:
    model, parent = place.model, code_id(double, "Direct involvement")
    assert model.key(model.find(code_id(double, "social")).parent()) == parent
    place.view.header().setSortIndicator(4, Qt.SortOrder.AscendingOrder)
    assert not model.find(code_id(double, "social")).parent().isValid()
    assert [node.key for node in model.nodes()][:2] == [POOLED, MEAN]
    place.view.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert model.find(code_id(double, "social")).parent().isValid()


def test_what_has_no_value_is_a_dash_with_its_reason(place: ComparePlace, double: Session) -> None:
    code = double.codebook.add("never used")
    shown = row(place, code.id)
    assert shown[4:7] == ["–", "–", "–"]
    assert shown[-1] == "not used"
    assert "nobody used" in place.model.told(place.model.find(code.id, 4))
    place.scope.unused.setChecked(False)
    assert not place.model.find(code.id).isValid()


def test_every_number_opens_its_passages(place: ComparePlace, double: Session) -> None:
    strategic = code_id(double, "strategic")
    place.view.point(strategic, Shows.BOUNDARY)
    assert kinds(place) == [DisagreementKind.BOUNDARY]
    (said,) = ["\n".join(place.behind.model.lines(item)) for item in place.behind.model.items]
    assert "A-CEO ¶2" in said
    assert f"Ann: “I {MEETS} once a year.”" in said
    assert f"Ben: “{MEETS}”" in said
    place.view.point(strategic, Shows.OTHER_CODE)
    assert kinds(place) == [DisagreementKind.OTHER_CODE]
    assert "social" in place.behind.model.lines(place.behind.model.items[0])[1]
    place.view.point(strategic, Shows.SHARE)
    assert [item.coding_ids for item in place.behind.model.items] == [(ann_codings(double)[0].id,)]
    place.view.point(strategic, Shows.KAPPA)
    assert kinds(place) == [DisagreementKind.BOUNDARY, DisagreementKind.OTHER_CODE]
    assert "kappa" in place.behind.meaning.text()
    place.view.point(POOLED, Shows.ONLY)
    assert kinds(place) == [DisagreementKind.ONLY_FIRST]


def test_keys_lead_from_number_to_passage_to_text(
    qtbot: QtBot, place: ComparePlace, window: MainWindow, double: Session
) -> None:
    place.view.setFocus()
    place.view.point(code_id(double, "strategic"), Shows.AGREED)
    qtbot.keyClick(place.view, Qt.Key.Key_Right)
    assert place.behind.title == "strategic · other ends"
    qtbot.keyClick(place.view, Qt.Key.Key_Return)
    assert place.behind.list.hasFocus()
    place.behind.list.setCurrentIndex(place.behind.model.index(0))
    qtbot.keyClick(place.behind.list, Qt.Key.Key_Return)
    assert place.text.isVisible()
    assert place.text.reader.view.span() == place.behind.model.items[0].span
    qtbot.keyClick(place.text.reader.view, Qt.Key.Key_Return)
    assert window.workspace.place == "place.code"
    assert window.place.reader.quote() == f"I {MEETS} once a year."


def test_a_coding_is_followed_at_once_and_hidden_it_catches_up(
    qtbot: QtBot, place: ComparePlace, window: MainWindow, double: Session
) -> None:
    antecedents = code_id(double, "Antecedents")
    before = row(place, antecedents)
    assert before[-1] == "only Ann (1)"
    ben = double.coders.find("Ben")
    made = ann_codings(double)[1]
    double.codings.apply(made.document_id, made.span, made.code_id, coder_id=ben.id)
    settle(qtbot, place)
    assert row(place, antecedents)[4:8] == ["1.000", "1.000", "1.000", "1"]
    window.commands["place.code"].trigger()
    double.undo()
    assert row(place, antecedents)[7] == "1"
    window.commands["place.compare"].trigger()
    settle(qtbot, place)
    assert row(place, antecedents) == before


def test_the_scope_is_chosen_in_one_line(qtbot: QtBot, place: ComparePlace, double: Session) -> None:
    scope = place.scope
    book = double.codebook.all()
    scope.codes.choose([book.find("social").id, book.find("strategic").id])
    assert [node.key for node in place.model.nodes()][2:] == [book.find("strategic").id, book.find("social").id]
    scope.codes.choose(())
    document = double.documents.find("B-KAM").id
    scope.documents.choose([document])
    assert place.model.agreement is not None
    assert [one.id for one in place.model.agreement.documents] == [document]
    scope.documents.choose(())
    scope.unit.setCurrentIndex(1)
    scope.any_overlap.trigger()
    scope.interviewers.trigger()
    scope.snap.trigger()
    scope.subtrees.trigger()
    found = place.model.agreement.scope
    assert (found.unit, found.rule, found.interviewers, found.snap, found.children) == (
        "sentence", "any_overlap", True, True, False,
    )  # fmt: skip
    scope.coders.choose([double.coders.find("Ann").id])
    assert place.model.agreement is None
    scope.coders.choose(())
    assert place.model.agreement is not None


def test_intervals_are_drawn_beside_the_window(qtbot: QtBot, place: ComparePlace, double: Session) -> None:
    place.scope.intervals.trigger()
    qtbot.waitUntil(lambda: "alpha from" in [column.head for column in place.model.shown], timeout=20_000)
    place.view.point(code_id(double, "strategic"), Shows.LOW)
    assert "95 of 100 draws of whole turns" in place.behind.meaning.text()


def test_codings_from_suggestions_are_told_apart(qtbot: QtBot, place: ComparePlace, double: Session) -> None:
    ben = double.coders.find("Ben")
    document = double.documents.find("A-CEO")
    start = double.documents.text(document.id).index("Because the sales")
    assert place.told.suggestions.isHidden()
    double.codings.apply(
        document.id,
        TextSpan(start, start + 46),
        code_id(double, "Antecedents"),
        coder_id=ben.id,
        origin=Origin.SUGGESTION,
    )
    settle(qtbot, place)
    assert "1 coding" in place.told.suggestions.text()
    with_them = row(place, code_id(double, "Antecedents"))[7]
    place.scope.suggested.trigger()
    assert with_them == "1"
    assert row(place, code_id(double, "Antecedents"))[7] == ""


def test_three_coders_have_a_matrix(qtbot: QtBot, place: ComparePlace, double: Session) -> None:
    cleo = double.coders.add("Cleo")
    for coding in ann_codings(double):
        double.codings.apply(coding.document_id, coding.span, coding.code_id, coder_id=cleo.id)
    settle(qtbot, place)
    place.run("compare.pairs")
    model = place.pairs.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, place)
    names = [model.headerData(number, Qt.Orientation.Horizontal) for number in range(3)]
    assert names == ["Ann", "Ben", "Cleo"]
    assert model.index(0, 2).data() == model.index(2, 0).data() == "1.000"
    assert model.index(1, 1).data() is None
    place.pairs.view.setCurrentIndex(model.index(0, 2))
    assert kinds(place) == [DisagreementKind.AGREED] * 2
    assert "both marked" in place.behind.meaning.text()
    place.pairs.figure.setCurrentIndex(place.pairs.figure.findData("percent"))
    assert model.index(0, 2).data() == "100.0"
    place.pairs.figure.setCurrentIndex(place.pairs.figure.findData("kappa"))
    place.pairs.choose_code(code_id(double, "social"))
    assert model.index(0, 2).data() == "–"


def test_whole_passages_and_exclusive_codes_are_measured(place: ComparePlace, double: Session) -> None:
    place.run("compare.measures")
    pane = place.measures
    QAbstractItemModelTester(pane.segments, QAbstractItemModelTester.FailureReportingMode.Fatal, place)
    strategic = pane.segments.keys.index(code_id(double, "strategic"))

    def cells() -> list[str]:
        return [pane.segments.index(strategic, column).data() for column in range(1, 4)]

    assert cells() == ["", "3", "0.000"]
    pane.threshold.setValue(60)
    assert cells() == ["1", "1", "0.667"]
    pane.segment_view.setCurrentIndex(pane.segments.index(strategic, 0))
    assert [item.said for item in place.behind.model.items] == ["✗ no partner", "✓ partner, 63 % shared"]
    pane.segment_view.setCurrentIndex(pane.segments.index(strategic, 1))
    (item,) = place.behind.model.items
    assert item.said.startswith("✓")
    assert len(item.coding_ids) == 2
    assert place.behind.title.endswith("partners")
    pane.segment_view.setCurrentIndex(pane.segments.index(strategic, 2))
    assert [len(item.coding_ids) for item in place.behind.model.items] == [1]
    pane.threshold.setValue(90)
    pane.segment_view.setCurrentIndex(pane.segments.index(strategic, 2))
    assert "↔ no partner, 63 % shared" in place.behind.model.index(0, 0).data()
    found = double.comparing.exclusive(
        CompareScope(), [code.id for code in double.codebook.all().children(code_id(double, "Direct involvement"))]
    )
    assert f"uα {found.u_alpha.value:.3f}" in pane.exclusive_told.text()
    assert pane.exclusive.index(0, 1).data() == f"{found.k_alphas[found.code_ids[0]].value:.3f}"
    code_quote(double, "A-CEO", "social", "customers once a year.")
    assert "do not exclude" in pane.exclusive_told.text()
    assert [pane.exclusive.index(row, 1).data() for row in range(3)] == ["1", "1", "1"]
    pane.exclusive_view.setCurrentIndex(pane.exclusive.index(0, 0))
    (item,) = place.behind.model.items
    assert "“customers once a year.”" in place.behind.model.index(0, 0).data()
    place.behind.item_chosen.emit(item)
    assert place.text.reader.document_id == double.documents.find("A-CEO").id


def test_very_many_passages_are_listed_when_asked_for(
    qtbot: QtBot, place: ComparePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_MANY", "_TOO_MANY"):
        monkeypatch.setattr(f"kamcoder.gui.comparing.listing.{name}", 1)
    place.view.point(POOLED, Shows.KAPPA)
    assert place.behind.model.items == []
    assert "Enter lists them" in place.behind.count.text()
    qtbot.keyClick(place.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(place.behind.model.items) == 4)
    monkeypatch.setattr("kamcoder.gui.comparing.listing._TOO_MANY", 100)
    place.view.point(POOLED, Shows.ALPHA)
    qtbot.waitUntil(lambda: len(place.behind.model.items) == 4)


def test_the_agreement_is_copied_and_written(place: ComparePlace, window: MainWindow, tmp_path: Path) -> None:
    place.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith("code\tAnn %\tBen %")
    for name in ("a.xlsx", "a.csv", "a.html", "a.docx"):
        place.write(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 50
    place.write(tmp_path / "a.pptx")
    assert "ending" in window.notice.text


def test_unfinished_documents_are_kept_from_sight(
    qtbot: QtBot, window: MainWindow, double: Session, place: ComparePlace
) -> None:
    document = double.documents.find("B-KAM")
    double.assigning.assign([document.id], [double.coders.find("Ann").id])
    settle(qtbot, place)
    assert place.told.blind.isVisible()
    assert "B-KAM" in place.told.blind_words.text()
    assert place.model.agreement is not None
    assert [one.name for one in place.model.agreement.documents] == ["A-CEO"]
    place.told.reveal.click()
    settle(qtbot, place)
    assert [one.name for one in place.model.agreement.documents] == ["A-CEO", "B-KAM"]
    window.desk.coders.choose(double.coders.find("Ben"))
    settle(qtbot, place)
    assert place.told.blind.isHidden()
    window.desk.coders.choose(double.coders.find("Ann"))
    settle(qtbot, place)
    assert place.told.blind.isVisible()
    double.documents.set_work_state(document.id, WorkState.FINISHED)
    settle(qtbot, place)
    assert place.told.blind.isHidden()


def test_what_is_chosen_is_remembered(place: ComparePlace, double: Session) -> None:
    scope = place.scope
    scope.codes.choose([code_id(double, "social")])
    scope.unit.setCurrentIndex(2)
    scope.snap.trigger()
    place.run("compare.pairs")
    kept = place.remembered()
    chosen = scope.scope()
    scope.codes.choose(())
    scope.unit.setCurrentIndex(0)
    scope.snap.trigger()
    place.run("compare.table")
    place.recall(kept)
    assert scope.scope() == chosen
    assert place.pairs.isVisible()
    for broken in ("", "{", "[1]", '{"page": 3}', '{"page": ["x"], "unit": [], "codes": ["gone"]}'):
        place.recall(broken)
    assert scope.scope().code_ids is None


def test_the_text_is_as_large_as_where_it_is_coded(place: ComparePlace, window: MainWindow) -> None:
    place.run("compare.text")
    before = place.text.reader.view.font().pixelSize()
    window.commands["view.larger"].trigger()
    assert place.text.reader.view.font().pixelSize() > before
    assert place.text.reader.view.font() == window.place.reader.view.font()


def test_alone_it_says_what_to_do(qtbot: QtBot, workspace: MainWindow, study: Session) -> None:
    place = go(qtbot, workspace)
    assert place.empty.isVisible()
    assert "only Ann has coded" in place.empty.sentence.text()
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-KAM", "strategic", "Hardly ever.")
    settle(qtbot, place)
    assert "not worked on the same document" in place.empty.sentence.text()
    code_quote(study, "A-CEO", "strategic", MEETS)
    settle(qtbot, place)
    assert not place.empty.isVisible()


def test_alone_there_is_nothing_to_settle_either(qtbot: QtBot, workspace: MainWindow, study: Session) -> None:
    workspace.commands["compare.text"].trigger()
    place = go(qtbot, workspace)
    assert place.empty.isVisible()
    assert "Comparing needs" not in workspace.notice.text
    study.coders.activate(study.coders.ensure("Ben"))
    code_quote(study, "A-CEO", "strategic", MEETS)
    settle(qtbot, place)
    assert place.text.isVisible()
    assert len(place.text.side.model.shown) == 2
