"""Labels that cut what does not fit."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kamcoder.gui.widgets.labels import ElidedLabel


class Asked(QObject):
    """Counts how often a widget is asked to lay itself out."""

    count = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


def test_another_text_lays_out_nothing_unless_it_asks_for_another_width(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QHBoxLayout(host)
    wide, fitting = ElidedLabel("one"), ElidedLabel("one", most=200)
    layout.addWidget(wide, 1)
    layout.addWidget(fitting)
    host.show()
    qtbot.waitExposed(host)
    asked = Asked(host)
    host.installEventFilter(asked)
    before = wide.grab().toImage()
    wide.setText("something much longer")
    qtbot.wait(0)
    assert asked.count == 0
    assert wide.grab().toImage() != before
    assert wide.toolTip() == wide.text() == "something much longer"
    host.resize(500, 40)
    width = fitting.width()
    fitting.setText("something longer")
    qtbot.waitUntil(lambda: fitting.width() > width)
    fitting.setText("n" * 100)
    qtbot.waitUntil(lambda: fitting.width() == 200)
    assert fitting.sizeHint().height() == ElidedLabel().sizeHint().height() > 0


def test_a_label_is_read_out_as_what_it_shows_or_by_the_name_it_was_given() -> None:
    plain, named = ElidedLabel("Interview A"), ElidedLabel("¶14")
    named.setAccessibleName("Place of the caret")
    plain.setText("Interview B")
    named.setText("¶15")
    read = [QAccessible.queryAccessibleInterface(one) for one in (plain, named)]
    assert [one.text(QAccessible.Text.Name) for one in read] == ["Interview B", "Place of the caret"]
    assert read[1].text(QAccessible.Text.Description) == "¶15"
    plain.clear()
    assert plain.text() == read[0].text(QAccessible.Text.Name).strip() == ""
