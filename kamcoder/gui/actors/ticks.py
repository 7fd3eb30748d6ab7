"""All actors with ticks, as they stand at one or several passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamcoder.gui.actors import words
from kamcoder.services.actors import ActorSource, PassageActor

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Row:
    actor: str
    name: str
    state: Qt.CheckState
    why: str


class ActorTicks(QAbstractListModel):
    """Actors that fit what is typed: those of the passages first. A tick says that an actor is there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[_Row] = []
        self._shown: list[_Row] = []
        self._typed = ""

    def load(self, names: Mapping[str, str], passages: Sequence[Sequence[PassageActor]]) -> None:
        """Take over all actors by name and, of each passage, those that stand there."""
        standing: dict[str, list[PassageActor]] = {}
        for actors in passages:
            for item in actors:
                standing.setdefault(item.actor, []).append(item)
        rows = [
            _row(actor, name, standing.get(actor, []), len(passages))
            for actor, name in {**names, **{key: found[0].name for key, found in standing.items()}}.items()
        ]
        # While the dialog is open rows keep their places: a tick must not make them jump.
        known = {row.actor: place for place, row in enumerate(self._all)}
        rows.sort(key=lambda row: known.get(row.actor, 0) if known else row.actor not in standing)
        self._all = rows
        if [row.actor for row in self._fitting()] == [row.actor for row in self._shown] and self._shown:
            self._shown = self._fitting()
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        else:
            self.find(self._typed)

    def find(self, typed: str) -> None:
        """Show the actors whose names hold all that is typed."""
        self.beginResetModel()
        self._typed = typed
        self._shown = self._fitting()
        self.endResetModel()

    def actor(self, index: Index) -> str:
        """Return the actor of a row."""
        return self._shown[index.row()].actor

    def present(self, index: Index) -> bool:
        """Tell whether the actor of a row stands at every passage."""
        return self._shown[index.row()].state is Qt.CheckState.Checked

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many actors fit."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name and reason, or the tick."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name}   {row.why}".rstrip()
        if role == Qt.ItemDataRole.CheckStateRole:
            return row.state
        return None

    def _fitting(self) -> list[_Row]:
        wanted = self._typed.casefold().split()
        return [row for row in self._all if all(word in row.name.casefold() for word in wanted)]


def _row(actor: str, name: str, found: Sequence[PassageActor], passages: int) -> _Row:
    there = [item for item in found if item.source is not ActorSource.REMOVED]
    state = Qt.CheckState.Unchecked
    if there:
        state = Qt.CheckState.Checked if len(there) == passages else Qt.CheckState.PartiallyChecked
    why = words.source(found[0]) if passages == 1 and found else ""
    return _Row(actor, name, state, why)
