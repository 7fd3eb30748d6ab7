"""Icons of one family (Lucide, ISC licence), drawn in the colours of the theme."""

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kamcoder import paths
from kamcoder.gui.theme import Theme

_SIZE = 18
_SCALE = 3  # drawn large enough for a screen of three pixels a point


class Icons(QObject):
    """The icons in the theme's colours, made when first asked for."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made: dict[tuple[str, str], QIcon] = {}
        theme.changed.connect(self._made.clear)

    def get(self, name: str, role: str = "muted") -> QIcon:
        """Return an icon by its name in the family, tinted by a role; paler when disabled."""
        key = (name, role)
        if key not in self._made:
            look = self._theme.look
            icon = QIcon(_drawn(name, look[role]))
            icon.addPixmap(_drawn(name, look["hairline"]), QIcon.Mode.Disabled)
            self._made[key] = icon
        return self._made[key]


def _drawn(name: str, colour: QColor) -> QPixmap:
    source = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, _SIZE * _SCALE, _SIZE * _SCALE))
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    return pixmap
