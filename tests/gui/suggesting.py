"""A worker that answers at once, for tests of the window that are not about the engine."""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import Match, Neighbour, Outlier, Part, Reasons, Similar, Source, Term, Tier
from kamcoder.gui.main_window import MainWindow
from kamcoder.gui.suggestions.measuring import QualityMemory
from kamcoder.services.session import Session
from kamcoder.services.suggestion_desk import Ask, Batch, Learned, Packed
from kamcoder.services.suggestion_record import QualityRecord

MODEL = "stub-1"


class StubRunner(QObject):
    """Says what it was told to say, in the window's own thread."""

    batch_came = Signal(object)
    learned = Signal(object)
    failed = Signal(object)
    busy_changed = Signal()
    without_model = Signal(str)

    def __init__(self, said: dict[str, Sequence[Packed]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.said = said
        self.asked: list[tuple[str, Any]] = []
        self.folder = Path()
        self.busy = False
        self.found: Sequence[Any] = ()
        self.hidden: tuple[Any, ...] = ()
        self.closed = False

    def warm(self) -> None:
        self.asked.append(("warm", None))

    def propose(self, ask: Ask, document_id: str, first: TextSpan | None) -> None:
        self.asked.append(("propose", first))
        self._say(document_id)

    def sweep(self, ask: Ask, document_id: str, done: Callable[[Any], object]) -> None:
        self.asked.append(("sweep", document_id))
        self._say(document_id)
        done(None)

    def learn(self, ask: Ask) -> None:
        self.asked.append(("learn", ask))
        self.learned.emit(Learned(MODEL, 3, {}))

    def similar(self, ask: Ask, coding_id: str, done: Callable[[Any], object]) -> None:
        done(self.found)

    def consistency(self, ask: Ask, done: Callable[[Any], object]) -> None:
        done(self.found)

    def close(self) -> None:
        self.closed = True

    def _say(self, document_id: str) -> None:
        offers = tuple(self.said.get(document_id, ()))
        self.batch_came.emit(Batch(document_id, offers, self.hidden, MODEL, Tier.BLANK, first=True, last=True))


def packed(
    session: Session, document: str, code: str, quote: str, *, sure: float = 0.8, rank: int = 1, match: str = ""
) -> Packed:
    """Return a suggestion for a quote that stands in a document."""
    found = session.documents.find(document)
    text = session.documents.text(found.id)
    start = text.index(quote)
    matches = (Match(TextSpan(text.index(match), text.index(match) + len(match)), match, 2.0),) if match else ()
    nearest = tuple(Neighbour(item.coding.id, 0.5) for item in session.passages.select())[:3]
    reasons = Reasons(
        matches, (Term("meet", 1.25),), nearest, (Part(Source.TEXT, 1.0, 0.6), Part(Source.QUESTION, 0.5, 0.4)), "Q6"
    )
    code_id = session.codebook.all().find(code).id
    return start, start + len(quote), code_id, sure, sure, "high", rank, pickle.dumps(reasons)


def with_stub(window: MainWindow, said: dict[str, Sequence[Packed]]) -> StubRunner:
    """Turn suggestions on in a window with a worker that says what it is told."""
    runner = StubRunner(said)
    window.place.suggestions.source._make_runner = lambda _: runner
    window.commands["suggest.on"].trigger()
    return runner


def remember_figures(window: MainWindow, session: Session, record: QualityRecord) -> None:
    """Let the window remember figures of who codes."""
    memory = QualityMemory()
    assert session.coder is not None
    memory.keep(session.coder.id, record)
    window.workspace.suggesting.recall(memory.text())


def similar(document_id: str, start: int, end: int) -> Similar:
    return Similar(document_id, TextSpan(start, end), 0.71, ("customers",))


def outlier(coding_id: str, code_id: str, other_id: str) -> Outlier:
    return Outlier(coding_id, code_id, 0.2, other_id, 0.7)
