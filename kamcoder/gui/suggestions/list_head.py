"""The line above the list: what is listed, of which documents, in which order, and how sure it must be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from kamcoder.gui.suggestions import reasons
from kamcoder.gui.suggestions.findings import Kind
from kamcoder.gui.widgets.labels import ElidedLabel


class ListHead(QWidget):
    """Four choices and a warning. `threshold_asked` gives a share from 0 to 1."""

    threshold_asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.scope, self.order = QComboBox(self), QComboBox(self), QComboBox(self)
        self.why, self.least = QComboBox(self), QSpinBox(self)
        self.warning = ElidedLabel(parent=self)
        for box, name, items in (
            (
                self.kind,
                self.tr("What is listed"),
                (
                    (self.tr("To decide"), Kind.OFFERS.value),
                    (self.tr("Not shown, and why"), Kind.HIDDEN.value),
                    (self.tr("Similar passages"), Kind.SIMILAR.value),
                    (self.tr("Codings that stand out"), Kind.OUTLIERS.value),
                ),
            ),
            (self.scope, self.tr("Documents"), ((self.tr("This document"), False), (self.tr("All documents"), True))),
            (self.order, self.tr("Order"), ((self.tr("In reading order"), False), (self.tr("Uncertain first"), True))),
        ):
            box.setAccessibleName(name)
            for text, value in items:
                box.addItem(text, value)
        self.why.setAccessibleName(self.tr("Why it is not shown"))
        for reason, text in reasons.WHY:
            self.why.addItem(reasons.tr(text), reason)
        self.least.setRange(0, 100)
        self.least.setSingleStep(5)
        self.least.setPrefix(self.tr("from "))
        self.least.setSuffix(" %")
        self.least.setKeyboardTracking(False)
        self.least.setAccessibleName(self.tr("Least confidence shown, in per cent"))
        self.least.setToolTip(self.tr("Suggestions less sure than this are not shown"))
        self.least.valueChanged.connect(lambda least: self.threshold_asked.emit(least / 100))
        self.warning.setProperty("part", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for choice in (self.kind, self.scope, self.order, self.why, self.least):
            layout.addWidget(choice)
        layout.addWidget(self.warning, 1)

    @property
    def chosen(self) -> Kind:
        """Return what is listed."""
        return Kind(self.kind.currentData())

    def show_for(self, kind: Kind, threshold: float) -> None:
        """Show the threshold as it is, and only the choices that mean something for a list."""
        self.least.blockSignals(True)
        self.least.setValue(round(100 * threshold))
        self.least.blockSignals(False)
        self.scope.setVisible(kind is Kind.OFFERS)
        self.order.setVisible(kind is Kind.OFFERS)
        self.why.setVisible(kind is Kind.HIDDEN)
        self.least.setVisible(kind in (Kind.OFFERS, Kind.HIDDEN))
