"""Roles with the words they are known by: a tree that is filtered by what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel

from kamcoder.domain.actor import ActorRole, Wording

WORDS, WHERE, FOUND = range(3)
_WORDING = Qt.ItemDataRole.UserRole + 1
_ROLE = Qt.ItemDataRole.UserRole + 2


class WordingTree(QSortFilterProxyModel):
    """Each role with its wordings below; a wording's tick tells whether it is looked for."""

    switched = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(0, 3, self)
        self._items.setHorizontalHeaderLabels([self.tr("Words"), self.tr("Where"), self.tr("How")])
        self._items.itemChanged.connect(self._on_changed)
        self._filling = False
        self.setSourceModel(self._items)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def load(
        self, roles: Sequence[ActorRole], wordings: Iterable[Wording], documents: Mapping[str, str], own: set[Wording]
    ) -> None:
        """Show roles and wordings; `documents` are names by id, `own` the wordings that did not ship."""
        by_role: dict[str, list[Wording]] = {role.id: [] for role in roles}
        for wording in wordings:
            by_role.setdefault(wording.role_id, []).append(wording)
        self._filling = True
        self._items.removeRows(0, self._items.rowCount())
        strong = QFont()
        strong.setBold(True)
        for role in roles:
            head = _item(role.name)
            head.setFont(strong)
            head.setData(role.id, _ROLE)
            for wording in sorted(by_role[role.id], key=lambda item: item not in own):
                head.appendRow(self._row(wording, documents, own=wording in own))
            self._items.appendRow([head, _item(""), _item("")])
        self._filling = False

    def wording(self, index: QModelIndex) -> Wording | None:
        """Return the wording of a row, None for a role."""
        return cast("Wording | None", index.siblingAtColumn(WORDS).data(_WORDING)) if index.isValid() else None

    def role(self, index: QModelIndex) -> str:
        """Return the role of a row."""
        wording = self.wording(index)
        return wording.role_id if wording else str(index.siblingAtColumn(WORDS).data(_ROLE) or "")

    def find(self, role_id: str, text: str = "", document_id: str | None = None) -> QModelIndex:
        """Return the row of a wording, or of a role."""
        for row in range(self.rowCount()):
            head = self.index(row, 0)
            if self.role(head) != role_id:
                continue
            for below in range(self.rowCount(head)):
                index = self.index(below, 0, head)
                wording = self.wording(index)
                if wording is not None and (wording.text, wording.document_id) == (text, document_id):
                    return index
            return head
        return QModelIndex()

    def _row(self, wording: Wording, documents: Mapping[str, str], *, own: bool) -> list[QStandardItem]:
        words = _item(wording.text)
        words.setCheckable(True)
        words.setCheckState(Qt.CheckState.Checked if wording.enabled else Qt.CheckState.Unchecked)
        words.setData(wording, _WORDING)
        where = documents.get(wording.document_id or "", "") or self.tr("everywhere")
        how = self.tr("only as written") if wording.exact else self.tr("in any case")
        return [words, _item(where), _item(self.tr("{how}, your own").format(how=how) if own else how)]

    def _on_changed(self, item: QStandardItem) -> None:
        wording = item.data(_WORDING)
        if not self._filling and isinstance(wording, Wording):
            enabled = item.checkState() is Qt.CheckState.Checked
            if enabled is not wording.enabled:
                self.switched.emit(wording, enabled)


def _item(text: str) -> QStandardItem:
    made = QStandardItem(text)
    made.setEditable(False)
    return made
