"""What is done to whole rows and columns of a grid: deleting, moving, defining attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from kamcoder.domain.case import Attribute, AttributeScope, AttributeType
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.cases.attribute_dialog import AttributeDialog
from kamcoder.gui.cases.confirm import Confirm
from kamcoder.gui.cases.grid import Grid
from kamcoder.gui.cases.tables import INITIATOR, NAME

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_MOST_NAMED = 8


class RowActs(QObject):
    """Acts on the rows and columns of a grid. Dialogs are children of `window` and never stop it."""

    failed = Signal(object)
    hinted = Signal(str)

    def __init__(self, window: QWidget, session: Callable[[], Session | None]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session

    # -- rows ----------------------------------------------------------------------------------------------------

    def ask_delete(self, grid: Grid) -> QDialog | None:
        """Ask whether the selected rows are to be deleted, saying what goes and what stays."""
        session, ids = self._session(), grid.selected_rows()
        if session is None:
            return None
        if not ids:
            self.hinted.emit(self.tr("Select the row to delete first."))
            return None
        table = grid.model_.table
        names = _listed([table.field(row_id, NAME) for row_id in ids])
        act: Callable[..., None]
        if table.scope is AttributeScope.CASE:
            told, act = self._case_impact(session, ids), session.cases.delete_many
            verb = self.tr("Delete case") if len(ids) == 1 else self.tr("Delete cases")
        else:
            told = [self.tr("Attributes and memos go too. What was said stays in the documents.")]
            act = session.cases.delete_participants
            verb = self.tr("Delete participant") if len(ids) == 1 else self.tr("Delete participants")
        dialog = Confirm(
            self.tr("Delete {names}?").format(names=names),
            [*told, self.tr("Undo brings everything back.")],
            verb,
            lambda: self._do(lambda: act(ids, initiator=INITIATOR)),
            self._window,
        )
        dialog.open()
        return dialog

    def move_row(self, grid: Grid, by: int) -> None:
        """Move the current case up or down."""
        session, row_id = self._session(), grid.current_row()
        if session is None or row_id is None:
            return
        model = grid.model_
        if not model.table.ordered:
            self.hinted.emit(self.tr("Participants have no order of their own; click a column to sort them."))
        elif model.filtered or model.sorted_by[0] >= 0:
            self.hinted.emit(
                self.tr(
                    "Rows are moved in their own order: clear the filter, and click the sorted column until its"
                    " arrow is gone."
                )
            )
        else:
            self._do(lambda: session.cases.move(row_id, by, initiator=INITIATOR))

    # -- columns -------------------------------------------------------------------------------------------------

    def ask_new(self, scope: AttributeScope) -> QDialog | None:
        """Ask for a new attribute."""
        session = self._session()
        if session is None:
            return None

        def take(name: str, kind: AttributeType, choices: list[str]) -> None:
            session.cases.add_attribute(name, kind, scope=scope, choices=choices, initiator=INITIATOR)

        title = self.tr("New attribute of cases")
        if scope is AttributeScope.PARTICIPANT:
            title = self.tr("New attribute of participants")
        dialog = AttributeDialog(title, self.tr("Add attribute"), take, parent=self._window)
        dialog.open()
        return dialog

    def ask_edit(self, grid: Grid) -> QDialog | None:
        """Show name, type and choices of the current column."""
        session, attribute = self._session(), self._attribute(grid)
        if session is None or attribute is None:
            return None

        def take(name: str, kind: AttributeType, choices: list[str]) -> None:
            session.cases.edit_attribute(attribute.id, name=name, kind=kind, choices=choices, initiator=INITIATOR)

        dialog = AttributeDialog(
            self.tr("Edit attribute"),
            self.tr("Change attribute"),
            take,
            attribute=attribute,
            found=grid.model_.table.found(attribute.id),
            parent=self._window,
        )
        dialog.open()
        return dialog

    def ask_delete_attribute(self, grid: Grid) -> QDialog | None:
        """Ask whether the current column is to be deleted with its values."""
        session, attribute = self._session(), self._attribute(grid)
        if session is None or attribute is None:
            return None
        dialog = Confirm(
            self.tr("Delete the attribute {name}?").format(name=attribute.name),
            [
                self.tr("Its values go too: {count}.").format(count=grid.model_.table.filled(attribute.id)),
                self.tr("Undo brings everything back."),
            ],
            self.tr("Delete attribute"),
            lambda: self._do(lambda: session.cases.delete_attribute(attribute.id, initiator=INITIATOR)),
            self._window,
        )
        dialog.open()
        return dialog

    def move_column(self, grid: Grid, by: int) -> None:
        """Move the current attribute to the left or right."""
        attribute = self._attribute(grid)
        if attribute is not None:
            self.move_attribute(grid, attribute.id, by)

    def move_attribute(self, grid: Grid, attribute_id: str, by: int) -> None:
        """Move an attribute by places."""
        session = self._session()
        if session is not None and attribute_id in {item.id for item in grid.model_.table.attributes}:
            self._do(lambda: session.cases.move_attribute(attribute_id, by, initiator=INITIATOR))

    # -- inside --------------------------------------------------------------------------------------------------

    def _attribute(self, grid: Grid) -> Attribute | None:
        index = grid.currentIndex()
        attribute = grid.model_.column(index.column()).attribute if index.isValid() else None
        if attribute is None:
            self.hinted.emit(self.tr("Go to the column of an attribute first."))
        return attribute

    def _case_impact(self, session: Session, ids: list[str]) -> list[str]:
        impact = session.cases.impact(ids)
        gone = (
            (self.tr("values: {count}"), impact.values),
            (self.tr("memos: {count}"), impact.memos),
            (self.tr("written summaries: {count}"), impact.summaries),
        )
        stay = (
            (self.tr("documents: {count}"), impact.documents),
            (self.tr("participants: {count}"), impact.participants),
        )
        told = []
        for words, counts in (
            (self.tr("These go too. {list}."), gone),
            (self.tr("These stay in the project, without the case. {list}."), stay),
        ):
            parts = [part.format(count=count) for part, count in counts if count]
            if parts:
                listed = ", ".join(parts)
                told.append(words.format(list=listed[0].upper() + listed[1:]))
        return told

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
