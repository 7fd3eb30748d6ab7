"""What the form wants of the chosen files, done to their entries; files are read again where that is needed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from kamcoder.domain.project import natural_key
from kamcoder.gui.importing.casting import Casting
from kamcoder.gui.importing.entries import Entry
from kamcoder.gui.importing.files import FilesModel, FilesView
from kamcoder.gui.importing.reading import FileReader
from kamcoder.services.importing import ImportItem


class Corrector(QObject):
    """Corrects the chosen files. `corrected` gives the entries that are others now."""

    corrected = Signal(list)

    def __init__(self, files: FilesModel, view: FilesView, reader: FileReader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._view = view
        self._reader = reader
        self._known: Sequence[str] = ()
        reader.item_read_again.connect(self._on_read_again)

    def only(self) -> Entry | None:
        """Return the chosen file if it is one alone."""
        chosen = self._view.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def cases(self, known: Sequence[str]) -> list[str]:
        """Return the names of cases to choose from: those known and those proposed for files."""
        self._known = known
        items = (entry.item for entry in self._files.entries if entry.item is not None)
        return _names(known, (item.case for item in items if item.case))

    def participants(self, known: Sequence[str]) -> list[str]:
        """Return the names of participants to choose from."""
        items = (entry.item for entry in self._files.entries if entry.item is not None)
        return _names(known, (item.participant for item in items if item.participant))

    def rename(self, name: str) -> None:
        """Give the document of the chosen file another name; an empty one brings back the file's."""
        entry = self.only()
        if entry is not None and entry.item is not None:
            entry.item = replace(entry.item, name=name or entry.path.stem)
            self.corrected.emit([entry])

    def give_case(self, name: str) -> None:
        """Give all chosen files a case, spelled as it is already if it is known; an empty name means none."""
        spelled = {case.casefold(): case for case in self.cases(self._known)}
        case = spelled.get(name.casefold(), name) or None
        chosen = self._view.chosen()
        for entry in chosen:
            if entry.item is not None:
                entry.item = replace(entry.item, case=case)
        self.corrected.emit(chosen)

    def give_participant(self, name: str) -> None:
        """Say who is interviewed in the chosen file; an empty name means nobody known."""
        entry = self.only()
        if entry is not None and entry.item is not None:
            entry.item = replace(entry.item, participant=name or None)
            self.corrected.emit([entry])

    def cast(self, casting: Casting) -> None:
        """Say who speaks in the chosen file, and have it read again."""
        entry = self.only()
        if entry is None or entry.item is None:
            return
        entry.casting = casting
        entry.pending = casting.options()
        if not self._reader.read_again(entry.item, entry.pending):
            self.corrected.emit([entry])

    def _on_read_again(self, item: ImportItem) -> None:
        entry = self._files.entry_of(item.path)
        # Only the last of several corrections counts.
        if entry is not None and entry.item is not None and entry.pending == item.options:
            entry.take_again(item)
            self.corrected.emit([entry])


def _names(first: Iterable[str], more: Iterable[str]) -> list[str]:
    """Return names each once, whatever the case of their letters, in natural order."""
    found: dict[str, str] = {}
    for name in (*first, *more):
        found.setdefault(name.casefold(), name)
    return sorted(found.values(), key=natural_key)
