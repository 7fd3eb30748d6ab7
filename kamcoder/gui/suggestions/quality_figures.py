"""The figures of suggestions on the coder's own codings: as sentences, as charts and as tables."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kamcoder.domain.suggestion_quality import Quality
from kamcoder.gui.suggestions.grids import fill, grid, percent
from kamcoder.gui.suggestions.quality_charts import CurveChart, ReliabilityChart
from kamcoder.gui.widgets.labels import label
from kamcoder.gui.widgets.progress_bar import ProgressBar


class FiguresView(QWidget):
    """Shows figures and how old they are, and how far the next ones are. `begin` and `cancel` are for who owns it."""

    def __init__(self, code_name: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code_name = code_name
        self.about = label(
            self.tr(
                "Every document in turn is left out, and its codings are compared with what the others would suggest "
                "for it. A sentence counts as carrying a code if a coding covers at least half of it."
            ),
            "small",
            wrap=True,
        )
        self.age, self.said = label("", "small", wrap=True), label("", wrap=True)
        self.state = label("", "small", wrap=True)
        self.bar = ProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(self.tr("Progress of the figures"))
        self.begin, self.cancel = QPushButton(self.tr("Work it out")), QPushButton(self.tr("Stop"))
        self.curve_chart, self.reliability_chart = CurveChart(), ReliabilityChart()
        self.codes = grid(
            self.tr("Figures of each code"),
            (
                self.tr("Code"),
                self.tr("Codings"),
                self.tr("Sentences"),
                self.tr("Precision"),
                self.tr("Recall"),
                self.tr("F1"),
            ),
            widths=(300, 80, 90, 90, 80),
        )
        self.curve = grid(
            self.tr("What more codings bring"),
            (self.tr("Codings learned from"), self.tr("F1"), self.tr("F1 of rules alone"), self.tr("First is right")),
            widths=(180, 90, 140),
        )
        self.reliability = grid(
            self.tr("What a stated confidence meant"),
            (self.tr("Said to be"), self.tr("Suggestions"), self.tr("Said on average"), self.tr("Were right")),
            widths=(140, 110, 140),
        )
        self._lay_out()
        self.tell_work("")

    def show_quality(self, quality: Quality, *, at: str, changed: bool) -> None:
        """Show figures worked out at a time (UTC, ISO 8601); `changed` says that codings are others since."""
        when = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
        words = self.tr("Worked out on {when}. Your codings, codes or words for them have changed since.")
        plain = self.tr("Worked out on {when}; nothing that counts has changed since.")
        date = QLocale().toString(when, QLocale.FormatType.ShortFormat)
        self.age.setText((words if changed else plain).format(when=date))
        self.age.setVisible(True)
        self.begin.setText(self.tr("Work it out anew"))
        self.said.setText("\n".join(self._sentences(quality)))
        self.said.setVisible(True)
        self._fill(quality)
        self.curve_chart.load(quality.curve)
        self.reliability_chart.load(quality.reliability)
        self.charts.setVisible(bool(quality.curve))
        for widget, rows in (
            (self.codes, quality.codes),
            (self.curve, quality.curve),
            (self.reliability, quality.reliability),
        ):
            widget.setVisible(bool(rows))

    def tell_work(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and how far it is; nothing is, without words."""
        self.state.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        for widget in (self.state, self.bar, self.cancel):
            widget.setVisible(bool(text))
        self.begin.setVisible(not text)

    def tell(self, text: str) -> None:
        """Say why there are no new figures."""
        self.tell_work("")
        self.state.setText(text)
        self.state.setVisible(bool(text))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _sentences(self, quality: Quality) -> list[str]:
        if not quality.units:
            return [self.tr("Two documents with codings are needed: one is left out, the other is learned from.")]
        told = self.tr(
            "{codings} codings in {documents} documents. Over all codes: precision {precision}, recall {recall}, F1 "
            "{f1}; the likeliest code is right for {top1} of coded sentences, one of the first two for {top2}. What "
            "was said to be sure by so many per cent was off by {error} on average."
        ).format(
            codings=quality.codings,
            documents=quality.documents,
            precision=percent(quality.micro_precision),
            recall=percent(quality.micro_recall),
            f1=percent(quality.micro_f1),
            top1=percent(quality.top1),
            top2=percent(quality.top2),
            error=percent(quality.calibration_error),
        )
        few = self.tr("Under 30 codings: these figures may be far off.") if quality.few else ""
        scarce = [self._code_name(code.code_id) for code in quality.codes if code.scarce]
        rare = self.tr("Under 5 codings, so hardly learned: {codes}.").format(codes=", ".join(scarce)) if scarce else ""
        return [line for line in (told, few, rare) if line]

    def _fill(self, quality: Quality) -> None:
        fill(
            self.codes,
            [
                (
                    self._code_name(code.code_id),
                    str(code.codings),
                    str(code.support),
                    percent(code.precision),
                    percent(code.recall),
                    percent(code.f1),
                )
                for code in quality.codes
            ],
            fitted=True,
        )
        fill(
            self.curve,
            [
                (str(point.codings), percent(point.macro_f1), percent(point.rules_f1), percent(point.top1))
                for point in quality.curve
            ],
            fitted=True,
        )
        fill(
            self.reliability,
            [
                (
                    f"{round(100 * part.low)}–{round(100 * part.high)} %",
                    str(part.suggested),
                    percent(part.stated),
                    percent(part.observed),
                )
                for part in quality.reliability
            ],
            fitted=True,
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        work = QHBoxLayout()
        work.setSpacing(8)
        for part in (self.begin, self.bar, self.cancel):
            work.addWidget(part)
        work.addWidget(self.state, 100)
        work.addStretch(1)  # while nothing is said, the button keeps its size
        self.charts = QWidget()
        beside = QHBoxLayout(self.charts)
        beside.setContentsMargins(0, 8, 0, 8)
        beside.setSpacing(24)
        for title, chart in (
            (self.tr("What more codings bring (F1)"), self.curve_chart),
            (self.tr("What a stated confidence meant"), self.reliability_chart),
        ):
            one = QVBoxLayout()
            one.addWidget(label(title, "heading"))
            one.addWidget(chart)
            beside.addLayout(one, 1)
        column.addWidget(self.about)
        column.addWidget(self.age)
        column.addLayout(work)
        shown_later: tuple[QWidget, ...] = (self.said, self.charts, self.codes, self.curve, self.reliability)
        for widget in shown_later:
            column.addWidget(widget)
            widget.hide()
        self.age.hide()
