"""The turns of a file, paragraph by paragraph; the first of each turn has speaker, time and guide question."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamcoder.domain.document import TurnKind
from kamcoder.domain.transcript import Transcript, TurnDraft
from kamcoder.gui.importing import words

Index = QModelIndex | QPersistentModelIndex
# A paragraph longer than this is shown in pieces, so that no row takes long to lay out; the text itself stays whole.
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of a turn: [start, end) of the transcript's text; `first` tells that the turn begins with it."""

    turn: TurnDraft
    start: int
    end: int
    first: bool


class TurnsModel(QAbstractListModel):
    """The paragraphs of a transcript."""

    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._transcript = Transcript("", (), ())
        self._rows: list[Row] = []

    def show(self, transcript: Transcript | None) -> None:
        """Show a transcript; none for None."""
        self.beginResetModel()
        self._transcript = transcript or Transcript("", (), ())
        self._rows = rows_of(self._transcript)
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return the piece of a turn in a row."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_at(self, position: int) -> int:
        """Return the number of the row that holds a position of the text, or is the nearest before it."""
        low, high = 0, len(self._rows)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._rows[middle].start <= position else (low, middle)
        return max(0, low - 1)

    def first_of(self, speaker: str) -> QModelIndex:
        """Return the first turn of a speaker."""
        for number, row in enumerate(self._rows):
            if row.turn.speaker == speaker:
                return self.index(number)
        return QModelIndex()

    def text(self, row: Row) -> str:
        """Return the words of a row."""
        return self._transcript.text[row.start : row.end]

    def particulars(self, row: Row) -> str:
        """Return time and guide question of the turn that begins with a row."""
        if not row.first:
            return ""
        time = "" if row.turn.time is None else words.clock(row.turn.time)
        return "  ".join(part for part in (time, row.turn.guide_question) if part)

    def speaker(self, row: Row) -> str:
        """Return who speaks in the turn that begins with a row."""
        return (row.turn.speaker or "") if row.first else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of pieces."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self.tr("question") if row.turn.kind is TurnKind.QUESTION and row.first else ""
            return ", ".join(part for part in (self.speaker(row), self.particulars(row), kind, self.text(row)) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.speaker(row) or None
        return row if role == self.RowRole else None


def rows_of(transcript: Transcript) -> list[Row]:
    """Return the pieces of all turns; together they hold every paragraph."""
    rows: list[Row] = []
    text = transcript.text
    for turn in transcript.turns:
        start, first = turn.start, True
        while start < turn.end:
            end = text.find("\n", start, turn.end)
            end = turn.end if end < 0 else end
            stop = _stop(text, start, end)
            rows.append(Row(turn, start, stop, first))
            # The line end, or the space at which a long paragraph was cut, belongs to no piece.
            start, first = stop + 1 if stop == end or text[stop] == " " else stop, False
    return rows


def _stop(text: str, start: int, end: int) -> int:
    if end - start <= _LONGEST:
        return end
    space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
    return space if space > 0 else start + _LONGEST
