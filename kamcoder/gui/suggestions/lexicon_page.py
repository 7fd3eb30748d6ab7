"""The words that speak for and against a code: those of the project, and those that ship with the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.suggesting import LexiconKind
from kamcoder.gui.suggestions.grids import chosen, fill, grid
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.services.lexicon import LexiconLine
    from kamcoder.services.session import Session

_WEIGHT = 2
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TICKED, _UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class WordList(QWidget):
    """A list with a line to add or change a row below it."""

    failed = Signal(object)

    def __init__(self, session: Session, words: str = "") -> None:
        super().__init__()
        self._session = session
        self.about = label(words, "small", wrap=True)
        self.put = QPushButton(self.tr("Add"))
        self.remove = QPushButton(self.tr("Remove"))
        self.line = QHBoxLayout()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(8)
        self.column.addWidget(self.about)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may fail; tell whether it was done."""
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)
            return False
        self.failed.emit(None)
        return True

    def key(self, sequence: str, act: Callable[[], object], host: QWidget) -> None:
        """Let a key do something while `host` has the focus."""
        action = QAction(host)
        action.setShortcut(QKeySequence(sequence))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: act())
        host.addAction(action)


class LexiconPage(WordList):
    """Words for and against each code. A tick says that shipped words count."""

    def __init__(self, session: Session, code_id: str | None) -> None:
        super().__init__(session)
        self.about.setText(
            self.tr(
                "Words that speak for a code, with a weight from 1 to 3; below zero they speak against it. In a phrase "
                "* stands for up to three words. A relation is written TM -> meet -> customer."
            )
        )
        self.code = QComboBox()
        self.code.setAccessibleName(self.tr("Code"))
        book = session.codebook.all()
        for _, code in book.walk():
            if code.codable:
                self.code.addItem(book.path(code.id), code.id)
        self.table = grid(
            self.tr("Lexicon"),
            (self.tr("Words"), self.tr("Kind"), self.tr("Weight"), self.tr("From")),
            widths=(300, 100, 80, 130),
            numbers=False,
        )
        self.table.headerItem().setTextAlignment(_WEIGHT, _END)
        self.count = label("", "small", wrap=True)
        self.pattern, self.kind, self.weight = QLineEdit(), QComboBox(), QDoubleSpinBox()
        self.fresh, self.switch = QPushButton(self.tr("New")), QPushButton(self.tr("Switch off"))
        self._lines: dict[str, LexiconLine] = {}
        self._kinds = {
            LexiconKind.PHRASE: self.tr("phrase"),
            LexiconKind.EXACT: self.tr("exactly"),
            LexiconKind.REGEX: self.tr("expression"),
            LexiconKind.RELATION: self.tr("relation"),
        }
        self._lay_out()
        self._connect()
        if code_id is not None and self.code.findData(code_id) >= 0:
            self.code.setCurrentIndex(self.code.findData(code_id))
        self.show_entries()

    def show_entries(self) -> None:
        """Show the words of the chosen code; the row that was chosen stays chosen."""
        code_id, kept = self.code.currentData(), chosen(self.table)
        lines = self._session.lexicon.lines(code_id) if code_id else []
        self._lines = {_key(line): line for line in lines}
        self.table.blockSignals(True)
        fill(self.table, [self._row(line) for line in lines], keys=list(self._lines))
        for number, line in enumerate(lines):
            item = self.table.topLevelItem(number)
            if line.shipped is not None and item is not None:
                item.setCheckState(0, _UNTICKED if line.off else _TICKED)
                item.setToolTip(0, self.tr("Space: switch on or off"))
            if item is not None:
                item.setTextAlignment(_WEIGHT, _END)
                if _key(line) == kept:
                    self.table.setCurrentItem(item)
        self.table.blockSignals(False)
        shipped, off = sum(line.shipped is not None for line in lines), sum(line.off for line in lines)
        told = self.tr("{own} of your own, {shipped} shipped, {off} of them switched off.")
        none = self.tr("{own} of your own; none ship with the program for this code.")
        if not code_id:
            none = self.tr("There is no code yet that words could speak for: make one in the codebook first.")
        self.count.setText((told if shipped else none).format(own=len(lines) - shipped, shipped=shipped, off=off))
        self._on_chosen()

    def _row(self, line: LexiconLine) -> tuple[str, ...]:
        entry, shipped = line.entry, line.shipped
        weight = self.tr("off") if line.off else f"{entry.weight:g}"
        if shipped is None:
            source = self.tr("your own")
        elif line.written:
            source = self.tr("shipped with {weight}").format(weight=f"{shipped.weight:g}")
        else:
            source = self.tr("shipped")
        return entry.pattern, self._kinds[entry.kind], weight, source

    def _chosen(self) -> LexiconLine | None:
        return self._lines.get(str(chosen(self.table)))

    def _on_chosen(self) -> None:
        line, any_code = self._chosen(), self.code.count() > 0
        own = line is None or line.shipped is None
        self.pattern.setEnabled(own and any_code)
        self.kind.setEnabled(own and any_code)
        for widget in (self.code, self.weight, self.put):
            widget.setEnabled(any_code)
        self.fresh.setEnabled(line is not None)
        self.put.setText(self.tr("Change") if line is not None else self.tr("Add"))
        self.switch.setEnabled(not own)
        self.switch.setText(self.tr("Switch on") if line is not None and line.off else self.tr("Switch off"))
        self.remove.setEnabled(line is not None and line.written)
        self.remove.setText(self.tr("Remove") if own else self.tr("As shipped"))
        if line is not None:
            self.pattern.setText(line.entry.pattern)
            self.kind.setCurrentIndex(self.kind.findData(line.entry.kind.value))
            shown = line.shipped if line.off and line.shipped is not None else line.entry
            self.weight.setValue(shown.weight)

    def _on_new(self) -> None:
        """Leave the chosen row, so that words can be added."""
        self.table.setCurrentIndex(QModelIndex())
        self.pattern.clear()
        self.weight.setValue(2)
        self.pattern.setFocus()

    def _on_put(self) -> None:
        code_id, line = self.code.currentData(), self._chosen()
        if not code_id:
            return
        pattern, kind, weight = self.pattern.text(), LexiconKind(self.kind.currentData()), self.weight.value()
        lexicon = self._session.lexicon
        if line is None:
            if self.attempt(lambda: lexicon.add(code_id, pattern, kind=kind, weight=weight)):
                self.show_entries()
                self._on_new()
        elif line.shipped is not None:
            self._write(lambda: lexicon.weigh(line.entry, weight))
        else:
            self._write(lambda: lexicon.change(replace(line.entry, pattern=pattern, kind=kind, weight=weight)))

    def _on_switch(self) -> None:
        line = self._chosen()
        if line is not None and line.shipped is not None:
            weight = line.shipped.weight if line.off else 0.0
            self._write(lambda: self._session.lexicon.weigh(line.entry, weight))

    def _on_ticked(self, item: QTreeWidgetItem, column: int) -> None:
        line = self._lines.get(str(item.data(0, Qt.ItemDataRole.UserRole)))
        if column == 0 and line is not None and (item.checkState(0) is _UNTICKED) != line.off:
            self.table.setCurrentItem(item)
            # The rows are made anew by it, which must not happen while one of them is telling.
            QTimer.singleShot(0, self, self._on_switch)

    def _on_remove(self) -> None:
        line = self._chosen()
        if line is not None and line.written:
            self._write(lambda: self._session.lexicon.remove(line.entry.id))

    def _write(self, act: Callable[[], object]) -> None:
        """Change what is chosen, and let the keys stay where they were."""
        listed = self.table.hasFocus()
        self.attempt(act)
        self.show_entries()
        if chosen(self.table) is None:
            self._on_new()
        if listed:
            self.table.setFocus()

    def _lay_out(self) -> None:
        self.pattern.setPlaceholderText(self.tr("Words"))
        for widget, name in (
            (self.pattern, self.tr("Words")),
            (self.kind, self.tr("Kind")),
            (self.weight, self.tr("Weight")),
        ):
            widget.setAccessibleName(name)
        for kind, text in self._kinds.items():
            self.kind.addItem(text, kind.value)
        self.weight.setRange(-3, 3)
        self.weight.setSingleStep(0.5)
        self.weight.setDecimals(1)
        self.weight.setValue(2)
        self.fresh.setToolTip(self.tr("Leave the chosen row and write words of your own"))
        self.column.addWidget(self.code)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.count)
        self.line.addWidget(self.pattern, 1)
        self.line.addWidget(self.kind)
        self.line.addWidget(self.weight)
        acts = QHBoxLayout()
        acts.addStretch()
        for button in (self.fresh, self.switch, self.remove, self.put):
            button.setAutoDefault(False)
            acts.addWidget(button)
        self.column.addLayout(self.line)
        self.column.addLayout(acts)

    def _connect(self) -> None:
        self.code.currentIndexChanged.connect(self._on_code)
        self.table.currentItemChanged.connect(self._on_chosen)
        self.table.itemChanged.connect(self._on_ticked)
        self.fresh.clicked.connect(self._on_new)
        self.put.clicked.connect(self._on_put)
        self.switch.clicked.connect(self._on_switch)
        self.remove.clicked.connect(self._on_remove)
        self.pattern.returnPressed.connect(self._on_put)
        for sequence, act in (("Space", self._on_switch), ("Delete", self._on_remove), ("Insert", self._on_new)):
            self.key(sequence, act, self.table)
        for sequence, by in (("+", 0.5), ("-", -0.5)):
            self.key(sequence, partial(self._nudge, by), self.table)

    def _nudge(self, by: float) -> None:
        """Weigh the chosen words half a point more or less; zero is stepped over."""
        if self._chosen() is not None:
            self.weight.setValue((self.weight.value() + by) or by)
            self._on_put()

    def _on_code(self) -> None:
        self.table.clear()
        self.pattern.clear()
        self.show_entries()


def _key(line: LexiconLine) -> str:
    return f"{line.entry.kind.value}:{line.entry.pattern.casefold()}"
