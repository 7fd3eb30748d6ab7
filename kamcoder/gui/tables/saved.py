"""The tables saved by name: a button with a menu that opens, saves, renames and deletes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.saved_table import SavedTable
from kamcoder.gui.widgets.prompt import Prompt
from kamcoder.services.table_definition import TableAxis, TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

INITIATOR = "tables"


class SavedTables(QToolButton):
    """Names the saved table that is shown. `opened` gives a definition and notices of what is gone from it.

    `acted` tells of an act that is worth a toast with Undo.
    """

    opened = Signal(object, tuple)
    acted = Signal(str)
    hinted = Signal(str)
    failed = Signal(object)

    def __init__(self, wanted: Callable[[], TableDefinition], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._session: Session | None = None
        self._current = ""
        self._shown: TableDefinition | None = None
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self.tell()

    def load(self, session: Session | None) -> None:
        """Offer the tables of a project; none of them is open."""
        self._session, self._current, self._shown = session, "", None
        self.tell()

    @property
    def current_id(self) -> str:
        """Return the id of the saved table that was opened last, empty if none was."""
        return self._current

    @property
    def current(self) -> SavedTable | None:
        """Return the saved table that is open, if it is still there."""
        tables = self._session.saved_tables.all() if self._session else []
        return next((table for table in tables if table.id == self._current), None)

    def recall(self, table_id: str) -> None:
        """Name the saved table that was open the last time, if it is still there; what is chosen stays."""
        self._current = table_id
        table = self.current
        if table is not None and self._session is not None:
            try:
                self._shown = self._session.saved_tables.definition(table)[0]
            except KamCoderError:
                self._current = ""  # damaged: to be told when it is opened, not when the window is
        self.tell()

    @property
    def changed(self) -> bool:
        """Tell whether what is chosen differs from what was saved."""
        return self._shown is not None and self._wanted() != self._shown

    def tell(self) -> None:
        """Say which table is open, and whether it was changed."""
        table = self.current
        if table is None:
            said = self.tr("Saved tables")
        elif self.changed:
            said = self.tr("{name} (changed)").format(name=table.name)
        else:
            said = table.name
        self.setText(f"{said if len(said) <= 40 else said[:39] + '…'}  ▾".replace("&", "&&"))
        self.setAccessibleName(self.tr("Saved tables") + (f": {said}" if table else ""))
        self.setToolTip(said if table else self.tr("Open a saved table, or save this one"))

    # -- acts ----------------------------------------------------------------------------------------------------

    def open(self, table_id: str) -> None:
        """Open a saved table."""
        if self._session is None:
            return
        try:
            table = self._session.saved_tables.find(table_id)
            definition, notices = self._session.saved_tables.definition(table)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self._current, self._shown = table.id, definition
        self.opened.emit(definition, notices)
        self.tell()

    def save(self) -> Prompt | None:
        """Save what is chosen under the name that is open; ask for a name if none is."""
        table = self.current
        if table is None or self._session is None:
            return self.ask_name()
        try:
            self._session.saved_tables.change(table.id, self._wanted(), initiator=INITIATOR)
        except KamCoderError as error:
            self.failed.emit(error)
            return None
        self._shown = self._wanted()
        self.tell()
        self.hinted.emit(self.tr("Saved: {name}.").format(name=table.name))
        return None

    def ask_name(self) -> Prompt | None:
        """Ask for a new name and save what is chosen under it."""
        if self._session is None:
            return None
        prompt = Prompt(self.tr("Save the table"), self.tr("Name of the table"), self.tr("Save"), self._save_as, self)
        prompt.open()
        return prompt

    def ask_rename(self) -> Prompt | None:
        """Ask for another name for the table that is open."""
        table = self.current
        if table is None:
            return None
        prompt = Prompt(
            self.tr("Rename the table"), self.tr("Name of the table"), self.tr("Rename"), self._rename, self
        )
        prompt.edit.setText(table.name)
        prompt.edit.selectAll()
        prompt.open()
        return prompt

    def delete(self) -> None:
        """Delete the saved table that is open; what is shown stays."""
        table = self.current
        if table is None or self._session is None:
            return
        try:
            self._session.saved_tables.delete(table.id, initiator=INITIATOR)
        except KamCoderError as error:
            self.failed.emit(error)
            return
        self.tell()
        self.acted.emit(self.tr("Deleted the saved table {name}.").format(name=table.name))

    # -- inside --------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Make the menu of what is saved now."""
        self._menu.clear()
        current, session = self.current, self._session
        for table in session.saved_tables.all() if session else []:
            action = self._add(table.name.replace("&", "&&"), lambda _=False, key=table.id: self.open(key))
            action.setCheckable(True)
            action.setChecked(current is not None and table.id == current.id)
        self._menu.addSeparator()
        ready = self._menu.addMenu(self.tr("Ready tables"))
        for text, definition in self._ready():
            action = ready.addAction(text)
            action.triggered.connect(lambda _=False, wanted=definition: self.open_ready(wanted))
        self._menu.addSeparator()
        for text, act, possible in (
            (self.tr("Save"), self.save, current is None or self.changed),
            (self.tr("Save as…"), self.ask_name, session is not None),
            (self.tr("Rename…"), self.ask_rename, current is not None),
            (self.tr("Delete"), self.delete, current is not None),
        ):
            self._add(text, lambda _=False, act=act: act()).setEnabled(possible)

    def _ready(self) -> list[tuple[str, TableDefinition]]:
        from kamcoder.services.actor_tables import involvement

        found = [
            (self.tr("Cases × codes"), TableDefinition()),
            (self.tr("Which codes stand together"), TableDefinition(rows=TableAxis.CODES, level=2)),
            (self.tr("Codes × coders"), TableDefinition(rows=TableAxis.CODES, columns=TableAxis.CODERS, level=2)),
        ]
        if self._session is not None:
            book = self._session.codebook.all()
            found.append((self.tr("Who is involved, how, in which cases"), involvement(book)))
        return found

    def open_ready(self, definition: TableDefinition) -> None:
        """Show a table that is not one of those saved."""
        self._current, self._shown = "", None
        self.opened.emit(definition, ())
        self.tell()

    def _add(self, text: str, act: Callable[..., object]) -> QAction:
        action = self._menu.addAction(text)
        action.triggered.connect(act)
        return action

    def _save_as(self, name: str) -> None:
        if self._session is not None:
            table = self._session.saved_tables.save(name, self._wanted(), initiator=INITIATOR)
            self._current, self._shown = table.id, self._wanted()
            self.tell()

    def _rename(self, name: str) -> None:
        table = self.current
        if table is not None and self._session is not None:
            self._session.saved_tables.rename(table.id, name, initiator=INITIATOR)
            self.tell()
