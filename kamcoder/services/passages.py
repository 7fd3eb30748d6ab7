"""Codings as passages: with their text, names, place and case, filtered, in reading order."""

from bisect import bisect_right
from dataclasses import dataclass

from kamcoder.domain.coding import Coding, Origin, Passage
from kamcoder.domain.document import SpeakerRole, Turn
from kamcoder.domain.project import natural_key
from kamcoder.services.editing import Editing


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which passages are wanted; None means all. `code_ids` are taken with their descendants by the caller."""

    code_ids: frozenset[str] | None = None
    document_ids: frozenset[str] | None = None
    case_ids: frozenset[str] | None = None
    coder_ids: frozenset[str] | None = None
    origins: frozenset[Origin] | None = None
    roles: frozenset[SpeakerRole] | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of one document: line starts, turns, names of speakers and cases."""

    name: str
    line_ends: list[int]
    turns: list[Turn]
    turn_starts: list[int]
    case_ids: tuple[str, ...]


class PassageService:
    """Reading passages."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing

    def select(self, wanted: PassageFilter | None = None) -> list[Passage]:
        """Return the passages that pass the filter, by document, place and code."""
        wanted = wanted or PassageFilter()
        rows = self._editing.rows
        codebook = rows.codes.codebook()
        paths = {code.id: codebook.path(code.id) for code in codebook.codes}
        coders = {coder.id: coder.name for coder in rows.coders.all()}
        cases = {case.id: case.name for case in rows.cases.all()}
        speakers = {speaker.id: speaker for speaker in rows.documents.speakers()}
        memos = rows.memos.coding_texts()
        codings = [coding for coding in rows.codings.select() if _passes(coding, wanted)]
        places = self._places({coding.document_id for coding in codings})
        passages: list[Passage] = []
        for coding in codings:
            place = places[coding.document_id]
            turn = _turn_at(place, coding.span.start)
            speaker = speakers.get(turn.speaker_id or "") if turn else None
            if wanted.roles is not None and (speaker is None or speaker.role not in wanted.roles):
                continue
            if wanted.case_ids is not None and not wanted.case_ids.intersection(place.case_ids):
                continue
            passages.append(
                Passage(
                    coding=coding,
                    document=place.name,
                    code_path=paths[coding.code_id],
                    coder=coders[coding.coder_id],
                    cases=tuple(cases[case_id] for case_id in place.case_ids),
                    paragraph=bisect_right(place.line_ends, coding.span.start) + 1,
                    speaker=speaker.name if speaker else None,
                    guide_question=turn.guide_question if turn else None,
                    memo=memos.get(coding.id, ""),
                )
            )
        order = {code.id: number for number, (_, code) in enumerate(codebook.walk())}
        return sorted(
            passages,
            key=lambda item: (
                natural_key(item.document),
                item.coding.span,
                order[item.coding.code_id],
                item.coder,
            ),
        )

    def _places(self, document_ids: set[str]) -> dict[str, _Place]:
        rows = self._editing.rows
        cases: dict[str, list[str]] = {}
        for document_id, case_id in rows.documents.case_links():
            cases.setdefault(document_id, []).append(case_id)
        texts = rows.documents.texts(document_ids)
        places: dict[str, _Place] = {}
        for document in rows.documents.all():
            if document.id in texts:
                turns = rows.documents.turns(document.id)
                places[document.id] = _Place(
                    name=document.name,
                    line_ends=line_ends(texts[document.id]),
                    turns=turns,
                    turn_starts=[turn.span.start for turn in turns],
                    case_ids=tuple(cases.get(document.id, ())),
                )
        return places


def line_ends(text: str) -> list[int]:
    """Return the positions just behind every LF; with bisect_right they give the paragraph of a position."""
    ends: list[int] = []
    position = text.find("\n")
    while position >= 0:
        ends.append(position + 1)
        position = text.find("\n", position + 1)
    return ends


def _turn_at(place: _Place, position: int) -> Turn | None:
    index = bisect_right(place.turn_starts, position) - 1
    return place.turns[index] if index >= 0 else None


def _passes(coding: Coding, wanted: PassageFilter) -> bool:
    return (
        (wanted.code_ids is None or coding.code_id in wanted.code_ids)
        and (wanted.document_ids is None or coding.document_id in wanted.document_ids)
        and (wanted.coder_ids is None or coding.coder_id in wanted.coder_ids)
        and (wanted.origins is None or coding.origin in wanted.origins)
        and (not wanted.text or wanted.text.casefold() in coding.quote.casefold())
    )
