"""Session: what one open project means."""

import getpass
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kamcoder.domain.changes import ChangeSet, Operation
from kamcoder.domain.codebook import Code
from kamcoder.domain.coding import Coder
from kamcoder.domain.errors import ProjectFileError
from kamcoder.domain.ids import new_id, now
from kamcoder.domain.project import Project
from kamcoder.domain.transcript import GuideQuestion
from kamcoder.services.actors import ActorService
from kamcoder.services.assigning import AssigningService
from kamcoder.services.cases import CaseService
from kamcoder.services.codebook import CodebookService
from kamcoder.services.coders import CoderService
from kamcoder.services.codings import CodingService
from kamcoder.services.comparing import ComparingService
from kamcoder.services.documents import DocumentService
from kamcoder.services.editing import Editing, Listener
from kamcoder.services.finding import FindService
from kamcoder.services.importing import ImportService
from kamcoder.services.lexicon import LexiconService
from kamcoder.services.merging import MergingService
from kamcoder.services.notes import MemoService
from kamcoder.services.passages import PassageService
from kamcoder.services.saved_tables import SavedTableService
from kamcoder.services.settling import SettlingService
from kamcoder.services.sheets import SheetService
from kamcoder.services.suggesting import SuggestionService
from kamcoder.services.summarising import SummaryService
from kamcoder.services.tables import TableService
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.project import AuditEntry


class Session:
    """An open project with its services, its history and its listeners.

    Everything that changes the project goes through a service; every change is one step of undo, one line of the audit
    log, and one ChangeSet told to the listeners after its commit.
    """

    def __init__(self, store: ProjectStore) -> None:
        self._store = store
        self._editing = Editing(store, actor=_login())
        self.documents = DocumentService(self._editing)
        self.imports = ImportService(self._editing)
        self.codebook = CodebookService(self._editing)
        self.codings = CodingService(self._editing)
        self.coders = CoderService(self._editing)
        self.cases = CaseService(self._editing)
        self.memos = MemoService(self._editing)
        self.summaries = SummaryService(self._editing)
        self.sheets = SheetService(self._editing)
        self.passages = PassageService(self._editing)
        self.find = FindService(self._editing)
        self.actors = ActorService(self._editing)
        self.tables = TableService(self._editing, self.actors)
        self.saved_tables = SavedTableService(self._editing)
        self.comparing = ComparingService(self._editing)
        self.settling = SettlingService(self._editing, self.comparing)
        self.assigning = AssigningService(self._editing)
        self.merging = MergingService(self._editing)
        self.suggestions = SuggestionService(self._editing)
        self.lexicon = LexiconService(self._editing)

    @classmethod
    def create(
        cls, path: Path, *, name: str = "", codes: Sequence[Code] = (), guide: Sequence[GuideQuestion] = ()
    ) -> Self:
        """Create a project file with a codebook and an interview guide, and open it."""
        store = ProjectStore.create(path)
        try:
            session = cls(store)
            editing = session._editing
            with editing.edit(Operation.CREATE_PROJECT, undoable=False, name=name or path.stem, codes=len(codes)):
                editing.rows.projects.add(Project(new_id(), name or path.stem, "", now()))
                editing.rows.codes.add(codes)
                editing.rows.guide.replace([(new_id(), question) for question in guide])
        except BaseException:
            store.close()
            path.unlink(missing_ok=True)
            raise
        return session

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project file; raise ProjectFileError, see ProjectStore.open."""
        return cls(ProjectStore.open(path, read_only=read_only))

    def close(self) -> None:
        """Close the project; one file remains."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Return the project file."""
        return self._store.path

    @property
    def backup(self) -> Path | None:
        """Return the backup made when an older file was brought up to date, if that happened now."""
        return self._store.backup

    @property
    def project(self) -> Project:
        """Return name and identity of the project."""
        return self._editing.rows.projects.get()

    @property
    def coder(self) -> Coder | None:
        """Return who codes now."""
        return self._editing.coder

    @property
    def guide(self) -> list[GuideQuestion]:
        """Return the interview guide."""
        return self._editing.rows.guide.all()

    def set_guide(self, questions: Sequence[GuideQuestion], *, source: str = "") -> None:
        """Put another interview guide in the place of the present one."""
        with self._editing.edit(Operation.SET_GUIDE, source=source, questions=len(questions)):
            self._editing.rows.guide.replace([(new_id(), question) for question in questions])

    def setting(self, key: str) -> str | None:
        """Return a setting kept in the project."""
        return self._editing.rows.projects.setting(key)

    def set(self, key: str, value: str) -> None:
        """Keep a setting in the project."""
        with self._editing.edit(Operation.CHANGE_SETTING, key=key, value=value):
            self._editing.rows.projects.set(key, value)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every ChangeSet after its commit; return a function that ends this."""
        return self._editing.subscribe(listener)

    @property
    def to_undo(self) -> ChangeSet | None:
        """Return the step that `undo` would take back."""
        return self._editing.history.to_undo

    @property
    def to_redo(self) -> ChangeSet | None:
        """Return the step that `redo` would do again."""
        return self._editing.history.to_redo

    def undo(self) -> ChangeSet:
        """Take the last step back."""
        return self._editing.undo()

    def redo(self) -> ChangeSet:
        """Do the last undone step again."""
        return self._editing.redo()

    def log(self, *, last: int | None = None) -> list[AuditEntry]:
        """Return the audit log, the oldest line first."""
        return self._editing.rows.audit.read(last=last)

    def save_copy(self, target: Path) -> None:
        """Write the project as it is now to another file, whole or not at all; an existing file is replaced."""
        if target.resolve() == self.path.resolve():
            raise ProjectFileError("copy_onto_itself", file=str(target))
        if not target.parent.is_dir():
            raise ProjectFileError("folder_missing", file=str(target), folder=str(target.parent))
        self._store.copy_to(target)

    def save_backup(self) -> Path:
        """Write a dated copy beside the project and return its path."""
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
        target = self.path.with_name(f"{self.path.stem} (backup {stamp}){self.path.suffix}")
        self._store.copy_to(target)
        return target

    def standing_still(self) -> AbstractContextManager[None]:
        """Let all that is read in a block be as at its first reading, whatever others commit meanwhile."""
        return self._store.standing_still()

    def idle(self) -> None:
        """Do what can wait until nobody waits for it: fold the write-ahead log into the file."""
        if not self._store.read_only:
            self._store.checkpoint()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no account for the number, as in some containers
        return "?"
