"""What a table leaves out: coders, cases, speakers, origins, attributes, codes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from kamcoder.domain.coding import CoderKind, Origin
from kamcoder.domain.document import SpeakerRole
from kamcoder.domain.project import natural_key
from kamcoder.gui import labels
from kamcoder.gui.finding.check_list import CheckListButton, Entry
from kamcoder.gui.widgets.labels import label
from kamcoder.services.table_definition import TableAxis, TableDefinition

if TYPE_CHECKING:
    from kamcoder.services.session import Session

_NOT_ASKING, _EVERYBODY, _ANSWERING, _ASKING = "", "all", "interviewee", "interviewer"
_ROLES = {
    _ANSWERING: frozenset({SpeakerRole.INTERVIEWEE.value}),
    _ASKING: frozenset({SpeakerRole.INTERVIEWER.value}),
}
_OTHERS = "others"


class TableFilters(QWidget):
    """One line of limits; nothing ticked means no limit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: frozenset[str | None] | None = None
        self.speakers = QComboBox()
        self.speakers.setAccessibleName(self.tr("Whose words count"))
        for text, data in (
            (self.tr("all but interviewers"), _NOT_ASKING),
            (self.tr("interviewees"), _ANSWERING),
            (self.tr("interviewers"), _ASKING),
            (self.tr("everybody"), _EVERYBODY),
        ):
            self.speakers.addItem(text, data)
        self.speakers.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.coders = CheckListButton(self.tr("Coder"))
        self.cases = CheckListButton(self.tr("Case"))
        self.values = CheckListButton(self.tr("Attribute"))
        self.codes = CheckListButton(self.tr("Code"))
        self.origins = CheckListButton(self.tr("Origin"))
        self.clear_button = QPushButton(self.tr("Show all"))
        self.clear_button.setToolTip(self.tr("Take all limits away"))
        self.clear_button.setProperty("part", "link")
        self.clear_button.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label(self.tr("Words of"), "small"))
        layout.addSpacing(4)
        layout.addWidget(self.speakers)
        for button in self.buttons:
            layout.addWidget(button)
            button.changed.connect(self._on_ticked)
        layout.addWidget(self.clear_button)
        layout.addStretch()
        self.clear_button.hide()

    @property
    def buttons(self) -> tuple[CheckListButton, ...]:
        """Return the lists to tick in."""
        return self.coders, self.cases, self.values, self.codes, self.origins

    def offer(self, session: Session | None) -> None:
        """Fill the lists from a project; ticks of what is gone go."""
        if session is None:
            for button in self.buttons:
                button.offer([])
            return
        people = session.coders.all()
        self.coders.offer(
            [Entry(item.id, self.tr("Consensus") if item.kind is CoderKind.CONSENSUS else item.name) for item in people]
        )
        self.cases.offer([Entry(item.id, item.name) for item in session.cases.all()])
        attributes = {item.id: item for item in session.cases.attributes()}
        values = sorted(
            {(key, value) for (key, _), value in session.cases.values().items()},
            key=lambda item: (attributes[item[0]].position, attributes[item[0]].name, natural_key(item[1])),
        )
        self.values.offer([Entry(item, f"{attributes[item[0]].name}: {item[1]}") for item in values])
        book = session.codebook.all()
        self.codes.offer([Entry(code.id, code.name, None, code.colour, depth) for depth, code in book.walk()])
        self.origins.offer([Entry(origin.value, labels.origin(origin)) for origin in Origin])

    def enable(self, *, rows: TableAxis, columns: TableAxis) -> None:
        """Show the limits that say something for these rows and columns."""
        # Where codes are rows or columns they are chosen there.
        self.codes.setVisible(TableAxis.CODES not in (rows, columns) or bool(self.codes.chosen))
        self.coders.setVisible(len(self.coders.model) > 1)
        self.values.setVisible(len(self.values.model) > 0)
        self.cases.setVisible(len(self.cases.model) > 0)

    def applied(self, definition: TableDefinition) -> TableDefinition:
        """Return a definition with these limits."""
        speakers = self.speakers.currentData()
        return replace(
            definition,
            coder_ids=self.coders.chosen or None,
            case_ids=self.cases.chosen or None,
            values=self.values.chosen or None,
            only_codes=self.codes.chosen or None,
            origins=self.origins.chosen or None,
            interviewers=speakers == _EVERYBODY,
            speaker_roles=self._roles if speakers == _OTHERS else _ROLES.get(speakers),
        )

    def show_limits(self, definition: TableDefinition) -> None:
        """Tick what a definition limits."""
        blocked = self.blockSignals(True)
        for button, chosen in zip(
            self.buttons,
            (
                definition.coder_ids,
                definition.case_ids,
                definition.values,
                definition.only_codes,
                definition.origins,
            ),
            strict=True,
        ):
            button.choose(chosen or ())
        self._show_speakers(definition)
        self.blockSignals(blocked)
        self._tell()

    def clear(self) -> None:
        """Take all limits away."""
        self.show_limits(TableDefinition())
        self.changed.emit()

    def _show_speakers(self, definition: TableDefinition) -> None:
        data = _EVERYBODY if definition.interviewers else _NOT_ASKING
        place = self.speakers.findData(_OTHERS)
        if place >= 0:
            self.speakers.removeItem(place)
        if definition.speaker_roles is not None:
            known = [key for key, roles in _ROLES.items() if roles == definition.speaker_roles]
            data = known[0] if known else _OTHERS
            if not known:
                self._roles = definition.speaker_roles
                self.speakers.addItem(self.tr("as saved"), _OTHERS)
        self.speakers.setCurrentIndex(self.speakers.findData(data))

    def _on_ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.clear_button.setVisible(any(button.chosen for button in self.buttons))
