"""What the commands of suggestions do: in the reader, in the list below it, and in dialogs made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from kamcoder.gui.suggestions.actions import DECIDING
from kamcoder.gui.suggestions.reasons import tr

if TYPE_CHECKING:
    from kamcoder.gui.code_place import CodePlace
    from kamcoder.gui.lower import LowerPane
    from kamcoder.gui.suggestions.measuring import QualityMemory

_IN_READER = frozenset({"suggest.begin", *(spec.key for spec in DECIDING)})


class SuggestionCommands(QObject):
    """Runs the commands. Dialogs are shown, never waited for."""

    failed = Signal(object)
    hinted = Signal(str)
    acted = Signal(str)
    place_asked = Signal(str, int, int)

    def __init__(self, place: CodePlace, lower: LowerPane) -> None:
        super().__init__(place)
        self._place = place
        self._lower = lower
        self.dialog: QDialog | None = None
        self._memory: QualityMemory | None = None
        self._remembered = ""

    def run(self, key: str) -> None:
        """Do what a command says."""
        acts = self._place.suggestions
        if key in _IN_READER:
            acts.do(key)
            self._place.reader.setFocus()
            return
        {
            "suggest.on": acts.switch,
            "suggest.list": self.show_list,
            "suggest.bulk": self.ask_bulk,
            "suggest.similar": self.find_similar,
            "suggest.consistency": self.check_consistency,
            "suggest.words": self.ask_words,
            "suggest.quality": self.ask_quality,
        }[key]()

    def show_list(self) -> None:
        """Open the list; the reader has less room then, and the current suggestion stays in sight."""
        self._lower.show_suggestions()
        QTimer.singleShot(0, self, self._place.suggestions.reveal)

    def ask_bulk(self) -> None:
        """Ask which suggestions of one code are accepted together."""
        from kamcoder.gui.suggestions.bulk import BulkDialog

        acts, session = self._place.suggestions, self._place.suggestions.source.session
        if session is None:
            return
        if not acts.queue():
            self.hinted.emit(tr("Nothing is suggested here."))
            return
        dialog = BulkDialog(session, acts, self._place.window())
        dialog.accepted_many.connect(self.acted)
        self._open(dialog)

    def ask_words(self) -> None:
        """Show lexicon and cast, at the code that is pointed at."""
        from kamcoder.gui.suggestions.words_dialog import WordsDialog

        session = self._place.suggestions.source.session
        if session is not None:
            code_id = self._place.codebook.tree.current_key() or None
            dialog = WordsDialog(session, code_id=code_id, parent=self._place.window())
            self._open(dialog, quiet=True)

    def ask_quality(self) -> None:
        """Show how good the suggestions are."""
        from kamcoder.domain.errors import InvalidInput
        from kamcoder.gui.suggestions.measuring import QualityMemory
        from kamcoder.gui.suggestions.quality import QualityDialog

        acts = self._place.suggestions
        session = acts.source.session
        if session is None:
            return
        if session.coder is None:
            self.failed.emit(InvalidInput("coder_needed"))
            return
        if self._memory is None:
            self._memory = QualityMemory()
            self._memory.load(self._remembered)
        self._open(QualityDialog(session, acts, self._memory, self._place.window()))

    def remembered(self) -> str:
        """Return the last figures of the project, for the next time."""
        return self._memory.text() if self._memory is not None else self._remembered

    def recall(self, text: str) -> None:
        """Take the last figures of a project that was just opened."""
        self._memory, self._remembered = None, text

    def find_similar(self) -> None:
        """List uncoded passages like the coding at the caret."""
        mark = self._place.reader.chosen
        if mark is not None and self._listing():
            self._findings().ask_similar(mark.id)
            self.hinted.emit(tr("Looking for passages like this one."))

    def check_consistency(self) -> None:
        """List codings that stand out from the others of their code."""
        if self._listing():
            self._findings().ask_outliers()
            self.hinted.emit(tr("Looking for codings that stand out."))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _listing(self) -> bool:
        """Open the list; tell whether suggestions are on, without which nothing can be found."""
        self._lower.show_suggestions()
        on = self._place.suggestions.on
        if not on:
            self.hinted.emit(tr("Turn suggestions on first: Ctrl+Shift+A."))
        return on

    def _findings(self) -> Any:
        panel = self._lower.suggestions
        assert panel is not None  # it was shown
        return panel.findings

    def _open(self, dialog: Any, *, quiet: bool = False) -> None:
        if not quiet:
            dialog.failed.connect(self.failed)
        self.dialog = dialog
        dialog.open()
