"""The desk at which suggestions are made: the engine with what it learned last. It sits in the worker process.

The command line keeps one in its own process. The window asks through `services.helper`: the desk reads the project
file itself, so that no text travels between the processes and the window copies nothing.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamcoder.domain.document import TextSpan
from kamcoder.domain.suggesting import Outlier, Proposal, Reasons, Similar, Study, SuggestingError, Suggestions, Tier
from kamcoder.services.suggestion_study import StudyReader
from kamcoder.storage.database import ProjectStore
from kamcoder.storage.repositories import Repositories

if TYPE_CHECKING:
    from kamcoder.domain.suggestion_quality import Quality
    from kamcoder.suggest.engine import Engine
    from kamcoder.suggest.model import Model

_LOG = logging.getLogger(__name__)
_BATCH = 200  # proposals sent at once: what the window can unpack without a stutter
_HIDDEN_BATCH = 4000

#: A proposal on its way: start, end, code, score, confidence, band, rank, and its reasons, unpacked when asked for.
Packed = tuple[int, int, str, float, float | None, str, int, bytes]
#: Something not shown: start, end, reason, code, score, time, coding.
PackedHidden = tuple[int, int, str, str | None, float, str, str | None]


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose suggestions are asked for, on which project file, as it is after `number` changes.

    `folder` is where a model may be kept until the window is closed, so that a new process need not learn again.
    """

    path: Path
    coder_id: str
    number: int
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of the suggestions for one document; `first` begins anew, `last` ends."""

    document_id: str
    offers: tuple[Packed, ...]
    hidden: tuple[PackedHidden, ...]
    model_version: str
    tier: Tier
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model was learned from: its version, codings in all and of each code."""

    model_version: str
    codings: int
    by_code: dict[str, int]


class SuggestionDesk:
    """Engine, study and model, kept from one question to the next."""

    def __init__(self) -> None:
        self.tell: Callable[[object], object] = bool  # a Helper puts the way to the window here
        self._made: Engine | None = None
        self._reader = StudyReader()
        self._asked: Ask | None = None
        self._study: Study | None = None
        self._source: Study | None = None
        self._model: Model | None = None
        self._digest = ""
        self._batches: Iterator[Batch] = iter(())

    @property
    def engine(self) -> Engine:
        """Return the engine, imported with all it stands on when first needed."""
        if self._made is None:
            from kamcoder.suggest.engine import Engine

            self._made = Engine()
        return self._made

    # -- with a study at hand --------------------------------------------------------------------------------------

    def take(self, study: Study, source: Study, *, folder: Path | None = None) -> Learned:
        """Learn from `source` what to suggest in `study`; nothing is learned twice from the same."""
        self._study, self._source = study, source
        return self._learn(folder)

    def suggest(self, document_id: str) -> Suggestions:
        """Return everything for one document."""
        study, model = self._present()
        return self.engine.suggest(study, model, document_id)

    def similar(self, coding_id: str, *, limit: int = 50) -> tuple[Similar, ...]:
        """Return uncoded passages like a coded one."""
        study, model = self._present()
        return self.engine.similar(study, model, coding_id, limit=limit)

    def consistency(self, *, limit: int = 50) -> tuple[Outlier, ...]:
        """Return the codings that lie far from the others of their code."""
        study, model = self._present()
        return self.engine.consistency(study, model, limit=limit)

    def evaluate(self, *, level: int = 0) -> Quality:
        """Measure suggestions on the coder's own codings; `tell` hears (models learned, models in all)."""
        assert self._study is not None
        return self.engine.evaluate(self._study, level=level, told=lambda done, total: self.tell((done, total)))

    # -- with a question of the window -----------------------------------------------------------------------------

    def read(self, ask: Ask) -> None:
        """Read the project as it is, unless it was read as it is."""
        if ask == self._asked:
            return
        with ProjectStore.open(ask.path, read_only=True) as store:
            rows = Repositories(store)
            self._study = self._reader.read(rows, ask.coder_id)
            self._source = self._reader.learned_from(rows, self._study)
        if self._asked is not None and (ask.path, ask.coder_id) != (self._asked.path, self._asked.coder_id):
            self._model = None
        self._asked = ask

    def learn(self, ask: Ask) -> Learned:
        """Learn from the project as it is."""
        self.read(ask)
        return self._learn(ask.folder)

    def propose(self, ask: Ask, document_id: str, first: TextSpan | None) -> Batch:
        """Return the first part of the suggestions for a document, those in `first` (what is on screen) at its head.

        What was learned last is used, whatever changed since: learning anew is asked for by `learn`. Before anything
        was learned the codebook alone speaks, so that nobody waits.
        """
        self.read(ask)
        assert self._source is not None
        if self._model is None:
            digest = _digest(self._source)
            self._model = self._kept(ask.folder, digest)
            self._digest = digest if self._model is not None else ""
        if self._model is None:
            self._model = self.engine.train(replace(self._source, codings=()))
        self._batches = self._stream(document_id, first)
        return next(self._batches)

    def more(self) -> Batch | None:
        """Return the next part, None if there is none."""
        return next(self._batches, None)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _present(self) -> tuple[Study, Model]:
        assert self._study is not None  # take or read come first
        if self._model is None:
            self._learn(None)
        assert self._model is not None
        return self._study, self._model

    def _learn(self, folder: Path | None) -> Learned:
        assert self._source is not None
        source = self._source
        digest = _digest(source)
        if self._model is None or digest != self._digest:
            self._model = self._kept(folder, digest) or self._train(source, folder, digest)
            self._digest = digest
        counts: dict[str, int] = {}
        for coding in source.codings:
            counts[coding.code_id] = counts.get(coding.code_id, 0) + 1
        return Learned(self._model.version, len(source.codings), counts)

    def _kept(self, folder: Path | None, digest: str) -> Model | None:
        """Return the model that a process before this one learned from the same; None if there is none or it is bad."""
        from kamcoder.suggest.model import Model

        if folder is None:
            return None
        try:
            return Model.from_bytes((folder / digest).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, SuggestingError) as error:
            _LOG.warning("a kept model cannot be used and is learned anew: %s", error)
            return None

    def _train(self, source: Study, folder: Path | None, digest: str) -> Model:
        model = self.engine.train(source)
        if folder is not None:
            try:
                for old in folder.iterdir():
                    old.unlink(missing_ok=True)
                (folder / digest).write_bytes(model.to_bytes())
            except OSError as error:
                _LOG.warning("the model is not kept: %s", error)
        return model

    def _stream(self, document_id: str, first: TextSpan | None) -> Iterator[Batch]:
        study, model = self._present()
        own = frozenset(coding.id for coding in study.codings)
        for suggestions in self.engine.stream(study, model, document_id, first=first):
            yield from _batches(suggestions, own)


