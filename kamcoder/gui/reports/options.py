"""The choices for what is handed out; each output shows those that it heeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QVBoxLayout, QWidget

from kamcoder.analysis.measures import Measure
from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.gui.reports import words
from kamcoder.gui.tables.words import AXES, MEASURES
from kamcoder.gui.tables.words import translated as table_word
from kamcoder.gui.widgets.labels import label
from kamcoder.services.chart_definition import ChartDefinition, ChartKind
from kamcoder.services.handing_out import Order, Output
from kamcoder.services.lists import ListKind
from kamcoder.services.report_options import ReportOptions, ReportPart
from kamcoder.services.table_definition import TableAxis, TableDefinition
from kamcoder.services.table_words import IN_WORDS

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_HEEDED = {
    Output.REPORT: (
        "cases",
        "codes",
        "coders",
        "quotes",
        "pseudonyms",
        "measure",
        *(part.value for part in words.PARTS),
    ),
    Output.SUMMARIES: ("cases", "codes"),
    Output.METHODS: ("cases", "codes", "coders", "pseudonyms"),
    Output.TABLE: ("saved",),
    Output.CHART: ("kind", "rows", "measure", "codes", "cases", "coders", "documents"),
    Output.LISTS: ("listed",),
    Output.PASSAGES: ("cases", "codes", "coders"),
    Output.CODEBOOK: (),
}
_ROWS = (TableAxis.CASES, TableAxis.DOCUMENTS, TableAxis.PARTICIPANTS)
_BY = "by:"


class OptionsPanel(QWidget):
    """Choices above each other. `changed` tells that another order is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._output = Output.REPORT
        self._filling = False
        self.cases = CheckListButton(self.tr("Cases"))
        self.codes = CheckListButton(self.tr("Codes"))
        self.coders = CheckListButton(self.tr("Coders"))
        self.documents = CheckListButton(self.tr("Interviews"))
        self.kind, self.rows, self.measure, self.saved, self.listed = (QComboBox() for _ in range(5))
        for combo in (self.kind, self.rows, self.measure, self.saved, self.listed):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        self.quotes = QSpinBox()
        self.quotes.setMinimumHeight(self.kind.sizeHint().height())
        self.quotes.setRange(0, 50)
        self.quotes.setValue(ReportOptions().quotes)
        self.quotes.setSpecialValueText(self.tr("none"))
        self.pseudonyms = QCheckBox(self.tr("Pseudonyms only"))
        self.pseudonyms.setToolTip(self.tr("Name interviews by the pseudonyms of those who speak"))
        self.parts = {part: QCheckBox(words.translated(text)) for part, text in words.PARTS.items()}
        named = (
            (self.kind, "kind", self.tr("Chart")),
            (self.rows, "rows", self.tr("Side by side")),
            (self.measure, "measure", self.tr("Counted")),
            (self.saved, "saved", self.tr("Table")),
            (self.listed, "listed", self.tr("List")),
            (self.quotes, "quotes", self.tr("Quotes in a section, at most")),
        )
        self._blocks: dict[str, list[QWidget]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(4)
        for field, key, name in named:
            field.setAccessibleName(name)
            heading = label(name, "small")
            heading.setBuddy(field)
            self._place(layout, key, heading, field)
        for button, key in (
            (self.cases, "cases"),
            (self.codes, "codes"),
            (self.coders, "coders"),
            (self.documents, "documents"),
        ):
            self._place(layout, key, button)
            button.changed.connect(self._on_changed)
        self._place(layout, "pseudonyms", self.pseudonyms)
        for part, box in self.parts.items():
            box.setChecked(True)
            self._place(layout, part.value, box)
        layout.addStretch()
        for choice in (self.pseudonyms, *self.parts.values()):
            choice.toggled.connect(self._on_changed)
        for combo in (self.kind, self.rows, self.measure, self.saved, self.listed):
            combo.currentIndexChanged.connect(self._on_changed)
        self.quotes.valueChanged.connect(self._on_changed)
        self._session: Session | None = None
        self.show_for(self._output)

    # -- what is wanted ------------------------------------------------------------------------------------------

    def show_for(self, output: Output) -> None:
        """Show the choices that an output heeds."""
        self._output = output
        heeded = set(_HEEDED[output])
        if output is Output.CHART:
            portrait = self.kind.currentData() == ChartKind.PORTRAIT
            together = self.kind.currentData() == ChartKind.TOGETHER
            heeded -= {"rows", "measure"} if portrait or together else {"documents"}
            heeded -= {"documents"} if together else set()
        for key, widgets in self._blocks.items():
            for widget in widgets:
                widget.setVisible(key in heeded)

    def order(self) -> Order:
        """Return what is ordered."""
        cases = self._chosen(self.cases)
        codes, coders = self._codes(), frozenset(self.coders.chosen) or None
        measure = Measure(self.measure.currentData() or Measure.PASSAGES)
        report = ReportOptions(
            case_ids=cases,
            code_ids=codes,
            coder_ids=coders,
            quotes=self.quotes.value(),
            pseudonyms=self.pseudonyms.isChecked(),
            measure=measure,
            without=frozenset(part for part, box in self.parts.items() if not box.isChecked())
            | (frozenset() if self.quotes.value() else frozenset({ReportPart.QUOTES})),
        )
        rows = str(self.rows.currentData() or TableAxis.CASES.value)
        grouped = rows.startswith(_BY)
        table = TableDefinition(
            rows=TableAxis.GROUPS if grouped else TableAxis(rows),
            row_attribute=rows.removeprefix(_BY) if grouped else None,
            code_ids=codes,
            measure=measure,
            coder_ids=coders,
            case_ids=frozenset(cases) if cases else None,
        )
        kind = ChartKind(self.kind.currentData() or ChartKind.HEAT)
        documents = self._chosen(self.documents) if kind is ChartKind.PORTRAIT else None
        listed = ListKind(self.listed.currentData() or ListKind.CASES)
        return Order(self._output, report, self._table(), ChartDefinition(kind, table, documents), listed)

    # -- the project ---------------------------------------------------------------------------------------------

    def offer(self, session: Session | None) -> None:
        """Fill the choices from a project, keeping what is chosen where it still exists."""
        self._session = session
        self._filling = True
        entries: dict[CheckListButton, list[Entry]] = {
            self.cases: [],
            self.codes: [],
            self.coders: [],
            self.documents: [],
        }
        rows = [(table_word(AXES[axis]), axis.value) for axis in _ROWS]
        saved = [(self.tr("Cross-case table"), "")]
        if session is not None:
            book = session.codebook.all()
            entries = {
                self.cases: [Entry(case.id, case.name) for case in session.cases.all()],
                self.codes: [Entry(code.id, code.name, None, code.colour, depth) for depth, code in book.walk()],
                self.coders: [Entry(coder.id, coder.name) for coder in session.coders.all()],
                self.documents: [Entry(document.id, document.name) for document in session.documents.all()],
            }
            rows += [(attribute.name, f"{_BY}{attribute.id}") for attribute in session.cases.attributes()]
            saved += [(table.name, table.id) for table in session.saved_tables.all()]
        for button, found in entries.items():
            button.offer(found)
        counts = [(table_word(text), kind.value) for kind, text in MEASURES.items() if kind not in IN_WORDS]
        charts = [(words.translated(text), kind.value) for kind, text in words.CHARTS.items()]
        lists = [(words.translated(text), kind.value) for kind, text in words.LISTS.items()]
        offered = (
            (self.rows, rows),
            (self.saved, saved),
            (self.measure, counts),
            (self.kind, charts),
            (self.listed, lists),
        )
        for combo, choices in offered:
            chosen = combo.currentData()
            combo.clear()
            for text, data in choices:
                combo.addItem(text, data)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))
        self._filling = False

    def state(self) -> dict[str, Any]:
        """Return what is chosen, to be remembered."""
        lists = {key: sorted(map(str, button.chosen)) for key, button in self._lists().items()}
        combos = {key: combo.currentData() for key, combo in self._combos().items()}
        without = [part.value for part, box in self.parts.items() if not box.isChecked()]
        plain = {"quotes": self.quotes.value(), "pseudonyms": self.pseudonyms.isChecked(), "without": without}
        return {**lists, **combos, **plain}

    def restore(self, text: str) -> None:
        """Choose what was remembered, as far as it is still there; what makes no sense is left aside."""
        try:
            state = json.loads(text or "{}")
        except ValueError:
            state = {}
        if not isinstance(state, dict):
            return
        self._filling = True
        for key, button in self._lists().items():
            known, wanted = set(button.everything()), state.get(key)
            button.choose([item for item in wanted if item in known] if isinstance(wanted, list) else [])
        for key, combo in self._combos().items():
            combo.setCurrentIndex(max(0, combo.findData(state.get(key))))
        quotes = state.get("quotes")
        self.quotes.setValue(quotes if isinstance(quotes, int) else ReportOptions().quotes)
        self.pseudonyms.setChecked(state.get("pseudonyms") is True)
        without = state.get("without")
        for part, box in self.parts.items():
            box.setChecked(not (isinstance(without, list) and part.value in without))
        self._filling = False

    # -- inside --------------------------------------------------------------------------------------------------

    def _lists(self) -> dict[str, CheckListButton]:
        return {"cases": self.cases, "codes": self.codes, "coders": self.coders, "documents": self.documents}

    def _combos(self) -> dict[str, QComboBox]:
        return {
            "kind": self.kind,
            "rows": self.rows,
            "measure": self.measure,
            "saved": self.saved,
            "listed": self.listed,
        }

    def _place(self, layout: QVBoxLayout, key: str, *widgets: QWidget) -> None:
        for widget in widgets:
            layout.addWidget(widget)
        self._blocks[key] = list(widgets)

    def _chosen(self, button: CheckListButton) -> tuple[str, ...] | None:
        return tuple(str(key) for key in button.everything() if key in button.chosen) or None

    def _codes(self) -> tuple[str, ...] | None:
        return self._chosen(self.codes)

    def _table(self) -> TableDefinition:
        session, key = self._session, self.saved.currentData()
        if session is None or not key:
            return TableDefinition()
        try:
            return session.saved_tables.definition(session.saved_tables.find(key))[0]
        except KamCoderError:  # the table is damaged or gone; the place of tables tells about it
            return TableDefinition()

    def _on_changed(self) -> None:
        if self.sender() is self.kind:
            self.show_for(self._output)
        if not self._filling:
            self.changed.emit()
