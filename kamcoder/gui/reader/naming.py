"""Naming a new code while reading: a name, and the code below which it is to stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamcoder.domain.codebook import Codebook
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.widgets.delegate import chip
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.messages import sentence

_WIDTH = 420
_LONGEST = 60  # characters of the selected words that are proposed as a name
Take = Callable[[str, str | None], object]


class NamingBox(QFrame):
    """A small frame over the reader. It stays open, saying why, if a name cannot be taken."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._take: Take | None = None
        self._parent_id = ""
        self.setProperty("part", "palette")
        self.setAutoFillBackground(True)
        self._quote = ElidedLabel()
        self._quote.setProperty("part", "small")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Name of the new code"))
        self.field.setAccessibleName(self.tr("Name of the new code"))
        self.below = QComboBox()
        self.below.setAccessibleName(self.tr("Below which code"))
        self.below.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.below.setMinimumContentsLength(12)
        caption = label(self.tr("Below"), "small")
        caption.setBuddy(self.below)
        self.problem = label("", "small", wrap=True)
        self.problem.hide()
        self._hint = label(self.tr("Enter make and apply   Tab choose below what   Esc leave"), "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self.below, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(self._quote)
        layout.addWidget(self.field)
        layout.addLayout(row)
        layout.addWidget(self.problem)
        layout.addWidget(self._hint)
        for widget in (self.field, self.below):
            widget.installEventFilter(self)
        self.hide()

    def open(self, codebook: Codebook, take: Take, *, name: str, quote: str, below: QRect, right: int) -> None:
        """Ask for a name, with one proposed, below a rectangle of the parent or above it."""
        self._take = take
        self._quote.setText("“" + " ".join(quote.split()) + "”")
        self.reload(codebook)
        self.problem.hide()
        self.field.setText(proposed(name))
        self.field.selectAll()
        self._place(below, right)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def reload(self, codebook: Codebook) -> None:
        """Follow a change of the codebook; the code chosen last stays, if it is still there."""
        wanted = self.parent_id or ""
        self.below.clear()
        self.below.addItem(self.tr("No code: at the top"), "")
        for _, code in codebook.walk():
            self.below.addItem(chip(QColor(code.colour)), codebook.path(code.id), code.id)
        self.below.setCurrentIndex(max(self.below.findData(wanted), 0))

    @property
    def parent_id(self) -> str | None:
        """Return the id of the code below which the new one is to stand; None for the top."""
        return self.below.currentData() or None

    def leave(self) -> None:
        """Close without a code."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the name on Enter, leave on Escape or when the focus goes elsewhere."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                (self.below if watched is self.field else self.field).setFocus(Qt.FocusReason.TabFocusReason)
                return True
        if event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
            focus = QApplication.focusWidget()
            if focus is None or not self.isAncestorOf(focus):
                self.leave()
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        if self._take is None:
            return
        try:
            self._take(self.field.text(), self.parent_id)
        except KamCoderError as error:
            self.problem.setText(sentence(error))
            self.problem.show()
            self.adjustSize()
            self.resize(min(_WIDTH, self._over.width() - 16), self.sizeHint().height())
            return
        self.leave()

    def _place(self, below: QRect, right: int) -> None:
        parent = self._over
        self.resize(min(_WIDTH, parent.width() - 16), self.sizeHint().height())
        top = below.bottom() + 6
        if top + self.height() > parent.height() - 8:
            top = max(8, below.top() - 6 - self.height())
        left = max(8, min(below.left(), right - self.width() - 8, parent.width() - self.width() - 8))
        self.move(QPoint(left, top))


def proposed(words: str) -> str:
    """Return selected words as the name of a code: on one line, without marks at the ends, cut between words."""
    name = " ".join(words.replace("›", " ").split()).strip(' .,;:!?…"“”„()[]')
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rsplit(" ", 1)[0].rstrip(" .,;:")[:_LONGEST]
    return name
