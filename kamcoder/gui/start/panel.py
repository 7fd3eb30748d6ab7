"""The page that stands there when no project is open: recent projects, and ways to begin."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kamcoder.gui.widgets.empty import button_for
from kamcoder.gui.widgets.labels import label, line

_WIDTH = 460


class StartPage(QWidget):
    """Begin, go on with a recent project, or look at the sample study."""

    project_chosen = Signal(Path)

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "place")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._opening = label("", "muted")
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(label(self.tr("KamCoder"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "Code interview transcripts and read them across cases. "
                    "Everything is kept in one file on this computer."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addSpacing(12)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        self.buttons = [button_for(action, primary=place == 0) for place, action in enumerate(actions)]
        for button in self.buttons:
            ways.addWidget(button)
        ways.addStretch()
        column.addLayout(ways)
        column.addSpacing(16)
        column.addLayout(self._recent)
        column.addWidget(self._opening)
        column.addStretch(3)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(_WIDTH + 280)
        middle.setMinimumWidth(_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(1)
        layout.addWidget(middle, 6)
        layout.addStretch(1)

    def show_recent(self, paths: list[Path]) -> None:
        """List the projects opened last."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not paths:
            return
        self._recent.addWidget(label(self.tr("RECENT"), "heading"))
        self._recent.addWidget(line())
        for path in paths:
            button = QPushButton(path.stem)
            button.setProperty("part", "row")
            button.setToolTip(str(path))
            button.setAccessibleDescription(str(path))
            button.clicked.connect(lambda _=False, one=path: self.project_chosen.emit(one))
            inside = QHBoxLayout(button)
            inside.setContentsMargins(0, 0, 10, 0)
            where = _folder(path)
            where.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addStretch()
            inside.addWidget(where)
            self._recent.addWidget(button)

    def recent_buttons(self) -> list[QPushButton]:
        """Return the buttons of the recent projects."""
        found = self.findChildren(QPushButton)
        return [button for button in found if button.property("part") == "row" and not button.isHidden()]

    def tell_opening(self, path: Path | None) -> None:
        """Say which project is being opened."""
        self._opening.setText(self.tr("Opening {name}…").format(name=path.name) if path else "")


def _folder(path: Path) -> QLabel:
    home = Path.home()
    folder = path.parent
    shown = f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
    return label(shown if len(shown) <= 48 else "…" + shown[-47:], "small")
