"""What is compared, chosen in one line: coders, documents, cases, codes, the unit, and what counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from kamcoder.analysis.agreement.kinds import Unit, UnitRule
from kamcoder.domain.codebook import Codebook
from kamcoder.domain.coding import CoderKind, Origin
from kamcoder.domain.project import natural_key
from kamcoder.gui.comparing import words
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.services.agreement_shapes import CompareScope

if TYPE_CHECKING:
    from kamcoder.services.session import Session

RESAMPLES = 1000


class ScopeBar(QWidget):
    """Choices that make a CompareScope. `changed` tells of another scope, `unused_toggled` of what rows are shown."""

    changed = Signal()
    unused_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = Codebook(())
        self._filling = False
        self.coders = CheckListButton(self.tr("Coders"))
        self.documents = CheckListButton(self.tr("Documents"))
        self.cases = CheckListButton(self.tr("Cases"))
        self.codes = CheckListButton(self.tr("Codes"))
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("Unit of counting"))
        self.unit.setToolTip(self.tr("What is counted as marked or not: every character, or whole sentences and more"))
        self.unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for unit in Unit:
            self.unit.addItem(self.tr("in {units}").format(units=words.unit(unit)), unit.value)
        self.unit.currentIndexChanged.connect(self._on_changed)
        self.counts = QToolButton()
        self.counts.setText(self.tr("What counts") + "  ▾")
        self.counts.setAccessibleName(self.tr("What counts"))
        self.counts.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.counts.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu = QMenu(self)
        self.counts.setMenu(self.menu)
        self._fill_menu()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.coders, self.documents, self.cases, self.codes):
            row.addWidget(button)
            button.changed.connect(self._on_changed)
        row.addSpacing(6)
        row.addWidget(self.unit)
        row.addSpacing(6)
        row.addWidget(self.counts)
        row.addStretch()

    @property
    def book(self) -> Codebook:
        """Return the codebook that is offered."""
        return self._book

    def offer(self, session: Session | None) -> None:
        """Offer what is in a project, keeping what is chosen where it still exists."""
        self._filling = True
        self._book = session.codebook.all() if session else Codebook(())
        coders = session.coders.all() if session else []
        documents = sorted(session.documents.all(), key=lambda one: natural_key(one.name)) if session else []
        cases = session.cases.all() if session else []
        coders = sorted(coders, key=lambda coder: (coder.kind is CoderKind.CONSENSUS, natural_key(coder.name)))
        self.coders.offer([Entry(coder.id, coder.name) for coder in coders])
        self.documents.offer([Entry(document.id, document.name) for document in documents])
        self.cases.offer([Entry(case.id, case.name) for case in cases])
        self.cases.setVisible(bool(cases))
        self.codes.offer(
            [
                Entry(code.id, code.name, None, code.colour, depth, self._book.path(code.id))
                for depth, code in self._book.walk()
            ]
        )
        self._filling = False

    def scope(self, *, hidden: Sequence[str] = ()) -> CompareScope:
        """Return what is chosen; `hidden` documents are left out."""
        documents: frozenset[str] | None = self.documents.chosen or None
        if hidden:
            everything = documents or {str(entry) for entry in self._keys(self.documents)}
            documents = frozenset(everything) - frozenset(hidden)
        codes = self.codes.chosen
        return CompareScope(
            coder_ids=tuple(key for key in self._keys(self.coders) if key in self.coders.chosen) or None,
            document_ids=documents,
            case_ids=self.cases.chosen or None,
            code_ids=tuple(code.id for _, code in self._book.walk() if code.id in codes) or None,
            children=self.subtrees.isChecked(),
            unit=Unit(self.unit.currentData()),
            rule=UnitRule.ANY_OVERLAP if self.any_overlap.isChecked() else UnitRule.HALF_OR_INSIDE,
            interviewers=self.interviewers.isChecked(),
            trim=self.trim.isChecked(),
            snap=self.snap.isChecked(),
            origins=None if self.suggested.isChecked() else frozenset(Origin) - {Origin.SUGGESTION},
            resamples=RESAMPLES if self.intervals.isChecked() else 0,
        )

    def remembered(self) -> dict[str, list[str]]:
        """Return what is chosen, as plain words."""
        chosen = {name: [key for key in self._keys(box) if key in box.chosen] for name, box in self._boxes().items()}
        ticks = [name for name, action in self._ticks().items() if action.isChecked()]
        return {**chosen, "unit": [self.unit.currentData()], "ticks": ticks}

    def recall(self, chosen: dict[str, list[str]]) -> None:
        """Choose what was chosen, as far as it is still there."""
        self._filling = True
        for name, box in self._boxes().items():
            box.choose(set(self._keys(box)) & set(chosen.get(name, ())))
        self.unit.setCurrentIndex(max(0, self.unit.findData((chosen.get("unit") or [""])[0])))
        for name, action in self._ticks().items():
            action.setChecked(name in chosen.get("ticks", ()))
        self._filling = False

    # -- inside --------------------------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self.menu.setToolTipsVisible(True)
        self.interviewers = self._tick(self.tr("Interviewers’ words too"))
        self.trim = self._tick(self.tr("White space at the ends left out"), on=True)
        self.snap = self._tick(self.tr("Words taken whole where a coding cuts one"))
        self.menu.addSeparator()
        self.subtrees = self._tick(self.tr("A code takes in the codes below it"), on=True)
        self.suggested = self._tick(self.tr("Codings taken from suggestions too"), on=True)
        self.menu.addSeparator()
        rules = QActionGroup(self.menu)
        self.half = self._tick(
            self.tr("Longer units are marked from half on, or by a coding inside"), on=True, group=rules
        )
        self.any_overlap = self._tick(self.tr("Longer units are marked by any coding that touches them"), group=rules)
        self.menu.addSeparator()
        self.intervals = self._tick(self.tr("Show intervals from 1,000 draws of documents"))
        self.unused = QAction(self.tr("Show codes that nobody used"), self.menu)
        self.unused.setCheckable(True)
        self.unused.setChecked(True)
        self.unused.toggled.connect(self.unused_toggled)
        self.menu.addAction(self.unused)

    def _boxes(self) -> dict[str, CheckListButton]:
        return {"coders": self.coders, "documents": self.documents, "cases": self.cases, "codes": self.codes}

    def _ticks(self) -> dict[str, QAction]:
        names = ("interviewers", "trim", "snap", "subtrees", "suggested", "half", "any_overlap", "intervals", "unused")
        return {name: getattr(self, name) for name in names}

    def _tick(self, text: str, *, on: bool = False, group: QActionGroup | None = None) -> QAction:
        action = QAction(text, self.menu)
        action.setCheckable(True)
        if group is not None:
            group.addAction(action)
        action.setChecked(on)
        action.toggled.connect(self._on_changed)
        self.menu.addAction(action)
        return action

    def _on_changed(self, *_: object) -> None:
        if not self._filling:
            self.changed.emit()

    def _keys(self, button: CheckListButton) -> list[str]:
        return [str(key) for key in button.everything()]
