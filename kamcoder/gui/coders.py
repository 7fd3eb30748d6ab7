"""Who codes: choosing a coder or naming a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from kamcoder.domain.coding import Coder
    from kamcoder.gui.widgets.prompt import Prompt
    from kamcoder.services.session import Session


class Coders(QObject):
    """Keeps who codes in the open project. `chosen` tells when that is somebody else."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None

    def load(self, session: Session | None, *, remembered: str) -> None:
        """Take over a project: let the coder code who did so last here, or the only one there is."""
        self._session = session
        if session is None:
            return
        people = self.people()
        known = [coder for coder in people if coder.id == remembered]
        if known or len(people) == 1:
            self.choose((known or people)[0])
        else:
            self.chosen.emit(None)

    def people(self) -> list[Coder]:
        """Return the people who code in the project, by name."""
        from kamcoder.domain.coding import CoderKind

        coders = self._session.coders.all() if self._session else []
        return sorted(
            (coder for coder in coders if coder.kind is CoderKind.PERSON), key=lambda coder: coder.name.casefold()
        )

    def choose(self, coder: Coder) -> None:
        """Let this coder code."""
        if self._session is not None:
            self._session.coders.activate(coder)
            self.chosen.emit(coder)

    def ask_name(self) -> Prompt:
        """Ask for the name of a new coder, or of one that is there."""
        from kamcoder.gui.widgets.prompt import Prompt

        prompt = Prompt(
            self.tr("Who codes"),
            self.tr("Your name or initials, as your codings shall carry it:"),
            self.tr("Code as this person"),
            self._name,
            self._window,
        )
        prompt.open()
        return prompt

    def menu(self) -> QMenu:
        """Return a menu of the coders, the present one checked, with a way to name another."""
        from PySide6.QtGui import QActionGroup
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self._window)
        group = QActionGroup(menu)
        present = self._session.coder if self._session else None
        for coder in self.people():
            action = menu.addAction(coder.name)
            action.setCheckable(True)
            action.setChecked(present is not None and coder.id == present.id)
            action.triggered.connect(lambda _=False, one=coder: self.choose(one))
            group.addAction(action)
        if self.people():
            menu.addSeparator()
        menu.addAction(self.tr("Somebody else…")).triggered.connect(self.ask_name)
        return menu

    def _name(self, name: str) -> None:
        if self._session is not None:
            self.choose(self._session.coders.ensure(name))
