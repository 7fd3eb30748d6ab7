"""Above the table: who is compared and how far they agree, how it is counted, and what is kept from sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kamcoder.analysis.agreement.kinds import Figure
from kamcoder.domain.document import Document
from kamcoder.gui.comparing.working import Worked
from kamcoder.gui.widgets.labels import ElidedLabel, label
from kamcoder.services import agreement_report
from kamcoder.services.agreement_shapes import Agreement

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_MOST_NAMED = 3


class Told(QWidget):
    """Title and rule of a comparison. `reveal_asked`: the others' codings of unfinished documents are to be shown."""

    reveal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._revealed = False
        self.title = ElidedLabel()
        self.title.setProperty("part", "title")
        self.rule = ElidedLabel()
        self.rule.setProperty("part", "small")
        self.suggestions = label("", "small", wrap=True)
        self.suggestions.hide()
        self.blind = QWidget()
        self.blind_words = label("", "muted", wrap=True)
        self.reveal = QPushButton(self.tr("Compare now, and see the others"))
        self.reveal.setProperty("part", "link")
        self.reveal.clicked.connect(self._on_reveal)
        row = QHBoxLayout(self.blind)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.blind_words, 1)
        row.addWidget(self.reveal)
        self.blind.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for widget in (self.title, self.rule, self.suggestions, self.blind):
            column.addWidget(widget)

    def load(self, session: Session | None) -> None:
        """Work on another project."""
        self._session = session
        self.hide_again()

    def hide_again(self) -> None:
        """Keep others' codings of unfinished documents from sight again."""
        self._revealed = False

    def hidden(self) -> list[str]:
        """Return the documents that are left out because who codes now has not finished them."""
        unfinished = self._session.comparing.unfinished() if self._session else []
        self._tell_blind(unfinished)
        return [] if self._revealed else [document.id for document in unfinished]

    def show_worked(self, worked: Worked | None) -> None:
        """Say what a comparison came to."""
        if worked is None:
            self.title.setText("")
            self.rule.setText("")
            self.suggestions.hide()
            return
        agreement = worked.agreement
        names = QLocale().createSeparatedList([coder.name for coder in agreement.coders])
        figures = self.tr("{coders}: kappa {kappa} · alpha {alpha} · F1 {f1}")
        pooled = agreement.pooled
        self.title.setText(
            figures.format(coders=names, kappa=_shown(pooled.kappa), alpha=_shown(pooled.alpha), f1=_shown(pooled.f1))
        )
        self.rule.setText(agreement_report.explanation(agreement, worked.comparison.book))
        self._tell_suggestions(worked, worked.without)

    def why_empty(self, names: str) -> str:
        """Return why nothing can be compared, and what to do about it; `names` are those who have begun."""
        if names == "–":
            begun = self.tr("Nobody has coded here yet. Let two people code the same documents:")
        else:
            text = self.tr("So far only {coder} has coded here. Let a second person code the same documents:")
            begun = text.format(coder=names)
        todo = self.tr(
            "Ctrl+Shift+K chooses who codes, Ctrl+1 goes back to coding.\nHow far they agree then stands here, "
            "with the passages behind every number."
        )
        return f"{begun}\n{todo}"

    def why_nothing_common(self, agreement: Agreement) -> str:
        """Return that no document was coded by two, and what to do about it."""
        names = QLocale().createSeparatedList([coder.name for coder in agreement.coders])
        text = self.tr(
            "{coders} have not worked on the same document yet. Open one that another has coded, or mark it as "
            "finished if there was nothing to code in it."
        )
        return text.format(coders=names)

    # -- inside --------------------------------------------------------------------------------------------------

    def _tell_suggestions(self, worked: Worked, without: Agreement | None) -> None:
        self.suggestions.setVisible(without is not None)
        if without is not None:
            text = self.tr(
                "{count} codings were taken from suggestions. Without them kappa is {kappa} and alpha {alpha}; “What "
                "counts” leaves them out of the table."
            )
            count, pooled = worked.comparison.from_suggestions, without.pooled
            self.suggestions.setText(
                text.format(count=f"{count:,}", kappa=_shown(pooled.kappa), alpha=_shown(pooled.alpha))
            )

    def _tell_blind(self, unfinished: Sequence[Document]) -> None:
        self.blind.setVisible(bool(unfinished))
        names = [document.name for document in unfinished[:_MOST_NAMED]]
        names += ["…"] * (len(unfinished) > _MOST_NAMED)
        if self._revealed:
            text = self.tr("You see others’ codings of documents that you have not finished: {documents}.")
        else:
            text = self.tr(
                "Left out, so that you code unswayed by others: {documents}. Mark a document as finished when you are "
                "done with it, and it is compared."
            )
        self.blind_words.setText(text.format(documents=", ".join(names)))
        self.reveal.setVisible(not self._revealed)

    def _on_reveal(self) -> None:
        self._revealed = True
        self.reveal_asked.emit()


def _shown(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.2f}"
