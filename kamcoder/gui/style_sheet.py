"""The style sheet, written from the colour roles. Used by `theme` alone."""

from collections.abc import Mapping

from PySide6.QtGui import QColor

from kamcoder import paths

_SHEET = """
QMainWindow, QDialog { background: @background; }
QToolTip { background: @raised; color: @text; border: 1px solid @hairline; padding: 4px 6px; }

QMenuBar { background: @background; color: @text; border-bottom: 1px solid @hairline; padding: 2px 8px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; color: @text; border: 1px solid @hairline; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @control; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QToolBar { background: @background; border: none; border-bottom: 1px solid @hairline; spacing: 2px; }
QToolBar::separator { width: 1px; background: @hairline; margin: 6px 8px; }
QToolButton { color: @text; background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 4px 8px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:disabled { color: @control; }
QToolButton:focus { border-color: @focus; }
QToolButton::menu-indicator { image: none; }
QToolButton[part="room"] { color: @muted; font-weight: 600; padding: 4px 10px; border-radius: 5px; }
QToolButton[part="room"]:checked { color: @text; background: @selection; }

QPushButton { color: @text; background: @raised; border: 1px solid @control; border-radius: 5px; padding: 5px 14px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border: 2px solid @focus; padding: 4px 13px; }
QPushButton:disabled { color: @control; border-color: @hairline; }
QPushButton[part="primary"] { color: @on_accent; background: @accent; border-color: @accent; }
QPushButton[part="primary"]:hover { border-color: @text; }
QPushButton[part="primary"]:focus { border: 2px solid @text; }
QPushButton[part="link"] { color: @accent; background: transparent; border: 1px solid transparent; padding: 3px 6px; }
QPushButton[part="link"]:disabled { color: @control; }
QPushButton[part="link"]:hover { background: @hover; }
QPushButton[part="link"]:focus { border-color: @focus; }
QPushButton[part="row"] { background: transparent; border: 1px solid transparent; text-align: left; padding: 6px 10px; }
QPushButton[part="row"]:hover { background: @hover; }
QPushButton[part="row"]:focus { border-color: @focus; }

QLineEdit, QPlainTextEdit, QComboBox { color: @text; background: @surface; border: 1px solid @control;
    border-radius: 5px; padding: 4px 8px; selection-background-color: @selection; selection-color: @text; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid @focus; padding: 3px 7px; }
QLineEdit:disabled, QComboBox:disabled { color: @muted; background: @background; border-color: @hairline; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(@icons/chevron.svg); width: 12px; height: 12px; }
QAbstractSpinBox { color: @text; background: @surface; border: 1px solid @control; border-radius: 5px;
    padding: 3px 22px 3px 6px; selection-background-color: @selection; selection-color: @text; }
QAbstractSpinBox:focus { border: 2px solid @focus; padding: 2px 21px 2px 5px; }
QAbstractSpinBox:disabled { color: @muted; background: @background; border-color: @hairline; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; border: none; width: 22px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(@icons/chevron-up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(@icons/chevron.svg); width: 10px; height: 10px; }
QPushButton[part="primary"]:disabled { color: @muted; background: @hairline; border-color: @hairline; }
QCheckBox { spacing: 6px; color: @text; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
    width: 14px; height: 14px; border: 1px solid @control; border-radius: 3px; background: @surface; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked { background: @accent; border-color: @accent; image: url(@icons/@check.svg); }
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate { background: @control; }
QCheckBox::indicator:disabled { border-color: @hairline; }
QCheckBox::indicator:focus { border: 2px solid @focus; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @hairline; }

QSplitter::handle { background: @hairline; }
QSplitter::handle:hover { background: @control; }
QStatusBar { background: @background; border-top: 1px solid @hairline; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @muted; padding: 0 8px; }

QTreeView, QListView { background: @background; color: @text; border: none; outline: none; }
QTreeView::item, QListView::item { padding: 3px 4px; border: 1px solid transparent; }
QTreeView::item:hover, QListView::item:hover { background: @hover; }
QTreeView::item:selected, QListView::item:selected { background: @selection; color: @text; }
QTreeView:focus, QListView:focus { outline: none; }
QTreeView::item:selected:focus, QListView::item:selected:focus { background: @selection; color: @text;
    border: 1px solid @focus; }
QTreeView[part="figures"] { background: @surface; }
QTreeView[part="figures"]::item { padding: 4px 8px 4px 4px; }
QListWidget { background: @surface; border: 1px solid @hairline; border-radius: 5px; padding: 4px; }
QHeaderView { background: @background; border: none; }
QHeaderView::section { background: @background; color: @muted; border: none; padding: 8px 6px 6px 6px;
    font-size: @smallpt; font-weight: 600; }

QTableView { background: @surface; border: none; outline: none; gridline-color: @hairline;
    selection-background-color: @selection; selection-color: @text; }
QTableView::item { padding: 0 3px; border: none; }
QTableView::item:selected { background: @selection; }
QTableView::item:focus { border: 2px solid @focus; padding: 0 1px; }
QTableView[part="rows"] { background: @background; color: @text; }
QTableView[part="rows"]::item { padding: 0 4px; }
QTableView[part="rows"]::item:hover { background: @hover; }
QTableView[part="rows"]::item:selected { background: @selection; color: @text; }
QTableView[part="frozen"] { border-right: 1px solid @control; }
QTableCornerButton::section { background: @background; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QLineEdit[part="cell"], QComboBox[part="cell"] { border-radius: 0; padding: 0 4px; }
QLineEdit[part="cell"]:focus, QComboBox[part="cell"]:focus { border: 2px solid @focus; padding: 0 4px; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 10px; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { border-bottom-color: @focus; }

QTextEdit[part="reader"] { background: @surface; border: none; }
QWidget[part="place"], QFrame[part="page"] { background: @surface; }
QWidget[part="side"] { background: @background; }
QLabel { background: transparent; color: @text; }
QLabel[part="heading"] { color: @muted; font-weight: 600; font-size: @smallpt; }
QLabel[part="title"] { font-size: @largept; font-weight: 600; }
QLabel[part="muted"] { color: @muted; }
QLabel[part="small"] { color: @muted; font-size: @smallpt; }
QLabel[part="strong"] { font-weight: 600; }
QLabel[part="key"] { color: @muted; background: @background; border: 1px solid @hairline; border-radius: 4px;
    padding: 1px 6px; font-size: @smallpt; }

QFrame[part="notice"] { background: @notice; border: none; border-bottom: 1px solid @hairline; }
QFrame[part="toast"], QFrame[part="palette"] { background: @raised; border: 1px solid @control; border-radius: 8px; }
QFrame[part="palette"] QListView { background: @raised; }
QFrame[part="line"] { background: @hairline; border: none; }

QProgressBar { background: @hairline; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @hairline; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: @control; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def style_sheet(roles: Mapping[str, QColor], *, small: float, large: float) -> str:
    """Return the style sheet in these colours; sizes are in points."""
    icons = (paths.resources() / "icons").as_posix()
    check = "check-light" if roles["on_accent"].lightness() > 127 else "check-dark"
    sheet = _SHEET.replace("@icons", icons).replace("@check", check)
    sheet = sheet.replace("@smallpt", f"{small:.1f}pt").replace("@largept", f"{large:.1f}pt")
    # The longest names first: a role may begin with the name of another.
    for role in sorted(roles, key=len, reverse=True):
        sheet = sheet.replace(f"@{role}", roles[role].name())
    return sheet
