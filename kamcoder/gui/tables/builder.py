"""What a table is to be: rows, columns, codes, what a cell tells, and how it is laid out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from kamcoder.analysis.measures import Measure
from kamcoder.domain.codebook import Codebook
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.gui.tables import words
from kamcoder.gui.tables.filters import TableFilters
from kamcoder.gui.widgets.labels import label
from kamcoder.services.table_definition import TableAxis, TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_PICKED = "picked"
_GROUP = "groups:"


class TableBuilder(QWidget):
    """Two lines of choices; `changed` tells that another table is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._session: Session | None = None
        self.rows, self.columns, self.codes, self.measure, self.together = (QComboBox() for _ in range(5))
        for box, name in (
            (self.rows, self.tr("Rows")),
            (self.columns, self.tr("Columns")),
            (self.codes, self.tr("Which codes")),
            (self.measure, self.tr("A cell tells")),
            (self.together, self.tr("Codes stand together")),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(19 if box is self.codes else 11)
            box.setMaximumWidth(230)
            box.currentIndexChanged.connect(self._on_chosen)
        self.picked = CheckListButton(self.tr("Codes"))
        self.picked.changed.connect(self._on_chosen)
        self.swap_button = QPushButton(self.tr("Swap"))
        self.swap_button.setProperty("part", "link")
        self.swap_button.setToolTip(self.tr("Let rows and columns change places"))
        self.swap_button.clicked.connect(self.swap)
        self.filters = TableFilters()
        self.filters.changed.connect(self._on_chosen)
        self._make_menu()
        self._lay_out()

    # -- what is chosen ------------------------------------------------------------------------------------------

    def offer(self, session: Session | None) -> None:
        """Fill the choices from a project, keeping what is chosen where it still exists."""
        chosen = self.definition() if self._session is session and session is not None else TableDefinition()
        self._session = session
        self._filling = True
        book = session.codebook.all() if session else Codebook(())
        attributes = session.cases.attributes() if session else []
        axes = [(words.translated(text), axis.value) for axis, text in words.AXES.items()]
        axes += [(self.tr("by {attribute}").format(attribute=item.name), f"{_GROUP}{item.id}") for item in attributes]
        _fill(self.rows, axes)
        _fill(self.columns, axes)
        _fill(self.codes, self._levels(book))
        _fill(self.measure, [(words.translated(text), kind.value) for kind, text in words.MEASURES.items()])
        _fill(self.together, [(words.translated(text), str(apart)) for apart, text in words.TOGETHER.items()])
        self.picked.offer([Entry(code.id, code.name, None, code.colour, depth) for depth, code in book.walk()])
        self.filters.offer(session)
        self._offer_groups([(item.name, item.id) for item in attributes])
        self.choose(chosen)
        self._filling = False

    def definition(self) -> TableDefinition:
        """Return the table that is chosen."""
        rows, row_attribute = _axis(self.rows, TableAxis.CASES)
        columns, column_attribute = _axis(self.columns, TableAxis.CODES)
        codes = str(self.codes.currentData() or "")
        picked = codes == _PICKED
        level, _, below = codes.partition(":")
        apart = self.together.currentData()
        group = self.grouping.checkedAction()
        wanted = TableDefinition(
            rows=rows,
            columns=columns,
            row_attribute=row_attribute,
            column_attribute=column_attribute,
            code_ids=tuple(self._in_order(self.picked.chosen)) if picked else None,
            below=below or None if not picked else None,
            level=int(level) if level.isdigit() else 1,
            measure=Measure(self.measure.currentData() or Measure.PASSAGES),
            turns_apart=None if apart in (None, "None") else int(apart),
            group_by=str(group.data()) if group is not None and group.data() else None,
            attributes=self.attributes.isChecked(),
            hide_empty=self.hide_empty.isChecked(),
        )
        return self.filters.applied(wanted)

    def choose(self, definition: TableDefinition) -> None:
        """Choose a table; nothing is told."""
        filling, self._filling = self._filling, True
        _choose(self.rows, _data(definition.rows, definition.row_attribute))
        _choose(self.columns, _data(definition.columns, definition.column_attribute))
        if definition.code_ids is not None:
            _choose(self.codes, _PICKED)
            self.picked.choose(definition.code_ids)
        else:
            self._choose_level(definition)
        _choose(self.measure, definition.measure.value)
        self._choose_together(definition.turns_apart)
        self.attributes.setChecked(definition.attributes)
        self.hide_empty.setChecked(definition.hide_empty)
        for action in self.grouping.actions():
            if (action.data() or None) == definition.group_by:
                action.setChecked(True)
        self.filters.show_limits(definition)
        self._filling = filling
        self._enable()

    def swap(self) -> None:
        """Let rows and columns change places."""
        wanted = self.definition()
        self.choose(
            replace(
                wanted,
                rows=wanted.columns,
                row_attribute=wanted.column_attribute,
                columns=wanted.rows,
                column_attribute=wanted.row_attribute,
                group_by=None,
            )
        )
        self.changed.emit()

    # -- inside --------------------------------------------------------------------------------------------------

    def _make_menu(self) -> None:
        self.view_button = QToolButton()
        self.view_button.setText(self.tr("View") + "  ▾")
        self.view_button.setAccessibleName(self.tr("How the table is laid out"))
        self.view_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.view_button.setFocusPolicy(self.rows.focusPolicy())
        menu = QMenu(self.view_button)
        self.attributes = QAction(self.tr("Attributes beside the names"), menu)
        self.hide_empty = QAction(self.tr("Hide what is empty"), menu)
        for action, checked in ((self.attributes, True), (self.hide_empty, False)):
            action.setCheckable(True)
            action.setChecked(checked)
            action.toggled.connect(self._on_chosen)
            menu.addAction(action)
        self.group_menu = menu.addMenu(self.tr("Bring rows together by"))
        self.grouping = QActionGroup(self)
        self.grouping.triggered.connect(self._on_chosen)
        self.view_button.setMenu(menu)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        self._together_label = label(self.tr("Together"), "small")
        self._measure_label = label(self.tr("A cell tells"), "small")
        for words_, boxes in (
            (label(self.tr("Rows"), "small"), (self.rows,)),
            (label(self.tr("Columns"), "small"), (self.columns,)),
            (label(self.tr("Codes"), "small"), (self.codes, self.picked)),
            (self._measure_label, (self.measure,)),
            (self._together_label, (self.together,)),
        ):
            first.addWidget(words_)
            for box in boxes:
                first.addWidget(box)
            first.addSpacing(4)
        first.addWidget(self.swap_button)
        first.addWidget(self.view_button)
        first.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addWidget(self.filters)
        self._enable()

    def _levels(self, book: Codebook) -> list[tuple[str, str]]:
        depth = max((depth for depth, _ in book.walk(depth=1)), default=1)
        found = [(self.tr("top of the codebook"), "1:")]
        found += [(self.tr("level {number}").format(number=number), f"{number}:") for number in range(2, depth + 1)]
        found += [
            (self.tr("below {code}").format(code=book.path(code.id)), f"1:{code.id}")
            for _, code in book.walk()
            if book.children(code.id)
        ]
        return [*found, (self.tr("those ticked"), _PICKED)]

    def _offer_groups(self, attributes: list[tuple[str, str]]) -> None:
        self.group_menu.clear()
        for action in self.grouping.actions():
            self.grouping.removeAction(action)
            action.deleteLater()
        for name, data in ((self.tr("nothing"), ""), *attributes):
            action = QAction(name.replace("&", "&&"), self.group_menu)
            action.setData(data)
            action.setCheckable(True)
            action.setChecked(not data)
            self.grouping.addAction(action)
            self.group_menu.addAction(action)

    def _choose_level(self, definition: TableDefinition) -> None:
        data = f"{definition.level}:{definition.below or ''}"
        if self.codes.findData(data) < 0 and self._session is not None:
            book = self._session.codebook.all()
            text = self.tr("level {number}").format(number=definition.level)
            if definition.below in book and definition.below is not None:
                text = self.tr("{steps} steps below {code}").format(
                    steps=definition.level, code=book.path(definition.below)
                )
            self.codes.insertItem(self.codes.count() - 1, text, data)
        _choose(self.codes, data)

    def _choose_together(self, apart: int | None) -> None:
        if self.together.findData(str(apart)) < 0:
            self.together.addItem(self.tr("within {number} turns").format(number=apart), str(apart))
        _choose(self.together, str(apart))

    def _in_order(self, chosen: frozenset[str]) -> list[str]:
        book = self._session.codebook.all() if self._session else Codebook(())
        return [code.id for _, code in book.walk() if code.id in chosen]

    def _enable(self) -> None:
        """Show what makes a difference for the table that is chosen."""
        rows, columns = _axis(self.rows, TableAxis.CASES)[0], _axis(self.columns, TableAxis.CODES)[0]
        pairs = rows is columns is TableAxis.CODES
        for widget in (self.together, self._together_label):
            widget.setVisible(pairs)
        for widget in (self.measure, self._measure_label):
            widget.setVisible(not pairs)
        self.codes.setEnabled(bool({TableAxis.CODES, TableAxis.ACTORS} & {rows, columns}))
        self.picked.setVisible(self.codes.currentData() == _PICKED and self.codes.isEnabled())
        self.group_menu.setEnabled(rows in (TableAxis.CASES, TableAxis.DOCUMENTS, TableAxis.PARTICIPANTS))
        self.filters.enable(rows=rows, columns=columns)

    def _on_chosen(self) -> None:
        if not self._filling:
            self._enable()
            self.changed.emit()


def _axis(box: QComboBox, otherwise: TableAxis) -> tuple[TableAxis, str | None]:
    data = str(box.currentData() or otherwise.value)
    return (TableAxis.GROUPS, data.removeprefix(_GROUP)) if data.startswith(_GROUP) else (TableAxis(data), None)


def _data(axis: TableAxis, attribute_id: str | None) -> str:
    return f"{_GROUP}{attribute_id}" if axis is TableAxis.GROUPS else axis.value


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    box.clear()
    for text, data in entries:
        box.addItem(text, data)


def _choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(max(0, box.findData(data)))