# What the window asks for through a Helper whose host is SuggestionDesk; the process finds these by their names.


def warm(desk: SuggestionDesk) -> str:
    """Load what reads the language, before anybody waits for it; say why it is not the English model, if it is not."""
    return desk.engine.warm()


def learn(desk: SuggestionDesk, ask: Ask) -> Learned:
    """Learn from the project as it is."""
    return desk.learn(ask)


def propose(desk: SuggestionDesk, ask: Ask, document_id: str, first: TextSpan | None) -> Batch:
    """Return the first part of the suggestions for a document."""
    return desk.propose(ask, document_id, first)


def more(desk: SuggestionDesk) -> Batch | None:
    """Return the next part, None if there is none."""
    return desk.more()


def similar(desk: SuggestionDesk, ask: Ask, coding_id: str, limit: int) -> tuple[Similar, ...]:
    """Return uncoded passages like a coded one."""
    desk.learn(ask)
    return desk.similar(coding_id, limit=limit)


def consistency(desk: SuggestionDesk, ask: Ask, limit: int) -> tuple[Outlier, ...]:
    """Return the codings that lie far from the others of their code."""
    desk.learn(ask)
    return desk.consistency(limit=limit)


def evaluate(desk: SuggestionDesk, ask: Ask, level: int) -> Quality:
    """Measure suggestions on the coder's own codings."""
    desk.read(ask)
    return desk.evaluate(level=level)


def unpacked(reasons: bytes) -> Reasons:
    """Return reasons that came packed from the worker."""
    found: Reasons = pickle.loads(reasons)
    return found


def _batches(suggestions: Suggestions, own: frozenset[str]) -> Iterator[Batch]:
    """Yield everything in parts of a size that the window can take in at once."""
    hidden = [
        (item.span.start, item.span.end, item.reason.value, item.code_id, item.score, item.at, item.coding_id)
        for item in suggestions.hidden
    ]
    offers = [_packed(proposal, own) for proposal in suggestions.proposals]
    count = max(1, -(-len(offers) // _BATCH), -(-len(hidden) // _HIDDEN_BATCH))
    for part in range(count):
        yield Batch(
            suggestions.document_id,
            tuple(offers[part * _BATCH : (part + 1) * _BATCH]),
            tuple(hidden[part * _HIDDEN_BATCH : (part + 1) * _HIDDEN_BATCH]),
            suggestions.model_version,
            suggestions.tier,
            first=part == 0,
            last=part == count - 1 and suggestions.complete,
        )


def _packed(proposal: Proposal, own: frozenset[str]) -> Packed:
    # A shared model knows others' passages; what is shown to read are one's own.
    reasons = proposal.reasons
    nearest = tuple(item for item in reasons.nearest if item.coding_id in own)
    return (
        proposal.span.start,
        proposal.span.end,
        proposal.code_id,
        proposal.score,
        proposal.confidence,
        proposal.band.value,
        proposal.rank,
        pickle.dumps(replace(reasons, nearest=nearest)),
    )


def _digest(study: Study) -> str:
    """Return what is equal for studies that teach the same."""
    found = hashlib.sha256()

    def put(*values: Any) -> None:
        found.update(repr(values).encode("utf-8", "surrogatepass"))

    for document in study.documents:
        put(document.id, document.language, document.reviewed, document.turns)
        found.update(document.text.encode("utf-8", "surrogatepass"))
    put(study.codes, study.codings, study.decisions, study.lexicon, study.cast, study.guide, sorted(study.muted))
    put(study.wordings)
    put(study.threshold, study.context)
    return found.hexdigest()
