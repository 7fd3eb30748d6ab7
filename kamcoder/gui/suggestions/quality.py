"""How good suggestions are, told on the coder's own codings, with what the figures do not say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kamcoder.domain.errors import KamCoderError
from kamcoder.gui.suggestions.grids import chosen, fill, grid, percent
from kamcoder.gui.tasks import TaskRunner
from kamcoder.gui.widgets.labels import label
from kamcoder.services import suggestion_desk
from kamcoder.services.helper import Helper, HelperDiedError, HelperFaultError
from kamcoder.services.suggestion_desk import Ask, SuggestionDesk
from kamcoder.services.suggestion_shapes import Rate, total_rate

if TYPE_CHECKING:
    from kamcoder.domain.suggestion_quality import Quality
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.services.session import Session


class QualityDialog(QDialog):
    """What was taken of what was shown, and precision and recall by leaving one document out at a time."""

    failed = Signal(object)

    def __init__(self, session: Session, acts: SuggestionActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How good the suggestions are"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 680)
        self._session = session
        self._acts = acts
        self._helper: Helper | None = None
        self._tasks = TaskRunner(self)
        inside = QWidget()
        inside.setProperty("part", "place")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.addWidget(buttons)
        layout.addLayout(foot)
        self._lay_out_use()
        self._lay_out_figures()
        self._lay_out_agreement()
        self._lay_out_sharing()
        self._column.addStretch()
        self.finished.connect(self._stop)
        self.show_use()

    # -- what was taken --------------------------------------------------------------------------------------------

    def show_use(self) -> None:
        """Show how many suggestions of each code were taken."""
        rates = self._session.suggestions.rates()
        everything = [*rates, total_rate(rates)] if len(rates) > 1 else rates
        fill(self.use, [self._use_row(rate) for rate in everything], keys=[r.code_id for r in everything], fitted=True)
        self.no_use.setVisible(not rates)
        self.use.setVisible(bool(rates))
        self.mute.setVisible(bool(rates))
        self._on_chosen()

    def _lay_out_use(self) -> None:
        self._head(self.tr("Taken of what was shown"))
        self.no_use = label(self.tr("Nothing was shown yet. Turn suggestions on and go through a few."), "small")
        headers = (
            self.tr("Code"),
            self.tr("Shown"),
            self.tr("Accepted"),
            self.tr("Edited"),
            self.tr("Rejected"),
            self.tr("Not now"),
            self.tr("Taken"),
            "",
        )
        self.use = grid(self.tr("Taken of what was shown"), headers, widths=(250, 70, 80, 70, 80, 80, 70, 70))
        self.mute = QPushButton(self.tr("Mute"))
        self.mute.setProperty("part", "link")
        self.use.currentItemChanged.connect(self._on_chosen)
        self.mute.clicked.connect(self._on_mute)
        for widget in (self.no_use, self.use):
            self._column.addWidget(widget)
        self._column.addWidget(self.mute, 0, Qt.AlignmentFlag.AlignLeft)

    def _use_row(self, rate: Rate) -> tuple[str, ...]:
        name = self._acts.marks.code_path(rate.code_id) if rate.code_id else self.tr("All codes")
        counts = (rate.shown, rate.accepted, rate.edited, rate.rejected, rate.postponed)
        return name, *map(str, counts), percent(rate.share), self.tr("muted") if rate.muted else ""

    def _on_chosen(self) -> None:
        code_id = chosen(self.use)
        muted = code_id in self._session.suggestions.muted()
        self.mute.setEnabled(bool(code_id))
        self.mute.setText(self.tr("Suggest this code again") if muted else self.tr("Suggest this code no more"))

    def _on_mute(self) -> None:
        code_id = chosen(self.use)
        service = self._session.suggestions
        if isinstance(code_id, str) and code_id:
            self._try(lambda: service.mute(code_id, muted=code_id not in service.muted()))
            self.show_use()

    # -- on own codings --------------------------------------------------------------------------------------------

    def measure(self) -> None:
        """Let the figures be worked out, in a process of their own."""
        coder = self._session.coder
        if coder is None or self._helper is not None:
            return
        self._helper = helper = Helper(SuggestionDesk)
        ask = Ask(self._session.path, coder.id, 0)
        self.begin.setEnabled(False)
        self.said.setText(self.tr("Working it out: every document in turn is left out and suggested from the others…"))
        self._tasks.start(
            "", partial(_evaluated, helper, ask), done=self.show_figures, failed=self._on_failed, quiet=True
        )

    def show_figures(self, quality: Quality) -> None:
        """Show the figures of an evaluation."""
        self._end_helper()
        self.begin.setEnabled(True)
        named = self._acts.marks.code_path
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
        scarce = [named(code.code_id) for code in quality.codes if code.scarce]
        rare = self.tr("Under 5 codings, so hardly learned: {codes}.").format(codes=", ".join(scarce)) if scarce else ""
        self.said.setText("\n".join(line for line in (told, few, rare) if line))
        fill(
            self.codes,
            [
                (
                    named(code.code_id),
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
        for widget, rows in (
            (self.codes, quality.codes),
            (self.curve, quality.curve),
            (self.reliability, quality.reliability),
        ):
            widget.setVisible(bool(rows))

    def _lay_out_figures(self) -> None:
        self._head(self.tr("On your own codings"))
        self.said = label(
            self.tr(
                "Every document in turn is left out, and its codings are compared with what the others would suggest "
                "for it. A sentence counts as carrying a code if a coding covers at least half of it."
            ),
            "small",
            wrap=True,
        )
        self.begin = QPushButton(self.tr("Work it out"))
        self.begin.clicked.connect(self.measure)
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
        self._column.addWidget(self.said)
        self._column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.codes, self.curve, self.reliability):
            widget.hide()
            self._column.addWidget(widget)

    # -- beside other coders ---------------------------------------------------------------------------------------

    def show_agreement(self) -> None:
        """Show how far other coders confirm codings made by hand and taken from suggestions."""
        found = self._session.suggestions.blind_agreement()
        hand, taken = found.by_hand, found.suggested
        if hand.share is None and taken.share is None:
            self.agreed.setText(self.tr("No other coder has worked on the documents you coded."))
            return
        words = self.tr(
            "Made by hand: {hand} of {hands} are confirmed by another coder; taken from suggestions: {taken} of "
            "{takens}. Where suggested ones are confirmed less, they were perhaps taken too easily."
        )
        self.agreed.setText(
            words.format(hand=percent(hand.share), hands=hand.codings, taken=percent(taken.share), takens=taken.codings)
        )

    def _lay_out_agreement(self) -> None:
        self._head(self.tr("Beside other coders"))
        self.agreed = label(
            self.tr("Coders work blind until they compare. This tells how far others coded as you did."),
            "small",
            wrap=True,
        )
        self.compare = QPushButton(self.tr("Compare with the others"))
        self.compare.clicked.connect(self.show_agreement)
        self._column.addWidget(self.agreed)
        self._column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)

    # -- whose codings ---------------------------------------------------------------------------------------------

    def _lay_out_sharing(self) -> None:
        self._head(self.tr("Whose codings are learned from"))
        self.shared = QCheckBox(self.tr("Learn from all coders’ codings"))
        self.shared.setChecked(self._session.suggestions.shared)
        self.shared.toggled.connect(self._on_shared)
        cost = label(
            self.tr(
                "Left out, everybody’s suggestions come from his own codings alone. Shared ones agree sooner, but "
                "coders then see the text with the same eyes: fewer different readings, and an agreement that says "
                "less."
            ),
            "small",
            wrap=True,
        )
        row = QHBoxLayout()
        row.addWidget(self.shared)
        self._column.addLayout(row)
        self._column.addWidget(cost)

    def _on_shared(self, shared: bool) -> None:
        self._try(lambda: self._session.suggestions.share(shared=shared))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _head(self, text: str) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(label(text, "strong"))

    def _try(self, act: Any) -> None:
        try:
            act()
        except KamCoderError as error:
            self.failed.emit(error)

    def _on_failed(self, error: KamCoderError) -> None:
        from kamcoder.services.messages import sentence

        self._end_helper()
        self.begin.setEnabled(True)
        if error.key != "cancelled":
            self.said.setText(sentence(error))

    def _end_helper(self) -> None:
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def _stop(self) -> None:
        self._end_helper()
        self._tasks.close()


def _evaluated(helper: Helper, ask: Ask, *, progress: Any) -> Any:
    from kamcoder.domain.suggesting import SuggestingError

    try:
        return helper.call(suggestion_desk.evaluate, ask, 0, waiting=partial(progress, 0, 1, ""))
    except HelperDiedError:
        raise SuggestingError("suggest_worker_died") from None
    except HelperFaultError:
        raise SuggestingError("suggest_worker_fault") from None
