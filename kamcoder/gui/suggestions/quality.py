"""How good suggestions are, told on the coder's own codings, with what the figures do not say."""

from __future__ import annotations

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
from kamcoder.gui.suggestions.measuring import Measuring, QualityMemory
from kamcoder.gui.suggestions.quality_figures import FiguresView
from kamcoder.gui.widgets.labels import label
from kamcoder.services.suggestion_shapes import Rate, total_rate

if TYPE_CHECKING:
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.services.session import Session
    from kamcoder.services.suggestion_record import QualityRecord


class QualityDialog(QDialog):
    """What was taken of what was shown, and precision and recall by leaving one document out at a time."""

    failed = Signal(object)

    def __init__(
        self, session: Session, acts: SuggestionActs, memory: QualityMemory, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How good the suggestions are"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 720)
        self._session = session
        self._acts = acts
        self._memory = memory
        self.measuring = Measuring(session, self)
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
        self.finished.connect(self.measuring.close)
        self.show_use()
        self._begin()

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
        """Let the figures be worked out, unless they are under way or there is nothing to work out."""
        if not self._session.suggestions.measurable:
            self.figures.tell(self.tr("Code passages in two documents first: one is left out, the other learned from."))
            return
        self.measuring.begin()
        self.figures.tell_work(self.tr("Reading the interviews…"))

    def show_record(self, record: QualityRecord) -> None:
        """Show figures with their age."""
        changed = record.footing != self._session.suggestions.footing()
        self.figures.show_quality(record.quality, at=record.at, changed=changed)

    def _lay_out_figures(self) -> None:
        self._head(self.tr("On your own codings"))
        self.figures = FiguresView(self._acts.marks.code_path)
        self.figures.begin.clicked.connect(self.measure)
        self.figures.cancel.clicked.connect(self.measuring.stop)
        self.measuring.told.connect(self._on_told)
        self.measuring.measured.connect(self._on_measured)
        self.measuring.failed.connect(self._on_not_measured)
        self._column.addWidget(self.figures)

    def _begin(self) -> None:
        """Show the last figures, and work them out where there are none or they have aged."""
        coder = self._session.coder
        kept = self._memory.of(coder.id) if coder is not None else None
        if kept is not None:
            self.show_record(kept)
        if kept is None or kept.footing != self._session.suggestions.footing():
            self.measure()

    def _on_told(self, done: int, total: int) -> None:
        if total:
            words = self.tr("{done} of {total} rounds of learning and trying")
            self.figures.tell_work(words.format(done=done, total=total), done, total)

    def _on_measured(self, record: QualityRecord) -> None:
        coder = self._session.coder
        if coder is not None:
            self._memory.keep(coder.id, record)
        self.figures.tell_work("")
        self.show_record(record)

    def _on_not_measured(self, error: KamCoderError | None) -> None:
        from kamcoder.services.messages import sentence

        self.figures.tell(sentence(error) if error is not None else "")

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
                "Left out, everybody’s suggestions come from their own codings alone. Shared ones agree sooner, but "
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
