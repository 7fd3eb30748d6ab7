"""What is carried by the mouse between the reader and the codebook: codes, or the selected text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent

from kamcoder.domain.document import TextSpan
from kamcoder.gui.codebook.model import CODE_MIME, SPAN_MIME

if TYPE_CHECKING:
    from kamcoder.gui.reader.view import ReaderView

_CARRIED = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Landing(QObject):
    """Lets codes be dropped on the selected text of a view or on a coded passage; they stay in the codebook as well.

    What they would be put on is lit while they are over it, and selected when they are dropped.
    """

    codes_dropped = Signal(list)

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self._view = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer what is dragged over the view."""
        view = self._view
        if event.type() is QEvent.Type.DragLeave:
            view.hover("")
            return True
        if event.type() not in _CARRIED or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        codes, point = codes_of(event.mimeData()), event.position().toPoint()
        selected = view.in_selection(point)
        mark = None if selected or not codes else view.mark_at(point)
        fits = selected or mark is not None
        if event.type() is QEvent.Type.DragEnter:  # it may yet be moved over such a place
            fits = view.textCursor().hasSelection() or len(view.marks) > 0
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(fits and bool(codes))
        dropped = event.type() is QEvent.Type.Drop
        view.hover(mark.id if mark is not None and not dropped else "")
        if dropped and event.isAccepted():
            if mark is not None:
                view.select(mark.coding.span)
            view.setFocus(Qt.FocusReason.MouseFocusReason)  # the letters that code go on from here
            self.codes_dropped.emit(codes)
        return True


def codes_of(data: QMimeData) -> list[str]:
    """Return the ids of the codes that are carried."""
    return bytes(data.data(CODE_MIME).data()).decode("utf-8", "replace").split() if data.hasFormat(CODE_MIME) else []


def put_span(data: QMimeData, span: TextSpan) -> None:
    """Carry a span: `start end` in code points of the document that is read."""
    data.setData(SPAN_MIME, QByteArray(f"{span.start} {span.end}".encode()))
