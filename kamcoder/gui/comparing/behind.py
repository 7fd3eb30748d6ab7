"""Beside the table: what a number means, and the passages behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from kamcoder.gui.comparing.items import Index, Item, ItemDelegate, ItemsModel
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services.agreement_comparison import Comparison

if TYPE_CHECKING:
    from kamcoder.services.session import Session


class BehindPane(QWidget):
    """Says what a cell tells and lists its passages; Enter or a double click asks for the text at one of them."""

    item_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._title = ElidedLabel()
        self._title.setProperty("part", "strong")
        self.meaning = label("", "muted", wrap=True)
        self.count = label("", "small", wrap=True)
        self.model = ItemsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ItemDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Passages behind the number"))
        self.list.activated.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 10, 10)
        layout.setSpacing(6)
        for widget in (self._title, self.meaning, self.count):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self.setMinimumWidth(220)
        self.show_nothing()

    @property
    def title(self) -> str:
        """Return what the passages are of."""
        return self._title.text()

    def load(self, session: Session | None) -> None:
        """Read texts from another project."""
        self._session = session
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how a list comes here."""
        self.model.load((), None, self._text)
        self._title.setText(self.tr("Passages"))
        self.meaning.setText(self.tr("Choose a number to read what it means and the passages behind it."))
        self.count.setText("")

    def begin(self, title: str, meaning: str) -> None:
        """Say what a number means; its passages follow."""
        self._title.setText(title)
        self.meaning.setText(meaning)
        self.meaning.setVisible(bool(meaning))
        self.tell_looking()
        self.model.load((), None, self._text)

    def tell_looking(self) -> None:
        """Say that the passages are being looked for."""
        self.count.setText(self.tr("Looking for the passages…"))

    def promise(self, count: int) -> None:
        """Say that there are so many passages that they are listed only when asked for."""
        self.count.setText(self.tr("About {count} passages. Enter lists them.").format(count=f"{count:,}"))

    def show_items(self, items: Sequence[Item], comparison: Comparison) -> None:
        """List the passages of a comparison."""
        self.model.load(items, comparison, self._text)
        if not items:
            self.count.setText(self.tr("No passages here."))
            return
        text = (
            self.tr("1 passage. Enter shows it in the text.")
            if len(items) == 1
            else self.tr("{count} passages. Enter shows one in the text.")
        )
        self.count.setText(text.format(count=f"{len(items):,}"))

    def _text(self, document_id: str) -> str:
        return self._session.documents.text(document_id) if self._session else ""

    def _on_activated(self, index: Index) -> None:
        item: Item = self.model.items[index.row()]
        self.item_chosen.emit(item)
