"""Looking at a sheet before it is taken in: which column becomes which attribute, and what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.case import AttributeScope, AttributeType
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.cases.tables import type_name
from kamcoder.gui.widgets.labels import label
from kamcoder.services.messages import sentence

if TYPE_CHECKING:
    from kamcoder.services.session import Session
    from kamcoder.services.sheet_plans import ColumnPlan, Sheet, SheetPlan

Index = QModelIndex | QPersistentModelIndex
_LEFT_OUT = "left out"
_MOST_PROBLEMS = 6
_MOST_SHOWN = 60
COLUMN, BECOMES, CHANGES, EXAMPLES = range(4)


class PlanModel(QAbstractTableModel):
    """The columns of a sheet; what a new one becomes can be changed. `decided` gives a header and type or None."""

    decided = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: SheetPlan | None = None

    def show_plan(self, plan: SheetPlan | None) -> None:
        """Show another plan."""
        same = plan is not None and self._plan is not None and self._plan.sheet is plan.sheet
        if same:
            self._plan = plan
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._plan = plan
        self.endResetModel()

    def column_plan(self, row: int) -> ColumnPlan:
        """Return what becomes of one column."""
        assert self._plan is not None  # without a plan there is no row
        return self._plan.columns[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns of the sheet."""
        return 0 if parent.isValid() or self._plan is None else len(self._plan.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of facts about each."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heads."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Column"), self.tr("Becomes"), self.tr("Changes"), self.tr("First values"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what a column becomes be changed, but for names and fields."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == BECOMES and not self.column_plan(index.row()).fixed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is known of a column."""
        if not index.isValid() or self._plan is None:
            return None
        column = self.column_plan(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if index.column() == COLUMN:
                return column.header
            if index.column() == BECOMES:
                return self._becomes(column)
            return self._changes(column) if index.column() == CHANGES else self._examples(column)
        if role == Qt.ItemDataRole.EditRole and index.column() == BECOMES:
            return column.attribute.type if column.attribute else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Decide what a column becomes."""
        if role != Qt.ItemDataRole.EditRole or index.column() != BECOMES:
            return False
        self.decided.emit(self.column_plan(index.row()).header, value)
        return True

    def _becomes(self, column: ColumnPlan) -> str:
        assert self._plan is not None  # asked for rows alone
        if column.header.casefold() == self._plan.key.casefold():
            return self.tr("the name")
        if column.fixed:
            return self.tr("{field} of the participant").format(field=column.header.casefold())
        if column.attribute is None:
            return self.tr("left out")
        kind = type_name(column.attribute.type)
        if column.new:
            return self.tr("new attribute: {type}").format(type=kind)
        return self.tr("attribute {name}: {type}").format(name=column.attribute.name, type=kind)

    def _changes(self, column: ColumnPlan) -> str:
        told = []
        if column.filled:
            told.append(self.tr("{count} filled").format(count=column.filled))
        if column.replaced:
            told.append(self.tr("{count} replaced").format(count=column.replaced))
        return ", ".join(told)

    def _examples(self, column: ColumnPlan) -> str:
        assert self._plan is not None  # asked for rows alone
        texts = dict.fromkeys(text for text in self._plan.sheet.column(column.header) if text.strip())
        return _shortened(", ".join(list(texts)[:5]))


class _KindDelegate(QStyledItemDelegate):
    """Offers the types of attributes, and leaving a column out."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list of types; for an attribute that is there only whether it is filled."""
        model = index.model()
        assert isinstance(model, PlanModel)
        column = model.column_plan(index.row())
        known = column.attribute if column.attribute is not None and not column.new else None
        box = QComboBox(parent)
        box.setAccessibleName(self.tr("What {column} becomes").format(column=column.header))
        for kind in [known.type] if known else AttributeType:
            box.addItem(type_name(kind), kind)
        box.addItem(self.tr("left out"), _LEFT_OUT)
        box.activated.connect(lambda: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what was decided."""
        if isinstance(editor, QComboBox):
            kind = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(max(0, editor.findData(_LEFT_OUT if kind is None else kind)))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Decide."""
        if isinstance(editor, QComboBox):
            kind = editor.currentData()
            model.setData(index, None if kind == _LEFT_OUT else AttributeType(kind), Qt.ItemDataRole.EditRole)


class SheetDialog(QDialog):
    """Shows what a sheet would do, lets it be corrected, and does it. `taken` gives the report."""

    taken = Signal(object)

    def __init__(
        self,
        session: Session,
        sheet: Sheet,
        scope: AttributeScope,
        *,
        title: str,
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._sheet = session, sheet
        self._kinds: dict[str, AttributeType | None] = {}
        self._plan: SheetPlan | None = None
        self.scope = QComboBox()
        self.scope.addItem(self.tr("cases"), AttributeScope.CASE)
        self.scope.addItem(self.tr("participants"), AttributeScope.PARTICIPANT)
        self.scope.setCurrentIndex(self.scope.findData(_guessed_scope(sheet, scope)))
        self.key = QComboBox()
        self.key.addItems(list(sheet.header))
        self.key.setCurrentIndex(self._guessed_key())
        self.model = PlanModel(self)
        self.table = QTableView()
        self.said = label("", wrap=True)
        self.problems = label("", wrap=True)
        self.problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QDialogButtonBox()
        self.accept_button = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("part", "primary")
        self.accept_button.setDefault(True)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.model.decided.connect(self._on_decided)
        self.scope.currentIndexChanged.connect(self._on_scope)
        self.key.currentIndexChanged.connect(self._show_plan)
        self._show_plan()

    def accept(self) -> None:
        """Take the sheet in, or say why not."""
        if self._plan is None or self._plan.problems:
            return
        try:
            report = self._session.sheets.take(self._plan)
        except KamCoderError as error:
            self._tell([sentence(error)])
            return
        super().accept()
        self.taken.emit(report)

    def _on_scope(self) -> None:
        self._kinds.clear()
        self.key.setCurrentIndex(self._guessed_key())
        self._show_plan()

    def _on_decided(self, header: str, kind: AttributeType | None) -> None:
        self._kinds[header] = kind
        self._show_plan()

    def _show_plan(self) -> None:
        scope = self.scope.currentData()
        try:
            self._plan = self._session.sheets.plan(
                self._sheet, AttributeScope(scope), key=self.key.currentText(), kinds=self._kinds
            )
        except KamCoderError as error:
            self._plan = None
            self._tell([sentence(error)])
        else:
            self.said.setText(_summary(self._plan))
            self._tell([_problem(problem.row, sentence(problem.error)) for problem in self._plan.problems])
        self.model.show_plan(self._plan)
        self.accept_button.setEnabled(self._plan is not None and not self._plan.problems)

    def _tell(self, sentences: list[str]) -> None:
        more = len(sentences) - _MOST_PROBLEMS
        lines = sentences[:_MOST_PROBLEMS]
        if more > 0:
            lines.append(self.tr("More of the kind: {count}.").format(count=more))
        if sentences and self._plan is not None:
            lines.append(self.tr("Make such a column text, leave it out, or correct the sheet."))
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(lines))

    def _guessed_key(self) -> int:
        wanted = str(AttributeScope(self.scope.currentData()).value)
        heads = [header.casefold() for header in self._sheet.header]
        return heads.index(wanted) if wanted in heads else 0

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegate(_KindDelegate(self.table))
        self.table.setAccessibleName(self.tr("Columns of the sheet and what they become"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, width in ((COLUMN, 160), (BECOMES, 230), (CHANGES, 130)):
            header.resizeSection(place, width)
        header.setSectionResizeMode(EXAMPLES, QHeaderView.ResizeMode.Stretch)
        fields = QGridLayout()
        fields.setHorizontalSpacing(8)
        for row, (words, box) in enumerate(
            ((self.tr("Each row is one of the"), self.scope), (self.tr("Their names stand in"), self.key))
        ):
            asked = label(words)
            asked.setBuddy(box)
            box.setAccessibleName(words)
            fields.addWidget(asked, row, 0)
            fields.addWidget(box, row, 1)
        fields.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addLayout(fields)
        layout.addWidget(self.table, 1)
        for widget in (self.said, self.problems, self.buttons):
            layout.addWidget(widget)
        self.resize(820, 520)


def _guessed_scope(sheet: Sheet, scope: AttributeScope) -> AttributeScope:
    heads = {header.casefold() for header in sheet.header}
    if AttributeScope.PARTICIPANT.value in heads:
        return AttributeScope.PARTICIPANT
    return scope


def _summary(plan: SheetPlan) -> str:
    tr = QCoreApplication.translate
    if plan.scope is AttributeScope.CASE:
        rows = tr("cases", "New cases: {new}. Known cases: {known}.")
    else:
        rows = tr("cases", "New participants: {new}. Known participants: {known}.")
    rest = tr("cases", "New attributes: {attributes}. Values filled: {filled}, replaced: {replaced}.")
    return f"{rows} {rest}".format(
        new=_counted(list(plan.new.values())),
        known=plan.known,
        attributes=_counted([attribute.name for attribute in plan.attributes]),
        filled=sum(column.filled for column in plan.columns),
        replaced=sum(column.replaced for column in plan.columns),
    )


def _counted(names: list[str]) -> str:
    return f"{len(names)} ({_shortened(', '.join(names))})" if names else "0"


def _problem(row: int, told: str) -> str:
    return QCoreApplication.translate("cases", "Row {row}: {sentence}").format(row=row, sentence=told)


def _shortened(text: str) -> str:
    single = " ".join(text.split())
    return single if len(single) <= _MOST_SHOWN else single[: _MOST_SHOWN - 1] + "…"
