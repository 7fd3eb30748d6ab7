"""What limits the passages shown: ticks by code, case, participant, coder and attribute, words, and whose they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamcoder.domain.project import natural_key
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.gui.widgets.labels import label
from kamcoder.services.passages import CodingLine, Facet, PassageBook, PassageFilter

if TYPE_CHECKING:
    from collections import Counter


class PassageFilters(QWidget):
    """A line of words and grouping, and a line of lists to tick. `changed`: filter; `grouped`: only the grouping."""

    changed = Signal()
    typed = Signal()
    grouped = Signal()
    everyone_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: PassageBook | None = None
        self._lines: Callable[[], list[CodingLine]] = list
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Words in the passage"))
        self.text.setAccessibleName(self.tr("Words in the passage"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self.typed)
        self.groups = QComboBox()
        self.groups.setAccessibleName(self.tr("Group passages by"))
        for facet, text in (
            (Facet.CODE, self.tr("by code")),
            (Facet.CASE, self.tr("by case")),
            (Facet.DOCUMENT, self.tr("by document")),
            (Facet.CODER, self.tr("by coder")),
        ):
            self.groups.addItem(text, facet)
        self.groups.currentIndexChanged.connect(self.grouped)
        self.everyone = QCheckBox(self.tr("Everyone’s"))
        self.everyone.setToolTip(self.tr("Show the passages of all coders, not only of who codes now"))
        self.everyone.toggled.connect(self.everyone_changed)
        self.buttons = {
            Facet.CODE: CheckListButton(self.tr("Code")),
            Facet.CASE: CheckListButton(self.tr("Case")),
            Facet.DOCUMENT: CheckListButton(self.tr("Document")),
            Facet.PARTICIPANT: CheckListButton(self.tr("Participant")),
            Facet.ATTRIBUTE: CheckListButton(self.tr("Attribute")),
            Facet.CODER: CheckListButton(self.tr("Coder")),
        }
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.text, 1)
        first.addWidget(label(self.tr("Grouped"), "small"))
        first.addWidget(self.groups)
        first.addWidget(self.everyone)
        second.setSpacing(2)
        for facet, button in self.buttons.items():
            second.addWidget(button)
            button.changed.connect(self.changed)
            button.opening.connect(lambda facet=facet: self._count(facet))
        second.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(second)

    @property
    def group(self) -> Facet:
        """Return by what passages are grouped."""
        return Facet(self.groups.currentData())

    def offer(self, book: PassageBook | None, lines: Callable[[], list[CodingLine]], *, alone: bool) -> None:
        """Offer what is in a book; `lines` gives all passages that may be seen, `alone` that only one coder codes."""
        self._book, self._lines = book, lines
        for facet, button in self.buttons.items():
            entries = self._entries(facet, None) if book else []
            button.offer(entries)
            button.setVisible(len(entries) > 0 and not (facet is Facet.CODER and not self.everyone.isChecked()))
        self.everyone.setVisible(not alone)

    def wanted(self, *, besides: Facet | None = None) -> PassageFilter:
        """Return the filter, on wish without the ticks of one list."""
        chosen = {
            facet: (button.chosen or None) if facet is not besides else None for facet, button in self.buttons.items()
        }
        codes = chosen[Facet.CODE]
        if codes and self._book:
            codes = frozenset().union(*(self._book.codebook.subtree(code_id) for code_id in codes))
        return PassageFilter(
            code_ids=codes,
            document_ids=chosen[Facet.DOCUMENT],
            case_ids=chosen[Facet.CASE],
            coder_ids=chosen[Facet.CODER],
            participant_ids=chosen[Facet.PARTICIPANT],
            values=chosen[Facet.ATTRIBUTE],
            text=self.text.text(),
        )

    def clear(self) -> None:
        """Take all limits away."""
        self.blockSignals(True)
        self.text.clear()
        for button in self.buttons.values():
            button.choose(())
        self.blockSignals(False)
        self.changed.emit()

    def only(self, facet: Facet, key: str) -> None:
        """Limit to one thing and to nothing else."""
        self.blockSignals(True)
        self.text.clear()
        for other, button in self.buttons.items():
            button.choose((key,) if other is facet else ())
        self.blockSignals(False)
        self.changed.emit()

    def limiting(self) -> bool:
        """Tell whether anything is filtered out."""
        return bool(self.text.text().strip()) or any(button.chosen for button in self.buttons.values())

    def _count(self, facet: Facet) -> None:
        """Count what falls under each entry of a list that is about to open, under all the other limits."""
        if self._book is not None:
            lines = self._book.choose(self._lines(), self.wanted(besides=facet))
            self.buttons[facet].offer(self._entries(facet, self._book.counts(lines, facet)))

    def _entries(self, facet: Facet, counts: Counter | None) -> list[Entry]:
        book = self._book
        if book is None:
            return []

        def told(key: object) -> int | None:
            return None if counts is None else counts[key]

        if facet is Facet.CODE:
            return [
                Entry(code.id, code.name, told(code.id), code.colour, depth) for depth, code in book.codebook.walk()
            ]
        if facet is Facet.ATTRIBUTE:
            return [
                Entry(key, f"{book.attributes[key[0]].name}: {key[1]}", told(key))
                for key in sorted(
                    book.values(), key=lambda key: (book.attributes[key[0]].position, natural_key(key[1]))
                )
            ]
        names = {
            Facet.CASE: book.cases,
            Facet.DOCUMENT: book.documents,
            Facet.PARTICIPANT: book.participants,
            Facet.CODER: book.coders,
        }[facet]
        return [Entry(key, name, told(key)) for key, name in names.items()]
