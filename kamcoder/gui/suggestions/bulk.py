"""Accepting many suggestions of one code at once, after a look at them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.suggestions.findings import Findings, OfferRows
from kamcoder.gui.suggestions.list_model import CODE, PASSAGE, PLACE, SURE, Names, PassageListModel
from kamcoder.gui.suggestions.offers import Offer
from kamcoder.gui.suggestions.rows_view import RowsView
from kamcoder.gui.widgets.labels import label

if TYPE_CHECKING:
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.services.session import Session

_BEGIN = 80  # per cent


class BulkDialog(QDialog):
    """Chooses a code and a threshold, lists what would be accepted, and accepts it as one act."""

    accepted_many = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, acts: SuggestionActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Accept many suggestions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        self._session = session
        self._acts = acts
        self.findings = Findings(acts)
        self.findings.load(session)
        self.code, self.least = QComboBox(), QSpinBox()
        self.code.setAccessibleName(self.tr("Code"))
        self.least.setAccessibleName(self.tr("Least confidence in per cent"))
        self.least.setRange(0, 100)
        self.least.setSuffix(" %")
        self.least.setValue(_BEGIN)
        names = Names(acts.marks.code_path, acts.marks.colour, self.findings.quote, self.findings.place)
        self.model = PassageListModel(names, self)
        self.list = RowsView(self.tr("What would be accepted"))
        self.list.show_model(self.model, stretched=PASSAGE, widths={SURE: 130, PLACE: 130})
        self.list.setColumnHidden(CODE, True)
        self.told = label("", "small", wrap=True)
        buttons = QDialogButtonBox()
        self.take = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("part", "primary")
        self.take.setMinimumWidth(120)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accept)
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        for text, widget in ((self.tr("Code"), self.code), (self.tr("At least"), self.least)):
            named = QLabel(text)
            named.setBuddy(widget)
            head.addWidget(named)
            head.addWidget(widget, 1 if widget is self.code else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self._offer_codes()
        self.code.currentIndexChanged.connect(self._show)
        self.least.valueChanged.connect(self._show)
        self._show()

    @property
    def chosen(self) -> list[Offer]:
        """Return what would be accepted."""
        code_id, least = self.code.currentData(), self.least.value() / 100
        return [offer for offer in self._acts.queue() if offer.code_id == code_id and offer.sure >= least]

    def _offer_codes(self) -> None:
        counts = Counter(offer.code_id for offer in self._acts.queue())
        for code_id, count in counts.most_common():
            self.code.addItem(f"{self._acts.marks.code_path(code_id)} ({count})", code_id)
        current = self._acts.current
        if current is not None:
            self.code.setCurrentIndex(max(0, self.code.findData(current.code_id)))

    def _show(self) -> None:
        offers = self.chosen
        self.model.show(OfferRows(offers))
        where = self.tr("all documents") if self._acts.source.everywhere else self.tr("this document")
        words = self.tr("Of {where}. Read them before you accept them: they count like those you made by hand.")
        self.told.setText(words.format(where=where))
        self.take.setText(self.tr("Accept {count}").format(count=len(offers)))
        self.take.setEnabled(bool(offers))

    def _on_accept(self) -> None:
        offers = self.chosen
        try:
            taken = self._session.suggestions.accept_many(
                [offer.proposal() for offer in offers], model_version=offers[0].model_version
            )
        except KamCoderError as error:
            self.failed.emit(error)
            return
        words = self.tr("{count} suggestions of {code} accepted.")
        name = self._acts.marks.code_name(offers[0].code_id)
        self.accepted_many.emit(words.format(count=len(taken.coding_ids) - taken.already, code=name))
        self.accept()
