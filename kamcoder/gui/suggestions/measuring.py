"""Working out how good suggestions are, in a process of its own, and keeping the figures until the next ones."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kamcoder.domain.errors import KamCoderError
from kamcoder.domain.ids import now
from kamcoder.domain.suggesting import SuggestingError
from kamcoder.gui.tasks import TaskRunner
from kamcoder.services import suggestion_desk
from kamcoder.services.helper import Helper, HelperDiedError, HelperFaultError
from kamcoder.services.suggestion_desk import Ask, SuggestionDesk
from kamcoder.services.suggestion_record import QualityRecord

if TYPE_CHECKING:
    from kamcoder.domain.suggestion_quality import Quality
    from kamcoder.services.session import Session


class QualityMemory:
    """The last figures of each coder of a project, as text for the window's memory."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def load(self, text: str) -> None:
        """Take what was remembered; what cannot be read is left out."""
        try:
            said = json.loads(text or "{}")
        except ValueError:
            said = {}
        self._kept = {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}

    def text(self) -> str:
        """Return everything, to be remembered."""
        return json.dumps(self._kept, ensure_ascii=False) if self._kept else ""

    def of(self, coder_id: str) -> QualityRecord | None:
        """Return the last figures of a coder."""
        return QualityRecord.from_text(self._kept.get(coder_id, ""))

    def keep(self, coder_id: str, record: QualityRecord) -> None:
        """Keep the last figures of a coder."""
        self._kept[coder_id] = record.to_text()


class Measuring(QObject):
    """Measures for who codes. `measured` gives a QualityRecord, `told` how far it is, `failed` why it came to nothing.

    `failed` gives None if it was stopped.
    """

    measured = Signal(object)
    told = Signal(int, int)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._helper: Helper | None = None
        self._footing = ""
        self._tasks = TaskRunner(self)

    @property
    def busy(self) -> bool:
        """Tell whether figures are under way."""
        return self._helper is not None

    def begin(self) -> None:
        """Let the figures be worked out."""
        coder = self._session.coder
        if coder is None or self.busy:
            return
        self._helper = helper = Helper(SuggestionDesk)
        self._footing = self._session.suggestions.footing()
        work = partial(_evaluated, helper, Ask(self._session.path, coder.id, 0))
        task = self._tasks.start("", work, done=self._on_done, failed=self._on_failed, quiet=True)
        task.progressed.connect(lambda done, total, _: self.told.emit(done, total))

    def stop(self) -> None:
        """Let be what is under way."""
        if self._helper is not None:
            self._helper.close()

    def close(self) -> None:
        """Stop, and wait for it."""
        self._end()
        self._tasks.close()

    def _on_done(self, quality: Quality) -> None:
        self._end()
        self.measured.emit(QualityRecord(quality, now(), self._footing))

    def _on_failed(self, error: KamCoderError) -> None:
        self._end()
        self.failed.emit(error if error.key != "cancelled" else None)

    def _end(self) -> None:
        if self._helper is not None:
            self._helper.close()
            self._helper = None


def _evaluated(helper: Helper, ask: Ask, *, progress: Any) -> Any:
    """Return the figures, telling how many models of how many are learned."""
    step = (0, 0)

    def told(said: tuple[int, int]) -> None:
        nonlocal step
        step = said
        progress(*said, "")

    try:
        return helper.call(suggestion_desk.evaluate, ask, 0, waiting=lambda: progress(*step, ""), told=told)
    except HelperDiedError:
        raise SuggestingError("suggest_worker_died") from None
    except HelperFaultError:
        raise SuggestingError("suggest_worker_fault") from None
