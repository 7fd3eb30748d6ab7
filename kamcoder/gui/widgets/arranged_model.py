"""A tree that can show only what fits some words, and what stands below one row in another order."""

from abc import abstractmethod
from enum import StrEnum

from PySide6.QtCore import QObject

from kamcoder.gui.widgets.tree_model import TreeModel


class ArrangedModel(TreeModel):
    """Subclasses read `_filter` and `_order` in `_arrange`, which makes the tree anew."""

    def __init__(self, order: StrEnum, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self._filter: tuple[str, ...] = ()

    @property
    def order(self) -> StrEnum:
        """Return by what the rows below one parent are sorted."""
        return self._order

    def order_by(self, order: StrEnum) -> None:
        """Sort the rows below each parent otherwise; only the view of them changes."""
        if order is not self._order:
            self._order = order
            self._arrange()

    @property
    def filtered(self) -> bool:
        """Tell whether only what fits some words is shown."""
        return bool(self._filter)

    def filter(self, typed: str) -> None:
        """Show only what has all words of a text, and what stands above it."""
        words = tuple(typed.casefold().split())
        if words != self._filter:
            self._filter = words
            self._arrange()

    @abstractmethod
    def _arrange(self) -> None:
        """Make the tree anew, with what fits the filter, in the order that is wanted."""
