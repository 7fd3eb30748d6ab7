"""Suggestions in the window: off until turned on, gone through and decided on by keys and mouse."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kamcoder.domain.coding import Origin
from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import ActorRole, SuggestingError
from kamcoder.domain.suggestion import SuggestionState
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.suggestions.findings import Kind
from kamcoder.gui.suggestions.measuring import Measuring
from kamcoder.services.session import Session
from tests.figures import figures
from tests.gui.driving import codings, point_of, trigger
from tests.gui.suggesting import MODEL, StubRunner, outlier, packed, remember_figures, similar, with_stub

Key = Qt.Key
LARGEST = "I meet the largest customers once a year."
TRUST = "Trust matters: people know us."
CLOSER = "Because the sales director is closer to them."


@pytest.fixture
def runner(workspace: MainWindow, study: Session) -> StubRunner:
    """The window on A-CEO, with suggestions for two passages of it and one of A-KAM."""
    said = {
        study.documents.find("A-CEO").id: (
            packed(study, "A-CEO", "social", LARGEST, sure=0.62, match="meet the largest"),
            packed(study, "A-CEO", "strategic", TRUST, sure=0.91),
            packed(study, "A-CEO", "social", TRUST, sure=0.55, rank=2),
        ),
        study.documents.find("A-KAM").id: (packed(study, "A-KAM", "strategic", "The board decides yearly", sure=0.7),),
    }
    return with_stub(workspace, said)


def press(qtbot: QtBot, window: MainWindow, *keys: Key) -> None:
    view = window.place.reader.view
    view.setFocus()
    for key in keys:
        qtbot.keyClick(view, key)


def current(window: MainWindow) -> str:
    """Return the passage of the current suggestion and its code."""
    offer = window.place.suggestions.current
    if offer is None:
        return ""
    return (
        f"{window.place.suggestions.marks.text_of(offer)} → {window.place.suggestions.marks.code_name(offer.code_id)}"
    )


def shown(window: MainWindow) -> int:
    return len(window.place.reader.view.ground.offered)


def test_nothing_is_suggested_until_it_is_turned_on(qtbot: QtBot, workspace: MainWindow) -> None:
    assert workspace.place.suggestions.source.runner is None
    assert not workspace.commands["suggest.on"].isChecked()
    assert not workspace.commands["suggest.begin"].isEnabled()
    press(qtbot, workspace, Key.Key_A, Key.Key_X, Key.Key_Space)
    assert shown(workspace) == 0
    assert len(codings(workspace)) == 2


def test_turned_on_and_off_again(workspace: MainWindow, runner: StubRunner, study: Session) -> None:
    assert workspace.commands["suggest.on"].isChecked()
    assert study.suggestions.on
    assert shown(workspace) == 3
    assert [kind for kind, _ in runner.asked][:2] == ["warm", "propose"]
    trigger(workspace, "suggest.on")
    assert shown(workspace) == 0
    assert runner.closed
    trigger(workspace, "edit.undo")
    assert shown(workspace) == 3


def test_tab_begins_and_the_status_line_says_the_keys(qtbot: QtBot, workspace: MainWindow, runner: StubRunner) -> None:
    press(qtbot, workspace, Key.Key_Tab)
    assert current(workspace) == f"{LARGEST} → social"
    assert "A: accept" in workspace.status.hint
    assert "62 %" in workspace.status.hint
    press(qtbot, workspace, Key.Key_Tab)
    assert current(workspace) == f"{TRUST} → strategic"
    press(qtbot, workspace, Key.Key_Backtab)
    assert current(workspace) == f"{LARGEST} → social"
    press(qtbot, workspace, Key.Key_Escape)
    qtbot.keyClick(workspace.place.reader.view, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert current(workspace) == ""
    assert "A: accept" not in workspace.status.hint


def test_keys_decide_and_each_goes_to_the_next(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    press(qtbot, workspace, Key.Key_Tab, Key.Key_A)
    made = [item for item in codings(workspace) if item.origin is Origin.SUGGESTION]
    assert [(item.quote, study.codebook.all().path(item.code_id)) for item in made] == [
        (LARGEST, "Direct involvement › social")
    ]
    assert study.suggestions.provenance(made[0].id)["model"] == MODEL
    assert current(workspace) == f"{TRUST} → strategic"
    press(qtbot, workspace, Key.Key_X)
    assert current(workspace) == f"{TRUST} → social"
    press(qtbot, workspace, Key.Key_Space)
    assert current(workspace) == ""
    assert {item.state for item in study.suggestions.decided()} == {
        SuggestionState.ACCEPTED,
        SuggestionState.REJECTED,
        SuggestionState.POSTPONED,
    }
    assert shown(workspace) == 0
    assert "decided" in workspace.status.hint
    for _ in range(3):
        trigger(workspace, "edit.undo")
    assert shown(workspace) == 3
    assert len(codings(workspace)) == 2
    for _ in range(3):
        trigger(workspace, "edit.redo")
    assert shown(workspace) == 0


def test_enter_accepts_a_current_suggestion_and_else_asks_for_a_code(
    qtbot: QtBot, workspace: MainWindow, runner: StubRunner
) -> None:
    press(qtbot, workspace, Key.Key_Tab, Key.Key_Return)
    assert len(codings(workspace)) == 3
    workspace.place.suggestions.leave()
    workspace.place.reader.view.select(TextSpan(0, 20))
    press(qtbot, workspace, Key.Key_Return)
    assert workspace.place.acts.palette.isVisible()
    assert len(codings(workspace)) == 3


def test_e_takes_the_selected_text_and_another_code(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    press(qtbot, workspace, Key.Key_Tab)
    view = workspace.place.reader.view
    start = view.page.text.index("the largest customers")
    view.select(TextSpan(start, start + len("the largest customers")))
    assert current(workspace)
    press(qtbot, workspace, Key.Key_E)
    palette = workspace.place.acts.palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "ante")
    qtbot.keyClick(palette.field, Key.Key_Return)
    made = next(item for item in codings(workspace) if item.origin is Origin.SUGGESTION)
    assert (made.quote, study.codebook.all().path(made.code_id)) == ("the largest customers", "Antecedents")
    assert study.suggestions.provenance(made.id)["edited"]
    assert study.suggestions.decided()[0].state is SuggestionState.EDITED


def test_e_and_enter_take_the_suggested_code(qtbot: QtBot, workspace: MainWindow, runner: StubRunner) -> None:
    press(qtbot, workspace, Key.Key_Tab, Key.Key_E)
    qtbot.keyClick(workspace.place.acts.palette.field, Key.Key_Return)
    made = next(item for item in codings(workspace) if item.origin is Origin.SUGGESTION)
    assert made.quote == LARGEST


def test_a_click_on_suggested_text_or_its_name_makes_it_current(
    qtbot: QtBot, workspace: MainWindow, runner: StubRunner
) -> None:
    view, margin = workspace.place.reader.view, workspace.place.reader.margin
    position = view.page.text.index("people know us")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, position) + QPoint(2, 0))
    assert current(workspace) == f"{TRUST} → strategic"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, position) + QPoint(2, 0))
    assert current(workspace) == f"{TRUST} → social"
    margin.repaint()
    rooms = {mark.key: room for mark, room in margin.band.rooms}
    offer = workspace.place.suggestions.queue()[0]
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=rooms[offer.key].center().toPoint())
    assert current(workspace) == f"{LARGEST} → social"


def test_the_overview_shows_where_codes_are_suggested(qtbot: QtBot, workspace: MainWindow, runner: StubRunner) -> None:
    strip, view = workspace.place.reader.overview, workspace.place.reader.view
    ink = workspace.theme.look["suggested"].rgb()

    def inked(position: int) -> int:
        """Return how many pixels of the strip beside a position are in the colour of suggestions."""
        image = strip.grab().toImage()
        top = int(view.page.offsets.to_qt(position) * strip.height() / view.page.offsets.qt_length)
        places = ((x, y) for x in range(image.width()) for y in range(max(top - 2, 0), top + 7))
        return sum(image.pixel(x, y) == ink for x, y in places if y < image.height())

    first, second = (view.page.text.index(quote) for quote in (LARGEST, TRUST))
    assert 0 < inked(first) < 16  # hollow
    press(qtbot, workspace, Key.Key_Tab)
    assert inked(first) > 16  # the current one is filled
    assert 0 < inked(second) < 16
    trigger(workspace, "suggest.on")
    assert inked(first) == inked(second) == 0


def test_reasons_are_told_on_hover_and_in_the_list(qtbot: QtBot, workspace: MainWindow, runner: StubRunner) -> None:
    acts = workspace.place.suggestions
    told = acts.marks.explained(acts.queue()[0])
    for words in ("Direct involvement › social · 62 %", "“meet the largest”", "meet +1.2", "Q6", "learned words 60 %"):
        assert words in told
    trigger(workspace, "suggest.list")
    press(qtbot, workspace, Key.Key_Tab)
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    qtbot.waitUntil(lambda: workspace.workspace.why.view is not None)
    assert panel.reasons.isHidden()  # they stand in the inspector
    trigger(workspace, "view.codebook")
    qtbot.waitUntil(lambda: "<u><b>meet the largest</b></u>" in panel.reasons.quote.text())
    assert panel.reasons.isVisible()
    near = [button for button in panel.reasons.nearest if not button.isHidden()]
    assert len(near) == 3
    place: list[Any] = []
    panel.place_asked.connect(lambda *asked: place.append(asked))
    qtbot.mouseClick(near[2], Qt.MouseButton.LeftButton)
    assert place
    assert workspace.place.reader.document_id == place[0][0]


def test_the_inspector_says_why_and_decides(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    inspector, why = workspace.place.inspector, workspace.workspace.why
    press(qtbot, workspace, Key.Key_Tab)
    qtbot.waitUntil(lambda: why.view is not None and why.view.isVisible())
    view = why.view
    assert view is not None
    told = workspace.place.suggestions.marks.explained(workspace.place.suggestions.queue()[0])
    assert "\n".join((view.reasons.head.text().replace("\u00a0", " "), view.reasons.why.text())) == told
    near = next(button for button in view.reasons.nearest if not button.isHidden())
    qtbot.mouseClick(view.buttons["suggest.accept"], Qt.MouseButton.LeftButton)
    assert [item.quote for item in codings(workspace) if item.origin is Origin.SUGGESTION] == [LARGEST]
    qtbot.waitUntil(lambda: "strategic" in view.reasons.head.text())
    qtbot.mouseClick(near, Qt.MouseButton.LeftButton)
    assert workspace.place.reader.span == TextSpan(*near.property("place")[1:])
    assert not view.isVisible()
    press(qtbot, workspace, Key.Key_F8)
    qtbot.waitUntil(view.isVisible)
    mine = next(item for item in codings(workspace) if item.origin is Origin.MANUAL)
    workspace.place.reader.choose(mine.id)
    workspace.place.inspect()
    assert not view.isVisible()
    assert any(mine.quote[:20] in text for text in inspector.texts())


def test_the_list_shows_all_documents_and_the_uncertain_first(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    trigger(workspace, "suggest.list")
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    QAbstractItemModelTester(panel.model)
    panel.refresh()
    assert panel.model.rowCount() == 3
    panel.scope.setCurrentIndex(1)
    panel.order.setCurrentIndex(1)
    panel.refresh()
    sure = [row.offer.sure for row in panel.model.rows if row.offer]
    assert sure == [0.55, 0.62, 0.7, 0.91]
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(2, 0))
    assert workspace.place.reader.document_id == study.documents.find("A-KAM").id
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_A)
    made = study.codings.of_document(study.documents.find("A-KAM").id)
    assert [item.quote for item in made] == ["The board decides yearly"]


def test_what_is_not_shown_is_told_and_brought_back(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    press(qtbot, workspace, Key.Key_Tab, Key.Key_X)
    first = runner.said[study.documents.find("A-CEO").id][0]
    runner.hidden = (
        (first[0], first[1], "rejected", first[2], 0.62, "2026-11-21T10:00:00Z", None),
        (0, 5, "interviewer", None, 0.0, "", None),
        (6, 9, "muted", first[2], 0.7, "", None),
        (6, 9, "below threshold", first[2], 0.31, "", None),
        (10, 15, "already coded", first[2], 0.9, "", None),
    )
    workspace.place.suggestions.source.book.complete.clear()
    workspace.place.suggestions.source._propose()
    trigger(workspace, "suggest.list")
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    panel.show_kind(Kind.HIDDEN)
    assert [row.told for row in panel.model.rows] == [
        "rejected on 2026-11-21",
        "the interviewer speaks",
        "the code is muted",
        "31 %, below the threshold",
        "already coded",
    ]
    can = []
    for number in range(5):
        panel.list.setCurrentIndex(panel.model.index(number, 0))
        can.append(panel.buttons["back"].isEnabled())
    assert can == [True, False, True, False, False]
    panel.head.why.setCurrentIndex(panel.head.why.findData("muted"))
    panel.refresh()
    study.suggestions.mute(first[2])
    assert panel.model.rowCount() == 1
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    assert panel.buttons["back"].text() == "Suggest this code again"
    qtbot.mouseClick(panel.buttons["back"], Qt.MouseButton.LeftButton)
    assert not study.suggestions.muted()
    panel.head.why.setCurrentIndex(0)
    panel.refresh()
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    qtbot.mouseClick(panel.buttons["back"], Qt.MouseButton.LeftButton)
    assert not study.suggestions.decided()
    assert shown(workspace) == 3


def test_own_codings_made_meanwhile_take_suggestions_away_and_undo_brings_them_back(
    workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    offer = workspace.place.suggestions.queue()[0]
    study.codings.apply(offer.document_id, TextSpan(offer.start, offer.end), offer.code_id)
    assert shown(workspace) == 2
    study.undo()
    assert shown(workspace) == 3
    study.suggestions.mute(offer.code_id)
    assert shown(workspace) == 1


def test_what_was_on_the_screen_is_counted_beside_the_history(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    step = study.to_undo
    workspace.place.suggestions.marks._seen.setInterval(0)
    workspace.place.suggestions.marks.light(None)
    qtbot.waitUntil(lambda: sum(rate.shown for rate in study.suggestions.rates()) == 3)
    assert study.to_undo is step


def test_another_coder_sees_nothing_of_it(workspace: MainWindow, study: Session, runner: StubRunner) -> None:
    ben = study.coders.add("Ben")
    asked = len(runner.asked)
    workspace.desk.coders.load(study, remembered=ben.id)
    assert study.coder == ben
    assert all(ask.coder_id == ben.id for kind, ask in runner.asked[asked:] if kind == "learn")


def test_many_of_one_code_are_accepted_after_a_look_and_taken_back_as_one(
    workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    trigger(workspace, "suggest.bulk")
    dialog = workspace.workspace.suggesting.dialog
    QAbstractItemModelTester(dialog.model)
    assert dialog.code.currentData() == study.codebook.all().find("social").id
    assert dialog.model.rowCount() == 0
    assert not dialog.take.isEnabled()
    dialog.least.setValue(50)
    assert dialog.model.rowCount() == 2
    dialog.take.click()
    assert len(codings(workspace)) == 4
    assert "2 suggestions of social accepted" in workspace.toast.text
    trigger(workspace, "edit.undo")
    assert len(codings(workspace)) == 2


def test_similar_passages_are_ticked_and_coded_as_one_step(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    mine = study.passages.select()[0].coding
    other = study.documents.find("B-KAM")
    runner.found = (similar(other.id, 0, 10), similar(other.id, 11, 20), similar(other.id, 21, 30))
    workspace.place.reader.go_to(mine.id)
    trigger(workspace, "suggest.similar")
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    QAbstractItemModelTester(panel.model)
    assert [(row.document_id, row.told) for row in panel.model.rows] == [(other.id, "71 % · customers")] * 3
    name = study.codebook.all().get(mine.code_id).name
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0, 2))
    assert panel.buttons["code"].text() == f"Code 1 with {name}"
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_Space)
    panel.model.setData(panel.model.index(2, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert panel.buttons["code"].text() == f"Code 2 with {name}"
    qtbot.keyClick(panel.list, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = [item for item in study.codings.of_document(other.id) if item.origin is Origin.SEARCH]
    assert [(item.span.start, item.code_id) for item in made] == [(0, mine.code_id), (21, mine.code_id)]
    assert study.suggestions.provenance(made[0].id) == {"similar_to": mine.id, "similarity": 0.71}
    assert "2 passages coded with" in workspace.toast.text
    panel.refresh()
    assert [row.start for row in panel.model.rows] == [11]
    trigger(workspace, "edit.undo")
    panel.refresh()
    assert panel.model.rowCount() == 3
    qtbot.mouseClick(panel.buttons["all"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.buttons["other"], Qt.MouseButton.LeftButton)
    palette = panel.found.chooser.palette_box
    qtbot.keyClicks(palette.field, "ante")
    qtbot.keyClick(palette.field, Key.Key_Return)
    ante = study.codebook.all().find("Antecedents").id
    assert [item.code_id for item in study.codings.of_document(other.id) if item.origin is Origin.SEARCH] == [ante] * 3


def test_codings_that_stand_out_are_recoded_and_taken_off(
    qtbot: QtBot, workspace: MainWindow, study: Session, runner: StubRunner
) -> None:
    mine, ante = study.passages.select(), study.codebook.all().find("Antecedents").id
    runner.found = tuple(outlier(item.coding.id, item.coding.code_id, ante) for item in mine[:2])
    trigger(workspace, "suggest.consistency")
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    assert [row.told for row in panel.model.rows] == ["fits 20 %, Antecedents 70 %"] * 2
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_R)
    # What it fits better stands first and is taken with Enter.
    qtbot.keyClick(panel.found.chooser.palette_box.field, Key.Key_Return)
    assert study.passages.place_of(mine[0].coding.id)[3] == ante
    panel.refresh()
    assert [row.coding_id for row in panel.model.rows] == [mine[1].coding.id]
    qtbot.mouseClick(panel.buttons["all"], Qt.MouseButton.LeftButton)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Key.Key_U)
    assert study.passages.place_of(mine[1].coding.id) is None
    assert "1 passage uncoded" in workspace.toast.text
    trigger(workspace, "edit.undo")
    assert study.passages.place_of(mine[1].coding.id) is not None


def test_lexicon_and_cast_are_edited(qtbot: QtBot, workspace: MainWindow, study: Session) -> None:
    trigger(workspace, "suggest.words")
    dialog = workspace.workspace.suggesting.dialog
    page = dialog.lexicon
    page.code.setCurrentIndex(page.code.findData(study.codebook.all().find("social").id))
    page.pattern.setText("drinks coffee")
    page.weight.setValue(2.5)
    dialog.activateWindow()
    page.pattern.setFocus()
    qtbot.waitUntil(page.pattern.hasFocus)
    qtbot.keyClick(page.pattern, Key.Key_Return)
    assert [(item.pattern, item.weight) for item in study.lexicon.entries()] == [("drinks coffee", 2.5)]
    page.pattern.setText("***")
    page.put.click()
    assert "at least one word" in dialog.told.text()
    page.table.setCurrentItem(page.table.topLevelItem(0))
    page.weight.setValue(1)
    page.put.click()
    assert study.lexicon.entries()[0].weight == 1
    page.table.setCurrentItem(page.table.topLevelItem(0))
    page.remove.click()
    assert not study.lexicon.entries()
    cast = dialog.cast
    cast.name.setText("Peter")
    cast.role.setCurrentIndex(cast.role.findData(ActorRole.CUSTOMER.value))
    cast.put.click()
    assert [(item.name, item.role) for item in study.lexicon.cast()] == [("Peter", ActorRole.CUSTOMER)]
    cast.table.setCurrentItem(cast.table.topLevelItem(0))
    cast.remove.click()
    assert not study.lexicon.cast()
    dialog.reject()


def test_shipped_words_are_switched_off_and_weighed_by_keys(
    qtbot: QtBot, workspace: MainWindow, study: Session
) -> None:
    code_id = study.codebook.all().find("social").id
    trigger(workspace, "suggest.words")
    page = workspace.workspace.suggesting.dialog.lexicon
    page.code.setCurrentIndex(page.code.findData(code_id))
    item = page.table.findItems("coffee", Qt.MatchFlag.MatchExactly)[0]
    assert (item.checkState(0), item.text(2), item.text(3)) == (Qt.CheckState.Checked, "3", "shipped")
    page.table.setCurrentItem(item)
    workspace.workspace.suggesting.dialog.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Key.Key_Space)
    assert [(entry.pattern, entry.weight) for entry in study.lexicon.entries()] == [("coffee", 0)]
    item = page.table.currentItem()
    assert (item.checkState(0), item.text(2), item.text(3)) == (Qt.CheckState.Unchecked, "off", "shipped with 3")
    assert "1 of them switched off" in page.count.text()
    item.setCheckState(0, Qt.CheckState.Checked)  # as a click on the tick does
    qtbot.waitUntil(lambda: not study.lexicon.entries())
    qtbot.keyClick(page.table, Key.Key_Minus)
    assert [entry.weight for entry in study.lexicon.entries()] == [2.5]
    assert page.table.currentItem().text(2) == "2.5"
    assert not page.pattern.isEnabled()
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert not study.lexicon.entries()
    assert page.table.currentItem().text(0) == "coffee"
    qtbot.keyClick(page.table, Key.Key_Insert)
    assert page.pattern.isEnabled()
    assert page.put.text() == "Add"
    workspace.workspace.suggesting.dialog.reject()
    for _ in range(4):
        trigger(workspace, "edit.undo")
    assert not study.lexicon.entries()


def test_a_project_without_codes_has_nothing_to_write_words_for(window: MainWindow, tmp_path: Path) -> None:
    window.desk.projects.adopt(Session.create(tmp_path / "empty.kamcoder"))
    trigger(window, "suggest.words")
    page = window.workspace.suggesting.dialog.lexicon
    assert "no code yet" in page.count.text()
    assert not any(widget.isEnabled() for widget in (page.code, page.pattern, page.kind, page.weight, page.put))
    window.workspace.suggesting.dialog.reject()


def test_the_panel_of_honesty_says_what_was_taken(workspace: MainWindow, study: Session, runner: StubRunner) -> None:
    acts = workspace.place.suggestions
    acts.accept(acts.queue()[0])
    acts.reject([acts.queue()[0]])
    remember_figures(workspace, study, figures(study, "social"))
    trigger(workspace, "suggest.quality")
    dialog = workspace.workspace.suggesting.dialog
    rows = [
        [dialog.use.topLevelItem(row).text(column) for column in range(8)]
        for row in range(dialog.use.topLevelItemCount())
    ]
    taken = {row[0]: (row[2], row[4]) for row in rows}
    assert taken["Direct involvement › social"] == ("1", "0")
    assert taken["Direct involvement › strategic"] == ("0", "1")
    assert taken["All codes"] == ("1", "1")
    dialog.use.setCurrentItem(dialog.use.topLevelItem(0))
    dialog.mute.click()
    assert len(study.suggestions.muted()) == 1
    dialog.compare.click()
    assert "No other coder" in dialog.agreed.text()
    dialog.shared.setChecked(True)
    assert study.suggestions.shared
    assert not dialog.measuring.busy
    dialog.reject()


def test_figures_are_kept_with_their_date_and_worked_out_anew_when_codings_have_changed(
    qtbot: QtBot, workspace: MainWindow, study: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []
    monkeypatch.setattr(Measuring, "begin", lambda measuring: begun.append(measuring))
    remember_figures(workspace, study, figures(study, "social", footing="another"))
    trigger(workspace, "suggest.quality")
    dialog = workspace.workspace.suggesting.dialog
    view = dialog.figures
    assert "have changed since" in view.age.text()
    assert len(begun) == 1
    assert view.cancel.isVisible()
    assert "from 30 % with 0 codings to 50 % with 30" in view.curve_chart.accessibleDescription()
    assert "55 % sure 50 % were right" in view.reliability_chart.accessibleDescription()
    assert not view.curve_chart.grab().toImage().isNull()
    dialog.measuring.told.emit(3, 12)
    assert (view.bar.value(), view.bar.maximum()) == (3, 12)
    assert "3 of 12" in view.state.text()
    dialog.measuring.failed.emit(SuggestingError("suggest_worker_died"))
    assert "turn them off and on again" in view.state.text()
    dialog.measuring.measured.emit(figures(study, "strategic"))
    assert "nothing that counts has changed" in view.age.text()
    assert view.codes.topLevelItem(0).text(0) == "Direct involvement › strategic"
    dialog.reject()
    kept, path = workspace.workspace.suggesting.remembered(), study.path
    trigger(workspace, "project.close")
    assert workspace.open_project(path)
    assert workspace.workspace.suggesting.remembered() == kept


def test_two_documents_are_needed_for_figures(workspace: MainWindow, study: Session) -> None:
    rest = study.passages.select()[1:]
    study.codings.remove([item.coding.id for item in rest if item.coding.coder_id == study.coder.id])
    trigger(workspace, "suggest.quality")
    dialog = workspace.workspace.suggesting.dialog
    assert "two documents" in dialog.figures.state.text()
    assert not dialog.measuring.busy
    dialog.reject()


def test_the_threshold_is_set_in_the_list_and_undone(workspace: MainWindow, study: Session, runner: StubRunner) -> None:
    trigger(workspace, "suggest.list")
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    panel.refresh()
    assert panel.least.value() == 50
    panel.least.setValue(70)
    assert study.suggestions.threshold == 0.7
    trigger(workspace, "edit.undo")
    panel.refresh()
    assert panel.least.value() == 50


def test_a_coding_says_that_it_was_a_suggestion(qtbot: QtBot, workspace: MainWindow, runner: StubRunner) -> None:
    press(qtbot, workspace, Key.Key_Tab, Key.Key_A)
    made = next(item for item in codings(workspace) if item.origin is Origin.SUGGESTION)
    workspace.place.reader.choose(made.id)
    workspace.place.inspect()
    told = [label.text() for label in workspace.place.inspector.findChildren(QLabel)]
    assert any("from a suggestion, 62 %, rank 1" in text for text in told)


def test_a_worker_that_gave_up_is_told_in_one_sentence(workspace: MainWindow, runner: StubRunner) -> None:
    runner.failed.emit(SuggestingError("suggest_worker_died"))
    assert "turn them off and on again" in workspace.notice.text


def test_a_language_model_that_is_not_used_is_told(workspace: MainWindow, runner: StubRunner) -> None:
    trigger(workspace, "suggest.list")
    panel = workspace.workspace.below.suggestions
    assert panel is not None
    runner.without_model.emit("model_not_verified")
    panel.refresh()
    assert "without it" in panel.warning.text()


def test_closing_the_project_ends_the_worker(workspace: MainWindow, runner: StubRunner) -> None:
    trigger(workspace, "project.close")
    assert runner.closed
