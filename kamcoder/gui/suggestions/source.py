"""Where the window's suggestions come from: the worker, asked anew after changes, and what is left to be decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kamcoder.domain.changes import ChangeSet
from kamcoder.domain.document import TextSpan
from kamcoder.gui.suggestions.offers import Key, Offer, OfferBook

if TYPE_CHECKING:
    from kamcoder.gui.code_place import CodePlace
    from kamcoder.gui.suggestions.runner import SuggestionRunner
    from kamcoder.services.session import Session
    from kamcoder.services.suggestion_desk import Ask, Batch, Learned

LEARN_MS = 1500  # after the last change
# What suggestions are made from: a change of these asks for new ones.
_SOURCES = ("codings", "codes", "suggestions", "lexicon_entries", "cast_members", "muted_codes", "assignments")
_TEXTS = ("documents", "turns", "speakers", "guide_questions", "participants", "settings", "actor_wordings")


class SuggestionSource(QObject):
    """Keeps the suggestions of documents up to date while they are on. `renewed` names the document that is others now.

    `renewed` is told with an empty name where all documents may be others.
    """

    renewed = Signal(str)
    learned = Signal(object)
    failed = Signal(object)
    busy_changed = Signal()

    def __init__(self, place: CodePlace, make_runner: Callable[[QObject], SuggestionRunner] | None = None) -> None:
        super().__init__(place)
        self._place = place
        self._reader = place.reader
        self._view = place.reader.view
        self._make_runner = make_runner or _made_runner
        self.session: Session | None = None
        self.runner: SuggestionRunner | None = None
        self.book = OfferBook()
        self.everywhere = False
        self.last_learned: Learned | None = None
        self._number = 0
        self.without_model = ""  # why words are read without the English model
        self._asked: object = None
        self._queue: list[Offer] = []
        self._near = 0
        self._speaking = ""  # the model whose suggestions are shown
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LEARN_MS)
        self._later.timeout.connect(self._relearn)

    def load(self, session: Session | None) -> None:
        """Make suggestions for a project and who codes in it; none for None."""
        self._stop()
        self.session = session
        self._number += 1
        if self._wanted():
            self._start()
        self.renewed.emit("")

    @property
    def on(self) -> bool:
        """Tell whether suggestions are shown."""
        return self.runner is not None

    def _wanted(self) -> bool:
        """Tell whether suggestions are wanted in the project, and somebody codes."""
        return self.session is not None and self.session.coder is not None and self.session.suggestions.on

    def here(self) -> str | None:
        """Return the document that is read."""
        return self._reader.document_id

    @property
    def busy(self) -> bool:
        """Tell whether the worker is at work."""
        return self.runner is not None and self.runner.busy

    def on_changed(self, change: ChangeSet) -> None:
        """Follow a change of the project: leave out at once what was decided, and ask anew a little later."""
        if self.session is None:
            return
        if change.touches("settings") and self._wanted() != self.on:
            self.load(self.session)
            return
        if not self.on or not change.touches(*_SOURCES, *_TEXTS):
            return
        self._number += 1
        if change.touches("documents"):
            present = {document.id for document in self.session.documents.all()}
            for document_id in set(self.book.documents()) - present:
                self.book.forget(document_id)
        self._know(change)
        self._later.start()

    def close(self) -> None:
        """End the worker."""
        self._stop()

    def open(self, document_id: str) -> None:
        """See to it that the suggestions of the document that is read are there or on their way."""
        if self.on and document_id not in self.book.complete:
            self._propose()

    def queue(self, *, uncertain_first: bool = False) -> Sequence[Offer]:
        """Return what is to be gone through: this document's or all, in reading order or the most uncertain first."""
        here = self._reader.document_id
        documents = self._document_ids() if self.everywhere else [here] if here else []
        asked = self.book.version, tuple(documents), uncertain_first
        if asked != self._asked:
            found: list[Offer] = []
            for document_id in documents:
                found += self.book.of(document_id)
            if uncertain_first:
                found.sort(key=attrgetter("doubt"), reverse=True)
            self._asked, self._queue = asked, found
        return self._queue

    def place_of(self, key: Key) -> int:
        """Return at which place of the queue as it was last asked for a suggestion stands, -1 if at none."""
        here = self._near
        # What was decided made room for the next one: mostly it stands where the last one stood, or beside it.
        for place in (here, here + 1, here - 1):
            if 0 <= place < len(self._queue) and self._queue[place].key == key:
                self._near = place
                return place
        found = next((place for place, offer in enumerate(self._queue) if offer.key == key), -1)
        self._near = max(found, 0)
        return found

    def ask(self) -> Ask | None:
        """Return whose suggestions are asked for, None while they are off."""
        session, runner = self.session, self.runner
        if session is None or session.coder is None or runner is None:
            return None
        from kamcoder.services.suggestion_desk import Ask

        return Ask(session.path, session.coder.id, self._number, runner.folder)

    def sweep(self) -> None:
        """Ask for the suggestions of all documents, one after another."""
        ask, runner = self.ask(), self.runner
        missing = [key for key in self._document_ids() if key not in self.book.complete]
        if ask is None or runner is None or not missing or not self.everywhere:
            return
        runner.sweep(ask, missing[0], lambda _: self.sweep())

    # -- inside ----------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self.runner = runner = self._make_runner(self)
        runner.batch_came.connect(self._on_batch)
        runner.learned.connect(self._on_learned)
        runner.failed.connect(self.failed)
        runner.busy_changed.connect(self.busy_changed)
        runner.without_model.connect(self._on_without_model)
        runner.warm()
        self._know(None)
        if self._reader.document_id is not None:
            self._propose()
        self._relearn()

    def _stop(self) -> None:
        self._later.stop()
        if self.runner is not None:
            self.runner.close()
            self.runner.deleteLater()
            self.runner = None
        self.book.clear()
        self.last_learned = None

    def _propose(self) -> None:
        ask, here = self.ask(), self._reader.document_id
        if ask is None or here is None or self.runner is None:
            return
        offsets = self._view.page.offsets
        top, bottom = (offsets.to_text(position) for position in self._view.seen())
        self.runner.propose(ask, here, TextSpan(top, bottom + 1) if bottom >= top else None)

    def _relearn(self) -> None:
        ask = self.ask()
        if ask is not None and self.runner is not None:
            self.runner.learn(ask)

    def _on_learned(self, learned: Learned) -> None:
        before, self.last_learned = self.last_learned, learned
        self.learned.emit(learned)
        # What an older model proposed stays to be looked at until the new one has spoken.
        if before is not None or learned.model_version != self._speaking:
            self.book.complete.clear()
            self._propose()
            self.sweep()

    def _on_without_model(self, reason: str) -> None:
        self.without_model = reason
        self.renewed.emit("")

    def _on_batch(self, batch: Batch) -> None:
        self._speaking = batch.model_version
        if self.book.take(batch):
            self.renewed.emit(batch.document_id)

    def _know(self, change: ChangeSet | None) -> None:
        """Leave out at once what was decided, coded or muted; the worker follows."""
        session = self.session
        if session is None or session.coder is None:
            return
        if change is None or change.touches("suggestions", "muted_codes"):
            # Taken ones are left out as codings: who takes such a coding off may be offered the code again.
            turned_down = [
                (item.document_id, item.span.start, item.span.end, item.code_id)
                for item in session.suggestions.decided()
                if item.state in ("rejected", "postponed")
            ]
            self.book.know(turned_down, session.suggestions.muted())
        for row in change.of("codings") if change is not None else ():
            document_id, coding_id = str(row.row["document_id"]), str(row.row["id"])
            self.book.uncode(coding_id, document_id)
            if row.after is not None and row.after["coder_id"] == session.coder.id:
                coded = row.after["span_start"], row.after["span_end"], row.after["code_id"]
                self.book.code(coding_id, document_id, coded)
        self.renewed.emit("")

    def _document_ids(self) -> list[str]:
        return list(self._place.documents.model.documents())


def _made_runner(parent: QObject) -> SuggestionRunner:
    from kamcoder.gui.suggestions.runner import SuggestionRunner

    return SuggestionRunner(parent)
