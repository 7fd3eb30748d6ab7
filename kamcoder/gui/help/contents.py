"""The list beside a page of the guide: its contents, or what a search found."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from kamcoder.gui.help.pages import Guide
from kamcoder.gui.widgets.tree_model import Index, Node, TreeModel


def key_of(page: str, anchor: str) -> str:
    """Return the key of a row."""
    return f"{page}#{anchor}"


class ContentsModel(TreeModel):
    """Pages with their sections, or the sections that a search found. Keys are `page#section`."""

    def __init__(self, guide: Guide, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guide = guide
        self._excerpts: dict[str, str] = {}
        self.show_all()

    def show_all(self) -> None:
        """Show the whole contents."""
        root = Node("", None, None)
        self._excerpts = {}
        for page in self._guide.pages:
            head, *rest = page.sections
            node = root.add(key_of(page.key, head.anchor), page.title)
            for section in rest:
                node.add(key_of(page.key, section.anchor), section.title)
        self.replace(root)

    def search(self, query: str) -> int:
        """Show the sections that hold all words of a query, below their pages; return how many there are."""
        found = self._guide.find(query)
        self._excerpts = {key_of(section.page, section.anchor): text for section, text in found}
        root = Node("", None, None)
        nodes: dict[str, Node] = {}
        for section, _ in found:
            page = self._guide.page(section.page)
            head = page.sections[0]
            if section.page not in nodes:
                nodes[section.page] = root.add(key_of(page.key, head.anchor), page.title)
            if section is not head:
                nodes[section.page].add(key_of(section.page, section.anchor), section.title)
        self.replace(root)
        return len(found)

    def first_found(self) -> str:
        """Return the key of the first section that was found, empty if nothing was."""
        return next(iter(self._excerpts), "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a row; the words around the first hit as its tip."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.value
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._excerpts.get(node.key) or node.value
        return None
