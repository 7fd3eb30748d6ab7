"""The current suggestion in the inspector: its reasons stand there as long as it is current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from kamcoder.gui.inspector import Inspector
    from kamcoder.gui.suggestions.acts import SuggestionActs
    from kamcoder.gui.suggestions.offer_view import OfferView

_LATER_MS = 30  # whoever goes on quickly does not wait for reasons


class OfferInspecting(QObject):
    """Shows the current suggestion in the inspector as long as there is one. `place_asked` is a nearest passage's."""

    place_asked = Signal(str, int, int)

    def __init__(self, inspector: Inspector, acts: SuggestionActs) -> None:
        super().__init__(inspector)
        self._inspector = inspector
        self._acts = acts
        self.view: OfferView | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LATER_MS)
        self._soon.timeout.connect(self.show)
        acts.current_changed.connect(self._on_current)
        inspector.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell whether the inspector can be seen: where it cannot, the list has to give the reasons."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._acts.in_inspector = event.type() is QEvent.Type.Show
            self._acts.told_elsewhere.emit()
        return False

    def show(self) -> None:
        """Show the current suggestion, or the inspector itself where there is none."""
        self._soon.stop()
        offer = self._acts.current
        if offer is None:
            self._inspector.stand_in(None)
            return
        if self.view is None:
            from kamcoder.gui.suggestions.offer_view import OfferView

            self.view = OfferView(self._acts)
            self.view.reasons.place_asked.connect(self.place_asked)
        self._inspector.stand_in(self.view)
        self.view.reasons.load(self._acts.source.session)
        self.view.reasons.show_offer(offer)

    def _on_current(self) -> None:
        if self._acts.current is None:
            self.show()
        else:
            self._soon.start()
