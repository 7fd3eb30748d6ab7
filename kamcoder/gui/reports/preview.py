"""The beginning of what would be handed out, to be read before it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from kamcoder.gui.widgets.labels import label


class Preview(QWidget):
    """Shows text that was made elsewhere; it follows no link and fetches nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = _Text()
        self.text.setAccessibleName(self.tr("Preview"))
        self.more = label(self.tr("This is the beginning; the file has all of it."), "small")
        self.more.setContentsMargins(24, 4, 24, 8)
        self.more.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.more)
        self.setFocusProxy(self.text)

    def show_markdown(self, markdown: str, *, more: bool) -> None:
        """Show the beginning of a text, and whether there is more."""
        self.text.setMarkdown(markdown)
        self.more.setVisible(more)


class _Text(QTextBrowser):
    """A browser that opens nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(24)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Fetch nothing: what is shown was written by others."""
        return None
