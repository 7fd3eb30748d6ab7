"""Whose codings are shown: one's own alone, unless others are asked for by name."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kamcoder.domain.coding import Coder
from kamcoder.gui.theme import Theme

_SIGN = 16


class WhoseButton(QToolButton):
    """A menu of coders. `chosen` gives the ids of the others whose codings are to be shown as well."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._others: list[Coder] = []
        self._shown: frozenset[str] = frozenset()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.choices = QMenu(self)
        self.choices.aboutToShow.connect(self._fill)
        self.setMenu(self.choices)
        self.hide()

    def load(self, coders: Sequence[Coder], own_id: str | None, shown: frozenset[str]) -> None:
        """Offer these coders; the button is of no use, and hidden, where there is nobody else."""
        self._others = [coder for coder in coders if coder.id != own_id]
        self._shown = shown & {coder.id for coder in self._others}
        self.setVisible(bool(self._others))
        names = [coder.name for coder in self._others if coder.id in self._shown]
        if not names:
            text = self.tr("My codings")
        elif len(names) == len(self._others):
            text = self.tr("Everyone’s codings")
        elif len(names) == 1:
            text = self.tr("Mine and {name}’s").format(name=names[0])
        else:
            text = self.tr("Mine and {count} others’").format(count=len(names))
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 220) + " ▾")
        tip = self.tr("Whose codings are shown: {who}").format(who=text)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self._fill()

    def _fill(self) -> None:
        menu = self.choices
        menu.clear()
        everyone = frozenset(coder.id for coder in self._others)
        mine = menu.addAction(sign(self._theme, own=True), self.tr("Only mine"))
        mine.setCheckable(True)
        mine.setChecked(not self._shown)
        mine.triggered.connect(lambda: self.chosen.emit(frozenset()))
        menu.addSeparator()
        for coder in self._others:
            action = menu.addAction(sign(self._theme, own=False), coder.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(coder.id in self._shown)
            action.triggered.connect(lambda _=False, one=coder.id: self.chosen.emit(self._shown ^ {one}))
        if len(self._others) > 1:
            menu.addSeparator()
            both = menu.addAction(sign(self._theme, own=False), self.tr("Everyone’s"))
            both.setCheckable(True)
            both.setChecked(self._shown == everyone)
            both.triggered.connect(lambda: self.chosen.emit(everyone))


def sign(theme: Theme, *, own: bool) -> QIcon:
    """Return how a coder's codings look in the text: one's own solid, those of others hatched with a broken line."""
    scale = 2
    picture = QPixmap(QSize(_SIGN, _SIGN) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box, colour = QRectF(1, 3, 9, 10), theme.look["muted"]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setOpacity(0.5 if own else 1.0)
    painter.setBrush(colour)
    if not own:
        brush = painter.brush()
        brush.setStyle(Qt.BrushStyle.BDiagPattern)
        painter.setBrush(brush)
    painter.drawRect(box)
    painter.setOpacity(1.0)
    pen = QPen(colour, 2.0)
    if not own:
        pen.setDashPattern([1.5, 1.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(13, 3), QPointF(13, 13))
    painter.end()
    return QIcon(picture)
